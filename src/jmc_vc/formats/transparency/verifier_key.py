"""The key of a log or a witness as its readers are told it: `example.com/log+530d903a+<base64>`.

https://c2sp.org/signed-note#verifier-keys

The name is part of the key. The four-byte id is no fingerprint: anyone can make another key with the same id, and gains
nothing, because who checks a signature was told the whole key.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import Final

from jmc_vc.errors import Malformed
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.transparency.note_text import is_name, read_base64, write_base64

LONGEST: Final = 1_024
"""Characters: 60 and the name."""
KEY_ID_LENGTH: Final = 4

_FORM: Final = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


class SignatureType(IntEnum):
    """The kinds of signature that we make and check; the number goes into the key's id."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


class BadVerifierKey(Malformed):
    """Not a verifier key, one whose id is not its own, or one of a kind that does not belong here."""

    code = "log.key"


@dataclass(frozen=True)
class VerifierKey:
    """The public half of a key that signs notes under `name`. Raises log.key when made with another name than a note
    can hold, or with another algorithm than Ed25519."""

    name: str
    kind: SignatureType
    public_key: PublicKey

    def __post_init__(self) -> None:
        if not is_name(self.name) or self.public_key.algorithm is not KeyAlgorithm.ED25519:
            raise BadVerifierKey

    @property
    def id(self) -> bytes:
        """Four bytes; with the name they tell whose signature a line is."""
        return sha256(self.name.encode() + b"\n" + self._material).digest()[:KEY_ID_LENGTH]

    @property
    def text(self) -> str:
        """`name+hash+base64`, as verifiers are told the key."""
        return f"{self.name}+{self.id.hex()}+{write_base64(self._material)}"

    def require(self, kind: SignatureType) -> None:
        """Raises log.key unless the key makes signatures of this kind."""
        if self.kind is not kind:
            raise BadVerifierKey

    @property
    def _material(self) -> bytes:
        return bytes([self.kind]) + self.public_key.raw


def read_verifier_key(text: str) -> VerifierKey:
    """The key that `name+hash+base64` says. Raises log.key, and key.invalid or key.weak for unsound key bytes."""
    found = _FORM.fullmatch(text) if len(text) <= LONGEST else None
    material = read_base64(found[3]) if found else None
    if found is None or not material:
        raise BadVerifierKey
    try:
        kind = SignatureType(material[0])
    except ValueError as err:
        raise BadVerifierKey from err
    key = VerifierKey(found[1], kind, PublicKey(KeyAlgorithm.ED25519, material[1:]))
    if key.id.hex() != found[2]:
        raise BadVerifierKey
    return key
