"""An issuer reads one of its own credentials again, and what the public log says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jmc_vc.domain.actor import Actor, Scope, ensure_scope
from jmc_vc.domain.credential import CredentialNotFound, Format
from jmc_vc.formats.transparency.entry_types import CredentialIssued
from jmc_vc.formats.transparency.log_entry import read_log_entry
from jmc_vc.publishing.credential import FetchCredential, FetchedCredential
from jmc_vc.publishing.log_proof import ProvenEntry, proven_entries
from jmc_vc.storage.database import Database
from jmc_vc.storage.public_log import LogEntry


@dataclass(frozen=True, kw_only=True)
class OwnCredential(FetchedCredential):
    """`logged` has the places in the public log of those forms that have theirs already."""

    logged: Mapping[Format, int]


@dataclass(frozen=True, kw_only=True)
class OwnLogEntry:
    """An entry of the public log that says that a form of the credential was signed. `salt` is what its digest was made
    with."""

    at: datetime
    form: Format
    salt: bytes
    proven: ProvenEntry


@dataclass(frozen=True, kw_only=True)
class FindOwnCredential:
    """A credential of the caller's organization. That of another one does not exist for it, and the attempt is on
    record."""

    database: Database
    fetch_credential: FetchCredential

    def __call__(self, uuid: UUID, *, actor: Actor, now: datetime) -> OwnCredential:
        """The credential. Raises CredentialNotFound for unknown and foreign ones alike, and what FetchCredential
        raises."""
        ensure_scope(actor, Scope.READ)
        with self.database.read() as snapshot:
            known = snapshot.credentials.get(uuid)
            entries = snapshot.public_log.of_credential(uuid)
        if known is None:
            raise CredentialNotFound
        if known.issuer != actor.issuer:
            with self.database.begin() as tx:
                tx.audit_log.append("foreign-credential-refused", str(uuid), actor, now)
            raise CredentialNotFound
        found = self.fetch_credential(uuid, for_issuer=True, now=now)
        places = {each.form: each.leaf for each in _placed(entries)}  # of a form signed twice, the last signature's
        return OwnCredential(record=found.record, representations=found.representations, logged=places)


@dataclass(frozen=True, kw_only=True)
class FindOwnLogEntries:
    """What the public log says of one of the caller's own credentials, with proofs."""

    database: Database
    find_assertion: FindOwnCredential

    def __call__(self, uuid: UUID, *, actor: Actor, now: datetime) -> tuple[OwnLogEntry, ...]:
        """The entries that have their places, oldest first. Raises what FindOwnCredential raises."""
        self.find_assertion(uuid, actor=actor, now=now)
        with self.database.read() as snapshot:
            placed = _placed(snapshot.public_log.of_credential(uuid))
            proven = proven_entries(snapshot, *(each.leaf for each in placed)) if placed else ()
        return tuple(
            OwnLogEntry(at=each.at, form=each.form, salt=each.salt, proven=proof)
            for each, proof in zip(placed, proven, strict=True)
        )


@dataclass(frozen=True)
class _Placed:
    leaf: int
    at: datetime
    form: Format
    salt: bytes


def _placed(entries: Sequence[LogEntry]) -> list[_Placed]:
    """Those that have their places, oldest first."""
    placed: list[_Placed] = []
    for entry in entries:
        said = read_log_entry(entry.body)
        if entry.leaf is not None and entry.salt is not None and isinstance(said, CredentialIssued):
            placed.append(_Placed(entry.leaf, said.at, Format(said.format), entry.salt))
    return placed
