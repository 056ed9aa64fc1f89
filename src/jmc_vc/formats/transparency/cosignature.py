"""A cosignature: a witness says that at this time this was the largest checkpoint it knew, and the log had only grown.

https://c2sp.org/tlog-cosignature, the Ed25519 kind (`cosignature/v1`)

A log that shows different trees to different people needs every witness on its side. How many witnesses are enough is
the reader's own policy.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.jose.numeric_date import EPOCH, LATEST
from jmc_vc.formats.signature import verify
from jmc_vc.formats.transparency.checkpoint import SignedCheckpoint
from jmc_vc.formats.transparency.signed_note import NoteSignature, Sign
from jmc_vc.formats.transparency.verifier_key import SignatureType, VerifierKey

_TIMESTAMP: Final = 8
"""Bytes before the signature: seconds since 1970."""


class CosignatureForged(Unacceptable):
    """A cosignature of a known witness does not verify, or names no moment of the calendar."""

    code = "log.cosignature"


def cosign(signed: SignedCheckpoint, *, key: VerifierKey, sign: Sign, now: datetime) -> NoteSignature:
    """The line of the witness `key` for a checkpoint whose log signature and consistency it has verified. Raises
    log.key for a key of another kind, and log.cosignature when `sign` has another key or `now` lies before 1970."""
    key.require(SignatureType.COSIGNATURE)
    timestamp = (now - EPOCH) // timedelta(seconds=1)
    if timestamp < 0:
        raise CosignatureForged
    signature = sign(_message(timestamp, signed))
    line = NoteSignature(key.name, key.id, timestamp.to_bytes(_TIMESTAMP) + signature)
    _verified_at(line.signature, key, signed)
    return line


def cosigned_at(signed: SignedCheckpoint, witnesses: Iterable[VerifierKey]) -> Mapping[VerifierKey, datetime]:
    """Those of `witnesses` that cosigned, each with the latest time that it says; empty when none did. Raises
    log.cosignature for a false one, and log.key for a key of another kind."""
    found: dict[VerifierKey, datetime] = {}
    for key in witnesses:
        key.require(SignatureType.COSIGNATURE)
        times = [_verified_at(signature, key, signed) for signature in signed.note.signatures_by(key)]
        if times:
            found[key] = max(times)
    return found


def _verified_at(stamped: bytes, key: VerifierKey, signed: SignedCheckpoint) -> datetime:
    timestamp = int.from_bytes(stamped[:_TIMESTAMP])
    # Far futures are a reader's to refuse; those past the calendar could not even be compared.
    if timestamp > LATEST or not verify(key.public_key, stamped[_TIMESTAMP:], _message(timestamp, signed)):
        raise CosignatureForged
    return EPOCH + timedelta(seconds=timestamp)


def _message(timestamp: int, signed: SignedCheckpoint) -> bytes:
    return f"cosignature/v1\ntime {timestamp}\n{signed.note.text}".encode()
