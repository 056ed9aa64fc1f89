"""Files that are nearly bundles. Each is refused with a typed error, or what it says of the credential is what this
service said when it made the bundle, whoever changed it."""

import json
from random import Random
from time import process_time
from typing import Any

from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.verifying.report_json import report_json
from jmc_vc.verifying.verify_offline import offline
from tests.builders.bundles import opened
from tests.fuzz.world import world

SECONDS = 1.0
_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 2**53, "", "x", "did:web:evil.example", "2030-01-01T00:00:00Z", "data:,x", [], {},
    [[]], ["x"],
    {"id": "urn:x:1"},
)  # fmt: skip


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(_made) | st.text(alphabet='{}[]",:ab1', max_size=60).map(str.encode)


def _made(seed: int) -> bytes:
    chance = Random(seed)
    data = world().bundle
    if chance.random() < 0.4:
        place = chance.randrange(len(data))
        put = chance.choice((b"", b" ", b"0", b"A", b'"', b"}", b"\xff", b"\0", chance.randbytes(2)))
        return data[:place] + put + data[place + chance.randint(0, 2) :]
    document = json.loads(data)
    for _ in range(chance.choice((1, 1, 1, 3))):
        place = chance.choice(list(_containers(document)))
        step = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
        match chance.randint(0, 3):
            case 0:
                del place[step]
            case 1:
                place[step] = chance.choice(list(_containers(document)))
            case _:
                place[step] = chance.choice(_VALUES)
    try:
        return json.dumps(document, ensure_ascii=False).encode()
    except ValueError:  # a container ended up inside itself
        return b"{}"


def _containers(value: Any, depth: int = 0) -> Any:
    if isinstance(value, dict | list) and value and depth < 40:
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _containers(item, depth + 1)


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the reader."""
    started = process_time()
    try:
        said = _said(data)
    except Error:
        return
    finally:
        assert process_time() - started < SECONDS
    good = _said(world().bundle)
    if said["verdict"] == "valid":
        assert said == good


def _said(bundle: bytes) -> dict[str, Any]:
    installation = world().installation
    saved = opened(installation, bundle)
    return report_json(offline(saved, today=installation.now)(world().credential, now=saved.made_at), "en")
