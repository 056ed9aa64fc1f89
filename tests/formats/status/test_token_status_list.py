"""Token Status List: the packing of the specification, the claims, and everything that is not one."""

import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.status.compressed import LARGEST
from jmc_vc.formats.status.token_status_list import (
    SIZES,
    TokenStatus,
    TokenStatusList,
    TokenStatusReference,
    pack,
    read_status_claim,
    read_status_list_claims,
    read_token_status,
    status_claim,
    status_list_claims,
    unpack,
)
from jmc_vc.sentences import SENTENCES
from tests.builders.refusals import refused_code

URL = "https://mc.example.jp/status/3/token"
ISSUER = "https://mc.example.jp/issuers/hoshimigaoka"
REFERENCE = TokenStatusReference(list_url=URL, index=9)


def _lst(data: bytes) -> str:
    return base64url.encode(zlib.compress(data))


def test_the_least_significant_bit_comes_first() -> None:
    # 16 entries of one bit, the example of the specification in section 4.1
    states = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]
    packed = pack(dict(enumerate(states)), size=16, bits=1)
    assert zlib.decompress(base64url.decode(packed)) == bytes.fromhex("b9a3")
    assert [unpack("eNrbuRgAAhcBXQ", index, 1) for index in range(16)] == states


def test_two_bits_an_entry_begin_at_the_least_significant_pair() -> None:
    # 12 entries of two bits, the second example of section 4.1
    states = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]
    packed = pack(dict(enumerate(states)), size=12, bits=2)
    assert zlib.decompress(base64url.decode(packed)) == bytes.fromhex("c944f9")
    assert [unpack("eNo76fITAAPfAgc", index, 2) for index in range(12)] == states


@pytest.mark.parametrize("bits", SIZES)
def test_entries_of_every_size_come_back(bits: int) -> None:
    states = {index: index % (1 << bits) for index in range(300)}
    packed = pack(states, size=304, bits=bits)
    assert {index: unpack(packed, index, bits) for index in states} == states
    assert unpack(packed, 303, bits) == 0


@given(st.sampled_from(SIZES), st.data())
def test_what_we_pack_we_unpack(bits: int, data: st.DataObject) -> None:
    states = data.draw(st.dictionaries(st.integers(0, 1023), st.integers(0, (1 << bits) - 1), max_size=20))
    packed = pack(states, size=1024, bits=bits)
    assert all(unpack(packed, index, bits) == state for index, state in states.items())


@pytest.mark.parametrize(
    ("states", "size", "bits"),
    [({}, 8, 3), ({}, 0, 1), ({}, 4, 1), ({8: 1}, 8, 1), ({-1: 1}, 8, 1), ({0: 2}, 8, 1), ({0: -1}, 8, 2),
     ({}, LARGEST + 1, 8)],
)  # fmt: skip
def test_a_list_that_cannot_be_is_not_made(states: dict[int, int], size: int, bits: int) -> None:
    with pytest.raises(ValueError, match="list"):
        pack(states, size=size, bits=bits)


PACKED: dict[str, tuple[str, str]] = {
    "SL-01 one byte too many": (_lst(bytes(LARGEST + 1)), "status.limit"),
    "SL-05 past the end": (_lst(bytes(1)), "status.range"),
    "SL-05 nothing in it": (_lst(b""), "status.range"),
    "SL-15 padded": (_lst(bytes(3)) + "=", "status.encoding"),
    "SL-15 with the u of the other list": ("u" + _lst(bytes(3)), "status.encoding"),
    "gzip instead of zlib": (base64url.encode(zlib.compress(bytes(3), wbits=31)), "status.encoding"),
    "bare DEFLATE": (base64url.encode(zlib.compress(bytes(3), wbits=-15)), "status.encoding"),
    "cut off": (base64url.encode(zlib.compress(bytes(3))[:-1]), "status.encoding"),
    "checksum wrong": (base64url.encode(zlib.compress(bytes(3))[:-4] + bytes(4)), "status.encoding"),
    "bytes behind the stream": (base64url.encode(zlib.compress(bytes(3)) + b"x"), "status.encoding"),
    "empty text": ("", "status.encoding"),
}


@pytest.mark.parametrize(("packed", "code"), PACKED.values(), ids=PACKED)
def test_a_hostile_list_is_refused_with_its_code(packed: str, code: str) -> None:
    with pytest.raises(Error) as refusal:
        unpack(packed, 9, 1)
    assert refusal.value.code == code


def test_sl_01_a_bomb_is_refused_in_bounded_memory() -> None:
    # 256 MiB of zeros, packed to a quarter of a megabyte
    packer = zlib.compressobj(9)
    mebibyte = bytes(1 << 20)
    bomb = base64url.encode(b"".join(packer.compress(mebibyte) for _ in range(256)) + packer.flush())
    tracemalloc.start()
    with pytest.raises(Error) as refusal:
        unpack(bomb, 9, 1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refusal.value.code == "status.limit"
    assert peak < 64 << 20


def test_a_token_refers_to_its_place() -> None:
    claims: dict[str, Any] = {"vct": "https://a.example/badge", "status": status_claim(REFERENCE)}
    assert claims["status"] == {"status_list": {"idx": 9, "uri": URL}}
    assert read_status_claim(claims) == REFERENCE
    assert read_status_claim({"vct": "https://a.example/badge"}) is None


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ({}, "status.unsupported"),
        ({"assertion": {}}, "status.unsupported"),
        (None, "status.format"),
        ("valid", "status.format"),
        ({"status_list": [0, URL]}, "status.format"),
        ({"status_list": {"idx": 0}}, "status.format"),
        ({"status_list": {"idx": 0, "uri": "list"}}, "status.format"),
        ({"status_list": {"uri": URL}}, "status.index"),
        ({"status_list": {"idx": -1, "uri": URL}}, "status.index"),
        ({"status_list": {"idx": "0", "uri": URL}}, "status.index"),
        ({"status_list": {"idx": 0.0, "uri": URL}}, "status.index"),
        ({"status_list": {"idx": True, "uri": URL}}, "status.index"),
        ({"status_list": {"idx": LARGEST * 8, "uri": URL}}, "status.index"),
    ],
    ids=repr,
)
def test_a_reference_in_another_form_is_refused(status: Any, code: str) -> None:
    with pytest.raises(Error) as refusal:
        read_status_claim({"status": status})
    assert refusal.value.code == code
    assert code in SENTENCES


LIST = TokenStatusList(
    list_url=URL,
    issued=datetime(2026, 10, 1, tzinfo=UTC),
    expires=datetime(2026, 10, 2, tzinfo=UTC),
    ttl=timedelta(seconds=5),
    bits=2,
    packed=pack({9: 1, 10: 2, 11: 3}, size=64, bits=2),
)


def _claims(**changes: Any) -> dict[str, Any]:
    return {**status_list_claims(LIST, issuer=ISSUER), **changes}


def test_a_list_token_says_what_it_must_and_reads_back() -> None:
    assert _claims() == {
        "iss": ISSUER,
        "sub": URL,
        "iat": 1790812800,
        "exp": 1790899200,
        "ttl": 5,
        "status_list": {"bits": 2, "lst": LIST.packed},
    }
    assert read_status_list_claims(_claims(), url=URL) == LIST


def test_what_is_recommended_may_be_missing() -> None:
    claims = {name: value for name, value in _claims().items() if name not in ("iss", "exp", "ttl")}
    found = read_status_list_claims(claims, url=URL)
    assert (found.expires, found.ttl) == (None, None)
    assert status_list_claims(found, issuer=ISSUER) == {"iss": ISSUER, **claims}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sub": "https://mc.example.jp/status/4/token"}, "status.verification"),  # SL-10
        ({"sub": None}, "status.verification"),
        ({"iat": None}, "status.format"),
        ({"iat": "2026-10-01T00:00:00Z"}, "status.format"),
        ({"iat": -1}, "status.format"),
        ({"iat": True}, "status.format"),
        ({"exp": 1e300}, "status.format"),
        ({"exp": float("nan")}, "status.format"),
        ({"ttl": 0}, "status.format"),
        ({"ttl": -5}, "status.format"),
        ({"ttl": "5"}, "status.format"),
        ({"status_list": None}, "status.format"),
        ({"status_list": {"bits": 2}}, "status.format"),
        ({"status_list": {"bits": 3, "lst": LIST.packed}}, "status.format"),
        ({"status_list": {"bits": "2", "lst": LIST.packed}}, "status.format"),
        ({"status_list": {"bits": True, "lst": LIST.packed}}, "status.format"),
        ({"status_list": {"bits": 2, "lst": ""}}, "status.format"),
        ({"status_list": {"bits": 2, "lst": [LIST.packed]}}, "status.format"),
    ],
    ids=repr,
)
def test_a_list_token_in_another_form_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Error) as refusal:
        read_status_list_claims(_claims(**changes), url=URL)
    assert refusal.value.code == code


def test_a_list_without_its_time_is_refused() -> None:
    claims = _claims()
    del claims["iat"]
    with pytest.raises(Error) as refusal:
        read_status_list_claims(claims, url=URL)
    assert (refusal.value.code, refusal.value.pointer) == ("status.format", "/iat")


@pytest.mark.parametrize(
    ("index", "state"), [(0, TokenStatus.VALID), (9, TokenStatus.INVALID), (10, TokenStatus.SUSPENDED)]
)
def test_an_entry_says_one_of_three_states(index: int, state: TokenStatus) -> None:
    assert read_token_status(LIST, TokenStatusReference(list_url=URL, index=index)) is state


@pytest.mark.parametrize(("index", "code"), [(11, "status.unsupported"), (64, "status.range")])
def test_a_state_of_no_known_meaning_is_neither_valid_nor_revoked(index: int, code: str) -> None:
    with pytest.raises(Error) as refusal:
        read_token_status(LIST, TokenStatusReference(list_url=URL, index=index))
    assert refusal.value.code == code


_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from([URL, LIST.packed]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["status_list", "bits", "lst", "idx", "uri"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["sub", "iat", "exp", "ttl", "status", "status_list"]), _VALUE))
def test_whatever_comes_as_claims_is_read_or_refused_with_a_code(claims: Any) -> None:
    code = refused_code(lambda: read_status_claim(claims))
    assert code in {None, "status.unsupported", "status.index", "status.format"}
    changed = {**_claims(), **claims}
    code = refused_code(lambda: read_token_status(read_status_list_claims(changed, url=URL), REFERENCE))
    assert code in {
        None,
        "status.verification",
        "status.format",
        "status.encoding",
        "status.range",
        "status.unsupported",
    }
