"""Proofs that must not hold, each with its code; and proof sets, of which each proof stands alone."""

import copy
from datetime import UTC, datetime
from time import process_time
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import SuiteUnsupported, read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.multikey import KeyAlgorithm, PublicKey, decode_multikey
from jmc_vc.formats.jsonld import DataLoss
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import OURS, shipped_contexts
from tests.builders.keys import did_key_method, ed25519_private_key, ed25519_public_key

CREATED = datetime(2026, 1, 1, tzinfo=UTC)
P256 = decode_multikey("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP")


def signed(document: dict[str, Any] | None = None, *, key: int = 0, **members: Any) -> dict[str, Any]:
    return add_proof(
        small_badge() if document is None else document,
        cryptosuite="eddsa-rdfc-2022",
        verification_method=did_key_method(key),
        created=CREATED,
        sign=ed25519_private_key(key).sign,
        contexts=shipped_contexts(),
        members=members,
    )


def verified(document: dict[str, Any], key: PublicKey | None = None) -> None:
    unsecured = Unsecured(document, shipped_contexts())
    for proof in read_proofs(document):
        verify_proof(unsecured, proof, key or decode_multikey(proof.verification_method.partition("#")[2]))


def spoiled(*path: str | int, value: Any) -> dict[str, Any]:
    document = copy.deepcopy(signed())
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


GOOD_VALUE = str(signed()["proof"]["proofValue"])
SIGNATURE = multibase.decode(GOOD_VALUE)
BAD = [
    pytest.param({k: v for k, v in signed().items() if k != "proof"}, "proof.missing", "/proof", id="VJ-27 no proof"),
    pytest.param(spoiled("proof", value=None), "proof.missing", "/proof", id="VJ-27 null"),
    pytest.param(spoiled("proof", value=[]), "proof.missing", "/proof", id="VJ-27 no proof in the array"),
    pytest.param(spoiled("proof", value="z5"), "proof.encoding", "/proof", id="proof is a text"),
    pytest.param(spoiled("proof", value=[5]), "proof.encoding", "/proof/0", id="proof is a number"),
    pytest.param(
        spoiled("proof", "previousProof", value="urn:uuid:1"), "proof.chain", "/proof/previousProof", id="VJ-30"
    ),
    pytest.param(spoiled("proof", value=[signed()["proof"]] * 200), "proof.limit", "/proof", id="VJ-31 200 proofs"),
    pytest.param(
        spoiled("proof", "proofPurpose", value="authentication"), "proof.purpose", "/proof/proofPurpose", id="VJ-32"
    ),
    pytest.param(
        spoiled("proof", "proofPurpose", value=5), "proof.encoding", "/proof/proofPurpose", id="purpose no text"
    ),
    pytest.param(
        spoiled("proof", "proofValue", value=multibase.encode_base64url(SIGNATURE)),
        "proof.encoding",
        "/proof/proofValue",
        id="VJ-37 prefix u",
    ),
    pytest.param(
        spoiled("proof", "proofValue", value=GOOD_VALUE[1:]),
        "proof.encoding",
        "/proof/proofValue",
        id="VJ-37 no prefix",
    ),
    pytest.param(
        spoiled("proof", "proofValue", value="z" * 400_000), "proof.encoding", "/proof/proofValue", id="VJ-38 400 KB"
    ),
    pytest.param(
        spoiled("proof", "proofValue", value=multibase.encode_base58(SIGNATURE[:-1])),
        "proof.encoding",
        "/proof/proofValue",
        id="VJ-39 63 bytes",
    ),
    pytest.param(
        spoiled("proof", "proofValue", value=multibase.encode_base58(SIGNATURE + b"\0")),
        "proof.encoding",
        "/proof/proofValue",
        id="VJ-39 65 bytes",
    ),
    pytest.param(spoiled("proof", "proofValue", value=""), "proof.encoding", "/proof/proofValue", id="no proofValue"),
    pytest.param(
        spoiled("proof", "cryptosuite", value="foo-2099"), "proof.suite_unsupported", "/proof/cryptosuite", id="VJ-44"
    ),
    pytest.param(
        spoiled("proof", "cryptosuite", value=None), "proof.encoding", "/proof/cryptosuite", id="no cryptosuite"
    ),
    pytest.param(
        spoiled("proof", "type", value="Ed25519Signature2020"), "proof.suite_unsupported", "/proof/type", id="old type"
    ),
    pytest.param(
        spoiled("proof", "type", value=["DataIntegrityProof"]), "proof.encoding", "/proof/type", id="type array"
    ),
    pytest.param(
        spoiled("proof", "verificationMethod", value={"id": "x"}),
        "proof.encoding",
        "/proof/verificationMethod",
        id="embedded method",
    ),
    pytest.param(
        spoiled("proof", "created", value="2026-01-02T00:00:00Z"), "proof.crypto", "/proof/proofValue", id="VJ-48"
    ),
    pytest.param(
        spoiled("proof", "created", value="2026-01-01"), "schema.datetime", "/proof/created", id="a bare date"
    ),
    pytest.param(spoiled("proof", "expires", value=1767225600), "schema.datetime", "/proof/expires", id="a number"),
    pytest.param(spoiled("proof", "domain", value=[5]), "proof.encoding", "/proof/domain", id="domain is a number"),
    pytest.param(spoiled("proof", "domain", value="x.example"), "proof.crypto", "/proof/proofValue", id="domain added"),
    pytest.param(
        spoiled("proof", "note", value="x"), "proof.coverage", "/proof/note", id="unknown member of the proof"
    ),
    pytest.param(spoiled("proof", "nonce", value=None), "proof.encoding", "/proof/nonce", id="null nonce"),
    pytest.param(spoiled("proof", "@context", value=OURS), "context.not_allowed", "/proof/@context", id="own context"),
    pytest.param(
        spoiled("issuer", "id", value="did:web:other.example"), "proof.crypto", "/proof/proofValue", id="VJ-55"
    ),
    pytest.param(spoiled("name", value="Robotics 102"), "proof.crypto", "/proof/proofValue", id="altered text"),
    pytest.param(spoiled("grade", value="A+"), "proof.coverage", "/grade", id="VJ-01 undefined term added"),
    pytest.param(spoiled("id", value="x"), "proof.coverage", "/id", id="VJ-03 id is no IRI"),
]


@pytest.mark.parametrize(("document", "code", "pointer"), BAD)
def test_a_proof_that_does_not_hold_is_refused_with_its_code(
    document: dict[str, Any], code: str, pointer: str | None
) -> None:
    started = process_time()
    with pytest.raises(Error) as refused:
        verified(document)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)
    assert process_time() - started < 1


def test_what_was_signed_verifies() -> None:
    verified(signed())
    verified(signed(typical_badge(), expires="2030-01-01T00:00:00Z", domain=["a.example", "b.example"], challenge="c"))


def test_the_right_signature_of_another_key_is_refused() -> None:
    with pytest.raises(Error, match=r"proof\.crypto"):
        verified(signed(), ed25519_public_key(1))


def test_a_key_of_another_type_is_a_confusion_of_suites() -> None:  # VJ-43
    with pytest.raises(Error, match=r"proof\.suite "):
        verified(signed(), P256)


def test_no_suite_signs_with_a_key_that_is_not_its_own() -> None:
    for suite, algorithm in (("eddsa-rdfc-2022", KeyAlgorithm.P256), ("foo-2099", KeyAlgorithm.ED25519)):
        with pytest.raises(SuiteUnsupported):
            add_proof(
                small_badge(),
                cryptosuite=suite,
                verification_method="did:x:y#z",
                created=CREATED,
                sign=lambda data: data,
                contexts=shipped_contexts(),
                algorithm=algorithm,
            )


def test_nothing_reaches_the_signer_that_a_proof_would_not_cover() -> None:
    def sign(_data: bytes) -> bytes:
        raise AssertionError("asked to sign")

    for document in ({**small_badge(), "grade": "A+"}, {**small_badge(), "id": "x"}):
        with pytest.raises(DataLoss):
            add_proof(
                document,
                cryptosuite="eddsa-rdfc-2022",
                verification_method="did:x:y#z",
                created=CREATED,
                sign=sign,
                contexts=shipped_contexts(),
            )


def test_a_shipped_context_that_changes_no_meaning_changes_no_signature() -> None:
    # RDF is what is signed. Which lists of contexts are accepted is for the check `context` to say (VC-DI §4.6).
    verified(spoiled("@context", value=[*small_badge()["@context"], OURS]))


def test_each_proof_of_a_set_stands_alone() -> None:
    both = signed(signed(), key=1)
    assert [proof.verification_method for proof in read_proofs(both)] == [did_key_method(0), did_key_method(1)]
    verified(both)
    alone = {**both, "proof": both["proof"][1]}
    verified(alone)


def test_one_broken_proof_of_two_is_refused() -> None:  # VJ-29
    both = signed(signed(), key=1)
    both["proof"][0]["proofValue"] = both["proof"][1]["proofValue"]
    with pytest.raises(Error, match=r"proof\.crypto at /proof/0/proofValue"):
        verified(both)


def test_adding_a_proof_leaves_the_document_as_it_was() -> None:
    document = small_badge()
    before = copy.deepcopy(document)
    result = signed(document)
    assert document == before
    assert {name: member for name, member in result.items() if name != "proof"} == before
    assert result["proof"]["created"] == "2026-01-01T00:00:00Z"


def test_the_dates_of_a_proof_are_told() -> None:
    (proof,) = read_proofs(signed(expires="2027-01-01T09:00:00+09:00"))
    assert proof.created is not None
    assert proof.expires is not None
    assert proof.created.instant == CREATED
    assert proof.expires.instant == datetime(2027, 1, 1, tzinfo=UTC)
