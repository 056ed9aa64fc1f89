"""The Merkle tree of a log computed from its leaves alone, one after the other: nothing stored is used.

https://www.rfc-editor.org/rfc/rfc6962#section-2.1. What is kept are the roots of the full subtrees on the right edge,
one for each bit of the size, and of each level the hashes of the tile that is being filled.
"""

from collections.abc import Iterator

from jmc_vc.formats.transparency.merkle import EMPTY_ROOT, leaf_hash, node_hash, root_of
from jmc_vc.formats.transparency.tile import WIDTH


class GrowingTree:
    """A tree that leaves are added to."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[tuple[int, bytes]] = []
        self._filling: list[list[bytes]] = [[]]
        self._whole: list[int] = [0]

    def add(self, entry: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
        """Append an entry; the tiles that it makes whole: level, number, hashes, root."""
        leaf = leaf_hash(entry)
        self.size += 1
        height, node = 0, leaf
        while self._edge and self._edge[-1][0] == height:
            node = node_hash(self._edge.pop()[1], node)
            height += 1
        self._edge.append((height, node))
        yield from self._tiles(0, leaf)

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._edge:
            return EMPTY_ROOT
        found = self._edge[-1][1]
        for _, node in reversed(self._edge[:-1]):
            found = node_hash(node, found)
        return found

    def _tiles(self, level: int, added: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
        if level == len(self._filling):
            self._filling.append([])
            self._whole.append(0)
        self._filling[level].append(added)
        if len(self._filling[level]) == WIDTH:
            hashes, number = self._filling[level], self._whole[level]
            root = root_of(hashes)
            self._filling[level] = []
            self._whole[level] += 1
            yield level, number, b"".join(hashes), root
            yield from self._tiles(level + 1, root)
