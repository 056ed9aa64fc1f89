"""Token Status Lists: those of the running service as each peer reads them, and those of each peer as we do."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from openbadgeslib.ob3.eudi import EudiError, status_list_token_resolver, verify_badge_sd_jwt
from openvc.errors import OpenvcError
from openvc.status.issue import build_status_list_token, verify_status_list_token
from openvc.status.token_status_list import check_token_status, new_status_list, set_status

from jmc_vc.errors import Error
from jmc_vc.formats.encoding.jwk import public_key_of_jwk
from jmc_vc.formats.jose import compact_jws, sd_jwt
from jmc_vc.formats.jose.token_kind import require_type
from jmc_vc.formats.status.freshness import require_fresh
from jmc_vc.formats.status.token_status_list import (
    SIZES,
    TYP,
    TokenStatus,
    TokenStatusReference,
    read_status_list_claims,
    read_token_status,
)
from tests.interop.alterations import alterations, altered_tokens
from tests.interop.formats import FORMATS, P256
from tests.interop.keys import header_of, key, pem_of_jwk
from tests.interop.matrix import BACK, THERE, row
from tests.interop.parties.openvc import Openvc
from tests.interop.parties.party import AUDIENCE, HOLDER, NONCE, OURS, Party
from tests.interop.served import Node, Served, within_seconds

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

TOKEN = "token-status-list"
URL = "https://issuer.example/status/7/token"
"""Where a list of a peer would stand."""
VALID, INVALID, SUSPENDED = 0, 1, 2
Accepts = Callable[[str, Mapping[str, str]], bool]
"""Whether a peer finds a presentation good, its status too; lists that the second argument does not have it fetches."""


@pytest.fixture(scope="module")
def readers(served: Served, node: Node) -> Mapping[str, Accepts]:
    def sd_jwt_js(shown: str, lists: Mapping[str, str]) -> bool:
        issuer = served.jwk(header_of(shown)["kid"])
        (answer,) = node(
            "verifySdJwts",
            type="dc+sd-jwt",
            presentations=[shown],
            issuer=issuer,
            audience=AUDIENCE,
            nonce=NONCE,
            lists=lists,
        )
        verified: bool = answer["verified"]
        return verified

    def openvc(shown: str, lists: Mapping[str, str]) -> bool:
        issuer = served.jwk(header_of(shown)["kid"])

        def resolve(url: str) -> dict[str, Any]:
            token = lists.get(url) or served.fetch(url).decode()
            return verify_status_list_token(token, public_key_jwk=issuer, expected_uri=url)

        try:
            found = check_token_status(sd_jwt.read(shown).disclosed().claims, resolve_status_list_token=resolve)
        except OpenvcError:
            return False
        assert found is not None
        return not found.revoked and not found.suspended

    def openbadgeslib(shown: str, lists: Mapping[str, str]) -> bool:
        issuer = pem_of_jwk(served.jwk(header_of(shown)["kid"]))

        def download(url: str) -> bytes:
            return lists[url].encode() if url in lists else served.fetch(url)

        resolve = status_list_token_resolver(pubkey_pem=issuer, download=download)
        try:
            verify_badge_sd_jwt(
                shown, pubkey_pem=issuer, audience=AUDIENCE, nonce=NONCE, require_key_binding=True,
                expected_vct=None, require_status=True, resolve_status_list_token=resolve,
            )  # fmt: skip
        except EudiError:
            return False
        return True

    return {"sd-jwt-js": sd_jwt_js, "openvc-core": openvc, "openbadgeslib": openbadgeslib}


@pytest.mark.parametrize(
    "peer",
    [pytest.param(name, marks=row(TOKEN, name, THERE)) for name in ("sd-jwt-js", "openvc-core", "openbadgeslib")],
)
def test_a_peer_sees_each_state_of_ours_and_refuses_an_altered_list(
    served: Served, sides: Mapping[str, Party], readers: Mapping[str, Accepts], peer: str
) -> None:
    issued = [served.issue_as({"sd_jwt_vc": True}, did=HOLDER.did_jwk) for _ in range(3)]
    tokens = [served.fetch(each["links"]["forms"]["sd-jwt"]).decode() for each in issued]
    shown = [sides[OURS].show(FORMATS["sd-jwt-vc"], token) for token in tokens]

    def accepted() -> list[bool]:
        return [readers[peer](each, {}) for each in shown]

    assert accepted() == [True, True, True]
    served.change_status(issued[1]["id"], {"action": "revoke", "reasonCode": "issued_in_error"})
    served.change_status(issued[2]["id"], {"action": "suspend"})
    assert within_seconds(5, lambda: accepted() == [True, False, False])
    served.change_status(issued[2]["id"], {"action": "reinstate"})
    assert within_seconds(5, lambda: accepted() == [True, False, True])
    url = list_url_of(tokens[0])
    ours = served.fetch(url).decode()
    for what, changed in altered_tokens(ours).items():
        assert not readers[peer](shown[0], {url: changed}), what


@row(TOKEN, "sd-jwt-js", THERE)
def test_it_reads_the_states_of_ours_in_their_order(served: Served, node: Node) -> None:
    issued = [served.issue_as({"sd_jwt_vc": True}) for _ in range(3)]
    tokens = [served.fetch(each["links"]["forms"]["sd-jwt"]).decode() for each in issued]
    served.change_status(issued[1]["id"], {"action": "revoke", "reasonCode": "issued_in_error"})
    served.change_status(issued[2]["id"], {"action": "suspend"})
    indexes = [reference(each)["idx"] for each in tokens]

    def states() -> list[int]:
        token = served.fetch(list_url_of(tokens[0])).decode()
        found: list[int] = node("readStatusList", token=token, indexes=indexes)
        return found

    assert within_seconds(5, lambda: states() == [VALID, INVALID, SUSPENDED])


@pytest.mark.parametrize("bits", SIZES)
@row(TOKEN, "sd-jwt-js", BACK)
def test_we_read_a_list_of_sd_jwt_js(node: Node, bits: int) -> None:
    signing = key(P256, "@sd-jwt")
    token = node(
        "signStatusList",
        states=states_of(bits),
        bits=bits,
        payload={"iss": signing.did_jwk, "sub": URL, "iat": int(time.time()), "ttl": 300},
        issuer=signing.private_jwk,
        header={"kid": signing.did_jwk_method},
    )
    require_read(token, signing.jwk, bits)


@pytest.mark.parametrize("bits", SIZES)
@row(TOKEN, "openvc-core", BACK)
def test_we_read_a_list_of_openvc(bits: int) -> None:
    signing = key(P256, "openvc")
    packed = new_status_list(16, bits=bits)
    for index, state in enumerate(states_of(bits)):
        set_status(packed, index, state, bits=bits)
    token = build_status_list_token(
        signing_key=Openvc.key(FORMATS["sd-jwt-vc"], signing.did_jwk_method),
        uri=URL, status_list=packed, bits=bits, issued_at=int(time.time()), ttl=300, issuer=signing.did_jwk,
    )  # fmt: skip
    require_read(token, signing.jwk, bits)


def states_of(bits: int) -> list[int]:
    """Sixteen states, among them all that the specification names and that fit."""
    named = [VALID, INVALID, SUSPENDED] if bits > 1 else [VALID, INVALID]
    return [named[index % len(named)] for index in range(16)]


def require_read(token: str, jwk: dict[str, Any], bits: int) -> None:
    def state(token: str, index: int) -> TokenStatus:
        jws = compact_jws.read(token)
        require_type(jws.header, TYP)
        compact_jws.verify(jws, public_key_of_jwk(jwk))
        found = read_status_list_claims(jws.claims(), url=URL)
        require_fresh(issued=found.issued, expires=found.expires, now=datetime.now(UTC))
        return read_token_status(found, TokenStatusReference(list_url=URL, index=index))

    assert [state(token, index) for index in range(16)] == states_of(bits)
    for what, changed in alterations(token).items():
        try:
            state(changed, 0)
        except Error:
            continue
        pytest.fail(what)


def reference(token: str) -> dict[str, Any]:
    found = sd_jwt.read(token).disclosed().claims["status"]
    assert isinstance(found, dict)
    place: Any = found["status_list"]
    return dict(place)


def list_url_of(token: str) -> str:
    url: str = reference(token)["uri"]
    return url
