"""Bytes that are nearly a PNG picture. Whatever they are, one credential is read from them, or they are refused; what
is baked into them is read again, and nothing else of them is changed."""

import zlib
from random import Random
from time import process_time

from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.baking import png
from jmc_vc.formats.baking.baked import Baked
from tests.builders import pictures
from tests.builders.pictures import JSON, JWS, chunk, itxt

SECONDS = 0.5
_TEXTS = (JSON, JWS, b"{}", b"https://badges.test/1", b"", b"\xff", zlib.compress(JSON), zlib.compress(JWS)[:-1])
_KEYWORDS = (b"openbadgecredential", b"openbadgecredential", b"openbadges", b"Comment", b"")
_TYPES = (b"iTXt", b"tEXt", b"zTXt", b"IDAT", b"IHDR", b"IEND", b"gAMA", b"\0\0\0\0")


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(lambda seed: _picture(Random(seed))) | st.binary(max_size=60)


def _picture(chance: Random) -> bytes:
    chunks = [_chunk(chance) for _ in range(chance.choice((0, 1, 1, 1, 2, 4)))]
    picture = pictures.png(*chunks, pixels=pictures.IDAT + _chunk(chance) if chance.random() < 0.3 else pictures.IDAT)
    for _ in range(chance.choice((0, 0, 1, 3))):
        at = chance.randrange(len(picture) + 1)
        picture = picture[:at] + chance.randbytes(chance.randint(0, 4)) + picture[at + chance.randint(0, 4) :]
    return picture


def _chunk(chance: Random) -> bytes:
    text, keyword = chance.choice(_TEXTS), chance.choice(_KEYWORDS)
    if chance.random() < 0.6:
        return itxt(
            text,
            keyword=keyword,
            flag=chance.choice((0, 0, 1, 2)),
            method=chance.choice((0, 0, 0, 7)),
            language=chance.choice((b"", b"ja")),
        )
    return chunk(chance.choice(_TYPES), keyword + b"\0" + text)


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the reader."""
    started = process_time()
    before = _unbaked(data)
    try:
        baked = png.bake(data, JWS)
    except Error as refused:
        assert refused.code.startswith("image."), refused.code  # noqa: PT017 - the other outcome is a value
        assert before is None
        return
    finally:
        assert process_time() - started < SECONDS
    assert png.unbake(baked).data == JWS
    assert png.bake(baked, JWS) == baked
    if b"openbadge" not in data:
        assert data.startswith(baked.replace(itxt(JWS), b"", 1))


def _unbaked(data: bytes) -> Baked | None:
    try:
        return png.unbake(data)
    except Error as refused:
        assert refused.code.startswith("image."), refused.code  # noqa: PT017 - the other outcome is a value
        return None
