"""An Open Badge as a VC-JWT: the credential is the payload, with its main facts repeated as registered claims.

https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof (section 8.2). In the form of the data model 2.0, which we write, the
properties of the credential stand at the top level; in that of 1.1, which old badges have, they stand in a claim `vc`.

Written strictly: RS256 or ES256, as no other tool of this profile reads anything else, and no header beside `alg`,
`typ` and `kid` (the profile forbids others). Read with one allowance: a header that we do not know is ignored, as
RFC 7515 §4 asks. It is signed like all the rest, nothing of it is used, and one that must be understood says so in
`crit`, which is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import orjson

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.data_model.shape import id_in
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.jose.claims import REGISTERED, AmbiguousClaims, ClaimMismatch, ClaimNotAllowed, require_same
from jmc_vc.formats.jose.compact_jws import CompactJws, TokenAlgorithm
from jmc_vc.formats.jose.key_reference import KeyReference, claimed_key, key_reference
from jmc_vc.formats.jose.numeric_date import read_numeric_date, write_numeric_date
from jmc_vc.formats.jose.token_kind import TokenKind, TokenType, kind_of
from jmc_vc.formats.openbadges.data_model import DATES, data_model
from jmc_vc.formats.openbadges.date_time import read_date_time_stamp, write_date_time_stamp
from jmc_vc.formats.openbadges.member import AgainstSchema, Node, NotAnId
from jmc_vc.formats.strict_json import JsonObject, JsonValue

Ob3Algorithm = Literal["ES256", "RS256"]
ALGORITHMS: frozenset[str] = frozenset({"ES256", "RS256"})

_ENVELOPE = "vc"
_PRESENTATION = "vp"
"""Read by `vp_claim`."""
_TAKEN = REGISTERED | {_ENVELOPE, _PRESENTATION}
_MAKES_A_CREDENTIAL = frozenset({"@context", "id", "type", "issuer", "credentialSubject"})
_DECIDES = frozenset({"validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus", "proof"})
"""Beside a `vc` without them, one reader would find a credential that has ended and another one that lasts."""
_ROUNDING = timedelta(seconds=1)
"""A claim in whole seconds may repeat a property with a fraction, cut off or rounded."""


class SubjectIdMissing(Unacceptable):
    """The subject has no `id` to be the claim `sub`, which this profile requires (D-3)."""

    code = "token.subject"


class KeyReferenceMissing(Unacceptable):
    """The header names no key, so there is none with which the token could be verified."""

    code = "token.key"


@dataclass(frozen=True, kw_only=True)
class Ob3Token:
    """A badge as its token says it, not yet verified."""

    credential: JsonObject
    """The document that was signed, an embedded proof included: exactly what `sign` was given."""
    claims: JsonObject
    """The registered claims beside it."""
    kid: KeyReference | None
    jwk: PublicKey | None
    """Which key signed, by name or by value. At least one is there; neither proves anything about the issuer."""
    not_before: datetime | None
    expires: datetime | None
    """From `nbf` and `exp`, to be judged together with the period that the credential states (VW-19)."""


def sign(document: JsonObject, *, kid: str, algorithm: Ob3Algorithm, sign: Callable[[bytes], bytes]) -> str:
    """The token of `document`, which may carry an embedded proof (OB-46). `sign` answers the signature of bytes: r and
    s side by side for ES256, as long as the modulus for RS256; `kid` is the URL of the key.

    Raises SubjectIdMissing, ClaimNotAllowed when a property has the name of a claim, and schema.* when the issuer, the
    id or the period is not there to be repeated."""
    if algorithm not in ALGORITHMS:
        raise TokenAlgorithm
    taken = sorted(_TAKEN.intersection(document))
    if taken:
        raise ClaimNotAllowed(pointer=f"/{taken[0]}")
    header: JsonObject = {"alg": algorithm, "typ": "JWT", "kid": kid}
    return compact_jws.write(header, orjson.dumps({**document, **_claims_of(document)}), sign)


def read(jws: CompactJws) -> Ob3Token:
    """The badge in `jws`, whose signature is verified apart.

    Raises token.type unless `typ` is absent or JWT (JC-01), token.algorithm, token.key, key.unknown, key.exposed and
    the errors of a `jwk`, parse.* for the payload, claims.ambiguous (VW-18), claims.not_allowed for a presentation
    and for a claim of the token inside `vc`, schema.numeric_date (VW-21), schema.violation when `vc` is no object."""
    if kind_of(jws.header) is not TokenKind.OB3_VC_JWT:
        raise TokenType(pointer="/typ")
    if jws.algorithm not in ALGORITHMS:
        raise TokenAlgorithm
    kid, jwk = key_reference(jws.header), claimed_key(jws.header)
    if kid is None and jwk is None:
        raise KeyReferenceMissing(pointer="/kid")
    payload = jws.claims()
    if _PRESENTATION in payload:
        raise ClaimNotAllowed(pointer=f"/{_PRESENTATION}")
    claims = {name: value for name, value in payload.items() if name in REGISTERED}
    return Ob3Token(
        credential=_credential(payload, claims),
        claims=claims,
        kid=kid,
        jwk=jwk,
        not_before=_moment(claims, "nbf"),
        expires=_moment(claims, "exp"),
    )


def check_claims(token: Ob3Token) -> frozenset[str]:
    """The claims that the profile requires and that are missing, of `iss`, `jti`, `nbf` and `sub`; what is there says
    the same as the credential (OB-43), or ClaimMismatch is raised. Without an id of the subject, none may be in `sub`
    and none is missing. `exp` may stand alone and ends the validity then; `validUntil` may too."""
    credential, claims = token.credential, token.claims
    subject = _subject_id(credential)
    require_same(claims, "iss", id_in(credential.get("issuer")))
    require_same(claims, "jti", credential.get("id"))
    require_same(claims, "sub", subject)
    start, end = DATES[data_model(credential)]
    _require_same_moment(token.not_before, credential, start, "nbf")
    _require_same_moment(token.expires, credential, end, "exp")
    required = {"iss", "jti", "nbf"} if subject is None else {"iss", "jti", "nbf", "sub"}
    return frozenset(required.difference(claims))


def _claims_of(document: JsonObject) -> JsonObject:
    node = Node(document)
    issuer = id_in(document.get("issuer"))
    if issuer is None:
        raise NotAnId(pointer="/issuer/id")
    subject = node.node("credentialSubject").optional_id()
    if subject is None:
        raise SubjectIdMissing(pointer="/credentialSubject/id")
    claims: JsonObject = {"iss": issuer, "jti": node.id(), "sub": subject}
    claims["nbf"] = write_numeric_date(node.moment("validFrom").instant, pointer="/validFrom")
    until = node.optional_moment("validUntil")
    if until is not None:
        claims["exp"] = write_numeric_date(until.instant, pointer="/validUntil")
    return claims


def _credential(payload: JsonObject, claims: JsonObject) -> JsonObject:
    if _ENVELOPE not in payload:
        return {name: value for name, value in payload.items() if name not in REGISTERED}
    inner = payload[_ENVELOPE]
    if not isinstance(inner, dict):
        raise AgainstSchema(pointer="/vc")
    misplaced = sorted(_TAKEN & inner.keys())
    if misplaced:  # one reader would take it for the token's, another for nothing
        raise ClaimNotAllowed(pointer=f"/{_ENVELOPE}/{misplaced[0]}")
    # What else stands at the top is ignored, unless a reader that looks only there would take it for the credential.
    for name in sorted((_MAKES_A_CREDENTIAL | _DECIDES | inner.keys()) & payload.keys() - REGISTERED):
        if name not in inner or not _same(payload[name], inner[name]):
            raise AmbiguousClaims(pointer=Node(payload).at(name))
    return _completed(inner, claims)


def _completed(inner: JsonObject, claims: JsonObject) -> JsonObject:
    """In the form of 1.1 an issuer may leave a property to its claim, and readers put it back
    (https://www.w3.org/TR/vc-data-model/#jwt-decoding)."""
    credential = dict(inner)
    subject = credential.get("credentialSubject")
    if "sub" in claims and isinstance(subject, dict) and "id" not in subject:
        credential["credentialSubject"] = {"id": claims["sub"], **subject}
    for claim, name in (("iss", "issuer"), ("jti", "id")):
        if claim in claims and name not in credential:
            credential[name] = claims[claim]
    for claim, name in zip(("nbf", "exp"), DATES[data_model(credential)], strict=True):
        moment = _moment(claims, claim)
        if moment is not None and name not in credential:
            credential[name] = write_date_time_stamp(moment)
    return credential


def _moment(claims: JsonObject, name: str) -> datetime | None:
    return read_numeric_date(claims[name], pointer=f"/{name}") if name in claims else None


def _require_same_moment(claimed: datetime | None, credential: JsonObject, name: str, claim: str) -> None:
    if claimed is not None and name in credential:
        stated = read_date_time_stamp(credential[name], pointer=f"/{name}").instant
        if abs(stated - claimed) >= _ROUNDING:
            raise ClaimMismatch(pointer=f"/{claim}")


def _subject_id(credential: JsonObject) -> JsonValue:
    subject = credential.get("credentialSubject")
    return subject.get("id") if isinstance(subject, dict) else None


def _same(one: JsonValue, other: JsonValue) -> bool:
    """Equal as JSON: for Python, 1 and true are equal too."""
    return orjson.dumps(one, option=orjson.OPT_SORT_KEYS) == orjson.dumps(other, option=orjson.OPT_SORT_KEYS)
