"""QR codes as they come: as a file, photographed, on the page of a PDF. And small files that cost much to read."""

import io
import zlib
from functools import cache

import segno
from PIL import Image, ImageDraw, ImageFilter

LINK = "http://localhost:8000/credentials/6f1d2c9e-3a4b-4c5d-8e6f-7a8b9c0d1e2f"
"""A link of the installation that tests have, to no credential."""
OTHER_LINK = "http://localhost:8000/credentials/00000000-3a4b-4c5d-8e6f-7a8b9c0d1e2f"


@cache
def code(text: str = LINK, *, scale: int = 6) -> Image.Image:
    """A code in black on white, with its quiet zone, `scale` pixels for a module."""
    file = io.BytesIO()
    segno.make(text, error="m", micro=False).save(file, kind="png", scale=scale, border=4)
    return Image.open(file).convert("L")


def written(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    """The bytes of a file."""
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def side_by_side(*texts: str) -> Image.Image:
    """Several codes on one sheet."""
    codes = [code(text) for text in texts]
    sheet = Image.new("L", (sum(each.width for each in codes), max(each.height for each in codes)), 255)
    left = 0
    for each in codes:
        sheet.paste(each, (left, 0))
        left += each.width
    return sheet


def on_a_certificate(text: str = LINK, *, scale: int = 4) -> Image.Image:
    """A4 at 110 dpi: some lines, and a code in the corner below."""
    sheet = Image.new("L", (910, 1287), 250)
    draw = ImageDraw.Draw(sheet)
    for top in range(100, 900, 40):
        draw.rectangle((100, top, 100 + (top * 7) % 700, top + 12), fill=40)
    small = code(text, scale=scale)
    sheet.paste(small, (850 - small.width, 1230 - small.height))
    return sheet


def photographed(
    sheet: Image.Image, *, angle: float = 0, tilt: int = 0, noise: float = 0, blur: float = 0
) -> Image.Image:
    """A sheet on a grey table: turned by `angle` degrees, seen from a side (`tilt` pixels at the far end), in poor
    light, not sharp."""
    seen = Image.new("L", (sheet.width + 400, sheet.height + 400), 110)
    seen.paste(sheet, (200, 200))
    width, height = seen.size
    if tilt:
        corners = (-tilt, 0, 0, height, width, height, width + tilt, 0)
        seen = seen.transform(seen.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=110)
    if angle:
        seen = seen.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=110)
    shade = Image.linear_gradient("L").resize(seen.size).point(lambda value: 128 + value // 2)
    seen = Image.composite(seen, Image.new("L", seen.size, 60), shade)
    if noise:
        seen = Image.blend(seen, Image.effect_noise(seen.size, 120), noise)
    return seen.filter(ImageFilter.GaussianBlur(blur)) if blur else seen


# --- PDF --------------------------------------------------------------------------------------------------------------


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A file of `objects`, numbered from 1; the first is the catalog."""
    file = bytearray(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    file += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(file)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A compressed stream."""
    packed = zlib.compress(data, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (entries, len(packed), packed)


def page(content: bytes, *more: bytes, resources: bytes = b"", box: bytes = b"[0 0 595 842]", pages: int = 1) -> bytes:
    """A PDF of equal pages with `content`; `more` are the objects from number 5 on."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * pages, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<<%s>>>>" % (box, resources),
        stream(content),
        *more,
    )


def drawn(text: str = LINK, *, left: int = 400, bottom: int = 60, module: float = 1.5) -> bytes:
    """The code as the operators of a page: 1.5 points a module are 2.4 cm for a link."""
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=4))
    squares = (
        b"%.2f %.2f %.2f %.2f re\n" % (left + column * module, bottom + (len(rows) - row) * module, module, module)
        for row, values in enumerate(rows)
        for column, dark in enumerate(values)
        if dark
    )
    return b"0 g\n%sf\n" % b"".join(squares)


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 999 999]/Resources<</XObject<</F %d 0 R>>>>"
WITH_FORM = b"/XObject<</F 5 0 R>>"


def bombs() -> dict[str, bytes]:
    """Small files that would take minutes, or gigabytes, to read."""
    image = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB"
    return {
        "a page of 5 million lines": page(b"0 0 m 9 9 l S\n" * 5_000_000),
        "a form in itself": page(b"/F Do\n", stream(b"/F Do\n" * 50, FORM % 5), resources=WITH_FORM),
        "forms in forms, 10^12 of them": page(
            b"/F Do\n",
            *(stream(b"/F Do\n" * 10, FORM % (6 + depth)) for depth in range(12)),
            stream(b"0 0 9 9 re f", FORM % 5),
            resources=WITH_FORM,
        ),
        "pages in themselves": pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        "an older table that is this one": page(b"").replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9"),
        "100,000 arrays in arrays": pdf(b"[" * 100_000),
        "a picture of 300 MB": page(
            b"595 0 0 842 0 0 cm /F Do\n",
            stream(bytes(1 << 20), image % (10_000, 10_000)),
            resources=WITH_FORM,
        ),
        "a page as large as a town": page(drawn(), box=b"[0 0 99999999 99999999]"),
    }
