"""SF-11: W3C's credentials and presentations in an SD-JWT, as the public JOSE suite asks for them."""

from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws, sd_jwt, vc_sd_jwt
from jmc_vc.formats.jose.disclosures import Path
from jmc_vc.formats.jose.key_binding import holder_key_of
from jmc_vc.formats.jose.token_kind import TokenKind
from jmc_vc.formats.jose.vc_jose import VcJoseToken
from tests.builders.jose_keys import JoseKey, jose_key, salts
from tests.builders.open_badge import badge
from tests.builders.w3c_tokens import HOLDER, ISSUER, KEY, KID, enveloped, presentation

Json = dict[str, Any]


def arguments(key: JoseKey = KEY, *paths: Path) -> Any:
    return {
        "kid": KID, "algorithm": key.alg, "sign": key.sign, "selectively_disclosable": paths, "salts": salts(),
    }  # fmt: skip


def read(text: str, key: JoseKey = KEY) -> VcJoseToken:
    token = sd_jwt.read(text)
    compact_jws.verify(token.jws, key.public_key)
    return vc_sd_jwt.read(token)


@pytest.mark.parametrize("algorithm", [KeyAlgorithm.P384, KeyAlgorithm.P521, KeyAlgorithm.ED25519])
def test_a_credential_comes_back_as_it_was_signed(algorithm: KeyAlgorithm) -> None:
    key = jose_key(algorithm)
    paths: tuple[Path, ...] = (("credentialSubject", "result"), ("credentialSubject", "identifier", 0))
    text = vc_sd_jwt.sign_credential(badge(), **arguments(key, *paths))
    token = sd_jwt.read(text)
    assert token.jws.header == {"alg": key.alg, "typ": "vc+sd-jwt", "cty": "vc", "kid": KID}
    assert len(token.disclosures) == 2
    found = read(text, key)
    assert (found.kind, found.document, found.signer) == (TokenKind.VC_SD_JWT, badge(), ISSUER)
    part = read(sd_jwt.withhold(token, [("credentialSubject", "result")]), key).document
    assert part == badge("/credentialSubject/result")


def test_a_presentation_comes_back_as_it_was_signed() -> None:
    whole = presentation(enveloped(), enveloped())
    text = vc_sd_jwt.sign_presentation(whole, **arguments(), claims={"aud": "https://verifier.example"})
    found = read(text)
    assert (found.kind, found.document, found.signer) == (TokenKind.VP_SD_JWT, whole, HOLDER)
    assert found.claims == {"aud": "https://verifier.example"}


@pytest.mark.parametrize(
    "path", [("holder",), ("verifiableCredential", 0), ("exp",), ("nbf",), ("iat",), ("aud",), ("nonce",), ("iss",)]
)
def test_a_presentation_withholds_neither_whose_nor_for_whom_it_is(path: Path) -> None:
    said: Json = {"exp": 1, "nbf": 1, "iat": 1, "aud": "x", "nonce": "y", "iss": HOLDER}
    with pytest.raises(Error) as refusal:
        vc_sd_jwt.sign_presentation(presentation(), **arguments(KEY, path), claims=said)
    assert refusal.value.code == "disclosure.not_allowed"


def test_the_suite_may_ask_for_less() -> None:  # SF-11
    fewer = vc_sd_jwt.NEVER_WITHHELD - {"holder", "verifiableCredential"}
    whole = presentation(enveloped(), enveloped())
    text = vc_sd_jwt.sign_presentation(
        whole, **arguments(KEY, ("holder",), ("verifiableCredential", 0)), never_withheld=fewer
    )
    assert vc_sd_jwt.read(sd_jwt.read(text), never_withheld=fewer).document == whole
    with pytest.raises(Error) as refusal:
        read(text)
    assert refusal.value.code == "disclosure.not_allowed"


def test_the_key_of_the_holder_stands_in_cnf() -> None:
    holder = jose_key(number=1).public_key
    found = read(vc_sd_jwt.sign_credential(badge(), **arguments(), holder_key=holder))
    assert found.document == badge()
    assert holder_key_of(found.claims) == holder


@pytest.mark.parametrize(
    "path",
    [
        ("@context",), ("type",), ("issuer",), ("validFrom",), ("credentialStatus",), ("credentialSchema",),
        ("@context", 1), ("type", 0), ("issuer", "id"), ("credentialStatus", "statusListIndex"), ("cnf",),
        ("cnf", "jwk"), ("credentialSubject", "type"), ("credentialSubject", "achievement", "type", 0),
        ("credentialSubject", "achievement", "@context"),
    ],
)  # fmt: skip
def test_what_a_verifier_needs_is_never_withheld(path: Path) -> None:
    with pytest.raises(Error) as refusal:
        vc_sd_jwt.sign_credential(badge(), **arguments(KEY, path), holder_key=jose_key(number=1).public_key)
    assert refusal.value.code == "disclosure.not_allowed"


@pytest.mark.parametrize("shown", [True, False], ids=["shown", "withheld"])
@pytest.mark.parametrize(
    "path",
    [
        ("credentialStatus", 0), ("credentialStatus", 0, "statusPurpose"), ("issuer", "name"), ("type", 1),
        ("@context", 1), ("cnf", "jwk"),
    ],
)  # fmt: skip
def test_what_another_issuer_left_to_the_holder_is_refused_when_it_decides(path: Path, shown: bool) -> None:
    status: Any = [
        {"type": "BitstringStatusListEntry", "statusPurpose": purpose} for purpose in ("revocation", "refresh")
    ]
    cnf: Json = {"jwk": {**public_jwk(jose_key(number=1).public_key)}}
    text = sd_jwt.issue(
        {"alg": "ES256", "typ": "vc+sd-jwt", "kid": KID},
        {**badge(), "credentialStatus": status, "cnf": cnf},
        selectively_disclosable=[path], salts=salts(), sign=KEY.sign,
    )  # fmt: skip
    with pytest.raises(Error) as refusal:
        read(text if shown else sd_jwt.withhold(sd_jwt.read(text), [path]))
    assert (refusal.value.code, refusal.value.pointer) == ("disclosure.not_allowed", f"/{path[0]}")


def test_the_whole_is_no_part_of_itself() -> None:
    with pytest.raises(Error) as refusal:
        vc_sd_jwt.sign_credential(badge(), **arguments(KEY, ()))
    assert refusal.value.code == "disclosure.path"


def claims(**members: Any) -> str:
    header = {"alg": "ES256", "typ": "vc+sd-jwt", "kid": KID, **members.pop("header", {})}
    return sd_jwt.issue(header, {**badge(), **members}, selectively_disclosable=[], salts=salts(), sign=KEY.sign)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (claims(header={"typ": "dc+sd-jwt"}), "token.type"),
        (claims(header={"typ": "bad+typ", "cty": "bad+cty"}), "token.type"),
        (claims(header={"cty": "vp"}), "token.type"),
        (claims(header={"typ": "vp+sd-jwt"}), "vc.type"),
        (claims(vc={}), "claims.not_allowed"),
        (claims(iss="did:web:other.example"), "claims.mismatch"),
        (claims(exp="soon"), "schema.numeric_date"),
        (claims() + "WyJzYWx0IiwiYSIsMV0~", "disclosure.unreferenced"),
    ],
)
def test_a_token_against_the_rules_is_refused(text: str, code: str) -> None:
    with pytest.raises(Error) as refusal:
        read(text)
    assert refusal.value.code == code


def test_a_presentation_holds_enveloped_credentials_only() -> None:  # JC-03
    with pytest.raises(Error) as refusal:
        vc_sd_jwt.sign_presentation(presentation(badge()), **arguments())
    assert refusal.value.code == "vp.credential"
