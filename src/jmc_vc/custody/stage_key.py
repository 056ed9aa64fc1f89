"""Make a new key, which nobody knows yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.custody.change_keys import ChangeKeys, Step, next_kid, require_owner
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.key_event import KeyEventKind
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.errors import Conflict
from jmc_vc.signing.keyring import Keyring, KeyUnusable

FILE = "file"
"""The place of keys that live, sealed, in their own rows."""


class Overtaken(Conflict):
    """Other keys came meanwhile: nothing was stored, and the plan is to be made anew."""

    code = "key.changed"


@dataclass(frozen=True, kw_only=True)
class StageKey:
    """The key is created, and neither published nor used."""

    change: ChangeKeys

    def __call__(
        self, owner: str, algorithm: str = "Ed25519", *, place: str = FILE, actor: Actor, now: datetime
    ) -> SigningKey:
        """The new key of `owner`: an issuer's slug, `jmc` or `log`. `place` is a scheme of `signing.keyring.SIGNERS`.
        Raises IssuerNotFound, KeyKindUnused, KeyUnusable for a kind that we do not sign with, and what the place
        raises."""
        keyring = self.change.keyring
        while True:
            with self.change.database.read() as snapshot:
                require_owner(snapshot, owner, algorithm)
                seen = snapshot.signing_keys.of_owner(owner)
            # Before the transaction: an RSA key may take a second, and everybody who signs would wait for it.
            made = keyring.generate(owner, next_kid(seen), algorithm, now=now, place=place)

            def plan(
                keys: tuple[SigningKey, ...], seen: tuple[SigningKey, ...] = seen, made: SigningKey = made
            ) -> list[Step]:
                if keys != seen:
                    raise Overtaken
                return [Step(before=None, after=made, kind=KeyEventKind.CREATED)]

            try:
                with destroyed_if_refused(keyring, made):
                    (step,) = self.change(owner, plan, actor=actor, now=now)
            except Overtaken:
                continue
            return step.after


@contextmanager
def destroyed_if_refused(keyring: Keyring, made: SigningKey) -> Iterator[None]:
    """A key on a token that was certainly not stored, or signs nothing that verifies, is of no use to anybody. Where
    the commit may have come through, it stays."""
    try:
        yield
    except (Conflict, KeyUnusable):
        keyring.destroy(made)
        raise
