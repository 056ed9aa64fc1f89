"""Take the signature of a witness under a head of the public log; from then on it is served with that head.

Only witnesses that the settings name are heard. Whoever they are, what they sign is a head that we signed before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jmc_vc.errors import Forbidden, NotFound, Unacceptable
from jmc_vc.formats.transparency.checkpoint import SignedCheckpoint, read_checkpoint
from jmc_vc.formats.transparency.cosignature import cosigned_at
from jmc_vc.formats.transparency.signed_note import read_note
from jmc_vc.formats.transparency.verifier_key import VerifierKey
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction

_SKEW = timedelta(minutes=5)
"""How far a witness's clock may be ahead of ours."""


class UnknownWitness(Forbidden):
    """None of the signatures is of a witness that the settings name."""

    code = "log.witness_unknown"


class UnknownHead(NotFound):
    """We never signed this checkpoint."""

    code = "log.head_unknown"


class CosignedInFuture(Unacceptable):
    """The witness says a time that has not come yet."""

    code = "log.cosigned_in_future"


@dataclass(frozen=True, kw_only=True)
class TakeCosignature:
    """`witnesses` are the keys of those that are heard."""

    database: Database
    witnesses: Sequence[VerifierKey]

    def __call__(self, data: bytes, *, now: datetime) -> None:
        """`data` is a signed note: the checkpoint, with a witness's line under it. Handing in a line again changes
        nothing. Raises log.note, log.note_size, log.checkpoint, log.cosignature, UnknownWitness, UnknownHead,
        CosignedInFuture."""
        note = read_note(data)
        signed = SignedCheckpoint(read_checkpoint(note.text), note)
        found = cosigned_at(signed, self.witnesses)
        if not found:
            raise UnknownWitness
        if any(at > now + _SKEW for at in found.values()):
            raise CosignedInFuture
        lines = {
            key: next(each.line for each in note.signatures if (each.name, each.key_id) == (key.name, key.id))
            for key in found
        }

        def work(tx: Transaction) -> None:
            head = tx.public_log.checkpoint(signed.checkpoint.size)
            if head is None or read_note(head.note.encode()).text != note.text:
                raise UnknownHead
            for key, line in lines.items():
                tx.public_log.cosign(head.size, key.text, line, now)

        self.database.write(work)
