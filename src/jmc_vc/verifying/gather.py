"""Fetch everything that the checks will need, into frozen evidence.

What stands under our own base URL comes from storage and never over HTTP: a process that fetches from itself deadlocks.
DIDs that say all in themselves are expanded. Other hosts are not asked: what they would have to say is *unknown*,
neither fine nor forged.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from jmc_vc.domain.achievement import achievement
from jmc_vc.domain.credential import Credential, RowState
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.signing_key import JMC, SigningKey
from jmc_vc.domain.status_list import StatusPurpose
from jmc_vc.errors import Error, NotFound, Unavailable
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import Proof
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.did import Expanded, did_method
from jmc_vc.formats.did.document import VerificationMethod, verification_method
from jmc_vc.formats.jsonld import Contexts, canonical_nquads, require_covered
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.formats.status.bitstring import PastTheEnd
from jmc_vc.formats.status.entry import BitstringStatusListEntry
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot
from jmc_vc.verifying.evidence import Evidence, ProofEvidence, StatusEvidence
from jmc_vc.verifying.presented import Presented


class DidUnavailable(Unavailable):
    """The DID document lies on another host, which was not asked."""

    code = "did.unavailable"


class StatusListUnavailable(Unavailable):
    """The status list lies on another host, which was not asked."""

    code = "status.retrieval"


class WrongStatusIssuer(Unavailable):
    """The status list is another issuer's, or there is no such list: it says nothing about this credential."""

    code = "status.issuer"


@dataclass(frozen=True, kw_only=True)
class Gather:
    """Evidence for one presented credential. `own_did_document` gives the document of a DID of ours, or raises
    NotFound."""

    database: Database
    site: Site
    contexts: Contexts
    own_did_document: Callable[[str | None], JsonObject]

    def __call__(self, presented: Presented) -> Evidence:
        """Everything that the checks need. Never raises for what is wrong with the credential."""
        proofs = presented.proofs if isinstance(presented.proofs, tuple) else ()
        credential = presented.credential if isinstance(presented.credential, OpenBadgeCredential) else None
        with self.database.read() as tx:
            slug = self._own_slug(presented.issuer_id)
            siblings = _siblings(tx, credential)
            program = _named(siblings, credential)
            unsecured = Unsecured(presented.document, self.contexts)
            signatures = tuple(self._proof(tx, unsecured, proof) for proof in proofs)
            return Evidence(
                coverage=self._coverage(presented, signatures),
                proofs=signatures,
                statuses=tuple(
                    each for entry in presented.statuses for each in self._statuses(tx, entry, presented.issuer_id)
                ),
                issuer=None if slug is None else tx.issuers.get(slug),
                program=program,
                siblings=siblings,
                is_ours=slug is not None,
                own_row=self._own_row(tx, presented, slug),
                says_what_was_approved=program is not None and self._says_what_was_approved(presented, program),
            )

    def _coverage(self, presented: Presented, signatures: tuple[ProofEvidence, ...]) -> Error | None:
        if signatures and all(each.signature is None for each in signatures):
            return None  # each of them was verified over the whole document, which refuses what it would lose
        try:
            require_covered(presented.document, self.contexts)
        except Error as err:
            return err
        return None

    def _says_what_was_approved(self, presented: Presented, program: ProgramVersion) -> bool:
        subject = presented.document.get("credentialSubject")
        shown = subject.get("achievement") if isinstance(subject, dict) else None
        approved: JsonObject = achievement(program.content, self.site)
        if shown == approved:
            return True
        if not isinstance(shown, dict):
            return False
        # A wallet may write sets in another order: what counts is what the achievement says, not how it is written.
        try:
            under = {"@context": presented.document.get("@context")}
            return canonical_nquads({**under, **shown}, self.contexts) == canonical_nquads(
                {**under, **approved}, self.contexts
            )
        except Error:
            return False

    def _proof(self, tx: Snapshot, unsecured: Unsecured, proof: Proof) -> ProofEvidence:
        own_key = self._own_key(tx, proof.verification_method)
        try:
            method = self._method(proof.verification_method)
        except Error as err:
            return ProofEvidence(proof=proof, method=err, own_key=own_key, signature=err)
        try:
            verify_proof(unsecured, proof, method.public_key)
        except Error as err:
            return ProofEvidence(proof=proof, method=method, own_key=own_key, signature=err)
        return ProofEvidence(proof=proof, method=method, own_key=own_key, signature=None)

    def _method(self, method_id: str) -> VerificationMethod:
        did = method_id.partition("#")[0]
        if did == self.site.did or did.startswith(f"{self.site.did}:"):
            try:
                document = self.own_did_document(self._own_slug(did))
            except NotFound as err:
                raise DidUnavailable from err
            return verification_method(document, method_id)
        known = did_method(did)
        if isinstance(known, Expanded):
            return verification_method(known.document(did), method_id)
        known.document_url(did)  # raises for an address that must not be opened
        raise DidUnavailable

    def _own_slug(self, did: str | None) -> str | None:
        prefix = self.site.issuer_did("")
        return did.removeprefix(prefix) if did is not None and did.startswith(prefix) else None

    def _own_key(self, tx: Snapshot, method_id: str) -> SigningKey | None:
        did, _, kid = method_id.partition("#")
        owner = JMC if did == self.site.did else self._own_slug(did)
        if owner is None:
            return None
        return next((key for key in tx.signing_keys.of_owner(owner) if key.kid == kid), None)

    def _own_row(self, tx: Snapshot, presented: Presented, slug: str | None) -> Credential | None:
        """The row of the credential with this id, if this issuer issued one."""
        credential_id = presented.document.get("id")
        prefix = f"{self.site.base_url}/credentials/"
        if slug is None or not isinstance(credential_id, str) or not credential_id.startswith(prefix):
            return None
        try:
            row = tx.credentials.get(UUID(credential_id.removeprefix(prefix)))
        except ValueError:
            return None
        return row if row is not None and row.issuer == slug and row.row_state is RowState.ISSUED else None

    def _statuses(
        self, tx: Snapshot, entry: BitstringStatusListEntry | Error, issuer_id: str | None
    ) -> tuple[StatusEvidence, ...]:
        if isinstance(entry, Error):
            return (StatusEvidence(purpose="revocation", row=entry),)
        number = self._own_list(entry)
        if number is None:
            return (StatusEvidence(purpose=entry.purpose, row=StatusListUnavailable()),)
        status_list = tx.status_lists.get(number)
        if status_list is None or self.site.issuer_did(status_list.issuer) != issuer_id:
            return (StatusEvidence(purpose=entry.purpose, row=WrongStatusIssuer()),)
        if entry.index >= status_list.size:
            return (StatusEvidence(purpose=entry.purpose, row=PastTheEnd()),)
        row = tx.credentials.at_place(number, entry.index)
        # One entry stands in the credential; its sibling list has the same index, and we always read both.
        return tuple(StatusEvidence(purpose=purpose, row=row) for purpose in StatusPurpose)

    def _own_list(self, entry: BitstringStatusListEntry) -> int | None:
        """The number of the list of ours that the entry names."""
        found = re.fullmatch(re.escape(f"{self.site.base_url}/status/") + r"([1-9][0-9]{0,9})/([a-z]+)", entry.list_url)
        return int(found[1]) if found is not None and found[2] == entry.purpose else None


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
