"""Our own vectors in `tests/vectors`, one folder for each suite: canonical forms, signature, and what other
implementations make of the same documents (DI-05, DI-06, DI-07, OB-47)."""

import json
from hashlib import new
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

from jmc_vc.errors import Error
from jmc_vc.formats import jcs, strict_json
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.cryptosuites import SIGNING_SUITES
from jmc_vc.formats.data_integrity.proof import Proof, read_proofs
from jmc_vc.formats.data_integrity.signed_hash import HASHES
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.jsonld import canonical_nquads
from tests.builders.contexts import shipped_contexts
from tests.builders.independent import by_oxigraph, by_pyld
from tests.builders.signers import signer
from tests.formats.data_integrity.verifying import verified

ROOT = Path(__file__).parents[2] / "vectors"
SUITES = (
    "eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019", "eddsa-2022", "Ed25519Signature2020",
)  # fmt: skip
OWN = sorted(folder for suite in SUITES for folder in (ROOT / suite).iterdir())
_SIGNED = [folder for folder in OWN if folder.parent.name in SIGNING_SUITES]
_FURTHER = ("expires", "domain", "challenge", "nonce")


def _name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


class Vector:
    """One folder, read."""

    def __init__(self, folder: Path) -> None:
        self.signed = strict_json.parse_object((folder / "signed.json").read_bytes())
        self.document = {name: member for name, member in self.signed.items() if name != "proof"}
        self.proof: Proof = read_proofs(self.signed)[0]
        self.options: dict[str, Any] = {"@context": self.document["@context"], **self.proof.options}
        self.key: PublicKey = decode_multikey(self.proof.verification_method.partition("#")[2])
        self.hash = HASHES[self.key.algorithm]
        self.is_jcs = (folder / "document.json").exists()
        end = "json" if self.is_jcs else "nq"
        self.forms = [(folder / f"{name}.{end}").read_bytes() for name in ("document", "options")]


@pytest.fixture(params=OWN, ids=_name)
def vector(request: pytest.FixtureRequest) -> Vector:
    return Vector(request.param)


def test_canonical_forms_byte_for_byte(vector: Vector) -> None:
    for value, form in zip((vector.document, vector.options), vector.forms, strict=True):
        if vector.is_jcs:
            assert jcs.canonicalize(value) == form
        else:
            assert canonical_nquads(value, shipped_contexts(), algorithm=vector.hash) == form


def test_others_state_the_same_canonical_forms(vector: Vector) -> None:
    for value, form in zip((vector.document, vector.options), vector.forms, strict=True):
        if vector.is_jcs:
            assert rfc8785.dumps(value) == form
        else:
            assert by_pyld(value, algorithm=vector.hash) == by_oxigraph(value, algorithm=vector.hash) == form


def test_the_signature_is_one_of_both_hashes(vector: Vector) -> None:
    document, options = (new(vector.hash, form).digest() for form in vector.forms)
    signature, message = multibase.decode(vector.proof.value), options + document
    if vector.key.algorithm is KeyAlgorithm.ED25519:
        Ed25519PublicKey.from_public_bytes(vector.key.raw).verify(signature, message)
        return
    half = len(signature) // 2
    curve, hash_ = (ec.SECP256R1(), SHA256()) if half == 32 else (ec.SECP384R1(), SHA384())
    ec.EllipticCurvePublicKey.from_encoded_point(curve, vector.key.raw).verify(
        encode_dss_signature(int.from_bytes(signature[:half]), int.from_bytes(signature[half:])),
        message,
        ec.ECDSA(hash_),
    )


def test_it_verifies_and_altered_it_does_not(vector: Vector) -> None:
    verified(vector.signed)
    for altered in ({**vector.signed, "name": "Robotics 102"}, {**vector.signed, "id": "urn:uuid:0"}):
        with pytest.raises(Error, match=r"proof\.crypto"):
            verified(altered)


@pytest.mark.parametrize("folder", _SIGNED, ids=_name)
def test_it_is_signed_again_to_the_same_bytes(folder: Path) -> None:
    vector = Vector(folder)
    proof, key = vector.proof, signer(vector.key.algorithm)
    assert proof.created is not None
    again = add_proof(
        vector.document,
        cryptosuite=proof.cryptosuite,
        verification_method=key.method,
        created=proof.created.instant,
        sign=key.sign,
        contexts=shipped_contexts(),
        algorithm=key.algorithm,
        members={
            name: proof.options[name] for name in ("expires", "domain", "challenge", "nonce") if name in proof.options
        },
    )
    assert again == vector.signed
    assert list(again)[-1] == "proof"


def test_numbers_and_names_stand_in_ecmascript_form_and_order() -> None:  # DI-06
    for folder in ("eddsa-jcs-2022/values", "ecdsa-jcs-2019/p256-values"):
        form = (ROOT / folder / "document.json").read_text(encoding="utf-8")
        assert (
            '"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,1e+21,100000000000000000000,0.000001,1e-7,0,0.1,1e+23,'
            "5e-324,1.7976931348623157e+308,9007199254740991,-9007199254740991,0,10,123456789012345680000]"
        ) in form
        assert list(json.loads(form)["names"]) == ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]
        assert r'"literals":[null,true,false,"\b\f\u001f' + "\x7f" + r"\"\\/<>" + "\u2028 한글" + '"]' in form
