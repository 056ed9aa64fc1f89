"""JSON that is nearly an Open Badge. It is refused with a typed error, or its canonical form is what PyLD states."""

import copy
import json
from random import Random
from time import process_time
from typing import Any

import pyoxigraph as ox
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.jsonld import canonical_nquads
from jmc_vc.formats.strict_json import Limits, parse_object
from tests.builders.contexts import shipped_contexts
from tests.builders.generated_badges import generated
from tests.builders.independent import by_pyld
from tests.builders.spoiled_badges import LOSSES, REWORDINGS

Json = dict[str, Any]
SECONDS = 1.0
LIMITS = Limits(bytes=64 << 10)
_NAMES = (
    "id", "type", "@id", "@type", "@context", "@value", "@language", "@direction", "@list", "@set", "@graph", "@json",
    "name", "image", "proof", "endorsement", "evidence", "verifiableCredential", "credentialSubject", "achievement",
    "allowedValue", "hashed", "jmc:title", "jmc:credits", "cnf", "jwk", "exp", "proofPurpose", "statusSize",
    "criteria", "Criteria", "jmc:x", "https://schema.org/name", "", "@none", "previousProof", "holder",
    "creditsEarned", "_sd",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, 0, -0.0, 1.5, 1e-7, 1e21, 2**53, "", "x", "urn:x:1", "_:b", "relative", "a b", "true", "1.5E0", "ja",
    "rtl", "@json", "Profile", "Achievement", "VerifiableCredential", "assertionMethod", [], {}, [[]], [None],
    {"@value": "x"}, {"id": "urn:x:1"}, {"@list": ["x"]}, {"@value": "x", "@type": "@json"},
    {"@value": 1, "@type": "http://www.w3.org/2001/XMLSchema#double"},
    {"@value": "x", "@language": "EN", "@direction": "rtl"}, {"ja": "x"}, ["x", "x"], {"type": "Profile"},
    "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)  # fmt: skip


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(_mutated)


def _mutated(seed: int) -> bytes:
    chance = Random(seed)
    document = generated(chance, size=chance.choice((4, 12)), plain=chance.random() < 0.5)
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5))):
        if chance.random() < 0.3:
            change, _reasons = chance.choice([*LOSSES.values(), *REWORDINGS.values()])
            try:
                change(document, chance)
            except (KeyError, TypeError, AttributeError, IndexError):
                continue  # an earlier change left nothing of what this one looks for
        else:
            _change(document, chance)
    return json.dumps(document).encode()


def _change(document: Json, chance: Random) -> None:
    containers = list(_containers(document))
    place = chance.choice(containers)
    steps = list(place) if isinstance(place, dict) else list(range(len(place)))
    step = chance.choice(steps) if steps else None
    match chance.randint(0, 7):
        case 0 if step is not None:
            del place[step]
        case 1 if step is not None:
            place[step] = copy.deepcopy(chance.choice(_VALUES))
        case 2 if step is not None:
            place[step] = [place[step]]
        case 3 if step is not None:
            place[step] = {chance.choice(_NAMES): place[step]}
        case 4 if step is not None:
            place[step] = copy.deepcopy(chance.choice(containers))
        case 5 if isinstance(place, list) and place:
            place.append(copy.deepcopy(chance.choice(place)))
        case 6 if isinstance(place, dict) and step is not None:
            place[chance.choice(_NAMES)] = place.pop(step)
        case _ if isinstance(place, dict):
            place[chance.choice(_NAMES)] = copy.deepcopy(chance.choice(_VALUES))


def _containers(value: Any) -> Any:
    if isinstance(value, dict | list):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _containers(item)


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the conversion."""
    try:
        document = parse_object(data, LIMITS)
    except Error:
        return
    started = process_time()
    try:
        canonical = canonical_nquads(document, shipped_contexts())
    except Error:
        return
    finally:
        assert process_time() - started < SECONDS
    lines = canonical.decode().split("\n")
    assert lines.pop() == ""
    assert lines == sorted(set(lines))
    read = list(ox.parse(canonical, format=ox.RdfFormat.N_QUADS))
    assert len(set(read)) == len(lines)
    assert canonical == by_pyld(document)
