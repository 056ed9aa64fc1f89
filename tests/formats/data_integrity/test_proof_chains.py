"""Proof sets and chains: every proof is checked, and what a proof names comes before it (DI-01, DI-02)."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.proof import ProofChain, read_proofs
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import shipped_contexts
from tests.builders.signers import signer
from tests.formats.data_integrity.test_own_vectors import ROOT
from tests.formats.data_integrity.verifying import CREATED, ED25519, P256, P384, SIGNING, signed, verified

Json = dict[str, Any]
FIRST, SECOND, THIRD = (f"urn:uuid:00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))


def chain() -> Json:
    """Two of a set, a third by someone else, a fourth over both of the set, and a fifth over that one."""
    document: Json = json.loads((ROOT / "proof-chain" / "mixed" / "signed.json").read_bytes())
    return document


def test_a_set_of_several_suites_holds_each_against_the_document_alone() -> None:
    document = small_badge()
    for number, (suite, algorithm) in enumerate(SIGNING):
        document = signed(document, suite=suite, key=signer(algorithm, number))
    verified(document)
    assert len(document["proof"]) == len(SIGNING)
    for proof in document["proof"]:
        verified({**document, "proof": proof})
    document["proof"].reverse()
    verified(document)


def test_a_chain_of_several_suites_holds_and_is_made_again_to_the_same_bytes() -> None:
    document = chain()
    verified(document)
    again: Json = {name: member for name, member in document.items() if name != "proof"}
    keys = [signer(ED25519), signer(P256, 1), signer(ED25519, 2), signer(P384, 3), signer(ED25519, 4)]
    for key, proof in zip(keys, document["proof"], strict=True):
        members = {name: proof[name] for name in ("id", "previousProof") if name in proof}
        again = signed(again, suite=proof["cryptosuite"], key=key, **members)
    assert again["proof"] == document["proof"]


def _without(position: int) -> Callable[[list[Json]], object]:
    return lambda proofs: proofs.pop(position)


def _with(position: int, **members: Any) -> Callable[[list[Json]], object]:
    return lambda proofs: proofs[position].update(members)


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        pytest.param(_without(0), "proof.chain", "/proof/2/previousProof", id="first removed"),
        pytest.param(_without(3), "proof.chain", "/proof/3/previousProof", id="middle removed"),
        pytest.param(_with(0, id=THIRD + "9"), "proof.chain", "/proof/3/previousProof", id="named wrongly"),
        pytest.param(_with(2, id=FIRST), "proof.chain", "/proof/3/previousProof", id="two of that name"),
        pytest.param(_with(0, previousProof=THIRD), "proof.chain", "/proof/0/previousProof", id="VJ-30 in a circle"),
        pytest.param(_with(3, previousProof=THIRD), "proof.chain", "/proof/3/previousProof", id="VJ-30 itself"),
        pytest.param(_with(0, created="2025-01-01T00:00:00Z"), "proof.crypto", "/proof/0/proofValue", id="altered"),
        pytest.param(_with(1, nonce="x"), "proof.crypto", "/proof/1/proofValue", id="one more member"),
        pytest.param(_with(3, previousProof=[FIRST]), "proof.crypto", "/proof/3/proofValue", id="names fewer"),
        pytest.param(_with(4, previousProof=[THIRD, FIRST]), "proof.crypto", "/proof/4/proofValue", id="names more"),
        pytest.param(_with(3, previousProof=[]), "proof.encoding", "/proof/3/previousProof", id="names none"),
        pytest.param(_with(3, previousProof=[1]), "proof.encoding", "/proof/3/previousProof", id="no text"),
        pytest.param(_with(3, previousProof={}), "proof.encoding", "/proof/3/previousProof", id="an object"),
    ],
)
def test_a_chain_that_was_changed_does_not_hold(
    change: Callable[[list[Json]], object], code: str, pointer: str
) -> None:
    document = chain()
    change(document["proof"])
    with pytest.raises(Error) as refused:
        verified(document)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_a_proof_holds_only_over_the_earlier_ones_that_it_was_made_over() -> None:
    # Another good proof under the name of the one that was there: only the later signature can tell.
    document = chain()
    badge = {name: member for name, member in document.items() if name != "proof"}
    document["proof"][0] = signed(badge, key=signer(ED25519, 9), id=FIRST)["proof"]
    with pytest.raises(Error, match=r"proof\.crypto at /proof/3/proofValue"):
        verified(document)


def test_earlier_proofs_may_stand_in_another_order_for_rdf_and_not_for_json() -> None:
    for suite, holds in (("eddsa-rdfc-2022", True), ("eddsa-jcs-2022", False)):
        both = signed(signed(id=FIRST), key=signer(ED25519, 1), id=SECOND)
        document = signed(both, suite=suite, key=signer(ED25519, 2), previousProof=[FIRST, SECOND])
        verified(document)
        document["proof"][:2] = reversed(document["proof"][:2])
        if holds:
            verified(document)
        else:
            with pytest.raises(Error, match=r"proof\.crypto at /proof/2/proofValue"):
                verified(document)


def test_no_chain_is_signed_whose_beginning_is_not_there() -> None:
    def sign(_data: bytes) -> bytes:
        raise AssertionError("asked to sign")

    first = signed(id=FIRST)
    beginnings: list[tuple[Json, Json]] = [
        (small_badge(), {"previousProof": FIRST}),
        (first, {"previousProof": SECOND}),
        (first, {"previousProof": [FIRST, SECOND]}),
        (first, {"previousProof": SECOND, "id": SECOND}),
        (signed(first, id=FIRST, key=signer(ED25519, 1)), {"previousProof": FIRST}),
    ]
    for document, members in beginnings:
        with pytest.raises(ProofChain):
            add_proof(
                document,
                cryptosuite="eddsa-jcs-2022",
                verification_method=signer().method,
                created=CREATED,
                sign=sign,
                contexts=shipped_contexts(),
                members=members,
            )


def test_a_document_of_sixteen_chained_proofs_costs_no_more_than_a_few_conversions_each() -> None:  # VJ-31
    document = signed(typical_badge(), id="urn:x:0")
    for number in range(1, 16):
        document = signed(document, id=f"urn:x:{number}", previousProof=f"urn:x:{number - 1}")
    verified(document)
    with pytest.raises(Error, match=r"proof\.limit"):
        signed(document)


def test_one_broken_proof_of_two_is_refused() -> None:  # VJ-29
    both = signed(signed(), key=signer(ED25519, 1))
    broken = copy.deepcopy(both)
    broken["proof"][0]["proofValue"] = broken["proof"][1]["proofValue"]
    with pytest.raises(Error, match=r"proof\.crypto at /proof/0/proofValue"):
        verified(broken)
    assert [proof.pointer for proof in read_proofs(both)] == ["/proof/0", "/proof/1"]
