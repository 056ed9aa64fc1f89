"""The Merkle tree of the public log as the database has it: whole tiles from their rows, what is not whole yet from the
entries and from the roots of the tiles below. A head, a proof or a tile costs a handful of reads in a log of any
size."""

from collections.abc import Mapping

from jmc_vc.formats.transparency.merkle import consistency_path, inclusion_path, leaf_hash, root_at
from jmc_vc.formats.transparency.tile import WIDTH
from jmc_vc.formats.transparency.tile_tree import subtree_of
from jmc_vc.storage.public_log import ReadPublicLog


class LogTree:
    """The tree over the first `size` leaves of `log`, in one snapshot or transaction. `known` are hash tiles that need
    not be read: (level, number) → hashes."""

    def __init__(self, log: ReadPublicLog, size: int, known: Mapping[tuple[int, int], bytes] | None = None) -> None:
        self._log = log
        self._size = size
        self._tiles = dict(known or {})
        self._subtree = subtree_of(self.hashes)

    def hashes(self, level: int, number: int) -> bytes:
        """The hashes of a tile side by side: 256, or as many as there are."""
        name = (level, number)
        if name not in self._tiles:
            self._tiles[name] = self._read(level, number)
        return self._tiles[name]

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` leaves, over all of them unless told. Raises log.tile when the database has
        lost some."""
        return root_at(self._size if size is None else size, self._subtree)

    def inclusion(self, index: int) -> tuple[bytes, ...]:
        """The proof that leaf `index` is in the tree. Raises log.outside and log.tile."""
        return inclusion_path(index, self._size, self._subtree)

    def consistency(self, old: int) -> tuple[bytes, ...]:
        """The proof that the tree begins with that of the first `old` leaves. Raises log.outside and log.tile."""
        return consistency_path(old, self._size, self._subtree)

    def _read(self, level: int, number: int) -> bytes:
        whole = self._log.tile(level, number)
        if whole is not None:
            return whole
        first, end = number * WIDTH, (number + 1) * WIDTH
        if level:
            return b"".join(self._log.tile_roots(level - 1, first, end))
        return b"".join(map(leaf_hash, self._log.bodies(first, min(end, self._size))))
