"""Put another key-encryption key (KEK) in the place of the one that everything at rest is under.

One transaction, which waits for those that store what is sealed and lets none of them go on before its commit:

1 no other rotation was first: the database is under the key that we have
2 every signing key is unwrapped with the old key and wrapped with the new one, bound to the same row and state
3 so is the data key of every credential, in batches
4 the keys of the hashes go under the new key, so that people and API keys are found as before
5 the check value of the new key                                                                       COMMIT

Before the commit everything is under the old key, afterwards under the new one. A process that goes on with the old key
stores nothing sealed any more (`Aggregate._require_kek`), and is no longer ready.

What does not open with the old key is lost already; it stays as it is, and is counted.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.errors import Conflict
from jmc_vc.sealing import KeyEncryptionKey, SealBroken, WrongKey
from jmc_vc.signing.keyring import Keyring, KeyUnusable
from jmc_vc.storage.data_keys import DataKey
from jmc_vc.storage.database import Database
from jmc_vc.storage.sealed_parts import key_context
from jmc_vc.storage.site_record import SiteRecord
from jmc_vc.storage.transaction import Snapshot, Transaction

BATCH = 5_000
"""Data keys that are in memory at a time, some hundred bytes each."""


class SameKek(Conflict):
    """The new key is the old one: nothing would be gained by it."""

    code = "kek.same"


@dataclass(frozen=True, kw_only=True)
class KekRotation:
    """How many private signing keys and data keys of credentials go, or would go, under the new key; how many of both
    do not open."""

    signing_keys: int
    credentials: int
    unreadable: int


@dataclass(frozen=True, kw_only=True)
class RotateKek:
    """`kek` is the old key, with which `keyring` works."""

    database: Database
    kek: KeyEncryptionKey
    keyring: Keyring
    random: Callable[[int], bytes]
    batch: int = BATCH

    def plan(self, new: KeyEncryptionKey) -> KekRotation:
        """What a rotation would do; all of it is tried, and nothing stored. Raises SameKek, WrongKey."""
        with self.database.read() as snapshot:
            self._ensure_next(snapshot.site_record.get(), new)
            keys = list(self._signing_keys(snapshot.signing_keys.all(), new))
            data = [(len(wrapped), broken) for wrapped, broken in self._data_keys(snapshot, new)]
        return _counted(keys, data)

    def __call__(
        self,
        new: KeyEncryptionKey,
        *,
        reason: str,
        actor: Actor,
        now: datetime,
        progress: Callable[[int], None] = lambda _: None,
    ) -> KekRotation:
        """What was done. `progress` is told how many credentials are, after each batch. Raises SameKek, and WrongKey
        when the database is not under the old key."""

        def work(tx: Transaction) -> KekRotation:
            keys_before = tx.signing_keys.all_for_change()
            self._ensure_next(tx.site_record.for_new_kek(), new)  # 1
            keys = list(self._signing_keys(keys_before, new))
            for key in keys:  # 2
                if key is not None:
                    tx.signing_keys.save(key)
            data: list[tuple[int, int]] = []
            progress(0)
            for wrapped, broken in self._data_keys(tx, new):  # 3
                tx.data_keys.save(wrapped)
                data.append((len(wrapped), broken))
                progress(sum(count for count, _ in data))
            done = _counted(keys, data)
            tx.site_record.replace_kek(new.check_value, self.kek.hand_on_hash_keys(new, self.random))  # 4, 5
            tx.audit_log.append("kek-rotated", "kek", actor, now, reason=reason, details=asdict(done))
            return done

        return self.database.write(work)

    def _ensure_next(self, record: SiteRecord | None, new: KeyEncryptionKey) -> None:
        if record is None or record.kek_check != self.kek.check_value:
            raise WrongKey
        if new.check_value == self.kek.check_value:
            raise SameKek

    def _signing_keys(self, keys: Iterable[SigningKey], new: KeyEncryptionKey) -> Iterator[SigningKey | None]:
        """Each key that has a private part, under the new key; None for one that does not open."""
        for key in keys:
            if key.sealed_private:
                try:
                    yield self.keyring.under(new, key)
                except KeyUnusable:
                    yield None

    def _data_keys(self, snapshot: Snapshot, new: KeyEncryptionKey) -> Iterator[tuple[list[DataKey], int]]:
        """Batches of data keys under the new key, each with how many of it do not open."""
        after: UUID | None = None
        while page := snapshot.data_keys.page(self.batch, after):
            wrapped: list[DataKey] = []
            for each in page:
                context = key_context(each.credential)
                try:
                    secret = self.kek.unwrap(each.sealed_key, context)
                except SealBroken:
                    continue
                wrapped.append(replace(each, sealed_key=new.wrap(secret, context, self.random)))
            yield wrapped, len(page) - len(wrapped)
            after = page[-1].credential


def _counted(keys: Sequence[SigningKey | None], data: Sequence[tuple[int, int]]) -> KekRotation:
    return KekRotation(
        signing_keys=sum(key is not None for key in keys),
        credentials=sum(count for count, _ in data),
        unreadable=sum(key is None for key in keys) + sum(broken for _, broken in data),
    )
