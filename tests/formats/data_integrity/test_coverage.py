"""What a proof covers: under an RDFC suite all to which the contexts give a meaning, else it is refused; under a JCS
suite every member, and those contexts that stand in the proof (DI-03, DI-06, DI-09)."""

import copy
import itertools
from time import process_time
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured, as_json_ld
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jsonld import CanonicalizationLimit, DataLoss, require_covered
from tests.builders.badges import small_badge
from tests.builders.contexts import OURS, shipped_contexts
from tests.builders.independent import by_pyld
from tests.builders.signers import signer
from tests.formats.data_integrity.verifying import CREATED, SIGNING, by, signed, spoiled, verified

Json = dict[str, Any]
RDFC = [(suite, algorithm) for suite, algorithm in SIGNING if "rdfc" in suite]
JCS = [(suite, algorithm) for suite, algorithm in SIGNING if "jcs" in suite]


@pytest.mark.parametrize(("suite", "algorithm"), RDFC)
def test_nothing_reaches_the_signer_that_an_rdfc_proof_would_not_cover(  # DI-03
    suite: str, algorithm: KeyAlgorithm
) -> None:
    def sign(_data: bytes) -> bytes:
        raise AssertionError("asked to sign")

    for document, members in (
        ({**small_badge(), "grade": "A+"}, {}),
        ({**small_badge(), "id": "x"}, {}),
        ({**small_badge(), "type": ["VerifiableCredential", "OpenBadgeCredential", "Unknown"]}, {}),
        (small_badge(), {"note": "x"}),
    ):
        with pytest.raises(DataLoss):
            add_proof(
                document,
                cryptosuite=suite,
                verification_method=signer(algorithm).method,
                created=CREATED,
                sign=sign,
                contexts=shipped_contexts(),
                algorithm=algorithm,
                members=members,
            )


@pytest.mark.parametrize(("suite", "algorithm"), RDFC)
def test_a_poison_graph_under_sixteen_proofs_is_given_up_in_time(  # DI-09, VJ-22
    suite: str, algorithm: KeyAlgorithm
) -> None:
    labels = [f"_:n{number}" for number in range(10)]
    clique = [
        {"id": node, "type": ["VerifiableCredential", "Achievement"], "evidence": [*set(labels) - {node}]}
        for node in labels
    ]
    good = by(suite, algorithm)["proof"]
    proofs = [{**good, "id": f"urn:x:{number}"} for number in range(16)]
    for later, earlier in itertools.pairwise(proofs):
        later["previousProof"] = earlier["id"]
    document = {**small_badge(), "evidence": clique, "proof": proofs}
    unsecured = Unsecured(document, shipped_contexts())
    started = process_time()
    for proof in read_proofs(document):
        with pytest.raises(CanonicalizationLimit):
            verify_proof(unsecured, proof, signer(algorithm).public_key)
    assert process_time() - started < 1


def test_a_shipped_context_that_changes_no_meaning_changes_no_rdfc_signature() -> None:
    # RDF is what is signed. Which lists of contexts are accepted is for the check `context` to say (VC-DI §4.6).
    verified(spoiled("@context", value=[*small_badge()["@context"], OURS]))


@pytest.mark.parametrize(("suite", "algorithm"), JCS)
def test_a_jcs_proof_covers_what_no_context_defines(suite: str, algorithm: KeyAlgorithm) -> None:  # DI-03
    # Signed, and without meaning under JSON-LD: so no refusal, but no way to change it either.
    document = by(suite, algorithm, {**small_badge(), "grade": "A+", "points": 87.50, "@vocab": {"x": [1e21]}})
    verified(document)
    for name, value in (("grade", "A"), ("points", 87.6), ("@vocab", {"x": [1e22]})):
        with pytest.raises(Error, match=r"proof\.crypto"):
            verified({**document, name: value})
    verified({**document, "points": 87.5})
    with pytest.raises(Error, match=r"proof\.crypto"):
        verified({**document, "added": None})


@pytest.mark.parametrize(("suite", "algorithm"), JCS)
def test_the_contexts_of_a_jcs_proof_begin_those_of_the_document(suite: str, algorithm: KeyAlgorithm) -> None:  # DI-06
    document = by(suite, algorithm)
    contexts = document["@context"]
    assert document["proof"]["@context"] == contexts
    verified({**document, "@context": [*contexts, OURS]})
    verified({**document, "@context": [*contexts, {"@protected": True, "grade": "urn:x:grade"}]})
    others: list[Any] = [
        contexts[:-1],
        contexts[:1],
        [OURS, *contexts],
        contexts[::-1],
        contexts[0],
        [],
        None,
        [*contexts[:-1], OURS],
        {},
    ]
    for changed in others:
        with pytest.raises(Error, match=r"context\.not_allowed at /proof/@context"):
            verified({**document, "@context": changed})


@pytest.mark.parametrize(("suite", "algorithm"), JCS)
def test_the_context_of_a_jcs_proof_is_signed(suite: str, algorithm: KeyAlgorithm) -> None:  # DI-06
    document = by(suite, algorithm)
    contexts = document["@context"]
    for inner in (contexts[:1], contexts[0]):
        with pytest.raises(Error, match=r"proof\.crypto"):
            verified(spoiled("proof", "@context", value=inner, document=document))
    for inner in ([], None, {}, [*contexts, OURS]):
        with pytest.raises(Error, match=r"context\.not_allowed"):
            verified(spoiled("proof", "@context", value=inner, document=document))
    bare = copy.deepcopy(document)
    del bare["proof"]["@context"]
    with pytest.raises(Error, match=r"proof\.crypto"):
        verified(bare)


def test_the_contexts_that_a_jcs_proof_repeats_change_nothing_for_those_who_read_json_ld() -> None:
    once = by("eddsa-jcs-2022", KeyAlgorithm.ED25519)
    for document in (once, signed(once), signed(once, suite="ecdsa-jcs-2019", key=signer(KeyAlgorithm.P256))):
        require_covered(as_json_ld(document), shipped_contexts())
    bare = copy.deepcopy(once)
    del bare["proof"]["@context"]
    assert as_json_ld(once) == as_json_ld(bare) == bare
    assert by_pyld(once) == by_pyld(bare)
    with pytest.raises(Error, match=r"context\.not_allowed"):
        require_covered(as_json_ld(spoiled("proof", "@context", value=OURS, document=once)), shipped_contexts())


def test_a_value_in_an_inline_context_is_compared_as_json() -> None:  # for Python, 1 equals true
    document = signed({**small_badge(), "@context": [{"@protected": True}]}, suite="eddsa-jcs-2022")
    verified(document)
    with pytest.raises(Error, match=r"context\.not_allowed"):
        verified({**document, "@context": [{"@protected": 1}, OURS]})


def test_one_context_may_stand_alone_or_in_an_array() -> None:
    alone = signed({**small_badge(), "@context": OURS}, suite="eddsa-jcs-2022")
    assert alone["proof"]["@context"] == OURS
    verified(alone)
    verified({**alone, "@context": [OURS]})
    verified({**alone, "@context": [OURS, "https://other.example"]})


def test_a_document_without_contexts_has_a_jcs_proof_without_them() -> None:
    plain = signed({"myWebsite": "https://hello.world.example/"}, suite="eddsa-jcs-2022")
    assert "@context" not in plain["proof"]
    verified(plain)
    with pytest.raises(Error, match=r"proof\.crypto"):
        verified({**plain, "@context": OURS})


@pytest.mark.parametrize(("suite", "algorithm"), JCS)
def test_a_number_is_signed_as_ecmascript_writes_it(suite: str, algorithm: KeyAlgorithm) -> None:  # DI-06
    document = by(suite, algorithm, {"n": 1e21, "m": 10.0, "k": -0.0, "j": 1e-7})
    verified({**document, "n": 10**21 * 1.0, "m": 10, "k": 0, "j": 0.0000001})
    with pytest.raises(Error, match=r"canon\.value"):
        by(suite, algorithm, {"n": 2**53 + 1})
    with pytest.raises(Error, match=r"canon\.value"):
        verified({**document, "n": float("inf")})
