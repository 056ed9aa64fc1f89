"""eddsa-rdfc-2022 step by step: W3C's vectors where they are at hand, and our own in `tests/vectors`."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jmc_vc import vendored
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.cryptosuites import CRYPTOSUITES
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.multikey import KeyAlgorithm, decode_multikey
from jmc_vc.formats.jsonld import Contexts, canonical_nquads
from tests.builders.contexts import NAMESPACE, shipped_contexts
from tests.builders.independent import by_oxigraph, by_pyld
from tests.test_data import vectors

SUITE = CRYPTOSUITES["eddsa-rdfc-2022"]
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


def w3c_contexts() -> Contexts:
    return Contexts(
        {
            **vendored.contexts(NAMESPACE),
            "https://www.w3.org/ns/credentials/examples/v2": json.dumps({"@context": EXAMPLES}).encode(),
            "https://w3id.org/citizenship/v4rc1": json.dumps({"@context": CITIZENSHIP}).encode(),
        }
    )


@pytest.mark.parametrize("folder", ["", "employ"])
def test_w3c_vector_byte_for_byte(folder: str) -> None:
    root = vectors("vc-di-eddsa") / "TestVectors"
    steps = root / "eddsa-rdfc-2022" / folder
    contexts = w3c_contexts()
    signed = strict_json.parse_object((steps / "signedDataInt.json").read_bytes())
    document = {name: member for name, member in signed.items() if name != "proof"}
    (proof,) = read_proofs(signed)
    configuration = strict_json.parse_object((steps / "proofConfigDataInt.json").read_bytes())
    assert {"@context": document["@context"], **proof.options} == configuration

    canonical_document = canonical_nquads(document, contexts)
    canonical_options = canonical_nquads(configuration, contexts)
    assert canonical_document == (steps / "canonDocDataInt.txt").read_bytes()
    assert canonical_options == (steps / "proofCanonDataInt.txt").read_bytes()
    assert sha256(canonical_document).hexdigest() == (steps / "docHashDataInt.txt").read_text().strip()
    assert sha256(canonical_options).hexdigest() == (steps / "proofHashDataInt.txt").read_text().strip()

    signing_input = SUITE.signing_input(Unsecured(document, contexts), proof.options, KeyAlgorithm.ED25519)
    assert signing_input.hex() == (steps / "combinedHashDataInt.txt").read_text().strip()
    secret = json.loads((root / "keyPair.json").read_bytes())
    private_key = Ed25519PrivateKey.from_private_bytes(multibase.decode(_secret(secret))[2:])
    signature = private_key.sign(signing_input)
    assert signature.hex() == (steps / "sigHexDataInt.txt").read_text().strip()
    assert SUITE.write_signature(signature) == (steps / "sigBTC58DataInt.txt").read_text().strip() == proof.value

    verify_proof(Unsecured(signed, contexts), proof, decode_multikey(proof.verification_method.partition("#")[2]))


def _secret(pair: dict[str, str]) -> str:
    return next(value for name, value in pair.items() if "secret" in name.lower() or "private" in name.lower())


def test_w3c_proof_set_holds() -> None:
    root = vectors("vc-di-eddsa") / "TestVectors" / "proof-set-chain"
    for file in ("signedProofSet1.json", "signedProofSet2.json"):
        signed = strict_json.parse_object((root / file).read_bytes())
        for proof in read_proofs(signed):
            key = decode_multikey(proof.verification_method.partition("#")[2])
            if key.algorithm in SUITE.key_algorithms and proof.cryptosuite == SUITE.name:
                verify_proof(Unsecured(signed, w3c_contexts()), proof, key)


OWN = sorted((Path(__file__).parents[2] / "vectors" / "eddsa-rdfc-2022").iterdir())


@pytest.mark.parametrize("folder", OWN, ids=lambda folder: folder.name)
def test_own_vector_byte_for_byte(folder: Path) -> None:
    contexts = shipped_contexts()
    signed = strict_json.parse_object((folder / "signed.json").read_bytes())
    document = {name: member for name, member in signed.items() if name != "proof"}
    (proof,) = read_proofs(signed)
    canonical_options = canonical_nquads({"@context": document["@context"], **proof.options}, contexts)
    assert canonical_nquads(document, contexts) == (folder / "document.nq").read_bytes()
    assert canonical_options == (folder / "options.nq").read_bytes()
    signing_input = SUITE.signing_input(Unsecured(document, contexts), proof.options, KeyAlgorithm.ED25519)
    assert signing_input == sha256(canonical_options).digest() + sha256((folder / "document.nq").read_bytes()).digest()
    verify_proof(Unsecured(signed, contexts), proof, decode_multikey(proof.verification_method.partition("#")[2]))


@pytest.mark.parametrize("folder", OWN, ids=lambda folder: folder.name)
def test_own_vector_is_signed_again_to_the_same_bytes(folder: Path) -> None:
    from tests.builders.keys import did_key_method, ed25519_private_key

    signed = strict_json.parse_object((folder / "signed.json").read_bytes())
    (proof,) = read_proofs(signed)
    assert proof.created is not None
    again = add_proof(
        {name: member for name, member in signed.items() if name != "proof"},
        cryptosuite=SUITE.name,
        verification_method=did_key_method(),
        created=proof.created.instant,
        sign=ed25519_private_key().sign,
        contexts=shipped_contexts(),
    )
    assert again == signed
    assert list(again)[-1] == "proof"


@pytest.mark.parametrize("folder", OWN, ids=lambda folder: folder.name)
def test_own_vector_is_what_other_implementations_state(folder: Path) -> None:
    document = json.loads((folder / "signed.json").read_bytes())
    del document["proof"]
    assert by_pyld(document) == by_oxigraph(document) == (folder / "document.nq").read_bytes()
