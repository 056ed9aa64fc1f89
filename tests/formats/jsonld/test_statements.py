"""A document as single statements: the lines of its canonical form, and where each blank node comes from."""

from typing import Any

import pytest
from hypothesis import given

from jmc_vc.formats.jsonld import DataLoss, canonical_nquads
from jmc_vc.formats.jsonld.convert import AS_GRAPH, AS_NODE
from jmc_vc.formats.jsonld.statements import statements
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import shipped_contexts
from tests.builders.generated_badges import badges

Json = dict[str, Any]


@given(badges())
def test_under_canonical_labels_the_lines_are_the_canonical_form(badge: Json) -> None:
    try:
        canonical = canonical_nquads(badge, shipped_contexts())
    except DataLoss:
        with pytest.raises(DataLoss):
            statements(badge, shipped_contexts())
        return
    stated = statements(badge, shipped_contexts())
    lines = stated.lines(stated.canonical_labels())
    assert b"".join(lines) == canonical
    assert all(line.endswith(b" .\n") and line.count(b"\n") == 1 for line in lines)
    assert stated.origins.keys() == stated.canonical_labels().keys()


def test_a_node_comes_from_its_very_object() -> None:
    badge = small_badge()
    badge["evidence"] = [{"type": ["Evidence"], "name": "Report"}, {"type": ["Evidence"], "name": "Report"}]
    origins = list(statements(badge, shipped_contexts()).origins.values())
    for node in [badge["credentialSubject"]["achievement"]["criteria"], *badge["evidence"]]:
        assert sum(part is node and role == AS_NODE for part, role in origins) == 1
    assert len(origins) == 3


def test_the_cells_of_a_list_come_from_the_array() -> None:
    badge = typical_badge()
    allowed = badge["credentialSubject"]["achievement"]["resultDescription"][0]["allowedValue"]
    origins = statements(badge, shipped_contexts()).origins.values()
    assert [role for part, role in origins if part is allowed] == [0, 1, 2, 3]


def test_a_graph_comes_from_the_object_in_it() -> None:
    badge = small_badge()
    proof = {"type": "DataIntegrityProof", "proofPurpose": "assertionMethod"}
    badge["endorsement"] = {"type": ["VerifiableCredential", "EndorsementCredential"], "proof": proof}
    origins = statements(badge, shipped_contexts()).origins.values()
    assert sorted(role for part, role in origins if part is proof) == [AS_GRAPH, AS_NODE]


def test_a_label_is_one_node_wherever_it_stands() -> None:
    badge = small_badge()
    badge["credentialSubject"]["achievement"]["criteria"]["id"] = "_:c"
    badge["evidence"] = {"id": "_:c"}
    origins = statements(badge, shipped_contexts()).origins.values()
    assert list(origins) == [("_:c", AS_NODE)]


@pytest.mark.parametrize("member", ["name", "narrative"])
def test_text_that_utf_8_cannot_carry_is_refused(member: str) -> None:
    badge = small_badge()
    place = badge if member == "name" else badge["credentialSubject"]["achievement"]["criteria"]
    place[member] = "\ud800"
    stated = statements(badge, shipped_contexts())
    with pytest.raises(DataLoss):
        stated.lines(stated.canonical_labels())
