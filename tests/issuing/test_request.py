"""Reading an award request: what callers may not send, and what is out of its limits. Rows carry their catalogue
ids."""

import json
from typing import Any

import pytest

from jmc_vc.errors import Error, Malformed, Unacceptable
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.issuing.request import read_request
from jmc_vc.sentences import Sentence, sentence
from tests.builders.installation import award, encode
from tests.builders.keys import ed25519_public_key

RECIPIENT = award()["recipient"]
# A number with a right check digit for 個人番号, invented for tests.
MY_NUMBER = "123456789018"


WEAK_DID = "did:jwk:" + base64url.encode(
    encode({"kty": "RSA", "n": base64url.encode((2**2203 - 1).to_bytes(276)), "e": "AQAB"})
)
"""Of a modulus that is prime."""


def with_evidence(**members: Any) -> dict[str, Any]:
    return award(evidence=[{"narrative": "A report.", **members}])


def with_name(**name: Any) -> dict[str, Any]:
    return award(recipient={"name": name, "email": "x@learners.example"})


SVG = "data:image/svg+xml;base64,PHN2Zz48c2NyaXB0PmFsZXJ0KDEpPC9zY3JpcHQ+PC9zdmc+"
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "AP-04 issuer": (award(issuer="did:web:evil.example"), "request.extra_member"),
    "AP-04 proof": (award(proof={}), "request.extra_member"),
    "AP-04 id": (award(id="urn:uuid:1"), "request.extra_member"),
    "AP-05 credentialStatus in evidence": (with_evidence(credentialStatus={}), "request.extra_member"),
    "AP-05 @context in evidence": (with_evidence(**{"@context": {}}), "request.extra_member"),
    "AP-05 type in evidence": (with_evidence(type=["Evidence"]), "request.extra_member"),
    "AP-06 credits": (award(creditsEarned=30), "request.extra_member"),
    "AP-06 level": (award(level=8), "request.extra_member"),
    "AP-06 an achievement": (award(achievement={"name": "博士号"}), "request.extra_member"),
    "AP-19 an image with a script": (award(image=SVG), "request.extra_member"),
    "AP-19 an image in evidence": (with_evidence(image={"id": SVG}), "request.extra_member"),
    "a did:key without a key": (award(recipient={**RECIPIENT, "did": "did:key:z6Mk"}), "request.did"),
    "a did:key that can only encrypt": (
        award(recipient={**RECIPIENT, "did": "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc"}),
        "request.did",
    ),
    "kanji as the Latin writing": (with_name(latn={"family": "山田"}), "request.name_latn"),
    "AP-07 a subject that is no DID": (award(recipient={**RECIPIENT, "did": "learner"}), "request.did"),
    "AP-13 year 0001": (award(awardedDate="0001-01-01"), "request.date"),
    "AP-13 year 10000": (award(awardedDate="10000-01-01"), "request.date"),
    "AP-13 no such day": (award(awardedDate="2026-02-30"), "request.date"),
    "AP-13 no offset": (award(awardedDate="2026-10-01T00:00:00"), "request.date"),
    "AP-16 a name of 100,000 characters": (with_name(fullName="x" * 100_000), "request.value"),
    "AP-16 a name of 51 characters": (with_name(fullName="x" * 51), "request.name_length"),
    "AP-16 10,000 evidence items": (award(evidence=[{"narrative": "x"}] * 1_000), "request.value"),
    "AP-16 a text of 5,001 characters": (with_evidence(description="x" * 5_001), "request.value"),
    "one address for two items of evidence": (
        award(evidence=[{"id": "https://evidence.example/1", "name": name} for name in "ab"]),
        "request.evidence_repeated",
    ),
    "evidence that turns the page round": (with_evidence(name="report\u202etxt.exe"), "request.evidence_text"),
    "AP-17 javascript:": (with_evidence(id="javascript:alert(1)"), "request.evidence_url"),
    "AP-17 http": (with_evidence(id="http://evidence.example/1"), "request.evidence_url"),
    "AP-17 loopback": (with_evidence(id="https://127.0.0.1/1"), "request.evidence_url"),
    "AP-17 decimal address": (with_evidence(id="https://2130706433/1"), "request.evidence_url"),
    "AP-17 metadata service": (with_evidence(id="https://169.254.169.254/latest"), "request.evidence_url"),
    "AP-17 letters that are s and k only without their case": (
        with_evidence(id="https://\u017f\u212a.example.org/1"), "request.evidence_url",
    ),
    "AP-17 letters that are s and k only without their case, in http": (
        with_evidence(id="http\u017f://a.example.org/1"), "request.evidence_url",
    ),
    "a did:jwk that others can break": (
        award(recipient={**RECIPIENT, "did": WEAK_DID}), "request.did",
    ),
    "AP-17 internal name": (with_evidence(id="https://wiki.internal/1"), "request.evidence_url"),
    "a character that no address has": (with_evidence(id="https://a.example.org/a|b"), "request.evidence_url"),
    "a broken percent escape": (with_evidence(id="https://a.example.org/%zz"), "request.evidence_url"),
    "AP-17 user name in the address": (with_evidence(id="https://good.example@evil.test/1"), "request.evidence_url"),
    "AP-20 a number in place of text": (
        award(results=[{"assessment": "A1", "value": 82}, {"assessment": "A2", "value": "L3"}]), "request.value",
    ),
    "AP-27 retake as text": (award(retake="true"), "request.value"),
    "AP-27 retake as a number": (award(retake=1), "request.value"),
    "no results": (award(results=None), "request.missing_member"),
    "no program": (award(program=None), "request.missing_member"),
    "no recipient": (award(recipient=None), "request.missing_member"),
    "nobody to know by": (award(recipient={"name": {"fullName": "SUKARTO"}}), "request.recipient_identifier"),
    "an e-mail address that is none": (award(recipient={**RECIPIENT, "email": "learner"}), "request.email"),
    "a name with a control character": (with_name(fullName="SU\u0007KARTO"), "request.name_character"),
    "a name that turns the text round": (with_name(fullName="SUKARTO\u202e"), "request.name_character"),
    "a private-use character": (with_name(fullName="\ue000野"), "unsupported_character"),
    "no writing of the name": (with_name(kana={"family": "ヨシノ"}), "request.name_missing"),
    "INV-34 My Number as external id": (award(externalId=MY_NUMBER), "my_number_rejected"),
    "INV-34 My Number with hyphens": (award(externalId="1234-5678-9018"), "my_number_rejected"),
    "INV-34 My Number in full-width digits": (
        award(externalId="１２３４５６７８９０１８"), "my_number_rejected",
    ),
    "INV-34 My Number in circled digits": (award(externalId="①②③④⑤⑥⑦⑧⑨①②③"), "my_number_rejected"),
    "INV-34 My Number with middle dots": (award(externalId="1234・5678・9018"), "my_number_rejected"),
    "INV-34 My Number inside a text": (with_evidence(name=f"student {MY_NUMBER}"), "my_number_rejected"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_request_is_refused_with_a_stable_code(case: str) -> None:
    body, code = REFUSED[case]
    with pytest.raises(Unacceptable) as refused:
        read_request(encode(body))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("case", "data", "code"),
    [
        ("AP-14 NUL", b'{"program":"\\u0000"}', "request.value"),
        ("AP-14 a lone surrogate", b'{"program":"\\ud800"}', "request.value"),
        ("AP-20 NaN", b'{"program":NaN}', "request.value"),
        ("AP-20 1e999", b'{"program":1e999}', "request.value"),
        ("an array", b"[]", "request.value"),
    ],
)
def test_json_with_values_that_no_member_may_have_is_unacceptable(case: str, data: bytes, code: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        read_request(data)
    assert refused.value.code == code


def test_what_is_no_json_is_malformed() -> None:
    for data in (b"", b"{", b'{"a":1,"a":2}', b"\xff"):
        with pytest.raises(Malformed):
            read_request(data)


def test_an_extra_member_is_named_and_its_value_is_not() -> None:
    with pytest.raises(Error) as refused:
        read_request(encode(award(issuer="canary-4711")))
    assert refused.value.params["member"] == "issuer"
    assert refused.value.pointer == "/issuer"
    assert "canary" not in repr(refused.value.params)


def test_two_spellings_of_one_body_have_one_canonical_form() -> None:
    compact = encode(award())
    spaced = json.dumps(award(), indent=2, sort_keys=True).encode()
    assert read_request(compact).canonical_body == read_request(spaced).canonical_body


def test_a_date_stands_at_midnight_in_japan() -> None:
    assert read_request(encode(award())).award.awarded_at.isoformat() == "2026-10-01T00:00:00+09:00"


def test_a_digit_that_is_no_number_is_a_character_like_others() -> None:
    assert read_request(encode(award(externalId="²" * 12))).award.recipient.external_id == "²" * 12


def test_what_the_domain_takes_at_most_can_be_sent() -> None:
    name = "क्ष्म्य्" * 30  # 240 code points, 30 characters for a reader
    request = read_request(encode(with_name(fullName=name)))
    assert request.award.recipient.name.full_name == name
    evidence = {"name": "x" * 200, "description": "x" * 5_000, "id": "https://evidence.example/" + "x" * 2_000}
    assert read_request(encode(with_evidence(**evidence))).award.evidence[0].description == "x" * 5_000


def test_a_refused_link_is_pointed_to_by_the_name_that_was_sent() -> None:
    with pytest.raises(Error) as refused:
        read_request(encode(award(evidence=[{"id": "http://x"}])))
    assert refused.value.pointer == "/evidence/0/id"


def refusal_of(body: dict[str, Any]) -> Error:
    with pytest.raises(Error) as refused:
        read_request(encode(body))
    return refused.value


def said_of(error: Error) -> Sentence:
    return sentence(getattr(error, "sentence_code", error.code), **error.params)


def test_what_comes_from_the_accredited_version_is_told_so_and_a_slip_of_the_pen_is_not() -> None:
    generated, slip = refusal_of(award(creditsEarned=30)), refusal_of(award(awardDate="2026-10-01"))
    assert (generated.code, slip.code) == ("request.extra_member", "request.extra_member")
    assert "認証された版から" in said_of(generated).ja
    assert said_of(slip).ja == "項目「awardDate」は使えません。名前を確認してください。何も行っていません。"


def test_a_learners_name_in_the_place_of_a_member_is_not_repeated() -> None:
    refused = refusal_of(with_name(山田CANARY="x"))
    assert (refused.code, refused.pointer) == ("request.extra_member", "/recipient/name")
    assert refused.params == {"member": "…"}
    assert refusal_of(with_name(nickname="x")).pointer == "/recipient/name/nickname"


GOOD_JWK = "did:jwk:" + base64url.encode(json.dumps(public_jwk(ed25519_public_key())).encode())


@pytest.mark.parametrize("did", ["did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", GOOD_JWK, "did:example:1"])
def test_a_did_that_is_its_own_key_must_hold_one_and_of_others_the_syntax_is_asked_for(did: str) -> None:
    assert read_request(encode(award(recipient={**RECIPIENT, "did": did}))).award.recipient.did == did


@pytest.mark.parametrize("did", ["did:jwk:eyJrdHkiOiJFQyJ9", "did:jwk:e30", GOOD_JWK[:-4], "did:key:z6Mkha"])
def test_a_did_without_a_readable_key_is_refused(did: str) -> None:
    assert refusal_of({**award(), "recipient": {**RECIPIENT, "did": did}}).code == "request.did"
