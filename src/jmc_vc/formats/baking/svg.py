"""Badges in SVG drawings: one element `<openbadges:credential>` directly behind the `svg` start tag (OB-08).

https://www.imsglobal.org/spec/ob/v3p0/#svg. A compact JWS is its attribute `verify`; JSON is its text, as CDATA. The
drawing is never written anew: baking cuts out and inserts bytes.
"""

import re

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.baking.baked import (
    AmbiguousPicture,
    Baked,
    Kind,
    NoCredentialText,
    NotBaked,
    OlderBakedBadge,
    read_text,
)
from jmc_vc.formats.baking.drawing import NAMESPACE, PREFIX, ClaimedCredential, Drawing, start_tag

_DECLARATION = f' xmlns:{PREFIX}="{NAMESPACE}"'.encode()
_NAME = f"{PREFIX}:credential".encode()
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NoXmlText(Unacceptable):
    """The credential has a character that XML cannot hold, not even escaped: controls, U+FFFE and U+FFFF."""

    code = "image.characters"


def bake(picture: bytes, credential: bytes) -> bytes:
    """`picture` with `credential` (a compact JWS, or JSON; UTF-8) in it, in place of every badge that was there before.
    All its other bytes are unchanged, apart from the declaration of a namespace in the start tag. Raises what `unbake`
    raises for a bad picture, and image.limit, image.encoding, image.content and image.characters for a bad
    credential."""
    badge = read_text(credential)
    drawing = Drawing(picture)
    tag = start_tag(picture, drawing.start)
    before, attributes, closing = picture[: tag.end(1)], picture[tag.end(1) : tag.end()], b""
    if attributes.endswith(b"/>"):  # a drawing of nothing
        attributes, closing = attributes[:-2] + b">", b"</" + tag[1] + b">"
    on_root = _DECLARATION if drawing.prefix is None else b""
    on_element = _DECLARATION if drawing.prefix not in {None, NAMESPACE} else b""
    rest = _without(drawing.claims, picture, tag.end())
    baked = b"".join([before, on_root, attributes, _element(badge, on_element), closing, rest])
    unbake(baked)  # with the badge it may be past a limit; then nobody could read it here
    return baked


def unbake(picture: bytes) -> Baked:
    """The credential in `picture`. Raises image.limit, image.complex, image.encoding, image.dtd_forbidden,
    image.damaged, image.no_svg, image.not_baked, image.ambiguous, image.open_badges_2 and image.content.

    The specification lets a reader take the first of several badges. Here they are refused: readers that search the
    document in another way find another one."""
    claims = Drawing(picture).claims
    if not claims:
        raise NotBaked
    if len(claims) > 1:
        raise AmbiguousPicture
    (badge,) = claims
    if badge.older:
        raise OlderBakedBadge
    if not badge.genuine:
        raise NotBaked
    text = "".join(badge.text)
    if badge.verify is not None and (badge.mixed or text.strip()):
        raise AmbiguousPicture
    found = read_text((text if badge.verify is None else badge.verify).encode())
    if badge.mixed or (found.kind is Kind.JWS) != (badge.verify is not None):
        raise NoCredentialText
    return found


def _without(claims: list[ClaimedCredential], picture: bytes, start: int) -> bytes:
    """The bytes from `start` on without the elements of `claims`, which stand in the order of the document and may
    stand inside each other."""
    kept = []
    for claim in claims:
        kept.append(picture[start : claim.start])
        start = max(start, claim.end)
    return b"".join([*kept, picture[start:]])


def _element(badge: Baked, declaration: bytes) -> bytes:
    if badge.kind is Kind.JWS:
        return b"<" + _NAME + declaration + b' verify="' + badge.data + b'"/>'
    return b"<" + _NAME + declaration + b">" + _cdata(badge.data.decode()).encode() + b"</" + _NAME + b">"


def _cdata(text: str) -> str:
    """`text` such that every reader of XML gets it back exactly. A section ends at its first `]]>`, so that stands half
    in one and half in the next; a carriage return would be read as a line feed, and stands between sections."""
    if _NO_XML.search(text):
        raise NoXmlText
    written = text.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[")
    return f"<![CDATA[{written}]]>"
