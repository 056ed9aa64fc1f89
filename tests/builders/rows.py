"""Rows as storage takes them: an issuer with its key, an approved program version, and credentials to reserve."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from jmc_vc.domain.accreditation import Approval, ProgramState
from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.domain.credential import Credential, CredentialState, Format, RowState
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer, IssuerState
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.credentials import Issued, Reservation, SealedDocument
from jmc_vc.storage.transaction import Transaction

NOW = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
TODAY = date(2026, 10, 5)
SITE = Site(base_url="https://mc.example.jp", did="did:web:mc.example.jp", namespace="https://ns.jmc.example/mc/v1")
KEK = KeyEncryptionKey(bytes(range(32)))
KEYRING = Keyring(KEK)
OPERATOR = Actor(kind=ActorKind.OPERATOR, id="sato")
SLUG = "hoshimigaoka"
PROGRAM = "JMC-P-900001"


def issuer(slug: str = SLUG, number: str = "JMC-I-90001", **changes: Any) -> Issuer:
    registered = Issuer(
        number=number,
        slug=slug,
        name_ja="星見ヶ丘大学（架空）",
        name_en="Hoshimigaoka University (fictional)",
        name_kana="ホシミガオカダイガク",
        org_type="university",
        country="JP",
        region="JP-13",
        url="https://hoshimigaoka.example",
        email=None,
        state=IssuerState.REGISTERED,
        registered_from=date(2026, 4, 1),
        registered_until=None,
        fictional=True,
    )
    return replace(registered, **changes)


def signing_key(
    owner: str = SLUG, kid: str = "key-1", state: KeyState = KeyState.ACTIVE, algorithm: str = "Ed25519"
) -> SigningKey:
    return KEYRING.generate(owner, kid, algorithm, now=NOW, state=state)


def program_version(number: str = PROGRAM, version: str = "1", **changes: Any) -> ProgramVersion:
    content = {
        "id": SITE.program_version(number, version),
        "programNumber": number,
        "version": version,
        "title": {"ja": "実務データ分析基礎", "en": "Practical Data Analysis"},
        "learningOutcomes": [{"code": "LO1"}, {"code": "LO2"}],
        "stackability": {"pathways": [{"id": SITE.pathway("JMC-PW-90001")}]},
        "fictional": True,
    }
    approved = ProgramVersion(
        number=number,
        version=version,
        issuer=SLUG,
        content=content,
        content_digest="sha-256:" + "0" * 64,
        submitted_at=NOW,
        state=ProgramState.APPROVED,
        approval=Approval(
            decision="JMC-D-900001",
            decided_on=date(2026, 3, 20),
            effective_from=date(2026, 4, 1),
            effective_until=date(2027, 3, 31),
            approved_at=NOW,
        ),
    )
    return replace(approved, **changes)


def furnish(tx: Transaction) -> None:
    """An issuer with an active key and an approved program."""
    tx.issuers.add(issuer())
    tx.signing_keys.add(signing_key())
    tx.programs.add(program_version(), SITE)


def credential(place: tuple[int, int], uuid: UUID | None = None, **changes: Any) -> Credential:
    reserved = Credential(
        uuid=uuid or uuid4(),
        issuer=SLUG,
        program_number=PROGRAM,
        program_version="1",
        award_day=date(2026, 10, 1),
        row_state=RowState.RESERVED,
        state=CredentialState.ACTIVE,
        list_number=place[0],
        status_index=place[1],
        kid="key-1",
        reserved_at=NOW,
    )
    return replace(reserved, **changes)


def reservation(row: Credential, learner: str | None = None, *, retake: bool = False) -> Reservation:
    lookups = [] if learner is None else [("email", KEK.lookup_hash("email", learner))]
    return Reservation(credential=row, sealed_key=b"key", sealed_award=b"award", lookups=lookups, retake=retake)


def reserve(tx: Transaction, count: int = 1) -> list[Credential]:
    """Reserve `count` credentials, each of a learner of its own."""
    places = tx.status_lists.allot(SLUG, count, random=bytes)
    rows = [credential(place) for place in places]
    tx.credentials.reserve([reservation(row, str(row.uuid)) for row in rows])
    return rows


def issue(tx: Transaction, count: int = 1) -> list[Credential]:
    """Issue `count` credentials; the rows as they were reserved."""
    rows = reserve(tx, count)
    tx.credentials.record_issued([issued(row.uuid) for row in rows])
    return rows


def issued(uuid: UUID, *documents: SealedDocument) -> Issued:
    return Issued(uuid=uuid, documents=documents or (sealed_document(),), issued_at=NOW, valid_until=None)


def sealed_document(form: Format = Format.JSON, body: bytes = b"document", kid: str = "key-1") -> SealedDocument:
    return SealedDocument(format=form, sealed_document=body, digest=sha256(body).digest(), kid=kid)


def uuids(rows: Sequence[Credential]) -> list[UUID]:
    return [row.uuid for row in rows]
