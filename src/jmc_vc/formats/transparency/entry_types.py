"""The entries of our log as values; what they are as bytes, and why they may be public, is told in `log_entry`."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from jmc_vc.errors import Unacceptable


class BadLogEntry(Unacceptable):
    """A member is missing, one too many, or not of its form."""

    code = "log.entry"


@dataclass(frozen=True, kw_only=True)
class CredentialIssued:
    """The issuer signed a credential: one entry for each form in which it was made. `digest` is `credential_digest`."""

    at: datetime
    issuer: str
    kid: str
    format: str
    list_number: int
    status_index: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class StatusChanged:
    """From now on the status list says `state` of the credential at this index."""

    at: datetime
    issuer: str
    list_number: int
    status_index: int
    state: str


@dataclass(frozen=True, kw_only=True)
class ProgramChanged:
    """What happened to a program version. An approval names its decision, a submission has none yet. Raises log.entry
    when that is not so."""

    at: datetime
    number: str
    version: str
    event: str
    content_digest: str
    decision: str | None = None

    def __post_init__(self) -> None:
        if (self.event == "approved" and self.decision is None) or (self.event == "submitted" and self.decision):
            raise BadLogEntry(pointer="/decision")


@dataclass(frozen=True, kw_only=True)
class KeyChanged:
    """A step in a key's life. `since` is from when on signatures of a compromised key are not believed; no other event
    has it. Raises log.entry when that is not so."""

    at: datetime
    owner: str
    kid: str
    algorithm: str
    public_key: str
    event: str
    since: datetime | None = None

    def __post_init__(self) -> None:
        if (self.event == "compromised") != (self.since is not None):
            raise BadLogEntry(pointer="/since")


@dataclass(frozen=True, kw_only=True)
class DidDocumentPublished:
    """The DID document is now the one with this digest over its canonical bytes."""

    at: datetime
    did: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class IssuerChanged:
    """An issuer was registered, suspended or reinstated; or a DID of its own was registered, with the document that it
    is judged by from now on, or ended. Raises log.entry when the digest of that document is missing, or there without
    one."""

    at: datetime
    did: str
    number: str
    event: str
    document_digest: str | None = None

    def __post_init__(self) -> None:
        if (self.event == "did-registered") != (self.document_digest is not None):
            raise BadLogEntry(pointer="/documentDigest")


@dataclass(frozen=True, kw_only=True)
class AuditHead:
    """The audit log had `entries` entries, and `hash` at the end of its chain."""

    at: datetime
    entries: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class LogRestarted:
    """The database was set back to an older one, with the first `kept` entries. The last checkpoint that was published
    before had `origin`, `size` and `root`. `restored`: the entries that were missing were put back from published
    copies, and the same log goes on. `succeeded`: they are lost, and this is a new log under another origin."""

    at: datetime
    reason: str
    origin: str
    size: int
    root: str
    kept: int


LogEntry: TypeAlias = (
    CredentialIssued
    | StatusChanged
    | ProgramChanged
    | KeyChanged
    | DidDocumentPublished
    | IssuerChanged
    | AuditHead
    | LogRestarted
)
