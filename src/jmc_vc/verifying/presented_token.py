"""A credential inside a token, read into what the checks need: a VC-JWT of Open Badges or of the W3C, or an SD-JWT of
the W3C or the IETF, as far as its holder shows it.

Which profile it is `typ` tells (conformance D-2). Whether the signature is right is found later, with the issuer's key.
"""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jose import compact_jws, ob3_vc_jwt, sd_jwt, sd_jwt_vc, vc_jose, vc_sd_jwt
from jmc_vc.formats.jose.compact_jws import CompactJws
from jmc_vc.formats.jose.key_binding import holder_key_of
from jmc_vc.formats.jose.key_reference import KeyReference
from jmc_vc.formats.jose.numeric_date import NotANumericDate, read_numeric_date
from jmc_vc.formats.jose.sd_jwt import SdJwt
from jmc_vc.formats.jose.sd_jwt_vc import SdJwtVc
from jmc_vc.formats.jose.token_kind import ANY_KIND, TokenKind, kind_of, require_declared
from jmc_vc.formats.jose.vc_jose import VcJoseToken
from jmc_vc.formats.strict_json import JsonObject


class UnsupportedToken(Unacceptable):
    """A token of a kind that is no credential, or one with disclosures of a kind that has none."""

    code = "verify.unsupported_token"


@dataclass(frozen=True, kw_only=True)
class Disclosed:
    """What only an SD-JWT has: the token with its disclosures and perhaps a key binding; the key that the credential
    names for that; and the claims as a credential, where it is one of the IETF (SD-JWT VC)."""

    sd_jwt: SdJwt
    holder_key: PublicKey | None
    claims: SdJwtVc | None

    @property
    def hides_parts(self) -> bool:
        """Whether digests stand at the top of the token whose claims are not shown. An issuer may hide anything there,
        and decoys look alike."""
        digests = self.sd_jwt.jws.claims().get("_sd", [])
        shown = sum(len(place) == 1 for place in self.sd_jwt.disclosed().places.values())
        return isinstance(digests, list) and len(digests) > shown


@dataclass(frozen=True, kw_only=True)
class PresentedToken:
    """`kind` is the profile and `document` the credential in the token; `kid` and `jwk` say which key is meant to have
    signed, which proves nothing; `missing_claims` are those that its profile requires, or the error that says which of
    them contradicts the credential; `not_before` and `expires` are its own period; `issued_at` is `iat`, None if that
    is no date. An SD-JWT VC is no document: `document` has its `id` and `issuer` alone, and its claims are in
    `disclosed`."""

    jws: CompactJws
    kind: TokenKind
    document: JsonObject
    kid: KeyReference | None
    jwk: PublicKey | None
    missing_claims: frozenset[str] | Error
    not_before: datetime | None
    expires: datetime | None
    issued_at: datetime | None
    disclosed: Disclosed | None = None

    @property
    def claims(self) -> SdJwtVc | None:
        """Those of an SD-JWT VC."""
        return None if self.disclosed is None else self.disclosed.claims


def read_token(text: str, kinds: frozenset[TokenKind] = ANY_KIND) -> PresentedToken:
    """The credential in `text`, a compact JWS or SD-JWT, which has to be one of `kinds`. Raises UnsupportedToken,
    EnvelopeMediaType, and token.*, claims.*, key.*, parse.*, schema.* and disclosure.* for what is wrong with it."""
    if "~" in text:
        return _read_disclosed(sd_jwt.read(text), kinds)
    jws = compact_jws.read(text)
    require_declared(jws.header, kinds)
    kind = kind_of(jws.header)
    match kind:
        case TokenKind.OB3_VC_JWT:
            badge = ob3_vc_jwt.read(jws)
            return PresentedToken(
                jws=jws,
                kind=kind,
                document=badge.credential,
                kid=badge.kid,
                jwk=badge.jwk,
                missing_claims=_missing_claims(badge),
                not_before=badge.not_before,
                expires=badge.expires,
                issued_at=_issued_at(badge.claims),
            )
        case TokenKind.VC_JWT:
            return _of_w3c(jws, vc_jose.read(jws), None)
        case _:
            raise UnsupportedToken


def _read_disclosed(shown: SdJwt, kinds: frozenset[TokenKind]) -> PresentedToken:
    require_declared(shown.jws.header, kinds)
    if kind_of(shown.jws.header) not in (TokenKind.VC_SD_JWT, TokenKind.DC_SD_JWT):
        raise UnsupportedToken
    if sd_jwt_vc.is_of_ietf(shown):
        return _of_ietf(shown, sd_jwt_vc.read(shown))
    token = vc_sd_jwt.read(shown)
    return _of_w3c(shown.jws, token, Disclosed(sd_jwt=shown, holder_key=holder_key_of(token.claims), claims=None))


def _of_w3c(jws: CompactJws, token: VcJoseToken, disclosed: Disclosed | None) -> PresentedToken:
    return PresentedToken(
        jws=jws,
        kind=token.kind,
        document=token.document,
        kid=token.kid,
        jwk=token.jwk,
        missing_claims=frozenset(),
        not_before=token.not_before,
        expires=token.expires,
        issued_at=_issued_at(token.claims),
        disclosed=disclosed,
    )


def _of_ietf(shown: SdJwt, token: SdJwtVc) -> PresentedToken:
    named = {"id": token.claims.get("jti"), "issuer": token.issuer}
    return PresentedToken(
        jws=shown.jws,
        kind=TokenKind.DC_SD_JWT,
        document={name: value for name, value in named.items() if value is not None},
        kid=token.kid,
        jwk=token.jwk,
        missing_claims=frozenset(),
        not_before=token.not_before,
        expires=token.expires,
        issued_at=token.issued_at,
        disclosed=Disclosed(sd_jwt=shown, holder_key=token.holder_key, claims=token),
    )


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
