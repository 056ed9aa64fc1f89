"""DI-08, ecdsa-sd-2023: W3C's vectors step by step where they are at hand, our own, and proofs that must not hold."""

import copy
import hmac
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import cbor2
import pytest

from jmc_vc import vendored
from jmc_vc.errors import Error
from jmc_vc.formats import signature, strict_json
from jmc_vc.formats.data_integrity.hash_data import Unsecured, rdfc_options_hash
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.selective.base_proof import add_base_proof
from jmc_vc.formats.data_integrity.selective.derive import derive
from jmc_vc.formats.data_integrity.selective.labelled import LabelledDocument
from jmc_vc.formats.data_integrity.selective.labels import label_of
from jmc_vc.formats.data_integrity.selective.proof_value import key_bytes, read_base, read_derived
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.multikey import decode_multikey, encode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.jsonld import Contexts, canonical_nquads
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import NAMESPACE, shipped_contexts
from tests.builders.disclosed import P256Key, issued, shown, verify
from tests.builders.independent import by_pyld
from tests.builders.keys import ed25519_public_key
from tests.test_data import vectors

Json = dict[str, Any]
DATE_TIME = "http://www.w3.org/2001/XMLSchema#dateTime"
CITIZENSHIP: Json = {
    # What the vectors' statements say of the terms that they use.
    **{
        name: f"https://w3id.org/citizenship#{name}"
        for name in (
            "EmploymentAuthorizationDocumentCredential", "EmployablePerson", "EmploymentAuthorizationDocument",
            "PermanentResidentCardCredential", "PermanentResident", "PermanentResidentCard", "birthCountry",
            "lprCategory", "lprNumber", "employmentAuthorizationDocument", "permanentResidentCard",
            "commuterClassification",
        )
    },
    **{
        name: f"https://schema.org/{name}"
        for name in ("Person", "givenName", "additionalName", "familyName", "gender", "identifier")
    },
    "residentSince": {"@id": "https://w3id.org/citizenship#residentSince", "@type": DATE_TIME},
    "birthDate": {"@id": "https://schema.org/birthDate", "@type": DATE_TIME},
    "image": {"@id": "https://schema.org/image", "@type": "@id"},
}  # fmt: skip


# --- W3C's vectors ----------------------------------------------------------------------------------------------------


class Steps:
    """One example of the specification with all its intermediate values."""

    def __init__(self, folder: str, mandatory: str, selective: str) -> None:
        root = vectors("vc-di-ecdsa") / "TestVectors"
        self.folder = root / "ecdsa-sd-2023" / folder
        self.mandatory = json.loads((root / mandatory).read_bytes())
        self.selective = json.loads((root / selective).read_bytes())
        keys = json.loads((root / "ecdsa-sd-2023" / "SDKeyMaterial.json").read_bytes())
        self.issuer = P256Key(scalar=_scalar(keys["baseKeyPair"]))
        self.ephemeral = P256Key(scalar=_scalar(keys["proofKeyPair"]))
        self.hmac_key = bytes.fromhex(keys["hmacKeyString"])
        self.base: Json = strict_json.parse_object((self.folder / "addSignedSDBase.json").read_bytes())
        self.document = {name: member for name, member in self.base.items() if name != "proof"}
        self.contexts = Contexts(
            {
                **vendored.contexts(NAMESPACE),
                "https://w3id.org/citizenship/v4rc1": json.dumps({"@context": CITIZENSHIP}).encode(),
            }
        )

    def step(self, name: str) -> Any:
        """The value of one step, maps as dictionaries."""
        return json.loads((self.folder / name).read_bytes(), object_hook=_map)

    def random(self, size: int) -> bytes:
        """The randomness that gives the keys of the vectors."""
        return self.hmac_key if size == len(self.hmac_key) else (self.ephemeral.scalar - 1).to_bytes(size)


def _scalar(pair: dict[str, str]) -> int:
    return int.from_bytes(multibase.decode(pair["secretKeyMultibase"])[2:])


def _map(value: Json) -> Any:
    return dict(value["value"]) if value.get("dataType") == "Map" else value


@pytest.fixture(params=["employ", "prc"])
def steps(request: pytest.FixtureRequest) -> Steps:
    prefix = {"employ": "employ", "prc": "prCred"}[request.param]
    return Steps(request.param, f"{prefix}Mandatory.json", f"{prefix}Selective.json")


def test_w3c_vector_the_document_is_labelled_by_hmac(steps: Steps) -> None:
    canonical = canonical_nquads(steps.document, steps.contexts).decode().splitlines(keepends=True)
    assert canonical == steps.step("addBaseDocCanon.json")
    whole = LabelledDocument(steps.document, steps.contexts, steps.hmac_key)
    assert [line.decode() for line in whole.lines] == steps.step("addBaseDocHMACCanon.json")


def test_w3c_vector_the_statements_are_grouped(steps: Steps) -> None:
    whole = LabelledDocument(steps.document, steps.contexts, steps.hmac_key)
    transformed = steps.step("addBaseTransform.json")
    mandatory = {line.decode() for line in whole.part(steps.mandatory).lines}
    selective = {line.decode() for line in whole.part(steps.selective).lines}
    both = {line.decode() for line in whole.part([*steps.mandatory, *steps.selective]).lines}
    numbered = list(enumerate(line.decode() for line in whole.lines))
    assert [[n, line] for n, line in numbered if line in mandatory] == [[*x] for x in transformed["mandatory"].items()]
    assert {n: line for n, line in numbered if line not in mandatory} == transformed["nonMandatory"]
    assert steps.step("derivedGroupIndexes.json") == {
        "combinedIndexes": [n for n, line in numbered if line in both],
        "mandatoryIndexes": [n for n, line in numbered if line in mandatory],
        "nonMandatoryIndexes": [n for n, line in numbered if line not in mandatory],
        "selectiveIndexes": [n for n, line in numbered if line in selective],
    }


def test_w3c_vector_the_options_and_the_mandatory_statements_are_hashed(steps: Steps) -> None:
    (proof,) = read_proofs(steps.base)
    configuration = {"@context": steps.document["@context"], **proof.options}
    assert configuration == steps.step("addProofConfig.json")
    canonical = canonical_nquads(configuration, steps.contexts)
    assert canonical == (steps.folder / "addProofConfigCanon.txt").read_bytes()
    whole = LabelledDocument(steps.document, steps.contexts, steps.hmac_key)
    assert steps.step("addHashData.json") == {
        "proofHash": sha256(canonical).hexdigest(),
        "mandatoryHash": sha256(b"".join(whole.part(steps.mandatory).lines)).hexdigest(),
    }


def test_w3c_vector_the_base_proof_is_made_byte_for_byte(steps: Steps) -> None:
    (proof,) = read_proofs(steps.base)
    assert proof.created is not None
    made: Any = add_base_proof(
        steps.document,
        verification_method=proof.verification_method,
        created=proof.created.instant,
        sign=steps.issuer.sign,
        contexts=steps.contexts,
        mandatory_pointers=steps.mandatory,
        random=steps.random,
    )
    assert made == steps.base
    raw = steps.step("addRawBaseSignatureInfo.json")
    recovered = steps.step("derivedRecoveredBaseData.json")
    base = read_base(made["proof"]["proofValue"])
    assert base.signature.hex() == raw["baseSignature"] == recovered["baseSignature"]
    assert encode_multikey(base.public_key) == raw["publicKey"] == recovered["proofPublicKey"]
    assert [each.hex() for each in base.signatures] == raw["signatures"] == recovered["signatures"]
    assert [*base.mandatory_pointers] == raw["mandatoryPointers"] == recovered["mandatoryPointers"]
    assert base.hmac_key.hex() == recovered["hmacKey"]


def test_w3c_vector_the_derived_proof_is_made_byte_for_byte(steps: Steps) -> None:
    made: Any = derive(steps.base, selective_pointers=steps.selective, contexts=steps.contexts)
    assert made == steps.step("derivedRevealDocument.json")
    assert {name: value for name, value in made.items() if name != "proof"} == steps.step("derivedUnsignedReveal.json")
    data = steps.step("derivedDisclosureData.json")
    derived = read_derived(made["proof"]["proofValue"])
    assert derived.signature.hex() == data["baseSignature"]
    assert encode_multikey(derived.public_key) == data["publicKey"]
    assert [each.hex() for each in derived.signatures] == data["signatures"]
    labels = {f"c14n{number}": label_of(digest)[2:] for number, digest in derived.labels.items()}
    assert labels == data["labelMap"]
    assert [*derived.mandatory] == data["mandatoryIndexes"]


def test_w3c_vector_the_derived_proof_holds(steps: Steps) -> None:
    document = steps.step("derivedRevealDocument.json")
    verify(document, steps.issuer, contexts=steps.contexts)
    (proof,) = read_proofs(document)
    unsecured = Unsecured(document, steps.contexts)
    wanted = steps.step("verifyCreateVerifyData.json")
    assert rdfc_options_hash(unsecured, proof.options, algorithm="sha256").hex() == wanted["proofHash"]
    derived = read_derived(proof.value)
    stated, canonical = unsecured.statements()
    labels = {node: label_of(derived.labels[int(label[6:])]) for node, label in canonical.items()}
    lines = [line.decode() for line in stated.lines(labels)]
    assert lines == steps.step("verifyNQuads.json")
    assert [line for place, line in enumerate(lines) if place not in derived.mandatory] == wanted["nonMandatory"]
    value = steps.step("verifyDerivedProofValue.json")
    assert [each.hex() for each in derived.signatures] == value["signatures"] == wanted["signatures"]


# --- our own vectors --------------------------------------------------------------------------------------------------

OWN = sorted((Path(__file__).parents[2] / "vectors" / "ecdsa-sd-2023").iterdir())
OWN = [folder for folder in OWN if folder.name != "nothing-mandatory"]  # selective/test_nothing_mandatory.py
own_vectors = pytest.mark.parametrize("folder", OWN, ids=lambda folder: folder.name)


def read(folder: Path, name: str) -> Json:
    return strict_json.parse_object((folder / name).read_bytes())


@own_vectors
def test_own_vector_is_made_again_byte_for_byte(folder: Path) -> None:
    base, pointers = read(folder, "base.json"), read(folder, "pointers.json")
    document = {name: member for name, member in base.items() if name != "proof"}
    assert issued(document, pointers["mandatory"]) == base
    derived = shown(base, *pointers["selective"])
    assert json.dumps(derived) == json.dumps(read(folder, "derived.json"))


@own_vectors
def test_own_vector_holds(folder: Path) -> None:
    verify(read(folder, "derived.json"))


@own_vectors
def test_own_vector_holds_for_who_follows_the_specification_with_other_tools(folder: Path) -> None:
    base = read(folder, "base.json")
    proof = base.pop("proof")
    # Labels as §3.4.4 has them, on PyLD's canonical form.
    parts = cbor2.loads(multibase.decode(proof.pop("proofValue"), longest=100_000)[3:])
    issuer_signature, key, hmac_key, signatures, _ = parts
    labelled = by_pyld(base)
    for number in reversed(range(labelled.count(b"_:c14n"))):
        digest = hmac.digest(hmac_key, f"c14n{number}".encode(), "sha256")
        labelled = labelled.replace(f"_:c14n{number} ".encode(), f"{label_of(digest)} ".encode())
    lines = sorted(labelled.splitlines(keepends=True))
    ephemeral = PublicKey(KeyAlgorithm.P256, key[2:])
    waiting = list(signatures)
    mandatory = []
    for line in lines:  # each is signed, or else must be mandatory
        if waiting and signature.verify(ephemeral, waiting[0], line):
            del waiting[0]
        else:
            mandatory.append(line)
    assert not waiting
    options_hash = sha256(by_pyld({"@context": base["@context"], **proof})).digest()
    message = options_hash + key + sha256(b"".join(mandatory)).digest()
    assert signature.verify(P256Key().public_key, issuer_signature, message)


# --- what must not hold -----------------------------------------------------------------------------------------------

MANDATORY = ["/issuer", "/validFrom", "/credentialSubject/id"]
SHOWN = ["/credentialSubject/result", "/credentialSubject/achievement/name", "/credentialSubject/achievement/tag"]


def derived_badge() -> Json:
    return shown(issued(typical_badge(), MANDATORY), *SHOWN)


def test_what_was_derived_holds() -> None:
    verify(derived_badge())


def test_a_base_proof_is_not_verified_as_if_it_were_derived() -> None:
    with pytest.raises(Error, match=r"^proof\.not_derived at /proof/proofValue$"):
        verify(issued(small_badge(), ["/issuer"]))


def test_another_key_of_the_same_kind_does_not_verify() -> None:
    with pytest.raises(Error, match=r"^proof\.crypto at /proof/proofValue$"):
        verify(derived_badge(), P256Key(1))


def test_the_proofs_own_key_is_not_the_issuers() -> None:
    document = derived_badge()
    own = read_derived(document["proof"]["proofValue"]).public_key
    (proof,) = read_proofs(document)
    with pytest.raises(Error, match=r"^proof\.crypto "):
        verify_proof(Unsecured(document, shipped_contexts()), proof, own)


def test_a_key_of_another_kind_is_a_confusion_of_suites() -> None:
    document = derived_badge()
    (proof,) = read_proofs(document)
    with pytest.raises(Error, match=r"^proof\.suite "):
        verify_proof(Unsecured(document, shipped_contexts()), proof, ed25519_public_key(0))


def leaves(value: Any) -> list[tuple[Any, Any]]:
    """Every text, number and truth value: its container and its place in it."""
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    found: list[tuple[Any, Any]] = []
    for step, member in list(steps):
        found += leaves(member) if isinstance(member, dict | list) else [(value, step)]
    return found


def test_no_leaf_can_be_changed_mandatory_or_not_options_or_proof_value() -> None:
    document = derived_badge()
    for number, (container, step) in enumerate(leaves(document)):
        changed = copy.deepcopy(document)
        place, at = leaves(changed)[number]
        assert place == container
        place[at] = f"{place[at]}x" if isinstance(place[at], str) else 7
        with pytest.raises(Error):
            verify(changed)
        assert step == at


def test_no_member_can_be_left_out_that_the_holder_showed() -> None:
    document = derived_badge()
    for name in [name for name in document if name not in ("proof", "@context")]:
        with pytest.raises(Error):
            verify({other: value for other, value in document.items() if other != name})


def test_statements_of_two_derived_proofs_cannot_be_put_together() -> None:
    one = issued(typical_badge(1), MANDATORY, seed=1)
    other = issued(typical_badge(1) | {"name": "Robotics 999"}, MANDATORY, seed=2)
    mixed = shown(one, "/name")
    mixed["name"] = "Robotics 999"
    stolen = read_derived(shown(other, "/name")["proof"]["proofValue"])
    value = read_derived(mixed["proof"]["proofValue"])
    for swapped in (
        [value.signature, key_bytes(value.public_key), [*stolen.signatures], dict(value.labels), [*value.mandatory]],
        [value.signature, key_bytes(stolen.public_key), [*stolen.signatures], dict(stolen.labels), [*value.mandatory]],
    ):
        mixed["proof"]["proofValue"] = multibase.encode_base64url(b"\xd9\x5d\x01" + cbor2.dumps(swapped))
        with pytest.raises(Error, match=r"^proof\.crypto "):
            verify(mixed)


@pytest.mark.parametrize(
    "change",
    [
        {"labels": lambda _: {}},
        {"labels": lambda labels: {**labels, len(labels): bytes(32)}},
        {"labels": lambda labels: {number + 1: digest for number, digest in labels.items()}},
        {"labels": lambda labels: dict(zip(labels, reversed(labels.values()), strict=True))},
        {"mandatory": lambda mandatory: mandatory[1:]},
        {"mandatory": lambda mandatory: [*mandatory, 10_000]},
        {"mandatory": lambda mandatory: [*mandatory, 2**64 - 1]},
        {"signatures": lambda signatures: signatures[1:]},
        {"signatures": lambda signatures: [*signatures, signatures[0]]},
        {"signatures": lambda signatures: signatures[::-1]},
        {"signatures": lambda signatures: [bytes(64)] * len(signatures)},
        {"signature": lambda _: bytes(64)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_no_part_of_the_proof_value_can_be_exchanged(change: Json) -> None:
    document = derived_badge()
    found = read_derived(document["proof"]["proofValue"])
    parts: Json = {
        "signature": found.signature,
        "key": key_bytes(found.public_key),
        "signatures": [*found.signatures],
        "labels": dict(found.labels),
        "mandatory": [*found.mandatory],
    }
    for name, changed in change.items():
        parts[name] = changed(parts[name])
    document["proof"]["proofValue"] = multibase.encode_base64url(b"\xd9\x5d\x01" + cbor2.dumps([*parts.values()]))
    with pytest.raises(Error, match=r"^proof\.crypto at /proof/proofValue$"):
        verify(document)


def test_one_node_cannot_be_shown_as_two() -> None:
    # Two results of one value each, where the issuer stated one of two values: both get the label of the one.
    badge = small_badge()
    badge["credentialSubject"]["result"] = [{"type": ["Result"], "value": "A", "status": "Completed"}]
    document = shown(issued(badge, ["/issuer"]), "/credentialSubject/result")
    document["credentialSubject"]["result"] = [
        {"type": ["Result"], "value": "A"},
        {"type": ["Result"], "status": "Completed"},
    ]
    value = read_derived(document["proof"]["proofValue"])
    for labels in ({0: next(iter(value.labels.values()))}, dict.fromkeys((0, 1), next(iter(value.labels.values())))):
        parts = [value.signature, key_bytes(value.public_key), [*value.signatures], labels, [*value.mandatory]]
        document["proof"]["proofValue"] = multibase.encode_base64url(b"\xd9\x5d\x01" + cbor2.dumps(parts))
        with pytest.raises(Error, match=r"^proof\.(crypto|encoding) at /proof/proofValue$"):
            verify(document)


def test_the_key_of_the_vectors_is_the_one_of_their_verification_method(steps: Steps) -> None:
    (proof,) = read_proofs(steps.base)
    assert decode_multikey(proof.verification_method.partition("#")[2]) == steps.issuer.public_key
