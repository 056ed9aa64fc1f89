"""Awarding over HTTP: what comes back, who may, and what is refused (bad-input catalogue, "Assertion POST")."""

import json
from collections import Counter
from typing import Any

import pytest

from tests.web.conftest import Running

JSON_TYPE = {"content-type": "application/json"}


def test_an_award_becomes_a_credential_that_verifies(running: Running) -> None:
    answer = running.post("/v1/assertions", running.award())
    assert answer.status_code == 201
    issued = answer.json()
    assert set(issued) == {"id", "status", "credential", "links"}
    assert issued["status"] == "active"
    assert issued["id"] == issued["credential"]["id"] == issued["links"]["credential"]
    assert answer.headers["location"] == issued["links"]["self"]
    assert answer.headers["cache-control"] == "no-store"
    report = running.client.post("/v1/verify", json=issued["credential"])
    assert report.json()["verdict"] == "valid"
    assert running.client.get(issued["links"]["statusList"]).status_code == 200


def test_the_credential_in_the_answer_is_the_signed_text(running: Running) -> None:
    issued = running.post("/v1/assertions", running.award())
    signed = running.client.get(issued.json()["id"], headers={"accept": "application/vc"}).content
    assert signed in issued.content


def test_ap_09_the_same_key_and_body_at_once_is_one_credential(running: Running) -> None:
    headers = {**running.bearer(), "idempotency-key": "at-once"}
    options = {"json": running.award(), "headers": headers}
    answers = running.client.many([("POST", "/v1/assertions", options)] * 20)
    good = [answer for answer in answers if answer.status_code == 201]
    assert good
    assert len({answer.content for answer in good}) == 1
    assert Counter(answer.status_code for answer in answers).keys() <= {201, 503}
    again = running.client.request("POST", "/v1/assertions", **options)
    assert again.content == good[0].content


def test_ap_10_the_same_key_with_another_body_is_a_conflict(running: Running) -> None:
    first, second = running.award(), running.award()
    assert running.post("/v1/assertions", first, **{"idempotency-key": "one"}).status_code == 201
    answer = running.post("/v1/assertions", second, **{"idempotency-key": "one"})
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_conflict")


@pytest.mark.parametrize("key", ["", "a b", "ä", "x" * 256, "a\tb"])
def test_an_idempotency_key_is_short_and_visible(running: Running, key: str) -> None:
    headers = {**running.bearer(), "idempotency-key": key.encode()}
    answer = running.client.post("/v1/assertions", json=running.award(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "request.idempotency_key")


def test_the_same_learner_does_not_get_the_same_award_twice(running: Running) -> None:
    body = running.award()
    assert running.post("/v1/assertions", body).status_code == 201
    answer = running.post("/v1/assertions", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate_award")


EVIDENCE = {"id": "https://evidence.example/1", "name": "Report"}

REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "AP-01": ({"program": "JMC-P-999999"}, "program.unknown"),
    "AP-02": ({"program": "JMC-P-900003"}, "program.unknown"),
    "AP-04 issuer": ({"issuer": "did:web:evil.test"}, "request.extra_member"),
    "AP-04 proof": ({"proof": {}}, "request.extra_member"),
    "AP-04 id": ({"id": "urn:uuid:1"}, "request.extra_member"),
    "AP-05 status": ({"evidence": [{**EVIDENCE, "credentialStatus": {}}]}, "request.extra_member"),
    "AP-05 context": ({"evidence": [{**EVIDENCE, "@context": "https://evil.test"}]}, "request.extra_member"),
    "AP-05 type": ({"evidence": [{**EVIDENCE, "type": ["Proof"]}]}, "request.extra_member"),
    "AP-06 credits": ({"creditsEarned": 20}, "request.extra_member"),
    "AP-06 level": ({"level": {"value": 8}}, "request.extra_member"),
    "AP-06 hours": ({"notionalHours": 900}, "request.extra_member"),
    "AP-19 image": ({"image": "data:image/svg+xml,<svg><script>alert(1)</script></svg>"}, "request.extra_member"),
    "AP-16 evidence": ({"evidence": [{"name": "x"}] * 10_000}, "parse.limit"),
    "AP-17 script": ({"evidence": [{"id": "javascript:alert(1)"}]}, "request.evidence_url"),
    "AP-17 file": ({"evidence": [{"id": "file:///etc/passwd"}]}, "request.evidence_url"),
    "AP-20 maximum": ({"results": [{"assessment": "A1", "value": "101"}, {"assessment": "A2", "value": "L3"}]}, ""),
    "AP-27 text": ({"retake": "true"}, "request.value"),
    "AP-27 number": ({"retake": 1}, "request.value"),
    "AP-27 result": (
        {"results": [{"assessment": "A1", "value": 82}, {"assessment": "A2", "value": "L3"}]},
        "request.value",
    ),
    "AP-27 version": ({"version": 1}, "request.value"),
    "AP-13 future": ({"awardedDate": "2027-10-01"}, ""),
    "AP-13 year 10000": ({"awardedDate": "10000-01-01"}, ""),
    "a slip of the pen": ({"awardDate": "2026-10-01"}, "request.extra_member"),
    "no results": ({"results": []}, ""),
    "results of another shape": ({"results": {"A1": "82"}}, "request.value"),
    "recipient is a text": ({"recipient": "𠮷野"}, "request.value"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_award_is_refused_and_nothing_is_written(running: Running, case: str) -> None:
    changes, code = REFUSED[case]
    before = running.installation.rows()
    answer = running.post("/v1/assertions", running.award(**changes))
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == code or not code
    assert running.installation.rows() == before


RAW = {
    "AP-14 NUL": b'{"program":"JMC-P-900001\\u0000"}',
    "AP-14 surrogate": b'{"program":"\\ud800"}',
    "AP-20 NaN": b'{"program":"JMC-P-900001","results":[{"assessment":"A1","value":NaN}]}',
    "AP-20 1e999": b'{"program":"JMC-P-900001","results":[{"assessment":"A1","value":1e999}]}',
    "AP-16 name": json.dumps({"program": "x", "recipient": {"name": {"fullName": "名" * 100_000}}}).encode(),
    "an array": b"[]",
    "a number": b"1",
    "an empty object": b"{}",
}


@pytest.mark.parametrize("case", RAW)
def test_a_body_with_values_that_nothing_can_have_is_not_acceptable(running: Running, case: str) -> None:
    answer = running.client.post("/v1/assertions", content=RAW[case], headers={**JSON_TYPE, **running.bearer()})
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe{\x00}\x00", b'{"a":1,"a":2}', b"[" * 100_000, b"\xef\xbb\xbf{}"]
)
def test_a_body_that_is_no_json_is_malformed(running: Running, body: bytes) -> None:
    answer = running.client.post("/v1/assertions", content=body, headers={**JSON_TYPE, **running.bearer()})
    assert answer.status_code == 400, answer.text


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "text/plain",
        "application/json; charset=shift_jis",
        "application/json; charset=utf-16",
        "application/jsonx",
        "application/vc",
        "application/json, text/plain",
        "multipart/form-data",
    ],
)
def test_ap_23_another_media_type_is_not_read(running: Running, content_type: str | None) -> None:
    """AP-23."""
    headers = running.bearer() if content_type is None else {**running.bearer(), "content-type": content_type}
    answer = running.client.post("/v1/assertions", content=b"{}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "request.content_type")


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", 'Application/JSON; Charset="UTF-8"'])
def test_utf_8_may_be_said(running: Running, content_type: str) -> None:
    body = json.dumps(running.award()).encode()
    answer = running.client.post(
        "/v1/assertions", content=body, headers={"content-type": content_type, **running.bearer()}
    )
    assert answer.status_code == 201


def test_an_award_may_come_in_chunks(running: Running) -> None:
    body = json.dumps(running.award()).encode()
    chunks = [body[:7], body[7:100], body[100:]]
    answer = running.client.post("/v1/assertions", content=chunks, headers={**JSON_TYPE, **running.bearer()})
    assert answer.status_code == 201


def test_ap_28_another_issuers_credential_does_not_exist(running: Running) -> None:
    issued = running.issued()
    uuid = issued["id"].rpartition("/")[2]
    other = running.bearer(running.other)
    unknown = "/v1/assertions/00000000-0000-4000-8000-000000000000"
    for path in (f"/v1/assertions/{uuid}", unknown):
        assert running.client.get(path, headers=other).status_code == 404
        change = {"action": "revoke", "reasonCode": "issued_in_error"}
        assert running.post(f"{path}/status", change, running.other).status_code == 404
    assert running.client.get(f"/v1/assertions/{uuid}", headers=running.bearer()).json()["status"] == "active"
    with running.installation.service.database.read() as snapshot:
        entries = snapshot.audit_log.of_object(uuid)
    assert any(entry.action == "foreign-credential-refused" for entry in entries)


def test_an_unknown_version_of_ones_own_program_is_told_at_the_version(running: Running) -> None:
    answer = running.post("/v1/assertions", running.award(version="99"))
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["code"], fault["pointer"]) == (422, "program.unknown", "/version")
    assert "指定された版はありません" in fault["message"]["ja"]
    foreign = running.post("/v1/assertions", running.award(program="JMC-P-900003", version="99"))
    assert foreign.json()["errors"][0]["pointer"] == "/program"


def test_a_member_that_is_somebodys_name_is_not_repeated(running: Running) -> None:
    """HT-10: whoever puts a name in the place of a member gets no copy of it in an answer."""
    answer = running.post("/v1/assertions", running.award(recipient={"name": {"山田CANARY": "x"}}))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/recipient/name"
    assert "CANARY" not in answer.text
    twice = '{"山田CANARY":1,"山田CANARY":2}'.encode()
    again = running.client.post("/v1/assertions", content=twice, headers={**JSON_TYPE, **running.bearer()})
    assert again.status_code == 400
    assert "CANARY" not in again.text


def test_ap_29_a_change_of_status_with_a_date_is_not_told_about_awards(running: Running) -> None:
    """AP-29: revoke with a future date."""
    change = {"action": "revoke", "reasonCode": "issued_in_error", "revokedAt": "2030-01-01"}
    answer = running.post(f"{running.issued()['links']['self']}/status", change)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.extra_member")
    assert answer.json()["detail"] == "項目「revokedAt」は使えません。名前を確認してください。何も行っていません。"
    issuer = running.post(f"{running.issued()['links']['self']}/status", {**change, "issuer": "x"})
    assert "証明は発行していません" not in issuer.text


def test_ap_29_revoking_twice_is_revoking_once(running: Running) -> None:
    """AP-29: revoke twice."""
    path = f"{running.issued()['links']['self']}/status"
    change = {"action": "revoke", "reasonCode": "issued_in_error", "reason": "別人に授与しました。"}
    first, second = running.post(path, change), running.post(path, change)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert first.json()["status"] == "revoked"
    back = running.post(path, {"action": "reinstate"})
    assert back.status_code == 409


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"action": "revoke"}, 422),
        ({"action": "revoke", "reasonCode": "non_payment"}, 422),
        ({"action": "delete", "reasonCode": "issued_in_error"}, 422),
        ({"action": "revoke", "reasonCode": "issued_in_error", "revokedAt": "2030-01-01"}, 422),
        ({"action": "revoke", "reasonCode": 1}, 422),
        ({"reasonCode": "issued_in_error"}, 422),
        ({"action": "reinstate"}, 409),
        ([], 422),
    ],
)
def test_a_change_of_status_that_makes_no_sense_is_refused(running: Running, change: Any, status: int) -> None:
    issued = running.issued()
    answer = running.post(f"{issued['links']['self']}/status", change)
    assert answer.status_code == status, answer.text
    assert running.client.get(issued["links"]["self"], headers=running.bearer()).json()["status"] == "active"


def test_a_suspension_for_a_reason_that_is_none_is_not_told_about_revocations_alone(running: Running) -> None:
    answer = running.post(f"{running.issued()['links']['self']}/status", {"action": "suspend", "reasonCode": "x"})
    assert (answer.status_code, answer.json()["code"]) == (422, "status.reason_unknown")
    assert "一時停止の理由" in answer.json()["detail"]


def test_a_suspension_can_be_lifted(running: Running) -> None:
    issued = running.issued()
    path = f"{issued['links']['self']}/status"
    assert running.post(path, {"action": "suspend"}).json()["status"] == "suspended"
    assert running.client.post("/v1/verify", json=issued["credential"]).json()["verdict"] == "invalid"
    assert running.post(path, {"action": "reinstate"}).json()["status"] == "active"
    assert running.client.post("/v1/verify", json=issued["credential"]).json()["verdict"] == "valid"


def test_one_reads_ones_own_credentials_page_by_page(running: Running) -> None:
    for _ in range(3):
        running.issued()
        running.installation.clock.move(seconds=1)
    seen: list[str] = []
    query = "?limit=2"
    while True:
        page = running.client.get(f"/v1/assertions{query}", headers=running.bearer()).json()
        assert len(page["items"]) <= 2
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        query = f"?limit=2&cursor={page['next']}"
    assert len(seen) == len(set(seen)) == len(running.installation.rows())
    text = running.client.get("/v1/assertions", headers=running.bearer()).text
    assert "𠮷野" not in text
    assert "learners.example" not in text


@pytest.mark.parametrize("limit", ["-1", "0", "201", "9223372036854775808", "1e2", " 5", "１", "", "abc"])
def test_db_08_a_limit_is_a_small_number(running: Running, limit: str) -> None:
    answer = running.client.get("/v1/assertions", params={"limit": limit}, headers=running.bearer())
    assert (answer.status_code, answer.json()["code"]) == (400, "request.limit")


def test_db_08_a_cursor_that_we_did_not_give_is_refused(running: Running) -> None:
    for _ in range(2):
        running.issued()
    cursor = running.client.get("/v1/assertions?limit=1", headers=running.bearer()).json()["next"]
    flipped = cursor[:-2] + ("A" if cursor[-2] != "A" else "B") + cursor[-1]
    for wrong in (flipped, cursor[:-1], cursor + "A", f"{cursor}=", "", "x", "9223372036854775808", "%00", "é"):
        answer = running.client.get("/v1/assertions", params={"cursor": wrong}, headers=running.bearer())
        assert (answer.status_code, answer.json()["code"]) == (400, "request.cursor"), wrong
    borrowed = running.client.get("/v1/assertions", params={"cursor": cursor}, headers=running.bearer(running.other))
    assert borrowed.status_code == 400
