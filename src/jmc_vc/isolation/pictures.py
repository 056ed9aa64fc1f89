"""The QR code in a picture or on the pages of a PDF. Runs in a worker alone: nothing here bounds its own work.

ISO/IEC 18004. How large a picture is, is asked of its header before anything of it is decoded. Of an animation the
first picture counts. All codes that are found must say the same: with two, a reader could show one and a person mean
the other (QR-09).
"""

import io
from collections.abc import Iterator, Mapping
from typing import Final

import pypdfium2  # type: ignore[import-untyped]
import zxingcpp
from PIL import Image
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pypdfium2.raw import FPDF_ERR_PASSWORD  # type: ignore[import-untyped]

from jmc_vc.formats.raster import Raster, raster_of
from jmc_vc.isolation.seen import Seen, written

MOST_PIXELS: Final[Mapping[Raster, int]] = {
    Raster.JPEG: 12_600_000,  # what telephones take: 4,080 × 3,072
    Raster.PNG: 10_000_000,  # more than a 4K screen; four bytes each, and one more in grey
    Raster.GIF: 10_000_000,
    Raster.WEBP: 3_600_000,  # its decoder keeps every picture as one of an animation, with sixteen bytes each
    Raster.PDF: 8_000_000,  # of a page, which is drawn smaller if it is larger: A3 at 200 dpi
}
"""What fits into `worker.GROWTH`."""
MOST_PAGES: Final = 4
"""A certificate has one page, with its supplement two or three."""
_DOTS_PER_POINT: Final = 200 / 72
"""200 dpi: a code of 15 mm with 45 modules gets 2.6 dots for each. Two suffice where nothing is blurred."""
_QR_CODE: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)
_BAND: Final = 256
"""Rows that are laid on paper at a time."""

# The classes themselves, without `Image.open`: that would guess among all formats, and load what reads them.
_READERS: Mapping[Raster, type[ImageFile]] = {
    Raster.PNG: PngImageFile,
    Raster.JPEG: JpegImageFile,
    Raster.GIF: GifImageFile,
    Raster.WEBP: WebPImageFile,
}


class _TooManyPixels(Exception):
    pass


class _TooManyPages(Exception):
    pass


def read_codes(data: bytes) -> bytes:
    """What is seen in `data`, as `seen` writes it."""
    try:
        texts = {code.text for picture in _pictures(data) for code in _codes(picture)}
    except MemoryError:
        raise
    except (_TooManyPixels, Image.DecompressionBombError):
        return written(Seen.PIXELS)
    except _TooManyPages:
        return written(Seen.PAGES)
    except pypdfium2.PdfiumError as err:
        return written(Seen.LOCKED if err.err_code == FPDF_ERR_PASSWORD else Seen.DAMAGED)
    except Exception:  # noqa: BLE001 - decoders raise what they like; whatever it is, the file is to blame
        return written(Seen.DAMAGED)
    if len(texts) == 1:
        return written(Seen.CODE, *texts)
    return written(Seen.SEVERAL if texts else Seen.NONE)


def _codes(picture: Image.Image) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(picture, formats=_QR_CODE, text_mode=zxingcpp.TextMode.Plain)


def _pictures(data: bytes) -> Iterator[Image.Image]:
    """Grey pictures: one, or one for each page."""
    kind = raster_of(data)
    if kind is None:
        raise ValueError("neither picture nor PDF")
    if kind is Raster.PDF:
        yield from _pages(data)
        return
    yield _picture(kind, data)


def _picture(kind: Raster, data: bytes) -> Image.Image:
    if kind is Raster.WEBP:
        _require_few_pixels(kind, *_webp_size(data))  # to open it takes all that memory already
    picture = _READERS[kind](io.BytesIO(data))
    _require_few_pixels(kind, *picture.size)
    picture.draft("L", picture.size)  # JPEG alone can do so: its colours are not even decoded
    return _on_paper(picture)


def _pages(data: bytes) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(data)
    if len(document) > MOST_PAGES:
        raise _TooManyPages
    for page in document:
        width, height = page.get_size()
        # A page may say that it is as large as a house. Then its code is, too.
        scale = min(_DOTS_PER_POINT, (MOST_PIXELS[Raster.PDF] / max(width * height, 1)) ** 0.5)
        _require_few_pixels(Raster.PDF, int(width * scale), int(height * scale))
        yield page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()


def _on_paper(picture: Image.Image) -> Image.Image:
    """In grey, on white: what is transparent is the paper that a code is printed on. In bands, since all at once would
    take twice the memory."""
    if not picture.has_transparency_data:
        return picture.convert("L")
    paper = Image.new("L", picture.size, 255)
    for top in range(0, picture.height, _BAND):
        box = (0, top, picture.width, min(top + _BAND, picture.height))
        band = picture.crop(box).convert("RGBA").convert("LA")
        paper.paste(band.getchannel("L"), box, band.getchannel("A"))
    return paper


def _require_few_pixels(kind: Raster, width: int, height: int) -> None:
    if width * height > MOST_PIXELS[kind]:
        raise _TooManyPixels


def _webp_size(data: bytes) -> tuple[int, int]:
    """Width and height in the header (RFC 9649 sections 2.5 to 2.7). Raises ValueError."""
    form, header = data[12:16], data[20:30]
    if len(header) < 10:
        raise ValueError("cut off")
    if form == b"VP8X":
        return int.from_bytes(header[4:7], "little") + 1, int.from_bytes(header[7:10], "little") + 1
    if form == b"VP8L":
        bits = int.from_bytes(header[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(header[6:8], "little") & 0x3FFF, int.from_bytes(header[8:10], "little") & 0x3FFF
