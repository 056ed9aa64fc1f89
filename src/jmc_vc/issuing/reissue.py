"""Sign the credentials of a compromised key anew, so that they no longer rest on it.

1. Which credentials are still under that key? That is all that is remembered of how far the work is: interrupted, it
   goes on where it stopped, and of two processes that do it at once each credential is changed by one.
2. Of each, the log says whether it was signed before others may have had the key. What came later could be somebody
   else's, and is left as it is; so is what was revoked. Erased credentials have nothing that could be signed.
3. It is signed anew with the issuer's active key of that kind (`sign_anew`), outside any transaction.
4. One transaction: the key is still active and the document still the one that was read; the new bytes take its place,
   with entries in the public log and in the audit log.                                                      COMMIT

What the holders have goes on verifying here, with a note; to readers who know only the DID document, the new copies are
the ones that count.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.credential import CredentialState, Representation
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer, IssuerNotFound, ensure_may_sign
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.errors import Conflict
from jmc_vc.issuing.logged import issued_entries
from jmc_vc.issuing.record import KeyRotated
from jmc_vc.issuing.secure import key_of
from jmc_vc.issuing.sign_anew import Fate, SignAnew, Work, any_came_late
from jmc_vc.issuing.signing_time import require_clock
from jmc_vc.issuing.stored_facts import NoActiveKey
from jmc_vc.sealing import seal
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.audit_log import Happening
from jmc_vc.storage.credentials import SealedDocument
from jmc_vc.storage.database import Database
from jmc_vc.storage.sealed_parts import document_context
from jmc_vc.storage.signed_documents import Replacement
from jmc_vc.storage.transaction import Snapshot, Transaction


class NotCompromised(Conflict):
    """The issuer has no key of this id that was reported as compromised: what others cannot have signed needs no new
    signature."""

    code = "key.not_compromised"


@dataclass(frozen=True, kw_only=True)
class ReissueScope:
    """What there is to be done: `credentials` that are still under the key, and `erased` ones that were."""

    issuer: Issuer
    key: SigningKey
    credentials: int
    erased: int


@dataclass(frozen=True, kw_only=True)
class ReissuedBatch:
    """What became of each credential of a batch. `learners` has a keyed hash of each learner with a new copy; `last` is
    where the batch ended, None when there are no more."""

    fates: Mapping[UUID, Fate]
    learners: frozenset[bytes]
    last: UUID | None


@dataclass(frozen=True, kw_only=True)
class Copies:
    """Credentials that were under the key and were signed anew, in whichever run: how many, a keyed hash of each of
    their learners, and those, but for revoked ones, that are no longer believed, because the theft was reported anew,
    since an earlier moment. No copy is better than what it was made of."""

    count: int
    learners: frozenset[bytes]
    too_late: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class _Ready:
    """A credential with the forms of it that are new."""

    work: Work
    forms: tuple[Representation, ...]

    @property
    def uuid(self) -> UUID:
        return self.work.credential.uuid


@dataclass(frozen=True, kw_only=True)
class _Run:
    """Of a batch: whose key, by which keys, in whose name and when."""

    slug: str
    kid: str
    keys: Mapping[str, SigningKey]
    actor: Actor
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Reissue:
    """At most `batch` credentials at a time: on SQLite nobody else writes while they are stored."""

    database: Database
    keyring: Keyring
    sign_anew: SignAnew
    site: Site
    random: Callable[[int], bytes]
    batch: int = 500

    def scope(self, slug: str, kid: str, *, now: datetime) -> ReissueScope:
        """How much it is. Raises ClockBehind, IssuerNotFound, NotCompromised, and why the issuer may not sign."""
        with self.database.read() as snapshot:
            issuer, key = _required(snapshot, slug, kid, now)
            return ReissueScope(
                issuer=issuer,
                key=key,
                credentials=snapshot.signed_documents.count_of_key(slug, kid),
                erased=snapshot.signed_documents.erased_of_key(slug, kid),
            )

    def copies(self, slug: str, kid: str) -> Copies:
        """What was signed anew so far in the place of that key's signatures."""
        with self.database.read() as snapshot:
            own = {key.kid: key for key in snapshot.signing_keys.of_owner(slug)}
            uuids = snapshot.signed_documents.reissued_of_key(slug, kid)
            return Copies(
                count=len(uuids),
                learners=snapshot.signed_documents.learners(uuids),
                too_late=tuple(
                    uuid for uuid in uuids if any_came_late(snapshot, uuid, own) and not _is_revoked(snapshot, uuid)
                ),
            )

    def __call__(
        self,
        slug: str,
        kid: str,
        *,
        after: UUID | None = None,
        actor: Actor,
        now: datetime,
        dry_run: bool = False,
    ) -> ReissuedBatch:
        """The next credentials `after` the last ones; with `dry_run` what would become of them. Raises as `scope` does,
        NoActiveKey, KeyRotated when the key was changed twice meanwhile, and a signer's Unavailable."""
        try:
            return self._batch(slug, kid, after, actor, now=now, dry_run=dry_run)
        except KeyRotated:
            return self._batch(slug, kid, after, actor, now=now, dry_run=dry_run)

    def _batch(
        self, slug: str, kid: str, after: UUID | None, actor: Actor, *, now: datetime, dry_run: bool
    ) -> ReissuedBatch:
        with self.database.read() as snapshot:
            _required(snapshot, slug, kid, now)
            own = {key.kid: key for key in snapshot.signing_keys.of_owner(slug)}
            uuids = snapshot.signed_documents.of_key(slug, kid, self.batch, after)  # 1
            found = {uuid: self.sign_anew.look_at(snapshot, uuid, kid, own) for uuid in uuids}  # 2
            works = {uuid: each for uuid, each in found.items() if isinstance(each, Work)}
            keys = _active_keys(snapshot, slug, works.values())
            learners = snapshot.signed_documents.learners(works if dry_run else ())
        run = _Run(slug=slug, kid=kid, keys=keys, actor=actor, now=now)
        fates = {uuid: each if isinstance(each, Fate) else Fate.REISSUED for uuid, each in found.items()}
        if not dry_run:
            ready: list[_Ready] = []
            usable = {algorithm: key_of(key, keyring=self.keyring, site=self.site) for algorithm, key in keys.items()}
            for uuid, work in works.items():
                forms = self.sign_anew.make(work, usable, now)  # 3
                if isinstance(forms, Fate):
                    fates[uuid] = forms
                else:
                    ready.append(_Ready(work=work, forms=forms))
            if ready:
                done, learners = self.database.write(lambda tx: self._record(tx, run, ready))  # 4
                fates |= {each.uuid: Fate.OVERTAKEN for each in ready if each.uuid not in done}
        return ReissuedBatch(fates=fates, learners=learners, last=uuids[-1] if uuids else None)

    def _record(self, tx: Transaction, run: _Run, ready: Sequence[_Ready]) -> tuple[frozenset[UUID], frozenset[bytes]]:
        _required(tx, run.slug, run.kid, run.now)
        for algorithm, key in run.keys.items():
            active = tx.signing_keys.active(run.slug, algorithm)
            if active is None or active.kid != key.kid:
                raise KeyRotated
        done = frozenset(tx.signed_documents.replace([_replacement(each) for each in ready]))
        stored = [each for each in ready if each.uuid in done]
        tx.public_log.append(
            entry
            for each in stored
            for entry in issued_entries(
                each.work.credential, each.forms, site=self.site, random=self.random, at=run.now
            )
        )
        tx.audit_log.append_all(
            Happening(
                action="credential-reissued",
                object=str(each.uuid),
                actor=run.actor,
                at=run.now,
                details={"key": run.kid, "by": " ".join(sorted({form.kid for form in each.forms}))},
            )
            for each in stored
        )
        return done, tx.signed_documents.learners(done)


def _is_revoked(snapshot: Snapshot, uuid: UUID) -> bool:
    row = snapshot.credentials.get(uuid)
    return row is not None and row.state is CredentialState.REVOKED


def _required(snapshot: Snapshot, slug: str, kid: str, now: datetime) -> tuple[Issuer, SigningKey]:
    require_clock(snapshot, now)
    issuer = snapshot.issuers.get(slug)
    if issuer is None:
        raise IssuerNotFound
    key = snapshot.signing_keys.get(slug, kid)
    if key is None or key.state is not KeyState.COMPROMISED:
        raise NotCompromised
    # The awards were made while it was registered: what is asked here is whether it may sign today.
    ensure_may_sign(issuer, issuer.registered_from, jst_day(now))
    return issuer, key


def _active_keys(snapshot: Snapshot, slug: str, works: Iterable[Work]) -> dict[str, SigningKey]:
    """The key of each kind that is needed. Raises NoActiveKey."""
    keys: dict[str, SigningKey] = {}
    for algorithm in sorted({algorithm for work in works for algorithm in work.algorithms}):
        key = snapshot.signing_keys.active(slug, algorithm)
        if key is None:
            raise NoActiveKey
        keys[algorithm] = key
    return keys


def _replacement(ready: _Ready) -> Replacement:
    opened, forms = ready.work.opened, {each.format: each for each in ready.forms}
    return Replacement(
        uuid=ready.uuid,
        primary=ready.work.credential.forms[0],
        documents=[
            SealedDocument(
                format=form,
                sealed_document=seal(opened.data_key, each.body, document_context(ready.uuid, form)),
                digest=sha256(each.body).digest(),
                kid=each.kid,
            )
            for form, each in forms.items()
        ],
        replaced={each.format: sha256(each.body).digest() for each in opened.representations if each.format in forms},
    )
