"""One sound private key comes out of a file, or nothing (CL-09)."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa, x25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st
from jwcrypto.jwk import JWK  # type: ignore[import-untyped]

from jmc_vc.custody.private_key_file import LARGEST, read_private_key
from jmc_vc.errors import Error
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.signature import verify
from jmc_vc.signing.file_signer import file_signer

PASSPHRASE = b"correct horse"


@lru_cache
def rsa_key(bits: int = 2048, exponent: int = 65_537) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(exponent, bits)


MAKE: Mapping[KeyAlgorithm, Callable[[], Any]] = {
    KeyAlgorithm.ED25519: ed25519.Ed25519PrivateKey.generate,
    KeyAlgorithm.P256: lambda: ec.generate_private_key(ec.SECP256R1()),
    KeyAlgorithm.P384: lambda: ec.generate_private_key(ec.SECP384R1()),
    KeyAlgorithm.RSA: rsa_key,
}


def pem(key: Any, passphrase: bytes | None = None, form: PrivateFormat = PrivateFormat.PKCS8) -> bytes:
    protection = NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase)
    written: bytes = key.private_bytes(Encoding.PEM, form, protection)
    return written


def jwk(key: Any, **members: Any) -> bytes:
    made = json.loads(JWK.from_pem(pem(key)).export_private())
    made.pop("kid", None)
    return json.dumps({name: value for name, value in {**made, **members}.items() if value is not None}).encode()


def b64(number: int) -> str:
    return base64url.encode(number.to_bytes((number.bit_length() + 7) // 8))


@pytest.mark.parametrize("algorithm", list(MAKE))
@pytest.mark.parametrize("form", ["pem", "encrypted", "jwk"])
def test_the_key_in_the_file_signs(algorithm: KeyAlgorithm, form: str) -> None:
    key = MAKE[algorithm]()
    data = {"pem": pem(key), "encrypted": pem(key, PASSPHRASE), "jwk": jwk(key)}[form]
    found = read_private_key(data, PASSPHRASE if form == "encrypted" else None)
    assert found.public_key.algorithm is algorithm
    signer = file_signer(algorithm, found.secret)
    assert signer.public_key == found.public_key
    verify(found.public_key, b"message", signer.sign(b"message"))
    assert found.secret.hex() not in repr(found)


def test_remarks_around_a_key_and_other_members_of_a_jwk_are_no_trouble() -> None:
    key = MAKE[KeyAlgorithm.P256]()
    assert read_private_key(b"Key of the registry\n" + pem(key) + b"\n") == read_private_key(pem(key))
    assert read_private_key(jwk(key, kid="2019", use="sig", alg="ES256", key_ops=["sign"])) == read_private_key(
        pem(key)
    )
    without_factors = jwk(rsa_key(), p=None, q=None, dp=None, dq=None, qi=None)
    assert read_private_key(without_factors).public_key == read_private_key(pem(rsa_key())).public_key


def test_a_passphrase_that_is_not_needed_is_not_used() -> None:
    key = MAKE[KeyAlgorithm.ED25519]()
    assert read_private_key(pem(key), PASSPHRASE) == read_private_key(pem(key))


def _bad() -> dict[str, tuple[bytes, str]]:
    p256, other, seed = (MAKE[each]() for each in (KeyAlgorithm.P256, KeyAlgorithm.P256, KeyAlgorithm.ED25519))
    public = p256.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    foreign = json.loads(jwk(other))
    return {
        "nothing": (b"", "key.file_form"),
        "a word": (b"key", "key.file_form"),
        "binary": (bytes(range(256)), "key.file_form"),
        "too much": (b" " * LARGEST + pem(p256), "key.file_form"),
        "two keys in one PEM": (pem(p256) + pem(other), "key.file_several"),
        "a key with its certificate": (pem(p256) + b"-----BEGIN CERTIFICATE-----\n", "key.file_several"),
        "the same key twice": (pem(p256) * 2, "key.file_several"),
        "a public key": (public, "key.file_form"),
        "EC PRIVATE KEY": (pem(p256, form=PrivateFormat.TraditionalOpenSSL), "key.file_form"),
        "OPENSSH": (pem(seed, form=PrivateFormat.OpenSSH), "key.file_form"),
        "cut": (pem(p256)[:100] + b"\n-----END PRIVATE KEY-----\n", "key.file_form"),
        "one letter changed": (pem(rsa_key()).replace(b"A", b"B", 20), "key.file_form"),
        "encrypted": (pem(p256, PASSPHRASE), "key.passphrase_missing"),
        "RSA-1024": (pem(rsa_key(1024)), "key.weak"),
        "RSA with exponent 3": (pem(rsa_key(2048, 3)), "key.weak"),
        "P-521": (pem(ec.generate_private_key(ec.SECP521R1())), "key.unsupported"),
        "secp256k1": (pem(ec.generate_private_key(ec.SECP256K1())), "key.unsupported"),
        "Ed448": (pem(ed448.Ed448PrivateKey.generate()), "key.unsupported"),
        "X25519": (pem(x25519.X25519PrivateKey.generate()), "key.unsupported"),
        "DSA": (pem(dsa.generate_private_key(1024)), "key.unsupported"),
        "JWK, public": (jwk(p256, d=None), "key.file_form"),
        "JWK set": (b'{"keys":[' + jwk(p256) + b"]}", "key.file_several"),
        "JWK, symmetric": (b'{"kty":"oct","k":"AAAA"}', "key.file_form"),
        "JWK of another public key": (jwk(p256, x=foreign["x"], y=foreign["y"]), "key.file_form"),
        "JWK, d of another": (jwk(p256, d=foreign["d"]), "key.file_form"),
        "JWK, d = 0": (jwk(p256, d="AA"), "key.file_form"),
        "JWK, d no text": (jwk(p256, d=1), "key.file_form"),
        "JWK, d padded": (jwk(p256, d=foreign["d"] + "="), "key.file_form"),
        "JWK, seed too short": (jwk(seed, d="AAAA"), "key.file_form"),
        "JWK, d endless": (jwk(p256, d="A" * 5_000), "key.file_form"),
        "JWK twice the member": (jwk(p256)[:-1] + b',"d":"AAAA"}', "parse.duplicate_key"),
        "JWK for encryption": (jwk(p256, use="enc"), "key.purpose"),
        "JWK for another algorithm": (jwk(p256, alg="ES384"), "key.purpose"),
        "JWK that may not sign": (jwk(p256, key_ops=["decrypt"]), "key.purpose"),
        "JWK, RSA-1024": (jwk(rsa_key(1024)), "key.weak"),
        "JWK, RSA with false factors": (jwk(rsa_key(), p=b64(3), q=b64(5)), "key.file_form"),
        "JWK, RSA with factors 0": (jwk(rsa_key(), p="AA", q="AA"), "key.file_form"),
        "JWK, RSA with another d": (jwk(rsa_key(), d=b64(65_537), p=None, q=None), "key.file_form"),
        "JWK, three primes": (jwk(rsa_key(), oth=[{}]), "key.file_form"),
        "JWK, OKP of encryption": (b'{"kty":"OKP","crv":"X25519","x":"AAAA","d":"AAAA"}', "key.invalid"),
        "JWK of an unknown kind": (b'{"kty":"LWE","d":"AAAA"}', "key.unsupported"),
    }


BAD = _bad()


@pytest.mark.parametrize("name", list(BAD))
def test_cl_09_what_is_not_one_sound_key_is_refused(name: str) -> None:
    data, code = BAD[name]
    with pytest.raises(Error) as refused:
        read_private_key(data)
    assert refused.value.code == code
    assert set(refused.value.params) <= {"member"}  # the name of one, never what is in it


def test_cl_09_the_wrong_passphrase_is_refused() -> None:
    for wrong in (b"", b"wrong", PASSPHRASE + b"\n"):
        with pytest.raises(Error, match=r"key\.passphrase_wrong"):
            read_private_key(pem(MAKE[KeyAlgorithm.P256](), PASSPHRASE), wrong)


@given(
    st.binary(max_size=400) | st.builds(lambda a, b: a + b"-----BEGIN PRIVATE KEY-----" + b, st.binary(), st.binary())
)
def test_whatever_is_in_the_file_only_our_refusals_come_out(data: bytes) -> None:
    with pytest.raises(Error):
        read_private_key(data)
