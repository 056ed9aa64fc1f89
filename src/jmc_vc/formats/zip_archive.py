"""The files in a zip archive, read from memory, one at a time.

Everything an archive says of itself is a claim by whoever made it. How many files there are and how large they get is
limited before a byte is inflated and again while it is; names are text to be shown and never paths. Files that lie on
top of each other are refused, which is how the worst bombs are made (https://www.bamsoftware.com/hacks/zipbomb/), and
so is what two readers could find in two places: an archive with something before or behind it, or in the zip64 form.
https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from jmc_vc.errors import Malformed, TooLarge, Unacceptable
from jmc_vc.formats.strict_json import written_size

LARGEST_FILE: Final = 2 << 20
"""As much as a credential may have that comes by itself."""
LARGEST_IN_ALL: Final = 64 << 20
"""Inflated, over all files, one after the other: a thousand credentials of 64 KB."""
_LARGEST_RATIO: Final = 100
"""Of a file to its compressed form. JSON full of repeated names stays below 20, deflate reaches 1,032."""
_DIRECTORY: Final = 2 << 20
"""Bytes of the directory, which is read at once: a thousand files with names of a thousand characters each."""
_OUTSIDE_FILES: Final = 2
"""An archive may name this many times as many entries as files: folders, and what macOS adds."""

_END = struct.Struct("<4s4H2LH")
_ENCRYPTED: Final = 0x1
_UTF8: Final = 0x800
_SIZES_BEHIND: Final = 0x8
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_BEGINS_AS_ARCHIVE = re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)|7z\xbc\xaf|Rar!|\x1f\x8b|\xfd7zXZ|BZh")
_NOT_FILES = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini)", re.DOTALL)


class BadArchive(Malformed):
    """Not a zip archive, or one that two readers could read in two ways."""

    code = "archive.syntax"


class TooManyFiles(TooLarge):
    """More than `limit` files."""

    code = "archive.files"


class ArchiveTooLarge(TooLarge):
    """Files that are larger than `limit` when they are inflated."""

    code = "archive.size"


class FileEncrypted(Unacceptable):
    """The file is encrypted; no password is ever asked for."""

    code = "archive.encrypted"


class NestedArchive(Unacceptable):
    """The file is itself an archive."""

    code = "archive.nested"


class FileDamaged(Unacceptable):
    """The file cannot be inflated, is not what its checksum says, or is compressed in a way that we do not read."""

    code = "archive.damaged"


@dataclass(frozen=True)
class ArchivedFile:
    """A file by its name, which is a text and no path. `read` inflates it; it raises ArchiveTooLarge, FileEncrypted,
    NestedArchive and FileDamaged."""

    name: str
    read: Callable[[], bytes]


def files_of(data: bytes, *, most: int) -> tuple[ArchivedFile, ...]:
    """The files in the archive `data`, in its own order. Raises BadArchive, TooManyFiles (more than `most`) and
    ArchiveTooLarge."""
    _require_one_reading(data, most)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError, OSError) as err:
        raise BadArchive from err
    _require_apart(entries, len(data))
    # Not `is_dir`, which breaks on a name of no characters.
    named = [(_name(each), each) for each in entries if not each.filename.endswith("/")]
    files = [(name, each) for name, each in named if not _NOT_FILES.fullmatch(name)]
    if len(files) > most:
        raise TooManyFiles(limit=most)
    if sum(each.file_size for _, each in files) > LARGEST_IN_ALL:
        raise ArchiveTooLarge(limit=written_size(LARGEST_IN_ALL))
    return tuple(ArchivedFile(name, partial(_read, archive, data, each)) for name, each in files)


def _require_one_reading(data: bytes, most: int) -> None:
    """Raises unless the end of the directory is the end of the data, and the directory lies right before it."""
    if len(data) < _END.size or data[:2] != b"PK":
        raise BadArchive
    end = len(data) - _END.size
    signature, disk, first_disk, here, entries, size, offset, comment = _END.unpack_from(data, end)
    if signature != b"PK\x05\x06" or comment or disk or first_disk or here != entries or offset + size != end:
        raise BadArchive
    if data[end - 20 : end - 16] == b"PK\x06\x07":  # zip64: archives of more than 4 GB
        raise BadArchive
    if entries > _OUTSIDE_FILES * most or size > _DIRECTORY:
        raise TooManyFiles(limit=most)


def _require_apart(entries: list[zipfile.ZipInfo], length: int) -> None:
    """Raises BadArchive when two entries share bytes, or one lies outside."""
    free_from = 0
    for each in sorted(entries, key=lambda entry: entry.header_offset):
        if each.header_offset < free_from:
            raise BadArchive
        free_from = each.header_offset + _LOCAL_HEADER.size + each.compress_size
    if free_from > length:
        raise BadArchive


def _read(archive: zipfile.ZipFile, data: bytes, entry: zipfile.ZipInfo) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise FileEncrypted
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileDamaged
    if entry.file_size > LARGEST_FILE or entry.file_size > _LARGEST_RATIO * max(entry.compress_size, 1_024):
        raise ArchiveTooLarge(limit=written_size(LARGEST_FILE))
    if not _is_as_listed(data, entry):
        raise FileDamaged
    try:
        with archive.open(entry) as file:
            content = file.read(LARGEST_FILE + 1)  # it stops where the directory says that the file ends
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        ValueError,
        struct.error,
        EOFError,
    ) as err:
        raise FileDamaged from err
    if len(content) != entry.file_size:
        raise FileDamaged
    if _BEGINS_AS_ARCHIVE.match(content):
        raise NestedArchive
    return content


def _is_as_listed(data: bytes, entry: zipfile.ZipInfo) -> bool:
    """Whether the file says of itself what the directory says of it: some readers go by the one, some by the other."""
    _, _, flags, method, _, _, crc, packed, size, _, _ = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    same = method == entry.compress_type and not (flags ^ entry.flag_bits) & _ENCRYPTED
    listed = (entry.CRC, entry.compress_size, entry.file_size)
    return same and (bool(flags & _SIZES_BEHIND) or (crc, packed, size) == listed)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it: archives of Windows in Japan have CP932 and do not say so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        written = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "cp932"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
