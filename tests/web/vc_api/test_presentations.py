"""Verifying presentations through the VC API (VA-03, VJ-73, VJ-74)."""

from typing import Any

import pytest

from jmc_vc.formats.jose import compact_jws, vc_jose
from tests.builders.suites import HOLDER, V2, own, presentation, presented, secured
from tests.web.vc_api.conftest import ASKED, DID, Json, VcApi, altered, envelope, shown, token_of

UNSUPPORTED = "token.algorithm_unsupported"


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a_holder_presents(api: VcApi, badge: Json, suite: str) -> None:
    """VA-03."""
    answer = api.present(shown(badge, suite=suite), **ASKED)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["verified"], found["verdict"], found["problemDetails"]) == (True, "valid", [])
    assert (found["holder"], found["signers"]) == (DID, [DID])
    (credential,) = found["credentials"]
    assert (credential["verified"], credential["aboutHolder"], credential["problemDetails"]) == (True, True, [])
    assert credential["pointer"] == "/verifiableCredential/0"
    assert credential["report"]["verdict"] == "valid"


def test_one_verdict_each_and_none_for_all_if_one_is_bad(api: VcApi, badge: Json) -> None:
    """VJ-73."""
    found = api.present(shown(badge, altered(badge, "name", to="博士")), **ASKED).json()
    assert [each["verified"] for each in found["credentials"]] == [True, False]
    assert (found["verified"], found["verdict"]) == (False, "invalid")


def test_a_credential_that_only_the_register_is_missing_for_leaves_it_open(api: VcApi, badge: Json) -> None:
    found = api.present(shown(badge, secured(own())), **ASKED).json()
    assert found["credentials"][0]["verified"] is True
    assert found["verified"] is False


def test_a_presentation_in_a_presentation_is_refused_unread(api: VcApi, badge: Json) -> None:
    """VJ-74."""
    inner = presentation(badge)
    for depth in range(1, 30):
        inner = presentation(inner)
        answer = api.present(inner)
        assert 400 <= answer.status_code < 500
        assert answer.json()["code"] in {"vp.nested", "parse.depth"}, depth


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda badge: shown(badge, challenge="old"), "proof.challenge"),
        (lambda badge: shown(badge, domain="other.example"), "proof.domain"),
        (lambda badge: presentation(badge, holder=DID), "vp.proof_missing"),
        (lambda badge: shown(badge, purpose="assertionMethod"), "proof.purpose"),
        (lambda badge: presented(presentation(badge, holder="did:example:bob"), **ASKED), "vp.holder_key"),
        (lambda badge: {**shown(badge), "holder": "did:example:bob"}, "proof.crypto"),
        (lambda badge: {**shown(badge), "verifiableCredential": []}, "proof.crypto"),
        (lambda badge: shown(badge, expires="2026-11-01T00:00:00Z"), "vp.expired"),
        (lambda badge: altered(dict(shown(badge)), "proof", "cryptosuite", to="x"), "proof.suite_unsupported"),
        (lambda badge: altered(dict(shown(badge)), "proof", "verificationMethod", to="did:web:a.example#1"),
         "did.unavailable"),
    ],
    ids=["challenge", "domain", "no-proof", "purpose", "holder", "altered", "emptied", "expired", "suite", "elsewhere"],
)  # fmt: skip
def test_what_is_wrong_with_the_presentation_is_told_apart_from_its_credentials(
    api: VcApi, badge: Json, make: Any, code: str
) -> None:
    """DI-02."""
    found = api.present(make(badge), **ASKED).json()
    assert [each["code"] for each in found["problemDetails"]] == [code]
    assert found["verified"] is False
    assert found["verdict"] == (
        "indeterminate" if code in {"proof.suite_unsupported", "did.unavailable"} else "invalid"
    )
    assert all(each["verified"] for each in found["credentials"])


def test_what_nothing_secures_fails(api: VcApi, badge: Json) -> None:
    """VC-10."""
    bare = {name: member for name, member in badge.items() if name != "proof"}
    (credential,) = api.present(shown(bare), **ASKED).json()["credentials"]
    assert (credential["verified"], credential["report"]) == (False, None)
    assert credential["problemDetails"][0]["code"] == "vp.unsecured"
    assert credential["problemDetails"][0]["pointer"] == "/verifiableCredential/0"
    own_word = {**bare, "issuer": DID}
    found = api.present(shown(secured(own()), own_word), **ASKED).json()
    assert found["verified"] is False


def test_a_credential_about_somebody_else_is_told(api: VcApi) -> None:
    (credential,) = api.present(shown(api.issued()), **ASKED).json()["credentials"]
    assert (credential["verified"], credential["aboutHolder"]) == (True, None)
    other = api.issued(credentialSubject=api.subject(id="did:key:z6MkhTNL7i2etLerDK8Acz5t528giE5KA4p75T6ka1E1D74r"))
    (credential,) = api.present(shown(other), **ASKED).json()["credentials"]
    assert (credential["verified"], credential["aboutHolder"]) == (True, False)


def test_without_a_holder_the_subject_is_compared_with_the_signers(api: VcApi, badge: Json) -> None:
    somebody = "did:key:z6MkhTNL7i2etLerDK8Acz5t528giE5KA4p75T6ka1E1D74r"
    other = api.issued(credentialSubject=api.subject(id=somebody), awardedDate="2026-10-03")
    document = presented(presentation(badge, other, api.issued()), **ASKED)
    found = api.present(document, **ASKED).json()
    assert (found["holder"], found["verified"]) == (None, True)
    assert [each["aboutHolder"] for each in found["credentials"]] == [True, False, None]


def test_what_cannot_be_read_leaves_the_verdict_open(api: VcApi, badge: Json) -> None:
    """SR-7: tokens and media types that are not read here, and what is too much."""
    sd_jwt = compact_jws.write({"alg": "EdDSA", "typ": "dc+sd-jwt"}, b"{}", HOLDER.sign) + "~"
    inner = compact_jws.write({"alg": "EdDSA", "typ": "vp+jwt"}, b"{}", HOLDER.sign)
    large = {**badge, "evidence": [{"type": ["Evidence"], "name": "x"}] * 2_000}
    method = badge["proof"]["verificationMethod"]
    keys = [{**badge["proof"], "verificationMethod": f"{method}{number}"} for number in range(5)]
    status = badge["credentialStatus"]
    statuses = [{**status, "id": f"{status['id']}{number}"} for number in range(9)]
    older = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "proof": {}}
    foreign = compact_jws.write({"alg": "ES256K", "typ": "vc+jwt", "kid": HOLDER.method}, b"{}", HOLDER.sign)
    for document, code in (
        ({**badge, "credentialStatus": statuses}, "verify.too_many_parts"),
        ({**badge, "proof": keys}, "verify.too_many_parts"),
        (older, "verify.open_badges_2"),
        (envelope("application/jwt", inner), "verify.unsupported_token"),
        (envelope("application/vc+cose", "0oREoQE4"), "envelope.media_type"),
        (envelope("application/vc+jwt", sd_jwt), "envelope.media_type"),
        (large, "parse.limit"),
    ):
        answer = api.present(shown(document, suite="eddsa-jcs-2022"), **ASKED)
        (credential,) = answer.json()["credentials"]
        assert (credential["verified"], credential["report"]) == (False, None)
        assert [each["code"] for each in credential["problemDetails"]] == [code]
        assert (answer.json()["verified"], answer.json()["verdict"]) == (False, "indeterminate"), code
    many = {**badge, "proof": [badge["proof"]] * 17}
    for document, code in ((many, "proof.limit"), (envelope("application/vc+jwt", foreign), UNSUPPORTED)):
        for found in (
            api.present(shown(document, suite="eddsa-jcs-2022"), **ASKED).json()["credentials"][0],
            api.verify(document).json(),
        ):
            checks = {each["id"]: (each["outcome"], each["code"]) for each in found["report"]["checks"]}
            assert (checks["proof"], found["report"]["verdict"]) == (("unknown", code), "indeterminate")
    too_often = shown(badge, suite="eddsa-jcs-2022")
    found = api.present({**too_often, "proof": [too_often["proof"]] * 17}, **ASKED).json()
    assert ([each["code"] for each in found["problemDetails"]], found["verdict"]) == (["proof.limit"], "indeterminate")
    broken = envelope("application/vc+jwt", "a.b.c")
    assert api.present(shown(broken, suite="eddsa-jcs-2022"), **ASKED).json()["verdict"] == "invalid"


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_as_many_badges_are_shown_as_are_allowed(api: VcApi, badges: list[Json], suite: str) -> None:
    """VJ-73: twenty, each with a verdict."""
    found = api.present(shown(*badges, suite=suite), **ASKED).json()
    assert (found["verified"], [each["verified"] for each in found["credentials"]]) == (True, [True] * 20)
    answer = api.present(shown(*badges, badges[0], suite="eddsa-jcs-2022"), **ASKED)
    assert (answer.status_code, answer.json()["code"]) == (422, "vp.limit")
    assert api.verify({"type": [1] * 6_000}).json()["code"] == "parse.limit"
    answer = api.present({"type": [1] * 21_000})
    assert (answer.status_code, answer.json()["code"]) == (422, "parse.limit")


@pytest.fixture(scope="module")
def badges(api: VcApi) -> list[Json]:
    return [api.issued(credentialSubject=api.subject()) for _ in range(20)]


@pytest.mark.parametrize(
    ("asked", "left"),
    [({}, ["domain", "challenge"]), ({"domain": ASKED["domain"]}, ["challenge"]), (ASKED, [])],
)
def test_a_presentation_that_nobody_bound_is_told(
    api: VcApi, badge: Json, holders_token: Json, asked: Json, left: list[str]
) -> None:
    """DI-02, OB-44: shown to another, or long ago, and now again."""
    found = api.present(shown(badge), **asked).json()
    assert found["verified"] is True
    assert [(each["code"], each["pointer"]) for each in found["warnings"]] == [
        ("vp.not_bound", f"/proof/{name}") for name in left
    ]
    names = {"domain": "/aud", "challenge": "/nonce"}
    found = api.present(token_of(holders_token), **asked).json()
    assert [each["pointer"] for each in found["warnings"]] == [names[name] for name in left]


def test_a_presentation_for_everybody_is_told_too(api: VcApi, badge: Json, holders_token: Json) -> None:
    """DI-02: one that states neither can be shown again by anybody."""
    unbound = vc_jose.sign_presentation(holders_token, kid=HOLDER.method, algorithm="EdDSA", sign=HOLDER.sign)
    for document in (presented(presentation(badge, holder=DID)), unbound):
        found = api.present(document).json()
        assert (found["verified"], [each["code"] for each in found["warnings"]]) == (True, ["vp.not_bound"] * 2)
        assert api.present(document, **ASKED).json()["verdict"] == "invalid"


def test_a_presentation_of_nothing_is_told(api: VcApi) -> None:
    found = api.present(presented(presentation(holder=DID), **ASKED), **ASKED).json()
    assert (found["verified"], found["credentials"]) == (True, [])
    assert [(each["code"], each["pointer"]) for each in found["warnings"]] == [("vp.empty", "/verifiableCredential")]


@pytest.mark.parametrize(
    "make",
    [
        lambda badge: shown(badge, challenge="old"),
        lambda badge: presentation(badge, holder=DID),
        lambda badge: presented(presentation(badge, holder="did:example:bob"), **ASKED),
        lambda badge: {**shown(badge), "holder": "did:example:bob"},
    ],
    ids=["challenge", "no-proof", "other-holder", "altered"],
)
def test_of_a_presentation_that_does_not_hold_nobody_is_the_holder(api: VcApi, badge: Json, make: Any) -> None:
    (credential,) = api.present(make(badge), **ASKED).json()["credentials"]
    assert (credential["verified"], credential["aboutHolder"]) == (True, None)


@pytest.mark.parametrize("path", [":issuers:ghost", ":foo", ":issuers:hoshimigaoka:x", ":issuers"])
def test_an_issuer_of_ours_that_does_not_exist_is_not_on_another_host(api: VcApi, badge: Json, path: str) -> None:
    """OB-45: we know that there is no such key, so it is not open whether there is one."""
    did = f"did:web:localhost%3A8000{path}"
    ghost = {**badge, "issuer": {**badge["issuer"], "id": did}}
    ghost["proof"] = {**badge["proof"], "verificationMethod": f"{did}#key-1"}
    report = api.verify(ghost).json()["report"]
    checks = {each["id"]: (each["outcome"], each["code"]) for each in report["checks"]}
    assert (report["verdict"], checks["key"]) == ("invalid", ("fail", "key.unknown"))
    found = api.present(altered(dict(shown(badge)), "proof", "verificationMethod", to=f"{did}#key-1"), **ASKED).json()
    assert (found["verdict"], found["problemDetails"][0]["code"]) == ("invalid", "key.unknown")


def test_a_presentation_may_bring_words_of_its_own(api: VcApi, badge: Json) -> None:
    """CX-04."""
    document = {
        **presentation(badge, holder=DID),
        "@context": [V2, {"Shown": "https://words.example/#Shown"}],
        "type": ["VerifiablePresentation", "Shown"],
    }
    assert api.present(presented(document, **ASKED), **ASKED).json()["verified"] is True


@pytest.mark.parametrize("value", ["eyJ", "x", "", 7, None])
def test_what_is_no_presentation_is_refused(api: VcApi, value: Any) -> None:
    assert 400 <= api.present(value).status_code < 500
