"""Tiles: the fixed pieces in which a log is served, and what they are called. https://c2sp.org/tlog-tiles

A hash tile of level L holds up to 256 hashes side by side; each stands for 256**L leaves, and a full tile is one hash
of the level above. A bundle of entries has the entries behind one tile of level 0. Full tiles never change; a *partial*
one has its width in its name, so that what stands under a name never changes either and may be cached for ever.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jmc_vc.errors import NotFound
from jmc_vc.formats.transparency.merkle import HASH_LENGTH, LARGEST_SIZE

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT
HIGHEST_LEVEL: Final = 63

_PATH: Final = re.compile(
    r"tile/(?P<level>entries|[0-9]|[1-5][0-9]|6[0-3])/"
    r"(?P<index>(?!x000)(?:x[0-9]{3}/){0,6}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?",
    re.ASCII,
)


class NoSuchTile(NotFound):
    """The path is not one of a tile or a bundle of entries."""

    code = "log.tile_path"


@dataclass(frozen=True)
class Tile:
    """One piece of a log: hashes of `level`, or the entries themselves where `level` is None."""

    level: int | None
    index: int
    width: int = WIDTH

    def __post_init__(self) -> None:
        if not 0 <= (self.level or 0) <= HIGHEST_LEVEL or self.index < 0 or not 1 <= self.width <= WIDTH:
            raise NoSuchTile
        if self.index >= _count(LARGEST_SIZE, self.level) // WIDTH + 1:
            raise NoSuchTile

    @property
    def full(self) -> bool:
        """Whether it will never be wider."""
        return self.width == WIDTH

    @property
    def first(self) -> int:
        """The number of its first hash among those of its level; for a bundle, of its first entry."""
        return self.index * WIDTH

    @property
    def length(self) -> int:
        """The bytes of a hash tile."""
        return self.width * HASH_LENGTH

    @property
    def path(self) -> str:
        """`tile/0/x001/x234/067`, `tile/1/000.p/17`, `tile/entries/000`."""
        thousands, steps = divmod(self.index, 1000)
        path = f"{steps:03}"
        while thousands:
            thousands, steps = divmod(thousands, 1000)
            path = f"x{steps:03}/{path}"
        level = "entries" if self.level is None else self.level
        return f"tile/{level}/{path}" + ("" if self.full else f".p/{self.width}")

    def is_in(self, size: int) -> bool:
        """Whether a log of `size` entries has all of this tile. A partial tile stays true when it has grown since."""
        return self.first + self.width <= _count(size, self.level)


def read_tile_path(path: str) -> Tile:
    """The tile whose `path` this is, letter by letter. Raises log.tile_path."""
    found = _PATH.fullmatch(path) if len(path) <= 64 else None  # the longest path has 46 characters
    if found is None:
        raise NoSuchTile
    level = None if found["level"] == "entries" else int(found["level"])
    index = int(found["index"].replace("x", "").replace("/", ""))
    return Tile(level, index, int(found["width"] or WIDTH))


def tiles_added(old: int, new: int) -> Iterator[Tile]:
    """The bundles and hash tiles that a log of `new` entries has and one of `old` has not, level by level: the full
    ones, and at the end of a level the partial one. `tiles_added(0, size)` are all tiles of a log."""
    yield from _tiles_of_level(None, old, new)
    for level in range(HIGHEST_LEVEL + 1):
        if _count(old, level) == _count(new, level):
            return
        yield from _tiles_of_level(level, old, new)


def _tiles_of_level(level: int | None, old: int, new: int) -> Iterator[Tile]:
    had, has = _count(old, level), _count(new, level)
    for first in range(had - had % WIDTH, has if has > had else 0, WIDTH):
        yield Tile(level, first // WIDTH, min(WIDTH, has - first))


def _count(size: int, level: int | None) -> int:
    """How many full subtrees of 256**level leaves a log of `size` entries has: the hashes of that level."""
    return size >> HEIGHT * (level or 0)
