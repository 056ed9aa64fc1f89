"""SD-JWT VC: a credential as plain claims of which the holder shows what is asked for.

https://datatracker.ietf.org/doc/draft-ietf-oauth-sd-jwt-vc/ (type `dc+sd-jwt`, in drafts before 2025 `vc+sd-jwt`). The
claims that decide about the validity may not be withheld: a holder could drop the one that ends it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jose import sd_jwt
from jmc_vc.formats.jose.claims import ClaimNotAllowed
from jmc_vc.formats.jose.compact_jws import ALGORITHMS, TokenAlgorithm
from jmc_vc.formats.jose.disclosures import Path, reveal
from jmc_vc.formats.jose.key_binding import confirmation, holder_key_of
from jmc_vc.formats.jose.key_reference import KeyReference, claimed_key, key_reference
from jmc_vc.formats.jose.numeric_date import read_numeric_date
from jmc_vc.formats.jose.sd_jwt import SdJwt
from jmc_vc.formats.jose.token_kind import TokenKind, TokenType, kind_of
from jmc_vc.formats.strict_json import JsonObject

NEVER_WITHHELD = frozenset({"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status"})
"""https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc#name-registered-jwt-claims"""


class BadCredentialType(Unacceptable):
    """`vct` is missing or no text, or `aka_vcts` is no list of other texts."""

    code = "claims.vct"


class MustNotBeWithheld(Unacceptable):
    """A claim that decides about the validity is selectively disclosable."""

    code = "disclosure.not_allowed"


@dataclass(frozen=True, kw_only=True)
class SdJwtVc:
    """A credential as its token says it, not yet verified."""

    types: tuple[str, ...]
    """`vct`, then `aka_vcts`."""
    claims: JsonObject
    """All claims that were shown; `status` among them is read by `formats.status.token_status_list`."""
    issuer: str | None
    """`iss`. Without it only a certificate could tell, and we read none: nobody is bound then."""
    kid: KeyReference | None
    jwk: PublicKey | None
    not_before: datetime | None
    expires: datetime | None
    issued_at: datetime | None
    holder_key: PublicKey | None
    """The key in `cnf`, with which a key binding is to be made."""


def issue(
    claims: JsonObject,
    *,
    kid: str,
    algorithm: str,
    sign: Callable[[bytes], bytes],
    selectively_disclosable: Collection[Path],
    salts: Callable[[], str],
    holder_key: PublicKey | None = None,
    decoys: int = 0,
) -> str:
    """The SD-JWT VC of `claims`, which hold `vct`, `iss` and the rest; `cnf` is written from `holder_key`.

    `algorithm` is a name in compact_jws.ALGORITHMS, `sign` answers the signature of bytes, `kid` is the URL of the key,
    `salts` answers another text of 128 random bits at every call, `selectively_disclosable` has paths into `claims`
    that exist. Raises MustNotBeWithheld, BadCredentialType, ClaimNotAllowed for a `cnf` in the claims, TokenAlgorithm
    and what `disclosures.conceal` raises."""
    if algorithm not in ALGORITHMS.values():
        raise TokenAlgorithm
    _types(claims)
    if "cnf" in claims:
        raise ClaimNotAllowed(pointer="/cnf")
    for path in selectively_disclosable:
        if path and path[0] in NEVER_WITHHELD:
            raise MustNotBeWithheld(pointer=f"/{path[0]}")
    bound: JsonObject = {} if holder_key is None else {"cnf": confirmation(holder_key)}
    header: JsonObject = {"alg": algorithm, "typ": TokenKind.DC_SD_JWT.value, "kid": kid}
    return sd_jwt.issue(
        header,
        {**claims, **bound},
        selectively_disclosable=selectively_disclosable,
        salts=salts,
        sign=sign,
        decoys=decoys,
    )


def is_of_ietf(token: SdJwt) -> bool:
    """Whether the token is an SD-JWT VC: W3C has the type `vc+sd-jwt` too, for credentials with an `@context`."""
    kind = kind_of(token.jws.header)
    if kind is not TokenKind.VC_SD_JWT:
        return kind is TokenKind.DC_SD_JWT
    payload = token.jws.claims()
    return "vct" in payload and "@context" not in payload


def read(token: SdJwt) -> SdJwtVc:
    """The credential in `token`, whose signature and key binding are verified apart.

    Raises token.type, claims.vct, disclosure.*, schema.numeric_date, the errors of a `kid`, of a `jwk` and of the key
    in `cnf`, and the parse.* of payload and disclosures."""
    if not is_of_ietf(token):
        raise TokenType(pointer="/typ")
    payload = token.jws.claims()
    claims = reveal(payload, token.disclosures).claims
    for name in sorted(NEVER_WITHHELD):
        if payload.get(name) != claims.get(name):
            raise MustNotBeWithheld(pointer=f"/{name}")
    iss = claims.get("iss")
    if "iss" in claims and not isinstance(iss, str):
        raise ClaimNotAllowed(pointer="/iss")
    return SdJwtVc(
        types=_types(claims),
        claims=claims,
        issuer=iss if isinstance(iss, str) else None,
        kid=key_reference(token.jws.header),
        jwk=claimed_key(token.jws.header),
        not_before=_moment(claims, "nbf"),
        expires=_moment(claims, "exp"),
        issued_at=_moment(claims, "iat"),
        holder_key=holder_key_of(claims),
    )


def _types(claims: JsonObject) -> tuple[str, ...]:
    vct = claims.get("vct")
    if not isinstance(vct, str) or not vct:
        raise BadCredentialType(pointer="/vct")
    others = claims.get("aka_vcts", [])
    found = [each for each in others if isinstance(each, str) and each != vct] if isinstance(others, list) else []
    if "aka_vcts" in claims and (not found or found != others):
        raise BadCredentialType(pointer="/aka_vcts")
    return (vct, *found)


def _moment(claims: JsonObject, name: str) -> datetime | None:
    return read_numeric_date(claims[name], pointer=f"/{name}") if name in claims else None
