"""Secure and verify with JOSE as the suite for VC-JOSE-COSE asks a command to: https://github.com/w3c/vc-jose-cose-test-suite

A file with a document or a token, a file with one key, and the name of a feature. Only the form and the signature are
judged: the suite's tokens ended long ago and shall verify, and issuers and addresses in them do not exist (JC-04).
COSE is not there.
"""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

import orjson

from jmc_vc.conforming.jose_key import KeyOfAFile
from jmc_vc.conforming.tokens import BindingNotRead
from jmc_vc.errors import Unacceptable, Unsupported
from jmc_vc.formats.data_model.credential import check_credential
from jmc_vc.formats.data_model.presentation import read_presentation
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jose import compact_jws, sd_jwt, vc_jose, vc_sd_jwt
from jmc_vc.formats.jose.disclosures import NoSuchClaim, Path
from jmc_vc.formats.jose.token_kind import TokenKind, TokenType
from jmc_vc.formats.strict_json import JsonObject


class JoseFeature(StrEnum):
    """What is secured, and how."""

    CREDENTIAL_JOSE = "credential_jose"
    CREDENTIAL_SDJWT = "credential_sdjwt"
    CREDENTIAL_COSE = "credential_cose"
    PRESENTATION_JOSE = "presentation_jose"
    PRESENTATION_SDJWT = "presentation_sdjwt"
    PRESENTATION_COSE = "presentation_cose"


class NoCose(Unsupported):
    """COSE: tokens in binary form, which we neither write nor read."""

    code = "conformance.cose"


class UnknownProperty(Unacceptable):
    """A member of a credential that its data model does not know."""

    code = "conformance.property"


_PROPERTIES = frozenset(
    {
        "@context", "confidenceMethod", "credentialSchema", "credentialStatus", "credentialSubject", "description",
        "evidence", "id", "issuer", "name", "proof", "refreshService", "relatedResource", "renderMethod", "termsOfUse",
        "type", "validFrom", "validUntil",
    }
)  # fmt: skip
"""https://www.w3.org/TR/vc-data-model-2.0/#base-context. The suite puts other members beside them, under a context by
which any name means something, and has an issuer refuse them."""

_KINDS = {
    JoseFeature.CREDENTIAL_JOSE: TokenKind.VC_JWT,
    JoseFeature.CREDENTIAL_SDJWT: TokenKind.VC_SD_JWT,
    JoseFeature.PRESENTATION_JOSE: TokenKind.VP_JWT,
    JoseFeature.PRESENTATION_SDJWT: TokenKind.VP_SD_JWT,
}
WITH_DISCLOSURES = frozenset({JoseFeature.CREDENTIAL_SDJWT, JoseFeature.PRESENTATION_SDJWT})
_CREDENTIALS = frozenset({TokenKind.VC_JWT, TokenKind.VC_SD_JWT})

_NEVER_WITHHELD = vc_sd_jwt.NEVER_WITHHELD - {"holder", "type", "verifiableCredential"}
"""Less than elsewhere: the suite has a presentation issued with `holder` and `verifiableCredential[0]` disclosable, and
wants one to verify of which the holder could have left out `type`."""

_STEP = re.compile(r"\.?([^.\[\]]+)|\[([0-9]{1,4})\]")


def issue(
    feature: JoseFeature,
    document: JsonObject,
    key: KeyOfAFile,
    *,
    disclosable: Sequence[str] = (),
    salts: Callable[[], str],
) -> str:
    """The token of `document`. `disclosable` names what the holder may withhold, as `credentialSubject.names[0]`.

    Raises NoCose, UnknownProperty, NoSuchClaim, and what `vc_jose` and `vc_sd_jwt` raise."""
    kind = _kind_of(feature)
    _require_form(kind, document)
    if kind in _CREDENTIALS and (unknown := sorted(document.keys() - _PROPERTIES)):
        raise UnknownProperty(pointer=f"/{unknown[0]}")
    match kind:
        case TokenKind.VC_JWT:
            return vc_jose.sign_credential(document, kid=key.kid, algorithm=key.algorithm, sign=key.sign)
        case TokenKind.VP_JWT:
            return vc_jose.sign_presentation(document, kid=key.kid, algorithm=key.algorithm, sign=key.sign)
    sign = vc_sd_jwt.sign_credential if kind is TokenKind.VC_SD_JWT else vc_sd_jwt.sign_presentation
    return sign(
        document,
        kid=key.kid,
        algorithm=key.algorithm,
        sign=key.sign,
        selectively_disclosable=[read_path(each) for each in disclosable],
        salts=salts,
        never_withheld=_NEVER_WITHHELD,
    )


def verify(feature: JoseFeature, token: str, public_key: PublicKey) -> str:
    """The document in `token`, as JSON, when `public_key` signed it. Raises NoCose, TokenType for a token of another
    feature, and whatever is wrong with it."""
    kind = _kind_of(feature)
    if kind in {TokenKind.VC_SD_JWT, TokenKind.VP_SD_JWT}:
        disclosed = sd_jwt.read(token)
        if disclosed.key_binding is not None:
            raise BindingNotRead
        jws, read = disclosed.jws, vc_sd_jwt.read(disclosed, never_withheld=_NEVER_WITHHELD)
    else:
        jws = compact_jws.read(token)
        read = vc_jose.read(jws)
    if read.kind is not kind:
        raise TokenType(pointer="/typ")
    compact_jws.verify(jws, public_key)
    _require_form(kind, read.document)
    return orjson.dumps(read.document).decode()


def read_path(text: str) -> Path:
    """`a.b[0]` as steps. Raises NoSuchClaim for what is no path."""
    steps: list[str | int] = []
    at = 0
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None:
            raise NoSuchClaim
        steps.append(found[1] if found[2] is None else int(found[2]))
        at = found.end()
    if not steps:
        raise NoSuchClaim
    return tuple(steps)


def _kind_of(feature: JoseFeature) -> TokenKind:
    kind = _KINDS.get(feature)
    if kind is None:
        raise NoCose
    return kind


def _require_form(kind: TokenKind, document: JsonObject) -> None:
    if kind in _CREDENTIALS:
        check_credential(document)
    else:
        read_presentation(document)
