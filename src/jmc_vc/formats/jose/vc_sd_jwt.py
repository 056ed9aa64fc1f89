"""W3C's credentials and presentations in an SD-JWT: the document is the payload, and parts of it may be withheld.

https://www.w3.org/TR/vc-jose-cose/#with-sd-jwt (types `vc+sd-jwt` and `vp+sd-jwt`). After disclosure a token is read as
one without disclosures is: `vc_jose`. What a verifier needs to judge it stays in the open, as the specification
recommends: a holder who could leave it out would decide what is true.
"""

from collections.abc import Callable, Collection

from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jose import sd_jwt, vc_jose
from jmc_vc.formats.jose.disclosures import Path
from jmc_vc.formats.jose.key_binding import confirmation
from jmc_vc.formats.jose.sd_jwt import SdJwt
from jmc_vc.formats.jose.sd_jwt_vc import MustNotBeWithheld, is_of_ietf
from jmc_vc.formats.jose.token_kind import TokenKind, TokenType, kind_of
from jmc_vc.formats.jose.vc_jose import VcJoseToken
from jmc_vc.formats.strict_json import JsonObject

NEVER_WITHHELD = frozenset(
    {
        "@context", "type", "issuer", "validFrom", "validUntil", "credentialStatus", "credentialSchema",
        "relatedResource", "holder", "verifiableCredential", "iss", "nbf", "exp", "iat", "aud", "nonce", "cnf",
    }
)  # fmt: skip
"""What tells the meaning, who signed for whom, and the validity: a holder could drop the member that ends it, or the
part of it without which it ends nothing."""
_MEANING = frozenset({"@context", "type"})
"""At any depth, what the members beside it mean."""


def sign_credential(
    document: JsonObject,
    *,
    kid: str,
    algorithm: str,
    sign: Callable[[bytes], bytes],
    selectively_disclosable: Collection[Path],
    salts: Callable[[], str],
    holder_key: PublicKey | None = None,
    never_withheld: frozenset[str] = NEVER_WITHHELD,
) -> str:
    """The `vc+sd-jwt` of a credential with all its disclosures; `cnf` is written from `holder_key`. The other arguments
    are those of `sd_jwt_vc.issue`. Raises MustNotBeWithheld and what `vc_jose.sign_credential` and
    `disclosures.conceal` raise."""
    header = vc_jose.header_of(document, TokenKind.VC_SD_JWT, kid=kid, algorithm=algorithm)
    _require_open(selectively_disclosable, never_withheld)
    claims = document if holder_key is None else {**document, "cnf": confirmation(holder_key)}
    return sd_jwt.issue(header, claims, selectively_disclosable=selectively_disclosable, salts=salts, sign=sign)


def sign_presentation(
    document: JsonObject,
    *,
    kid: str,
    algorithm: str,
    sign: Callable[[bytes], bytes],
    selectively_disclosable: Collection[Path],
    salts: Callable[[], str],
    claims: JsonObject | None = None,
    never_withheld: frozenset[str] = NEVER_WITHHELD,
) -> str:
    """The `vp+sd-jwt` of a presentation of enveloped credentials, as `vc_jose.sign_presentation`."""
    header = vc_jose.header_of(document, TokenKind.VP_SD_JWT, kid=kid, algorithm=algorithm)
    _require_open(selectively_disclosable, never_withheld)
    return sd_jwt.issue(
        header,
        {**document, **(claims or {})},
        selectively_disclosable=selectively_disclosable,
        salts=salts,
        sign=sign,
    )


def read(token: SdJwt, *, never_withheld: frozenset[str] = NEVER_WITHHELD) -> VcJoseToken:
    """The credential or presentation in `token`, as far as it was shown; signature and key binding are verified apart
    (`key_binding.holder_key_of(found.claims)`).

    Raises token.type unless it is a `vc+sd-jwt` or a `vp+sd-jwt` of W3C, disclosure.*, the parse.* of payload and
    disclosures, MustNotBeWithheld when a member in `never_withheld` could be, whole or in part, and what
    `vc_jose.from_payload` raises."""
    kind = kind_of(token.jws.header)
    if kind not in (TokenKind.VC_SD_JWT, TokenKind.VP_SD_JWT) or is_of_ietf(token):
        raise TokenType(pointer="/typ")
    payload, claims = token.jws.claims(), token.disclosed().claims
    for name in sorted(never_withheld):
        if payload.get(name) != claims.get(name):
            raise MustNotBeWithheld(pointer=f"/{name}")
    return vc_jose.from_payload(claims, kind, token.jws.header)


def _require_open(paths: Collection[Path], never_withheld: frozenset[str]) -> None:
    for path in paths:
        if path and path[0] in never_withheld:
            raise MustNotBeWithheld(pointer=f"/{path[0]}")
        if _MEANING.intersection(path):
            raise MustNotBeWithheld(pointer="/" + "/".join(map(str, path)))
