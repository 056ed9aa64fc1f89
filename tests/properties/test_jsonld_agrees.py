"""Byte equality with two other implementations on documents made at random, and refusal of whatever they would lose.

The number of documents is that of the hypothesis profile: ten for each of its examples, so a thousand with the usual
one. `make fuzz` compares twenty thousand others.
"""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.jsonld import canonical_nquads
from tests.builders.badges import typical_badge
from tests.builders.contexts import CREDENTIALS, shipped_contexts
from tests.builders.generated_badges import badges, defined_names, generated
from tests.builders.generated_values import Json
from tests.builders.independent import by_oxigraph, by_pyld
from tests.builders.spoiled_badges import LOSSES, REWORDINGS
from tests.fuzz import agreement

DOCUMENTS = 10 * settings().max_examples
of_so_many = pytest.mark.timeout(120 + DOCUMENTS // 10)


@of_so_many
@settings(max_examples=DOCUMENTS * 6 // 10)
@given(badges())
def test_every_generated_document_is_stated_as_pyld_states_it(document: Json) -> None:
    agreement.check(document, plain=False)


@of_so_many
@settings(max_examples=DOCUMENTS * 4 // 10)
@given(badges(plain=True))
def test_every_plain_document_is_stated_as_pyoxigraph_states_it(document: Json) -> None:
    agreement.check(document, plain=True)


def names_in(value: object) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(names_in, value))
    return set(value).union(*map(names_in, value.values())) if isinstance(value, dict) else set()


def types_in(value: object) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(types_in, value))
    if not isinstance(value, dict):
        return set()
    types = value.get("type", [])
    return set([types] if isinstance(types, str) else types if isinstance(types, list) else []).union(
        *map(types_in, value.values())
    )


def test_generated_documents_use_every_member_and_class_and_are_accepted() -> None:
    documents = [generated(Random(seed)) for seed in range(600)]
    properties, classes = defined_names()
    assert properties - names_in(documents) == set()
    assert classes - types_in(documents) == set()
    refused = 0
    for document in documents[:100]:
        try:
            canonical_nquads(document, shipped_contexts())
        except Error:
            refused += 1
    assert refused <= 2


def test_two_badges_of_one_program_can_be_presented() -> None:
    """Their alignments look alike, in graphs of blank nodes: orders of equal neighbours are not tried one by one."""
    document: Json = {
        "@context": [CREDENTIALS],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [typical_badge(0), typical_badge(1)],
    }
    assert agreement.check(document, plain=False)


@pytest.mark.parametrize("case", LOSSES)
@settings(max_examples=max(5, DOCUMENTS // 100))
@given(seed=st.integers(0, 2**64 - 1))
def test_what_would_be_lost_is_refused_wherever_it_stands(case: str, seed: int) -> None:
    chance = Random(seed)
    document = generated(chance, size=8)
    spoil, reasons = LOSSES[case]
    spoil(document, chance)
    with pytest.raises(Error) as refused:
        canonical_nquads(document, shipped_contexts())
    assert refused.value.params.get("reason", refused.value.code) in reasons


@pytest.mark.parametrize("case", REWORDINGS)
@settings(max_examples=max(5, DOCUMENTS // 100))
@given(seed=st.integers(0, 2**64 - 1))
def test_other_words_are_refused_or_state_what_the_others_state(case: str, seed: int) -> None:
    """Decision 0010: refused for the reason that is decided. Where another spelling is no other, it is stated alike."""
    chance = Random(seed)
    document = generated(chance, size=8, plain=True)
    reword, reasons = REWORDINGS[case]
    reword(document, chance)
    try:
        ours = canonical_nquads(document, shipped_contexts())
    except Error as refused:
        assert refused.params.get("reason", refused.code) in reasons  # noqa: PT017 - the other outcome is equality
        return
    assert ours == by_pyld(document)
    assert ours == by_oxigraph(document)
