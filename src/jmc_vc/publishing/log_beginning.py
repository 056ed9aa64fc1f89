"""What was there before the public log: the first entries of an installation that is older than it.

What is entered is dated with the day of the entry: the log vouches for it from then on. That is keys with the steps of
their lives, DID documents, issuers and programs; and of credentials those that were erased: their place, with a digest
that is a random number, as it is for any whose salt was destroyed. Credentials that can be opened are entered with
their true digests (`issuing.log_earlier`). What is waiting for its place already, in a new installation all of it, is
not written again.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from jmc_vc.domain.accreditation import ProgramState
from jmc_vc.domain.credential import Credential, CredentialState
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer, IssuerState
from jmc_vc.domain.key_event import KeyEvent, KeyEventKind
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.signing_key import JMC, SigningKey
from jmc_vc.formats.transparency.entry_types import (
    CredentialIssued,
    IssuerChanged,
    KeyChanged,
    LogEntry,
    ProgramChanged,
    StatusChanged,
)
from jmc_vc.formats.transparency.log_entry import SALT_LENGTH, credential_digest, read_log_entry
from jmc_vc.storage.public_log import NewEntry
from jmc_vc.storage.transaction import Transaction

Announcer: TypeAlias = Callable[[Transaction, str, Sequence[KeyEvent], datetime], None]
_PAGE = 16_384


def begin(tx: Transaction, site: Site, announce: Announcer, random: Callable[[int], bytes], now: datetime) -> None:
    """Write what the log does not tell of yet. For who has `public_log.alone`, before the first head. `random` makes
    bytes."""
    told = {_what(entry) for entry in _waiting(tx)}
    issuers = tx.issuers.all()
    for owner in (JMC, *(issuer.slug for issuer in issuers)):
        steps = [KeyEvent(key, step) for key in tx.signing_keys.of_owner(owner) for step in _life(key)]
        did = site.owner_did(owner)
        announce(tx, owner, [step for step in steps if (did, step.key.kid, step.kind) not in told], now)
    entries: list[LogEntry] = []
    for issuer in issuers:
        entries += _issuer(issuer, site.issuer_did(issuer.slug), now)
    for version in tx.programs.all():
        entries += _program(version, now)
    for credential in tx.ledger.erased():
        digest = credential_digest(random(SALT_LENGTH), b"")
        entries += _erased(credential, site.issuer_did(credential.issuer), digest, now)
    tx.public_log.append(NewEntry.of(entry) for entry in entries if _what(entry) not in told)


def _life(key: SigningKey) -> Iterator[KeyEventKind]:
    """The steps that its dates tell of, in the order in which a key can take them."""
    yield KeyEventKind.CREATED
    for date, step in (
        (key.published_at, KeyEventKind.PUBLISHED),
        (key.active_from, KeyEventKind.ACTIVATED),
        (key.retired_at, KeyEventKind.RETIRED),
        (key.destroyed_at, KeyEventKind.DESTROYED),
        (key.compromised_since, KeyEventKind.COMPROMISED),
    ):
        if date is not None:
            yield step


def _issuer(issuer: Issuer, did: str, now: datetime) -> Iterator[IssuerChanged]:
    yield IssuerChanged(at=now, did=did, number=issuer.number, event="registered")
    if issuer.state is IssuerState.SUSPENDED:
        yield IssuerChanged(at=now, did=did, number=issuer.number, event="suspended")


def _erased(credential: Credential, did: str, digest: str, now: datetime) -> Iterator[CredentialIssued | StatusChanged]:
    number, index = credential.list_number, credential.status_index
    for form in credential.forms:
        yield CredentialIssued(
            at=now,
            issuer=did,
            kid=credential.kid,
            format=form,
            list_number=number,
            status_index=index,
            digest=digest,
        )
    if credential.state is not CredentialState.ACTIVE:
        yield StatusChanged(at=now, issuer=did, list_number=number, status_index=index, state=credential.state)


def _program(version: ProgramVersion, now: datetime) -> Iterator[ProgramChanged]:
    events = ["submitted"]
    if version.approval is not None:
        events.append("approved")
    if version.state in (ProgramState.SUSPENDED, ProgramState.WITHDRAWN):
        events.append(version.state.value)
    for event in events:
        decision = None if event == "submitted" or version.approval is None else version.approval.decision
        yield ProgramChanged(
            at=now,
            number=version.number,
            version=version.version,
            event=event,
            content_digest=version.content_digest,
            decision=decision,
        )


def _waiting(tx: Transaction) -> Iterator[LogEntry]:
    after = -1
    while page := tx.ledger.waiting(after, _PAGE):
        yield from (read_log_entry(entry.body) for entry in page)
        after = page[-1].id


def _what(entry: LogEntry) -> tuple[object, ...]:
    """What an entry tells, whenever it was."""
    match entry:
        case KeyChanged(owner=owner, kid=kid, event=event):
            return owner, kid, "created" if event == "imported" else event  # a row does not tell the two apart
        case IssuerChanged(did=did, event=event):
            return did, event
        case ProgramChanged(number=number, version=version, event=event):
            return number, version, event
        case CredentialIssued(list_number=list_number, status_index=index, format=form):
            return list_number, index, form
        case StatusChanged(list_number=list_number, status_index=index, state=state):
            return list_number, index, state
        case _:
            return (entry,)
