"""Files that a command reads and writes; `-` is the standard input."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from jmc_vc.errors import Conflict, Unavailable
from jmc_vc.formats import strict_json
from jmc_vc.formats.strict_json import JsonObject, Limits, NotAnObject
from jmc_vc.sealing import owner_only_file

STANDARD_INPUT = "-"

OPERATORS_LIMITS = Limits(bytes=1 << 26, depth=64, values=1_000_000)
"""An operator's own file may be larger than what strangers send: a whole register of program descriptions."""


class FileUnreadable(Unavailable):
    """The file is not there, or not for us."""

    code = "cli.file_unreadable"


class FileUnwritable(Conflict):
    """The file is there already, or cannot be made."""

    code = "cli.file_unwritable"


def read_bytes(file: str) -> bytes:
    """What is in `file`. Raises FileUnreadable."""
    try:
        return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()
    except OSError as err:
        raise FileUnreadable(file=file) from err


def read_objects(file: str) -> list[JsonObject]:
    """The JSON object in `file`, or those of its array. Raises FileUnreadable, and Malformed with a `parse.` code."""
    value = strict_json.parse(read_bytes(file), OPERATORS_LIMITS)
    objects = value if isinstance(value, list) else [value]
    found = [each for each in objects if isinstance(each, dict)]
    if len(found) != len(objects):
        raise NotAnObject
    return found


def write_secret(path: Path, content: bytes) -> None:
    """A new file with a key, its owner's alone, on the disk before anything relies on it. Raises FileUnwritable; never
    overwrites."""
    try:
        with owner_only_file(path) as file:
            file.write(content)
    except OSError as err:
        raise FileUnwritable(file=str(path)) from err


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that nobody else can read, made before the work whose result goes into it, and removed if that fails. What
    exists is never written over, nor is a link followed (CL-08). Raises FileUnwritable."""
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except OSError as err:
        raise FileUnwritable(file=str(path)) from err
    try:
        with os.fdopen(opened, "wb") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise
