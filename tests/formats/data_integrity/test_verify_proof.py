"""Every suite with one signature: what was signed holds, and nothing else does, each refusal with its code (DI-01..07).

The tables walk suites and keys; chains, old suites and vectors have files of their own.
"""

import copy
from collections.abc import Iterator
from datetime import UTC, datetime
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.cryptosuites import CRYPTOSUITES, SIGNING_SUITES
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import ProofError, SuiteUnsupported, read_proofs
from jmc_vc.formats.data_model.problem_details import problem_type
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jcs import NotCanonicalizable
from jmc_vc.formats.jsonld import CanonicalizationLimit, DataLoss
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import OURS, shipped_contexts
from tests.builders.generated_badges import CREDENTIALS_1, INTEGRITY, badges
from tests.builders.signers import signer, twin
from tests.formats.data_integrity.verifying import CREATED, ED25519, P256, P384, SIGNING, by, signed, spoiled, verified

Json = dict[str, Any]
SUITES_AND_KEYS = pytest.mark.parametrize(("suite", "algorithm"), SIGNING)


def test_the_table_here_has_every_suite_that_signs() -> None:
    pairs = {(name, algorithm) for name, suite in SIGNING_SUITES.items() for algorithm in suite.key_algorithms}
    assert pairs == set(SIGNING)
    assert all(name == suite.name for name, suite in CRYPTOSUITES.items())


def test_sr_5_long_proofs_are_limited_together_before_any_is_looked_into() -> None:
    long = {**signed()["proof"], "cryptosuite": "ecdsa-sd-2023", "proofValue": "u" + "A" * 70_000}
    assert len(read_proofs({"proof": [long]})) == 1
    with pytest.raises(ProofError) as refused:
        read_proofs({"proof": [long, long]})
    assert (refused.value.code, refused.value.pointer) == ("proof.limit", "/proof")


def test_a_proof_value_is_no_further_member_of_a_new_proof() -> None:
    with pytest.raises(ProofError) as refused:
        signed(proofValue="z1")
    assert (refused.value.code, refused.value.pointer) == ("proof.encoding", "/proof/proofValue")


@SUITES_AND_KEYS
def test_what_was_signed_holds(suite: str, algorithm: KeyAlgorithm) -> None:
    for document in (small_badge(), typical_badge()):
        before = copy.deepcopy(document)
        result = by(suite, algorithm, document, expires="2030-01-01T00:00:00Z", domain=["a.example", "b.example"])
        assert document == before
        assert {name: member for name, member in result.items() if name != "proof"} == before
        assert (result["proof"]["cryptosuite"], result["proof"]["created"]) == (suite, "2026-01-01T00:00:00Z")
        verified(result)


@SUITES_AND_KEYS
def test_a_proof_without_created_and_with_an_id_holds(suite: str, algorithm: KeyAlgorithm) -> None:  # DI-01
    # Our own proofs have a date; those of others need none.
    key = signer(algorithm)
    options: Json = {
        "id": "urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5",
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "verificationMethod": key.method,
        "proofPurpose": "assertionMethod",
        "nonce": "n",
    }
    proof = SIGNING_SUITES[suite].create(Unsecured(small_badge(), shipped_contexts()), options, algorithm, key.sign)
    document = {**small_badge(), "proof": proof}
    (read,) = read_proofs(document)
    assert (read.created, read.expires, read.id, read.nonce) == (None, None, options["id"], "n")
    verified(document)


# Altered after signing


def _leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield from _leaves(item, (*path, step))
    if not items:
        yield path


def _other(value: Any) -> Any:
    """Another value of the same kind, as near as can be."""
    match value:
        case bool():
            return not value
        case str() if value[:1].isalpha():
            return value[:-1] + ("a" if value[-1:] != "a" else "b")
        case str():
            return value + "1"
        case int() | float():
            return value + 1
        case _:
            return "x"


@SUITES_AND_KEYS
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=badges(plain=True), data=st.data())
def test_no_leaf_of_a_badge_or_its_proof_can_be_altered(
    suite: str, algorithm: KeyAlgorithm, document: Json, data: st.DataObject
) -> None:
    document.pop("proof", None)
    if CREDENTIALS_1 in document["@context"] and INTEGRITY not in document["@context"]:
        document["@context"].append(INTEGRITY)  # the older data model does not know these proofs itself
    try:
        secured = by(suite, algorithm, document)
        verified(secured)
    except (CanonicalizationLimit, DataLoss, NotCanonicalizable):
        return  # more than one document may ask for
    # The label of a blank node is nobody's name: RDF says the same under another, and under none.
    leaves = [
        path for path in _leaves(secured) if "@context" not in path and not str(_at(secured, path)).startswith("_:")
    ]
    for path in data.draw(st.lists(st.sampled_from(leaves), min_size=3, max_size=8, unique=True)):
        place: Any = secured
        for step in path[:-1]:
            place = place[step]
        kept = place[path[-1]]
        for altered in (_other(kept), "x" if kept is None else None):
            place[path[-1]] = altered
            with pytest.raises(Error):
                verified(secured)
        place[path[-1]] = kept
        if isinstance(place, dict):
            del place[path[-1]]
            with pytest.raises(Error):
                verified(secured)
            place[path[-1]] = kept


@pytest.mark.parametrize(("suite", "algorithm"), SIGNING)
def test_no_leaf_of_a_small_badge_can_be_altered(suite: str, algorithm: KeyAlgorithm) -> None:  # VJ-48, VJ-55
    secured = by(suite, algorithm)
    for path in _leaves(secured):
        altered = spoiled(*path, value=_other(_at(secured, path)), document=secured)
        with pytest.raises(Error):
            verified(altered)


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


# Keys and suites that do not belong together


@SUITES_AND_KEYS
def test_the_right_signature_of_another_key_is_refused(suite: str, algorithm: KeyAlgorithm) -> None:
    with pytest.raises(Error, match=r"proof\.crypto at /proof/proofValue"):
        verified(by(suite, algorithm), signer(algorithm, 1).public_key)


@SUITES_AND_KEYS
def test_a_key_of_another_type_is_a_confusion_of_suites(suite: str, algorithm: KeyAlgorithm) -> None:  # VJ-43
    allowed = CRYPTOSUITES[suite].key_algorithms
    for other in {ED25519, P256, P384} - {algorithm}:
        # Among the keys of one suite it is the length of the signature that tells.
        code = r"proof\.encoding" if other in allowed else r"proof\.suite "
        with pytest.raises(Error, match=code):
            verified(by(suite, algorithm), signer(other).public_key)


@SUITES_AND_KEYS
def test_a_proof_under_the_name_of_another_suite_is_refused(suite: str, algorithm: KeyAlgorithm) -> None:
    document = by(suite, algorithm)
    for other in CRYPTOSUITES.keys() - {suite}:
        with pytest.raises(Error, match=r"proof\.(crypto|suite|encoding|coverage)|context\.not_allowed"):
            verified(spoiled("proof", "cryptosuite", value=other, document=document))


def test_no_suite_signs_with_a_key_that_is_not_its_own() -> None:
    for suite, algorithm in (("eddsa-rdfc-2022", P256), ("ecdsa-jcs-2019", ED25519), ("foo-2099", ED25519)):
        with pytest.raises(SuiteUnsupported):
            by(suite, algorithm)


@pytest.mark.parametrize(("suite", "algorithm"), [each for each in SIGNING if each[1] is not ED25519])
def test_the_twin_of_an_ecdsa_signature_holds_too(suite: str, algorithm: KeyAlgorithm) -> None:  # VJ-42
    # Both standards take it. It makes no second credential: those are told apart by their ids, not by their bytes.
    document = by(suite, algorithm)
    signature = multibase.decode(document["proof"]["proofValue"])
    other = twin(signature, algorithm)
    assert other != signature
    verified(spoiled("proof", "proofValue", value=multibase.encode_base58(other), document=document))
    half = len(signature) // 2
    for r, s in ((bytes(half), signature[half:]), (signature[:half], bytes(half)), (b"\xff" * half, b"\xff" * half)):
        with pytest.raises(Error, match=r"proof\.crypto"):
            verified(spoiled("proof", "proofValue", value=multibase.encode_base58(r + s), document=document))


@SUITES_AND_KEYS
def test_a_signature_is_written_in_one_way(suite: str, algorithm: KeyAlgorithm) -> None:
    document = by(suite, algorithm)
    value: str = document["proof"]["proofValue"]
    signature = multibase.decode(value)
    for name, spelling in (
        ("VJ-37 u", multibase.encode_base64url(signature)),
        ("VJ-37 no prefix", value[1:]),
        ("VJ-38 400 KB", "z" * 400_000),
        ("VJ-38 as long as a selective proof", "z" * 100_000),
        ("VJ-39 a byte less", multibase.encode_base58(signature[:-1])),
        ("VJ-39 a byte more", multibase.encode_base58(signature + b"\0")),
        ("DI-07 DER", multibase.encode_base58(b"\x30\x44" + signature)),
        ("a zero in front", "z1" + value[1:]),
        ("no digit of base 58", value[:-1] + "0"),
        ("white space", value + " "),
        ("nothing", ""),
        ("prefix alone", "z"),
    ):
        started = process_time()
        with pytest.raises(Error) as refused:
            verified(spoiled("proof", "proofValue", value=spelling, document=document))
        assert (refused.value.code, refused.value.pointer) == ("proof.encoding", "/proof/proofValue"), name
        assert process_time() - started < 1


# What a proof says of itself

BAD = [
    pytest.param({k: v for k, v in signed().items() if k != "proof"}, "proof.missing", "/proof", id="VJ-27 no proof"),
    pytest.param(spoiled("proof", value=None), "proof.missing", "/proof", id="VJ-27 null"),
    pytest.param(spoiled("proof", value=[]), "proof.missing", "/proof", id="VJ-27 no proof in the array"),
    pytest.param(spoiled("proof", value="z5"), "proof.not_an_object", "/proof", id="DI-02 proof is a text"),
    pytest.param(spoiled("proof", value=[5]), "proof.not_an_object", "/proof/0", id="DI-02 proof is a number"),
    pytest.param(spoiled("proof", value=[[]]), "proof.not_an_object", "/proof/0", id="DI-02 proof in two arrays"),
    pytest.param(
        spoiled("proof", "previousProof", value="urn:uuid:1"), "proof.chain", "/proof/previousProof", id="VJ-30"
    ),
    pytest.param(spoiled("proof", value=[signed()["proof"]] * 200), "proof.limit", "/proof", id="VJ-31 200 proofs"),
    pytest.param(
        spoiled("proof", "proofPurpose", value="authentication"), "proof.purpose", "/proof/proofPurpose", id="VJ-32"
    ),
    pytest.param(spoiled("proof", "proofPurpose", value=5), "proof.encoding", "/proof/proofPurpose", id="no text"),
    pytest.param(spoiled("proof", "proofPurpose", value=""), "proof.encoding", "/proof/proofPurpose", id="DI-02"),
    pytest.param(
        spoiled("proof", "cryptosuite", value="foo-2099"), "proof.suite_unsupported", "/proof/cryptosuite", id="VJ-44"
    ),
    pytest.param(
        spoiled("proof", "cryptosuite", value=None), "proof.encoding", "/proof/cryptosuite", id="no cryptosuite"
    ),
    pytest.param(
        spoiled("proof", "type", value="Ed25519Signature2018"), "proof.suite_unsupported", "/proof/type", id="old type"
    ),
    pytest.param(
        spoiled("proof", "type", value=["DataIntegrityProof"]), "proof.encoding", "/proof/type", id="type array"
    ),
    pytest.param(spoiled("proof", "type", value=None), "proof.encoding", "/proof/type", id="DI-02 no type"),
    pytest.param(
        spoiled("proof", "verificationMethod", value={"id": "x"}),
        "proof.encoding",
        "/proof/verificationMethod",
        id="embedded method",
    ),
    pytest.param(
        spoiled("proof", "verificationMethod", value="key-1"),
        "proof.encoding",
        "/proof/verificationMethod",
        id="DI-01 method is no URL",
    ),
    pytest.param(spoiled("proof", "id", value="p1"), "proof.encoding", "/proof/id", id="DI-01 id is no URL"),
    pytest.param(spoiled("proof", "id", value=["urn:x:1"]), "proof.encoding", "/proof/id", id="DI-01 id is an array"),
    pytest.param(
        spoiled("proof", "created", value="2026-01-02T00:00:00Z"), "proof.crypto", "/proof/proofValue", id="VJ-48"
    ),
    pytest.param(
        spoiled("proof", "created", value="2026-01-01"), "schema.datetime", "/proof/created", id="a bare date"
    ),
    pytest.param(
        spoiled("proof", "created", value="2026-01-01T00:00:00"), "schema.datetime", "/proof/created", id="no zone"
    ),
    pytest.param(spoiled("proof", "expires", value=1767225600), "schema.datetime", "/proof/expires", id="a number"),
    pytest.param(spoiled("proof", "domain", value=[5]), "proof.encoding", "/proof/domain", id="domain is a number"),
    pytest.param(spoiled("proof", "domain", value="x.example"), "proof.crypto", "/proof/proofValue", id="domain added"),
    pytest.param(spoiled("proof", "challenge", value=["c"]), "proof.encoding", "/proof/challenge", id="challenges"),
    pytest.param(
        spoiled("proof", "note", value="x"), "proof.coverage", "/proof/note", id="DI-03 unknown member of the proof"
    ),
    pytest.param(spoiled("proof", "nonce", value=None), "proof.encoding", "/proof/nonce", id="null nonce"),
    pytest.param(spoiled("proof", "@context", value=OURS), "context.not_allowed", "/proof/@context", id="own context"),
    pytest.param(
        spoiled("issuer", "id", value="did:web:other.example"), "proof.crypto", "/proof/proofValue", id="VJ-55"
    ),
    pytest.param(spoiled("grade", value="A+"), "proof.coverage", "/grade", id="VJ-01 DI-03 undefined term added"),
    pytest.param(spoiled("id", value="x"), "proof.coverage", "/id", id="VJ-03 DI-03 id is no IRI"),
]


@pytest.mark.parametrize(("document", "code", "pointer"), BAD)
def test_a_proof_that_does_not_hold_is_refused_with_its_code(document: Json, code: str, pointer: str | None) -> None:
    started = process_time()
    with pytest.raises(Error) as refused:
        verified(document)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)
    assert process_time() - started < 1


@pytest.mark.parametrize("name", ["type", "cryptosuite", "proofPurpose", "verificationMethod", "proofValue"])
def test_a_proof_without_a_member_that_it_needs_is_no_proof(name: str) -> None:  # DI-02
    document = signed()
    del document["proof"][name]
    with pytest.raises(Error) as refused:
        verified(document)
    assert (refused.value.code, refused.value.pointer) == ("proof.encoding", f"/proof/{name}")


def test_the_dates_of_a_proof_are_told() -> None:  # VJ-46, VJ-47: judged where there is a clock
    (proof,) = read_proofs(signed(expires="2027-01-01T09:00:00+09:00"))
    assert proof.created is not None
    assert proof.expires is not None
    assert proof.created.instant == CREATED
    assert proof.expires.instant == datetime(2027, 1, 1, tzinfo=UTC)


@SUITES_AND_KEYS
def test_a_proof_is_made_for_one_purpose(suite: str, algorithm: KeyAlgorithm) -> None:  # DI-02, VJ-32
    shown = by(suite, algorithm, purpose="authentication", challenge="c", domain="verifier.example")
    verified(shown, purpose="authentication", challenge="c", domain="verifier.example")
    with pytest.raises(Error, match=r"proof\.purpose at /proof/proofPurpose"):
        verified(shown)
    with pytest.raises(Error, match=r"proof\.purpose"):
        verified(by(suite, algorithm), purpose="authentication")


@pytest.mark.parametrize(
    ("said", "expected", "code"),
    [
        pytest.param({"domain": "a.example"}, {"domain": "a.example"}, None, id="one"),
        pytest.param({"domain": ["a.example"]}, {"domain": "a.example"}, None, id="one in an array"),
        pytest.param({"domain": ["a", "b"]}, {"domain": ("b", "a")}, None, id="a set has no order"),
        pytest.param({"domain": "a", "challenge": "c"}, {}, None, id="not asked for"),
        pytest.param({"challenge": "c"}, {"challenge": "c"}, None, id="challenge"),
        pytest.param({"domain": "a"}, {"domain": "b"}, "proof.domain", id="another domain"),
        pytest.param({"domain": "A"}, {"domain": "a"}, "proof.domain", id="in capitals"),
        pytest.param({"domain": ["a", "b"]}, {"domain": "a"}, "proof.domain", id="one domain more"),
        pytest.param({"domain": "a"}, {"domain": ["a", "b"]}, "proof.domain", id="one domain fewer"),
        pytest.param({}, {"domain": "a"}, "proof.domain", id="no domain"),
        pytest.param({"domain": "a"}, {"domain": ()}, "proof.domain", id="none expected"),
        pytest.param({"challenge": "c"}, {"challenge": "d"}, "proof.challenge", id="another challenge"),
        pytest.param({}, {"challenge": "c"}, "proof.challenge", id="no challenge"),
        pytest.param({}, {"challenge": ""}, "proof.challenge", id="empty challenge expected"),
    ],
)
def test_domain_and_challenge_are_those_expected(  # DI-02
    said: dict[str, Any], expected: dict[str, Any], code: str | None
) -> None:
    document = signed(**said)
    if code is None:
        verified(document, **expected)
        return
    with pytest.raises(Error) as refused:
        verified(document, **expected)
    assert (refused.value.code, refused.value.pointer) == (code, f"/{code.replace('.', '/')}")


def test_every_refusal_of_a_proof_has_its_problem_type() -> None:  # DI-02
    def kinds(kind: type[Error]) -> set[type[Error]]:
        return {kind, *(below for each in kind.__subclasses__() for below in kinds(each))}

    assert all(problem_type(each.code) for each in kinds(ProofError) if "code" in vars(each))
    named = {
        "proof.domain": "INVALID_DOMAIN_ERROR",
        "proof.challenge": "INVALID_CHALLENGE_ERROR",
        "proof.not_an_object": "PARSING_ERROR",
        "proof.chain": "PROOF_VERIFICATION_ERROR",
        "proof.coverage": "DATA_LOSS_DETECTION_ERROR",
        "proof.pointer": "PROOF_GENERATION_ERROR",
    }
    assert {code: str(problem_type(code)).partition("#")[2] for code in named} == named
