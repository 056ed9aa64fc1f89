"""The signed forms of credentials, by the key that signed them: what is to be signed anew when others may have the key,
and what was signed before there was a public log.

They are asked for in the order of the credentials' ids, which nobody can guess, some at a time: `after` is where the
last time ended, so that a long work goes through each of them once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, func, select, text

from jmc_vc.domain.credential import CredentialState, Format, RowState
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.bulk import columns_of
from jmc_vc.storage.credentials import LookupKind, SealedDocument
from jmc_vc.storage.log_tables import audit_log, log_entries
from jmc_vc.storage.tables import award_keys, credentials, sealed_documents

_REPLACE_ON_SQLITE = (
    sealed_documents.update()
    .where(sealed_documents.c.credential == bindparam("row"), sealed_documents.c.format == bindparam("form"))
    .values(sealed_document=bindparam("sealed_document"), digest=bindparam("digest"), kid=bindparam("kid"))
)
_REPLACE_ON_POSTGRESQL = """
    UPDATE sealed_documents AS d SET sealed_document = r.sealed_document, digest = r.digest, kid = r.kid
    FROM unnest(%(credential)s::uuid[], %(format)s::text[], %(sealed_document)s::bytea[], %(digest)s::bytea[],
                %(kid)s::text[]) AS r (credential, format, sealed_document, digest, kid)
    WHERE d.credential = r.credential AND d.format = r.format
"""
_PRIMARY_ON_SQLITE = (
    credentials.update()
    .where(credentials.c.uuid == bindparam("row"))
    .values(digest=bindparam("digest"), kid=bindparam("kid"))
)
_PRIMARY_ON_POSTGRESQL = """
    UPDATE credentials AS c SET digest = r.digest, kid = r.kid
    FROM unnest(%(uuid)s::uuid[], %(digest)s::bytea[], %(kid)s::text[]) AS r (uuid, digest, kid)
    WHERE c.uuid = r.uuid
"""
_REISSUED = text("action = 'credential-reissued'")
"""Word for word as in the index of these entries: with a parameter SQLite would not use it."""
_AT_ONCE = 5_000
"""Ids in one question: SQLite takes 32,766 parameters, each of which is one."""


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """New `documents` of a credential, each in the place of the one of its form, whose digest is in `replaced`.
    `primary` is its primary form."""

    uuid: UUID
    primary: Format
    documents: Sequence[SealedDocument]
    replaced: Mapping[Format, bytes]


class ReadSignedDocuments(Aggregate):
    """Forms of issued credentials; those of erased ones are gone."""

    def of_key(self, issuer: str, kid: str, limit: int, after: UUID | None = None) -> tuple[UUID, ...]:
        """The next credentials of which some form was signed by that key of `issuer`."""
        return self._page(_signed_by(select(sealed_documents.c.credential), issuer, kid), limit, after)

    def count_of_key(self, issuer: str, kid: str) -> int:
        """How many there are."""
        documents = sealed_documents.c
        statement = _signed_by(select(func.count(documents.credential.distinct())), issuer, kid)
        return int(self._connection.execute(statement).scalar_one())

    def erased_of_key(self, issuer: str, kid: str) -> int:
        """How many credentials with that key of `issuer` have no form any more."""
        rows = credentials.c
        statement = select(func.count()).where(
            rows.issuer == issuer,
            rows.kid == kid,
            rows.row_state == RowState.ISSUED.value,
            ~exists().where(sealed_documents.c.credential == rows.uuid),
        )
        return int(self._connection.execute(statement).scalar_one())

    def not_logged(self, limit: int, after: UUID | None = None) -> tuple[UUID, ...]:
        """The next credentials of which the public log says nothing."""
        known = exists().where(log_entries.c.credential == sealed_documents.c.credential)
        # Of indexes alone: every start of the service asks this.
        return self._page(select(sealed_documents.c.credential).where(~known), limit, after)

    def reissued_of_key(self, issuer: str, kid: str) -> tuple[UUID, ...]:
        """The credentials of `issuer` that were under that key and were signed anew, as the audit log has it."""
        details = audit_log.c.details["key"].as_string()
        statement = select(audit_log.c.object).where(_REISSUED, details == kid).distinct()
        named = sorted(map(UUID, self._connection.execute(statement).scalars()))
        rows = credentials.c
        return tuple(
            uuid
            for first in range(0, len(named), _AT_ONCE)
            for uuid in self._connection.execute(
                select(rows.uuid)
                .where(self._among(rows.uuid, named[first : first + _AT_ONCE]), rows.issuer == issuer)
                .order_by(rows.uuid)
            ).scalars()
        )

    def learners(self, uuids: Collection[UUID]) -> frozenset[bytes]:
        """One keyed hash of each learner of these credentials. Whoever is known by an e-mail address here and by a DID
        there counts twice."""
        keys = award_keys.c
        asked = sorted(uuids)
        if len(asked) > _AT_ONCE:
            pages = (asked[first : first + _AT_ONCE] for first in range(0, len(asked), _AT_ONCE))
            return frozenset().union(*map(self.learners, pages))
        first = (
            select(keys.credential, func.min(keys.kind).label("kind"))
            .where(self._among(keys.credential, asked), keys.kind != LookupKind.NAME.value)
            .group_by(keys.credential)
            .subquery()
        )
        statement = (
            select(keys.hash)
            .distinct()
            .join(first, (first.c.credential == keys.credential) & (first.c.kind == keys.kind))
        )
        return frozenset(map(bytes, self._connection.execute(statement).scalars())) if asked else frozenset()

    def _page(self, found: Select[Any], limit: int, after: UUID | None) -> tuple[UUID, ...]:
        credential = sealed_documents.c.credential
        statement = found.distinct().order_by(credential).limit(limit)
        if after is not None:
            statement = statement.where(credential > after)
        return tuple(self._connection.execute(statement).scalars())


class SignedDocuments(ReadSignedDocuments):
    """As read, and may be replaced by others with the same content."""

    locks = True

    def replace(self, rows: Sequence[Replacement]) -> tuple[UUID, ...]:
        """Put new documents in the place of those that were read. The answer names the credentials where that was
        done; where anything happened meanwhile (erased, revoked, replaced by another) nothing is written."""
        current = self._unchanged(rows)
        done = [row for row in rows if row.uuid in current]
        documents = [
            {
                "credential": row.uuid,
                "format": document.format,
                "sealed_document": document.sealed_document,
                "digest": document.digest,
                "kid": document.kid,
            }
            for row in done
            for document in row.documents
        ]
        primary = [
            {"uuid": row.uuid, "digest": document.digest, "kid": document.kid}
            for row in done
            for document in row.documents
            if document.format is row.primary
        ]
        if self._connection.dialect.name == "postgresql":
            for table, values, statement in (
                (sealed_documents, documents, _REPLACE_ON_POSTGRESQL),
                (credentials, primary, _PRIMARY_ON_POSTGRESQL),
            ):
                if values:
                    self._connection.exec_driver_sql(statement, columns_of(self._connection, table, values))
        else:
            for each in documents:
                each |= {"row": each.pop("credential"), "form": each.pop("format")}
            for each in primary:
                each["row"] = each.pop("uuid")
            if documents:
                self._connection.execute(_REPLACE_ON_SQLITE, documents)
            if primary:
                self._connection.execute(_PRIMARY_ON_SQLITE, primary)
        self._wrote(credentials, *((row.uuid,) for row in done))
        return tuple(row.uuid for row in done)

    def _unchanged(self, rows: Sequence[Replacement]) -> set[UUID]:
        """Those that are not revoked and still have the documents that are to be replaced; locked until the commit."""
        uuids = [row.uuid for row in rows]
        columns, documents = credentials.c, sealed_documents.c
        standing = (
            select(columns.uuid)
            .where(self._among(columns.uuid, uuids), columns.state != CredentialState.REVOKED.value)
            .order_by(columns.uuid)  # two transactions lock in one order
        )
        found = set(self._connection.execute(self._reserved(standing)).scalars()) if uuids else set()
        stored: dict[tuple[UUID, str], bytes] = {
            (row["credential"], row["format"]): bytes(row["digest"])
            for row in self._all(
                select(documents.credential, documents.format, documents.digest).where(
                    self._among(documents.credential, found)
                )
            )
        }
        return {
            row.uuid
            for row in rows
            if row.uuid in found
            and all(stored.get((row.uuid, form.value)) == digest for form, digest in row.replaced.items())
        }


def _signed_by(statement: Select[Any], issuer: str, kid: str) -> Select[Any]:
    """`statement`, of forms that were signed by that key. Only issued credentials have forms."""
    return (
        statement.select_from(sealed_documents)
        .join(credentials, credentials.c.uuid == sealed_documents.c.credential)
        .where(credentials.c.issuer == issuer, sealed_documents.c.kid == kid)
    )
