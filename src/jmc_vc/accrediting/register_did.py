"""Register the DID under which an issuer signs with keys of its own, or a newer document of it.

1. The DID is a did:web on a host of the issuer's.
2. The document is that DID's, and every key in it that may sign credentials is sound and neither ours nor another
   issuer's.
3. The issuer has one of them: it signed our challenge, which was made for it and this DID and is used once.
4. Recorded: the document as the pinned one, in the audit log and in the public log.

Other hosts are not asked, so the document is the one that was handed in. From then on the issuer's credentials are
judged by it, for the programs that are approved for this issuer, until a newer one is registered or this one ended.
"""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.accrediting.challenge_did import require_unused, when_challenged
from jmc_vc.accrediting.outside_place import require_outside
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.outside_did import DidTaken, OutsideDid
from jmc_vc.errors import Conflict, Unacceptable
from jmc_vc.formats import jcs
from jmc_vc.formats.did.document import VerificationMethod, assertion_methods, read_document, verification_method
from jmc_vc.formats.encoding.multikey import encode_multikey
from jmc_vc.formats.jose import compact_jws, key_possession
from jmc_vc.formats.jose.key_possession import PossessionProof
from jmc_vc.formats.transparency.entry_types import IssuerChanged
from jmc_vc.formats.transparency.log_entry import write_log_entry
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.audit_log import Detail
from jmc_vc.storage.database import Database
from jmc_vc.storage.outside_dids import pinned_keys
from jmc_vc.storage.public_log import NewEntry
from jmc_vc.storage.transaction import Snapshot, Transaction


class KeyHasEnded(Unacceptable):
    """The key that signed the proof has expired or is revoked by its own document."""

    code = "did.possession_key"


class KeyIsOurs(Conflict):
    """A key of the document is kept by this service: what it signs is to be found in our log, and nowhere else."""

    code = "did.key_is_ours"


class KeyOfAnother(Conflict):
    """A key of the document stands in that of another issuer's DID, be it ended: two who sign with one key cannot be
    told apart."""

    code = "did.key_of_another"


@dataclass(frozen=True, kw_only=True)
class _Proved:
    """What steps 1 to 3 found: the digest of the document, the keys that may sign credentials, the one that signed."""

    digest: str
    public_keys: tuple[str, ...]
    method_id: str
    challenged_at: datetime


@dataclass(frozen=True, kw_only=True)
class RegisterDid:
    """Register a DID of an issuer's own, or renew its document."""

    database: Database
    kek: KeyEncryptionKey
    site: Site

    def __call__(
        self, slug: str, did: str, *, document: bytes, proof: str, reason: str, actor: Actor, now: datetime
    ) -> OutsideDid:
        """The registration. `document` is the DID document in JSON, `proof` a compact JWS (`key_possession`). Raises
        IssuerNotFound, DidTaken, KeyIsOurs, KeyOfAnother, KeyHasEnded, what `require_outside` and `when_challenged`
        raise, and the errors of DID documents, keys and tokens; nothing was changed then."""
        proved = self._proved(slug, did, document, proof, now)
        registration = OutsideDid(did=did, issuer=slug, document=document, registered_at=now, ended_at=None)

        def work(tx: Transaction) -> None:  # 4
            known = tx.outside_dids.for_change(did)
            issuer = _require_free(tx, known, slug, proved)
            (tx.outside_dids.add if known is None else tx.outside_dids.save)(registration)
            entry = IssuerChanged(
                at=now, did=did, number=issuer.number, event="did-registered", document_digest=proved.digest
            )
            tx.public_log.append([NewEntry(kind="issuer", at=now, body=write_log_entry(entry))])
            details: dict[str, Detail] = {"issuer": slug, "document": proved.digest, "key": proved.method_id}
            tx.audit_log.append("did-registered", did, actor, now, reason=reason, details=details)

        self.database.write(work)
        return registration

    def check(self, slug: str, did: str, *, document: bytes, proof: str, now: datetime) -> str:
        """The digest of the document, when nothing speaks against its registration. Raises as the call does, and
        changes nothing."""
        proved = self._proved(slug, did, document, proof, now)
        with self.database.read() as snapshot:
            _require_free(snapshot, snapshot.outside_dids.get(did), slug, proved)
        return proved.digest

    def _proved(self, slug: str, did: str, document: bytes, proof: str, now: datetime) -> _Proved:
        require_outside(did, self.site)  # 1
        read = read_document(document)  # 2
        methods = assertion_methods(read, did)
        found = key_possession.read(proof, did=did, audience=self.site.did)  # 3
        challenged_at = when_challenged(found.nonce, self.kek, slug, did, now=now)
        _verify(found, verification_method(read, found.method_id), now)
        return _Proved(
            digest=jcs.digest(read),
            public_keys=tuple(encode_multikey(each.public_key) for each in methods),
            method_id=found.method_id,
            challenged_at=challenged_at,
        )


def _require_free(snapshot: Snapshot, known: OutsideDid | None, slug: str, proved: _Proved) -> Issuer:
    """The issuer, when nothing on record speaks against it."""
    issuer = snapshot.issuers.registered(slug)
    if known is not None and known.issuer != slug:
        raise DidTaken
    require_unused(proved.challenged_at, known)
    if snapshot.signing_keys.any_of(proved.public_keys):
        raise KeyIsOurs
    for other in snapshot.outside_dids.all():
        if other.issuer != slug and not pinned_keys(other).isdisjoint(proved.public_keys):
            raise KeyOfAnother
    return issuer


def _verify(proof: PossessionProof, method: VerificationMethod, now: datetime) -> None:
    if any(end is not None and end <= now for end in (method.expires, method.revoked)):
        raise KeyHasEnded(pointer="/kid")
    compact_jws.verify(proof.jws, method.public_key)
