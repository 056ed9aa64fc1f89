"""Rotate an issuer's signing key: the new key signs from now on, the old one keeps verifying."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.errors import Conflict
from jmc_vc.issuing.stored_facts import NoActiveKey
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.audit_log import Detail
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


class KeyChanged(Conflict):
    """Somebody else rotated first (CL-02)."""

    code = "key.changed"


class NoKeyOfThatKind(Conflict):
    """The owner has active keys, but none of this kind: no program of it needs one."""

    code = "key.none_of_kind"


@dataclass(frozen=True, kw_only=True)
class RotateKey:
    """Both moves are one transaction: there is never no active key of a kind and never two (one for each owner and
    algorithm, by constraint)."""

    database: Database
    keyring: Keyring

    def __call__(
        self, owner: str, algorithm: str = "Ed25519", *, expected: str | None = None, actor: Actor, now: datetime
    ) -> tuple[SigningKey, SigningKey]:
        """The retired and the new key. `owner` is an issuer's slug, or `jmc`; `algorithm` the kind of key; `expected`
        is the id of the key that the caller believes to be active. Raises NoActiveKey, NoKeyOfThatKind and KeyChanged,
        and changes nothing then."""
        while True:
            with self.database.read() as snapshot:
                keys = snapshot.signing_keys.of_owner(owner)
            old = key_to_rotate(keys, algorithm)
            if expected is not None and old.kid != expected:
                raise KeyChanged
            retired = self.keyring.rewrap(replace(old, retired_at=now), KeyState.RETIRED)
            # Before the transaction: an RSA key may take a second, and everybody who signs would wait for it.
            kid = f"key-{len(keys) + 1}"
            new = self.keyring.generate(owner, kid, algorithm, now=now, state=KeyState.ACTIVE)
            if self.database.write(partial(_store, seen=keys, retired=retired, new=new, actor=actor, now=now)):
                return retired, new


def key_to_rotate(keys: Sequence[SigningKey], algorithm: str) -> SigningKey:
    """The active one of that kind among an owner's `keys`. Raises NoActiveKey and NoKeyOfThatKind."""
    active = {key.algorithm: key for key in keys if key.state is KeyState.ACTIVE}
    if not active:
        raise NoActiveKey
    if algorithm not in active:
        raise NoKeyOfThatKind(algorithm=algorithm)
    return active[algorithm]


def _store(
    tx: Transaction,
    *,
    seen: tuple[SigningKey, ...],
    retired: SigningKey,
    new: SigningKey,
    actor: Actor,
    now: datetime,
) -> bool:
    """False, and nothing stored, when somebody changed the keys since they were `seen`."""
    if tx.signing_keys.of_owner_for_change(new.owner) != seen:
        return False
    tx.signing_keys.save(retired)
    tx.signing_keys.add(new)
    told: dict[str, Detail] = {"algorithm": new.algorithm, "retired": retired.kid}
    tx.audit_log.append("key-rotated", f"{new.owner}#{new.kid}", actor=actor, at=now, details=told)
    return True
