"""Texts that are nearly SD-JWTs. Each is refused with a typed error, or it shows only what the issuer signed, and each
disclosure at one place."""

import copy
import json
from random import Random
from time import process_time
from typing import Any

from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jose import compact_jws, key_binding, sd_jwt, sd_jwt_vc, vc_sd_jwt
from jmc_vc.formats.jose.disclosures import Path, conceal
from tests.builders.jose_keys import jose_key, salts
from tests.builders.open_badge import badge
from tests.builders.refusals import refused_code

SECONDS = 1.0
_WORDS = ("_sd", "...", "_sd_alg")
_CLAIMS: Any = {
    "vct": "https://ns.jmc.example/mc/v1/vct/learning-credential",
    "iss": "did:web:mc.example.jp:issuers:abc",
    "name": {"ja": {"family": "𠮷野"}, "order": "family-first"},
    "results": [{"value": "82"}, {"value": "S", "of": [1, 2, [3]]}],
    "exp": 1_806_505_199,
}
_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, "", "sha-256", "sha-512", "md5", "x", [], {}, ["x"], [1], [[]], {"...": "x"}, {"_sd": []},
    {"_sd": ["x", "x"]}, [{"...": "x"}], {"_sd_alg": "sha-256"}, {"jwk": {}},
)  # fmt: skip


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(_made) | st.text(alphabet="Ab1.~_-=é", max_size=40).map(str.encode)


def _made(seed: int) -> bytes:
    chance = Random(seed)
    key = jose_key()
    claims = copy.deepcopy(chance.choice((_CLAIMS, _CLAIMS, badge())))
    places = list(_places(claims, ()))
    paths = chance.sample(places, min(len(places), chance.choice((0, 1, 3, 8))))
    payload, disclosures = conceal(claims, paths, salts(), decoys=chance.choice((0, 0, 2)))
    shown = [text for text in disclosures if chance.random() < 0.8]
    for _ in range(chance.choice((0, 0, 1, 2))):
        match chance.randint(0, 3):
            case 0:
                _change(payload, chance)
            case 1 if shown:
                shown.append(chance.choice(shown))
            case 2 if shown:
                at = chance.randrange(len(shown))
                content = json.loads(base64url.decode(shown[at]))
                content[chance.randrange(len(content))] = chance.choice([*_VALUES, *_WORDS, "vct", "exp"])
                shown[at] = base64url.encode(json.dumps(content).encode())
            case _:
                chance.shuffle(shown)
    typ = chance.choice(("dc+sd-jwt", "vc+sd-jwt", "vp+sd-jwt", "JWT"))
    token = compact_jws.write({"alg": "ES256", "typ": typ, "kid": "key-1"}, json.dumps(payload).encode(), key.sign)
    text = "~".join((token, *shown, chance.choice(("", "", "", token)))).encode()
    if chance.random() < 0.2:
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice((b"", b"~", b".", b"=", b"\xff", b"A")) + text[at + chance.randint(0, 2) :]
    return text


def _change(value: Any, chance: Random) -> None:
    place = chance.choice([each for each in _containers(value) if isinstance(each, dict)])
    place[chance.choice((*_WORDS, "cnf", "status", "a"))] = copy.deepcopy(chance.choice(_VALUES))


def _containers(value: Any) -> Any:
    if isinstance(value, dict | list):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _containers(item)


def _places(value: Any, path: Path) -> Any:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from _places(inner, (*path, step))


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the readers."""
    started = process_time()
    text = data.decode("utf-8", "surrogateescape")
    try:
        token = sd_jwt.read(text)
        bound = token.key_binding
        assert text == token.presented + (
            f"{bound.signing_input.decode()}.{base64url.encode(bound.signature)}" if bound else ""
        )
        found = token.disclosed()
    except Error:
        return
    finally:
        assert process_time() - started < SECONDS
    assert found.places.keys() == set(token.disclosures)
    assert len(set(found.places.values())) == len(token.disclosures)
    for disclosure, path in found.places.items():
        _check_place(found.claims, path, disclosure)
    assert not any(each.keys() & set(_WORDS) for each in _containers(found.claims) if isinstance(each, dict))
    refused_code(lambda: sd_jwt_vc.read(token))
    refused_code(lambda: vc_sd_jwt.read(token))
    refused_code(lambda: key_binding.holder_key_of(found.claims))
    for path in list(found.places.values())[:3]:
        part = sd_jwt.read(sd_jwt.withhold(token, [path])).disclosed()
        assert len(part.places) < len(found.places)
    assert process_time() - started < SECONDS


def _check_place(claims: Any, path: Path, disclosure: str) -> None:
    """The claim stands where its disclosure is said to have gone, under its own name."""
    content = json.loads(base64url.decode(disclosure))
    for step in path:
        claims = claims[step]
    if not isinstance(content[-1], dict | list):
        assert claims == content[-1]
    assert content[1] == path[-1] if len(content) == 3 else isinstance(path[-1], int)
