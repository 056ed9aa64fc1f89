"""Step 1 of the issuance cycle, inside one transaction: may this award be made, and which place does it get?

Every rule that depends on stored facts is asked here, with the row locks of this transaction (INV-01, INV-02, INV-03,
INV-07, INV-08, INV-12, INV-13). Of the requests that are refused, nothing is written.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, TypeAlias
from uuid import UUID

from jmc_vc.domain import award as awards
from jmc_vc.domain import person_name, status_list
from jmc_vc.domain.accreditation import ensure_awardable
from jmc_vc.domain.actor import Scope, ensure_scope
from jmc_vc.domain.award import Award
from jmc_vc.domain.credential import Credential, CredentialState, RowState
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer, ensure_may_sign
from jmc_vc.domain.issuing_settings import IssuingSettings, in_force
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program import ProgramVersion, version_for
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.errors import Conflict, Error, Unacceptable, Unavailable
from jmc_vc.issuing.command import Command, IssuedAssertion, idempotency_name
from jmc_vc.issuing.open_forms import open_forms
from jmc_vc.issuing.signing_time import require_clock
from jmc_vc.issuing.stored_facts import StoredFacts
from jmc_vc.sealing import KeyEncryptionKey, WrongKey, seal
from jmc_vc.storage.audit_log import Happening
from jmc_vc.storage.credentials import AwardKey, LookupKind, Reservation
from jmc_vc.storage.faults import TransactionRaced
from jmc_vc.storage.idempotency_keys import KeyClaim
from jmc_vc.storage.sealed_parts import award_context, key_context
from jmc_vc.storage.transaction import Transaction

_DATA_KEY_BYTES = 32
_PROGRAM_NUMBER = re.compile(r"JMC-P-[0-9]{6}")


class IdempotencyConflict(Conflict):
    """The same idempotency key came with another body."""

    code = "idempotency_conflict"


class IdempotencyInProgress(Unavailable):
    """The first request with this idempotency key is still being worked on by another process."""

    code = "idempotency_in_progress"


class OwnIdentifier(Unacceptable):
    """An identifier of ours as the holder's DID or as evidence. In the signed graph one id is one thing: the caller's
    words would become statements about a program or an issuer (INV-05)."""

    code = "request.own_identifier"


class ProgramUnknown(Unacceptable):
    """No such program, or another issuer's: the same answer, so that nobody can probe for foreign
    programs."""

    code = "program.unknown"

    def __init__(self, number: str, *, pointer: str = "/program") -> None:
        super().__init__(pointer=pointer, program=number if _PROGRAM_NUMBER.fullmatch(number) else "…")


class VersionUnknown(ProgramUnknown):
    """The caller's own program has no such version."""

    sentence_code: ClassVar[str] = "program.unknown.version"

    def __init__(self, number: str) -> None:
        super().__init__(number, pointer="/version")


class DuplicateAward(Conflict):
    """The same learner, program version and award date already have a credential (INV-13)."""

    code = "duplicate_award"


@dataclass(frozen=True, kw_only=True)
class Reserved:
    """A row that is reserved, with what the steps between the commits need. `keys` are by their algorithm, that of the
    primary form first; `subject_id` is the learner's DID, or an id made for this credential where a form needs one;
    `data_key` encrypts this recipient's data."""

    command: Command
    issuer: Issuer
    version: ProgramVersion
    settings: IssuingSettings
    keys: Mapping[str, SigningKey]
    subject_id: str | None
    credential: Credential
    data_key: bytes = field(repr=False)


Entry: TypeAlias = Reserved | IssuedAssertion | Error
"""Reserved, answered already (a repeat of a finished request), or refused."""


@dataclass(frozen=True, kw_only=True)
class _Admitted:
    """A command that passed every rule; it waits for its place."""

    command: Command
    issuer: Issuer
    version: ProgramVersion
    settings: IssuingSettings
    keys: Mapping[str, SigningKey]
    subject_id: str | None
    uuid: UUID
    lookups: tuple[tuple[str, bytes], ...]


@dataclass(kw_only=True)
class _Group:
    """What the requests of one transaction know of each other and of what is stored. The stored `claims` on their
    idempotency keys and the awards of their learners (`by_award`, to which theirs are added) are read once for all of
    them: asked for one by one they took a twelfth of the cycle's time (measured with 16)."""

    facts: StoredFacts
    lookups: Sequence[tuple[tuple[str, bytes], ...]]
    claims: Mapping[tuple[str, str], KeyClaim]
    by_award: dict[AwardKey, UUID]
    admitted: dict[int, _Admitted] = field(default_factory=dict)
    by_key: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reserve:
    """Admit commands, allot their places and write their rows. `new_uuid` and `random` are the only sources of
    chance."""

    site: Site
    kek: KeyEncryptionKey
    new_uuid: Callable[[], UUID]
    random: Callable[[int], bytes]

    def __call__(self, tx: Transaction, commands: Sequence[Command], *, now: datetime) -> list[Entry]:
        """One entry for each command, in their order. Equal requests with one idempotency key share one `Reserved`."""
        require_clock(tx, now)
        try:
            lookups = [tuple(self._lookups(command)) for command in commands]
            names = [name for command in commands if (name := self._claimed(command)) is not None]
        except WrongKey as refusal:
            return [refusal for _ in commands]
        group = _Group(
            facts=StoredFacts(tx),
            lookups=lookups,
            claims=tx.idempotency_keys.held(names),
            by_award=tx.credentials.awards_of({value for each in lookups for _, value in _identifying(each)}),
        )
        entries: list[Entry | int] = []
        for position, command in enumerate(commands):
            try:
                entries.append(self._admit(tx, group, position, command, now))
            except Error as refusal:
                entries.append(refusal)
        reserved = self._write(tx, group, now)
        return [reserved[entry] if isinstance(entry, int) else entry for entry in entries]

    def _admit(
        self, tx: Transaction, group: _Group, position: int, command: Command, now: datetime
    ) -> IssuedAssertion | int:
        """The position of the admitted command (an earlier one for a repeat), or the finished answer."""
        actor, award = command.actor, command.request.award
        ensure_scope(actor, Scope.ISSUE)
        repeated = self._repeated(tx, group, command)
        if repeated is not None:
            return repeated
        self._refuse_own_identifiers(award)
        slug = _issuer_of(command)
        issuer = group.facts.issuer(slug)
        if issuer is None:
            raise ProgramUnknown(award.program)
        award_day = jst_day(award.awarded_at)
        ensure_may_sign(issuer, award_day, jst_day(now))
        version = find_version(group.facts.versions(award.program), slug, award.program, award.version, award_day)
        ensure_awardable(version, award_day)
        awards.check_dates(award, now)
        awards.check_results(award, version.content)
        awards.ensure_still_valid(version.content, award_day, now)
        settings = in_force(group.facts.settings(version.number), now)
        keys = group.facts.active_keys(slug, settings.algorithms)
        lookups = group.lookups[position]
        award_keys = [
            (slug, version.number, version.version, award_day, kind, value) for kind, value in _identifying(lookups)
        ]
        if not award.retake:
            for award_key in award_keys:
                if award_key in group.by_award:
                    raise DuplicateAward(number=str(group.by_award[award_key]))
        uuid = self.new_uuid()
        group.admitted[position] = _Admitted(
            command=command,
            issuer=issuer,
            version=version,
            settings=settings,
            keys=keys,
            subject_id=self._subject_id(award, settings),
            uuid=uuid,
            lookups=lookups,
        )
        if command.idempotency_key is not None:
            group.by_key[slug, command.idempotency_key] = position
        group.by_award.update(dict.fromkeys(award_keys, uuid))
        return position

    def _subject_id(self, award: Award, settings: IssuingSettings) -> str | None:
        if award.recipient.did is None and settings.needs_subject_id:
            # Of this credential alone: one id for all of a learner's would join what different readers know.
            return f"urn:uuid:{self.new_uuid()}"
        return award.recipient.did

    def _refuse_own_identifiers(self, award: Award) -> None:
        if award.recipient.did is not None and award.recipient.did.startswith(self.site.did):
            raise OwnIdentifier(pointer="/recipient/did")
        for position, evidence in enumerate(award.evidence):
            if evidence.url is not None and evidence.url.lower().startswith(self.site.base_url):
                raise OwnIdentifier(pointer=f"/evidence/{position}/id")

    def _repeated(self, tx: Transaction, group: _Group, command: Command) -> IssuedAssertion | int | None:
        """The earlier request with this idempotency key: one of this group, or one whose answer is stored."""
        if command.idempotency_key is None:
            return None
        slug = _issuer_of(command)
        earlier = group.by_key.get((slug, command.idempotency_key))
        if earlier is not None:
            if group.admitted[earlier].command.request.canonical_body != command.request.canonical_body:
                raise IdempotencyConflict
            return earlier
        name = self._claimed(command)
        stored = None if name is None else group.claims.get(name)
        if stored is None:
            return None
        if stored.body_hash != self._body_hash(command):
            raise IdempotencyConflict
        return self._answered(tx, stored.uuid)

    def _claimed(self, command: Command) -> tuple[str, str] | None:
        """What the command's idempotency key is stored under, if it has one."""
        if command.idempotency_key is None or command.actor.issuer is None:
            return None
        return command.actor.issuer, idempotency_name(self.kek, command.idempotency_key)

    def _answered(self, tx: Transaction, uuid: UUID) -> IssuedAssertion:
        credential, sealed = tx.credentials.get(uuid), tx.credentials.sealed(uuid)
        if credential is None or sealed is None or not sealed.documents:
            raise IdempotencyInProgress
        return IssuedAssertion(
            credential=credential, representations=open_forms(self.kek, uuid, sealed).representations
        )

    def _write(self, tx: Transaction, group: _Group, now: datetime) -> dict[int, Reserved]:
        self._claim(tx, group)
        reserved: dict[int, Reserved] = {}
        rows: list[Reservation] = []
        places = self._places(tx, group)
        for position, each in group.admitted.items():
            list_number, index = places[position]
            data_key = self.random(_DATA_KEY_BYTES)
            award = each.command.request.award
            credential = Credential(
                uuid=each.uuid,
                issuer=each.issuer.slug,
                program_number=each.version.number,
                program_version=each.version.version,
                award_day=jst_day(award.awarded_at),
                row_state=RowState.RESERVED,
                state=CredentialState.ACTIVE,
                list_number=list_number,
                status_index=index,
                kid=next(iter(each.keys.values())).kid,
                reserved_at=now,
                status_form=each.settings.status_form,
                forms=tuple(securing.format for securing in each.settings.securings),
            )
            reserved[position] = Reserved(
                command=each.command,
                issuer=each.issuer,
                version=each.version,
                settings=each.settings,
                keys=each.keys,
                subject_id=each.subject_id,
                credential=credential,
                data_key=data_key,
            )
            rows.append(
                Reservation(
                    credential=credential,
                    sealed_key=self.kek.wrap(data_key, key_context(each.uuid)),
                    sealed_award=seal(data_key, each.command.request.canonical_body, award_context(each.uuid)),
                    lookups=each.lookups,
                    retake=award.retake,
                )
            )
        tx.credentials.reserve(rows)
        tx.audit_log.append_all(
            Happening(action="credential-reserved", object=str(each.credential.uuid), actor=each.command.actor, at=now)
            for each in reserved.values()
        )
        return reserved

    def _claim(self, tx: Transaction, group: _Group) -> None:
        claims = [
            KeyClaim(
                issuer=each.issuer.slug,
                key=idempotency_name(self.kek, each.command.idempotency_key),
                body_hash=self._body_hash(each.command),
                uuid=each.uuid,
            )
            for each in group.admitted.values()
            if each.command.idempotency_key is not None
        ]
        if any(held is not None for held in tx.idempotency_keys.claim(claims)):
            # Another process took the key between our look and our claim: start over, and find its answer.
            raise TransactionRaced

    def _places(self, tx: Transaction, group: _Group) -> dict[int, tuple[int, int]]:
        """List number and index for each admitted command, allotted per issuer."""
        places: dict[int, tuple[int, int]] = {}
        for slug in sorted({each.issuer.slug for each in group.admitted.values()}):
            positions = [position for position, each in group.admitted.items() if each.issuer.slug == slug]
            allotted = tx.status_lists.allot(slug, len(positions), self.random)
            lists = {each.number: each for each in tx.status_lists.of_issuer(slug)}
            for position, (number, counter) in zip(positions, allotted, strict=True):
                places[position] = (number, status_list.index_at(lists[number], counter))
        return places

    def _lookups(self, command: Command) -> list[tuple[str, bytes]]:
        """Keyed hashes of what identifies the learner: the database can find a person only with the key-encryption
        key."""
        recipient = command.request.award.recipient
        plain = {
            LookupKind.EMAIL: recipient.email.casefold() if recipient.email is not None else None,
            LookupKind.DID: recipient.did,
            LookupKind.EXTERNAL_ID: recipient.external_id,
            LookupKind.NAME: person_name.search_key(person_name.signed_name(recipient.name)),
        }
        return [(kind, self.kek.lookup_hash(kind, value)) for kind, value in plain.items() if value is not None]

    def _body_hash(self, command: Command) -> bytes:
        return self.kek.lookup_hash("request", command.request.canonical_body.decode())


def _identifying(lookups: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """What tells one person from another. People share names."""
    return [(kind, value) for kind, value in lookups if kind != LookupKind.NAME]


def _issuer_of(command: Command) -> str:
    if command.actor.issuer is None:
        raise ProgramUnknown(command.request.award.program)
    return command.actor.issuer


def find_version(
    versions: Sequence[ProgramVersion], slug: str, number: str, version: str | None, award_day: date
) -> ProgramVersion:
    """The one asked for of a program's `versions`, or the one effective that day. A foreign program and an unknown one
    get the same answer: ProgramUnknown. Raises VersionUnknown, and what `version_for` raises."""
    own = [each for each in versions if each.issuer == slug]
    if not own:
        raise ProgramUnknown(number)
    if version is None:
        return version_for(own, award_day)
    for each in own:
        if each.version == version:
            return each
    raise VersionUnknown(number)
