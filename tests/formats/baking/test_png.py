"""Badges in PNG pictures: OB-07 and the cases PN-*."""

import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.baking import ITXT_KEYWORD_OB3, bake_png, extract_png

from jmc_vc.errors import Error, TooLarge, Unacceptable
from jmc_vc.formats import baking
from jmc_vc.formats.baking import png
from jmc_vc.formats.baking.baked import LARGEST_CREDENTIAL, LARGEST_PICTURE, Baked, Kind
from jmc_vc.formats.encoding import base64url
from tests.builders import pictures
from tests.builders.pictures import IDAT, IEND, JSON, JWS, SIGNATURE, chunk, header, itxt

PLAIN = pictures.png()
GOOD = pictures.png(itxt(JSON))
BOMB = zlib.compress(bytes(200 << 20), 9)
"""PN-04: 200 KB that become 200 MB."""


def refusal(picture: bytes) -> str:
    with pytest.raises(Unacceptable) as refused:
        baking.unbake(picture)
    return refused.value.code


BAD = {
    "PN-01 no badge": ("image.not_baked", PLAIN),
    "PN-01 another text": ("image.not_baked", pictures.png(itxt(JSON, keyword=b"Comment"))),
    "PN-01 keyword in capitals": ("image.not_baked", pictures.png(itxt(JSON, keyword=b"OpenBadgeCredential"))),
    "PN-01 tEXt instead of iTXt": (
        "image.not_baked",
        pictures.png(chunk(b"tEXt", b"openbadgecredential\0" + JSON)),
    ),
    "PN-02 good, then forged": ("image.ambiguous", pictures.png(itxt(JSON), itxt(JWS))),
    "PN-02 on both sides of the pixels": ("image.ambiguous", pictures.png(itxt(JSON), pixels=IDAT + itxt(JSON))),
    "PN-02 an older badge beside it": (
        "image.ambiguous",
        pictures.png(itxt(JSON), chunk(b"tEXt", b"openbadges\0https://x.test/1")),
    ),
    "PN-02 a tEXt badge beside it": (
        "image.ambiguous",
        pictures.png(chunk(b"tEXt", b"openbadgecredential\0" + JWS), itxt(JSON)),
    ),
    "PN-05 length of 2^31-1": ("image.damaged", SIGNATURE + header() + b"\x7f\xff\xff\xffiTXt" + bytes(100)),
    "PN-05 length of 2^32-1": ("image.damaged", SIGNATURE + header() + b"\xff\xff\xff\xffiTXt" + bytes(100)),
    "PN-07 check sum of the badge": (
        "image.damaged",
        pictures.png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + JSON, crc=1)),
    ),
    "PN-07 check sum of the pixels": ("image.damaged", pictures.png(itxt(JSON), pixels=chunk(b"IDAT", b"", crc=1))),
    "PN-08 badge behind the end": ("image.not_baked", PLAIN + itxt(JSON)),
    "PN-09 nothing": ("image.damaged", b""),
    "PN-09 only the signature": ("image.damaged", SIGNATURE),
    "PN-09 half a signature": ("image.damaged", SIGNATURE[:5]),
    "PN-09 line ends converted": ("image.damaged", GOOD.replace(b"\r\n", b"\n", 1)),
    "PN-09 no end": ("image.damaged", pictures.png(itxt(JSON), end=b"")),
    "PN-12 address of an older badge": (
        "image.open_badges_2",
        pictures.png(chunk(b"tEXt", b"openbadges\0https://badges.test/1.json")),
    ),
    "PN-12 older badge as iTXt": ("image.open_badges_2", pictures.png(itxt(JWS, keyword=b"openbadges"))),
    "PN-12 older badge as zTXt": (
        "image.open_badges_2",
        pictures.png(chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(JWS))),
    ),
    "PN-13 compression flag 2": ("image.compression", pictures.png(itxt(zlib.compress(JSON), flag=2))),
    "PN-13 compression method 7": ("image.compression", pictures.png(itxt(zlib.compress(JSON), flag=1, method=7))),
    "PN-13 method 7, not compressed": ("image.compression", pictures.png(itxt(JSON, method=7))),
    "PN-14 Shift_JIS": ("image.encoding", pictures.png(itxt('{"name":"架空"}'.encode("shift_jis")))),
    "PN-14 UTF-16": ("image.encoding", pictures.png(itxt('{"a":1}'.encode("utf-16")))),
    "compressed text that is not": ("image.damaged", pictures.png(itxt(JSON, flag=1))),
    "compressed text cut": ("image.damaged", pictures.png(itxt(zlib.compress(JSON)[:-3], flag=1))),
    "bytes behind the compressed text": ("image.damaged", pictures.png(itxt(zlib.compress(JSON) + b"x", flag=1))),
    "keyword alone": ("image.damaged", pictures.png(chunk(b"iTXt", b"openbadgecredential"))),
    "no translated keyword": ("image.damaged", pictures.png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0" + JSON))),
    "no header": ("image.damaged", SIGNATURE + itxt(JSON) + IEND),
    "header twice": ("image.damaged", pictures.png(header(), itxt(JSON))),
    "header of 12 bytes": ("image.damaged", SIGNATURE + chunk(b"IHDR", bytes(12)) + IEND),
    "chunk type that is no letters": ("image.damaged", pictures.png(chunk(b"iT\0t"), itxt(JSON))),
    "end with data": ("image.damaged", pictures.png(itxt(JSON), end=chunk(b"IEND", b"x"))),
    "an address": ("image.content", pictures.png(itxt(b"https://badges.test/1"))),
    "an array": ("image.content", pictures.png(itxt(b"[1]"))),
    "a token of two parts": ("image.content", pictures.png(itxt(b"eyJ9.eyJ9"))),
    "a token with disclosures": ("image.content", pictures.png(itxt(JWS + b"~WyJ4Il0~"))),
    "no text": ("image.content", pictures.png(itxt(b""))),
    "NUL in the text": ("image.content", pictures.png(itxt(b'{"a":\0}'))),
    "20,000 chunks": ("image.complex", pictures.png(*[chunk(b"gAMA", bytes(4))] * 20_000)),
}
"""Case: the code of its refusal, and a picture."""


@pytest.mark.parametrize("case", BAD)
def test_a_bad_picture_is_refused(case: str) -> None:
    code, picture = BAD[case]
    assert refusal(picture) == code


def test_pn_09_a_picture_that_is_cut_anywhere_is_damaged() -> None:
    assert {refusal(GOOD[:length]) for length in range(4, len(GOOD))} == {"image.damaged"}


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(pictures.png(itxt(BOMB, flag=1)), id="PN-04 bomb"),
        pytest.param(pictures.png(itxt(b'{"a":"' + b"a" * LARGEST_CREDENTIAL + b'"}')), id="long text"),
        pytest.param(pictures.png(pixels=chunk(b"IDAT", bytes(LARGEST_PICTURE))), id="many pixels"),
    ],
)
def test_too_much_is_refused(picture: bytes) -> None:
    with pytest.raises(TooLarge) as refused:
        baking.unbake(picture)
    assert refused.value.code == "image.limit"


def test_pn_04_no_more_than_the_limit_is_expanded() -> None:
    picture = pictures.png(itxt(BOMB, flag=1))
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            baking.unbake(picture)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("format_", "data"),
    [
        ("JPEG", b"\xff\xd8\xff\xe0\0\x10JFIF"),
        ("GIF", b"GIF89a"),
        ("WebP", b"RIFF\x10\0\0\0WEBPVP8 "),
        ("AVIF/HEIC", b"\0\0\0\x18ftypheic"),
        ("PDF", b"%PDF-1.7"),
        ("HTML", b"\n<!DOCTYPE html><title>badge.png</title>"),
        ("HTML", b"<html><img src=x onerror=alert(1)>"),
    ],
)
def test_pn_10_another_format_is_named(format_: str, data: bytes) -> None:
    assert baking.is_picture(data)
    for refused_by in (baking.unbake, lambda data: baking.bake(data, JWS)):
        with pytest.raises(baking.UnsupportedPicture) as refused:
            refused_by(data)
        assert refused.value.params == {"format": format_}


@pytest.mark.parametrize("data", [b"{}", b" [1]", JWS, b"text", b"\xff", b""])
def test_what_is_no_picture_is_told_apart(data: bytes) -> None:
    assert not baking.is_picture(data)


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(GOOD, id="as it should be"),
        pytest.param(pictures.png(pixels=IDAT + itxt(JSON)), id="PN-15 behind the pixels"),
        pytest.param(
            pictures.png(itxt(JSON, language=b"ja", translated="バッジ".encode())), id="PN-15 language and keyword"
        ),
        pytest.param(
            pictures.png(pixels=IDAT + itxt(zlib.compress(JSON), flag=1, language=b"ja", translated="バッジ".encode())),
            id="PN-15 compressed too",
        ),
        pytest.param(SIGNATURE + header(60_000, 60_000) + itxt(JSON) + IDAT + IEND, id="PN-06 60,000 by 60,000 pixels"),
        pytest.param(GOOD + b"<script>alert(1)</script>", id="PN-16 script behind the end"),
        pytest.param(GOOD + itxt(JWS), id="PN-08 another badge behind the end"),
    ],
)
def test_the_text_is_read_byte_for_byte(picture: bytes) -> None:
    assert baking.is_picture(picture)
    assert baking.unbake(picture) == Baked(Kind.JSON, JSON)


def test_a_token_is_told_from_json() -> None:
    assert baking.unbake(pictures.png(itxt(JWS))) == Baked(Kind.JWS, JWS)


@pytest.mark.parametrize("written", [b'{ "alg":"ES256"}', b'{\n  "alg":"ES256"}', b'\n{"alg":"ES256"}'])
def test_a_token_is_told_by_its_form_however_its_header_begins(written: bytes) -> None:
    token = base64url.encode(written).encode() + b".e30.AA"
    assert baking.unbake(baking.bake(pictures.png(), token)) == Baked(Kind.JWS, token)


@pytest.mark.parametrize("credential", [JSON, JWS], ids=["JSON", "JWS"])
def test_ob_07_one_uncompressed_chunk_is_baked(credential: bytes) -> None:
    baked = baking.bake(PLAIN, credential)
    assert baked == pictures.png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + credential))


@pytest.mark.parametrize(
    "picture",
    [
        GOOD,
        pictures.png(itxt(JSON), pixels=IDAT + itxt(JWS)),
        pictures.png(itxt(zlib.compress(JSON), flag=1)),
        pictures.png(itxt(b"not a credential", flag=9)),
        pictures.png(chunk(b"tEXt", b"openbadges\0https://badges.test/1")),
    ],
    ids=["a badge", "two", "a compressed one", "a broken one", "an older one"],
)
def test_ob_07_baking_again_takes_the_place_of_what_was_there(picture: bytes) -> None:
    assert baking.bake(picture, JWS) == baking.bake(PLAIN, JWS)


def test_pn_16_what_stands_behind_the_picture_is_not_baked_again() -> None:
    assert baking.bake(PLAIN + b"<script>alert(1)</script>", JWS) == baking.bake(PLAIN, JWS)


@pytest.mark.parametrize(
    ("code", "credential"),
    [
        ("image.content", b""),
        ("image.content", b"https://badges.test/1"),
        ("image.encoding", b'{"a":"\xff"}'),
        ("image.limit", b'{"a":"' + b"a" * LARGEST_CREDENTIAL + b'"}'),
    ],
)
@pytest.mark.parametrize("picture", [PLAIN, pictures.svg()], ids=["PNG", "SVG"])
def test_what_is_no_credential_is_not_baked(picture: bytes, code: str, credential: bytes) -> None:
    with pytest.raises(Error) as refused:
        baking.bake(picture, credential)
    assert refused.value.code == code


def test_a_line_feed_behind_a_token_is_no_part_of_it() -> None:
    assert baking.unbake(baking.bake(PLAIN, JWS + b"\r\n")).data == JWS


@pytest.mark.parametrize(
    "picture",
    [
        pictures.png(pixels=chunk(b"IDAT", bytes(LARGEST_PICTURE - len(PLAIN)))),
        pictures.png(*[chunk(b"gAMA", bytes(4))] * (png.MOST_CHUNKS - 3)),
    ],
    ids=["bytes", "chunks"],
)
def test_a_picture_that_could_not_be_read_afterwards_is_not_baked(picture: bytes) -> None:
    with pytest.raises(baking.baked.NotBaked):
        baking.unbake(picture)
    with pytest.raises((baking.baked.PictureTooLarge, baking.baked.PictureTooComplex)):
        baking.bake(picture, JWS)


# Chunks that a picture may have, in an order that need not make sense: nobody here decodes it.
CHUNKS = st.lists(
    st.builds(chunk, st.sampled_from([b"gAMA", b"IDAT", b"tEXt", b"zzZz", b"PLTE"]), st.binary(max_size=20))
    | st.builds(itxt, st.binary(max_size=9), keyword=st.sampled_from([b"XML:com.adobe.xmp", b"openbadge", b""])),
    max_size=6,
)
CREDENTIALS = st.just(JWS) | st.text(max_size=40).filter(lambda text: "\0" not in text).map(
    lambda text: f'{{"text":{text}}}'.encode()
)


@given(chunks=CHUNKS, credential=CREDENTIALS, behind=st.binary(max_size=9))
def test_what_is_baked_is_read_again_and_the_rest_is_as_it_was(
    chunks: list[bytes], credential: bytes, behind: bytes
) -> None:
    picture = pictures.png(*chunks)
    baked = baking.bake(picture + behind, credential)
    assert baking.unbake(baked).data == credential
    assert baked.count(b"openbadgecredential") == 1
    assert baked.replace(itxt(credential), b"", 1) == picture
    assert baking.bake(baked, credential) == baked


@given(at=st.integers(0, len(GOOD) - 1), by=st.integers(1, 255))
def test_one_changed_byte_is_seen(at: int, by: int) -> None:
    with pytest.raises(Error):
        baking.unbake(GOOD[:at] + bytes([GOOD[at] ^ by]) + GOOD[at + 1 :])


@given(st.binary(max_size=80), st.sampled_from([b"", SIGNATURE, SIGNATURE + header(), GOOD[:-12]]))
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    with pytest.raises(Error):
        baking.unbake(start + data)


@pytest.mark.parametrize("credential", [JSON, JWS], ids=["JSON", "JWS"])
def test_another_implementation_reads_what_we_bake_and_we_read_what_it_bakes(credential: bytes) -> None:
    assert extract_png(baking.bake(PLAIN, credential), keyword=ITXT_KEYWORD_OB3) == credential.decode()
    theirs = bake_png(PLAIN, credential.decode(), keyword=ITXT_KEYWORD_OB3)
    assert baking.unbake(theirs).data == credential
