"""Texts and documents that are nearly keys: multibase, Multikey, JWK, did:key, did:jwk, did:web, DID documents, and
what a token says of its key. Each is refused with a typed error, or it is a sound key that has this one text."""

import base64
import copy
import json
from collections.abc import Callable
from functools import cache
from random import Random
from time import process_time
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.did import Expanded, did_method
from jmc_vc.formats.did.did_key import did_of_key
from jmc_vc.formats.did.document import VerificationMethod, did_document, read_document, verification_method
from jmc_vc.formats.encoding import base64url, multibase
from jmc_vc.formats.encoding.jwk import public_jwk, public_key_of_jwk
from jmc_vc.formats.encoding.multikey import decode_multikey, encode_multikey
from jmc_vc.formats.encoding.public_key import CURVES, KeyAlgorithm, PublicKey, public_key_of_modulus
from jmc_vc.formats.jose.key_reference import claimed_key, key_reference
from jmc_vc.formats.strict_json import parse
from tests.builders.keys import ed25519_public_key

SECONDS = 1.0
"""For 64 KiB with one RSA key of 4096 bits, whose checks take 0.15 s."""
DID = "did:web:mc.example.jp:issuers:abc"
KEY_ID = f"{DID}#key-1"

_PREFIXES = (
    b"\xed\x01", b"\x80\x24", b"\x81\x24", b"\x82\x24", b"\x85\x24", b"\xec\x01", b"\xe7\x01", b"\xed\x81\0", b"\xed",
    b"", b"\0",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, "", "#", "#key-1", "key-1", KEY_ID, DID, "did:key:z6Mk", "did:web:b.example#key-1",
    "Multikey", "JsonWebKey", "JsonWebKey2020", "Ed25519VerificationKey2020", "EcdsaSecp256r1VerificationKey2019",
    "enc", "sig", "ES256", "EdDSA", "RS256", "P-256", "P-384", "P-521", "Ed25519", "X25519", "OKP", "EC", "RSA", "oct",
    "AQAB", "AQ", "2027-01-01T00:00:00Z", "soon", "../../etc/passwd", "https://a.example/keys/1", [], {}, [[]],
    [KEY_ID], ["#key-1"], ["verify"], {"kty": "EC", "d": "AAAA"},
)  # fmt: skip
_NAMES = (
    "id", "type", "controller", "publicKeyMultibase", "publicKeyJwk", "publicKeyBase58", "secretKeyMultibase",
    "revoked", "expires", "verificationMethod", "assertionMethod", "authentication", "keyAgreement", "alsoKnownAs",
    "kty", "crv", "x", "y", "n", "e", "d", "k", "oth", "use", "key_ops", "alg", "kid", "jwk",
)  # fmt: skip


@cache
def keys() -> tuple[PublicKey, ...]:
    """One sound key of each kind."""
    points = [
        (
            algorithm,
            ec.derive_private_key(7, curve).public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint),
        )
        for algorithm, curve in CURVES.items()
    ]
    composite = (2**2048 - 23).to_bytes(256)  # whoever its factors are: it looks sound
    return (
        ed25519_public_key(),
        *(PublicKey(algorithm, raw) for algorithm, raw in points),
        public_key_of_modulus(composite, b"\1\0\1"),
    )


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(_made) | st.binary(max_size=80)


def _made(seed: int) -> bytes:
    chance = Random(seed)
    key = chance.choice(keys())
    jwk: Any = public_jwk(key)
    match chance.randint(0, 7):
        case 0:
            return multibase.encode_base58(_cut(chance.choice(_PREFIXES) + key.raw, chance)).encode()
        case 1:
            return _cut(encode_multikey(key).encode(), chance)
        case 2:
            return _cut(did_of_key(key).encode(), chance)
        case 3:
            return ("did:jwk:" + base64url.encode(_json(jwk, chance))).encode()
        case 4:
            return _cut(b"did:web:mc.example.jp%3A8443:issuers:abc", chance)
        case 5:
            return _json(jwk, chance)
        case 6:
            return _json({"alg": "ES256", "kid": KEY_ID, "jwk": jwk}, chance)
        case _:
            return _json(_document(key, chance), chance)


def _document(key: PublicKey, chance: Random) -> Any:
    """A document of ours, or the same in the notation that we would not choose."""
    document: Any = did_document(DID, [VerificationMethod(id=KEY_ID, controller=DID, public_key=key)])
    if chance.random() < 0.5:
        document["verificationMethod"] = [
            {"id": "#key-1", "type": "JsonWebKey2020", "controller": DID, "publicKeyJwk": public_jwk(key)}
        ]
    return document


def _json(value: Any, chance: Random) -> bytes:
    value = copy.deepcopy(value)
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        _change(value, chance)
    data = json.dumps(value).encode()
    return _cut(data, chance) if chance.random() < 0.1 else data


def _change(value: Any, chance: Random) -> None:
    containers = list(_containers(value))
    place = chance.choice(containers)
    steps = list(place) if isinstance(place, dict) else list(range(len(place)))
    if steps and chance.random() < 0.7:
        step = chance.choice(steps)
        match chance.randint(0, 3):
            case 0:
                del place[step]
            case 1:
                place[step] = copy.deepcopy(chance.choice(_VALUES))
            case 2 if isinstance(place[step], str):
                place[step] = _cut(place[step].encode(), chance).decode("utf-8", "replace")
            case _:
                place[step] = copy.deepcopy(chance.choice(containers))
    elif isinstance(place, dict):
        place[chance.choice(_NAMES)] = copy.deepcopy(chance.choice(_VALUES))
    else:
        place.append(copy.deepcopy(chance.choice([*place, *_VALUES])))


def _containers(value: Any) -> Any:
    if isinstance(value, dict | list):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _containers(item)


def _cut(data: bytes, chance: Random) -> bytes:
    for _ in range(chance.choice((0, 1, 1, 2))):
        at = chance.randrange(len(data) + 1)
        new = chance.choice((b"", b"\0", b"1", b"z", b"=", b"#", b"%", b":", b"..", b"\xff", b"1" * 5_000, data[:at]))
        data = data[:at] + new + data[at + chance.choice((0, 1, 1, len(data))) :]
    return data


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the readers."""
    started = process_time()
    text = data.decode("utf-8", "replace")
    for reader in (_multibase, _multikey, _did):
        _refused_or(reader, text)
    _refused_or(_json_forms, data)
    assert process_time() - started < SECONDS


def _refused_or(reader: Callable[[Any], None], value: object) -> None:
    try:
        reader(value)
    except Error:
        return


def _multibase(text: str) -> None:
    data = multibase.decode(text)
    assert text == (multibase.encode_base58(data) if text[0] == "z" else multibase.encode_base64url(data))
    if text[0] == "u":
        assert base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4)) == data


def _multikey(text: str) -> None:
    key = decode_multikey(text)
    assert encode_multikey(key) == text
    _sound(key)


def _did(text: str) -> None:
    did = text.partition("#")[0]
    method = did_method(did)
    if not isinstance(method, Expanded):
        assert method.document_url(did).startswith("https://")
        return
    document: Any = method.document(did)
    (written,) = document["verificationMethod"]
    name = written["id"]
    assert name.startswith(f"{did}#")
    relationship = "keyAgreement" if "keyAgreement" in document else "assertionMethod"
    _sound(verification_method(document, name, relationship=relationship).public_key)


def _json_forms(data: bytes) -> None:
    value = parse(data)
    if not isinstance(value, dict):
        return
    for reader in (_jwk, _document_of, _header):
        _refused_or(reader, value)
    _refused_or(_served, data)


def _jwk(value: Any) -> None:
    key = public_key_of_jwk(value)
    assert not {"d", "p", "q", "k"} & value.keys()
    assert public_jwk(key).items() <= value.items()
    _sound(key)


def _header(value: Any) -> None:
    reference = key_reference(value)
    assert reference is None or reference.text in value["kid"]
    key = claimed_key(value)
    assert key is None or public_jwk(key).items() <= value["jwk"].items()


def _document_of(value: Any) -> None:
    method = verification_method(value, KEY_ID)
    assert value["id"] == method.controller == DID
    assert {KEY_ID, "#key-1"} & {each if isinstance(each, str) else each.get("id") for each in value["assertionMethod"]}
    _sound(method.public_key)


def _served(data: bytes) -> None:
    assert verification_method(read_document(data), KEY_ID).id == KEY_ID


def _sound(key: PublicKey) -> None:
    """The key is the same in each of its forms."""
    assert decode_multikey(encode_multikey(key)) == key
    assert public_key_of_jwk(public_jwk(key)) == key
    assert isinstance(key.algorithm, KeyAlgorithm)
