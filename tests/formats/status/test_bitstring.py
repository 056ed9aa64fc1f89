"""The bitstring: round trips, bit order, bombs."""

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.status.bitstring import MINIMUM, bit, decode, encode, status
from jmc_vc.formats.status.compressed import LARGEST
from jmc_vc.sentences import sentence
from tests.builders.refusals import refused_code


def _packed(data: bytes, level: int = 9) -> bytes:
    return gzip.compress(data, level, mtime=0)


def _list(packed: bytes) -> str:
    return "u" + base64url.encode(packed)


ZEROS = bytes(MINIMUM // 8)

HOSTILE = {
    "SL-01 a gigabyte of zeros": (None, "status.limit"),  # built in its test: it takes a second
    "SL-01 one byte too many": (_list(_packed(bytes(LARGEST + 1))), "status.limit"),
    "SL-07 one byte too few": (_list(_packed(bytes(MINIMUM // 8 - 1))), "status.length"),
    "SL-07 nothing in it": (_list(_packed(b"")), "status.length"),
    "SL-15 no u": (base64url.encode(_packed(ZEROS)), "status.encoding"),
    "SL-15 z instead of u": ("z" + base64url.encode(_packed(ZEROS)), "status.encoding"),
    "SL-15 padded": (_list(_packed(ZEROS)) + "=", "status.encoding"),
    "SL-15 standard base64": ("u+/+/", "status.encoding"),
    "empty text": ("", "status.encoding"),
    "empty list": ("u", "status.encoding"),
    "not gzip": (_list(b"hello"), "status.encoding"),
    "zlib instead of gzip": (_list(zlib.compress(ZEROS)), "status.encoding"),
    "cut off": (_list(_packed(ZEROS)[:-9]), "status.encoding"),
    "checksum missing": (_list(_packed(ZEROS)[:-8]), "status.encoding"),
    "checksum wrong": (_list(_packed(ZEROS)[:-8] + bytes(8)), "status.encoding"),
    "bytes behind the stream": (_list(_packed(ZEROS) + b"\0"), "status.encoding"),
    "a second stream": (_list(_packed(ZEROS) * 2), "status.encoding"),
}


@pytest.mark.parametrize("name", [name for name, (text, _) in HOSTILE.items() if text is not None])
def test_a_hostile_list_is_refused_with_its_code(name: str) -> None:
    text, code = HOSTILE[name]
    assert text is not None
    with pytest.raises(Error) as refusal:
        decode(text)
    assert refusal.value.code == code
    assert sentence(code, **refusal.value.params).en


def test_a_gigabyte_of_zeros_is_refused_in_bounded_memory() -> None:
    # SL-01: 1 GiB packs to 1 MB; made piece by piece so that the test itself stays small
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    mebibyte = bytes(1 << 20)
    bomb = b"".join(packer.compress(mebibyte) for _ in range(1024)) + packer.flush()
    text = _list(bomb)
    tracemalloc.start()
    with pytest.raises(Error) as refusal:
        decode(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refusal.value.code == HOSTILE["SL-01 a gigabyte of zeros"][1]
    assert peak < 64 << 20


def test_the_largest_list_is_taken() -> None:
    assert len(decode(_list(_packed(bytes(LARGEST), 1)))) == LARGEST


@given(
    st.text()
    | st.binary().map(lambda data: "u" + base64url.encode(data))
    | st.binary().map(lambda d: _list(_packed(d)))
)
def test_whatever_comes_as_a_list_is_read_or_refused_with_a_code(text: str) -> None:
    assert refused_code(lambda: decode(text)) in {None, "status.encoding", "status.length"}


@given(st.sets(st.integers(0, MINIMUM - 1), max_size=50))
def test_exactly_the_bits_that_were_set_come_back(indexes: set[int]) -> None:
    bits = decode(encode(indexes, MINIMUM))
    assert sum(byte.bit_count() for byte in bits) == len(indexes)
    assert all(bit(bits, index) for index in indexes)


def test_index_0_is_the_left_most_bit() -> None:
    assert decode(encode({0}, MINIMUM))[:2] == b"\x80\x00"
    assert decode(encode({7, 8}, MINIMUM))[:2] == b"\x01\x80"
    assert decode(encode({MINIMUM - 1}, MINIMUM))[-1:] == b"\x01"


def test_the_same_bits_give_the_same_text_in_any_order() -> None:
    assert encode([3, 1, 2, 3], MINIMUM) == encode([1, 2, 3], MINIMUM)


def test_another_gzip_reads_our_list() -> None:
    assert gzip.decompress(base64url.decode(encode({5}, MINIMUM)[1:]))[0] == 0b00000100


@pytest.mark.parametrize(("indexes", "size"), [({MINIMUM}, MINIMUM), ({-1}, MINIMUM), (set(), MINIMUM - 8),
                                               (set(), MINIMUM + 1)])  # fmt: skip
def test_a_list_that_cannot_be_is_not_made(indexes: set[int], size: int) -> None:
    with pytest.raises(ValueError, match="list"):
        encode(indexes, size)


@pytest.mark.parametrize("index", [MINIMUM, MINIMUM + 7, 2**40, -1])
def test_an_index_past_the_end_is_out_of_range(index: int) -> None:
    # SL-05
    with pytest.raises(Error) as refusal:
        bit(ZEROS, index)
    assert refusal.value.code == "status.range"


def test_entries_of_several_bits_are_read_across_bytes() -> None:
    size = 3
    values = [index % 8 for index in range(MINIMUM)]
    number = 0
    for value in values[:16]:
        number = number << size | value
    bits = number.to_bytes(6, "big") + bytes(MINIMUM * size // 8 - 6)
    assert [status(bits, index, size) for index in range(16)] == values[:16]
    assert status(bits, MINIMUM - 1, size) == 0
    with pytest.raises(Error) as refusal:
        status(bits, MINIMUM, size)
    assert refusal.value.code == "status.range"


def test_a_list_is_too_short_when_its_entries_are_wide() -> None:
    with pytest.raises(Error) as refusal:
        status(ZEROS, 0, 2)
    assert refusal.value.code == "status.length"
