"""What a signer is, and what a place where private keys live has to offer. `keyring.SIGNERS` lists the places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from jmc_vc.errors import Unavailable
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey


class SignerUnavailable(Unavailable):
    """What holds the private key does not answer, or answers nonsense. Nothing was signed; a later call tries again."""

    code = "signer.unavailable"


class Signer(Protocol):
    """Signs with one private key, and has no way to show it."""

    @property
    def public_key(self) -> PublicKey: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True)
class NewKey:
    """A key that was just made. `uri` says where its private part lives. `bound` is what the row keeps of it under the
    key-encryption key: the private part itself, or, when that lives elsewhere, the `uri` once more, so that a row
    whose columns were changed by hand opens nothing."""

    uri: str
    bound: bytes = field(repr=False)
    public_key: PublicKey


class KeyPlace(Protocol):
    """Where private keys live, be it the database or a device. Its scheme is the part of `uri` before the colon."""

    def new_key(self, algorithm: KeyAlgorithm, name: str, random: Callable[[int], bytes]) -> NewKey:
        """A new key. `name` is for people who look at the place. Raises KeyError for a kind that it cannot hold."""

    def signer(self, algorithm: KeyAlgorithm, uri: str, bound: bytes) -> Signer:
        """What signs with the key at `uri`. Raises KeyError or ValueError when the arguments are not of one key, and
        SignerUnavailable."""

    def outside(self) -> Sequence[str]:
        """The URIs of keys in the form of ours that live there outside the database, other installations' among them.
        Raises SignerUnavailable."""

    def destroy(self, uri: str) -> None:
        """Make the private part that lives outside the database, if any, vanish for good; gone is gone."""
