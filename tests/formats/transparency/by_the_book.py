"""The Merkle tree exactly as RFC 6962 §2.1 writes it: recursive, wasteful, and nothing shared with what it judges."""

from collections.abc import Sequence
from hashlib import sha256


def root(leaves: Sequence[bytes]) -> bytes:
    """MTH(D[n]) over the leaf hashes."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:])).digest()


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), root(leaves[k:])]
    return [*path(m - k, leaves[k:]), root(leaves[:k])]


def proof(m: int, leaves: Sequence[bytes], *, complete: bool = True) -> list[bytes]:
    """PROOF(m, D[n]), which is SUBPROOF(m, D[n], true)."""
    if m == len(leaves):
        return [] if complete else [root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*proof(m, leaves[:k], complete=complete), root(leaves[k:])]
    return [*proof(m - k, leaves[k:], complete=False), root(leaves[:k])]


def split(n: int) -> int:
    """The largest power of two below `n`."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k
