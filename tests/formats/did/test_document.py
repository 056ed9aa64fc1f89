"""DID documents and did:key: the key of a proof is found only where its owner put it for that use."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jmc_vc.errors import Error
from jmc_vc.formats.did import did_key
from jmc_vc.formats.did.document import VerificationMethod, did_document, verification_method
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.multikey import decode_multikey, encode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.jose.jwks import jwks, single_jwk
from jmc_vc.sentences import SENTENCES

DID = "did:web:mc.example.jp:issuers:abc"
KEY_ID = f"{DID}#key-1"


def _key(curve: ec.EllipticCurve, number: int) -> PublicKey:
    point = ec.derive_private_key(number, curve).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return PublicKey(KeyAlgorithm.P256 if curve.name == "secp256r1" else KeyAlgorithm.P384, raw)


ED25519 = decode_multikey("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
P256 = _key(ec.SECP256R1(), 7)
P384 = _key(ec.SECP384R1(), 7)


def _method(key: PublicKey = ED25519, **changes: Any) -> VerificationMethod:
    return VerificationMethod(**{"id": KEY_ID, "controller": DID, "public_key": key, **changes})


def _document() -> dict[str, Any]:
    return copy.deepcopy(did_document(DID, [_method()]))


def _changed(**changes: Any) -> dict[str, Any]:
    document = _document()
    document["verificationMethod"][0].update(changes)
    return document


@pytest.mark.parametrize("key", [ED25519, P256, P384])
def test_a_key_that_we_publish_is_found_again(key: PublicKey) -> None:
    assert verification_method(did_document(DID, [_method(key)]), KEY_ID).public_key == key


def test_dates_of_a_key_come_back() -> None:
    ended = datetime(2027, 3, 31, tzinfo=UTC)
    found = verification_method(did_document(DID, [_method(expires=ended, revoked=ended)]), KEY_ID)
    assert (found.expires, found.revoked) == (ended, ended)


def test_a_json_web_key_is_read_like_a_multikey() -> None:
    for key in (ED25519, P256, P384):
        document = _changed(type="JsonWebKey", publicKeyJwk=public_jwk(key))
        del document["verificationMethod"][0]["publicKeyMultibase"]
        assert verification_method(document, KEY_ID).public_key == key


def test_a_method_inside_its_relationship_is_found() -> None:
    document = _document()
    document["assertionMethod"] = document.pop("verificationMethod")
    assert verification_method(document, KEY_ID).public_key == ED25519


def _twice() -> dict[str, Any]:
    document = _document()
    document["verificationMethod"].append({**document["verificationMethod"][0], "publicKeyMultibase": "z6Mk"})
    return document


def _with_jwk(**private: Any) -> dict[str, Any]:
    document = _changed(type="JsonWebKey", publicKeyJwk={**public_jwk(P256), **private})
    del document["verificationMethod"][0]["publicKeyMultibase"]
    return document


REFUSED: dict[str, tuple[Any, str]] = {
    "DD-12 document of another DID": ({**_document(), "id": "did:web:b.example"}, "did.mismatch"),
    "document without id": ({"verificationMethod": []}, "did.mismatch"),
    "no methods": ({"id": DID}, "key.unknown"),
    "method of another name": (_changed(id=f"{DID}#key-2"), "key.unknown"),
    "relative id": (_changed(id="#key-1"), "key.unknown"),
    "VJ-35 another controller": (_changed(controller="did:web:b.example"), "key.binding"),
    "no controller": (_changed(controller=None), "key.binding"),
    "not for assertions": ({**_document(), "assertionMethod": []}, "key.binding"),
    "only for logging in": ({**_document(), "assertionMethod": [], "authentication": [KEY_ID]}, "key.binding"),
    "relationship is no list": ({**_document(), "assertionMethod": KEY_ID}, "did.format"),
    "two keys of one id": (_twice(), "did.format"),
    "methods are no list": ({**_document(), "verificationMethod": {}}, "did.format"),
    "revoked at no time": (_changed(revoked="soon"), "did.format"),
    "DD-15 private JWK": (_with_jwk(d="AAAA"), "key.exposed"),
    "DD-15 private member beside": (_changed(secretKeyMultibase="z3u2"), "key.exposed"),
    "both notations": (_changed(publicKeyJwk=public_jwk(P256)), "key.unsupported"),
    "unknown type": (_changed(type="RsaVerificationKey2018"), "key.unsupported"),
    "key is a number": (_changed(publicKeyMultibase=5), "key.unsupported"),
    "DD-19 no key": (_changed(publicKeyMultibase=multibase.encode_base58(b"\xed\x01" + bytes(31))), "key.invalid"),
    "VJ-40 identity point": (
        _changed(publicKeyMultibase=multibase.encode_base58(b"\xed\x01\x01" + bytes(31))),
        "key.weak",
    ),
}


@pytest.mark.parametrize(("document", "code"), REFUSED.values(), ids=REFUSED)
def test_a_key_that_is_not_the_owners_for_this_use_is_refused(document: Any, code: str) -> None:
    with pytest.raises(Error) as refusal:
        verification_method(document, KEY_ID)
    assert refusal.value.code == code


def test_every_code_of_this_module_has_its_sentence() -> None:
    ours = {"did.mismatch", "did.format", "key.unknown", "key.binding", "key.exposed"}
    assert ours <= set(SENTENCES)


def test_a_method_without_fragment_is_unknown() -> None:
    with pytest.raises(Error) as refusal:
        verification_method(_document(), DID)
    assert refusal.value.code == "key.unknown"


def test_a_document_lists_only_methods_that_it_has() -> None:
    with pytest.raises(ValueError, match="relationship"):
        did_document(DID, [_method()], assertion_methods=[f"{DID}#key-2"])


def test_a_key_for_logging_in_signs_no_credentials() -> None:
    document = did_document(DID, [_method()], assertion_methods=[], authentication_methods=[KEY_ID])
    assert verification_method(document, KEY_ID, relationship="authentication").public_key == ED25519
    with pytest.raises(Error):
        verification_method(document, KEY_ID)


@pytest.mark.parametrize(("key", "prefix"), [(ED25519, "z6Mk"), (P256, "zDn"), (P384, "z82")])
def test_a_did_key_is_its_own_document(key: PublicKey, prefix: str) -> None:
    did = did_key.did_of_key(key)
    multikey = did.removeprefix("did:key:")
    assert multikey.startswith(prefix)
    document = did_key.document(did)
    assert document["id"] == did
    for relationship in ("assertionMethod", "authentication"):
        assert verification_method(document, f"{did}#{multikey}", relationship=relationship).public_key == key


@pytest.mark.parametrize(
    ("did", "code"),
    [
        ("did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", "key.invalid"),  # DD-19 X25519
        ("did:key:" + multibase.encode_base58(b"\x80\x24\x02" + b"\xff" * 32), "key.invalid"),  # DD-19 off the curve
        ("did:key:" + multibase.encode_base58(b"\xed\x01\x01" + bytes(31)), "key.weak"),  # VJ-40
        ("did:key:" + multibase.encode_base58(b"\xe7\x01\x02" + bytes(32)), "key.unsupported"),  # secp256k1
        ("did:key:" + encode_multikey(ED25519) + "#x", "did.syntax"),
        ("did:key:uAAAA", "did.syntax"),
        ("did:key:z" + "1" * 400_000, "did.syntax"),
        ("did:key:z0OIl", "did.syntax"),
        ("did:web:a.example", "did.syntax"),
    ],
)
def test_a_did_key_of_no_usable_key_is_refused(did: str, code: str) -> None:
    with pytest.raises(Error) as refusal:
        did_key.document(did)
    assert refusal.value.code == code


def test_a_jwk_set_names_key_and_owner_and_nothing_private() -> None:
    # OB-44, OB-45
    method = _method(P256)
    assert jwks([method], iss=DID) == {"keys": [single_jwk(method, iss=DID)]}
    jwk = single_jwk(method, iss=DID)
    assert jwk == {**public_jwk(P256), "kid": "key-1", "use": "sig", "alg": "ES256", "iss": DID}
    assert [single_jwk(_method(key), iss=DID)["alg"] for key in (ED25519, P384)] == ["EdDSA", "ES384"]
