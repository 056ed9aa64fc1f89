"""What a certificate is sent as when it was photographed, scanned, saved or printed: pixels, or a PDF.

Only told apart here, by their first bytes. To read the QR code in one is the work of a process of its own
(`isolation`). PNG and SVG may be credentials by themselves (`baking`); of the two only PNG has pixels.
"""

import re
from collections.abc import Mapping
from enum import StrEnum


class Raster(StrEnum):
    """A kind of file that may show a QR code."""

    PNG = "PNG"
    JPEG = "JPEG"
    WEBP = "WebP"
    GIF = "GIF"
    PDF = "PDF"


MEDIA_TYPES: Mapping[Raster, str] = {
    Raster.PNG: "image/png",
    Raster.JPEG: "image/jpeg",
    Raster.WEBP: "image/webp",
    Raster.GIF: "image/gif",
    Raster.PDF: "application/pdf",
}

_BEGINS: Mapping[Raster, re.Pattern[bytes]] = {
    Raster.PNG: re.compile(rb"\x89PNG"),
    Raster.JPEG: re.compile(rb"\xff\xd8\xff"),
    Raster.WEBP: re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    Raster.GIF: re.compile(rb"GIF8[79]a"),
    Raster.PDF: re.compile(rb"%PDF-"),
}


def raster_of(data: bytes) -> Raster | None:
    """Which kind `data` begins as; None for anything else."""
    return next((kind for kind, begins in _BEGINS.items() if begins.match(data)), None)
