"""Receipts of verifications over HTTP: signed by this organization, checked by it, and silent about learners."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey as Ed25519

from jmc_vc.domain.signing_key import JMC, KeyState
from jmc_vc.formats import baking, jcs
from jmc_vc.formats.data_model.presentation import MOST_CREDENTIALS
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jose import compact_jws
from jmc_vc.storage.transaction import Transaction
from jmc_vc.verifying.receipt import claims_of, read_claims, receipt_of
from jmc_vc.verifying.verify_receipt import LONGEST
from tests.builders.installation import OPERATOR, Installation, make_installation
from tests.builders.pictures import png
from tests.builders.web import WebClient, web_client
from tests.web.conftest import Running

WITH_RECEIPT = "/v1/verify?receipt=true"
CHECK = "/v1/verify/receipt"


@pytest.fixture(scope="module")
def credential(running: Running) -> dict[str, Any]:
    found: dict[str, Any] = running.issued()["credential"]
    return found


@pytest.fixture(scope="module")
def receipt(running: Running, credential: dict[str, Any]) -> str:
    found: str = running.client.post(WITH_RECEIPT, json=credential).json()["receipt"]
    return found


def part(token: str, place: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(base64url.decode(token.split(".")[place]))
    return found


def digest(data: bytes) -> str:
    return f"sha-256:{sha256(data).hexdigest()}"


def test_a_receipt_comes_only_where_it_is_asked_for(running: Running, credential: dict[str, Any]) -> None:
    assert "receipt" not in running.client.post("/v1/verify", json=credential).json()


def test_a_receipt_says_what_was_found_of_which_bytes(running: Running, credential: dict[str, Any]) -> None:
    body = json.dumps(credential, ensure_ascii=False, indent=2).encode()
    headers = {"content-type": "application/json"}
    report = running.client.post(WITH_RECEIPT, content=body, headers=headers).json()
    did = running.installation.service.site.did
    header, claims = part(report["receipt"], 0), part(report["receipt"], 1)
    assert header == {"alg": "EdDSA", "typ": "verification-receipt+jwt", "kid": f"{did}#key-1"}
    assert claims == {
        "iss": did,
        "iat": int(running.installation.now.timestamp()),
        "digest": digest(body),
        "verdict": "valid",
        "summary": "valid",
        "policy": "default",
        "checks": [{name: each[name] for name in ("id", "outcome", "code")} for each in report["checks"]],
        "accreditation": {"onAwardDate": "yes", "now": "yes"},
        "program": {"number": "JMC-P-900001", "version": "1", "issuer": "JMC-I-90001"},
    }


def test_a_receipt_says_nothing_of_a_learner(running: Running, credential: dict[str, Any], receipt: str) -> None:
    written = base64url.decode(receipt.split(".")[1]).decode()
    subject = credential["credentialSubject"]
    for secret in (credential["id"], credential["id"][-12:], "𠮷野", "learners.example", subject.get("id", "urn:uuid")):
        assert secret not in written


def test_a_forgery_has_a_receipt_that_names_nobody(running: Running, credential: dict[str, Any]) -> None:
    forged = {**credential, "name": "博士（架空）"}
    claims = part(running.client.post(WITH_RECEIPT, json=forged).json()["receipt"], 1)
    assert (claims["verdict"], claims["summary"]) == ("invalid", "not_trustworthy")
    assert "program" not in claims


def test_a_receipt_for_a_link_names_the_credential_to_which_it_leads(
    running: Running, credential: dict[str, Any]
) -> None:
    link = credential["id"]
    downloaded = running.client.get(link, headers={"accept": "application/vc"}).content
    for sent in ({"json": {"url": link}}, {"content": link, "headers": {"content-type": "text/plain"}}):
        claims = part(running.client.post(WITH_RECEIPT, **sent).json()["receipt"], 1)
        assert claims["digest"] == digest(downloaded)


def test_a_receipt_for_a_picture_names_the_picture(running: Running, credential: dict[str, Any]) -> None:
    picture = baking.bake(png(), json.dumps(credential).encode())
    answer = running.client.post(WITH_RECEIPT, content=picture, headers={"content-type": "image/png"})
    assert part(answer.json()["receipt"], 1)["digest"] == digest(picture)


def test_a_receipt_names_the_credential_and_not_what_was_asked_with_it(
    running: Running, credential: dict[str, Any]
) -> None:
    written = json.dumps(credential, indent=1)
    body = f'{{"credential": {written}, "recipient": {{"name": "x"}}}}'.encode()
    answer = running.client.post(WITH_RECEIPT, content=body, headers={"content-type": "application/json"})
    assert part(answer.json()["receipt"], 1)["digest"] == digest(written.encode())


@pytest.mark.parametrize("media_type", ["text/plain", "application/jwt", "application/verification-receipt+jwt"])
def test_a_receipt_is_told_to_be_genuine_and_shown(running: Running, receipt: str, media_type: str) -> None:
    broken_over_lines = "\r\n".join(receipt[place : place + 76] for place in range(0, len(receipt), 76))
    answer = running.client.post(
        CHECK, content=broken_over_lines, headers={"content-type": media_type, "accept-language": "en"}
    )
    report = answer.json()
    assert (report["outcome"], report["code"], report["digestMatches"]) == ("pass", "receipt.genuine", None)
    assert report["text"].startswith("This receipt is genuine")
    shown, claims = report["receipt"], part(receipt, 1)
    assert shown["checkedAt"] == "2026-11-23T03:00:00Z"
    assert shown["summary"] == {"code": "valid", "ja": "この証明は有効です。", "en": "This credential is valid."}
    assert {name: shown[name] for name in ("digest", "verdict", "policy", "checks", "accreditation", "program")} == {
        name: claims[name] for name in ("digest", "verdict", "policy", "checks", "accreditation", "program")
    }
    assert (answer.headers["content-language"], answer.headers["cache-control"]) == ("en", "no-store")


def test_a_receipt_is_compared_with_the_digest_of_a_file(running: Running, receipt: str) -> None:
    right = part(receipt, 1)["digest"]
    for given, matches in ((right, True), (digest(b"another file"), False)):
        report = running.client.post(CHECK, json={"receipt": receipt, "digest": given}).json()
        assert (report["outcome"], report["digestMatches"]) == ("pass", matches)


@pytest.mark.parametrize("given", ["", "sha-256:", "SHA-256:" + "0" * 64, "0" * 64, 7, ["sha-256:" + "0" * 64]])
def test_a_digest_of_another_form_is_refused(running: Running, receipt: str, given: Any) -> None:
    answer = running.client.post(CHECK, json={"receipt": receipt, "digest": given})
    assert (answer.status_code, answer.json()["code"]) == (422, "receipt.digest")


def _changed(receipt: str, **claims: Any) -> str:
    header, _, signature = receipt.split(".")
    payload = base64url.encode(json.dumps({**part(receipt, 1), **claims}).encode())
    return f"{header}.{payload}.{signature}"


def _headed(receipt: str, **members: Any) -> str:
    _, payload, signature = receipt.split(".")
    return f"{base64url.encode(json.dumps({**part(receipt, 0), **members}).encode())}.{payload}.{signature}"


def _signed_by_a_stranger(receipt: str) -> str:
    own = Ed25519.generate()
    return compact_jws.write(
        part(receipt, 0), json.dumps(part(receipt, 1)).encode(), lambda data: own.sign(data).signature
    )


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda receipt: _changed(receipt, verdict="invalid"), "receipt.signature"),
        (lambda receipt: _changed(receipt, iat=0), "receipt.signature"),
        (_signed_by_a_stranger, "receipt.signature"),
        (lambda receipt: _headed(receipt, kid="did:web:evil.example#key-1"), "receipt.issuer"),
        (lambda receipt: _headed(receipt, kid=7), "receipt.issuer"),
        (lambda receipt: _changed(receipt, iss="did:web:evil.example"), "receipt.issuer"),
        (lambda receipt: _headed(receipt, kid=f"{part(receipt, 1)['iss']}#key-99"), "receipt.key"),
        (lambda receipt: _headed(receipt, alg="ES256"), "receipt.signature"),
    ],
    ids=["verdict", "time", "stranger", "other issuer", "kid no text", "other iss", "unknown key", "other algorithm"],
)
def test_a_forged_receipt_is_a_result_and_shows_nothing(running: Running, receipt: str, spoil: Any, code: str) -> None:
    answer = running.client.post(CHECK, content=spoil(receipt), headers={"content-type": "text/plain"})
    assert answer.status_code == 200
    report = answer.json()
    assert (report["outcome"], report["code"], report["receipt"]) == ("fail", code, None)


def test_every_changed_character_is_found(running: Running, receipt: str) -> None:
    for place in range(0, len(receipt), 37):
        other = "A" if receipt[place] != "A" else "B"
        spoiled = receipt[:place] + other + receipt[place + 1 :]
        answer = running.client.post(CHECK, content=spoiled, headers={"content-type": "text/plain"})
        assert answer.status_code in (200, 400, 422)
        assert answer.json().get("outcome") != "pass"


@pytest.mark.parametrize(
    ("body", "media_type", "problem"),
    [
        ("", "text/plain", (400, "receipt.syntax")),
        ("a.b", "text/plain", (400, "receipt.syntax")),
        ("ü.b.c", "text/plain", (400, "receipt.syntax")),
        ("A" * 20_000, "text/plain", (400, "receipt.syntax")),
        ("{}", "application/json", (400, "receipt.syntax")),
        ("[]", "application/json", (400, "receipt.syntax")),
        ('{"receipt": "a.b.c", "x": 1}', "application/json", (400, "receipt.syntax")),
        ("{", "application/json", (400, "parse.syntax")),
        ("a.b.c", "text/html", (415, "request.content_type")),
    ],
)
def test_what_is_no_receipt_is_an_error(running: Running, body: str, media_type: str, problem: tuple[int, str]) -> None:
    answer = running.client.post(CHECK, content=body.encode(), headers={"content-type": media_type})
    assert (answer.status_code, answer.json()["code"]) == problem


def test_a_credential_is_no_receipt_and_a_receipt_no_credential(running: Running, receipt: str) -> None:
    answer = running.client.post("/v1/verify", content=receipt, headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.json()["code"]) == (422, "verify.a_receipt")
    for header in ({}, {"typ": "JWT"}, {"typ": "vc+jwt"}, {"typ": 7}):
        token = compact_jws.write(
            {**{n: v for n, v in part(receipt, 0).items() if n != "typ"}, **header},
            base64url.decode(receipt.split(".")[1]),
            lambda _: b"x" * 64,
        )
        answer = running.client.post(CHECK, content=token, headers={"content-type": "text/plain"})
        wrong = (400, "receipt.syntax") if header == {"typ": 7} else (422, "receipt.a_credential")
        assert (answer.status_code, answer.json()["code"]) == wrong


def presented(*credentials: Any) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": list(credentials),
    }


def test_a_receipt_of_a_presentation_names_the_verdict_on_each_credential_in_order(
    running: Running, credential: dict[str, Any]
) -> None:
    shown = [{**credential, "name": "博士（架空）"}, credential, {"id": "urn:uuid:1", "type": ["VerifiableCredential"]}]
    report = running.client.post(WITH_RECEIPT, json=presented(*shown)).json()
    claims = part(report["receipt"], 1)
    assert claims["credentials"] == [
        {"digest": jcs.digest(each), "verdict": verdict, "summary": summary}
        for each, verdict, summary in zip(
            shown,
            ("invalid", "valid", "invalid"),
            ("not_trustworthy", "valid", "not_trustworthy"),
            strict=True,
        )
    ]
    assert [each["verdict"] for each in claims["credentials"]] == [each["verdict"] for each in report["credentials"]]
    written = json.dumps(claims, ensure_ascii=False)
    for secret in (credential["id"], "𠮷野", "learners.example", "urn:uuid"):
        assert secret not in written
    checked = running.client.post(CHECK, json={"receipt": report["receipt"]}).json()
    assert [(each["digest"], each["verdict"]) for each in checked["receipt"]["credentials"]] == [
        (each["digest"], each["verdict"]) for each in claims["credentials"]
    ]


def test_the_receipt_of_the_largest_presentation_is_read(running: Running, credential: dict[str, Any]) -> None:
    short = {name: credential[name] for name in ("@context", "type", "issuer", "proof")}
    largest = presented(*[{**short, "name": str(n)} for n in range(MOST_CREDENTIALS)])
    receipt = running.client.post(WITH_RECEIPT, json=largest).json()["receipt"]
    checked = running.client.post(CHECK, json={"receipt": receipt}).json()
    assert len(checked["receipt"]["credentials"]) == MOST_CREDENTIALS
    assert 2 * len(receipt) < LONGEST


def test_a_receipt_of_one_credential_names_no_others(receipt: str) -> None:
    assert "credentials" not in part(receipt, 1)


# Keys


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Installation, WebClient]]:
    installation = make_installation(tmp_path)
    with web_client(installation.service) as client:
        yield installation, client
    installation.service.database.close()


def _receipt(installation: Installation, client: WebClient) -> dict[str, Any]:
    body = installation.issue().body
    answer: dict[str, Any] = client.post(
        WITH_RECEIPT, content=body, headers={"content-type": "application/json"}
    ).json()
    return answer


def _checked(client: WebClient, receipt: str) -> dict[str, Any]:
    found: dict[str, Any] = client.post(CHECK, content=receipt, headers={"content-type": "text/plain"}).json()
    return found


def test_a_receipt_by_a_key_that_was_retired_is_as_good_as_ever(own: tuple[Installation, WebClient]) -> None:
    installation, client = own
    receipt = _receipt(installation, client)["receipt"]
    installation.service.rotate_key(JMC, actor=OPERATOR, now=installation.now)
    installation.clock.move(days=3_000)
    report = _checked(client, receipt)
    assert (report["outcome"], report["receipt"]["checkedAt"]) == ("pass", "2026-11-23T03:00:00Z")


def test_of_a_receipt_by_a_compromised_key_nothing_can_be_told(own: tuple[Installation, WebClient]) -> None:
    installation, client = own
    receipt = _receipt(installation, client)["receipt"]
    installation.clock.move(days=30)
    installation.service.compromise_key(
        JMC, "key-1", since=installation.now - timedelta(days=1), reason="test", actor=OPERATOR, now=installation.now
    )
    report = _checked(client, receipt)
    assert (report["outcome"], report["code"], report["receipt"]) == ("unknown", "receipt.key_compromised", None)


@pytest.mark.parametrize(("move", "outcome"), [(timedelta(minutes=4), "pass"), (timedelta(minutes=6), "fail")])
@pytest.mark.parametrize("way", [1, -1])
def test_a_receipt_from_when_its_key_did_not_sign_is_no_receipt(
    own: tuple[Installation, WebClient], move: timedelta, way: int, outcome: str
) -> None:
    installation, client = own
    report = installation.service.verify(installation.issue().body, now=installation.now)
    receipt = replace(receipt_of(report, b""), checked_at=installation.now + way * move)
    assert _checked(client, installation.service.sign_receipt(receipt))["outcome"] == outcome


def test_without_a_key_the_report_comes_and_says_why_there_is_no_receipt(own: tuple[Installation, WebClient]) -> None:
    installation, client = own
    body = installation.issue().body
    service = installation.service

    def retire(tx: Transaction) -> None:
        key = tx.signing_keys.active(JMC)
        assert key is not None
        tx.signing_keys.save(replace(key, state=KeyState.RETIRED, retired_at=installation.now))

    service.database.write(retire)
    report = client.post(WITH_RECEIPT, content=body, headers={"content-type": "application/json"}).json()
    assert (report["verdict"], report["receipt"]) == ("valid", None)
    assert report["receiptProblem"]["code"] == "receipt.no_key"
    assert set(report["receiptProblem"]["message"]) == {"ja", "en"}


def test_what_is_written_is_read_back(own: tuple[Installation, WebClient]) -> None:
    installation, _ = own
    report = installation.service.verify(installation.issue().body, now=installation.now)
    receipt = receipt_of(report, b"x")
    assert read_claims(claims_of(receipt, signer="did:web:x")) == receipt
