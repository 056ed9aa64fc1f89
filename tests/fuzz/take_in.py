"""Bytes and addresses that somebody hands in, and what a QR code in them might say. Whatever they are, a credential is
found in them, or they are refused; they need nothing but a code, or one document if they were posted as an address; and
nothing is fetched because a picture, a code or a text names it."""

from datetime import UTC, datetime
from random import Random
from time import process_time

from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.verifying.detect import Detected
from jmc_vc.verifying.links import OwnKind
from jmc_vc.verifying.open_link import OpenLink
from jmc_vc.verifying.outside import Inquiry, Needs, Outside
from jmc_vc.verifying.take_in import HandedIn, PostedAddress, TakeIn
from tests.builders.pictures import IDAT, JSON_ELEMENT, JWS, SIGNATURE, header, itxt, png, svg
from tests.fuzz import links

SECONDS = 0.5
_TAKE_IN = TakeIn(site=links.SITE, open_link=OpenLink({OwnKind.CREDENTIAL: lambda uuid, _: uuid.encode()}))
_NOW = datetime(2027, 4, 1, tzinfo=UTC)
_BEGINNINGS = (
    b"", b"\x89PNG", SIGNATURE, SIGNATURE + header(60_000, 60_000), png(), png(itxt(JWS)), b"\xff\xd8\xff", b"GIF89a",
    b"RIFF\0\0\0\0WEBPVP8X", b"%PDF-1.7\n", svg(), svg(JSON_ELEMENT), b"<!doctype html>", b"\x1f\x8b", b"{", b'{"url":',
    JWS, b"\xef\xbb\xbf", b"https://verify.jmc.example/credentials/", b" \n",
)  # fmt: skip


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(lambda seed: _data(Random(seed))) | links.inputs()


def _data(chance: Random) -> bytes:
    return chance.choice(_BEGINNINGS) + chance.choice((b"", IDAT, b"}", chance.randbytes(chance.randint(0, 40))))


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes."""
    text = data.decode("utf-8", "replace")
    started = process_time()
    _take(data, code=text, documents=0)
    _take(png(), code=text, documents=0)
    _take(PostedAddress(text), code=None, documents=1)
    assert process_time() - started < SECONDS


def _take(handed_in: HandedIn, *, code: str | None, documents: int) -> None:
    inquiry = Inquiry(_TAKE_IN(handed_in, now=_NOW))
    try:
        step = inquiry.begin()
        if isinstance(step, Needs):
            assert len(step.documents) <= documents
            assert (step.picture is not None) == (code is not None)
            step = inquiry.go_on(Outside(code=code))
        assert not isinstance(step, Needs)
        assert isinstance(step.result, Detected)
    except Error as refused:
        assert refused.code.startswith(("image.", "link.", "foreign_link")), refused.code  # noqa: PT017 - or a value
