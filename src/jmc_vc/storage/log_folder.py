"""A folder that holds a public log as it is served: `checkpoint`, `tile/…`, and beside them `keys`, the verifier keys
of the log, one a line. A web server that serves the folder serves the log (https://c2sp.org/tlog-tiles)."""

import os
from collections.abc import Sequence
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from jmc_vc.errors import Conflict, Unavailable
from jmc_vc.formats.transparency.entry_bundle import write_bundle
from jmc_vc.formats.transparency.merkle import NotConsistent, leaf_hash
from jmc_vc.formats.transparency.tile import HEIGHT, WIDTH, Tile, tiles_added
from jmc_vc.formats.transparency.tile_tree import Hashes, grown

_LONGEST = 1 << 25
"""Bytes of a file: the largest bundle has 16 MB."""


class LogFolderUnreadable(Unavailable):
    """A file of the copy is missing, or cannot be read or written."""

    code = "mirror.folder"


class LogFolderBusy(Conflict):
    """Another command writes into the folder now."""

    code = "mirror.busy"


class LogSource(Protocol):
    """A log that can be read. What cannot be read raises an Unavailable."""

    def checkpoint(self) -> bytes:
        """The latest."""

    def tile(self, path: str) -> bytes:
        """The tile or bundle with that path."""


class LogFolder:
    """The copy in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held: int | None = None

    def __enter__(self) -> Self:
        """Make the folder if need be, and be the only one to write into it. Raises LogFolderBusy."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            held = os.open(self.folder, os.O_RDONLY)
        except OSError as err:
            raise LogFolderUnreadable(file=str(self.folder)) from err
        try:
            flock(held, LOCK_EX | LOCK_NB)
        except OSError as err:
            os.close(held)
            raise LogFolderBusy(file=str(self.folder)) from err
        self._held = held
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def checkpoint(self) -> bytes:
        """The head of the copy. Raises LogFolderUnreadable, also when there is none."""
        return self.read("checkpoint")

    def tile(self, path: str) -> bytes:
        """The tile or bundle with that path. Raises LogFolderUnreadable."""
        return self.read(path)

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self.folder / name).is_file()

    def read(self, name: str) -> bytes:
        """What is in a file. Raises LogFolderUnreadable."""
        try:
            with (self.folder / name).open("rb") as file:
                return file.read(_LONGEST)
        except OSError as err:
            raise LogFolderUnreadable(file=str(self.folder / name)) from err

    def write(self, name: str, data: bytes) -> None:
        """Put a file in its place as a whole; it is on disk when this returns. Raises LogFolderUnreadable."""
        target = self.folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            written = target.with_name(f"{target.name}.new")
            with written.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            written.replace(target)
            folder = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as err:
            raise LogFolderUnreadable(file=str(target)) from err

    def extend(self, size: int, bundle: Sequence[bytes]) -> int:
        """Put the entries of `bundle`, all of one bundle from its first on, behind the first `size`, with the hash
        tiles that they change; the size afterwards. The head is the caller's to write, last. Raises NotConsistent when
        what is here of that bundle is something else."""
        known, added = bundle[: size % WIDTH], bundle[size % WIDTH :]
        before = hashes_of(self, size)
        if known and b"".join(map(leaf_hash, known)) != before(0, size // WIDTH):
            raise NotConsistent
        for tile, hashes in grown(size, map(leaf_hash, added), before):
            self.write(tile.path, hashes)
        self.write(Tile(None, size // WIDTH, len(bundle)).path, write_bundle(bundle))
        return size + len(added)

    def tidy(self, old: int, new: int) -> None:
        """Remove partial tiles of a copy with `old` entries and of sizes between, now that its head has `new`: whoever
        reads the copy asks for those of its head."""
        kept = {tile.path for tile in tiles_added(0, new) if not tile.full}
        for tile in tiles_added(old, new):
            folder = self.folder / f"{Tile(tile.level, tile.index).path}.p"
            for file in folder.iterdir() if folder.is_dir() else ():
                if file.relative_to(self.folder).as_posix() not in kept:
                    file.unlink(missing_ok=True)


def hashes_of(source: LogSource, size: int) -> Hashes:
    """The hash tiles of a log of `size` entries, for `tile_tree`; each is read once."""
    known: dict[tuple[int, int], bytes] = {}

    def hashes(level: int, index: int) -> bytes:
        if (level, index) not in known:
            width = min(WIDTH, (size >> HEIGHT * level) - index * WIDTH)
            known[level, index] = source.tile(Tile(level, index, width).path)
        return known[level, index]

    return hashes
