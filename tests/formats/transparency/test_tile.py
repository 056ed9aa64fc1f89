"""What tiles are called, and which there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.transparency.merkle import LARGEST_SIZE
from jmc_vc.formats.transparency.tile import WIDTH, Tile, read_tile_path, tiles_added
from tests.builders.refusals import refused_code

PATHS = {
    "tile/0/x001/x234/067": Tile(0, 1_234_067),
    "tile/0/000": Tile(0, 0),
    "tile/0/999": Tile(0, 999),
    "tile/0/x001/000": Tile(0, 1_000),
    "tile/63/000.p/1": Tile(63, 0, 1),
    "tile/0/x001/x234/067.p/255": Tile(0, 1_234_067, 255),
    "tile/entries/x001/x234/067": Tile(None, 1_234_067),
    "tile/entries/000.p/112": Tile(None, 0, 112),
    "tile/0/x036/x028/x797/x018/x963/967": Tile(0, (LARGEST_SIZE >> 8)),
}
NO_PATHS = {
    "empty": "",
    "no tile": "checkpoint",
    "leading slash": "/tile/0/000",
    "behind it a slash": "tile/0/000/",
    "behind it a newline": "tile/0/000\n",
    "level 64": "tile/64/000",
    "level with a zero before": "tile/00/000",
    "level below zero": "tile/-1/000",
    "other word for entries": "tile/data/000",
    "index of two digits": "tile/0/67",
    "index of four digits": "tile/0/0067",
    "no x": "tile/0/001/067",
    "x at the last step": "tile/0/x001",
    "capital X": "tile/0/X001/067",
    "zero steps before": "tile/0/x000/067",
    "too many steps": "tile/0/" + "x001/" * 7 + "001",
    "index beyond the largest log": "tile/0/x036/x028/x797/x018/x963/968",
    "level above the largest log": "tile/8/001",
    "partial of none": "tile/0/000.p/0",
    "partial that is full": "tile/0/000.p/256",
    "partial with a zero before": "tile/0/000.p/07",
    "partial without width": "tile/0/000.p/",
    "partial with a sign": "tile/0/000.p/+7",
    "other digits": "tile/0/０００",
    "other digits of a level": "tile/١/000",
    "way up": "tile/0/../000",
    "escaped": "tile/0/x001%2F067",
    "endless": "tile/0/" + "x001/" * 100_000 + "001",
}


@pytest.mark.parametrize("path", PATHS)
def test_a_tile_has_one_path_and_a_path_one_tile(path: str) -> None:
    assert read_tile_path(path) == PATHS[path]
    assert PATHS[path].path == path


@pytest.mark.parametrize("path", NO_PATHS.values(), ids=NO_PATHS)
def test_any_other_text_names_no_tile(path: str) -> None:
    assert refused_code(lambda: read_tile_path(path)) == "log.tile_path"


@given(st.none() | st.integers(0, 7), st.integers(0, 2**55 - 1), st.integers(1, WIDTH))
def test_paths_come_back(level: int | None, index: int, width: int) -> None:
    tile = Tile(level, index >> 8 * (level or 0), width)
    assert read_tile_path(tile.path) == tile


@given(st.text() | st.from_regex(r"tile/[0-9entris]+/(x[0-9]+/)*[0-9]+(\.p/[0-9]+)?"))
def test_whatever_comes_as_a_path_is_read_or_refused(path: str) -> None:
    if refused_code(lambda: read_tile_path(path)) is None:
        assert read_tile_path(path).path == path


def test_the_log_of_70_000_entries_has_the_tiles_of_the_specification() -> None:
    tiles = list(tiles_added(0, 70_000))
    widths = {level: [tile.width for tile in tiles if tile.level == level] for level in (None, 0, 1, 2)}
    assert widths == {None: [256] * 273 + [112], 0: [256] * 273 + [112], 1: [256, 17], 2: [1]}
    assert len(tiles) == sum(map(len, widths.values()))


def test_256_entries_fill_a_tile_and_begin_the_next_level() -> None:
    assert [tile.path for tile in tiles_added(0, 256)] == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]
    assert [tile.path for tile in tiles_added(255, 257)] == [
        "tile/entries/000", "tile/entries/001.p/1", "tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1",
    ]  # fmt: skip


def test_a_log_that_does_not_grow_has_no_new_tiles() -> None:
    assert list(tiles_added(300, 300)) == list(tiles_added(0, 0)) == []


SIZES = st.integers(0, 200_000)


@given(SIZES, SIZES)
def test_growing_adds_exactly_the_tiles_that_were_not_there(one: int, two: int) -> None:
    old, new = sorted((one, two))
    assert set(tiles_added(0, new)) - set(tiles_added(0, old)) == set(tiles_added(old, new))


@given(SIZES, st.none() | st.integers(0, 3), st.integers(0, 800), st.integers(1, WIDTH))
def test_a_tile_is_in_a_log_when_some_earlier_size_had_it(size: int, level: int | None, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    first_size = (tile.first + width) << 8 * (level or 0)  # the size at which it is as wide as that
    assert tile.is_in(size) == (first_size <= size)
    if tile.is_in(size):
        assert tile in set(tiles_added(0, first_size))
