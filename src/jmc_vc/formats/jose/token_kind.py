"""What kind of token this is: told by `typ` alone, so that none can be taken for another (RFC 8725 §3.11).

A token without a type, or of the type `JWT`, is judged as an Open Badge and by nothing else (JC-01). One of a type that
is not in the table is refused whatever it holds: access tokens, key proofs and key bindings are signed by the same keys
as credentials (VW-22).
"""

from collections.abc import Mapping
from enum import StrEnum

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.data_model import enveloped
from jmc_vc.formats.data_model.enveloped import EnvelopeMediaType, Token
from jmc_vc.formats.strict_json import JsonObject


class TokenKind(StrEnum):
    """The profiles that we read; the values are the types that they write."""

    OB3_VC_JWT = "JWT"
    VC_JWT = "vc+jwt"
    VP_JWT = "vp+jwt"
    VC_SD_JWT = "vc+sd-jwt"
    """Of W3C, or of the IETF in its drafts before 2025: `sd_jwt_vc.is_of_ietf` tells which by the payload."""
    VP_SD_JWT = "vp+sd-jwt"
    DC_SD_JWT = "dc+sd-jwt"


_CONTENT: Mapping[TokenKind, str] = {
    TokenKind.VC_JWT: "vc",
    TokenKind.VC_SD_JWT: "vc",
    TokenKind.VP_JWT: "vp",
    TokenKind.VP_SD_JWT: "vp",
}
"""What `cty` says, when it says anything: https://www.w3.org/TR/vc-jose-cose/#securing-with-jose."""
_DECLARED: Mapping[enveloped.TokenMediaType, frozenset[TokenKind]] = {
    enveloped.TokenMediaType.VC_JWT: frozenset({TokenKind.VC_JWT, TokenKind.OB3_VC_JWT}),
    enveloped.TokenMediaType.VP_JWT: frozenset({TokenKind.VP_JWT}),
    enveloped.TokenMediaType.JWT: frozenset({TokenKind.OB3_VC_JWT, TokenKind.VC_JWT, TokenKind.VP_JWT}),
    enveloped.TokenMediaType.VC_SD_JWT: frozenset({TokenKind.VC_SD_JWT}),
    enveloped.TokenMediaType.VP_SD_JWT: frozenset({TokenKind.VP_SD_JWT}),
    enveloped.TokenMediaType.DC_SD_JWT: frozenset({TokenKind.DC_SD_JWT}),
}
"""The media type of an envelope → what it may hold. Every one without disclosures is a JWT. A badge is served as
`application/vc+jwt` to those who ask for that."""
_WITH_DISCLOSURES = frozenset(
    {enveloped.TokenMediaType.VC_SD_JWT, enveloped.TokenMediaType.VP_SD_JWT, enveloped.TokenMediaType.DC_SD_JWT}
)
ANY_KIND = frozenset(TokenKind)
"""Of a token that came in no envelope."""
_KINDS: Mapping[str, TokenKind] = {kind.value.lower(): kind for kind in TokenKind}


class TokenType(Unacceptable):
    """`typ` or `cty` is not one of a credential or presentation, or not the one that is asked for."""

    code = "token.type"


def kind_of(header: JsonObject) -> TokenKind:
    """The kind that a JOSE header declares. Raises TokenType."""
    kind = _KINDS.get(media_type(header, "typ") if "typ" in header else "jwt")
    if kind is None:
        raise TokenType(pointer="/typ")
    if "cty" in header and kind in _CONTENT and media_type(header, "cty") != _CONTENT[kind]:
        raise TokenType(pointer="/cty")
    return kind


def declared_kinds(token: Token) -> frozenset[TokenKind]:
    """What a token may be by the media type of its envelope. Raises EnvelopeMediaType when it has disclosures and its
    media type has none, or the other way round."""
    if ("~" in token.text) is not (token.media_type in _WITH_DISCLOSURES):
        raise EnvelopeMediaType(pointer="/id")
    return _DECLARED[token.media_type]


def require_declared(header: JsonObject, kinds: frozenset[TokenKind]) -> None:
    """Raises EnvelopeMediaType unless the kind that `header` declares is one of `kinds`, which its envelope declares:
    two readers, of which one looks at either, would take it for different things. Raises TokenType too."""
    if kind_of(header) not in kinds:
        raise EnvelopeMediaType(pointer="/id")


def require_type(header: JsonObject, expected: str) -> None:
    """Raises TokenType unless `typ` is there and is `expected`."""
    if media_type(header, "typ") != expected:
        raise TokenType(pointer="/typ")


def media_type(header: JsonObject, name: str) -> str:
    """The media type in `typ` or `cty` in lower case; a leading `application/` may be left out (RFC 7515 §4.1.9).
    Empty when there is none."""
    value = header.get(name)
    return value.lower().removeprefix("application/") if isinstance(value, str) and value.isascii() else ""
