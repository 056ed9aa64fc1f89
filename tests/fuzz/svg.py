"""Bytes that are nearly an SVG drawing. Whatever they are, one credential is read from them, or they are refused; what
is baked into them is read again, also by a reader that builds the whole document."""

import xml.etree.ElementTree as ET
from random import Random
from time import process_time

from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.baking import svg
from jmc_vc.formats.baking.baked import Baked
from tests.builders import pictures
from tests.builders.pictures import JSON, JSON_ELEMENT, JWS, JWS_ELEMENT, NAMESPACE

SECONDS = 0.5
_PIECES = (
    JSON_ELEMENT, JWS_ELEMENT, "<openbadges:credential/>", "<openbadges:credential verify='", "'/>", "</svg>", "<svg>",
    "<g>", "</g>", "<g/>", "<g " + "x" * 40, "<!--", "-->", "<![CDATA[", "]]>", "]]", ">", "<", "&", "&lt;", "&#13;",
    "&#x0;", "&x;", '"', "'", "/", "\r\n", "\t", "\x00", "\x1f", "\ufeff", "\ufffe", "架空", "𠮷",
    "<?xml version='1.0'?>", "<?xml version='1.0' encoding='UTF-16'?>", "<?x y?>",
    "<!DOCTYPE svg SYSTEM 'x'>", "<!DOCTYPE svg [",
    "<!ENTITY x 'y'>", "]>", "<x:credential xmlns:x='" + NAMESPACE + "'>{}</x:credential>",
    " xmlns:openbadges='urn:x:y'", " xmlns:openbadges=''", " xmlns='urn:x:y'", " verify=''",
    "<openbadges:assertion/>", "<g>" * 300, "<g/>" * 300,
)  # fmt: skip
_BEFORE = ("", "", "\ufeff", '<?xml version="1.0" encoding="UTF-8"?>\n', "<!DOCTYPE svg SYSTEM 'x'>\n", "<!-- x -->")


def inputs() -> st.SearchStrategy[bytes]:
    return st.integers(0, 2**64 - 1).map(lambda seed: _drawing(Random(seed))) | st.binary(max_size=60)


def _drawing(chance: Random) -> bytes:
    inside = "".join(chance.choices((*_PIECES[:3], "<g/>", "<g>架空</g>", ""), k=chance.choice((0, 1, 1, 2))))
    drawing = pictures.svg(inside, before=chance.choice(_BEFORE))
    for _ in range(chance.choice((0, 0, 1, 1, 3))):
        at = chance.randrange(len(drawing) + 1)
        drawing = drawing[:at] + chance.choice(_PIECES).encode() + drawing[at + chance.choice((0, 0, 1, 9)) :]
    return drawing


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the reader."""
    started = process_time()
    before = _unbaked(data)
    try:
        baked = {credential: svg.bake(data, credential) for credential in (JSON, JWS)}
    except Error as refused:
        assert refused.code.startswith("image."), refused.code  # noqa: PT017 - the other outcome is a value
        assert before is None
        return
    finally:
        assert process_time() - started < SECONDS
    for credential, picture in baked.items():
        assert svg.unbake(picture).data == credential
        assert svg.bake(picture, credential) == picture
        (element,) = ET.fromstring(picture).iter(f"{{{NAMESPACE}}}credential")
        assert (element.get("verify") or element.text or "").encode() == credential


def _unbaked(data: bytes) -> Baked | None:
    try:
        return svg.unbake(data)
    except Error as refused:
        assert refused.code.startswith("image."), refused.code  # noqa: PT017 - the other outcome is a value
        return None
