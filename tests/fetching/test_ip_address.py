"""Addresses are read in every notation, and judged alike in all of them."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.fetching.ip_address import is_public, read_ip_address

PRIVATE = (
    # in the notations of inet_aton, one after another
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7F.0.0.1", "0x7f.1", "0177.0.0.1", "0177.1",
    "017700000001", "0x7f.0x0.0x0.0x1", "00000177.0.0.1", "0", "0.0.0.0", "0x", "00", "127.0.0.0x1",
    # private, shared, link-local, metadata
    "10.0.0.5", "10.255.255.255", "167772165", "0xa000005", "012.0.0.5", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "100.64.0.1", "100.100.100.200", "100.127.255.255", "169.254.169.254", "2852039166", "0xA9FEA9FE",
    "0251.0376.0251.0376", "169.254.43518", "168.63.129.16", "192.0.0.192",
    # special
    "192.0.0.1", "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.175.48.1", "198.18.0.1",
    "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "4294967295", "0xffffffff",
    # IPv6
    "::1", "[::1]", "::", "0:0:0:0:0:0:0:1", "fc00::1", "fd00:ec2::254", "fe80::1", "febf::1", "fec0::1", "ff02::1",
    "100::1", "2001:db8::1", "3fff::1", "2001:2::1", "2001:10::1", "2001:20::1", "2620:4f:8000::1", "3ffe::1",
    "5f00::1", "4000::1",
    # an IPv4 address inside: mapped, compatible, translated, 6to4, Teredo, ISATAP of a link
    "::ffff:127.0.0.1", "[::ffff:7f00:1]", "::ffff:93.184.216.34", "::127.0.0.1", "::7f00:1", "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1", "64:ff9b::a00:5", "64:ff9b::169.254.169.254", "64:ff9b:1::93.184.216.34", "2002:7f00:1::1",
    "2002:a9fe:a9fe::", "2002:5db8:d822::1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "fe80::5efe:127.0.0.1",
)  # fmt: skip
PUBLIC = (
    "93.184.216.34", "8.8.8.8", "1.1.1.1", "0x08080808", "134744072", "010.8.8.8", "100.63.255.255", "100.128.0.0",
    "172.15.255.255", "172.32.0.0", "169.253.255.255", "169.255.0.0", "192.0.1.0", "198.17.255.255", "198.20.0.0",
    "223.255.255.255", "11.0.0.0", "126.255.255.255", "128.0.0.0", "168.63.129.15",
    "2606:2800:220:1:248:1893:25c8:1946", "[2001:4860:4860::8888]", "2400:cb00::1", "2003::1", "2a00::1",
    "64:ff9b::93.184.216.34",
)  # fmt: skip
NO_ADDRESS = (
    "", ".", "1.2.3.4.", ".1.2.3.4", "1..2", "1.2.3.4.5", "256.1.1.1", "1.256.1.1", "1.1.1.256", "1.1.65536",
    "1.16777216", "4294967296", "0x100000000", "040000000000", "08.1.1.1", "1.2.3.09", "0x7g.1", "1,2,3,4", "-1", "+1",
    " 127.0.0.1",
    "127.0.0.1 ", "127.0.0.1\n", "１２７.0.0.1", "127。0。0。1", "1e3", "0b1", "0o177.0.0.1", "1_0.0.0.1",
    "fe80::1%eth0", "[fe80::1%25eth0]", "::1%0", ":::", "1::2::3", "[::1", "::1]", "[[::1]]", "::ffff:127.1",
    "[127.0.0.1]", "12345::", "a.b.c.d", "localhost", "0" * 60 + "1",
)  # fmt: skip


@pytest.mark.parametrize("text", PRIVATE)
def test_what_is_not_public_is_known_in_every_notation(text: str) -> None:
    address = read_ip_address(text)
    assert address is not None
    assert not is_public(address)


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_public_is_let_through(text: str) -> None:
    address = read_ip_address(text)
    assert address is not None
    assert is_public(address)


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_what_is_no_address_is_not_taken_for_one(text: str) -> None:
    assert read_ip_address(text) is None


@given(st.integers(0, 2**32 - 1), st.data())
def test_one_address_is_the_same_in_all_notations(value: int, data: st.DataObject) -> None:
    numeral = st.sampled_from((str, hex, lambda n: f"0X{n:X}", lambda n: f"0{n:o}"))
    count = data.draw(st.integers(1, 4))
    firsts = [value >> 8 * (3 - place) & 255 for place in range(count - 1)]
    numbers = [*firsts, value & (1 << 8 * (5 - count)) - 1]
    text = ".".join(data.draw(numeral)(number) for number in numbers)
    assert read_ip_address(text) == IPv4Address(value)


@given(st.text(alphabet="0123456789abcdefxX.:%[]/ ", max_size=60))
def test_reading_answers_whatever_it_is_given(text: str) -> None:
    address = read_ip_address(text)
    assert address is None or is_public(address) in {True, False}


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_no_v4_address_is_public_that_the_standard_library_knows_to_be_private(address: IPv4Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_no_v6_address_is_public_that_the_standard_library_knows_to_be_private(address: IPv6Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast
        assert address.ipv4_mapped is None
        assert address.sixtofour is None
        assert address.teredo is None


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_an_address_inside_a_translated_one_is_judged(inside: IPv4Address) -> None:
    assert is_public(IPv6Address(f"64:ff9b::{inside}")) == is_public(inside)
    for carrier in ("::ffff:", "::", "::ffff:0:"):
        assert not is_public(IPv6Address(f"{carrier}{inside}"))
