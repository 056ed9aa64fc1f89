"""Step 6 of the issuance cycle, inside one transaction: a credential becomes real, or its row is given up.

Between the commits an issuer or a version may have been suspended, or the key retired: it is asked once more, with row
locks, because this commit is the moment from which the credential exists (INV-01, INV-02, INV-03). With it the public
log gets an entry for each form that was signed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from jmc_vc.domain import award as awards
from jmc_vc.domain.accreditation import ensure_awardable
from jmc_vc.domain.credential import Representation, RowState
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import ensure_may_sign
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.errors import Error, Unavailable
from jmc_vc.issuing.command import IssuedAssertion, Outcome
from jmc_vc.issuing.logged import issued_entries
from jmc_vc.issuing.reserve import Reserved
from jmc_vc.issuing.signing_time import ClockBehind, require_clock
from jmc_vc.issuing.stored_facts import NoActiveKey, StoredFacts
from jmc_vc.sealing import seal
from jmc_vc.storage.audit_log import Happening
from jmc_vc.storage.credentials import Issued, SealedDocument
from jmc_vc.storage.sealed_parts import document_context
from jmc_vc.storage.transaction import Transaction


class KeyRotated(Unavailable):
    """The key was rotated while the credential was being signed. The award can be made with the new one."""

    code = "issue.key_rotated"


class Interrupted(Unavailable):
    """The cycle took so long that its row was taken for a crash's and given up, or that its time is behind what others
    did meanwhile. Nothing left the service."""

    code = "issue.interrupted"


@dataclass(frozen=True, kw_only=True)
class Made:
    """A reserved row with the signed bytes that it will hold, the primary form first."""

    reserved: Reserved
    representations: tuple[Representation, ...]


def record(
    tx: Transaction,
    made: Sequence[Made | tuple[Reserved, Error]],
    *,
    site: Site,
    random: Callable[[int], bytes],
    now: datetime,
) -> dict[UUID, Outcome]:
    """Store what was made and still may exist; give up the rest, each row with the code of its refusal. A place in the
    status list that was given up is never used again. `random` salts what the public log says."""
    try:
        require_clock(tx, now)  # once more: the cycle may have slept since, and its entries would be dated back
    except ClockBehind:
        made = [each if isinstance(each, tuple) else (each.reserved, Interrupted()) for each in made]
    facts = StoredFacts(tx)
    issued: list[tuple[Made, IssuedAssertion]] = []
    refused: list[tuple[Reserved, Error]] = []
    for each in made:
        if isinstance(each, tuple):
            refused.append(each)
            continue
        try:
            _ensure_still_allowed(facts, each.reserved, now)
        except Error as refusal:
            refused.append((each.reserved, refusal))
        else:
            issued.append((each, _issued(each, now)))
    lost = _store(tx, issued, now)
    issued = [each for each in issued if each[1].credential.uuid not in lost]
    tx.public_log.append(
        entry
        for _, assertion in issued
        for entry in issued_entries(assertion.credential, assertion.representations, site=site, random=random, at=now)
    )
    _give_up(tx, refused, now)
    outcomes: dict[UUID, Outcome] = {assertion.credential.uuid: assertion for _, assertion in issued}
    outcomes.update({reserved.credential.uuid: refusal for reserved, refusal in refused})
    return outcomes | {uuid: Interrupted() for uuid in lost}


def _issued(made: Made, now: datetime) -> IssuedAssertion:
    award = made.reserved.command.request.award
    credential = replace(
        made.reserved.credential,
        row_state=RowState.ISSUED,
        issued_at=now,
        valid_until=awards.valid_until(made.reserved.version.content, jst_day(award.awarded_at)),
        digest=sha256(made.representations[0].body).digest(),
    )
    return IssuedAssertion(credential=credential, representations=made.representations)


def _store(tx: Transaction, issued: Sequence[tuple[Made, IssuedAssertion]], now: datetime) -> set[UUID]:
    """Store and log; the answer names rows that somebody gave up meanwhile, of which nothing was stored."""
    stored = set(tx.credentials.record_issued([_row(made, assertion, now) for made, assertion in issued]))
    tx.audit_log.append_all(
        Happening(
            action="credential-issued",
            object=str(assertion.credential.uuid),
            actor=made.reserved.command.actor,
            at=now,
        )
        for made, assertion in issued
        if assertion.credential.uuid in stored
    )
    return {assertion.credential.uuid for _, assertion in issued} - stored


def _row(made: Made, assertion: IssuedAssertion, now: datetime) -> Issued:
    uuid = assertion.credential.uuid
    return Issued(
        uuid=uuid,
        documents=[
            SealedDocument(
                format=each.format,
                sealed_document=seal(made.reserved.data_key, each.body, document_context(uuid, each.format)),
                digest=sha256(each.body).digest(),
                kid=each.kid,
            )
            for each in assertion.representations
        ],
        issued_at=now,
        valid_until=assertion.credential.valid_until,
    )


def _give_up(tx: Transaction, refused: Sequence[tuple[Reserved, Error]], now: datetime) -> None:
    given_up = [  # not those that somebody else has given up meanwhile
        (reserved, refusal)
        for reserved, refusal in refused
        if tx.credentials.abandon([reserved.credential.uuid], refusal.code)
    ]
    tx.idempotency_keys.release([reserved.credential.uuid for reserved, _ in given_up])
    tx.audit_log.append_all(
        Happening(
            action="credential-abandoned",
            object=str(reserved.credential.uuid),
            actor=reserved.command.actor,
            at=now,
            reason=refusal.code,
        )
        for reserved, refusal in given_up
    )


def _ensure_still_allowed(facts: StoredFacts, reserved: Reserved, now: datetime) -> None:
    award_day = jst_day(reserved.command.request.award.awarded_at)
    issuer = facts.issuer(reserved.issuer.slug)
    versions = {each.version: each for each in facts.versions(reserved.version.number)}
    version = versions.get(reserved.version.version)
    if issuer is None or version is None:
        raise NoActiveKey
    # The settings are those of the award's own moment: a change meanwhile is for those that come after it.
    for algorithm, key in facts.active_keys(issuer.slug, reserved.keys).items():
        if key.kid != reserved.keys[algorithm].kid:
            raise KeyRotated
    ensure_may_sign(issuer, award_day, jst_day(now))
    ensure_awardable(version, award_day)
