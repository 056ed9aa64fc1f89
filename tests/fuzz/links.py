"""Texts that are nearly a link of ours. Whatever they are, they are read in no time; and what is taken for ours has our
host in front of it for every reader: no URL library finds another one in it."""

from random import Random
from time import process_time
from urllib.parse import urlsplit

from hypothesis import strategies as st

from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Error
from jmc_vc.verifying.links import ForeignAddress, OwnLink, read_link

SECONDS = 0.2
SITE = Site(base_url="https://verify.jmc.example", did="did:web:verify.jmc.example", namespace="https://ns.test/mc/v1")
_HOST = "verify.jmc.example"
_PARTS = (
    "https://", "HTTPS://", "http://", "https:", "//", "/", "\\", "@", ":", ":443", ":80", "?", "#", "%2e", "..", ".",
    _HOST, _HOST, _HOST, "evil.test", "user:password@", "[::1]", "127.0.0.1", "\u3002", "\u212a", "\n", " ", "\0", "\t",
    "/credentials/6f1d2c9e-3a4b-4c5d-8e6f-7a8b9c0d1e2f", "/credentials/", "/s/Vb1-_0123456789abcdefg",
    "/marks/JMC-M-900001", "6f1d2c9e-3a4b-4c5d-8e6f-7a8b9c0d1e2f", "/verify?credential=", "javascript:", "&next=",
    "x" * 3_000,
    "１", "é",
)  # fmt: skip


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(lambda seed: _text(Random(seed))) | st.text(max_size=60).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    )


def _text(chance: Random) -> bytes:
    return "".join(chance.choice(_PARTS) for _ in range(chance.randint(1, 7))).encode()


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the reader."""
    text = data.decode("utf-8", "replace")
    started = process_time()
    try:
        link = read_link(text, SITE)
    except Error as refused:
        assert refused.code in {"foreign_link", "link.scheme", "link.not_found"}  # noqa: PT017 - a value may come too
        return
    finally:
        assert process_time() - started < SECONDS
    if isinstance(link, ForeignAddress):
        parts = urlsplit(link.address)
        assert (parts.scheme, parts.username) in {("https", None), ("http", None)}
        assert link.address.isascii()
    if isinstance(link, OwnLink):
        compact = "".join(text.split())
        assert link.id.isascii()
        assert compact.lower() == link.id or urlsplit(_with_scheme(compact)).hostname == _HOST


def _with_scheme(text: str) -> str:
    return text if text.lower().startswith(("https:", "http:")) else f"https://{text}"
