"""jsonld.js: the canonical form, which is what a proof signs, is the same bytes there and here.

It is compared where it can be the same. RDFC-1.0 sorts by code points; jsonld.js sorts by UTF-16, which puts
pictographs and rarer kanji before full-width forms: two values of one member, one of each, have another order there.
Such documents are left out, and one test shows the difference. Numbers that jsonld.js writes wrongly are shown by
another.
"""

import json
import re
from random import Random
from typing import Any

import pytest

from jmc_vc import vendored
from jmc_vc.errors import Error
from jmc_vc.formats.jsonld import canonical_nquads
from tests.builders.badges import small_badge
from tests.builders.contexts import NAMESPACE, OURS, shipped_contexts
from tests.builders.generated_badges import generated
from tests.builders.spoiled_badges import LOSSES, REWORDINGS
from tests.interop.matrix import BOTH, row
from tests.interop.served import Node, Served

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

DOCUMENTS = 1_000
Supplied = dict[str, Any]


@pytest.fixture(scope="module")
def supplied(open_badges_contexts: Supplied) -> Supplied:
    """The contexts that jsonld.js has to be given."""
    return {**open_badges_contexts, OURS: json.loads(vendored.contexts(NAMESPACE)[OURS])}


@row("rdfc-1.0", "jsonld.js", BOTH)
def test_a_badge_of_each_program_has_the_same_canonical_form(
    served: Served, node: Node, open_badges_contexts: dict[str, Any]
) -> None:
    badges = served.issue_one_of_each()
    theirs = node("canonize", supplied={**open_badges_contexts, **served.context()}, documents=badges)
    contexts = served.service.installation.service.contexts
    assert theirs == [canonical_nquads(badge, contexts).decode() for badge in badges]


def ours(document: Any) -> str | dict[str, str]:
    """As `canonical.mjs` answers."""
    try:
        return canonical_nquads(document, shipped_contexts()).decode()
    except Error as refused:
        return {"refused": str(refused.params.get("reason", refused.code))}


def sorts_alike(canonical: str) -> bool:
    """Whether the lines, and those of each node by itself, have one order by code points and by UTF-16."""
    lines = sorted(re.sub(r"_:c14n[0-9]+", "_:z", canonical).split("\n"))
    return lines == sorted(lines, key=lambda line: line.encode("utf-16-be"))


def test_a_thousand_generated_documents_have_the_same_canonical_form(node: Node, supplied: Supplied) -> None:
    documents = [generated(Random(seed)) for seed in range(DOCUMENTS)]
    theirs = node("canonize", supplied=supplied, documents=documents)
    compared = 0
    for seed, (document, their) in enumerate(zip(documents, theirs, strict=True)):
        our = ours(document)
        if isinstance(our, str) and isinstance(their, str):
            if sorts_alike(our):
                assert our == their, f"seed {seed}"
                compared += 1
        else:
            # We alone may refuse, because it costs too much; we do not accept what they refuse.
            assert our == {"refused": "depth"}, f"seed {seed}: {our} and {their}"
    assert compared > DOCUMENTS * 0.8


def test_whatever_safe_mode_refuses_we_refuse(node: Node, supplied: Supplied) -> None:
    """Ours refuses more; then the reason is among those of the row, which decision 0010 explains."""
    cases, documents = [], []
    for case, (change, reasons) in {**LOSSES, **REWORDINGS}.items():
        for seed in range(8):
            chance = Random(seed)
            document = generated(chance, size=8, plain=True)
            change(document, chance)
            cases.append((case, seed, reasons))
            documents.append(document)
    theirs = node("canonize", supplied=supplied, documents=documents)
    refused_there = set()
    for (case, seed, reasons), document, their in zip(cases, documents, theirs, strict=True):
        our = ours(document)
        if isinstance(our, dict):
            assert our["refused"] in reasons, f"{case}, seed {seed}"
        else:
            assert case in REWORDINGS, f"{case}, seed {seed}"
            assert our == their or not sorts_alike(our), f"{case}, seed {seed}"
        if isinstance(their, dict):
            refused_there.add(case)
            assert isinstance(our, dict), f"{case}, seed {seed}: {their}"
    # Or else safe mode was not on.
    assert refused_there >= {
        "VJ-01 a term that no context defines", "a type that no context defines", "VJ-03 a relative id",
        "VJ-04 an empty id", "a datatype that no context defines", "no language tag",
    }  # fmt: skip


def test_two_values_that_utf_16_sorts_otherwise_have_another_form_there(node: Node, supplied: Supplied) -> None:
    """Neither verifies the other's proof then; ours is the order of the specification (RDFC-1.0 §5)."""
    badge = small_badge()
    badge["credentialSubject"]["achievement"]["tag"] = ["\U0001f600", "\uff21"]
    [their] = node("canonize", supplied=supplied, documents=[badge])
    our = ours(badge)
    assert isinstance(our, str)
    assert not sorts_alike(our)
    assert our != their
    assert sorted(our.split("\n")) == sorted(their.split("\n"))
    assert our.index("\uff21") < our.index("\U0001f600")
    assert their.index("\uff21") > their.index("\U0001f600")


def test_small_powers_of_ten_are_zero_there(node: Node, supplied: Supplied) -> None:
    badge = small_badge()
    badge["credentialSubject"]["creditsEarned"] = 1e-7
    [their] = node("canonize", supplied=supplied, documents=[badge])
    our = ours(badge)
    assert isinstance(our, str)
    assert '"1.0E-7"' in our
    assert our.replace('"1.0E-7"', '"0"') == their
