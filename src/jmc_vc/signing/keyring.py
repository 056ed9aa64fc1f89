"""The keyring: from the row of a signing key to something that signs. It knows no storage; use cases hand it the row.

The private part lies in the row under the key-encryption key, bound to its owner, key id and state: a ciphertext that
was moved to another row, or a retired key that was set back to active by hand, does not open (DB-06). Of a key that
lives elsewhere, its address lies there in the same way. Only an active key signs; any other is at most tried.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from os import urandom
from threading import Lock

from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.errors import Conflict, Unavailable
from jmc_vc.formats.encoding.multikey import encode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.signature import verify
from jmc_vc.sealing import KeyEncryptionKey, SealBroken
from jmc_vc.settings import Settings
from jmc_vc.signing.file_signer import FileKeys, file_signer
from jmc_vc.signing.pkcs11_signer import TokenKeys
from jmc_vc.signing.signer import KeyPlace, NewKey, Signer

__all__ = ["SIGNERS", "KeyNotActive", "KeyUnusable", "Keyring", "Signer"]

_OPEN_KEYS = 1_024
"""Unsealed keys that stay in memory: those of three hundred issuers with a key of every kind, more than sign in one
busy hour. Each is some hundred bytes, an RSA key a few thousand: all of them a few megabytes."""
_TRIAL = b"jmc-vc: a key is tried before it is relied on. These words say nothing of anybody."
"""No credential, list or head of the log, and no digest of one."""


SIGNERS: Mapping[str, Callable[[Settings], KeyPlace]] = {
    "file": FileKeys,
    "pkcs11": TokenKeys,
}
"""Scheme of `SigningKey.signer_uri` → the place where such keys live, made of the settings."""


class KeyUnusable(Unavailable):
    """The private part does not open, or is not the one of the public key: nothing is signed with it."""

    code = "key.unusable"


class KeyNotActive(Conflict):
    """A key that is not active may not sign."""

    code = "key.not_active"


class Keyring:
    """Opens keys with the key-encryption key and keeps the last ones open. Safe for many threads. Without `settings`
    keys live in their rows alone."""

    def __init__(
        self, kek: KeyEncryptionKey, random: Callable[[int], bytes] = urandom, settings: Settings | None = None
    ) -> None:
        self._kek = kek
        self._random = random
        self._places = {scheme: place(settings or Settings()) for scheme, place in SIGNERS.items()}
        self._open: OrderedDict[tuple[str, ...], Signer] = OrderedDict()
        self._lock = Lock()

    def generate(
        self,
        owner: str,
        kid: str,
        algorithm: str = "Ed25519",
        *,
        now: datetime,
        state: KeyState = KeyState.CREATED,
        place: str = "file",
    ) -> SigningKey:
        """A new key of `owner`, an issuer's slug or `jmc`, that lives in `place`, one of SIGNERS. An RSA key takes some
        50 ms, on a token a minute. A key outside the database whose row is not stored is to be destroyed. Raises
        KeyUnusable for a kind of key that we do not sign with, and what the place raises."""
        try:
            made = self._places[place].new_key(KeyAlgorithm(algorithm), f"{owner}:{kid}", self._random)
        except KeyError:
            raise KeyUnusable(owner=owner, kid=kid) from None
        return self._new_row(owner, kid, algorithm, made=made, state=state, now=now)

    def adopt(self, owner: str, kid: str, algorithm: str, secret: bytes, *, now: datetime) -> SigningKey:
        """A key of `owner` that was made elsewhere, in state created; from now on it lives in its row. `secret` is its
        private part as `file_signer` takes it. Raises KeyUnusable."""
        try:
            made = NewKey("file:", secret, file_signer(KeyAlgorithm(algorithm), secret).public_key)
        except (KeyError, ValueError):
            raise KeyUnusable(owner=owner, kid=kid) from None
        return self._new_row(owner, kid, algorithm, made=made, state=KeyState.CREATED, now=now)

    def signer(self, key: SigningKey) -> Signer:
        """What signs with `key`. Raises KeyNotActive, and KeyUnusable when anything in the row does not fit."""
        if key.state is not KeyState.ACTIVE:
            raise KeyNotActive(owner=key.owner, kid=key.kid)
        name = _name(key)
        with self._lock:
            known = self._open.get(name)
            if known is not None:
                self._open.move_to_end(name)
                return known
        # Outside the lock, so that nobody waits who signs with other keys; two may both open what neither found.
        signer = self._unseal(key)
        with self._lock:
            self._open[name] = signer
            if len(self._open) > _OPEN_KEYS:
                self._open.popitem(last=False)
        return signer

    def keep_open(self, active: Iterable[SigningKey]) -> None:
        """Of the keys that are open keep those alone that are among the `active` ones."""
        names = set(map(_name, active))
        with self._lock:
            for name in self._open.keys() - names:
                del self._open[name]

    def try_out(self, key: SigningKey) -> None:
        """See that `key`, in whatever state, can sign what its public key verifies. Raises KeyUnusable and what the
        place of the key raises."""
        signer = self._unseal(key)
        if not verify(signer.public_key, signer.sign(_TRIAL), _TRIAL):
            raise KeyUnusable(owner=key.owner, kid=key.kid)

    def opens(self, key: SigningKey) -> bool:
        """Whether the private part that the row holds, or the address on a token, is whole. No token is asked."""
        try:
            self._unwrap(key)
        except KeyUnusable:
            return False
        return True

    def rewrap(self, key: SigningKey, state: KeyState) -> SigningKey:
        """`key` in `state`, with the private part bound to it; a destroyed key has no private part any more, for good.

        The dates are the caller's. Raises KeyUnusable.
        """
        if state is KeyState.DESTROYED or not key.sealed_private:
            return replace(key, state=state, sealed_private=b"")
        changed = replace(key, state=state)
        return replace(changed, sealed_private=self._wrap(changed, self._unwrap(key)))

    def under(self, kek: KeyEncryptionKey, key: SigningKey) -> SigningKey:
        """`key`, as it is, with the private part under another key-encryption key. Raises KeyUnusable."""
        if not key.sealed_private:
            return key
        return replace(key, sealed_private=kek.wrap(self._unwrap(key), _context(key), self._random))

    def outside(self) -> frozenset[str]:
        """The URIs of keys that live outside the database, in the places where the settings let keys be made: also such
        as no row names. Raises what the places raise."""
        return frozenset(uri for place in self._places.values() for uri in place.outside())

    def destroy(self, key: SigningKey) -> None:
        """Destroy what of `key` lives outside the database. To be called when its row is stored as destroyed, or will
        never be stored, and again after a crash in between: what is gone is gone. Raises KeyUnusable and what the place
        raises."""
        self._place(key).destroy(key.signer_uri)

    def _new_row(
        self, owner: str, kid: str, algorithm: str, *, made: NewKey, state: KeyState, now: datetime
    ) -> SigningKey:
        key = SigningKey(
            owner=owner,
            kid=kid,
            algorithm=algorithm,
            public_key=encode_multikey(made.public_key),
            state=state,
            created_at=now,
            published_at=None if state is KeyState.CREATED else now,
            active_from=now if state is KeyState.ACTIVE else None,
            retired_at=None,
            sealed_private=b"",
            signer_uri=made.uri,
        )
        return replace(key, sealed_private=self._wrap(key, made.bound))

    def _place(self, key: SigningKey) -> KeyPlace:
        place = self._places.get(key.signer_uri.partition(":")[0])
        if place is None:
            raise KeyUnusable(owner=key.owner, kid=key.kid)
        return place

    def _unseal(self, key: SigningKey) -> Signer:
        place = self._place(key)
        try:
            signer = place.signer(KeyAlgorithm(key.algorithm), key.signer_uri, self._unwrap(key))
        except (KeyError, ValueError) as err:
            raise KeyUnusable(owner=key.owner, kid=key.kid) from err
        if encode_multikey(signer.public_key) != key.public_key:
            raise KeyUnusable(owner=key.owner, kid=key.kid)
        return signer

    def _wrap(self, key: SigningKey, secret: bytes) -> bytes:
        return self._kek.wrap(secret, _context(key), self._random)

    def _unwrap(self, key: SigningKey) -> bytes:
        try:
            return self._kek.unwrap(key.sealed_private, _context(key))
        except SealBroken as err:
            raise KeyUnusable(owner=key.owner, kid=key.kid) from err


def _name(key: SigningKey) -> tuple[str, ...]:
    """The whole row: one changed column, and the open key of the true row is not found."""
    sealed = sha256(key.sealed_private).hexdigest()
    return key.owner, key.kid, key.algorithm, key.public_key, key.signer_uri, sealed


def _context(key: SigningKey) -> str:
    """What the ciphertext is bound to. No part can hold a line break, so no two rows have the same."""
    return f"signing-key\n{key.owner}\n{key.kid}\n{key.algorithm}\n{key.state}"
