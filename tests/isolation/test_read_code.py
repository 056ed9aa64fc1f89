"""QR codes in pictures and PDFs, good and hostile."""

import struct
from collections.abc import Iterator

import pytest
from PIL import Image, ImageOps

from jmc_vc.errors import Error
from jmc_vc.isolation import seen
from jmc_vc.isolation.pictures import read_codes
from jmc_vc.isolation.pool import Pool, WorkerLost
from jmc_vc.isolation.read_code import ReadCode, code_reader
from jmc_vc.isolation.seen import Seen
from tests.builders import pictures
from tests.builders.codes import (
    LINK,
    OTHER_LINK,
    bombs,
    code,
    drawn,
    on_a_certificate,
    page,
    pdf,
    photographed,
    side_by_side,
    written,
)


@pytest.fixture(scope="module")
def read_code() -> Iterator[ReadCode]:
    reader = code_reader()
    with pytest.raises(Error):
        reader(b"")  # the first one starts a worker
    yield reader
    reader.pool.close()


def transparent(margin: tuple[int, int] = (0, 0)) -> Image.Image:
    """Black on nothing."""
    dark = ImageOps.expand(code().point(lambda value: 255 - value), (*margin, *margin))
    ink = Image.new("RGBA", dark.size, (0, 0, 0, 0))
    ink.paste((0, 0, 0, 255), mask=dark)
    return ink


GOOD = {
    "PNG": written(code()),
    "JPEG": written(code(), "JPEG"),
    "WebP": written(code(), "WEBP"),
    "lossless WebP": written(code(), "WEBP", lossless=True),
    "GIF": written(code(), "GIF"),
    "one bit a pixel": written(code().convert("1")),
    "sixteen bits a pixel": written(code().convert("I;16").point(lambda value: value * 257)),
    "a palette": written(code().convert("P")),
    "CMYK": written(code().convert("CMYK"), "JPEG"),
    "progressive": written(code().convert("RGB"), "JPEG", progressive=True),
    "transparent": written(transparent()),
    "transparent GIF": written(transparent(), "GIF"),
    "transparent WebP": written(transparent(), "WEBP", lossless=True),
    "the first picture of an animation": written(
        code(), "GIF", save_all=True, append_images=[code(OTHER_LINK)], duration=100
    ),
    "white on black": written(code().point(lambda value: 255 - value)),
    "the same code twice": written(side_by_side(LINK, LINK)),
    "on a certificate": written(on_a_certificate()),
    "large and transparent": written(transparent(margin=(1_000, 600))),
    "PDF": page(drawn()),
    "PDF, 1.6 cm": page(drawn(module=1)),
    "PDF, the same on each page": page(drawn(), pages=3),
    "PDF, scanned": written(on_a_certificate(), "PDF", resolution=110),
}
PHOTOGRAPHS = {
    "straight": photographed(on_a_certificate()),
    "turned a little": photographed(on_a_certificate(), angle=7),
    "turned by 37 degrees": photographed(on_a_certificate(), angle=37),
    "upside down": photographed(on_a_certificate(), angle=181),
    "from below": photographed(on_a_certificate(scale=5), tilt=250),
    "from above": photographed(on_a_certificate(scale=5), tilt=-150),
    "in the dark": photographed(on_a_certificate(scale=5), noise=0.3),
    "shaken": photographed(on_a_certificate(scale=5), blur=1.5),
    "all at once": photographed(on_a_certificate(scale=6), angle=-12, tilt=120, noise=0.25, blur=1.0),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_code_is_read(read_code: ReadCode, name: str) -> None:
    assert read_code(GOOD[name]) == LINK


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_code_in_a_photograph_is_read(read_code: ReadCode, name: str) -> None:
    assert read_code(written(PHOTOGRAPHS[name], "JPEG", quality=60)) == LINK


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x", id="a letter"),
        pytest.param("証明書を検証する", id="Japanese"),
        pytest.param("\n\n", id="lines without words"),
        pytest.param("code\nhttps://evil.test/", id="what a worker says"),
        pytest.param("A" * 3_391, id="QR-09 as much as there is room for"),
        pytest.param("証" * 777, id="QR-09 as many bytes as there is room for"),
        pytest.param("eyJhbGciOiJFUzI1NiJ9.e30.AA", id="a token"),
    ],
)
def test_whatever_a_code_says_is_told_as_it_is(read_code: ReadCode, text: str) -> None:
    assert read_code(written(code(text, scale=4))) == text


def jpeg_header(width: int, height: int) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x22\0\x02\x11\x01\x03\x11\x01"
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda" + bytes(100)


def riff(form: bytes, data: bytes) -> bytes:
    chunk = form + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def gif(screen: int, frame: int) -> bytes:
    """One pixel, by its data; its header says something else."""
    small = bytearray(written(Image.new("L", (1, 1)), "GIF"))
    struct.pack_into("<HH", small, 6, screen, screen)
    struct.pack_into("<HH", small, small.index(b",\0\0\0\0") + 5, frame, frame)
    return bytes(small)


BAD = {
    "nothing there": ("image.no_code", written(Image.new("L", (300, 300), 255))),
    "a photograph of no code": ("image.no_code", written(Image.effect_noise((900, 900), 80), "JPEG")),
    "half a code": ("image.no_code", written(code().crop((0, 0, code().width // 2, code().height)))),
    "an empty page": ("image.no_code", page(b"")),
    "a code on the second picture of an animation": (
        "image.no_code",
        written(Image.new("L", code().size, 255), "GIF", save_all=True, append_images=[code()]),
    ),
    "QR-09 two codes": ("image.ambiguous", written(side_by_side(LINK, OTHER_LINK))),
    "QR-09 two codes in a PDF": ("image.ambiguous", page(drawn() + drawn(OTHER_LINK, left=50))),
    "QR-09 one in capitals": ("image.ambiguous", written(side_by_side(LINK, LINK.upper()))),
    "five pages": ("image.pages", page(drawn(), pages=5)),
    "60,000 by 60,000 PNG": (
        "image.pixels",
        pictures.SIGNATURE + pictures.header(60_000, 60_000) + pictures.IDAT + pictures.IEND,
    ),
    "60,000 by 60,000 JPEG": ("image.pixels", jpeg_header(60_000, 60_000)),
    "60,000 by 60,000 GIF": ("image.pixels", gif(60_000, 60_000)),
    "60,000 by 60,000 in a GIF of one pixel": ("image.pixels", gif(1, 60_000)),
    "16,384 by 16,384 WebP, extended": ("image.pixels", riff(b"VP8X", bytes(4) + b"\xff\x3f\0\xff\x3f\0" + bytes(20))),
    "16,384 by 16,384 WebP, lossless": ("image.pixels", riff(b"VP8L", b"\x2f\xff\xff\xff\x0f" + bytes(20))),
    "16,383 by 16,383 WebP": ("image.pixels", riff(b"VP8 ", b"\0\0\0\x9d\x01\x2a\xff\x3f\xff\x3f" + bytes(20))),
    "16 million pixels": ("image.pixels", written(Image.new("1", (4_000, 4_000)))),
    "a WebP of one line": ("image.damaged", riff(b"VP8 ", b"")),
    "a JPEG of three bytes": ("image.damaged", b"\xff\xd8\xff"),
    "only %PDF-": ("image.damaged", b"%PDF-"),
    "no pages": ("image.damaged", pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")),
    "a PDF that ends early": ("image.damaged", page(drawn())[:300]),
    "a PNG that ends early": ("image.damaged", written(code())[:-200]),
    "a JPEG that ends early": ("image.damaged", written(code(), "JPEG")[:-900]),
    "a GIF that ends early": ("image.damaged", written(code(), "GIF")[:600]),
    "a password": (
        "image.locked",
        pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[]/Count 0>>",
            trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>/ID[(a)(a)]" % (b"x" * 32, b"y" * 32),
        ),
    ),
    "no picture": ("image.damaged", b"{}"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_says_why(read_code: ReadCode, name: str) -> None:
    expected, data = BAD[name]
    with pytest.raises(Error) as refused:
        read_code(data)
    assert refused.value.code == expected


BOMBS = bombs()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_and_the_next_request_works(read_code: ReadCode, name: str) -> None:
    with pytest.raises(Error) as refused:
        read_code(BOMBS[name])
    assert refused.value.code in {"image.work", "image.damaged", "image.no_code"}
    assert read_code(GOOD["PNG"]) == LINK


def test_every_cut_and_every_changed_byte_has_an_answer() -> None:
    """In this process, without a worker, so that many are tried: nothing but an answer may come out of it."""
    for whole in (GOOD["PNG"], GOOD["JPEG"], GOOD["GIF"], GOOD["WebP"], GOOD["PDF"]):
        for at in range(0, len(whole), max(1, len(whole) // 40)):
            for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]):
                found, text = seen.read(read_codes(data))
                assert found in Seen
                assert (found is Seen.CODE) == bool(text)


@pytest.mark.parametrize("answer", [b"", b"code", b"\xff\n", b"valid\nx"])
def test_an_answer_that_no_worker_gives_is_no_answer(answer: bytes) -> None:
    reader = ReadCode(Pool("tests.isolation.misbehaving:echo", workers=1))
    if answer == b"code":
        assert reader(answer) == ""
    else:
        with pytest.raises(WorkerLost):
            reader(answer)
    reader.pool.close()
