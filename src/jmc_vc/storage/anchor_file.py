"""The last signed head of the public log in a file outside the database, so that a database that was set back shows.

The file is replaced as a whole and is on disk before anybody relies on it. It never goes back by itself: of two
processes that write at once, the one with the longer log has the last word.
"""

import os
from collections.abc import Callable
from fcntl import LOCK_EX, flock
from pathlib import Path

from jmc_vc.errors import Unavailable

_LONGEST = 1 << 16
"""Bytes: a head has some two hundred."""


class AnchorUnreachable(Unavailable):
    """The anchor file can be neither read nor written now."""

    code = "anchor.unreachable"


class AnchorFile:
    """The file at `path`; its folder exists already, for it is somebody else's: another disk, another machine."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> bytes | None:
        """What it holds; None before it was first written. Raises AnchorUnreachable, also when the folder is not
        there: a disk that is not mounted must not look like a new installation."""
        try:
            if not self.path.parent.is_dir():
                raise AnchorUnreachable(file=str(self.path))
            with self.path.open("rb") as file:
                return file.read(_LONGEST)
        except FileNotFoundError:
            return None
        except OSError as err:
            raise AnchorUnreachable(file=str(self.path)) from err

    def replace(self, data: bytes, unless: Callable[[bytes | None], bool]) -> bool:
        """Write `data` in the place of what is there, `unless` that says that it should stay; whether it was written.
        Raises AnchorUnreachable, and what `unless` raises."""
        try:
            folder = os.open(self.path.parent, os.O_RDONLY)
        except OSError as err:
            raise AnchorUnreachable(file=str(self.path)) from err
        try:
            flock(folder, LOCK_EX)
            if unless(self.read()):
                return False
            self._write(data)
            os.fsync(folder)  # the new name, too
        except OSError as err:
            raise AnchorUnreachable(file=str(self.path)) from err
        finally:
            os.close(folder)
        return True

    def _write(self, data: bytes) -> None:
        written = self.path.with_name(f"{self.path.name}.new")
        file = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(file, view) :]
            os.fsync(file)
        finally:
            os.close(file)
        written.replace(self.path)
