"""did:jwk: a key that is its own document, read as strictly as one that a host serves."""

import json
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proof
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.did import DID_METHODS, Expanded, did_jwk
from jmc_vc.formats.did.document import verification_method
from jmc_vc.formats.did.key_material import read_public_key
from jmc_vc.formats.encoding import base64url, multibase, public_key
from jmc_vc.formats.encoding.jwk import public_jwk, public_key_of_jwk
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey, public_key_of_modulus, public_key_of_point
from jmc_vc.formats.jose import compact_jws
from tests.builders.contexts import shipped_contexts
from tests.builders.keys import ed25519_public_key

LONGEST_MODULUS = (2**4096 - 5).to_bytes(512)
"""Composite, its factors known to nobody that we know of."""
KEYS: dict[str, PublicKey] = {
    "Ed25519": ed25519_public_key(),
    "P-256": decode_multikey("zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"),
    "P-384": decode_multikey("z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9"),
    # RFC 7520 §3.1
    "P-521": public_key_of_point(
        KeyAlgorithm.P521,
        base64url.decode("AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt"),
        base64url.decode("AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1"),
    ),
    "RSA": public_key_of_modulus(LONGEST_MODULUS, b"\1\0\1"),
}


def did(jwk: Any) -> str:
    return "did:jwk:" + base64url.encode(json.dumps(jwk).encode())


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
@pytest.mark.parametrize("relationship", ["assertionMethod", "authentication"])
def test_a_did_jwk_is_its_own_document(key: PublicKey, relationship: str) -> None:  # CD-03
    written = {**public_jwk(key), "use": "sig", "kid": "any"}
    name = did(written)
    method = DID_METHODS["jwk"]
    assert isinstance(method, Expanded)
    document = method.document(name)
    assert document["id"] == name
    assert document["verificationMethod"] == [
        {"id": f"{name}#0", "type": "JsonWebKey", "controller": name, "publicKeyJwk": written}
    ]
    assert verification_method(document, f"{name}#0", relationship=relationship).public_key == key


def test_the_example_of_the_method_is_read() -> None:
    name = (
        "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAi"
        "LCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9"
    )
    found = verification_method(did_jwk.document(name), f"{name}#0").public_key
    assert public_jwk(found)["x"] == "acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0"


P256 = public_jwk(KEYS["P-256"])


@pytest.mark.parametrize("members", [{"use": "enc"}, {"key_ops": ["deriveKey"]}, {"alg": "ECDH-ES"}])
def test_a_key_that_is_for_encryption_signs_no_credential(members: dict[str, Any]) -> None:
    name = did({**P256, **members})
    document = did_jwk.document(name)
    assert document["keyAgreement"] == [f"{name}#0"]
    assert not {"assertionMethod", "authentication"} & document.keys()
    for relationship, code in (("assertionMethod", "key.relationship"), ("keyAgreement", "key.purpose")):
        with pytest.raises(Error) as refusal:
            verification_method(document, f"{name}#0", relationship=relationship)
        assert refusal.value.code == code


ED25519 = public_jwk(KEYS["Ed25519"])
SIGNING = {"assertionMethod", "authentication", "capabilityInvocation", "capabilityDelegation"}


@pytest.mark.parametrize(
    ("jwk", "relationships"),
    [
        pytest.param(P256, SIGNING | {"keyAgreement"}, id="says nothing"),
        pytest.param({**P256, "use": "sig"}, SIGNING, id="for signatures"),
        pytest.param({**P256, "alg": "ES256"}, SIGNING, id="for signatures of one kind"),
        pytest.param({**P256, "use": "enc"}, {"keyAgreement"}, id="for encryption"),
        pytest.param(ED25519, SIGNING, id="can only sign"),
    ],
)
def test_a_key_is_listed_for_all_that_it_does_not_rule_out(jwk: dict[str, Any], relationships: set[str]) -> None:
    name = did(jwk)
    document = did_jwk.document(name)
    assert document.keys() - {"@context", "id", "verificationMethod"} == relationships
    assert all(document[each] == [f"{name}#0"] for each in relationships)


def test_a_did_jwk_has_no_other_key() -> None:
    name = did(P256)
    for fragment in ("#1", "#00", "#", "", "#key-1"):
        with pytest.raises(Error) as refusal:
            verification_method(did_jwk.document(name), name + fragment)
        assert refusal.value.code == "key.unknown"


PRIME = base64url.encode((2**2203 - 1).to_bytes(276))
"""An RSA modulus that everybody can factor; to see it takes work."""


@pytest.mark.parametrize("suite", ["RS256", "ES256"])
def test_the_strength_of_an_rsa_key_is_judged_with_a_signature_and_no_sooner(suite: str) -> None:  # SR-5
    name = did({"kty": "RSA", "n": PRIME, "e": "AQAB"})
    before = public_key._judged.cache_info()
    key = verification_method(did_jwk.document(name), f"{name}#0").public_key
    jws = compact_jws.read(compact_jws.write({"alg": suite}, b"{}", lambda _: bytes(276)))
    with pytest.raises(Error) as refusal:
        compact_jws.verify(jws, key)
    assert refusal.value.code == {"RS256": "key.weak", "ES256": "token.algorithm"}[suite]
    if suite == "ES256":
        assert public_key._judged.cache_info() == before


def test_no_suite_of_data_integrity_has_an_rsa_key_judged() -> None:
    weak = public_key_of_jwk({"kty": "RSA", "n": PRIME, "e": "AQAB"}, judged=False)
    proof = read_proof(
        {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": "assertionMethod",
         "verificationMethod": "did:jwk:x#0", "proofValue": "z1"}
    )  # fmt: skip
    before = public_key._judged.cache_info()
    with pytest.raises(Error) as refusal:
        verify_proof(Unsecured({}, shipped_contexts()), proof, weak)
    assert refusal.value.code == "proof.suite"
    assert public_key._judged.cache_info() == before


@pytest.mark.parametrize("kind", ["JsonWebKey", "Multikey"])
def test_an_rsa_key_in_a_document_is_of_the_right_form(kind: str) -> None:
    der = public_key_of_modulus((2**2203 - 1).to_bytes(276), b"\1\0\1", judged=False).raw
    forms: dict[str, list[dict[str, Any]]] = {
        "JsonWebKey": [{"publicKeyJwk": {"kty": "RSA", "n": n, "e": "AQAB"}} for n in (PRIME, "AAAA", "AAAA" + PRIME)],
        "Multikey": [
            {"publicKeyMultibase": multibase.encode_base58(b"\x85\x24" + raw)}
            for raw in (der, b"\0" * 100, der + b"\0")
        ],
    }
    before = public_key._judged.cache_info()
    good, *bad = ({"type": kind, **form} for form in forms[kind])
    assert read_public_key(good, "").raw == der
    for method in bad:
        with pytest.raises(Error):
            read_public_key(method, "")
    assert public_key._judged.cache_info() == before


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param(did({**P256, "d": "AAAA"}), "key.exposed", id="DD-15 private member"),
        pytest.param(did({"kty": "oct", "k": "AAAA"}), "key.exposed", id="symmetric key"),
        pytest.param(did({**P256, "y": P256["x"]}), "key.invalid", id="DD-19 off the curve"),
        pytest.param(did({**P256, "x": P256["x"] + "="}), "key.invalid", id="padded member"),
        pytest.param(did({"kty": "OKP", "crv": "X25519", "x": "A" * 43}), "key.invalid", id="DD-19 X25519"),
        pytest.param(did({"kty": "OKP", "crv": "Ed25519", "x": "AQ" + "A" * 41}), "key.weak", id="VJ-40 identity"),
        pytest.param(did({"kty": "RSA", "n": "_" * 84, "e": "AQAB"}), "key.weak", id="VW-24 512 bits"),
        pytest.param(did({"kty": "RSA", "n": "_" * 1_200, "e": "AQAB"}), "key.weak", id="RSA 7200 bits"),
        pytest.param(did({**P256, "crv": "secp256k1"}), "key.unsupported", id="secp256k1"),
        pytest.param(did({}), "key.unsupported", id="no member"),
        pytest.param(did([]), "did.syntax", id="a list"),
        pytest.param(did({**P256, "x5c": ["A" * 2_000]}), "did.syntax", id="longer than a key"),
        pytest.param(did({**P256, "a": {"b": {}}}), "did.syntax", id="nested"),
        pytest.param("did:jwk:" + "A" * 400_000, "did.syntax", id="400 KB"),
        pytest.param(did(P256) + "=", "did.syntax", id="padding"),
        pytest.param(did(P256)[:-1], "did.syntax", id="cut off"),
        pytest.param(did(P256) + "#0", "did.syntax", id="with its fragment"),
        pytest.param(did(P256) + "\n", "did.syntax", id="line end"),
        pytest.param("did:jwk:" + base64url.encode(b'{"kty":"EC","kty":"OKP"}'), "did.syntax", id="member twice"),
        pytest.param("did:jwk:" + base64url.encode(b"\xff\xfe{\0}\0"), "did.syntax", id="UTF-16"),
        pytest.param("did:jwk:", "did.syntax", id="nothing"),
        pytest.param("did:key:" + multibase.encode_base58(b"x"), "did.syntax", id="another method"),
    ],
)
def test_a_did_jwk_of_no_usable_key_is_refused(name: str, code: str) -> None:
    with pytest.raises(Error) as refusal:
        did_jwk.document(name)
    assert refusal.value.code == code
