"""Addresses that somebody posts to have them opened, `{"url": …}`. Each is refused, or every library of URLs finds the
same host, port and path in it."""

from random import Random
from time import process_time
from urllib.parse import urlsplit

import httpx
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.fetching.web_address import Place, read_address

SECONDS = 0.2
_PARTS = (
    "https://", "HTTPS://", "http://", "https:/", "//", "/", "\\", "@", ":", ":443", ":8443", ":0", ":65536",
    ":0443", "?",
    "#", "%2e", "%2E%2e", "%2f", "%5c", "%00", "%0d%0a", "%zz", "..", "/../", "/./", ".", "good.example", "evil.test",
    "xn--a.example", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[fe80::1%25eth0]", "127.0.0.1", "2130706433",
    "0x7f.1",
    "0177.0.0.1", "127.1", "169.254.169.254", "8.8.8.8", "[2001:4860:4860::8888]", "１２７.0.0.1",
    "\u3002", "\u212a", "ß",
    "\n", "\t", " ", "\0", "user:password@", "a=b&c", ";x", "'", "~", "x" * 900, "credentials/1",
)  # fmt: skip


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(lambda seed: _text(Random(seed))) | st.text(max_size=60).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    )


def _text(chance: Random) -> bytes:
    scheme = "https://" if chance.random() < 0.7 else ""
    return (scheme + "".join(chance.choice(_PARTS) for _ in range(chance.randint(1, 5)))).encode()


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the reader."""
    text = data.decode("utf-8", "replace")
    started = process_time()
    try:
        place = read_address(text)
    except Error as refused:
        assert refused.code == "fetch.syntax", refused.code  # noqa: PT017 - a value may come too
        return
    finally:
        assert process_time() - started < SECONDS
    assert text.isascii()
    _check_alike(text, place)
    assert read_address(str(place)) == place, "its one spelling says the same"


def _check_alike(text: str, place: Place) -> None:
    parts = urlsplit(text)
    assert (parts.scheme, parts.username, parts.port or place.port) == (place.scheme, None, place.port)
    assert parts.fragment == ""
    if isinstance(place.host, str):  # the address of a machine every library writes in a way of its own
        theirs = httpx.URL(text)
        assert (theirs.scheme, theirs.userinfo, theirs.port or place.port) == (place.scheme, b"", place.port)
        assert (parts.hostname, theirs.raw_host.decode()) == (place.host, place.host)
        assert theirs.fragment == ""
    path, _, query = place.target.partition("?")
    assert (parts.path or "/", parts.query) == (path, query)
    assert not {".", ".."} & set(path.split("/"))
