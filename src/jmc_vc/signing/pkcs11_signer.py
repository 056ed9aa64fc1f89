"""Signing with keys that live on a PKCS#11 token and never leave it (`pkcs11:`): they are made there, marked sensitive
and not extractable, and asked for signatures.

ECDSA and RSA keys are given a digest, so the content of a credential stays here: `CKM_ECDSA`, whose answer is r and s
side by side, and `CKM_RSA_PKCS` with the DigestInfo of RFC 8017 §9.2. Ed25519 (`CKM_EDDSA`, PKCS #11 v3.0 §2.3.14)
hashes twice and needs the message itself. The nonce of ECDSA is the token's; of the twins we take the smaller s.

The row keeps, in place of a sealed private part, the sealed URI: it is bound to owner, key id, kind and state as a
private part is, so a retired row that was set back to active by hand does not sign with the token either (DB-06).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256, sha384
from typing import Any

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, MechanismFlag, ObjectClass

from jmc_vc.errors import Unacceptable, Unavailable
from jmc_vc.formats.encoding.public_key import (
    LENGTHS,
    InvalidKey,
    KeyAlgorithm,
    PublicKey,
    WeakKey,
    public_key_of_modulus,
    public_key_of_point,
)
from jmc_vc.settings import Settings
from jmc_vc.signing.ecdsa_form import side_by_side
from jmc_vc.signing.file_signer import RSA_BITS
from jmc_vc.signing.pkcs11_token import GENERATING_SECONDS, OpenToken, TokenAccess, read_pin
from jmc_vc.signing.pkcs11_uri import TokenUri
from jmc_vc.signing.signer import NewKey, Signer, SignerUnavailable

_ID_BYTES = 16
"""Never twice on a token, even when several installations share it."""
_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before the digest in a DigestInfo with SHA-256 (RFC 8017 §9.2, note 1)."""


_OUR_LABEL = re.compile(r"[a-z0-9-]{1,64}:key-[0-9]{1,6}", re.ASCII)
"""Owner and key id, as the keyring names a new key."""


class TokenCannot(Unacceptable):
    """The token makes no keys of that kind, or only such as could leave it."""

    code = "signer.cannot"


class TokenKeyMissing(Unavailable):
    """The token is there, and the key is not, or is there twice."""

    code = "signer.key_missing"


@dataclass(frozen=True, kw_only=True)
class _Way:
    """How a token handles one kind of key. `curve` is its CKA_EC_PARAMS, none for RSA; `digest` is what of a message
    goes to the token."""

    key_type: KeyType
    making: Mechanism
    signing: Mechanism
    curve: bytes = b""
    digest: Callable[[bytes], bytes]


def _ecdsa(oid: str, digest: Callable[[bytes], bytes]) -> _Way:
    return _Way(
        key_type=KeyType.EC,
        making=Mechanism.EC_KEY_PAIR_GEN,
        signing=Mechanism.ECDSA,
        curve=bytes.fromhex(oid),
        digest=digest,
    )


_WAYS: Mapping[KeyAlgorithm, _Way] = {
    KeyAlgorithm.ED25519: _Way(
        key_type=KeyType.EC_EDWARDS,
        making=Mechanism.EC_EDWARDS_KEY_PAIR_GEN,
        signing=Mechanism.EDDSA,
        curve=b"\x13\x0cedwards25519",  # a PrintableString, PKCS #11 v3.0 §2.3.5
        digest=bytes,
    ),
    KeyAlgorithm.P256: _ecdsa("06082a8648ce3d030107", lambda message: sha256(message).digest()),
    KeyAlgorithm.P384: _ecdsa("06052b81040022", lambda message: sha384(message).digest()),
    KeyAlgorithm.RSA: _Way(
        key_type=KeyType.RSA,
        making=Mechanism.RSA_PKCS_KEY_PAIR_GEN,
        signing=Mechanism.RSA_PKCS,
        digest=lambda message: _SHA256_INFO + sha256(message).digest(),
    ),
}

_PRIVATE: Mapping[Attribute, Any] = {
    Attribute.PRIVATE: True,
    Attribute.SENSITIVE: True,
    Attribute.EXTRACTABLE: False,
}


class TokenKeys:
    """Keys on the tokens that the settings open (a KeyPlace)."""

    def __init__(self, settings: Settings) -> None:
        """Touches no token: who only verifies needs none. A PIN file that others can read is refused at the start.
        Raises as `read_pin` does."""
        self._settings = settings
        if settings.pkcs11_pin_file is not None:
            read_pin(settings.pkcs11_pin_file)

    def new_key(self, algorithm: KeyAlgorithm, name: str, random: Callable[[int], bytes]) -> NewKey:
        """On the token of the settings, under the label `name`. Raises TokenCannot and what TokenAccess raises. When
        the token does not answer in time, the key may come to be on it all the same; then `outside` tells of it."""
        way, access = _WAYS[algorithm], TokenAccess.of(self._settings)
        uri = TokenUri(token=access.chosen, object=name, id=random(_ID_BYTES))

        def make(opened: OpenToken) -> PublicKey:
            if not {way.making, way.signing} <= opened.session.token.slot.get_mechanisms():
                raise TokenCannot(algorithm=algorithm.value, token=uri.token)
            with opened.writing() as session:
                public, private = _generated(session, uri, way)
                if private[Attribute.EXTRACTABLE] or not private[Attribute.SENSITIVE]:
                    public.destroy()
                    private.destroy()
                    raise TokenCannot(algorithm=algorithm.value, token=uri.token)
                return _public_key(algorithm, public, uri.token)

        public_key = access.run(uri.token, make, GENERATING_SECONDS)
        return NewKey(str(uri), str(uri).encode(), public_key)

    def signer(self, algorithm: KeyAlgorithm, uri: str, bound: bytes) -> Signer:
        """Raises ValueError when the row's URI is not the one that was bound to it, TokenKeyMissing, and what
        TokenAccess raises."""
        if bound != uri.encode():
            raise ValueError(uri)
        return TokenSigner(TokenAccess.of(self._settings), TokenUri.parse(uri), algorithm)

    def outside(self) -> Sequence[str]:
        """Those on the token of the settings, if they name one. Raises what TokenAccess raises."""
        token = self._settings.pkcs11_token
        if token is None:
            return ()

        def look(opened: OpenToken) -> list[str]:
            found = opened.session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
            names = [(each[Attribute.LABEL], each[Attribute.ID]) for each in found]
            return sorted(
                str(TokenUri(token=token, object=label, id=identifier))
                for label, identifier in names
                if _OUR_LABEL.fullmatch(label) and len(identifier) == _ID_BYTES
            )

        return TokenAccess.of(self._settings).run(token, look)

    def destroy(self, uri: str) -> None:
        """Both halves vanish from the token. That they are gone already is no error. Raises what TokenAccess
        raises."""
        place = TokenUri.parse(uri)

        def destroy(opened: OpenToken) -> None:
            opened.keys.pop(uri, None)
            with opened.writing() as session:
                for kind in (ObjectClass.PRIVATE_KEY, ObjectClass.PUBLIC_KEY):
                    for each in _found(session, place, kind):
                        each.destroy()

        TokenAccess.of(self._settings).run(place.token, destroy, afresh=True)


class TokenSigner:
    """One key on a token. Safe for many threads, which take turns (`pkcs11_token`)."""

    __slots__ = ("_access", "_uri", "public_key")

    def __init__(self, access: TokenAccess, uri: TokenUri, algorithm: KeyAlgorithm) -> None:
        self._access = access
        self._uri = uri

        def look(opened: OpenToken) -> PublicKey:
            _private_key(opened, uri)
            return _public_key(algorithm, _only(opened.session, uri, ObjectClass.PUBLIC_KEY), uri.token)

        self.public_key = access.run(uri.token, look)

    def __repr__(self) -> str:
        return f"TokenSigner({self.public_key!r})"

    def sign(self, message: bytes) -> bytes:
        """As the signers of `file_signer` do it. Raises SignerUnavailable, TokenKeyMissing, PinRefused."""
        algorithm = self.public_key.algorithm
        way = _WAYS[algorithm]
        digest = way.digest(message)
        token, uri = self._uri.token, self._uri
        raw: bytes = self._access.run(
            token, lambda opened: _private_key(opened, uri).sign(digest, mechanism=way.signing)
        )
        if algorithm not in (KeyAlgorithm.P256, KeyAlgorithm.P384):
            return raw
        size = LENGTHS[algorithm] - 1
        if len(raw) != 2 * size:
            raise SignerUnavailable(token=token)
        return side_by_side(algorithm, int.from_bytes(raw[:size]), int.from_bytes(raw[size:]))


def _generated(session: pkcs11.Session, uri: TokenUri, way: _Way) -> tuple[pkcs11.PublicKey, pkcs11.PrivateKey]:
    how: dict[str, Any] = {
        "id": uri.id,
        "label": uri.object,
        "store": True,
        "capabilities": MechanismFlag.SIGN | MechanismFlag.VERIFY,
        "private_template": _PRIVATE,
    }
    if not way.curve:
        return session.generate_keypair(way.key_type, RSA_BITS, **how)
    curve = session.create_domain_parameters(way.key_type, {Attribute.EC_PARAMS: way.curve}, local=True)
    return curve.generate_keypair(**how)


def _private_key(opened: OpenToken, uri: TokenUri) -> Any:
    name = str(uri)
    if name not in opened.keys:
        opened.keys[name] = _only(opened.session, uri, ObjectClass.PRIVATE_KEY)
    return opened.keys[name]


def _only(session: pkcs11.Session, uri: TokenUri, kind: ObjectClass) -> Any:
    found = _found(session, uri, kind)
    if len(found) != 1:
        raise TokenKeyMissing(token=uri.token, object=uri.object)
    return found[0]


def _found(session: pkcs11.Session, uri: TokenUri, kind: ObjectClass) -> list[pkcs11.Object]:
    return list(session.get_objects({Attribute.CLASS: kind, Attribute.LABEL: uri.object, Attribute.ID: uri.id}))


def _public_key(algorithm: KeyAlgorithm, key: Any, token: str) -> PublicKey:
    try:
        if algorithm is KeyAlgorithm.RSA:
            return public_key_of_modulus(
                key[Attribute.MODULUS].lstrip(b"\0"), key[Attribute.PUBLIC_EXPONENT].lstrip(b"\0")
            )
        point = key[Attribute.EC_POINT]
        # An OCTET STRING in DER by PKCS #11 v2.40 §2.3.3; some tokens leave the wrapping out. The lengths differ.
        size = LENGTHS[algorithm] - 1
        plain = 32 if algorithm is KeyAlgorithm.ED25519 else 1 + 2 * size
        if len(point) == plain + 2 and point[:2] == bytes([0x04, plain]):
            point = point[2:]
        if algorithm is KeyAlgorithm.ED25519:
            return PublicKey(algorithm, point)
        if point[:1] != b"\x04":
            raise InvalidKey
        return public_key_of_point(algorithm, point[1 : 1 + size], point[1 + size :])
    except (InvalidKey, WeakKey) as err:
        raise SignerUnavailable(token=token) from err
