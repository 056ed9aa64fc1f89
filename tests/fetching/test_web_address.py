"""Addresses of documents are read strictly, before any library with ideas of its own sees them."""

from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.fetching.unavailable import BadAddress
from jmc_vc.fetching.web_address import read_address

GOOD = {
    "https://issuer.example/.well-known/did.json": "https://issuer.example/.well-known/did.json",
    "HTTPS://Issuer.Example/A": "https://issuer.example/A",
    "https://issuer.example": "https://issuer.example/",
    "https://issuer.example:443/x": "https://issuer.example/x",
    "https://issuer.example:8443/x": "https://issuer.example:8443/x",
    "https://issuer.example/list?id=3&n=%E5%90%8D#": None,
    "https://issuer.example/list?id=3&n=%E5%90%8D": "https://issuer.example/list?id=3&n=%E5%90%8D",
    "https://issuer.example?x=/../y?": "https://issuer.example/?x=/../y?",
    "https://xn--wgv71a119e.jp/%E8%AA%8D": "https://xn--wgv71a119e.jp/%E8%AA%8D",
    "http://localhost:8000/x": "http://localhost:8000/x",
    "https://127.0.0.1/": "https://127.0.0.1/",
    "https://2130706433/": "https://127.0.0.1/",
    "https://0x7f.1/": "https://127.0.0.1/",
    "https://[::1]:8443/": "https://[::1]:8443/",
    "https://[::ffff:127.0.0.1]/": "https://[::ffff:7f00:1]/",
}
BAD = (
    "", "issuer.example", "//issuer.example/", "https:issuer.example", "https:/issuer.example/", "https:///x",
    "ftp://issuer.example/", "file:///etc/passwd", "javascript:alert(1)", "data:,x", "gopher://issuer.example/",
    "did:web:issuer.example", "https://", "https://:443/", "https://issuer.example:/", "https://issuer.example:0/",
    "https://issuer.example:65536/", "https://issuer.example:0443/", "https://issuer.example:4x/",
    "https://issuer.example:99999999999/",
    # users
    "https://user@issuer.example/", "https://user:pass@issuer.example/", "https://issuer.example@evil.example/",
    "https://good.example\\@evil.example/", "https://good.example#@evil.example/", "https://@issuer.example/",
    # what parsers disagree about
    "https:\\\\issuer.example\\x", "https://issuer.example\\x", "https://issuer.example/\\..", "https://issuer.example/x#y",
    " https://issuer.example/", "https://issuer.example/ ", "https://issuer.example/a b", "https://issuer.example/\n",
    "https://issuer.example/\t", "https://issuer.example\r\nHost: evil/", "https://issuer.example/\x00",
    "https://issuer.example/\x7f", "ht\ntps://issuer.example/", "https://issuer.example/<", 'https://issuer.example/"',
    "https://issuer.example/{x}", "https://issuer.example/^", "https://issuer.example/`",
    # hosts
    "https://issuer.example./", "https://.issuer.example/", "https://issuer..example/", "https://-issuer.example/",
    "https://issuer-.example/", "https://iss_uer.example/", "https://iss%75er.example/", "https://issuer%2eexample/",
    "https://127.0.0.1%00.example/", "https://日本.example/", "https://issuer。example/", "https://ⅰssuer.example/",
    "https://xn--a/", "https://xn--a.example/", "https://xn--.example/", f"https://{'a' * 64}.example/",
    f"https://{'a.' * 127}example/", "https://1.2.3.4.5/", "https://256.1.1.1/", "https://09.example.1/",
    "https://127.0.0.1./", "https://0x100000000/", "https://[::1/", "https://::1/", "https://[fe80::1%25eth0]/",
    "https://[fe80::1%eth0]/", "https://[v1.x]/", "https://[127.0.0.1]/", "https://[]/",
    # paths
    "https://issuer.example/../x", "https://issuer.example/a/./b", "https://issuer.example/..",
    "https://issuer.example/%2e%2e/x", "https://issuer.example/%2E/x", "https://issuer.example/a%2fb",
    "https://issuer.example/a%5Cb", "https://issuer.example/%00", "https://issuer.example/%0d%0aX:y",
    "https://issuer.example/%7f", "https://issuer.example/%", "https://issuer.example/%2", "https://issuer.example/%zz",
    f"https://issuer.example/{'a' * 2_048}",
)  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_an_address_has_one_spelling(text: str) -> None:
    said = GOOD[text]
    if said is None:
        with pytest.raises(BadAddress):
            read_address(text)
    else:
        place = read_address(text)
        assert str(place) == said
        assert read_address(str(place)) == place


@pytest.mark.parametrize("text", BAD)
def test_what_is_odd_is_refused(text: str) -> None:
    """DD-16, DD-17"""
    with pytest.raises(BadAddress):
        read_address(text)


def test_an_address_of_a_machine_is_known_as_one() -> None:
    assert read_address("https://017700000001/").host == IPv4Address("127.0.0.1")
    assert read_address("https://[::7f00:1]/").host == IPv6Address("::127.0.0.1")


_PIECES = st.sampled_from(
    ["https://", "http://", "a.example", "b.example", "127.1", "[::1]", "@", ":", "/", "\\", "?", "#", "..", "%2e", "%",
     "443", "xn--a", "é", "。", " ", "\n", "\x00", "x"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=8).map("".join))
def test_what_is_taken_means_the_same_to_others(tail: str) -> None:
    try:
        place = read_address(f"https://{tail}")
    except BadAddress:
        return
    for host in (urlsplit(str(place)).hostname, httpx.URL(str(place)).host):
        assert host == place.name
    assert httpx.URL(str(place)).raw_path.decode() == place.target


@given(st.text(max_size=40))
def test_reading_refuses_and_does_nothing_else(text: str) -> None:
    for address in (text, f"https://{text}", f"https://a.example/{text}", f"https://a.example:{text}"):
        try:
            read_address(address)
        except BadAddress:
            continue
