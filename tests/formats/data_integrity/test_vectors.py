"""W3C's vectors byte for byte, step by step: every suite with one signature, and proof sets and chains (DI-05..DI-07,
DI-02). They stand beside the repository; `test_own_vectors` covers the same ground without them."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jmc_vc import vendored
from jmc_vc.errors import Error
from jmc_vc.formats import jcs, strict_json
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.cryptosuites import OLD_SUITES
from jmc_vc.formats.data_integrity.hash_data import Unsecured, jcs_hash_data, rdfc_hash_data
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.signed_hash import HASHES
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jsonld import Contexts, canonical_nquads
from tests.builders.contexts import NAMESPACE
from tests.builders.signers import TestSigner, ecdsa_signer, ed25519_signer, twin
from tests.test_data import vectors

EXAMPLES = {"@vocab": "https://www.w3.org/ns/credentials/examples#"}
CITIZENSHIP: dict[str, Any] = {
    # What the vector's canonical form says of the terms that it uses.
    name: {"@id": f"https://{'w3id.org/citizenship#' if own else 'schema.org/'}{name}", **more}
    for own, names, more in [
        (
            True,
            ["EmploymentAuthorizationDocumentCredential", "EmployablePerson", "EmploymentAuthorizationDocument"],
            {},
        ),
        (True, ["birthCountry", "lprCategory", "lprNumber", "employmentAuthorizationDocument"], {}),
        (True, ["residentSince"], {"@type": "http://www.w3.org/2001/XMLSchema#dateTime"}),
        (False, ["Person", "givenName", "additionalName", "familyName", "gender", "identifier"], {}),
        (False, ["image"], {"@type": "@id"}),
        (False, ["birthDate"], {"@type": "http://www.w3.org/2001/XMLSchema#dateTime"}),
    ]
    for name in names
}
VECTORS = [
    # repository, folder, end of the file names, file of the keys
    ("vc-di-eddsa", "eddsa-rdfc-2022", "DataInt", "keyPair"),
    ("vc-di-eddsa", "eddsa-rdfc-2022/employ", "DataInt", "keyPair"),
    ("vc-di-eddsa", "eddsa-jcs-2022", "JCS", "keyPair"),
    ("vc-di-eddsa", "Ed25519Signature2020", "EdSig", "keyPair"),
    ("vc-di-ecdsa", "ecdsa-rdfc-2019-p256", "ECDSAP256", "p256KeyPair"),
    ("vc-di-ecdsa", "ecdsa-rdfc-2019-p256/employ", "ECDSAP256", "p256KeyPair"),
    ("vc-di-ecdsa", "ecdsa-rdfc-2019-p384", "ECDSAP384", "p384KeyPair"),
    ("vc-di-ecdsa", "ecdsa-rdfc-2019-p384/employ", "ECDSAP384", "p384KeyPair"),
    ("vc-di-ecdsa", "ecdsa-jcs-2019-p256", "JCSECDSAP256", "p256KeyPair"),
    ("vc-di-ecdsa", "ecdsa-jcs-2019-p384", "JCSECDSAP384", "p384KeyPair"),
]
CHAINS = "vc-di-eddsa", "proof-set-chain"


def w3c_contexts() -> Contexts:
    return Contexts(
        {
            **vendored.contexts(NAMESPACE),
            "https://www.w3.org/ns/credentials/examples/v2": json.dumps({"@context": EXAMPLES}).encode(),
            "https://w3id.org/citizenship/v4rc1": json.dumps({"@context": CITIZENSHIP}).encode(),
        }
    )


def verified(document: dict[str, Any]) -> None:
    unsecured = Unsecured(document, w3c_contexts())
    for proof in read_proofs(document):
        key = decode_multikey(proof.verification_method.partition("#")[2])
        if proof.type in OLD_SUITES:  # W3C's example is a credential of 2.0: only the suite itself takes that
            OLD_SUITES[proof.type].verify(unsecured, proof, key)
        else:
            verify_proof(unsecured, proof, key)


@pytest.mark.parametrize(("repository", "folder", "end", "keys"), VECTORS, ids=[vector[1] for vector in VECTORS])
def test_w3c_vector_byte_for_byte(repository: str, folder: str, end: str, keys: str) -> None:
    root = vectors(repository) / "TestVectors"
    text = _reader(root / folder, end)
    contexts = w3c_contexts()
    signed = strict_json.parse_object(text("signed", "json").encode())
    document = {name: member for name, member in signed.items() if name != "proof"}
    (proof,) = read_proofs(signed)
    key = decode_multikey(proof.verification_method.partition("#")[2])
    hash_name = HASHES[key.algorithm]
    is_jcs = "jcs" in folder

    configuration = {"@context": document["@context"], **proof.options}
    assert json.loads(text("proofConfig", "json")) == configuration
    forms = [
        jcs.canonicalize(each) if is_jcs else canonical_nquads(each, contexts, algorithm=hash_name)
        for each in (document, configuration)
    ]
    assert forms == [text("canonDoc").encode(), text("proofCanon").encode()]
    assert [hashlib.new(hash_name, form).hexdigest() for form in forms] == [
        text("docHash").strip(),
        text("proofHash").strip(),
    ]
    hash_data = (jcs_hash_data if is_jcs else rdfc_hash_data)(
        Unsecured(document, contexts), proof.options, algorithm=hash_name
    )
    assert hash_data.hex() == text("combinedHash").strip()
    signature = bytes.fromhex(text("sigHex"))
    assert multibase.encode_base58(signature) == text("sigBTC58").strip() == proof.value
    made = _signer(json.loads((root / f"{keys}.json").read_bytes())).sign(hash_data)
    if key.algorithm is KeyAlgorithm.ED25519:
        assert made == signature
    else:  # RFC 6979 too, but with the s that came out, and not the smaller one of both
        assert signature in (made, twin(made, key.algorithm))

    verified(signed)
    for name in ("name", "validFrom"):
        with pytest.raises(Error, match=r"proof\.crypto"):
            verified({**signed, name: "2024-01-01T00:00:00Z"})


def test_w3c_proof_set_and_chains_are_made_again_to_the_same_bytes() -> None:  # DI-02
    root = vectors(CHAINS[0]) / "TestVectors" / CHAINS[1]
    pairs = json.loads((root / "multiKeyPairs.json").read_bytes())
    document = json.loads((root / "unsigned.json").read_bytes())
    for number, (options, result) in enumerate(
        [
            ("proofSetConfig1", "signedProofSet1"),
            ("proofSetConfig2", "signedProofSet2"),
            ("proofChainConfig1", "signedProofChain1"),
            ("proofChainConfig2", "signedProofChain2"),
        ],
        start=1,
    ):
        said = json.loads((root / f"{options}.json").read_bytes())
        document = add_proof(
            document,
            cryptosuite=said["cryptosuite"],
            verification_method=said["verificationMethod"],
            created=datetime.fromisoformat(said["created"]),
            sign=_signer(pairs[f"keyPair{number}"]).sign,
            contexts=w3c_contexts(),
            members={name: said[name] for name in ("id", "previousProof") if name in said},
        )
        assert document == json.loads((root / f"{result}.json").read_bytes())
        verified(document)


@pytest.mark.parametrize("earlier", [0, 1, 2])
def test_w3c_chain_fails_without_or_with_another_earlier_proof(earlier: int) -> None:  # DI-02
    root = vectors(CHAINS[0]) / "TestVectors" / CHAINS[1]
    changes: list[tuple[Callable[[list[dict[str, Any]]], object], str]] = [
        (lambda proofs: proofs.pop(earlier), r"proof\.chain"),
        (lambda proofs: proofs[earlier].update(id="urn:uuid:0"), r"proof\.chain"),
        (lambda proofs: proofs[earlier].update(created="2020-01-01T00:00:00Z"), r"proof\.crypto"),
        (lambda proofs: proofs[earlier].update(proofValue=proofs[3]["proofValue"]), r"proof\.crypto"),
    ]
    for change, code in changes:
        document = json.loads((root / "signedProofChain2.json").read_bytes())
        change(document["proof"])
        with pytest.raises(Error, match=code):
            verified(document)


def _reader(folder: Path, end: str) -> Callable[..., str]:
    return lambda name, kind="txt": (folder / f"{name}{end}.{kind}").read_text(encoding="utf-8")


def _signer(pair: dict[str, str]) -> TestSigner:
    public = decode_multikey(pair["publicKeyMultibase"])
    secret = multibase.decode(pair.get("secretKeyMultibase") or pair["privateKeyMultibase"])[2:]
    if public.algorithm is KeyAlgorithm.ED25519:
        return ed25519_signer(Ed25519PrivateKey.from_private_bytes(secret))
    curve = ec.SECP256R1() if public.algorithm is KeyAlgorithm.P256 else ec.SECP384R1()
    return ecdsa_signer(ec.derive_private_key(int.from_bytes(secret), curve))
