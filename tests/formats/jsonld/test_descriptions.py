"""Two objects with one id: accepted only where nothing can move from the one to the other (decision 0010)."""

import copy
from time import process_time
from typing import Any

import pytest

from jmc_vc.formats.jsonld import DataLoss, canonical_nquads
from tests.builders.badges import typical_badge
from tests.builders.contexts import shipped_contexts

Json = dict[str, Any]
PROFILE = {
    "id": "did:web:issuer.example",
    "type": ["Profile"],
    "name": "星見ヶ丘大学",
    "url": "https://issuer.example/",
}
EXTRA = "https://types.example/PracticeOnly"


def badge(issuer: Json, creator: Json) -> Json:
    made: Json = copy.deepcopy(typical_badge())
    made["issuer"] = copy.deepcopy(issuer)
    made["credentialSubject"]["achievement"]["creator"] = copy.deepcopy(creator)
    return made


def stub(*types: str) -> Json:
    return {"id": PROFILE["id"], "type": list(types)}


def refused(document: Json) -> bool:
    try:
        canonical_nquads(document, shipped_contexts())
    except DataLoss as err:
        return err.params == {"reason": "described_twice"}
    return False


def test_a_creator_of_whom_the_type_alone_is_told_is_accepted() -> None:
    assert not refused(badge(PROFILE, stub("Profile")))


def test_the_members_of_the_issuer_cannot_move_to_the_creator() -> None:
    assert refused(badge(stub("Profile"), PROFILE))


def test_a_type_cannot_move_from_the_issuer_to_the_creator() -> None:
    with_extra = {**PROFILE, "type": ["Profile", EXTRA]}
    assert not refused(badge(with_extra, stub("Profile")))
    assert refused(badge(PROFILE, stub("Profile", EXTRA)))


def endorsed(types: list[str], subject_types: list[str]) -> Json:
    made: Json = copy.deepcopy(typical_badge())
    made["type"] = types
    made["endorsement"] = [
        {
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": "did:web:ministry.example",
            "credentialSubject": {"id": made["id"], "type": subject_types, "endorsementComment": "推薦します。"},
        }
    ]
    return made


def test_a_type_of_the_credential_cannot_move_into_an_endorsement() -> None:
    types = ["VerifiableCredential", "OpenBadgeCredential"]
    assert not refused(endorsed([*types, EXTRA], ["EndorsementSubject"]))
    assert refused(endorsed(types, ["EndorsementSubject", EXTRA]))


@pytest.mark.parametrize("proof", [None, [], {}])
def test_no_proof_holds_nothing_together(proof: Any) -> None:
    made = endorsed(["VerifiableCredential", "OpenBadgeCredential"], ["EndorsementSubject"])
    other = copy.deepcopy(made["endorsement"][0])
    other["credentialSubject"]["endorsementComment"] = "別の推薦です。"
    made["endorsement"].append(other)
    for each in made["endorsement"]:
        if proof is not None:
            each["proof"] = proof
    with pytest.raises(DataLoss):
        canonical_nquads(made, shipped_contexts())


def test_hundreds_of_endorsements_of_something_large_cost_what_they_weigh() -> None:
    made: Json = copy.deepcopy(typical_badge())
    achievement = made["credentialSubject"]["achievement"]
    achievement["humanCode"] = "a" * 1_600_000
    made["endorsement"] = [
        {
            "type": "VerifiableCredential",
            "credentialSubject": {"id": achievement["id"], "type": "EndorsementSubject", "endorsementComment": "c"},
        }
    ] * 600
    started = process_time()
    canonical_nquads(made, shipped_contexts())
    assert process_time() - started < 1
