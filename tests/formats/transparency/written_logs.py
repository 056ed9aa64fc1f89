"""Logs for tests: leaves, tiles in a dict, and throw-away keys of logs and witnesses."""

from dataclasses import dataclass, field

from jmc_vc.formats.transparency.checkpoint import Checkpoint, SignedCheckpoint, sign_checkpoint
from jmc_vc.formats.transparency.merkle import Subtree, leaf_hash, root_of
from jmc_vc.formats.transparency.signed_note import Sign
from jmc_vc.formats.transparency.tile_tree import grown, subtree_of
from jmc_vc.formats.transparency.verifier_key import SignatureType, VerifierKey
from tests.builders.keys import ed25519_private_key, ed25519_public_key

ORIGIN = "log.example/public"


def leaves(count: int, first: int = 0) -> list[bytes]:
    return [leaf_hash(b"entry %d" % number) for number in range(first, first + count)]


def subtree_of_leaves(hashes: list[bytes]) -> Subtree:
    """Full subtrees straight from the leaf hashes."""
    return lambda level, index: root_of(hashes[index << level : (index + 1) << level])


@dataclass
class TiledLog:
    """A log that keeps nothing but its newest tiles."""

    size: int = 0
    tiles: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def append(self, hashes: list[bytes]) -> None:
        added = {(tile.level or 0, tile.index): data for tile, data in grown(self.size, hashes, self.read)}
        self.tiles.update(added)
        self.size += len(hashes)

    def read(self, level: int, index: int) -> bytes:
        return self.tiles[level, index]

    @property
    def subtree(self) -> Subtree:
        return subtree_of(self.read)


def key_pair(number: int, name: str = ORIGIN, kind: SignatureType = SignatureType.ED25519) -> tuple[VerifierKey, Sign]:
    return VerifierKey(name, kind, ed25519_public_key(number)), ed25519_private_key(number).sign


def witness(number: int) -> tuple[VerifierKey, Sign]:
    return key_pair(100 + number, f"witness.example/w{number}", SignatureType.COSIGNATURE)


def signed_checkpoint(hashes: list[bytes], *, key_number: int = 1) -> SignedCheckpoint:
    key, sign = key_pair(key_number)
    return sign_checkpoint(Checkpoint(ORIGIN, len(hashes), root_of(hashes)), key, sign)
