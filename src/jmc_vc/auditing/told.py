"""What the public log says of each thing, read from its entries in their order.

What an entry says must be possible after what was said before: a key that never was created is not activated, and a
revoked credential is not revoked again. An entry that somebody put in is often caught by that alone.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jmc_vc.auditing.finding import Finding, wrong
from jmc_vc.auditing.verify_times import Times
from jmc_vc.domain import credential, issuer, signing_key
from jmc_vc.domain.accreditation import ProgramState
from jmc_vc.domain.credential import CredentialState
from jmc_vc.domain.issuer import IssuerState
from jmc_vc.domain.signing_key import KeyState
from jmc_vc.errors import Error
from jmc_vc.formats.transparency.entry_types import (
    AuditHead,
    CredentialIssued,
    DidDocumentPublished,
    IssuerChanged,
    KeyChanged,
    LogRestarted,
    ProgramChanged,
    StatusChanged,
)
from jmc_vc.formats.transparency.log_entry import ENTRY_TYPES, read_log_entry
from jmc_vc.storage.public_log import LogEntry

Place = tuple[int, int]
"""Number of the status list, and index in it."""

KEY_STATES: Final[Mapping[str, KeyState]] = {
    "created": KeyState.CREATED,
    "imported": KeyState.CREATED,
    "published": KeyState.PUBLISHED,
    "activated": KeyState.ACTIVE,
    "retired": KeyState.RETIRED,
    "compromised": KeyState.COMPROMISED,
    "destroyed": KeyState.DESTROYED,
}
PROGRAM_STATES: Final[Mapping[str, ProgramState]] = {
    "submitted": ProgramState.SUBMITTED,
    "approved": ProgramState.APPROVED,
    "suspended": ProgramState.SUSPENDED,
    "reinstated": ProgramState.APPROVED,
    "withdrawn": ProgramState.WITHDRAWN,
}
ISSUER_STATES: Final[Mapping[str, IssuerState]] = {
    "registered": IssuerState.REGISTERED,
    "suspended": IssuerState.SUSPENDED,
    "reinstated": IssuerState.REGISTERED,
}
_KINDS: Final = {each.entry: kind for kind, each in ENTRY_TYPES.items()}
_PROGRAM_MOVES: Final[Mapping[str | None, frozenset[str]]] = {
    None: frozenset({"submitted"}),
    "submitted": frozenset({"approved"}),
    "approved": frozenset({"suspended", "withdrawn"}),
    "suspended": frozenset({"reinstated", "withdrawn"}),
    "reinstated": frozenset({"suspended", "withdrawn"}),
    "withdrawn": frozenset(),
}


@dataclass(frozen=True)
class Issued:
    """What was logged at one place: by whom, and the forms with their keys. Equal ones are one object: there are few
    kinds and many places."""

    issuer: str
    forms: frozenset[tuple[str, str]]


@dataclass
class Told:
    """The state of everything after the entries that `read` was given. Owners and issuers are named by DID, program
    versions by number and version. `restored` are the sizes between which entries were put back after a loss,
    `restarts` the numbers of the entries that are believed when they tell of one."""

    issued: dict[Place, Issued] = field(default_factory=dict)
    statuses: dict[Place, StatusChanged] = field(default_factory=dict)
    keys: dict[tuple[str, str], KeyChanged] = field(default_factory=dict)
    programs: dict[tuple[str, str], ProgramChanged] = field(default_factory=dict)
    issuers: dict[str, IssuerChanged] = field(default_factory=dict)
    outside_dids: dict[str, IssuerChanged] = field(default_factory=dict)
    did_documents: dict[str, list[str]] = field(default_factory=dict)
    audit_heads: list[tuple[LogEntry, AuditHead]] = field(default_factory=list)
    restored: list[tuple[int, int]] = field(default_factory=list)
    restarts: Collection[int] = ()
    times: Times = field(default_factory=Times)
    _kinds: dict[Issued, Issued] = field(default_factory=dict)

    def read(self, entry: LogEntry) -> Iterator[Finding]:
        """Take in the next entry."""
        try:
            said = read_log_entry(entry.body)
        except Error:
            yield wrong("record.entry_unreadable", **_where(entry))
            return
        yield from self.times.read(entry)
        if (entry.kind, entry.at.replace(microsecond=0)) != (_KINDS[type(said)], said.at):
            yield wrong("record.entry_columns", **_where(entry))
        if not _READERS[type(said)](self, said, entry):
            yield wrong("record.entry_out_of_turn", kind=entry.kind, **_where(entry))

    def _credential(self, said: CredentialIssued, _: LogEntry) -> bool:
        place, form = (said.list_number, said.status_index), (said.format, said.kid)
        known = self.issued.get(place)
        if known is not None and (known.issuer != said.issuer or form in known.forms):
            return False
        made = Issued(said.issuer, (known.forms if known else frozenset()) | {form})
        self.issued[place] = self._kinds.setdefault(made, made)
        return True

    def _status(self, said: StatusChanged, _: LogEntry) -> bool:
        place = (said.list_number, said.status_index)
        before = self.statuses.get(place)
        state = CredentialState(before.state) if before else CredentialState.ACTIVE
        issued = self.issued.get(place)
        self.statuses[place] = said
        known = issued is not None and issued.issuer == said.issuer
        return known and CredentialState(said.state) in credential.MOVES[state]

    def _key(self, said: KeyChanged, _: LogEntry) -> bool:
        name = (said.owner, said.kid)
        before, self.keys[name] = self.keys.get(name), said
        state = KEY_STATES[said.event]
        if before is None:
            return state is KeyState.CREATED
        if (before.algorithm, before.public_key) != (said.algorithm, said.public_key):
            return False
        if before.since is not None and said.since is not None:
            return said.since < before.since  # reported again, since an earlier moment
        return state in signing_key.MOVES[KEY_STATES[before.event]]

    def _program(self, said: ProgramChanged, _: LogEntry) -> bool:
        name = (said.number, said.version)
        before, self.programs[name] = self.programs.get(name), said
        if before is not None and before.content_digest != said.content_digest:
            return False
        again = bool(self.restored) and said.event == "submitted"  # what was lost is entered anew
        return again or said.event in _PROGRAM_MOVES[before.event if before else None]

    def _issuer(self, said: IssuerChanged, _: LogEntry) -> bool:
        if said.event.startswith("did-"):
            before, self.outside_dids[said.did] = self.outside_dids.get(said.did), said
            return said.event == "did-registered" or (before is not None and before.event == "did-registered")
        earlier, self.issuers[said.did] = self.issuers.get(said.did), said
        if earlier is None or (self.restored and said.event == "registered"):
            return said.event == "registered"
        return said.event != "registered" and ISSUER_STATES[said.event] in issuer.MOVES[ISSUER_STATES[earlier.event]]

    def _did_document(self, said: DidDocumentPublished, _: LogEntry) -> bool:
        self.did_documents.setdefault(said.did, []).append(said.digest)
        return True

    def _audit_head(self, said: AuditHead, entry: LogEntry) -> bool:
        grows = not self.audit_heads or self.audit_heads[-1][1].entries < said.entries
        self.audit_heads.append((entry, said))
        return grows

    def _restart(self, said: LogRestarted, entry: LogEntry) -> bool:
        """The audit log of the time between was lost: its ends were those of entries that nobody has any more."""
        if entry.id not in self.restarts:
            return False
        self.restored.append((said.kept, said.size))
        self.audit_heads = [
            each for each in self.audit_heads if each[0].leaf is None or not said.kept <= each[0].leaf < said.size
        ]
        return entry.leaf is None or said.size <= entry.leaf


def _where(entry: LogEntry) -> dict[str, int]:
    """Its place in the log; the number after the last one for an entry that waits."""
    return {"number": entry.id, "place": -1 if entry.leaf is None else entry.leaf}


_READERS: Final[Mapping[type, Callable[[Told, Any, LogEntry], bool]]] = {
    CredentialIssued: Told._credential,  # noqa: SLF001 - the table of this module's own class
    StatusChanged: Told._status,  # noqa: SLF001
    KeyChanged: Told._key,  # noqa: SLF001
    ProgramChanged: Told._program,  # noqa: SLF001
    IssuerChanged: Told._issuer,  # noqa: SLF001
    DidDocumentPublished: Told._did_document,  # noqa: SLF001
    AuditHead: Told._audit_head,  # noqa: SLF001
    LogRestarted: Told._restart,  # noqa: SLF001
}
"""Of an entry's kind: takes it in, and says whether it was possible after what was said before."""
