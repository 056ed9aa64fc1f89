"""What is in a token, when its signature is right: a credential or a presentation.

https://www.w3.org/TR/vc-jose-cose/, and the form of the data model 1.1, where the document stands in a claim `vc` or
`vp`. Which it is `typ` tells (conformance JC-01, JC-02).
"""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.conforming.proofs import SKEW, key_named
from jmc_vc.errors import Unacceptable
from jmc_vc.formats.data_integrity.verify_proof import Expected
from jmc_vc.formats.data_model.enveloped import Token
from jmc_vc.formats.data_model.shape import id_in
from jmc_vc.formats.did.document import ASSERTION_METHOD, AUTHENTICATION, KeyNotBound
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jose import compact_jws, ob3_vc_jwt, sd_jwt, vc_jose, vc_sd_jwt, vp_claim
from jmc_vc.formats.jose.claims import require_meant_for
from jmc_vc.formats.jose.compact_jws import CompactJws
from jmc_vc.formats.jose.key_reference import KeyReference, KeyReferenceKind
from jmc_vc.formats.jose.numeric_date import read_numeric_date
from jmc_vc.formats.jose.ob3_vc_jwt import KeyReferenceMissing
from jmc_vc.formats.jose.sd_jwt import SdJwt
from jmc_vc.formats.jose.token_kind import TokenKind, TokenType, declared_kinds, kind_of, require_declared
from jmc_vc.formats.strict_json import JsonObject

CREDENTIALS = frozenset({TokenKind.OB3_VC_JWT, TokenKind.VC_JWT, TokenKind.VC_SD_JWT})
PRESENTATIONS = frozenset({TokenKind.OB3_VC_JWT, TokenKind.VP_JWT, TokenKind.VP_SD_JWT})


class BindingNotRead(Unacceptable):
    """The token has a key binding, or a presentation a key to bind with (`cnf`): it would look bound, and nobody would
    have verified by what."""

    code = "token.binding"


class TokenOutOfTime(Unacceptable):
    """`nbf` is to come, or `exp` is over."""

    code = "token.period"


@dataclass(frozen=True, kw_only=True)
class Opened:
    """`document` is what the token says, `maker` the DID whose key signed it, `signer` who has to be that by what it
    says itself: None if it does not say."""

    document: JsonObject
    maker: str
    signer: str | None


@dataclass(frozen=True, kw_only=True)
class _Read:
    """A token whose signature was not looked at yet."""

    document: JsonObject
    claims: JsonObject
    kid: KeyReference | None
    jwk: PublicKey | None
    signer: str | None


def open_token(token: Token, kinds: frozenset[TokenKind], expected: Expected, now: datetime) -> Opened:
    """What `token` holds: one of `kinds`, signed by the key that it names, in time, and with the
    audience and nonce that `expected` has as domain and challenge.

    Raises envelope.media_type, token.*, claims.*, key.*, did.*, disclosure.*, parse.*, schema.*, vp.*, proof.crypto,
    and WrongDomain and WrongChallenge."""
    declared = declared_kinds(token)
    disclosed = sd_jwt.read(token.text) if "~" in token.text else None
    jws = compact_jws.read(token.text) if disclosed is None else disclosed.jws
    require_declared(jws.header, declared)
    kind = kind_of(jws.header)
    if kind not in kinds or (disclosed is None) is (kind in {TokenKind.VC_SD_JWT, TokenKind.VP_SD_JWT}):
        raise TokenType(pointer="/typ")
    read = _read(jws, kind, disclosed, is_presentation=kinds is PRESENTATIONS)
    if read.kid is None or read.kid.kind is not KeyReferenceKind.DID_URL:
        raise KeyReferenceMissing(pointer="/kid")
    method = key_named(read.kid.text, relationship=AUTHENTICATION if kinds is PRESENTATIONS else ASSERTION_METHOD)
    if read.jwk is not None and read.jwk != method.public_key:
        raise KeyNotBound(pointer="/jwk")
    compact_jws.verify(jws, method.public_key)
    require_meant_for(read.claims, expected)
    _require_in_time(read.claims, now)
    return Opened(document=read.document, maker=method.controller, signer=read.signer)


def _read(jws: CompactJws, kind: TokenKind, disclosed: SdJwt | None, *, is_presentation: bool) -> _Read:
    if kind is TokenKind.OB3_VC_JWT and not is_presentation:
        older = ob3_vc_jwt.read(jws)
        ob3_vc_jwt.check_claims(older)
        issuer = id_in(older.credential.get("issuer"))
        return _Read(document=older.credential, claims=older.claims, kid=older.kid, jwk=older.jwk, signer=issuer)
    if disclosed is not None:
        found = vc_sd_jwt.read(disclosed)
    elif kind is TokenKind.OB3_VC_JWT:
        found = vp_claim.read(jws)
    else:
        found = vc_jose.read(jws)
    bound = disclosed is not None and disclosed.key_binding is not None
    if bound or (is_presentation and "cnf" in found.claims):
        raise BindingNotRead
    return _Read(document=found.document, claims=found.claims, kid=found.kid, jwk=found.jwk, signer=found.signer)


def _require_in_time(claims: JsonObject, now: datetime) -> None:
    if "nbf" in claims and read_numeric_date(claims["nbf"], pointer="/nbf") - SKEW > now:
        raise TokenOutOfTime(pointer="/nbf")
    if "exp" in claims and read_numeric_date(claims["exp"], pointer="/exp") + SKEW < now:
        raise TokenOutOfTime(pointer="/exp")
