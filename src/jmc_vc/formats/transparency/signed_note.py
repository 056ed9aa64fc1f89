"""A signed note: a text with one line for each signature, readable by people and machines alike.

https://c2sp.org/signed-note

Keys are told apart by name and a four-byte id. A signature of a key that the reader does not know is nothing to it;
one of a known key must verify, or the whole note is refused. What was read is written again byte for byte.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from jmc_vc.errors import Malformed, TooLarge, Unacceptable
from jmc_vc.formats.signature import verify
from jmc_vc.formats.strict_json import written_size
from jmc_vc.formats.transparency.note_text import is_name, is_text, read_base64, write_base64
from jmc_vc.formats.transparency.verifier_key import KEY_ID_LENGTH, SignatureType, VerifierKey

Sign: TypeAlias = Callable[[bytes], bytes]
"""Gives the signature of a message by a private key that somebody else keeps."""

LARGEST: Final = 1 << 18
"""Bytes of a note. A checkpoint has 150; room is for the signatures of witnesses, of which the largest in use
(ML-DSA-44) take 3.3 kB each."""
MOST_SIGNATURES: Final = 64
"""Every reader must take 16; the public witness networks have about as many members."""

_SIGNATURE_LINE: Final = re.compile(r"— ([^ \n]+) ([A-Za-z0-9+/=]+)")


class BadNote(Malformed):
    """Not a signed note, or text that none can hold."""

    code = "log.note"


class NoteTooLarge(TooLarge):
    """A note of more bytes than `limit`, or with more signatures than we look through."""

    code = "log.note_size"


class NoteForged(Unacceptable):
    """A signature of a known key does not verify."""

    code = "log.signature"


class NoteUnsigned(Unacceptable):
    """None of the known keys has signed."""

    code = "log.unsigned"


@dataclass(frozen=True)
class NoteSignature:
    """One signature line. `signature` is whatever the key's kind makes. Raises log.note when made from what no line
    can hold."""

    name: str
    key_id: bytes
    signature: bytes

    def __post_init__(self) -> None:
        if not is_name(self.name) or len(self.key_id) != KEY_ID_LENGTH or not self.signature:
            raise BadNote

    @property
    def line(self) -> str:
        """The line with its newline."""
        return f"— {self.name} {write_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True)
class SignedNote:
    """`text` ends in a newline. Raises log.note when made from a text that a note cannot hold or without
    signatures, and log.note_size."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def __post_init__(self) -> None:
        if not self.signatures or not is_text(self.text):
            raise BadNote
        _require_small(len(self.encoded), len(self.signatures))

    @property
    def encoded(self) -> bytes:
        """The note as it is published."""
        return (self.text + "\n" + "".join(each.line for each in self.signatures)).encode()

    def signed_also(self, *signatures: NoteSignature) -> "SignedNote":
        """The note with more signatures at its end."""
        return replace(self, signatures=(*self.signatures, *signatures))

    def signatures_by(self, key: VerifierKey) -> tuple[bytes, ...]:
        """The signatures that claim to be of `key`."""
        return tuple(each.signature for each in self.signatures if (each.name, each.key_id) == (key.name, key.id))


def read_note(data: bytes) -> SignedNote:
    """The note that `data` is. Nothing is verified yet. Raises log.note and log.note_size."""
    _require_small(len(data))
    try:
        whole = data.decode()
    except UnicodeDecodeError as err:
        raise BadNote from err
    text, gap, lines = whole.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise BadNote
    _require_small(len(data), lines.count("\n"))
    return SignedNote(text + "\n", tuple(map(_read_signature, lines[:-1].split("\n"))))


def sign_note(text: str, key: VerifierKey, sign: Sign) -> NoteSignature:
    """The Ed25519 signature of `text`. It is verified before anyone sees it: a log that once publishes a false one is
    refused by its readers. Raises log.note, log.key, and log.signature when `sign` has another key."""
    key.require(SignatureType.ED25519)
    if not is_text(text):
        raise BadNote
    signature = sign(text.encode())
    if not verify(key.public_key, signature, text.encode()):
        raise NoteForged
    return NoteSignature(key.name, key.id, signature)


def verify_note(note: SignedNote, keys: Iterable[VerifierKey]) -> tuple[VerifierKey, ...]:
    """Those of `keys` that signed, at least one. Raises log.unsigned, log.signature, and log.key for a key that signs
    something else than notes."""
    signers: list[VerifierKey] = []
    for key in keys:
        key.require(SignatureType.ED25519)
        signatures = note.signatures_by(key)
        if not all(verify(key.public_key, signature, note.text.encode()) for signature in signatures):
            raise NoteForged
        if signatures:
            signers.append(key)
    if not signers:
        raise NoteUnsigned
    return tuple(signers)


def _read_signature(line: str) -> NoteSignature:
    found = _SIGNATURE_LINE.fullmatch(line)
    data = read_base64(found[2]) if found else None
    if found is None or data is None:
        raise BadNote
    return NoteSignature(found[1], data[:KEY_ID_LENGTH], data[KEY_ID_LENGTH:])


def _require_small(size: int, signatures: int = 0) -> None:
    if size > LARGEST or signatures > MOST_SIGNATURES:
        raise NoteTooLarge(limit=written_size(LARGEST), signatures=MOST_SIGNATURES)
