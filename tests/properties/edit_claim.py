"""The claim about single edits: whatever one does to the bytes of a good credential, it is never *valid* with other
data shown than before; the order of a list is none. For the test, which tries some thousands, and for `make fuzz`,
which tries a hundred thousand."""

import atexit
import json
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from jmc_vc.errors import Error
from jmc_vc.verifying.presentation_json import any_report_json
from tests.builders.installation import Installation
from tests.corpus.judge import HERE, installed, manifest, moment
from tests.properties.edits import edited

LARGEST = 100_000
"""Bytes: a picture of 400 kB inside is as good as a small one, and costs a hundred times as much."""
LESS_MAY_BE_SHOWN = "sd-jwt"
"""Of these the holder may withhold a part: then nothing is shown that was not shown before."""


@dataclass(frozen=True)
class Good:
    """A credential, when it is judged, and what is shown of it then."""

    name: str
    data: bytes
    entry: Mapping[str, Any]
    shown: Any


@cache
def _world() -> tuple[Installation, tuple[Good, ...]]:
    """One installation for the process, and all good credentials: those of the corpus, and one of its own."""
    stack = ExitStack()
    atexit.register(stack.close)
    installation = stack.enter_context(installed())
    entries = [entry for entry in manifest()["credentials"] if entry["kind"] == "good"]
    files = [(entry["file"], (HERE / entry["file"]).read_bytes(), entry) for entry in entries]
    files.append(("our own", installation.issue().body, {}))
    return installation, tuple(
        Good(name, data, entry, _shown(installation, data, entry)) for name, data, entry in files if len(data) < LARGEST
    )


def _shown(installation: Installation, data: bytes, entry: Mapping[str, Any]) -> Any:
    """What is shown of what is valid, under the policy that asks least; None of everything else."""
    try:
        report = installation.service.verify_handed_in(data, policy="technical", now=moment(dict(entry)))
    except Error:
        return None
    said = any_report_json(report, "en")
    if said["verdict"] != "valid":
        return None
    return _without_order([said["credential"], [each["credential"] for each in said.get("credentials", ())]])


def _texts(shown: str) -> Counter[str]:
    """Every text and number in what is shown, without what is nothing."""
    found: Counter[str] = Counter()
    values: list[Any] = [json.loads(shown)]
    for value in values:
        if isinstance(value, str) and value[:1] in ("{", "["):
            value = json.loads(value)  # noqa: PLW2901 - as `_without_order` wrote it
        if isinstance(value, dict | list):
            values += value.values() if isinstance(value, dict) else value
        elif value not in ("null", "[]"):
            found[str(value)] += 1
    return found


def _without_order(value: Any) -> str:
    """As text, in which the order of members and of lists is none: RDF has sets, and so signs no order."""
    if isinstance(value, dict):
        return json.dumps({name: _without_order(value[name]) for name in sorted(value)})
    return json.dumps(sorted(map(_without_order, value))) if isinstance(value, list) else json.dumps(value)


def problem(seed: str) -> str | None:
    """What is wrong with the edit that `seed` makes, if anything is."""
    installation, goods = _world()
    chance = Random(seed)
    good = chance.choice(goods)
    assert good.shown is not None, good.name
    name, data = edited(good.data, chance)
    shown = _shown(installation, data, good.entry)
    if shown is None or shown == good.shown:
        return None
    if LESS_MAY_BE_SHOWN in good.name and _texts(shown) <= _texts(good.shown):
        return None
    return f"{good.name}: {name} (seed {seed!r}) is valid and shows {shown} in the place of {good.shown}"
