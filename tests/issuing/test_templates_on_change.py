"""What changes is what leaves: a kept template never gives anything of an earlier document."""

import copy
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.issuing.templates import MOST_KEPT, Templates
from tests.builders.contexts import shipped_contexts
from tests.builders.keys import did_key_method
from tests.builders.secured import example, general, secured_by
from tests.builders.templated import at, text_places

Json = dict[str, Any]


def changed(*steps: str | int, to: Any) -> Json:
    document = copy.deepcopy(example())
    at(document, steps[:-1])[steps[-1]] = to
    return document


ACHIEVEMENT = ("credentialSubject", "achievement")
CHANGES: Mapping[str, Json] = {
    "the issuer is renamed": changed("issuer", "name", to="新しい名前"),
    "the issuer has another address": changed("issuer", "url", to="https://issuer.example/new"),
    "the achievement is renamed": changed(*ACHIEVEMENT, "name", to="Robotics 102"),
    "the achievement is described otherwise": changed(*ACHIEVEMENT, "criteria", "narrative", to="Nothing."),
    "a tag more": changed(*ACHIEVEMENT, "tag", to=["robotics", "ロボット", "control", "new"]),
    "other credits": changed("credentialSubject", "creditsEarned", to=4),
    "the same credits written otherwise": changed("credentialSubject", "creditsEarned", to=3.50001),
    "another digest": changed("jmc:programVersion", "contentDigest", to="sha-256:1"),
    "a number in JSON": changed("jmc:programVersion", "n", to=2),
    "a number becomes true": changed("jmc:programVersion", "n", to=True),
    "no test data any more": changed("jmc:testData", to=True),
    "another type of evidence": changed("evidence", 0, "type", to=["Evidence", "https://types.example/1"]),
    "another purpose": changed("credentialStatus", "statusPurpose", to="suspension"),
    "another kind of identity": changed("credentialSubject", "identifier", 0, "identityType", to="name"),
    "not hashed": changed("credentialSubject", "identifier", 0, "hashed", to=False),
    "other contexts": changed("@context", to=[*example()["@context"][:3], *example()["@context"][3:], "https://w3id.org/security/data-integrity/v2"]),
    "members in another order": dict(reversed(example().items())),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_stale_leaves_when_the_constant_part_changes(change: str) -> None:
    templates = Templates(shipped_contexts())
    before, after = general(example()), general(CHANGES[change])
    assert before != after
    for document, wanted in (
        (example(), before),
        (CHANGES[change], after),
        (CHANGES[change], after),
        (example(), before),
    ):
        assert secured_by(templates, document) == (wanted, 1)  # nor is anything stale signed


def test_a_key_or_method_that_changes_is_the_one_that_signs() -> None:
    templates = Templates(shipped_contexts())
    for key, method in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)):
        how: Any = {"key": key, "method": did_key_method(method)}
        assert secured_by(templates, example(), **how) == (general(example(), **how), 1)


@settings(max_examples=2 * settings().max_examples)
@given(seed=st.integers(0, 2**64 - 1))
def test_whatever_changes_the_new_document_leaves_or_nothing(seed: int) -> None:
    chance = Random(seed)
    templates = kept_templates()
    document = copy.deepcopy(example())
    for _ in range(chance.choice((1, 1, 2, 4))):
        places = list(text_places(document))
        place = chance.choice(places)
        around, step = at(document, place[:-1]), place[-1]
        match chance.randint(0, 5):
            case 0 if isinstance(around, dict) and step != "@context":
                del around[step]
            case 1:
                around[step] = at(document, chance.choice(places))
            case 2 if isinstance(around, dict):
                around[chance.choice(("name", "description", "narrative", "tag", "jmc:x"))] = chance.choice(
                    ("x", [], 5, True, None, {"@value": "y"}, {"id": "urn:x:y"})
                )
            case _:
                around[step] = chance.choice(("x", "urn:a:1", "", "\ud800", '"', "_:b", f"{around[step]}1"))
    try:
        wanted = general(document)
    except Error:
        wanted = None
    try:
        found, asked = secured_by(templates, document)
    except Error:
        found, asked = None, 0
    assert found is None or found == wanted
    assert asked == (found is not None)


@cache
def kept_templates() -> Templates:
    """One set of templates over all examples: what one leaves behind must not matter to the next."""
    return Templates(shipped_contexts())


def test_a_flood_of_shapes_does_not_fill_the_memory() -> None:
    templates = Templates(shipped_contexts())
    for number in range(2 * MOST_KEPT):
        document = changed("jmc:programVersion", "id", to=f"https://issuer.example/programs/{number}/v/1")
        assert secured_by(templates, document)[0] is not None
    assert len(templates._kept) <= MOST_KEPT


def test_what_is_no_json_is_left_to_the_general_path() -> None:
    document = changed("name", to="\ud800")
    assert secured_by(Templates(shipped_contexts()), document) == (None, 0)
    with pytest.raises(Error, match=r"proof\.coverage"):
        general(document)
