"""The lines of witnesses against the heads that they stand under: they are served with them."""

from collections.abc import Iterator

from jmc_vc.auditing.finding import Finding, wrong
from jmc_vc.errors import Error
from jmc_vc.formats.transparency.checkpoint import SignedCheckpoint, read_checkpoint
from jmc_vc.formats.transparency.cosignature import cosigned_at
from jmc_vc.formats.transparency.signed_note import read_note
from jmc_vc.formats.transparency.verifier_key import read_verifier_key
from jmc_vc.storage.ledger import StoredCosignature
from jmc_vc.storage.transaction import Snapshot


def verify_cosignatures(snapshot: Snapshot) -> Iterator[Finding]:
    """Each is a signature of the witness that its row names."""
    for each in snapshot.ledger.cosignatures():
        if not _fits(each):
            yield wrong("record.cosignature", size=each.size)


def _fits(each: StoredCosignature) -> bool:
    try:
        note = read_note(f"{each.note}{each.line}".encode())
        signed = SignedCheckpoint(read_checkpoint(note.text), note)
        return each.line.count("\n") == 1 and bool(cosigned_at(signed, [read_verifier_key(each.witness)]))
    except (Error, UnicodeEncodeError):
        return False
