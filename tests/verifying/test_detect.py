"""What bytes are, told from themselves."""

import pytest

from jmc_vc.formats import baking
from jmc_vc.formats.encoding import base64url
from jmc_vc.verifying.detect import Notation, detect
from tests.builders.pictures import SVG_NAMESPACE, png

HEADERS = [
    b'{"alg":"ES256"}', b'{ "alg":"ES256"}', b'{\n "alg":"ES256"}', b'{\t"alg":"ES256"}', b'{\r\n"alg":"ES256"}',
    b' {"alg":"ES256"}', b'\n{"alg":"ES256"}', b'\r\n{"alg":"ES256"}', b'\t{"alg":"ES256"}', b" \n\t\r {\n\n}", b"{}",
]  # fmt: skip
PICTURES = {"PNG": png(), "SVG": f'<svg xmlns="{SVG_NAMESPACE}"><g/></svg>'.encode()}


def token(header: bytes) -> bytes:
    return f"{base64url.encode(header)}.e30.AAAA".encode()


@pytest.mark.parametrize("header", HEADERS)
def test_a_token_is_told_however_its_header_is_written(header: bytes) -> None:
    assert detect(b"\r\n " + token(header) + b"\n") == detect(token(header))
    assert detect(token(header)).notation is Notation.TOKEN


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
@pytest.mark.parametrize("header", HEADERS)
def test_a_token_in_a_picture_is_one_bare(header: bytes, picture: bytes) -> None:
    found = detect(baking.bake(picture, token(header)))
    assert (found.notation, found.data) == (Notation.TOKEN, token(header))


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_json_in_a_picture_is_json(picture: bytes) -> None:
    assert detect(baking.bake(picture, b'{"a": "eyJ"}')).notation is Notation.JSON


@pytest.mark.parametrize(
    "data",
    [
        b"eyJhbGciOiJF UzI1\r\nNiJ9.e30.AA",
        b"e yJhbGciOiJFUzI1NiJ9.e30.AA",
        b"eyJhbGciOiJFUzI1NiJ9.e30.AA~",
        b"eyJhbGci",
    ],
    ids=["VW-11 broken over lines", "VW-11 broken at once", "VW-27 an SD-JWT", "VW-11 cut off"],
)
def test_what_is_wrong_with_a_token_its_reader_says(data: bytes) -> None:
    assert detect(data).notation is Notation.TOKEN


@pytest.mark.parametrize(
    "data",
    [
        b"", b" ", b"{}", b' {"eyJ": 1}', b"[]", b'"eyJhbGciOiJFUzI1NiJ9.e30.AAAA"', b"true", b"null", b"-1.5", b"1.5",
        b"example.com", b"Institute of Technology.", b"\x00eyJ", b"\xef\xbb\xbfeyJhbGciOiJFUzI1NiJ9", b"\xff",
        b"e2Fs.e30.AAAA", b"A" * 100_000, b" " * 100_000,
    ],
    ids=lambda data: repr(data[:20]),
)  # fmt: skip
def test_anything_else_is_left_to_the_reader_of_json(data: bytes) -> None:
    assert detect(data).notation is Notation.JSON
