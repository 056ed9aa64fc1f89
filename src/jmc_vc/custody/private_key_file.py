"""Read a private key that somebody brings: PKCS #8 as PEM (RFC 5958, RFC 7468), or a JWK (RFC 7517).

Of a file with two keys nobody knows which one was meant, so it is refused, as is a key that others could find. What the
libraries say of a key that they do not take stays here: it may quote it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from jmc_vc.errors import Malformed, Unacceptable
from jmc_vc.formats import strict_json
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.base64url import NotBase64Url
from jmc_vc.formats.encoding.jwk import PRIVATE_MEMBERS, public_jwk, public_key_of_jwk
from jmc_vc.formats.encoding.public_key import (
    CURVES,
    KeyAlgorithm,
    PublicKey,
    UnsupportedKey,
    WeakKey,
)
from jmc_vc.formats.encoding.rsa_strength import EXPONENT, LARGEST_BITS, SMALLEST_BITS

LARGEST = 16_384
"""Bytes of a file: an encrypted RSA key of 4096 bits as PEM has 3,434, and people write remarks around it."""
_BEGIN = re.compile(rb"-----BEGIN ([A-Z0-9 ]*)-----")
_PKCS8 = frozenset({b"PRIVATE KEY", b"ENCRYPTED PRIVATE KEY"})
_LONGEST_MEMBER = 1_024
"""Characters of a JWK's number: `n` and `d` of an RSA key of 4096 bits have 683."""


class NotAKeyFile(Malformed):
    """Neither one PKCS #8 key as PEM nor a private JWK."""

    code = "key.file_form"


class SeveralKeys(Malformed):
    """More than one key in the file (CL-09)."""

    code = "key.file_several"


class PassphraseMissing(Unacceptable):
    """The key is encrypted, and no passphrase was given (CL-09)."""

    code = "key.passphrase_missing"


class PassphraseWrong(Unacceptable):
    """It is not the passphrase of this key."""

    code = "key.passphrase_wrong"


@dataclass(frozen=True)
class PrivateKey:
    """A sound key of a kind that we sign with. `secret` is what `signing.file_signer` takes: a seed of 32 bytes for
    Ed25519, else PKCS #8 in DER."""

    public_key: PublicKey
    secret: bytes = field(repr=False)


def is_encrypted(data: bytes) -> bool:
    """Whether a passphrase is needed to read this file."""
    return b"-----BEGIN ENCRYPTED PRIVATE KEY-----" in data[:LARGEST]


def read_private_key(data: bytes, passphrase: bytes | None = None) -> PrivateKey:
    """The one key in the file `data`. Raises NotAKeyFile, SeveralKeys, PassphraseMissing, PassphraseWrong, WeakKey,
    UnsupportedKey and, of a JWK, what `strict_json.parse_object` and `public_key_of_jwk` raise."""
    if len(data) > LARGEST:
        raise NotAKeyFile
    labels = _BEGIN.findall(data)
    if not labels:
        return _of_jwk(data)
    if len(labels) > 1:
        raise SeveralKeys
    if labels[0] not in _PKCS8:
        raise NotAKeyFile
    return _of_pem(data, passphrase if is_encrypted(data) else None)


def _of_pem(data: bytes, passphrase: bytes | None) -> PrivateKey:
    if passphrase is None and is_encrypted(data):
        raise PassphraseMissing
    try:
        key = load_pem_private_key(data, passphrase)
    except UnsupportedAlgorithm:
        raise UnsupportedKey from None
    except (ValueError, TypeError):
        # OpenSSL does not tell a wrong passphrase from a damaged file.
        raise NotAKeyFile if passphrase is None else PassphraseWrong from None
    return _sound(key)


def _of_jwk(data: bytes) -> PrivateKey:
    if not data.lstrip().startswith(b"{"):
        raise NotAKeyFile
    jwk = strict_json.parse_object(data)
    if "keys" in jwk:
        raise SeveralKeys
    if "d" not in jwk or "oth" in jwk or "k" in jwk:
        raise NotAKeyFile
    # Its public half is read as strictly as everybody's, `use` and `alg` included.
    public_half: dict[str, object] = {name: jwk[name] for name in jwk.keys() - PRIVATE_MEMBERS}
    if "sign" in _list(jwk.get("key_ops", ["sign"])):
        public_half["key_ops"] = ["verify"]
    public = public_key_of_jwk(public_half)
    private = _sound(_of_numbers(public, jwk))
    if private.public_key != public:
        raise NotAKeyFile
    return private


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _of_numbers(public: PublicKey, jwk: Mapping[str, object]) -> object:
    try:
        if public.algorithm is KeyAlgorithm.ED25519:
            return ed25519.Ed25519PrivateKey.from_private_bytes(_bytes(jwk, "d"))
        if public.algorithm is not KeyAlgorithm.RSA:
            return ec.derive_private_key(_number(jwk, "d"), CURVES[public.algorithm])
        members = public_jwk(public)
        numbers = rsa.RSAPublicNumbers(n=_number(members, "n"), e=_number(members, "e"))
        if "p" in jwk:
            p, q = _number(jwk, "p"), _number(jwk, "q")
        else:
            p, q = rsa.rsa_recover_prime_factors(numbers.n, numbers.e, _number(jwk, "d"))
        d = _number(jwk, "d")
        return rsa.RSAPrivateNumbers(
            p=p, q=q, d=d, dmp1=rsa.rsa_crt_dmp1(d, p), dmq1=rsa.rsa_crt_dmq1(d, q), iqmp=rsa.rsa_crt_iqmp(p, q),
            public_numbers=numbers,
        ).private_key()  # fmt: skip
    except (ValueError, ZeroDivisionError):
        raise NotAKeyFile from None


def _bytes(members: Mapping[str, object], name: str) -> bytes:
    text = members.get(name)
    if not isinstance(text, str) or len(text) > _LONGEST_MEMBER:
        raise NotAKeyFile
    try:
        return base64url.decode(text)
    except NotBase64Url:
        raise NotAKeyFile from None


def _number(members: Mapping[str, object], name: str) -> int:
    return int.from_bytes(_bytes(members, name))


def _sound(key: object) -> PrivateKey:
    """The key with its public half judged. Raises WeakKey, UnsupportedKey."""
    match key:
        case ed25519.Ed25519PrivateKey():
            public = PublicKey(KeyAlgorithm.ED25519, key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
            return PrivateKey(public, key.private_bytes_raw())
        case ec.EllipticCurvePrivateKey():
            # P-521 we read and do not sign with.
            known = {CURVES[each].name: each for each in (KeyAlgorithm.P256, KeyAlgorithm.P384)}
            algorithm = known.get(key.curve.name)
            if algorithm is None:
                raise UnsupportedKey
            point = key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
            return PrivateKey(PublicKey(algorithm, point), _pkcs8(key))
        case rsa.RSAPrivateKey():
            numbers = key.public_key().public_numbers()
            if numbers.e != EXPONENT or not SMALLEST_BITS <= numbers.n.bit_length() <= LARGEST_BITS:
                raise WeakKey
            der = key.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
            return PrivateKey(PublicKey(KeyAlgorithm.RSA, der), _pkcs8(key))
    raise UnsupportedKey


def _pkcs8(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
