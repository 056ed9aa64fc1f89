"""The type of a token decides what it is judged as, and nothing else does (JC-01)."""

from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.jose.token_kind import TokenKind, kind_of, require_type


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ({}, TokenKind.OB3_VC_JWT),
        ({"typ": "JWT"}, TokenKind.OB3_VC_JWT),
        ({"typ": "jwt"}, TokenKind.OB3_VC_JWT),
        ({"typ": "application/jwt", "cty": "anything"}, TokenKind.OB3_VC_JWT),
        ({"typ": "vc+jwt"}, TokenKind.VC_JWT),
        ({"typ": "vc+jwt", "cty": "vc"}, TokenKind.VC_JWT),
        ({"typ": "application/VC+JWT", "cty": "application/vc"}, TokenKind.VC_JWT),
        ({"typ": "vp+jwt", "cty": "vp"}, TokenKind.VP_JWT),
        ({"typ": "vc+sd-jwt"}, TokenKind.VC_SD_JWT),
        ({"typ": "vp+sd-jwt"}, TokenKind.VP_SD_JWT),
        ({"typ": "dc+sd-jwt"}, TokenKind.DC_SD_JWT),
    ],
)
def test_jc_01_a_type_is_a_kind(header: Any, kind: TokenKind) -> None:
    assert kind_of(header) is kind


@pytest.mark.parametrize(
    ("header", "pointer"),
    [
        ({"typ": "at+jwt"}, "/typ"),  # VW-22: an access token
        ({"typ": "openid4vci-proof+jwt"}, "/typ"),  # VW-22
        ({"typ": "kb+jwt"}, "/typ"),
        ({"typ": "statuslist+jwt"}, "/typ"),
        ({"typ": "oauth-authz-req+jwt"}, "/typ"),
        ({"typ": "JWS"}, "/typ"),
        ({"typ": "bad+typ", "cty": "bad+cty"}, "/typ"),
        ({"typ": "vc+ld+jwt"}, "/typ"),
        ({"typ": " vc+jwt"}, "/typ"),
        ({"typ": "text/vc+jwt"}, "/typ"),
        ({"typ": "application/application/vc+jwt"}, "/typ"),
        ({"typ": "dc+sd-\u212awt"}, "/typ"),
        ({"typ": ""}, "/typ"),
        ({"typ": None}, "/typ"),
        ({"typ": ["JWT"]}, "/typ"),
        ({"typ": 1}, "/typ"),
        ({"typ": "vc+jwt", "cty": "vp"}, "/cty"),
        ({"typ": "vp+jwt", "cty": "vc"}, "/cty"),
        ({"typ": "vc+jwt", "cty": "bad+cty"}, "/cty"),
        ({"typ": "vc+sd-jwt", "cty": None}, "/cty"),
    ],
    ids=lambda value: str(value).encode("unicode-escape").decode(),
)
def test_jc_01_any_other_type_is_refused(header: Any, pointer: str) -> None:
    with pytest.raises(Error) as refusal:
        kind_of(header)
    assert (refusal.value.code, refusal.value.pointer) == ("token.type", pointer)


def test_a_type_that_is_asked_for_has_to_be_there() -> None:
    require_type({"typ": "application/kb+jwt"}, "kb+jwt")
    for header in ({}, {"typ": "JWT"}, {"typ": None}):
        with pytest.raises(Error) as refusal:
            require_type({**header}, "kb+jwt")
        assert refusal.value.code == "token.type"
