"""Verifying presentations that are tokens through the VC API (JC-03)."""

import orjson
import pytest

from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws
from tests.builders.signers import signer
from tests.builders.suites import HOLDER, V2, own, presentation
from tests.web.vc_api.conftest import ASKED, BASE, DID, Json, VcApi, envelope, token_of

UNSUPPORTED = "token.algorithm_unsupported"
OTHER_KEY = public_jwk(signer(KeyAlgorithm.ED25519, 8).public_key)
SECP256K1: Json = {"kty": "EC", "crv": "secp256k1", "x": "AA", "y": "AA"}


def _raw(payload: Json, header: Json | None = None) -> str:
    """A token that our own writer would refuse."""
    bound = {"aud": ASKED["domain"], "nonce": ASKED["challenge"]}
    whole = {"alg": "EdDSA", "typ": "vp+jwt", "kid": HOLDER.method, **(header or {})}
    return compact_jws.write(whole, orjson.dumps({**bound, **payload}), HOLDER.sign)


def test_a_key_at_an_address_of_ours_that_does_not_exist_is_not_on_another_host(
    api: VcApi, holders_token: Json
) -> None:
    """OB-44."""
    for address in (f"{BASE}/issuers/ghost/keys/key-1", f"{BASE}/keys/1", f"{BASE}/issuers/hoshimigaoka/keys/none"):
        found = api.present(_raw(holders_token, {"kid": address}), **ASKED).json()
        assert (found["verdict"], found["problemDetails"][0]["code"]) == ("invalid", "key.unknown")


def test_twenty_badges_are_shown_in_a_token(api: VcApi, token: Json) -> None:
    found = api.present(token_of(presentation(*[token] * 20, holder=DID)), **ASKED).json()
    assert (found["verified"], len(found["credentials"])) == (True, 20)


def test_a_key_at_an_address_elsewhere_leaves_it_open(api: VcApi, holders_token: Json) -> None:
    """JC-03, SR-7."""
    text = _raw(holders_token, {"kid": "https://holder.example/holders/7#key-1"})
    found = api.present(text, **ASKED).json()
    assert (found["verdict"], found["problemDetails"][0]["code"]) == ("indeterminate", "key.unavailable")


def test_a_presentation_in_a_token_is_verified(api: VcApi, holders_token: Json) -> None:
    """JC-03."""
    token = token_of(holders_token)
    envelope = {"@context": V2, "type": "EnvelopedVerifiablePresentation", "id": f"data:application/vp+jwt,{token}"}
    for form in (token, envelope):
        found = api.present(form, **ASKED).json()
        assert (found["verified"], found["holder"], found["signers"]) == (True, DID, [DID])
        assert [(each["verified"], each["aboutHolder"]) for each in found["credentials"]] == [(True, True)]


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"nonce": "old"}, "proof.challenge"),
        ({"aud": "other.example"}, "proof.domain"),
        ({"exp": 1_700_000_000}, "vp.expired"),
        ({"nbf": 2_000_000_000}, "vp.not_yet"),
    ],
)
def test_a_token_for_another_time_or_place_is_refused(api: VcApi, holders_token: Json, claims: Json, code: str) -> None:
    found = api.present(token_of(holders_token, **claims), **ASKED).json()
    assert (found["verdict"], [each["code"] for each in found["problemDetails"]]) == ("invalid", [code])


def test_a_token_with_another_signature_is_refused(api: VcApi, holders_token: Json) -> None:
    found = api.present(token_of(holders_token)[:-8] + "AAAAAAAA", **ASKED).json()
    assert [each["code"] for each in found["problemDetails"]] == ["proof.crypto"]
    other = {**holders_token, "holder": "did:example:bob"}
    found = api.present(token_of(other), **ASKED).json()
    assert [each["code"] for each in found["problemDetails"]] == ["vp.holder_key"]


@pytest.mark.parametrize(
    ("header", "verdict", "code"),
    [
        ({"jwk": public_jwk(HOLDER.public_key)}, "valid", None),
        ({"jwk": OTHER_KEY}, "invalid", "key.binding"),
        ({"jwk": {**OTHER_KEY, "d": "AA"}}, "invalid", "key.exposed"),
        ({"jwk": 7}, "invalid", "key.invalid"),
        ({"jwk": SECP256K1}, "indeterminate", "key.unsupported"),
        ({"kid": "key-1"}, "invalid", "key.unknown"),
    ],
    ids=["same", "other", "private", "number", "unsupported", "name"],
)
def test_a_key_in_the_header_is_only_ever_compared(
    api: VcApi, holders_token: Json, header: Json, verdict: str, code: str | None
) -> None:
    """VW-05: and what we do not read says nothing against the presentation."""
    found = api.present(_raw(holders_token, header), **ASKED).json()
    assert found["verdict"] == verdict
    assert [each["code"] for each in found["problemDetails"]] == ([] if code is None else [code])


def test_an_unsupported_key_in_the_header_of_a_credential_leaves_it_open(api: VcApi) -> None:
    """VW-05, SR-7."""
    header: Json = {"alg": "EdDSA", "typ": "vc+jwt", "kid": HOLDER.method, "jwk": SECP256K1}
    text = compact_jws.write(header, orjson.dumps(own()), HOLDER.sign)
    assert api.verify(envelope("application/vc+jwt", text)).json()["report"]["verdict"] == "indeterminate"


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"proof": {"type": "DataIntegrityProof"}}, "claims.not_allowed"),
        ({"proof": None}, "claims.not_allowed"),
        ({"iss": [DID]}, "claims.mismatch"),
        ({"iss": 5, "holder": None}, "claims.not_allowed"),
        ({"cnf": {"jwk": OTHER_KEY}}, "verify.unsupported_token"),
    ],
)
def test_what_nobody_looks_at_does_not_stand_in_a_token(
    api: VcApi, holders_token: Json, payload: Json, code: str
) -> None:
    """JC-03: a proof beside the signature, and a key that nobody was asked to have."""
    whole = {name: member for name, member in {**holders_token, **payload}.items() if name != "holder" or member}
    for token in (_raw(whole), _raw(whole, {"typ": "vp+sd-jwt"}) + "~"):
        answer = api.present(token, **ASKED)
        assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_key_binding_is_not_passed_over(api: VcApi, holders_token: Json) -> None:
    """JC-03: it is verified nowhere on this way."""
    token = _raw(holders_token, {"typ": "vp+sd-jwt"}) + "~"
    assert api.present(token, **ASKED).json()["verified"] is True
    binding = compact_jws.write({"alg": "EdDSA", "typ": "kb+jwt"}, b"{}", signer(KeyAlgorithm.ED25519, 8).sign)
    answer = api.present(token + binding, **ASKED)
    assert (answer.status_code, answer.json()["code"]) == (422, "verify.unsupported_token")
    assert "cnf" in answer.json()["message"]["en"]


@pytest.mark.parametrize(
    ("algorithm", "code"),
    [("ES256K", UNSUPPORTED), ("PS256", UNSUPPORTED), ("HS256", "token.algorithm"), ("none", "token.algorithm")],
)
def test_an_algorithm_that_others_have_is_not_called_wrong(
    api: VcApi, holders_token: Json, algorithm: str, code: str
) -> None:
    """VW-01, VW-03."""
    answer = api.present(_raw(holders_token, {"alg": algorithm}), **ASKED)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    fitting = api.present(_raw(holders_token, {"alg": "ES256"}), **ASKED).json()  # not of this key
    assert (fitting["verdict"], fitting["problemDetails"][0]["code"]) == ("invalid", "token.algorithm")


def test_who_says_to_be_the_holder_has_to_be_who_signed(api: VcApi, token: Json) -> None:
    """JC-03: `iss` names the holder where the presentation does not."""
    found = api.present(_raw({**presentation(token), "iss": "did:example:bob"}), **ASKED).json()
    (fault,) = found["problemDetails"]
    assert (found["verdict"], fault["code"], fault["pointer"]) == ("invalid", "vp.holder_key", "/iss")
