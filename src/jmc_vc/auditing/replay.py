"""Do to the rows what entries of the public log tell of, after a restore: what was decided stays decided.

Nothing is weakened: a state is taken over only in the direction in which the log moved it. What the log does not hold
is listed with what has to be done by hand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from jmc_vc.auditing.finding import Finding, wrong
from jmc_vc.auditing.lost_places import keep_places
from jmc_vc.auditing.told import KEY_STATES, Place
from jmc_vc.domain import issuer as issuers
from jmc_vc.domain import program as programs
from jmc_vc.domain.credential import CredentialState, RowState
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.key_event import KeyEvent, KeyEventKind
from jmc_vc.domain.proposal import ProposalState
from jmc_vc.domain.signing_key import JMC, LOG, MOVES, KeyState, SigningKey, moved
from jmc_vc.errors import Conflict
from jmc_vc.formats.jcs import canonicalize
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.formats.transparency.entry_types import (
    CredentialIssued,
    DidDocumentPublished,
    IssuerChanged,
    KeyChanged,
    LogEntry,
    ProgramChanged,
    StatusChanged,
)
from jmc_vc.signing.keyring import Keyring, KeyUnusable
from jmc_vc.storage.did_documents import DidDocumentVersion
from jmc_vc.storage.transaction import Transaction

RESTORED: Final = "restored from the public log"
"""The reason of a suspension whose own reason was lost: the log holds no texts that people wrote."""


@dataclass(kw_only=True)
class Replayed:
    """What became of the rows. `by_hand` are sentences: what was lost and what to do about it."""

    statuses: int = 0
    lost_credentials: int = 0
    lost_keys: list[str] = field(default_factory=list)
    by_hand: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Replay:
    """`announce` tells of steps in a key's life; `document_of` makes a DID document of an owner's keys; `random` makes
    bytes."""

    site: Site
    keyring: Keyring
    announce: Callable[[Transaction, str, Sequence[KeyEvent], datetime], None]
    document_of: Callable[[str, Iterable[SigningKey], Site], JsonObject]
    random: Callable[[int], bytes]

    def __call__(self, tx: Transaction, entries: Sequence[LogEntry], *, now: datetime) -> Replayed:
        """Do what `entries` tell of, in their order."""
        done = Replayed()
        places: dict[Place, CredentialIssued] = {}
        states: dict[Place, StatusChanged] = {}
        for said in entries:
            if isinstance(said, CredentialIssued):
                places[said.list_number, said.status_index] = said
            elif isinstance(said, StatusChanged):
                states[said.list_number, said.status_index] = said
            else:
                _READERS.get(type(said), _nothing)(self, tx, said, done)
        done.statuses = self._statuses(tx, states)
        done.lost_credentials = keep_places(
            tx, places, states, slug_of=self._slug, random=self.random, done=done.by_hand
        )
        self._end_lost_keys(tx, done, now)
        return done

    def doubt(self, tx: Transaction, *, now: datetime) -> list[Finding]:
        """What may have been taken back since the backup, and no log that is public tells of: every API key is revoked,
        for one that had been would be good again; operators, and proposals that are open, are named."""
        keys = [
            wrong("restore.api_key_revoked", issuer=key.issuer, prefix=key.prefix, label=key.label)
            for key in tx.api_keys.revoke_all(now)
        ]
        people = [
            wrong("restore.operator_to_confirm", name=each.name, at=each.added_at) for each in tx.operators.registered()
        ]
        acts = [
            wrong("restore.proposal_to_withdraw", number=each.number, name=each.proposed_by)
            for each in tx.proposals.latest()
            if each.state is ProposalState.OPEN
        ]
        return [*keys, *people, *acts]

    def _statuses(self, tx: Transaction, states: Mapping[Place, StatusChanged]) -> int:
        changed = 0
        for place, said in states.items():
            row = tx.credentials.at_place(*place)
            if row is None or row.row_state is not RowState.ISSUED or row.state == said.state:
                continue
            tx.credentials.save_status(
                replace(row, state=CredentialState(said.state), status_reason=None, status_at=said.at)
            )
            changed += 1
        for number in {place[0] for place in states}:
            if tx.status_lists.get(number) is not None:
                tx.status_lists.bump(number)
        return changed

    def _key(self, tx: Transaction, said: KeyChanged, done: Replayed) -> None:
        owner = self._owner(said.owner)
        if owner is None:
            return
        key = tx.signing_keys.get(owner, said.kid)
        if key is None:
            if KEY_STATES[said.event] is KeyState.CREATED:
                tx.signing_keys.add(_public_half(owner, said))
                done.lost_keys.append(f"{owner}#{said.kid}")
            return
        state = KEY_STATES[said.event]
        if state is KeyState.COMPROMISED:
            if key.compromised_since is not None:
                tx.signing_keys.save(replace(key, compromised_since=said.since))
                return
            self._save(tx, key, replace(moved(key, state, said.at), compromised_since=said.since))
        elif state in MOVES[key.state]:
            self._save(tx, key, moved(key, state, said.at))

    def _save(self, tx: Transaction, before: SigningKey, after: SigningKey) -> None:
        """With the private part bound to the new state; one that does not open stays bound to the old one, in which
        nothing uses it any more."""
        try:
            bound = self.keyring.rewrap(before, after.state).sealed_private
        except KeyUnusable:
            bound = b"" if after.state is KeyState.DESTROYED else before.sealed_private
        tx.signing_keys.save(replace(after, sealed_private=bound))

    def _did_document(self, tx: Transaction, said: DidDocumentPublished, done: Replayed) -> None:
        """The document itself is not in the log; but it follows from the keys, and its digest says whether it is
        that one."""
        owner = self._owner(said.did)
        if owner is None:
            return
        body = canonicalize(self.document_of(owner, tx.signing_keys.of_owner(owner), self.site))
        if f"sha-256:{sha256(body).hexdigest()}" != said.digest:
            done.by_hand.append(wrong("restore.did_document_lost", owner=owner, at=said.at))
            return
        before = tx.did_documents.latest(owner)
        if before is None or before.body != body:
            number = 1 if before is None else before.version + 1
            tx.did_documents.add(DidDocumentVersion(owner=owner, version=number, at=said.at, body=body))

    def _program(self, tx: Transaction, said: ProgramChanged, done: Replayed) -> None:
        version = tx.programs.for_change(said.number, said.version)
        name = f"{said.number} v{said.version}"
        try:
            if version is None or said.event == "approved":
                done.by_hand.append(wrong("restore.program_lost", program=name, event=said.event))
            elif said.event == "suspended":
                tx.programs.save(programs.suspend(version, jst_day(said.at), RESTORED))
            elif said.event == "reinstated":
                tx.programs.save(programs.reinstate(version, jst_day(said.at)))
            elif said.event == "withdrawn":
                tx.programs.save(programs.withdraw(version, said.at))
        except Conflict:
            done.by_hand.append(wrong("restore.program_lost", program=name, event=said.event))

    def _issuer(self, tx: Transaction, said: IssuerChanged, done: Replayed) -> None:
        if said.event.startswith("did-"):
            own = tx.outside_dids.for_change(said.did)
            if own is not None and said.event == "did-ended":
                tx.outside_dids.save(replace(own, ended_at=said.at))
            else:
                done.by_hand.append(wrong("restore.outside_did_lost", did=said.did))
            return
        slug = self._slug(said.did)
        issuer = None if slug is None else tx.issuers.for_change(slug)
        if issuer is None:
            if said.event == "registered":
                done.by_hand.append(wrong("restore.issuer_lost", issuer=said.did, number=said.number))
        elif said.event == "suspended":
            tx.issuers.save(issuers.suspend(issuer))
        elif said.event == "reinstated":
            tx.issuers.save(issuers.reinstate(issuer))

    def _end_lost_keys(self, tx: Transaction, done: Replayed, now: datetime) -> None:
        """A key whose private part was lost signs nothing more: it retires, and is destroyed. What it signed still
        verifies."""
        for name in done.lost_keys:
            owner, _, kid = name.partition("#")
            events = []
            for kind, state in ((KeyEventKind.RETIRED, KeyState.RETIRED), (KeyEventKind.DESTROYED, KeyState.DESTROYED)):
                key = tx.signing_keys.get(owner, kid)
                if key is not None and state in MOVES[key.state]:
                    after = replace(moved(key, state, now), sealed_private=b"")
                    tx.signing_keys.save(after)
                    events.append(KeyEvent(after, kind))
            if events:
                self.announce(tx, owner, events, now)
            done.by_hand.append(wrong("restore.key_lost", key=name))

    def _owner(self, did: str) -> str | None:
        own = {self.site.owner_did(owner): owner for owner in (JMC, LOG)}
        return own.get(did) or self._slug(did)

    def _slug(self, did: str) -> str | None:
        prefix = self.site.issuer_did("")
        return did.removeprefix(prefix) if did.startswith(prefix) and len(did) > len(prefix) else None


def _public_half(owner: str, said: KeyChanged) -> SigningKey:
    return SigningKey(
        owner=owner,
        kid=said.kid,
        algorithm=said.algorithm,
        public_key=said.public_key,
        state=KeyState.CREATED,
        created_at=said.at,
        active_from=None,
        retired_at=None,
        sealed_private=b"",
        signer_uri="file:",
    )


def _nothing(replay: Replay, tx: Transaction, said: LogEntry, done: Replayed) -> None:
    """The ends of an audit log that was lost, and what was told of earlier restores, change no row."""


_READERS: Final[Mapping[type, Callable[[Replay, Transaction, Any, Replayed], None]]] = {
    KeyChanged: Replay._key,  # noqa: SLF001 - the table of this module's own class
    DidDocumentPublished: Replay._did_document,  # noqa: SLF001
    ProgramChanged: Replay._program,  # noqa: SLF001
    IssuerChanged: Replay._issuer,  # noqa: SLF001
}
