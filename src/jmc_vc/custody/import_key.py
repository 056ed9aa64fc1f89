"""Take in a key that was made elsewhere: an issuer that moves here brings the one that its credentials were signed
with."""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.custody.change_keys import ChangeKeys, Step, next_kid, require_owner
from jmc_vc.custody.private_key_file import PrivateKey
from jmc_vc.custody.stage_key import Overtaken
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.key_event import KeyEventKind
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.errors import Conflict
from jmc_vc.formats.encoding.multikey import encode_multikey
from jmc_vc.storage.faults import BrokenRule
from jmc_vc.storage.outside_dids import pinned_keys
from jmc_vc.storage.transaction import Snapshot


class KeyExists(Conflict):
    """The key is here already, as this owner's or as another's. Two who sign with one key cannot be told apart."""

    code = "key.exists"


class KeyPinned(Conflict):
    """The key signs credentials under a DID that an issuer registered as its own. What it signs there is in no log of
    ours, and a theft would be reported for one of the two places alone."""

    code = "key.pinned"


class OtherKey(Conflict):
    """The file holds another key than it did when it was looked at."""

    code = "key.other_key"


def require_not_pinned(snapshot: Snapshot, owner: str, public_key: str) -> None:
    """Raises KeyPinned: an issuer that moves its own key here ends the DID first, and no one else's is taken in."""
    for pinned in snapshot.outside_dids.all():
        if (pinned.ended_at is None or pinned.issuer != owner) and public_key in pinned_keys(pinned):
            raise KeyPinned(did=pinned.did)


@dataclass(frozen=True, kw_only=True)
class ImportKey:
    """The key is created here: it is published and activated like one of our own."""

    change: ChangeKeys

    def __call__(
        self,
        owner: str,
        private: PrivateKey,
        *,
        expected: str | None = None,
        actor: Actor,
        now: datetime,
        reason: str | None = None,
        dry_run: bool = False,
    ) -> SigningKey:
        """The new row. `expected` is the public key, as Multikey, that the caller believes to bring. Raises
        IssuerNotFound, KeyKindUnused, KeyExists, KeyPinned, OtherKey."""
        public_key = encode_multikey(private.public_key)
        if expected is not None and public_key != expected:
            raise OtherKey
        algorithm = private.public_key.algorithm
        while True:
            with self.change.database.read() as snapshot:
                require_owner(snapshot, owner, algorithm)
                if snapshot.signing_keys.with_public_key(public_key) is not None:
                    raise KeyExists
                require_not_pinned(snapshot, owner, public_key)
                seen = snapshot.signing_keys.of_owner(owner)
            made = self.change.keyring.adopt(owner, next_kid(seen), algorithm, private.secret, now=now)

            def plan(
                keys: tuple[SigningKey, ...], seen: tuple[SigningKey, ...] = seen, made: SigningKey = made
            ) -> list[Step]:
                if keys != seen:
                    raise Overtaken
                return [Step(before=None, after=made, kind=KeyEventKind.IMPORTED)]

            try:
                (done,) = self.change(owner, plan, actor=actor, now=now, reason=reason, dry_run=dry_run)
            except Overtaken:
                continue
            except BrokenRule as err:
                raise KeyExists from err  # another owner took it in at the same moment
            return done.after
