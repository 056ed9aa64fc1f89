"""The tree against its definition, the customary vectors, and everything that a forger might send."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.transparency.merkle import (
    EMPTY_ROOT,
    LARGEST_SIZE,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    root_at,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.builders.refusals import refused_code
from tests.formats.transparency import by_the_book
from tests.formats.transparency.written_logs import TiledLog, leaves, subtree_of_leaves

LARGEST = 70
LEAVES = leaves(LARGEST)
SUBTREE = subtree_of_leaves(LEAVES)
ROOTS = [by_the_book.root(LEAVES[:size]) for size in range(LARGEST + 1)]

# The eight entries that the tests of Certificate Transparency have had since 2013, and the root after each.
CT_ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
CT_ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
CT_INCLUSION = {
    (0, 1): (),
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
}
CT_CONSISTENCY = {
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
CT_LEAVES = [leaf_hash(entry) for entry in CT_ENTRIES]


@pytest.mark.parametrize("size", range(9))
def test_the_customary_roots_come_out(size: int) -> None:
    assert root_of(CT_LEAVES[:size]).hex() == CT_ROOTS[size]
    assert root_at(size, subtree_of_leaves(CT_LEAVES)).hex() == CT_ROOTS[size]


@pytest.mark.parametrize(("index", "size"), CT_INCLUSION)
def test_the_customary_inclusion_proofs_come_out_and_verify(index: int, size: int) -> None:
    path = inclusion_path(index, size, subtree_of_leaves(CT_LEAVES))
    assert tuple(each.hex() for each in path) == CT_INCLUSION[index, size]
    verify_inclusion(index, size, CT_LEAVES[index], path, bytes.fromhex(CT_ROOTS[size]))


@pytest.mark.parametrize(("old", "new"), CT_CONSISTENCY)
def test_the_customary_consistency_proofs_come_out_and_verify(old: int, new: int) -> None:
    path = consistency_path(old, new, subtree_of_leaves(CT_LEAVES))
    assert tuple(each.hex() for each in path) == CT_CONSISTENCY[old, new]
    verify_consistency(old, new, path, bytes.fromhex(CT_ROOTS[old]), bytes.fromhex(CT_ROOTS[new]))


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert root_of([]) == root_at(0, SUBTREE) == EMPTY_ROOT == by_the_book.root([])


def test_a_leaf_cannot_pass_for_a_node() -> None:
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize("tiled", [False, True], ids=["from leaf hashes", "from tiles"])
def test_every_proof_of_every_small_tree_is_the_defined_one_and_verifies(*, tiled: bool) -> None:
    log = TiledLog()
    log.append(LEAVES)
    subtree = log.subtree if tiled else SUBTREE
    for size in range(1, LARGEST + 1):
        now = LEAVES[:size]
        assert root_of(now) == root_at(size, subtree) == ROOTS[size]
        for index in range(size):
            path = inclusion_path(index, size, subtree)
            assert tiled or list(path) == by_the_book.path(index, now)
            verify_inclusion(index, size, LEAVES[index], path, ROOTS[size])
        for old in range(size + 1):
            path = consistency_path(old, size, subtree)
            assert tiled or list(path) == (by_the_book.proof(old, now) if old else [])
            verify_consistency(old, size, path, ROOTS[old], ROOTS[size])


@dataclass(frozen=True, kw_only=True)
class Inclusion:
    index: int = 5
    size: int = 13
    leaf: bytes = LEAVES[5]
    path: tuple[bytes, ...] = inclusion_path(5, 13, SUBTREE)
    root: bytes = ROOTS[13]

    def verify(self) -> None:
        verify_inclusion(self.index, self.size, self.leaf, self.path, self.root)


GOOD = Inclusion()
NOT_INCLUDED = {
    "another index": replace(GOOD, index=4),
    "index behind the end": replace(GOOD, index=13),
    "index below zero": replace(GOOD, index=-1),
    "a smaller tree": replace(GOOD, size=8),
    "a larger tree": replace(GOOD, size=17),
    "an empty tree": Inclusion(index=0, size=0, leaf=EMPTY_ROOT, path=(), root=EMPTY_ROOT),
    "a tree beyond all numbers": replace(GOOD, size=LARGEST_SIZE + 1),
    "another leaf": replace(GOOD, leaf=LEAVES[6]),
    "another root": replace(GOOD, root=ROOTS[14]),
    "a node as leaf": replace(GOOD, index=2, leaf=node_hash(*LEAVES[4:6]), path=GOOD.path[1:]),
    "no path": replace(GOOD, path=()),
    "path without its first hash": replace(GOOD, path=GOOD.path[1:]),
    "path without its last hash": replace(GOOD, path=GOOD.path[:-1]),
    "path with one more hash": replace(GOOD, path=(*GOOD.path, ROOTS[13])),
    "path with one hash before": replace(GOOD, path=(LEAVES[0], *GOOD.path)),
    "path upside down": replace(GOOD, path=GOOD.path[::-1]),
    "path of ten thousand": replace(GOOD, path=GOOD.path * 2_500),
    "short hash": replace(GOOD, path=(GOOD.path[0][:31], *GOOD.path[1:])),
    "two hashes glued": replace(GOOD, path=(GOOD.path[0] + GOOD.path[1], *GOOD.path[2:])),
    "empty leaf hash": replace(GOOD, leaf=b""),
    "root alone": Inclusion(index=0, size=1, leaf=LEAVES[0], path=(), root=b""),
}


@pytest.mark.parametrize("forged", NOT_INCLUDED.values(), ids=NOT_INCLUDED)
def test_an_inclusion_proof_with_something_wrong_is_refused(forged: Inclusion) -> None:
    GOOD.verify()
    assert refused_code(forged.verify) == "log.inclusion"


@dataclass(frozen=True, kw_only=True)
class Consistency:
    old: int = 6
    new: int = 13
    path: tuple[bytes, ...] = consistency_path(6, 13, SUBTREE)
    old_root: bytes = ROOTS[6]
    new_root: bytes = ROOTS[13]

    def verify(self) -> None:
        verify_consistency(self.old, self.new, self.path, self.old_root, self.new_root)


GREW = Consistency()
DOUBLED = Consistency(old=8, path=consistency_path(8, 13, SUBTREE), old_root=ROOTS[8])
SAME = Consistency(old=13, path=(), old_root=ROOTS[13])
FROM_NOTHING = Consistency(old=0, path=(), old_root=EMPTY_ROOT)
NOT_CONSISTENT = {
    "the sizes the wrong way round": replace(GREW, old=13, new=6),
    "roots the wrong way round": replace(GREW, old_root=ROOTS[13], new_root=ROOTS[6]),
    "another old size": replace(GREW, old=7),
    "another new size": replace(GREW, new=17),
    "size below zero": replace(GREW, old=-1),
    "size beyond all numbers": replace(GREW, new=LARGEST_SIZE + 1),
    "another old root": replace(GREW, old_root=ROOTS[5]),
    "another new root": replace(GREW, new_root=ROOTS[12]),
    "another old root at a power of two": replace(DOUBLED, old_root=ROOTS[7]),
    "old root repeated in the path": replace(DOUBLED, path=(DOUBLED.old_root, *DOUBLED.path)),
    "no path": replace(GREW, path=()),
    "no path at a power of two": replace(DOUBLED, path=()),
    "path without its first hash": replace(GREW, path=GREW.path[1:]),
    "path without its last hash": replace(GREW, path=GREW.path[:-1]),
    "path with one more hash": replace(GREW, path=(*GREW.path, ROOTS[13])),
    "path upside down": replace(GREW, path=GREW.path[::-1]),
    "path of ten thousand": replace(GREW, path=GREW.path * 3_000),
    "short hash": replace(GREW, path=(GREW.path[0][:31], *GREW.path[1:])),
    "the same size with a path": replace(SAME, path=GREW.path),
    "the same size with another root": replace(SAME, old_root=ROOTS[12]),
    "from nothing with a path": replace(FROM_NOTHING, path=(ROOTS[13],)),
    "from nothing with a root": replace(FROM_NOTHING, old_root=ROOTS[1]),
    "empty twice with a root": Consistency(old=0, new=0, path=(), old_root=ROOTS[1], new_root=ROOTS[1]),
}


@pytest.mark.parametrize("forged", NOT_CONSISTENT.values(), ids=NOT_CONSISTENT)
def test_a_consistency_proof_with_something_wrong_is_refused(forged: Consistency) -> None:
    for good in (GREW, DOUBLED, SAME, FROM_NOTHING):
        good.verify()
    assert refused_code(forged.verify) == "log.consistency"


OUTSIDE = {
    "index at the end": lambda: inclusion_path(5, 5, SUBTREE),
    "index below zero": lambda: inclusion_path(-1, 5, SUBTREE),
    "empty tree": lambda: inclusion_path(0, 0, SUBTREE),
    "size beyond all numbers": lambda: inclusion_path(0, LARGEST_SIZE + 1, SUBTREE),
    "shrinking": lambda: consistency_path(6, 5, SUBTREE),
    "from below zero": lambda: consistency_path(-1, 5, SUBTREE),
    "root below zero": lambda: root_at(-1, SUBTREE),
    "root beyond all numbers": lambda: root_at(LARGEST_SIZE + 1, SUBTREE),
}


@pytest.mark.parametrize("case", OUTSIDE)
def test_there_is_no_proof_of_what_the_tree_does_not_have(case: str) -> None:
    assert refused_code(OUTSIDE[case]) == "log.outside"


def test_a_proof_in_a_large_tree_asks_for_few_subtrees() -> None:
    asked: list[tuple[int, int]] = []

    def subtree(level: int, index: int) -> bytes:
        asked.append((level, index))
        return leaf_hash(b"%d/%d" % (level, index))

    for index in (0, 1, 524_287, 524_288, 999_998, 999_999):
        asked.clear()
        inclusion_path(index, 999_999 + 1, subtree)
        consistency_path(index, 999_999 + 1, subtree)
        assert len(asked) <= 80


SIZES = st.integers(1, LARGEST)


@given(st.lists(st.integers(0, 3), max_size=12), st.lists(st.integers(0, 3), max_size=12))
def test_two_logs_have_one_root_only_if_they_say_the_same_in_the_same_order(one: list[int], other: list[int]) -> None:
    roots = [root_of(leaf_hash(bytes([entry])) for entry in log) for log in (one, other)]
    assert (roots[0] == roots[1]) == (one == other)


@given(st.data(), SIZES)
def test_a_changed_removed_reordered_or_added_leaf_changes_the_root(data: st.DataObject, size: int) -> None:
    place, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    log = LEAVES[:size]
    changed = [*log[:place], leaf_hash(b"another"), *log[place + 1 :]]
    removed = [*log[:place], *log[place + 1 :]]
    added = [*log[:place], leaf_hash(b"another"), *log[place:]]
    swapped = list(log)
    swapped[place], swapped[other] = swapped[other], swapped[place]
    for spoiled in (changed, removed, added):
        assert root_of(spoiled) != ROOTS[size]
    assert (root_of(swapped) != ROOTS[size]) == (place != other)


@given(st.data(), SIZES, SIZES)
def test_a_proof_never_verifies_for_another_index_size_or_leaf(data: st.DataObject, size: int, other: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    claimed = data.draw(st.integers(0, other - 1))
    leaf = data.draw(st.integers(0, other - 1))
    path = inclusion_path(index, size, SUBTREE)
    verdict = refused_code(lambda: verify_inclusion(claimed, other, LEAVES[leaf], path, ROOTS[other]))
    # A path says no more than the hashes beside it, so the same path may serve in two trees: then it is right in both.
    right = leaf == claimed and inclusion_path(claimed, other, SUBTREE) == path
    assert (verdict is None) == right


@given(st.data(), SIZES)
def test_a_log_that_was_rewritten_has_no_consistency_proof(data: st.DataObject, old: int) -> None:
    new = data.draw(st.integers(old, LARGEST))
    place = data.draw(st.integers(0, old - 1))
    rewritten = [*LEAVES[:place], leaf_hash(b"another"), *LEAVES[place + 1 : new]]
    path = consistency_path(old, new, subtree_of_leaves(rewritten))
    for offered in (path, consistency_path(old, new, SUBTREE)):
        forged = Consistency(old=old, new=new, path=offered, old_root=ROOTS[old], new_root=root_of(rewritten))
        assert refused_code(forged.verify) == "log.consistency"


@given(
    st.integers(-2, 2**64),
    st.integers(-2, 2**64),
    st.lists(st.binary(max_size=33) | st.sampled_from(LEAVES), max_size=70),
    st.sampled_from(ROOTS) | st.binary(max_size=33),
    st.sampled_from(ROOTS) | st.binary(max_size=33),
)
def test_whatever_comes_as_a_proof_is_refused_with_a_code(
    one: int, two: int, path: list[bytes], first: bytes, second: bytes
) -> None:
    assert refused_code(lambda: verify_inclusion(one, two, first, path, second)) in {None, "log.inclusion"}
    assert refused_code(lambda: verify_consistency(one, two, path, first, second)) in {None, "log.consistency"}
