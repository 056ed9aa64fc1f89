"""Small pictures, and the chunks and elements that they are made of, good and bad."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
JSON = '{"type": ["VerifiableCredential"], "name": "架空 & <Badge> 𠮷"}'.encode()
JWS = b"eyJhbGciOiJFUzI1NiJ9.eyJ2YyI6MX0.c2lnbmF0dXJl"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
SVG_NAMESPACE = "http://www.w3.org/2000/svg"


def chunk(type_: bytes, data: bytes = b"", *, crc: int | None = None) -> bytes:
    """One chunk of a PNG; with a check sum of one's own if need be."""
    written = zlib.crc32(type_ + data) if crc is None else crc
    return struct.pack(">I", len(data)) + type_ + data + struct.pack(">I", written)


def header(width: int = 1, height: int = 1) -> bytes:
    """An IHDR chunk: 8-bit grey."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))


IDAT = chunk(b"IDAT", zlib.compress(b"\0\x80"))
IEND = chunk(b"IEND")


def png(*chunks: bytes, pixels: bytes = IDAT, end: bytes = IEND) -> bytes:
    """A picture of one grey pixel, with `chunks` before the pixels."""
    return b"".join([SIGNATURE, header(), *chunks, pixels, end])


def itxt(
    text: bytes,
    *,
    keyword: bytes = b"openbadgecredential",
    flag: int = 0,
    method: int = 0,
    language: bytes = b"",
    translated: bytes = b"",
) -> bytes:
    """An iTXt chunk; `text` as it stands in it."""
    return chunk(b"iTXt", keyword + bytes([0, flag, method]) + language + b"\0" + translated + b"\0" + text)


def svg(inside: str = "", *, before: str = "", attributes: str = "") -> bytes:
    """A drawing of one circle, with `inside` as the first thing in it."""
    root = f'<svg xmlns="{SVG_NAMESPACE}" xmlns:openbadges="{NAMESPACE}" viewBox="0 0 9 9"{attributes}>'
    return f'{before}{root}{inside}<circle r="4" fill="#fff"/></svg>\n'.encode()


def element(inside: str = "", attributes: str = "", name: str = "openbadges:credential") -> str:
    """The element of a badge; `inside` and `attributes` as they are written."""
    return f"<{name}{attributes}>{inside}</{name}>"


JSON_ELEMENT = element(f"<![CDATA[{JSON.decode()}]]>")
JWS_ELEMENT = element(attributes=f' verify="{JWS.decode()}"')
