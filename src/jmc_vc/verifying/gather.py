"""Fetch everything that the checks will need, into frozen evidence: keys (`keys`), what the public log says of their
signatures (`signature_log`), status, the register.

Status lists of other hosts are not asked for: what they would have to say is *unknown*, neither fine nor forged.
"""

from collections.abc import Callable
from dataclasses import dataclass

from jmc_vc.domain.achievement import achievement
from jmc_vc.domain.credential import Credential, RowState
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.outside_did import OutsideDid
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.signing_key import JMC, KeyState, SigningKey
from jmc_vc.domain.status_list import StatusPurpose
from jmc_vc.errors import Error, Unavailable
from jmc_vc.formats.data_integrity.hash_data import Unsecured, as_json_ld
from jmc_vc.formats.data_integrity.proof import Proof
from jmc_vc.formats.data_integrity.verify_proof import covers_bytes, verify_proof
from jmc_vc.formats.did import did_web
from jmc_vc.formats.did.document import KeyNotBound, VerificationMethod
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.encoding.public_key import PublicKey, WeakKey
from jmc_vc.formats.issuer_signature import of_jws, of_proof
from jmc_vc.formats.jsonld import Contexts, canonical_nquads, require_covered
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.formats.status.bitstring import PastTheEnd
from jmc_vc.formats.status.entry import RevocationListEntry, StatusEntry
from jmc_vc.formats.status.status_list_credential import WrongListIssuer
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot
from jmc_vc.verifying.evidence import Evidence, LogAnswer, Logged, ProofEvidence, StatusEvidence
from jmc_vc.verifying.keys import FindKey, RsaKeys, own_slug
from jmc_vc.verifying.own_lists import own_list
from jmc_vc.verifying.presented import Presented
from jmc_vc.verifying.presented_token import PresentedToken
from jmc_vc.verifying.signature_log import CredentialLog, SignatureLog, own_uuid


class StatusListUnavailable(Unavailable):
    """The status list lies on another host, which was not asked."""

    code = "status.retrieval"


@dataclass(frozen=True, kw_only=True)
class Gather:
    """Evidence for one presented credential."""

    database: Database
    site: Site
    contexts: Contexts
    find_key: FindKey
    signature_log: SignatureLog

    def __call__(self, presented: Presented, rsa_keys: RsaKeys) -> Evidence:
        """Everything that the checks need. Never raises for what is wrong with the credential. `rsa_keys` are those
        of the request so far."""
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
            signatures = self._signatures(tx, presented, log, rsa_keys)
            context, coverage = self._read_as_linked_data(presented, signatures)
            return Evidence(
                context=context,
                coverage=coverage,
                proofs=signatures,
                statuses=tuple(
                    each for entry in presented.statuses for each in self._statuses(tx, entry, presented.issuer_id)
                ),
                issuer=None if registered is None else tx.issuers.get(registered),
                outside_did=outside_did,
                program=program,
                siblings=siblings,
                is_ours=slug is not None,
                own_row=self._own_row(tx, presented, slug),
                says_what_was_approved=program is not None and self._says_what_was_approved(presented, program),
            )

    def _read_as_linked_data(
        self, presented: Presented, signatures: tuple[ProofEvidence, ...]
    ) -> tuple[Error | None, Error | None]:
        """What is wrong with the contexts, and what of the credential is under no signature."""
        proofs = presented.proofs if isinstance(presented.proofs, tuple) else ()
        by_bytes = presented.token is not None or any(
            covers_bytes(proof) and each.signature is None for proof, each in zip(proofs, signatures, strict=False)
        )
        if proofs and not by_bytes and all(each.signature is None for each in signatures):
            return None, None  # each was verified over the whole credential, which refuses what it would lose
        try:
            require_covered(as_json_ld(presented.document), self.contexts)
        except Error as err:
            return (err if err.code.startswith("context.") else None), (None if by_bytes else err)
        return None, None

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

    def _signatures(
        self, tx: Snapshot, presented: Presented, log: CredentialLog, rsa_keys: RsaKeys
    ) -> tuple[ProofEvidence, ...]:
        """Those of the embedded proofs, in their order, and then that of the token."""
        found = []
        if isinstance(presented.proofs, tuple):
            unsecured = Unsecured(presented.document, self.contexts)
            found = [self._proof(tx, unsecured, proof, log) for proof in presented.proofs]
        if isinstance(presented.token, PresentedToken):
            found.append(self._token(tx, presented.token, presented.issuer_id, log, rsa_keys))
        return tuple(found)

    def _proof(self, tx: Snapshot, unsecured: Unsecured, proof: Proof, log: CredentialLog) -> ProofEvidence:
        own_key = self._own_key(tx, proof.verification_method)
        method = _reported(own_key, proof.verification_method) or _or_why_not(
            lambda: self.find_key.named(tx, proof.verification_method)
        )
        created = proof.created.instant if proof.created else None
        fault = _fault(method, lambda key: verify_proof(unsecured, proof, key))
        logged = _on_record(log, own_key, fault, lambda: of_proof(proof))
        return ProofEvidence(
            signer=proof.verification_method.partition("#")[0],
            method=method,
            own_key=own_key,
            log=logged,
            first_key=_first_key(tx, own_key, logged),
            signature=fault,
            made=created,
            created=created,
            expires=proof.expires.instant if proof.expires else None,
        )

    def _token(
        self, tx: Snapshot, token: PresentedToken, issuer_id: str | None, log: CredentialLog, rsa_keys: RsaKeys
    ) -> ProofEvidence:
        method_id = self.find_key.method_of_token(token.kid, issuer_id)
        own_key = None if method_id is None else self._own_key(tx, method_id)
        method = _reported(own_key, method_id, token.jwk) or _or_why_not(
            lambda: self.find_key.of_token(tx, token.kid, token.jwk, issuer_id)
        )
        if method_id is None and isinstance(method, VerificationMethod):
            method_id = method.id  # found by the key in the header, among the issuer's own
            own_key = self._own_key(tx, method_id)
        fault = _fault(method, lambda key: rsa_keys.verify(token.jws, key))
        logged = _on_record(log, own_key, fault, lambda: of_jws(token.jws))
        return ProofEvidence(
            signer=None if method_id is None else method_id.partition("#")[0],
            method=fault if isinstance(fault, WeakKey) else method,  # judged no sooner than used
            own_key=own_key,
            log=logged,
            first_key=_first_key(tx, own_key, logged),
            signature=fault,
            made=token.not_before or token.issued_at,
            created=None,
            expires=None,
        )

    def _own_key(self, tx: Snapshot, method_id: str) -> SigningKey | None:
        did, _, kid = method_id.partition("#")
        owner = JMC if did == self.site.did else own_slug(self.site, did)
        if owner is None:
            return None
        return next((key for key in tx.signing_keys.of_owner(owner) if key.kid == kid), None)

    def _own_row(self, tx: Snapshot, presented: Presented, slug: str | None) -> Credential | None:
        """The row of the credential with this id, if this issuer issued one."""
        uuid = own_uuid(self.site, presented)
        row = None if slug is None or uuid is None else tx.credentials.get(uuid)
        return row if row is not None and row.issuer == slug and row.row_state is RowState.ISSUED else None

    def _statuses(self, tx: Snapshot, entry: StatusEntry | Error, issuer_id: str | None) -> tuple[StatusEvidence, ...]:
        if isinstance(entry, Error):
            return (StatusEvidence(purpose="revocation", row=entry),)
        if isinstance(entry, RevocationListEntry):
            # A list of ours names the credentials by their ids; the row of that id is judged in any case.
            ours = self._own_revocation_list(tx, entry, issuer_id)
            return () if ours else (StatusEvidence(purpose="revocation", row=StatusListUnavailable()),)
        number = own_list(self.site, entry)
        if number is None:
            return (StatusEvidence(purpose=entry.purpose, row=StatusListUnavailable()),)
        status_list = tx.status_lists.get(number)
        if status_list is None or self.site.issuer_did(status_list.issuer) != issuer_id:
            return (StatusEvidence(purpose=entry.purpose, row=WrongListIssuer()),)
        if entry.index >= status_list.size:
            return (StatusEvidence(purpose=entry.purpose, row=PastTheEnd()),)
        row = tx.credentials.at_place(number, entry.index) or tx.lost_credentials.at_place(number, entry.index)
        # One entry stands in the credential; its sibling list has the same index, and we always read both.
        return tuple(StatusEvidence(purpose=purpose, row=row) for purpose in StatusPurpose)

    def _own_revocation_list(self, tx: Snapshot, entry: RevocationListEntry, issuer_id: str | None) -> bool:
        number = own_list(self.site, entry)
        status_list = None if number is None else tx.status_lists.get(number)
        return status_list is not None and self.site.issuer_did(status_list.issuer) == issuer_id


def _reported(
    key: SigningKey | None, method_id: str | None, claimed: PublicKey | None = None
) -> VerificationMethod | Error | None:
    """A key of ours that was reported as compromised, by its row; None if `key` is another. The DID document shows it
    as revoked and for no use: that is for readers who have nothing else to go by. `claimed` is the key that a token
    says to be signed with."""
    if key is None or method_id is None or key.state is not KeyState.COMPROMISED:
        return None
    if (key.published_at or key.active_from) is None:
        return None  # it was never shown to anybody, and never signed anything
    public_key = decode_multikey(key.public_key)
    if claimed is not None and claimed != public_key:
        return KeyNotBound(pointer="/jwk")
    return VerificationMethod(id=method_id, controller=method_id.partition("#")[0], public_key=public_key)


def _on_record(
    log: CredentialLog, key: SigningKey | None, fault: Error | None, signature: Callable[[], bytes]
) -> LogAnswer | None:
    return None if key is None or fault is not None else log.answer(key, signature())


def _first_key(tx: Snapshot, key: SigningKey | None, log: LogAnswer | None) -> SigningKey | None:
    if key is None or not isinstance(log, Logged):
        return None
    return key if log.first_kid == key.kid else tx.signing_keys.get(key.owner, log.first_kid)


def _or_why_not(find: Callable[[], VerificationMethod]) -> VerificationMethod | Error:
    try:
        return find()
    except Error as err:
        return err


def _fault(method: VerificationMethod | Error, verify: Callable[[PublicKey], None]) -> Error | None:
    """Why the signature is not right, if it is not; without a key, why there is none."""
    if isinstance(method, Error):
        return method
    try:
        verify(method.public_key)
    except Error as err:
        return err
    return None


def _outside_did(tx: Snapshot, issuer_id: str | None) -> OutsideDid | None:
    return None if issuer_id is None or len(issuer_id) > did_web.LONGEST else tx.outside_dids.get(issuer_id)


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
