"""Idempotency keys: a caller's own key for a request, bound to the body that came with it and to the credential it
made."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.dialects.sqlite import insert

from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.bulk import columns_of
from jmc_vc.storage.tables import idempotency_keys

_CLAIM_ON_POSTGRESQL = """
    INSERT INTO idempotency_keys (issuer, key, body_hash, credential)
    SELECT * FROM unnest(%(issuer)s::text[], %(key)s::text[], %(body_hash)s::bytea[], %(credential)s::uuid[])
    ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class KeyClaim:
    """`issuer`'s `key` (its keyed hash: `issuing.command`) for the body with `body_hash` (32 bytes) and the credential
    `uuid` that is being made of it."""

    issuer: str
    key: str
    body_hash: bytes
    uuid: UUID


class ReadIdempotencyKeys(Aggregate):
    """Idempotency keys."""

    def get(self, issuer: str, key: str) -> KeyClaim | None:
        """The claim on `key`."""
        return self.held([(issuer, key)]).get((issuer, key))

    def held(self, names: Sequence[tuple[str, str]]) -> dict[tuple[str, str], KeyClaim]:
        """The claims on keys, each named by its issuer and itself; what nobody claimed is left out."""
        if not names:
            return {}
        keys = idempotency_keys.c
        statement = select(idempotency_keys).where(tuple_(keys.issuer, keys.key).in_(names))
        return {
            (row["issuer"], row["key"]): KeyClaim(row["issuer"], row["key"], row["body_hash"], row["credential"])
            for row in self._all(statement)
        }


class IdempotencyKeys(ReadIdempotencyKeys):
    """As read, and may be claimed and released."""

    def claim(self, claims: Sequence[KeyClaim]) -> list[KeyClaim | None]:
        """Claim many keys. For each: None when it is ours now, else the claim that holds the key, which may be one of
        the same call. Whatever is claimed must be reserved as a credential before the commit, or released again.

        Waits for a transaction that is claiming the same key; when that one commits, its claim is the answer.
        """
        first: dict[tuple[str, str], KeyClaim] = {}
        for claim in claims:
            first.setdefault((claim.issuer, claim.key), claim)
        if not first:
            return []
        rows = [
            {"issuer": claim.issuer, "key": claim.key, "body_hash": claim.body_hash, "credential": claim.uuid}
            for _, claim in sorted(first.items())  # in one order everywhere: no deadlocks
        ]
        if self._connection.dialect.name == "postgresql":
            columns = columns_of(self._connection, idempotency_keys, rows)
            inserted = self._connection.exec_driver_sql(_CLAIM_ON_POSTGRESQL, columns).rowcount
        else:
            inserted = self._connection.execute(insert(idempotency_keys).on_conflict_do_nothing(), rows).rowcount
        held = first if inserted == len(first) else self.held(list(first))
        answers: list[KeyClaim | None] = []
        for claim in claims:
            holder = held[claim.issuer, claim.key]
            ours = holder.uuid == claim.uuid and first[claim.issuer, claim.key] is claim
            answers.append(None if ours else holder)
        return answers

    def release(self, uuids: Collection[UUID]) -> None:
        """Free the keys of credentials that were not made, so that the caller's next try can make them."""
        if uuids:
            self._connection.execute(idempotency_keys.delete().where(self._among(idempotency_keys.c.credential, uuids)))
