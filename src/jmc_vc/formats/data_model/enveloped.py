"""EnvelopedVerifiableCredential and -Presentation: a token carried in a `data:` URL, where JSON is asked for.

https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials and https://www.rfc-editor.org/rfc/rfc2397

Nothing of the object is signed but the token, so the object may say nothing else: what a reader might show beside it
anybody could have written. One token has one spelling here: no percent-encoding, no parameters, base64 only where the
URL declares it.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.data_model.shape import BASE_CONTEXT_V2, BadContext, BadType, types_of
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.strict_json import JsonObject, JsonValue, Limits

ENVELOPED_CREDENTIAL: Final = "EnvelopedVerifiableCredential"
ENVELOPED_PRESENTATION: Final = "EnvelopedVerifiablePresentation"

LONGEST: Final = Limits().bytes
"""Characters of a URL: a document that a request may carry is no longer either. A badge with a picture has 540 KB."""


class TokenMediaType(StrEnum):
    """The media types of tokens that an envelope may hold."""

    VC_JWT = "application/vc+jwt"
    VP_JWT = "application/vp+jwt"
    JWT = "application/jwt"
    VC_SD_JWT = "application/vc+sd-jwt"
    VP_SD_JWT = "application/vp+sd-jwt"
    DC_SD_JWT = "application/dc+sd-jwt"


_MEDIA_TYPES: Final = frozenset(TokenMediaType)

_HELD: Mapping[str, frozenset[TokenMediaType]] = {
    ENVELOPED_CREDENTIAL: frozenset(TokenMediaType) - {TokenMediaType.VP_JWT, TokenMediaType.VP_SD_JWT},
    ENVELOPED_PRESENTATION: frozenset({TokenMediaType.VP_JWT, TokenMediaType.VP_SD_JWT, TokenMediaType.JWT}),
}
"""Which envelope holds which tokens."""

_MEMBERS: Final = frozenset({"@context", "id", "type"})
_HEAD: Final = re.compile(r"data:([a-z0-9.+-]{1,64}/[a-z0-9.+-]{1,64})(;base64)?,")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_.~-]+")
"""Compact JWS and SD-JWT, disclosures and key binding included."""


class BadEnvelope(Unacceptable):
    """The object has other members than an envelope may have."""

    code = "envelope.member"


class BadDataUrl(Unacceptable):
    """`id` is no `data:` URL with a token in it, written in the one way that we take."""

    code = "envelope.data_url"


class EnvelopeMediaType(Unacceptable):
    """The `data:` URL says a media type that such an envelope does not hold, that we do not read, or that the token
    itself contradicts."""

    code = "envelope.media_type"


@dataclass(frozen=True)
class Token:
    """`text` in its compact form, of the media type that was said of it. It is not verified."""

    media_type: TokenMediaType
    text: str


def is_enveloped(document: JsonObject) -> bool:
    """Whether `document` gives itself out as an envelope, so that `read_envelope` has to read it."""
    types = document.get("type")
    return not _HELD.keys().isdisjoint(
        each for each in (types if isinstance(types, list) else [types]) if isinstance(each, str)
    )


def read_envelope(document: JsonObject, *, pointer: str = "") -> Token:
    """The token in `document`, an envelope of either kind (VC-10); `pointer` is where it stands in a greater one.

    Raises vc.context, vc.type, envelope.member, envelope.data_url, envelope.media_type."""
    node = Node(document, pointer)
    kind, *others = types_of(node)
    if kind not in _HELD or others:
        raise BadType(pointer=node.at("type"))
    if not _names_base_context(node.members.get("@context")):
        raise BadContext(pointer=node.at("@context"))
    for name in node.members:
        if name not in _MEMBERS:
            raise BadEnvelope(pointer=node.at(name))
    token = read_data_url(node.members.get("id"), pointer=node.at("id"))
    if token.media_type not in _HELD[kind]:
        raise EnvelopeMediaType(pointer=node.at("id"))
    return token


def write_envelope(kind: str, token: Token) -> JsonObject:
    """The envelope of `kind`, ENVELOPED_CREDENTIAL or ENVELOPED_PRESENTATION, around `token`."""
    return {"@context": BASE_CONTEXT_V2, "id": f"data:{token.media_type},{token.text}", "type": kind}


def read_data_url(url: JsonValue, *, pointer: str | None = None) -> Token:
    """The token in the `data:` URL `url`. Raises envelope.data_url, envelope.media_type."""
    if not isinstance(url, str) or len(url) > LONGEST:
        raise BadDataUrl(pointer=pointer)
    head = _HEAD.match(url)
    if head is None:
        raise BadDataUrl(pointer=pointer)
    media_type, in_base64 = head.groups()
    if media_type not in _MEDIA_TYPES:
        raise EnvelopeMediaType(pointer=pointer)
    text = _from_base64(url[head.end() :], pointer) if in_base64 else url[head.end() :]
    if not _TOKEN.fullmatch(text):
        raise BadDataUrl(pointer=pointer)
    return Token(TokenMediaType(media_type), text)


def _from_base64(text: str, pointer: str | None) -> str:
    try:
        data = b64decode(text, validate=True)
        token = data.decode("ascii")
    except ValueError as err:
        raise BadDataUrl(pointer=pointer) from err
    if b64encode(data).decode() != text:  # the last character had bits that no byte uses
        raise BadDataUrl(pointer=pointer)
    return token


def _names_base_context(value: JsonValue) -> bool:
    """The base context defines the words of an envelope; no other one that we know does. One text will do (the
    examples of the specification write it so)."""
    return BASE_CONTEXT_V2 in (value if isinstance(value, list) else [value])
