"""Texts that are nearly a packed status list, of the W3C's kind and of the IETF's. They are refused, or hold as many
entries as they say and no byte more than the limit."""

import zlib
from random import Random
from time import process_time

from hypothesis import strategies as st

from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.status import bitstring, token_status_list
from jmc_vc.formats.status.compressed import LARGEST, Wrapping, expand
from tests.builders.refusals import refused_code

SECONDS = 1.0
"""For a list at the limit, which is unpacked five times here."""
_SIZES = (0, 1, 100, bitstring.MINIMUM // 8 - 1, bitstring.MINIMUM // 8, bitstring.MINIMUM)
_FORMATS = (31, 31, 31, 15, 15, -15)
_REFUSALS = {None, "status.encoding", "status.limit", "status.length", "status.range"}


def inputs() -> st.SearchStrategy[bytes]:
    """The text in ASCII, or what should have been ASCII."""
    return st.integers(0, 2**64 - 1).map(lambda seed: _packed(Random(seed))) | st.binary(max_size=60)


def _packed(chance: Random) -> bytes:
    size = chance.choice(_SIZES)
    content = chance.randbytes(min(size, 300)).ljust(size, b"\0")
    packer = zlib.compressobj(chance.choice((0, 1, 9)), zlib.DEFLATED, chance.choice(_FORMATS))
    packed = packer.compress(content) + packer.flush()
    for _ in range(chance.choice((0, 0, 0, 1, 3))):
        at = chance.randrange(len(packed) + 1)
        packed = packed[:at] + chance.randbytes(chance.randint(0, 4)) + packed[at + chance.randint(0, 4) :]
    prefix, suffix = chance.choice(("u", "u", "u", "", "z")), chance.choice(("", "", "", "=", "\n"))
    return f"{prefix}{base64url.encode(packed)}{suffix}".encode()


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the readers."""
    started = process_time()
    text = data.decode("utf-8", "surrogateescape")
    assert refused_code(lambda: bitstring.bit(bitstring.decode(text), LARGEST * 8)) in _REFUSALS - {None}
    assert refused_code(lambda: token_status_list.unpack(text.removeprefix("u"), 7, 8)) in _REFUSALS
    if refused_code(lambda: bitstring.decode(text)) is None:
        bits = bitstring.decode(text)
        assert bitstring.MINIMUM <= len(bits) * 8 <= LARGEST * 8
        assert expand(text[1:], Wrapping.GZIP) == bits
        assert refused_code(lambda: bitstring.bit(bits, len(bits) * 8 - 1)) is None
        assert refused_code(lambda: bitstring.bit(bits, len(bits) * 8)) == "status.range"
    assert process_time() - started < SECONDS
