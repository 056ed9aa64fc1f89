"""Bodies that are nearly zip archives. Each is refused with a typed error, or it has files that lie one behind
the other, each of which is read within its limits or refused; a reader that knows of no directory finds the same."""

import struct
import zipfile
import zlib
from random import Random
from time import process_time
from unicodedata import category

from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.zip_archive import LARGEST_FILE
from jmc_vc.verifying.batch_items import LONGEST_REFERENCE, MOST, from_archive
from tests.builders.archives import packed

SECONDS = 1.0
_DATE = (2026, 11, 23, 12, 0, 0)
_NAMES = (
    "a.json", "証明.json", "../../etc/passwd", "/a", "", "x" * 300, "dir/", "__MACOSX/._a", "a\u202egnp.exe", "a\nb",
    "CON", "nul\0byte",
)  # fmt: skip
_CONTENTS = (
    b"", b"{}", b"eyJ.eyJ.AA", b"PK\x03\x04", b"\x1f\x8b\x08", b"\x89PNG\r\n\x1a\n", b"\0" * 300_000, b"\xff" * 50,
    b'{"@context": []}' * 20,
)  # fmt: skip
_LOCAL = struct.Struct("<4s5H3L2H")


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(_made) | st.binary(max_size=60).map(lambda data: b"PK\x03\x04" + data)


def _made(seed: int) -> bytes:
    chance = Random(seed)
    names = chance.sample(_NAMES, chance.choice((0, 1, 1, 2, 3)))
    data = bytearray(packed((_member(name, chance), chance.choice(_CONTENTS)) for name in names))
    for _ in range(chance.choice((0, 0, 1, 2, 4))):
        place = chance.randrange(len(data))
        match chance.randint(0, 4):
            case 0:
                data[place] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, data[place] ^ 1 << chance.randrange(8)))
            case 1:
                data[place : place + chance.choice((1, 2, 4, 30))] = b""
            case 2:
                data[place:place] = chance.choice((b"\0", b"PK\x05\x06", b"PK\x01\x02", bytes(22), chance.randbytes(5)))
            case 3:
                data[place : place + 4] = struct.pack("<L", chance.choice((0, 1, 1 << 31, (1 << 32) - 1, len(data))))
            case _:
                data += data[chance.randrange(len(data)) :]
        if not data:
            break
    return bytes(data)


def _member(name: str, chance: Random) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    return info


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the reader."""
    started = process_time()
    try:
        items = from_archive(data)
    except Error as refused:
        assert refused.code.startswith(("archive.", "batch.")), refused.code  # noqa: PT017 - a value may come too
        return
    finally:
        assert process_time() - started < SECONDS
    assert 0 < len(items) <= MOST
    found = [_inside(data, place) for place in _places(data)]
    for item in items:
        assert item.reference is not None
        assert len(item.reference) <= LONGEST_REFERENCE
        assert not {"Cc", "Cf", "Zl", "Zp"} & set(map(category, item.reference))
        try:
            content, _ = item.read()
        except Error as refused:
            assert refused.code.startswith("archive."), refused.code  # noqa: PT017 - likewise
            continue
        assert isinstance(content, bytes)
        assert len(content) <= LARGEST_FILE
        assert content in found, "another reader finds something else"
    assert process_time() - started < SECONDS


def _places(data: bytes) -> list[int]:
    return [place for place in range(len(data) - _LOCAL.size + 1) if data.startswith(b"PK\x03\x04", place)]


def _inside(data: bytes, place: int) -> bytes | None:
    """What a reader makes of the file that begins at `place`, who knows nothing of a directory."""
    _, _, _, method, _, _, _, packed, _, name, extra = _LOCAL.unpack_from(data, place)
    begins = place + _LOCAL.size + name + extra
    if method == zipfile.ZIP_STORED:
        return data[begins : begins + packed]
    try:
        return zlib.decompressobj(-15).decompress(data[begins:], LARGEST_FILE + 1)
    except zlib.error:
        return None
