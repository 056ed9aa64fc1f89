"""Credentials and presentations secured with JOSE as W3C does it: the payload is the document itself.

https://www.w3.org/TR/vc-jose-cose/#securing-with-jose. Registered claims may stand beside the properties; they speak of
the signature, not of the credential: `exp` is when the signature ends, not `validUntil`. Those that name the same thing
as a property (`iss`, `jti`, `sub`) must not contradict it. Claims `vc` and `vp` are of an older form and refused here
(JC-02). Any algorithm of `compact_jws` is taken: the specification leaves the choice open, and the key decides.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import orjson

from jmc_vc.formats.data_model.enveloped import EnvelopeMediaType, read_envelope
from jmc_vc.formats.data_model.presentation import BadPresented, Securing, read_presentation
from jmc_vc.formats.data_model.shape import id_in
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.jose.claims import REGISTERED, ClaimNotAllowed, require_same
from jmc_vc.formats.jose.compact_jws import ALGORITHMS, CompactJws, TokenAlgorithm
from jmc_vc.formats.jose.key_reference import KeyReference, claimed_key, key_reference
from jmc_vc.formats.jose.numeric_date import read_numeric_date
from jmc_vc.formats.jose.token_kind import TokenKind, TokenType, kind_of
from jmc_vc.formats.strict_json import JsonObject

OLDER_FORMS = frozenset({"vc", "vp"})
OF_THE_TOKEN = REGISTERED | {"cnf", "nonce"}
"""Claims that are no properties: with them, the payload would be no credential of the data model."""

PRESENTATIONS = frozenset({TokenKind.VP_JWT, TokenKind.VP_SD_JWT})
EMBEDDED = frozenset({"proof"})
"""Refused in a presentation: the holder signs the token, and nobody would look at another signature inside it."""


@dataclass(frozen=True, kw_only=True)
class VcJoseToken:
    """A credential or presentation as its token says it, not yet verified."""

    kind: TokenKind
    """VC_JWT or VP_JWT; from an SD-JWT VC_SD_JWT or VP_SD_JWT."""
    document: JsonObject
    """The payload without the claims of the token."""
    claims: JsonObject
    kid: KeyReference | None
    """To be looked up among the keys of `signer` (JC-03). A bare name is only found when that is a DID."""
    jwk: PublicKey | None
    not_before: datetime | None
    expires: datetime | None
    """From `nbf` and `exp`: the period in which the signature counts. `iat` is not read."""

    @property
    def signer(self) -> str | None:
        """Whose key it has to be: the issuer of a credential, the holder of a presentation, or `iss` when a
        presentation names no holder."""
        found, iss = id_in(self.document.get(_signed_by(self.kind))), self.claims.get("iss")
        return found if found is not None or not isinstance(iss, str) else iss


def sign_credential(document: JsonObject, *, kid: str, algorithm: str, sign: Callable[[bytes], bytes]) -> str:
    """The `vc+jwt` of a credential, without claims of its own. Raises what `header_of` raises."""
    header = header_of(document, TokenKind.VC_JWT, kid=kid, algorithm=algorithm)
    return compact_jws.write(header, orjson.dumps(document), sign)


def sign_presentation(
    document: JsonObject, *, kid: str, algorithm: str, sign: Callable[[bytes], bytes], claims: JsonObject | None = None
) -> str:
    """The `vp+jwt` of a presentation. `claims` are of the token, as `aud`, `nonce` and `exp`. Raises what `header_of`
    raises."""
    header = header_of(document, TokenKind.VP_JWT, kid=kid, algorithm=algorithm)
    return compact_jws.write(header, orjson.dumps({**document, **(claims or {})}), sign)


def header_of(document: JsonObject, kind: TokenKind, *, kid: str, algorithm: str) -> JsonObject:
    """The header under which `document` may be signed as a token of `kind`.

    Raises TokenAlgorithm; ClaimNotAllowed when a property has the name of a claim; and for a presentation that holds
    anything but enveloped credentials (JC-03) vp.credential, envelope.* and the like."""
    if algorithm not in ALGORITHMS.values():
        raise TokenAlgorithm
    _require_none_of(OLDER_FORMS | OF_THE_TOKEN, document)
    if kind in PRESENTATIONS:
        _require_none_of(EMBEDDED, document)
        _require_enveloped(document)
    return {"alg": algorithm, "typ": kind.value, "cty": "vp" if kind in PRESENTATIONS else "vc", "kid": kid}


def read(jws: CompactJws) -> VcJoseToken:
    """The credential or presentation in `jws`, whose signature is verified apart.

    Raises token.type unless it is a `vc+jwt` or a `vp+jwt`, parse.* for the payload, and what `from_payload` raises."""
    kind = kind_of(jws.header)
    if kind not in (TokenKind.VC_JWT, TokenKind.VP_JWT):
        raise TokenType(pointer="/typ")
    return from_payload(jws.claims(), kind, jws.header)


def from_payload(payload: JsonObject, kind: TokenKind, header: JsonObject) -> VcJoseToken:
    """What the claims of a token say, those of an SD-JWT after disclosure.

    Raises key.unknown for a `kid` that can name nothing and the errors of a `jwk`, claims.not_allowed for `vc`, `vp`,
    an embedded proof of a presentation and an `iss` that is no text, claims.mismatch, schema.numeric_date; for a
    presentation vp.*, envelope.* and the like. Whether the document is a credential is judged by
    `data_model.credential`."""
    _require_none_of(OLDER_FORMS | EMBEDDED if kind in PRESENTATIONS else OLDER_FORMS, payload)
    claims = {name: value for name, value in payload.items() if name in OF_THE_TOKEN}
    document = {name: value for name, value in payload.items() if name not in OF_THE_TOKEN}
    signed_by = document.get(_signed_by(kind))
    if signed_by is not None:
        require_same(claims, "iss", id_in(signed_by))
    if not isinstance(claims.get("iss", ""), str):
        raise ClaimNotAllowed(pointer="/iss")
    if "id" in document:
        require_same(claims, "jti", document["id"])
    subject = document.get("credentialSubject")
    if isinstance(subject, dict) and "id" in subject:
        require_same(claims, "sub", subject["id"])
    if kind in PRESENTATIONS:
        _require_enveloped(document)
    return VcJoseToken(
        kind=kind,
        document=document,
        claims=claims,
        kid=key_reference(header),
        jwk=claimed_key(header),
        not_before=read_numeric_date(claims["nbf"], pointer="/nbf") if "nbf" in claims else None,
        expires=read_numeric_date(claims["exp"], pointer="/exp") if "exp" in claims else None,
    )


def _signed_by(kind: TokenKind) -> str:
    return "holder" if kind in PRESENTATIONS else "issuer"


def _require_none_of(names: frozenset[str], members: JsonObject) -> None:
    found = sorted(names.intersection(members))
    if found:
        raise ClaimNotAllowed(pointer=f"/{found[0]}")


def _require_enveloped(document: JsonObject) -> None:
    """JC-03. What the envelopes hold gets a verdict of its own later, so a kind of token that we do not read is left to
    that: COSE, for example."""
    for each in read_presentation(document).credentials:
        if each.securing is not Securing.ENVELOPE:
            raise BadPresented(pointer=each.pointer)
        with suppress(EnvelopeMediaType):
            read_envelope(each.document, pointer=each.pointer)
