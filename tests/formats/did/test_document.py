"""DID documents and did:key: the key of a proof is found only where its owner put it for that use."""

import copy
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jmc_vc import vendored
from jmc_vc.errors import Error
from jmc_vc.formats.did import did_key
from jmc_vc.formats.did.document import VerificationMethod, did_document, read_document, verification_method
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.multikey import decode_multikey, encode_multikey
from jmc_vc.formats.encoding.public_key import CURVES, KeyAlgorithm, PublicKey
from jmc_vc.formats.jose.jwks import jwks, single_jwk
from jmc_vc.sentences import SENTENCES
from tests.builders.contexts import NAMESPACE
from tests.builders.independent import by_pyld

DID = "did:web:mc.example.jp:issuers:abc"
KEY_ID = f"{DID}#key-1"


def _key(curve: ec.EllipticCurve, number: int) -> PublicKey:
    point = ec.derive_private_key(number, curve).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return PublicKey(next(name for name, known in CURVES.items() if known.name == curve.name), raw)


ED25519 = decode_multikey("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
P256 = _key(ec.SECP256R1(), 7)
P384 = _key(ec.SECP384R1(), 7)
P521 = _key(ec.SECP521R1(), 7)
RSA = PublicKey(
    KeyAlgorithm.RSA,
    generate_private_key(65_537, 2_048).public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1),
)


def _method(key: PublicKey = ED25519, **changes: Any) -> VerificationMethod:
    return VerificationMethod(**{"id": KEY_ID, "controller": DID, "public_key": key, **changes})


def _document() -> dict[str, Any]:
    return copy.deepcopy(did_document(DID, [_method()]))


def _changed(**changes: Any) -> dict[str, Any]:
    document = _document()
    document["verificationMethod"][0].update(changes)
    return document


@pytest.mark.parametrize(
    ("key", "kind"),
    [(ED25519, "Multikey"), (P256, "Multikey"), (P384, "Multikey"), (P521, "JsonWebKey"), (RSA, "JsonWebKey")],
    ids=lambda given: given if isinstance(given, str) else given.algorithm.value,
)
def test_a_key_that_we_publish_is_found_again(key: PublicKey, kind: str) -> None:  # CD-01, CD-02
    document = did_document(DID, [_method(key)])
    assert document["verificationMethod"][0]["type"] == kind  # type: ignore[call-overload,index]
    assert document["assertionMethod"] == [KEY_ID]  # a text and no object: OB-44
    assert verification_method(document, KEY_ID).public_key == key


def test_all_that_our_document_says_has_a_meaning_in_its_contexts() -> None:
    ended = datetime(2027, 3, 31, tzinfo=UTC)
    keys = (ED25519, P256, P384, P521, RSA)
    methods = [_method(key, id=f"{DID}#{n}", expires=ended, revoked=ended) for n, key in enumerate(keys)]
    document = did_document(DID, methods, authentication_methods=[methods[0].id])
    stated = by_pyld(copy.deepcopy(document)).decode()
    for term, times in {
        "publicKeyMultibase": 3, "publicKeyJwk": 2, "expiration": 5, "revoked": 5, "controller": 5,
        "assertionMethod": 5, "authenticationMethod": 1, "verificationMethod": 5, "Multikey": 3, "JsonWebKey": 2,
    }.items():  # fmt: skip
        assert stated.count(f"<https://w3id.org/security#{term}>") == times, term
    listed = {context for context in document["@context"] if isinstance(context, str)}  # type: ignore[union-attr]
    assert listed <= set(vendored.contexts(NAMESPACE))
    assert did_document(DID, [_method()])["@context"] == [
        "https://www.w3.org/ns/did/v1",
        "https://w3id.org/security/multikey/v1",
    ]


def test_dates_of_a_key_come_back() -> None:
    ended = datetime(2027, 3, 31, tzinfo=UTC)
    found = verification_method(did_document(DID, [_method(expires=ended, revoked=ended)]), KEY_ID)
    assert (found.expires, found.revoked) == (ended, ended)


def test_a_json_web_key_is_read_like_a_multikey() -> None:
    for key in (ED25519, P256, P384):
        document = _changed(type="JsonWebKey", publicKeyJwk=public_jwk(key))
        del document["verificationMethod"][0]["publicKeyMultibase"]
        assert verification_method(document, KEY_ID).public_key == key


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("Ed25519VerificationKey2020", ED25519),
        ("EcdsaSecp256r1VerificationKey2019", P256),
        ("EcdsaSecp384r1VerificationKey2019", P384),
        ("Multikey", P521),
        ("Multikey", RSA),
    ],
)
def test_older_names_of_a_multikey_are_known(kind: str, key: PublicKey) -> None:  # CD-01
    document = _changed(type=kind, publicKeyMultibase=encode_multikey(key))
    assert verification_method(document, KEY_ID).public_key == key


def test_the_older_name_of_a_json_web_key_is_known() -> None:  # CD-01
    for key in (ED25519, P256, P384, P521, RSA):
        document = _with_jwk_value({**public_jwk(key), "kid": "any", "use": "sig"})
        document["verificationMethod"][0]["type"] = "JsonWebKey2020"
        assert verification_method(document, KEY_ID).public_key == key


def test_a_method_inside_its_relationship_is_found() -> None:  # DI-04
    assert verification_method(_embedded("assertionMethod"), KEY_ID).public_key == ED25519


@pytest.mark.parametrize("written", [KEY_ID, "#key-1"])
@pytest.mark.parametrize("named", [KEY_ID, "#key-1"])
def test_a_fragment_names_a_key_of_the_same_document(written: str, named: str) -> None:  # DID 1.0 §3.2.2
    document = {**_changed(id=written), "assertionMethod": [named]}
    assert verification_method(document, KEY_ID).id == KEY_ID


def test_other_parts_of_a_document_do_not_matter() -> None:
    document = {
        **_document(),
        "alsoKnownAs": ["did:web:b.example", 5],
        "controller": ["did:web:b.example"],
        "service": [{"id": "#key-1", "type": "LinkedDomains", "serviceEndpoint": "https://b.example"}],
        "@context": "anything",
    }
    others = [
        {"id": "#eth", "type": "EcdsaSecp256k1RecoveryMethod2020", "controller": DID, "blockchainAccountId": "x"},
        {"id": "#rsa", "type": "RsaVerificationKey2018", "controller": DID, "publicKeyPem": "x"},
        {"id": f"{DID}#leaked", "type": "JsonWebKey", "controller": DID, "publicKeyJwk": {"kty": "EC", "d": "AAAA"}},
        {},
    ]
    document["verificationMethod"] += others
    assert verification_method(document, KEY_ID).public_key == ED25519


def test_a_document_of_64_kib_is_read_and_a_larger_one_is_not() -> None:  # DD-09
    document = {**_document(), "alsoKnownAs": ["x"]}
    room = 65_536 - len(orjson.dumps(document))
    document["alsoKnownAs"] = ["x" * (room + 1)]
    assert verification_method(read_document(orjson.dumps(document)), KEY_ID).public_key == ED25519
    document["alsoKnownAs"] = ["x" * (room + 2)]
    with pytest.raises(Error) as refusal:
        read_document(orjson.dumps(document))
    assert refusal.value.code == "parse.size"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html>", "parse.syntax"),
        (b"[]", "parse.not_an_object"),
        (b'{"id":"a","id":"b"}', "parse.duplicate_key"),
        (b"[" * 17 + b"]" * 17, "parse.depth"),
        (b"[" + b"0," * 5_000 + b"0]", "parse.limit"),
        (b'{"id":"\\ud800"}', "parse.unicode"),
        (b"\xff{}", "parse.encoding"),
    ],
)
def test_what_a_host_serves_is_read_strictly(data: bytes, code: str) -> None:
    with pytest.raises(Error) as refusal:
        read_document(data)
    assert refusal.value.code == code


def test_a_full_document_of_keys_is_within_the_limits() -> None:
    methods = [_method(P256, id=f"{DID}#key-{number}") for number in range(150)]
    document = read_document(orjson.dumps(did_document(DID, methods)))
    assert verification_method(document, f"{DID}#key-149").public_key == P256


def _twice(**changes: Any) -> dict[str, Any]:
    document = _document()
    document["verificationMethod"].append(
        {**document["verificationMethod"][0], "publicKeyMultibase": "z6Mk", **changes}
    )
    return document


def _embedded(relationship: str) -> dict[str, Any]:
    document = _document()
    return {"id": DID, relationship: document["verificationMethod"]}


def _with_jwk(**members: Any) -> dict[str, Any]:
    return _with_jwk_value({**public_jwk(P256), **members})


def _with_jwk_value(jwk: Any) -> dict[str, Any]:
    document = _changed(type="JsonWebKey", publicKeyJwk=jwk)
    del document["verificationMethod"][0]["publicKeyMultibase"]
    return document


REFUSED: dict[str, tuple[Any, str]] = {
    "DD-12 document of another DID": ({**_document(), "id": "did:web:b.example"}, "did.mismatch"),
    "document without id": ({"verificationMethod": []}, "did.mismatch"),
    "no methods": ({"id": DID}, "key.unknown"),
    "method of another name": (_changed(id=f"{DID}#key-2"), "key.unknown"),
    "fragment without #": (_changed(id="key-1"), "key.unknown"),
    "relative path": (_changed(id="/#key-1"), "key.unknown"),
    "query before the fragment": (_changed(id=f"{DID}?x#key-1"), "key.unknown"),
    "id is no text": (_changed(id=["#key-1"]), "key.unknown"),
    "no id": (_changed(id=None), "key.unknown"),
    "fragment of another document": (
        {**_changed(id="did:web:b.example#key-1"), "assertionMethod": ["did:web:b.example#key-1"]},
        "key.unknown",
    ),
    "VJ-35 another controller": (_changed(controller="did:web:b.example"), "key.binding"),
    "no controller": (_changed(controller=None), "key.binding"),
    "two controllers": (_changed(controller=[DID]), "key.binding"),
    "VJ-36 controller is a did:key": (_changed(controller="did:key:z6Mk"), "key.binding"),
    "named in another document's words": (
        {**_document(), "assertionMethod": ["did:web:b.example#key-1"]},
        "key.relationship",
    ),
    "named without #": ({**_document(), "assertionMethod": ["key-1"]}, "key.relationship"),
    "embedded for logging in only": (_embedded("authentication"), "key.relationship"),
    "embedded for logging in, named for assertions": (
        {**_embedded("authentication"), "assertionMethod": [KEY_ID]},
        "key.relationship",
    ),
    "for key agreement only": ({**_document(), "assertionMethod": [], "keyAgreement": ["#key-1"]}, "key.relationship"),
    "not for assertions": ({**_document(), "assertionMethod": []}, "key.relationship"),
    "only for logging in": ({**_document(), "assertionMethod": [], "authentication": [KEY_ID]}, "key.relationship"),
    "relationship is no list": ({**_document(), "assertionMethod": KEY_ID}, "did.format"),
    "two keys of one id": (_twice(), "did.format"),
    "two keys of one id, one of them a fragment": (_twice(id="#key-1"), "did.format"),
    "listed and embedded": ({**_document(), "assertionMethod": [_document()["verificationMethod"][0]]}, "did.format"),
    "another key of that id for logging in": (
        {**_document(), "authentication": [{"id": "#key-1", "type": "Multikey"}]},
        "did.format",
    ),
    "methods are no list": ({**_document(), "verificationMethod": {}}, "did.format"),
    "methods are null": ({**_document(), "verificationMethod": None}, "did.format"),
    "a method is a text": ({**_document(), "verificationMethod": [KEY_ID]}, "did.format"),
    "a method is a list": ({**_document(), "verificationMethod": [[]]}, "did.format"),
    "a name is a number": ({**_document(), "assertionMethod": [KEY_ID, 5]}, "did.format"),
    "another relationship is a text": ({**_document(), "keyAgreement": KEY_ID}, "did.format"),
    "501 methods": (
        {**_document(), "verificationMethod": [{"id": f"{DID}#key-{n}"} for n in range(501)]},
        "did.format",
    ),
    "501 names": ({**_document(), "assertionMethod": [KEY_ID] * 501}, "did.format"),
    "id of the document is a list": ({**_document(), "id": [DID]}, "did.mismatch"),
    "DD-12 id with a fragment": ({**_document(), "id": KEY_ID}, "did.mismatch"),
    "DD-12 id in capitals": ({**_document(), "id": DID.upper()}, "did.mismatch"),
    "revoked at no time": (_changed(revoked="soon"), "did.format"),
    "revoked without a zone": (_changed(revoked="2027-01-01T00:00:00"), "did.format"),
    "revoked is null": (_changed(revoked=None), "did.format"),
    "expires is a number": (_changed(expires=1_800_000_000), "did.format"),
    "DD-15 private JWK": (_with_jwk(d="AAAA"), "key.exposed"),
    "DD-15 private member beside": (_changed(secretKeyMultibase="z3u2"), "key.exposed"),
    "DD-15 private JWK in a list": (_changed(former=[{"keys": [{"kty": "OKP", "d": "AAAA"}]}]), "key.exposed"),
    "DD-15 private member of another name": (_changed(privateKeyHex="00"), "key.exposed"),
    "DD-15 symmetric key": (_with_jwk(kty="oct", k="AAAA"), "key.exposed"),
    "both notations": (_changed(publicKeyJwk=public_jwk(P256)), "key.invalid"),
    "both notations, one of them older": (_changed(publicKeyBase58="AAAA"), "key.invalid"),
    "both notations, one of them null": (_changed(publicKeyJwk=None), "key.invalid"),
    "unknown type": (_changed(type="RsaVerificationKey2018"), "key.unsupported"),
    "two types": (_changed(type=["Multikey"]), "key.unsupported"),
    "type is an object": (_changed(type={}), "key.unsupported"),
    "no type": (_changed(type=None), "key.unsupported"),
    "JWK type with a Multikey": (_changed(type="JsonWebKey"), "key.invalid"),
    "Ed25519 type with a P-256 key": (
        _changed(type="Ed25519VerificationKey2020", publicKeyMultibase=encode_multikey(P256)),
        "key.invalid",
    ),
    "P-256 type with a P-384 key": (
        _changed(type="EcdsaSecp256r1VerificationKey2019", publicKeyMultibase=encode_multikey(P384)),
        "key.invalid",
    ),
    "key is a number": (_changed(publicKeyMultibase=5), "key.invalid"),
    "key is 100 KB": (_changed(publicKeyMultibase="z" + "2" * 100_000), "key.invalid"),
    "key in base64url": (_changed(publicKeyMultibase="u7QEB"), "key.invalid"),
    "JWK is a text": (_with_jwk_value("{}"), "key.invalid"),
    "JWK is empty": (_with_jwk_value({}), "key.unsupported"),
    "JWK for encryption": (_with_jwk(use="enc"), "key.purpose"),
    "JWK for another algorithm": (_with_jwk(alg="ES384"), "key.purpose"),
    "key agreement key among the assertions": (
        _changed(publicKeyMultibase="z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc"),
        "key.invalid",
    ),
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
    ours = {"did.mismatch", "did.format", "key.unknown", "key.binding", "key.exposed", "key.purpose"}
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
def test_a_did_key_is_its_own_document(key: PublicKey, prefix: str) -> None:  # CD-03, CD-04
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
        ("did:key:" + encode_multikey(P521), "key.unsupported"),
        ("did:key:" + encode_multikey(RSA), "key.unsupported"),
        ("did:key:" + multibase.encode_base58(b"\xed\x01" + ED25519.raw + b"\0"), "key.invalid"),
        ("did:key:" + multibase.encode_base58(b"\0\xed\x01" + ED25519.raw), "key.unsupported"),
        ("did:key:" + multibase.encode_base58(b"\xed\x81\0" + ED25519.raw), "key.unsupported"),  # varint not minimal
        ("did:key:1.1:" + encode_multikey(ED25519), "did.syntax"),
        ("did:key:" + encode_multikey(ED25519) + "\n", "did.syntax"),
        ("did:key:" + encode_multikey(ED25519) + "?a=b", "did.syntax"),
        ("did:key:" + encode_multikey(ED25519)[1:], "did.syntax"),
        ("did:key:z", "did.syntax"),
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
