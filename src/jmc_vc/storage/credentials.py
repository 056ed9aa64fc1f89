"""Credentials: plain rows that tell what happened to each, and beside them, sealed, whose it is.

Everything that the issuing desk does takes many at once. A row is never deleted, because its status index is never used
again; what can be deleted is the sealed part (and with its data key, every copy of it) and the hashes to find it by.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import RowMapping, bindparam, exists, func, or_, select, tuple_

from jmc_vc.domain.credential import Credential, CredentialState, Format, RevocationReason, RowState
from jmc_vc.domain.status_list import StatusForm, StatusPurpose
from jmc_vc.storage.aggregate import LARGEST_INTEGER, Aggregate
from jmc_vc.storage.bulk import columns_of, insert_rows
from jmc_vc.storage.tables import award_keys, credentials, sealed_awards, sealed_documents


class LookupKind(StrEnum):
    """What a keyed hash is of. All but the name identify one person for one issuer."""

    EMAIL = "email"
    DID = "did"
    EXTERNAL_ID = "external_id"
    NAME = "name"


_SET_BIT = {
    StatusPurpose.REVOCATION: CredentialState.REVOKED,
    StatusPurpose.SUSPENSION: CredentialState.SUSPENDED,
}


_PRIMARY_FIRST = tuple(Format)
_CREDENTIAL = select(credentials).where(credentials.c.uuid == bindparam("uuid"))
_AT_PLACE = select(credentials).where(
    credentials.c.list_number == bindparam("list_number"), credentials.c.status_index == bindparam("status_index")
)
_SEALED = (
    select(
        sealed_awards.c.sealed_key,
        sealed_awards.c.sealed_award,
        sealed_awards.c.sealed_status_text,
        sealed_documents.c.format,
        sealed_documents.c.sealed_document,
        sealed_documents.c.digest,
        sealed_documents.c.kid,
    )
    .join_from(
        sealed_awards, sealed_documents, sealed_documents.c.credential == sealed_awards.c.credential, isouter=True
    )
    .where(sealed_awards.c.credential == bindparam("uuid"))
)
_RECORD_ON_SQLITE = (
    credentials.update()
    .where(credentials.c.uuid == bindparam("row"))
    .values(
        row_state=RowState.ISSUED.value,
        issued_at=bindparam("issued_at"),
        valid_until=bindparam("valid_until"),
        digest=bindparam("digest"),
        kid=bindparam("kid"),
    )
)
_RECORD_ON_POSTGRESQL = """
    UPDATE credentials AS c
    SET row_state = 'issued', issued_at = r.issued_at, valid_until = r.valid_until, digest = r.digest, kid = r.kid
    FROM unnest(%(uuid)s::uuid[], %(issued_at)s::timestamptz[], %(valid_until)s::timestamptz[], %(digest)s::bytea[],
                %(kid)s::text[]) AS r (uuid, issued_at, valid_until, digest, kid)
    WHERE c.uuid = r.uuid
"""
AwardKey: TypeAlias = tuple[str, str, str, date, str, bytes]
"""What one award is known by: issuer, program number, program version, award day, kind of the hash, and the hash."""


@dataclass(frozen=True, kw_only=True)
class Reservation:
    """A row to reserve. `sealed_key` is the data key under the KEK, `sealed_award` the award under the data key;
    `lookups` are keyed hashes of 32 bytes. A `retake` does not collide with an earlier award."""

    credential: Credential
    sealed_key: bytes
    sealed_award: bytes
    lookups: Sequence[tuple[str, bytes]]
    retake: bool


@dataclass(frozen=True, kw_only=True)
class SealedDocument:
    """One form of a signed credential; `digest` is SHA-256 of the bytes that `sealed_document` seals, `kid` names the
    key that signed them."""

    format: Format
    sealed_document: bytes
    digest: bytes
    kid: str


@dataclass(frozen=True, kw_only=True)
class Issued:
    """What is recorded of a signed credential: its forms, the primary one first."""

    uuid: UUID
    documents: Sequence[SealedDocument]
    issued_at: datetime
    valid_until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """The sealed part of a credential; no `documents` until it is issued, then the primary form first.
    `sealed_status_text` is the note that came with the last change of the status, if one did."""

    sealed_key: bytes
    sealed_award: bytes
    documents: tuple[SealedDocument, ...]
    sealed_status_text: bytes | None = None


class ReadCredentials(Aggregate):
    """Credentials."""

    def get(self, uuid: UUID) -> Credential | None:
        """The row, in whatever state."""
        row = self._one(self._reserved(_CREDENTIAL), uuid=uuid)
        return None if row is None else credential_of(row)

    def for_issuer(self, issuer: str, uuid: UUID) -> Credential | None:
        """The row, if it is `issuer`'s: another's does not exist for it."""
        found = self.get(uuid)
        return found if found and found.issuer == issuer else None

    def at_place(self, list_number: int, status_index: int) -> Credential | None:
        """The row that was given that place of a status list; None if the place was never given away."""
        row = self._one(_AT_PLACE, list_number=list_number, status_index=status_index)
        return None if row is None else credential_of(row)

    def sealed(self, uuid: UUID) -> Sealed | None:
        """The sealed part; None when it was erased, or the row abandoned."""
        rows = self._all(_SEALED, uuid=uuid)
        if not rows:
            return None
        documents = [
            SealedDocument(
                format=Format(row["format"]),
                sealed_document=row["sealed_document"],
                digest=row["digest"],
                kid=row["kid"],
            )
            for row in rows
            if row["format"] is not None
        ]
        return Sealed(
            sealed_key=rows[0]["sealed_key"],
            sealed_award=rows[0]["sealed_award"],
            documents=tuple(sorted(documents, key=lambda each: _PRIMARY_FIRST.index(each.format))),
            sealed_status_text=rows[0]["sealed_status_text"],
        )

    def list_of_issuer(self, issuer: str, limit: int, after: UUID | None = None) -> tuple[Credential, ...]:
        """Issued credentials of `issuer`, newest first, that follow `after`; none when `after` is not one of them."""
        rows = credentials.c
        statement = select(credentials).where(rows.issuer == issuer, rows.row_state == RowState.ISSUED.value)
        if after is not None:
            last = select(rows.issued_at).where(rows.uuid == after, rows.issuer == issuer).scalar_subquery()
            statement = statement.where(
                tuple_(rows.issued_at, rows.uuid) < tuple_(last, bindparam("after", after, rows.uuid.type))
            )
        statement = statement.order_by(rows.issued_at.desc(), rows.uuid.desc()).limit(limit)
        return tuple(map(credential_of, self._all(statement)))

    def signed_with(self, issuer: str, kid: str) -> int:
        """How many credentials of `issuer` were signed with its key `kid`, in whatever form; of an erased one only the
        key of the primary form is known."""
        rows, documents = credentials.c, sealed_documents.c
        also = exists().where(documents.credential == rows.uuid, documents.kid == kid)
        statement = select(func.count()).where(
            rows.issuer == issuer, or_(rows.kid == kid, also), rows.row_state == RowState.ISSUED.value
        )
        return int(self._connection.execute(statement).scalar_one())

    def by_key(self) -> dict[tuple[str, str], int]:
        """The same for every key that signed any: (issuer, kid) → how many."""
        rows, documents = credentials.c, sealed_documents.c
        issued = rows.row_state == RowState.ISSUED.value
        primary = select(rows.issuer, rows.kid, rows.uuid).where(issued)
        also = (
            select(rows.issuer, documents.kid, rows.uuid)
            .join_from(sealed_documents, credentials, documents.credential == rows.uuid)
            .where(issued)
        )
        signed = primary.union(also).subquery()  # UNION drops the pairs that come twice
        statement = select(signed.c.issuer, signed.c.kid, func.count()).group_by(signed.c.issuer, signed.c.kid)
        return {(issuer, kid): int(count) for issuer, kid, count in self._connection.execute(statement)}

    def reserved_before(self, moment: datetime) -> tuple[Credential, ...]:
        """Rows that were reserved before `moment` and came no further, oldest first: what a crash left behind."""
        rows = credentials.c
        statement = (
            select(credentials)
            .where(rows.row_state == RowState.RESERVED.value, rows.reserved_at < moment)
            .order_by(rows.reserved_at)
        )
        return tuple(map(credential_of, self._all(statement)))

    def set_bits(self, list_number: int, purpose: StatusPurpose) -> list[int]:
        """The indexes whose bit is 1 in that list, ascending."""
        if not 0 < list_number <= LARGEST_INTEGER:
            return []
        rows = credentials.c
        statement = (
            select(rows.status_index)
            .where(rows.list_number == list_number, rows.state == _SET_BIT[purpose].value, rows.state != "active")
            .order_by(rows.status_index)
        )
        return list(self._connection.execute(statement).scalars())

    def revoked_at(self, list_number: int) -> tuple[UUID, ...]:
        """The revoked credentials of that list which name it in the form that tells their ids, by id."""
        if not 0 < list_number <= LARGEST_INTEGER:
            return ()
        rows = credentials.c
        statement = (
            select(rows.uuid)
            .where(
                rows.list_number == list_number,
                rows.state == CredentialState.REVOKED.value,
                rows.state != "active",
                rows.status_form == StatusForm.REVOCATION_LIST.value,
            )
            .order_by(rows.uuid)
        )
        return tuple(self._connection.execute(statement).scalars())

    def awards_of(self, hashes: Collection[bytes]) -> dict[AwardKey, UUID]:
        """The credentials that people have already, of many people at once: `hashes` are their identifying lookups (not
        the names'). Abandoned rows have no keys any more."""
        if not hashes:
            return {}
        return {
            (
                row["issuer"],
                row["program_number"],
                row["program_version"],
                row["award_day"],
                row["kind"],
                row["hash"],
            ): row["credential"]
            for row in self._all(select(award_keys).where(self._among(award_keys.c.hash, hashes)))
        }


class Credentials(ReadCredentials):
    """As read, and may be reserved, issued, abandoned, and change their status; `erasures` erases them."""

    locks = True

    def reserve(self, rows: Sequence[Reservation]) -> None:
        """Write reserved rows. Raises TransactionRaced when another transaction made one of these awards first, and
        BrokenRule when a key is not active or a place is taken."""
        insert_rows(self._connection, credentials, [_columns(row.credential) for row in rows])
        insert_rows(
            self._connection,
            sealed_awards,
            [
                {"credential": row.credential.uuid, "sealed_key": row.sealed_key, "sealed_award": row.sealed_award}
                for row in rows
            ],
        )
        self._require_kek()
        keys = [
            {
                "credential": row.credential.uuid,
                "kind": str(kind),
                "hash": value,
                "issuer": row.credential.issuer,
                "program_number": row.credential.program_number,
                "program_version": row.credential.program_version,
                "award_day": row.credential.award_day,
                "sole": not row.retake and kind != LookupKind.NAME,
            }
            for row in rows
            for kind, value in row.lookups
        ]
        # In one order everywhere, so that two transactions with the same awards wait for each other and do not
        # deadlock.
        insert_rows(self._connection, award_keys, sorted(keys, key=lambda key: (key["hash"], key["kind"])))

    def record_issued(self, rows: Sequence[Issued]) -> tuple[UUID, ...]:
        """Store signed documents and set their rows to issued. The answer names those that were still reserved; the
        others (a recovery abandoned them meanwhile) are left alone, and their documents are not stored."""
        waiting = self._still_reserved([row.uuid for row in rows])
        issued = [row for row in rows if row.uuid in waiting]
        values = [
            {
                "uuid": row.uuid,
                "issued_at": row.issued_at,
                "valid_until": row.valid_until,
                "digest": row.documents[0].digest,
                "kid": row.documents[0].kid,
            }
            for row in issued
        ]
        if values and self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(_RECORD_ON_POSTGRESQL, columns_of(self._connection, credentials, values))
        elif values:
            self._connection.execute(_RECORD_ON_SQLITE, [{**row, "row": row["uuid"]} for row in values])
        insert_rows(
            self._connection,
            sealed_documents,
            [
                {
                    "credential": row.uuid,
                    "format": document.format,
                    "sealed_document": document.sealed_document,
                    "digest": document.digest,
                    "kid": document.kid,
                }
                for row in issued
                for document in row.documents
            ],
        )
        self._wrote(credentials, *((row.uuid,) for row in issued))
        return tuple(row.uuid for row in issued)

    def abandon(self, uuids: Collection[UUID], reason: str) -> tuple[UUID, ...]:
        """Give up rows that are still reserved, and drop what they hold of a person; their places stay taken. The
        answer names those that were given up."""
        waiting = self._still_reserved(uuids)
        if waiting:
            self._connection.execute(
                credentials.update()
                .where(self._among(credentials.c.uuid, waiting))
                .values(row_state=RowState.ABANDONED, abandoned_reason=reason)
            )
            self._drop_personal(waiting)
        return tuple(waiting)

    def save_status(self, credential: Credential, sealed_text: bytes | None = None) -> None:
        """Write the state and its reason, and the sealed note that came with them in the place of the last one; what
        was erased keeps none. Raises BrokenRule for a revoked row that would become something else."""
        self._wrote(credentials, (credential.uuid,))
        self._connection.execute(
            credentials.update()
            .where(credentials.c.uuid == credential.uuid)
            .values(
                state=credential.state,
                status_reason=credential.status_reason,
                status_at=credential.status_at,
            )
        )
        self._connection.execute(
            sealed_awards.update()
            .where(sealed_awards.c.credential == credential.uuid)
            .values(sealed_status_text=sealed_text)
        )

    def _still_reserved(self, uuids: Collection[UUID]) -> set[UUID]:
        rows = credentials.c
        statement = (
            select(rows.uuid)
            .where(self._among(rows.uuid, uuids), rows.row_state == RowState.RESERVED.value)
            .order_by(rows.uuid)  # two transactions lock in one order
        )
        return set(self._connection.execute(self._reserved(statement)).scalars()) if uuids else set()

    def _drop_personal(self, uuids: Collection[UUID]) -> None:
        for table in (award_keys, sealed_documents, sealed_awards):
            self._connection.execute(table.delete().where(self._among(table.c.credential, uuids)))


def _columns(credential: Credential) -> dict[str, Any]:
    columns = {column.name: getattr(credential, column.name) for column in credentials.columns}
    return columns | {"forms": " ".join(credential.forms)}


def credential_of(row: RowMapping) -> Credential:
    """The credential that a row of the table says."""
    return Credential(
        **{
            **row,
            "row_state": RowState(row["row_state"]),
            "state": CredentialState(row["state"]),
            "status_reason": row["status_reason"] and RevocationReason(row["status_reason"]),
            "status_form": StatusForm(row["status_form"]),
            "forms": tuple(map(Format, row["forms"].split())),
        }
    )
