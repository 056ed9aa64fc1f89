"""The tree seen through its tiles: full subtrees read from them, and the tiles that new leaves make.

https://c2sp.org/tlog-tiles#merkle-tree

`hashes(level, index)` gives the bytes of a hash tile as wide as the log has it; bytes beyond what is asked for do no
harm, so a wider tile than at the time of a checkpoint serves as well. It is called once for each hash wanted: where
reading costs, the caller keeps what it read.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from jmc_vc.errors import Malformed
from jmc_vc.formats.transparency.merkle import HASH_LENGTH, Subtree, root_of
from jmc_vc.formats.transparency.tile import HEIGHT, WIDTH, Tile

Hashes: TypeAlias = Callable[[int, int], bytes]

_FULL = WIDTH * HASH_LENGTH


class TileTooShort(Malformed):
    """A tile has fewer hashes than a log of this size must have there."""

    code = "log.tile"


def subtree_of(hashes: Hashes) -> Subtree:
    """The function that `merkle` asks for full subtrees, answered from one tile each. It raises log.tile."""

    def subtree(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, HEIGHT)
        tile, first = divmod(index << height, WIDTH)
        begin, end = first * HASH_LENGTH, (first + (1 << height)) * HASH_LENGTH
        data = hashes(tile_level, tile)
        if len(data) < end:
            raise TileTooShort
        return _root(data[begin:end])

    return subtree


def grown(size: int, leaves: Iterable[bytes], hashes: Hashes) -> Iterator[tuple[Tile, bytes]]:
    """Each hash tile that changes when `leaves` (leaf hashes) are appended to a log of `size` entries, with its bytes:
    the tiles of `tile.tiles_added` without the bundles, in the same order. Linear in the number of leaves; of the old
    log only the last partial tile of each level is read. Raises log.tile."""
    added = b"".join(leaves)
    level = 0
    while added:
        index, width = divmod(size >> HEIGHT * level, WIDTH)
        before = hashes(level, index)[: width * HASH_LENGTH] if width else b""
        if len(before) < width * HASH_LENGTH:
            raise TileTooShort
        data = before + added
        completed: list[bytes] = []
        for begin in range(0, len(data), _FULL):
            tile = data[begin : begin + _FULL]
            yield Tile(level, index + begin // _FULL, len(tile) // HASH_LENGTH), tile
            if len(tile) == _FULL:
                completed.append(_root(tile))
        added = b"".join(completed)
        level += 1


def _root(data: bytes) -> bytes:
    return root_of(data[at : at + HASH_LENGTH] for at in range(0, len(data), HASH_LENGTH))
