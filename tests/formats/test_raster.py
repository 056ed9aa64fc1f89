"""What shows pixels, told by its first bytes."""

import pytest

from jmc_vc.formats.raster import Raster, raster_of


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", Raster.PNG),
        (b"\x89PNG", Raster.PNG),
        (b"\xff\xd8\xff\xe0", Raster.JPEG),
        (b"RIFF\n\n\n\nWEBPVP8 ", Raster.WEBP),
        (b"GIF87a", Raster.GIF),
        (b"GIF89a", Raster.GIF),
        (b"%PDF-1.7", Raster.PDF),
        (b"RIFF\0\0\0\0WAVE", None),
        (b" %PDF-1.7", None),
        (b"<svg/>", None),
        (b"\xff\xd8", None),
        (b"BM", None),
        (b"{}", None),
        (b"", None),
    ],
)
def test_the_kind_is_told_by_the_first_bytes(data: bytes, kind: Raster | None) -> None:
    assert raster_of(data) is kind
