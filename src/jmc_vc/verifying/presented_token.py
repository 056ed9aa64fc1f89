"""A credential inside a token: a VC-JWT of Open Badges or of the W3C, read into what the checks need.

Which profile it is `typ` tells (conformance D-2). Whether the signature is right is found later, with the issuer's key.
"""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jose import compact_jws, ob3_vc_jwt, vc_jose
from jmc_vc.formats.jose.compact_jws import CompactJws
from jmc_vc.formats.jose.key_reference import KeyReference
from jmc_vc.formats.jose.numeric_date import NotANumericDate, read_numeric_date
from jmc_vc.formats.jose.token_kind import ANY_KIND, TokenKind, kind_of, require_declared
from jmc_vc.formats.strict_json import JsonObject


class UnsupportedToken(Unacceptable):
    """A token of a kind that is no single credential in clear: a presentation, or one with disclosures."""

    code = "verify.unsupported_token"


@dataclass(frozen=True, kw_only=True)
class PresentedToken:
    """`document` is the credential in the token; `kid` and `jwk` say which key is meant to have signed, which proves
    nothing; `missing_claims` are those that its profile requires, or the error that says which of them contradicts the
    credential; `not_before` and `expires` are its own period; `issued_at` is `iat`, None if that is no date."""

    jws: CompactJws
    document: JsonObject
    kid: KeyReference | None
    jwk: PublicKey | None
    missing_claims: frozenset[str] | Error
    not_before: datetime | None
    expires: datetime | None
    issued_at: datetime | None


def read_token(text: str, kinds: frozenset[TokenKind] = ANY_KIND) -> PresentedToken:
    """The credential in the compact JWS `text`, which has to be one of `kinds`. Raises UnsupportedToken,
    EnvelopeMediaType, and token.*, claims.*, key.*, parse.* and schema.* for what is wrong with it."""
    if "~" in text:
        raise UnsupportedToken
    jws = compact_jws.read(text)
    require_declared(jws.header, kinds)
    match kind_of(jws.header):
        case TokenKind.OB3_VC_JWT:
            badge = ob3_vc_jwt.read(jws)
            return PresentedToken(
                jws=jws,
                document=badge.credential,
                kid=badge.kid,
                jwk=badge.jwk,
                missing_claims=_missing_claims(badge),
                not_before=badge.not_before,
                expires=badge.expires,
                issued_at=_issued_at(badge.claims),
            )
        case TokenKind.VC_JWT:
            token = vc_jose.read(jws)
            return PresentedToken(
                jws=jws,
                document=token.document,
                kid=token.kid,
                jwk=token.jwk,
                missing_claims=frozenset(),
                not_before=token.not_before,
                expires=token.expires,
                issued_at=_issued_at(token.claims),
            )
        case _:
            raise UnsupportedToken


def _issued_at(claims: JsonObject) -> datetime | None:
    try:
        return read_numeric_date(claims["iat"], pointer="/iat") if "iat" in claims else None
    except NotANumericDate:  # others write text, and nothing rests on it but the time of a key that has ended
        return None


def _missing_claims(badge: ob3_vc_jwt.Ob3Token) -> frozenset[str] | Error:
    try:
        return ob3_vc_jwt.check_claims(badge)
    except Error as err:
        return err
