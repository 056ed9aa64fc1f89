"""Gather everything that the checks need into frozen evidence: signatures, status, the register. From storage, in one
read transaction, and from what other hosts said, which was fetched before: `needs` tells what that should be.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.domain.accreditation import ProgramState
from jmc_vc.domain.credential import Credential, RowState
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer, IssuerState
from jmc_vc.domain.outside_did import OutsideDid
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.errors import Error
from jmc_vc.formats.did import did_web
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.storage.audit_log import (
    ISSUER_REINSTATED,
    ISSUER_SUSPENDED,
    PROGRAM_REINSTATED,
    PROGRAM_SUSPENDED,
    AuditEntry,
)
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot
from jmc_vc.verifying.approved_content import says_what_was_approved
from jmc_vc.verifying.borrowed import BorrowedNames
from jmc_vc.verifying.endorsements import Endorsements
from jmc_vc.verifying.evidence import Evidence, Refreshed, StatusEvidence, Suspended
from jmc_vc.verifying.foreign_lists import ForeignLists
from jmc_vc.verifying.keys import own_slug
from jmc_vc.verifying.outside import Need, Needs, Outside
from jmc_vc.verifying.own_lists import OwnLists, own_uuid
from jmc_vc.verifying.presented import Presented, PresentedEndorsement, Stated
from jmc_vc.verifying.signature_log import CredentialLog, SignatureLog, uuid_at_place
from jmc_vc.verifying.signatures import Grounds, Signatures
from jmc_vc.verifying.stored_documents import StoredDocuments
from jmc_vc.verifying.terms import Terms


@dataclass(frozen=True, kw_only=True)
class Gather:
    """Evidence for one presented credential."""

    database: Database
    site: Site
    contexts: Contexts
    signatures: Signatures
    documents: StoredDocuments
    signature_log: SignatureLog
    own_lists: OwnLists
    foreign_lists: ForeignLists
    endorsements: Endorsements
    borrowed_names: BorrowedNames

    def needs(self, presented: Presented) -> Needs:
        """What other hosts have to say about the credential, and nothing that no check asks for: no schemas, pictures,
        evidence or contexts (VJ-67, VJ-68)."""
        every: tuple[Stated, ...] = (presented, *presented.endorsements)
        return Needs.of(need for each in every for need in self._needs(each))

    def __call__(
        self, presented: Presented, outside: Outside, terms: Terms, refreshed: Refreshed | None = None
    ) -> Evidence:
        """Everything that the checks need. Never raises for what is wrong with the credential."""
        credential = presented.credential if isinstance(presented.credential, OpenBadgeCredential) else None
        slug = own_slug(self.site, presented.issuer_id)
        # Before the other transaction: all threads at once, each waiting for a second connection, would wait for ever.
        by_us = slug is not None or presented.issuer_id == self.site.did
        log = self.signature_log(presented) if by_us else CredentialLog(site=self.site)
        with self.database.read() as tx:
            outside_did = _outside_did(tx, presented.issuer_id)
            registered = slug if outside_did is None else outside_did.issuer
            siblings = _siblings(tx, credential)
            program = _named(siblings, credential)
            documents = self.documents.at(tx, outside)
            grounds = Grounds(keys=tx.signing_keys, documents=documents, log=log, work=terms.work)
            signatures = self.signatures(presented, grounds)
            context, coverage = self.signatures.read_as_linked_data(presented, signatures)
            issuer = None if registered is None else tx.issuers.get(registered)
            approved = program is not None and says_what_was_approved(presented, program, self.site, self.contexts)
            return Evidence(
                context=context,
                coverage=coverage,
                proofs=signatures,
                statuses=tuple(self._statuses(tx, presented, registered, grounds, terms.now)),
                issuer=issuer,
                outside_did=outside_did,
                suspensions=() if outside_did is None or issuer is None else _of_issuer(tx, issuer),
                program_suspensions=() if outside_did is None or program is None else _of_program(tx, program),
                program=program,
                siblings=siblings,
                is_ours=slug is not None,
                own_row=self._own_row(tx, presented, slug),
                says_what_was_approved=approved,
                refreshed=refreshed,
                endorsements=self.endorsements(
                    presented,
                    grounds,
                    lambda each, theirs: self._of_endorsement(tx, each, theirs, terms),
                    approved=approved,
                ),
                borrowed=self.borrowed_names(tx, presented) if issuer is None else None,
            )

    def _needs(self, stated: Stated) -> tuple[Need | None, ...]:
        keys = self.signatures.needs(stated)
        return (*keys, *self.foreign_lists.needs(stated, keys))

    def _of_endorsement(
        self, tx: Snapshot, endorsement: PresentedEndorsement, grounds: Grounds, terms: Terms
    ) -> tuple[Issuer | None, Iterator[StatusEvidence]]:
        outside_did = _outside_did(tx, endorsement.issuer_id)
        registered = own_slug(self.site, endorsement.issuer_id) if outside_did is None else outside_did.issuer
        issuer = None if registered is None else tx.issuers.get(registered)
        return issuer, self._statuses(tx, endorsement, registered, grounds, terms.now)

    def _own_row(self, tx: Snapshot, presented: Presented, slug: str | None) -> Credential | None:
        """The row of the credential with this id, if this issuer issued one."""
        uuid = own_uuid(self.site, presented) or uuid_at_place(tx, self.site, presented)
        row = None if slug is None or uuid is None else tx.credentials.get(uuid)
        return row if row is not None and row.issuer == slug and row.row_state is RowState.ISSUED else None

    def _statuses(
        self, tx: Snapshot, presented: Stated, registered: str | None, grounds: Grounds, now: datetime
    ) -> Iterator[StatusEvidence]:
        for entry in presented.statuses:
            if isinstance(entry, Error):
                yield StatusEvidence(entry)
            elif self.own_lists.has(entry):
                yield from self.own_lists(tx, entry, presented, registered)
            else:
                try:
                    found = self.foreign_lists(entry, presented, grounds, now)
                except Error as err:
                    yield StatusEvidence(err)
                else:
                    yield StatusEvidence(found)


def _outside_did(tx: Snapshot, issuer_id: str | None) -> OutsideDid | None:
    return None if issuer_id is None or len(issuer_id) > did_web.LONGEST else tx.outside_dids.get(issuer_id)


def _of_issuer(tx: Snapshot, issuer: Issuer) -> tuple[Suspended, ...]:
    over = issuer.state is not IssuerState.SUSPENDED
    return tuple(_suspensions(tx.audit_log.of_object(issuer.slug), ISSUER_SUSPENDED, ISSUER_REINSTATED, over=over))


def _of_program(tx: Snapshot, version: ProgramVersion) -> tuple[Suspended, ...]:
    over = version.state is ProgramState.APPROVED
    acts = tx.audit_log.of_object(f"{version.number} v{version.version}")
    return tuple(_suspensions(acts, PROGRAM_SUSPENDED, PROGRAM_REINSTATED, over=over))


def _suspensions(acts: Iterable[AuditEntry], begun: str, lifted: str, *, over: bool) -> Iterator[Suspended]:
    """The suspensions among `acts`. Where all are `over` and the end of one was lost with a database that was set back,
    nobody knows what was during it."""
    since: datetime | None = None
    for act in acts:
        if act.action == begun:
            since = act.at
        elif act.action == lifted and since is not None:
            yield Suspended(since, act.at)
            since = None
    if since is not None and not over:
        yield Suspended(since, None)


def _siblings(tx: Snapshot, credential: OpenBadgeCredential | None) -> tuple[ProgramVersion, ...]:
    """All versions of the program that the credential names."""
    if credential is None or credential.program_version is None:
        return ()
    return tuple(tx.programs.versions(credential.program_version.program_number))


def _named(siblings: tuple[ProgramVersion, ...], credential: OpenBadgeCredential | None) -> ProgramVersion | None:
    if credential is None or credential.program_version is None:
        return None
    version = credential.program_version.version
    return next((each for each in siblings if each.version == version), None)
