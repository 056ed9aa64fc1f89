"""Which restarts that the public log tells of are believed.

A restart excuses much: audit entries that are gone, heads that are gone, credentials without their salts. So somebody
who puts one in by hand could hide behind it. One is believed where both heads that it names are on record with their
roots, and the audit log tells of the restore; or where it was itself lost and put back by a later one.
"""

from jmc_vc.errors import Error
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.transparency.entry_types import LogRestarted
from jmc_vc.formats.transparency.log_entry import read_log_entry
from jmc_vc.storage.audit_log import LOG_RESTORED
from jmc_vc.storage.transaction import Snapshot


def believed_restarts(snapshot: Snapshot, origin: str) -> frozenset[int]:
    """The numbers of these entries, in the log `origin`."""
    told = []
    for entry in snapshot.ledger.entries_of_type("restart"):
        try:
            said = read_log_entry(entry.body)
        except Error:
            continue  # told elsewhere
        if isinstance(said, LogRestarted):
            told.append((entry, said))
    told.sort(key=lambda each: (each[0].leaf is None, each[0].leaf, each[0].id), reverse=True)
    believed: dict[int, LogRestarted] = {}
    for entry, said in told:
        put_back = entry.leaf is not None and any(later.kept <= entry.leaf < later.size for later in believed.values())
        if put_back or _fits(snapshot, origin, said):
            believed[entry.id] = said
    return frozenset(believed)


def _fits(snapshot: Snapshot, origin: str, said: LogRestarted) -> bool:
    head = snapshot.public_log.checkpoint(said.size)
    try:
        acts = snapshot.audit_log.of_object(origin)
    except ValueError:  # a value that no program of ours writes: the chain of hashes tells where
        return False
    return (
        said.origin == origin
        and said.kept < said.size
        and head is not None
        and base64url.encode(head.root) == said.root
        and (said.kept == 0 or snapshot.public_log.checkpoint(said.kept) is not None)
        and any(
            (entry.action, entry.details.get("kept"), entry.details.get("size")) == (LOG_RESTORED, said.kept, said.size)
            for entry in acts
        )
    )
