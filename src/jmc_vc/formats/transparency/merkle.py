"""The Merkle tree of a log: its root, and short proofs that an entry is in it or that it only ever grew.

https://www.rfc-editor.org/rfc/rfc6962#section-2.1 defines the tree, https://www.rfc-editor.org/rfc/rfc9162#section-2.1
the same with the algorithms that check a proof. SHA-256 throughout; a hash is 32 bytes.

Roots and proofs are put together from *full subtrees*: `subtree(level, index)` gives the hash of the 2**level leaves
from `index * 2**level` on. Such a hash never changes once the leaves are there, so a store of tiles can answer, and a
proof in a tree of a million entries asks for some forty.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Final, TypeAlias

from jmc_vc.errors import NotFound, Unacceptable

Subtree: TypeAlias = Callable[[int, int], bytes]

HASH_LENGTH: Final = 32
EMPTY_ROOT: Final = sha256().digest()
LARGEST_SIZE: Final = 2**63 - 1
"""Entries: what fits the signed 64-bit numbers of other readers."""
LONGEST_PATH: Final = 64
"""Hashes of a proof in the largest tree: one a level, and one more where two sizes are compared."""


class OutsideTree(NotFound):
    """The tree has no such entry, or never had that size."""

    code = "log.outside"


class NotIncluded(Unacceptable):
    """The proof does not show the entry at that place in that tree."""

    code = "log.inclusion"


class NotConsistent(Unacceptable):
    """The proof does not show that the larger tree begins with the smaller one."""

    code = "log.consistency"


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry. The first byte keeps leaves and nodes apart, so that none can be passed off as the
    other."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return sha256(b"\1" + left + right).digest()


def root_of(hashes: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes, in linear time."""
    row = list(hashes)
    if not row:
        return EMPTY_ROOT
    while len(row) > 1:
        odd = [row.pop()] if len(row) % 2 else []  # goes up as it is: the RFC splits at the largest power of two
        row = [sha256(b"\1" + left + right).digest() for left, right in zip(row[::2], row[1::2], strict=True)] + odd
    return row[0]


def root_at(size: int, subtree: Subtree) -> bytes:
    """The root of the tree of the first `size` leaves. Raises log.outside for an impossible size."""
    if not 0 <= size <= LARGEST_SIZE:
        raise OutsideTree
    return _root_of_span(0, size, subtree) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """The proof that leaf `index` (from 0) is in the tree of `size` leaves, from its sibling upwards (RFC 9162
    §2.1.3.1). Raises log.outside."""
    if not 0 <= index < size <= LARGEST_SIZE:
        raise OutsideTree
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_root_of_span(middle, end, subtree))
            end = middle
        else:
            path.append(_root_of_span(begin, middle, subtree))
            begin = middle
    return tuple(reversed(path))


def consistency_path(old: int, new: int, subtree: Subtree) -> tuple[bytes, ...]:
    """The proof that the tree of `new` leaves begins with that of `old` (RFC 9162 §2.1.4.1); of an empty tree, or of
    the same one, nothing has to be proven. Raises log.outside."""
    if not 0 <= old <= new <= LARGEST_SIZE:
        raise OutsideTree
    if old == 0:
        return ()
    path: list[bytes] = []
    begin, end = 0, new
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(_root_of_span(middle, end, subtree))
            end = middle
        else:
            path.append(_root_of_span(begin, middle, subtree))
            begin = middle
    if begin:  # else the last hash would be the old root, which the verifier has
        path.append(_root_of_span(begin, end, subtree))
    return tuple(reversed(path))


def verify_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> None:
    """Raises log.inclusion unless `path` leads from the leaf hash `leaf` at `index` to `root` of the tree of `size`
    leaves (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size <= LARGEST_SIZE or not _are_hashes((leaf, root), path):
        raise NotIncluded
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise NotIncluded
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while place and not place & 1:  # on the right edge: levels at which it has no sibling
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    if last or found != root:
        raise NotIncluded


def verify_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Raises log.consistency unless `path` shows that the tree of `new` leaves with `new_root` begins with that of
    `old` leaves with `old_root` (RFC 9162 §2.1.4.2). Every tree begins with the empty one."""
    if not 0 <= old <= new <= LARGEST_SIZE or not _are_hashes((old_root, new_root), path):
        raise NotConsistent
    if old in {0, new}:
        if path or (old == 0 and old_root != EMPTY_ROOT) or (old == new and old_root != new_root):
            raise NotConsistent
        return
    if not old & (old - 1):  # a power of two: the old tree is a subtree of the new one, and its root is known
        path = (old_root, *path)
    if not path:
        raise NotConsistent
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first, *rest = path
    found_old = found_new = first
    for each in rest:
        if last == 0:
            raise NotConsistent
        if place & 1 or place == last:
            found_old, found_new = node_hash(each, found_old), node_hash(each, found_new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found_new = node_hash(found_new, each)
        place, last = place >> 1, last >> 1
    if last or found_old != old_root or found_new != new_root:
        raise NotConsistent


def _are_hashes(given: Iterable[bytes], path: Sequence[bytes]) -> bool:
    return len(path) <= LONGEST_PATH and all(len(each) == HASH_LENGTH for each in (*given, *path))


def _split(size: int) -> int:
    """The largest power of two below `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def _root_of_span(begin: int, end: int, subtree: Subtree) -> bytes:
    """The hash over the leaves from `begin` to before `end`. `begin` is a multiple of a power of two not below their
    number, as it is for every node of the tree; so they are full subtrees, from the largest to the smallest."""
    hashes: list[bytes] = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        hashes.append(subtree(level, begin >> level))
        begin += 1 << level
    root = hashes.pop()
    while hashes:
        root = node_hash(hashes.pop(), root)
    return root
