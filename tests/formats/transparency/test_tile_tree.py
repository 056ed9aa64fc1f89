"""The tree through its tiles: the same roots and proofs, however the log grew."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmc_vc.formats.transparency.merkle import (
    consistency_path,
    inclusion_path,
    root_at,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from jmc_vc.formats.transparency.tile import tiles_added
from jmc_vc.formats.transparency.tile_tree import grown
from tests.builders.refusals import refused_code
from tests.formats.transparency.written_logs import TiledLog, leaves, subtree_of_leaves

MANY = leaves(66_100)
"""Enough for a third level of tiles."""
EDGES = (1, 2, 128, 255, 256, 257, 300, 511, 512, 513, 65_535, 65_536, 65_537, 65_792, 66_100)


@pytest.fixture(scope="module")
def log() -> TiledLog:
    found = TiledLog()
    found.append(MANY)
    return found


@pytest.mark.parametrize("size", EDGES)
def test_the_newest_tiles_give_every_earlier_root_and_proof(log: TiledLog, size: int) -> None:
    root = root_of(MANY[:size])
    assert root_at(size, log.subtree) == root
    for index in {0, size // 2, size - 1}:
        path = inclusion_path(index, size, log.subtree)
        assert path == inclusion_path(index, size, subtree_of_leaves(MANY))
        verify_inclusion(index, size, MANY[index], path, root)
    for old in (edge for edge in EDGES if edge <= size):
        path = consistency_path(old, size, log.subtree)
        verify_consistency(old, size, path, root_at(old, log.subtree), root)


def test_the_tiles_of_a_log_are_those_that_its_sizes_ask_for(log: TiledLog) -> None:
    expected = {(tile.level, tile.index): tile.length for tile in tiles_added(0, len(MANY)) if tile.level is not None}
    assert {place: len(data) for place, data in log.tiles.items()} == expected


@settings(max_examples=25)
@given(st.lists(st.integers(0, 700), max_size=6))
def test_a_log_is_the_same_in_whatever_portions_it_grew(portions: list[int]) -> None:
    log = TiledLog()
    for portion in portions:
        before = log.size
        added = MANY[before : before + portion]
        changed = [tile for tile, _ in grown(before, added, log.read)]
        assert changed == [tile for tile in tiles_added(before, before + portion) if tile.level is not None]
        log.append(added)
    at_once = TiledLog()
    at_once.append(MANY[: log.size])
    assert log == at_once


def test_appending_reads_only_the_last_tile_of_each_level(log: TiledLog) -> None:
    asked: list[tuple[int, int]] = []

    def read(level: int, index: int) -> bytes:
        asked.append((level, index))
        return log.read(level, index)

    assert len(list(grown(log.size, leaves(1), read))) == 1
    assert asked == [(0, 258)]


def test_a_tile_that_is_too_short_is_noticed(log: TiledLog) -> None:
    def short(level: int, index: int) -> bytes:
        return log.read(level, index)[:-32]

    size = len(MANY)
    assert refused_code(lambda: list(grown(size, leaves(1), short))) == "log.tile"
    assert refused_code(lambda: TiledLog(size, {k: v[:-1] for k, v in log.tiles.items()}).subtree(0, size - 1)) == (
        "log.tile"
    )


def test_a_tile_that_was_tampered_with_gives_another_root(log: TiledLog) -> None:
    root = root_of(MANY)
    place = max(place for place in log.tiles if place[0] == 0)
    data = log.tiles[place]
    tampered = TiledLog(log.size, {**log.tiles, place: bytes([data[0] ^ 1]) + data[1:]})
    assert root_at(log.size, tampered.subtree) != root
