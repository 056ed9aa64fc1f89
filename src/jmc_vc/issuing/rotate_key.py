"""Rotate an issuer's signing key: the new key signs from now on, the old one keeps verifying."""

from dataclasses import dataclass, replace
from datetime import datetime

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.errors import Conflict
from jmc_vc.issuing.stored_facts import NoActiveKey
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Transaction


class KeyChanged(Conflict):
    """Somebody else rotated first (CL-02)."""

    code = "key.changed"


@dataclass(frozen=True, kw_only=True)
class RotateKey:
    """Both moves are one transaction: there is never no active key and never two (one per owner, by constraint)."""

    database: Database
    keyring: Keyring

    def __call__(
        self, owner: str, algorithm: str = "Ed25519", *, expected: str | None = None, actor: Actor, now: datetime
    ) -> tuple[SigningKey, SigningKey]:
        """The retired and the new key. `owner` is an issuer's slug, or `jmc`; `algorithm` the kind of key; `expected`
        is the id of the key that the caller believes to be active. Raises NoActiveKey and KeyChanged, and changes
        nothing then."""

        def work(tx: Transaction) -> tuple[SigningKey, SigningKey]:
            old = tx.signing_keys.active_for_change(owner, algorithm)
            if old is None:
                raise NoActiveKey
            if expected is not None and old.kid != expected:
                raise KeyChanged
            retired = self.keyring.rewrap(replace(old, retired_at=now), KeyState.RETIRED)
            kid = f"key-{len(tx.signing_keys.of_owner(owner)) + 1}"
            new = self.keyring.generate(owner, kid, algorithm, now=now, state=KeyState.ACTIVE)
            tx.signing_keys.save(retired)
            tx.signing_keys.add(new)
            tx.audit_log.append("key-rotated", f"{owner}#{kid}", actor=actor, at=now)
            return retired, new

        return self.database.write(work)
