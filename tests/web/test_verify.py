"""Verifying over HTTP: 200 whatever the verdict, and an error only for what cannot be read."""

import asyncio
import copy
import json
import threading
from typing import Any

import pytest

from jmc_vc.formats import baking
from jmc_vc.sentences import SENTENCES, sentence
from jmc_vc.web.rooms import Crowded, TooManyFromOne
from jmc_vc.web.verify_api.gate import Gate
from tests.builders.pictures import png
from tests.web.conftest import Running


@pytest.fixture(scope="module")
def credential(running: Running) -> dict[str, Any]:
    found: dict[str, Any] = running.issued()["credential"]
    return found


def test_the_report_has_the_promised_members(running: Running, credential: dict[str, Any]) -> None:
    report = running.client.post("/v1/verify", json=credential).json()
    assert set(report) == {
        "verdict", "summary", "next", "input", "checks", "endorsements", "notes", "accreditation", "axes", "credential",
        "policy", "checkedAt", "language", "text",
    }  # fmt: skip
    assert (report["input"], report["notes"]) == ({"form": "json", "from": "text"}, [])
    assert (report["verdict"], report["policy"]) == ("valid", "default")
    assert report["summary"] == {"code": "valid", "ja": "この証明は有効です。", "en": "This credential is valid."}
    assert report["accreditation"] == {"onAwardDate": "yes", "now": "yes"}
    assert report["checkedAt"] == "2026-11-23T03:00:00Z"
    assert [axis["id"] for axis in report["axes"]] == [
        "authenticity", "integrity", "status", "accreditedOnAwardDate", "accreditedNow", "holder",
    ]  # fmt: skip
    for part in (*report["checks"], *report["axes"]):
        assert part["code"] in SENTENCES
        assert set(part["message"]) == {"ja", "en"}
    assert report["credential"]["recipient"]["names"] == ["𠮷野 葛󠄀葉"]
    assert report["credential"]["issuer"]["registered"] is True
    assert report["credential"]["program"] == {
        "number": "JMC-P-900001",
        "version": "1",
        "registered": True,
        "state": "effective",
    }
    assert report["credential"]["testData"] is True


def test_a_changed_credential_is_a_result_and_shows_nothing(running: Running, credential: dict[str, Any]) -> None:
    changed = copy.deepcopy(credential)
    changed["name"] = "博士（架空）"
    answer = running.client.post("/v1/verify", json=changed)
    assert (answer.status_code, answer.json()["verdict"]) == (200, "invalid")
    assert answer.json()["credential"] is None
    assert "博士" not in answer.text


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/vc", "application/vc+ld+json", "application/ld+json; charset=UTF-8"]
)
def test_every_name_of_a_credential_in_json_is_taken(
    running: Running, credential: dict[str, Any], media_type: str
) -> None:
    answer = running.client.post("/v1/verify", json=credential, headers={"content-type": media_type})
    assert answer.json()["verdict"] == "valid"


@pytest.mark.parametrize("media_type", ["image/png", "application/octet-stream; x=1"])
def test_a_credential_in_a_picture_is_taken(running: Running, credential: dict[str, Any], media_type: str) -> None:
    picture = baking.bake(png(), json.dumps(credential).encode())
    answer = running.client.post("/v1/verify", content=picture, headers={"content-type": media_type})
    if media_type == "image/png":
        assert answer.json()["verdict"] == "valid"
    else:
        assert answer.json()["code"] == "request.content_type"


@pytest.mark.parametrize("media_type", ["text/plain", "application/vc+jwt", "application/jwt"])
def test_a_token_is_taken_as_text(running: Running, media_type: str) -> None:
    token = "eyJhbGciOiJub25lIn0.eyJ2YyI6e319.AA"
    report = running.client.post("/v1/verify", content=token, headers={"content-type": media_type}).json()
    proof = next(check for check in report["checks"] if check["id"] == "proof")
    assert (report["verdict"], proof["code"]) == ("invalid", "token.algorithm")  # VW-01


@pytest.mark.parametrize("media_type", ["text/html", "application/xml", "image/bmp"])
def test_other_forms_are_not_taken(running: Running, media_type: str) -> None:
    answer = running.client.post("/v1/verify", content=b"{}", headers={"content-type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (415, "request.content_type")


@pytest.mark.parametrize(
    ("path", "sent", "takes"),
    [
        ("/v1/verify", "application/octet-stream", "PDF"),
        ("/v1/verify", "", "PDF"),
        ("/v1/verify/batch", "text/plain", "NDJSON"),
        ("/v1/verify/batch", "text/csv; charset=utf-16", "NDJSON"),
        ("/v1/verify/receipt", "image/png", "text/plain"),
    ],
)
def test_the_refusal_of_a_form_names_those_that_are_taken(running: Running, path: str, sent: str, takes: str) -> None:
    answer = running.client.post(path, content=b"x", headers={"content-type": sent, "accept-language": "ja"})
    assert (answer.status_code, answer.json()["code"]) == (415, "request.content_type")
    assert takes in answer.json()["message"]["ja"]
    assert takes in answer.json()["message"]["en"]


def test_a_text_that_is_nothing_is_told_as_that(running: Running) -> None:
    """Where it stops being JSON helps nobody who did not mean JSON."""
    answer = running.client.post("/v1/verify", content="こんにちは".encode(), headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.json()["code"]) == (400, "verify.not_recognized")
    for sent in ("こんにちは".encode(), b""):
        answer = running.client.post("/v1/verify", content=sent, headers={"content-type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (400, "parse.syntax")
        assert "文字目" not in answer.json()["message"]["ja"]
    answer = running.client.post(
        "/v1/verify", content='{"a":1}'.encode("utf-16"), headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "parse.encoding")
    answer = running.client.post("/v1/verify", content=b'{"a": 1,}', headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.json()["code"]) == (400, "parse.syntax")


@pytest.mark.parametrize("around", ["<{}>", "（{}）", "{}。", "証明のリンクは{}です。", "See {}, please."])
def test_a_link_of_ours_is_found_in_what_people_write_around_it(
    running: Running, credential: dict[str, Any], around: str
) -> None:
    text = around.format(credential["id"]).encode()
    report = running.client.post("/v1/verify", content=text, headers={"content-type": "text/plain"}).json()
    assert (report["verdict"], report["input"]["from"]) == ("valid", "link")


QUERIES = {
    "twice": ("policy=technical&policy=strict", "http.query.twice", {"parameter": "policy"}),
    "twice the same": ("receipt=true&receipt=true", "http.query.twice", {"parameter": "receipt"}),
    "misspelt": ("polcy=technical", "http.query.unknown", {"known": "policy, receipt"}),
    "in capitals": ("Policy=technical", "http.query.unknown", {"known": "policy, receipt"}),
    "no value of its kind": ("receipt=maybe", "http.query", {"parameter": "receipt"}),
}


@pytest.mark.parametrize("path", ["/v1/verify", "/v1/verify/batch"])
@pytest.mark.parametrize("name", QUERIES)
def test_a_parameter_that_could_be_read_in_two_ways_is_refused(
    running: Running, credential: dict[str, Any], path: str, name: str
) -> None:
    """Else `default` would be answered to who asked for something else."""
    query, code, params = QUERIES[name]
    answer = running.client.post(f"{path}?{query}", json=[credential] if "batch" in path else credential)
    assert (answer.status_code, answer.json()["code"]) == (400, "http.query")
    assert answer.json()["message"]["en"] == sentence(code, **params).en


def test_where_there_are_no_parameters_none_is_taken(running: Running) -> None:
    answer = running.client.post("/v1/verify/receipt?policy=default", json={"receipt": "x"})
    assert (answer.status_code, answer.json()["code"]) == (400, "http.query")


@pytest.mark.parametrize("policy", ["default", "strict", "technical"])
def test_the_policy_is_the_callers_choice(running: Running, credential: dict[str, Any], policy: str) -> None:
    report = running.client.post(f"/v1/verify?policy={policy}", json=credential).json()
    assert (report["policy"], report["verdict"]) == (policy, "valid")


def test_an_unknown_policy_is_refused(running: Running, credential: dict[str, Any]) -> None:
    answer = running.client.post("/v1/verify?policy=hunter2", json=credential)
    assert (answer.status_code, answer.json()["code"]) == (422, "verify.policy_unknown")
    assert "hunter2" not in answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"1", b"[]", b"{}", b'"text"', b"\xff", b"null"])
def test_vj_26_what_is_no_credential_is_an_error(running: Running, body: bytes) -> None:
    answer = running.client.post("/v1/verify", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_vj_20_a_body_of_ten_megabytes_is_too_large(running: Running) -> None:
    answer = running.client.post("/v1/verify", content=b" " * (10 << 20), headers={"content-type": "application/json"})
    assert answer.status_code == 413


def test_verification_needs_no_key_and_says_nothing_about_one(running: Running, credential: dict[str, Any]) -> None:
    answer = running.client.post("/v1/verify", json=credential, headers={"authorization": "Bearer wrong"})
    assert answer.json()["verdict"] == "valid"
    assert answer.headers["cache-control"] == "no-store"


def test_nobody_waits_behind_all_that_somebody_else_asked_for() -> None:
    gate = Gate(threads=1)
    hold, done = threading.Event(), list[str]()

    async def scenario() -> None:
        first = [asyncio.ensure_future(gate.run("many", hold.wait, 10)) for _ in range(2)]  # as many as are handed on
        many = [asyncio.ensure_future(gate.run("many", done.append, f"many {number}")) for number in range(4)]
        await asyncio.sleep(0)
        given_up = asyncio.ensure_future(gate.run("gone", done.append, "gone"))
        one = asyncio.ensure_future(gate.run("one", done.append, "one"))
        await asyncio.sleep(0)
        given_up.cancel()
        hold.set()
        await asyncio.gather(*first, *many, one)
        assert await gate.run("gone", lambda: "in again") == "in again"

    asyncio.run(scenario())
    gate.close()
    assert done == ["many 0", "one", "many 1", "many 2", "many 3"]


def test_a_client_that_fills_the_room_is_asked_to_wait() -> None:
    gate = Gate(threads=1, most_from_one=2, most=3)
    hold = threading.Event()

    async def scenario() -> None:
        waiting = [asyncio.ensure_future(gate.run(client, hold.wait, 10)) for client in ("a", "a", "b")]
        await asyncio.sleep(0)
        with pytest.raises(TooManyFromOne):
            await gate.run("a", hold.wait)
        with pytest.raises(Crowded):
            await gate.run("c", hold.wait)
        hold.set()
        assert await asyncio.gather(*waiting) == [True, True, True]
        assert await gate.run("a", lambda: "in again") == "in again"

    asyncio.run(scenario())
    gate.close()


@pytest.mark.parametrize(
    ("wanted", "language", "text"),
    [
        (None, "ja", "この証明は有効です。"),
        ("en-GB, ja;q=0.5", "en", "This credential is valid."),
        ("ja", "ja", "この証明は有効です。"),
        ("fr, de", "ja", "この証明は有効です。"),
    ],
)
def test_the_text_of_a_report_is_in_the_language_that_the_client_wants(
    running: Running, credential: dict[str, Any], wanted: str | None, language: str, text: str
) -> None:
    headers = {} if wanted is None else {"accept-language": wanted}
    answer = running.client.post("/v1/verify", json=credential, headers=headers)
    assert (answer.json()["language"], answer.json()["text"]) == (language, text)
    assert answer.headers["content-language"] == language
    assert "accept-language" in answer.headers["vary"]
    assert set(answer.json()["summary"]) == {"code", "ja", "en"}


def test_the_text_says_why_a_credential_is_not_valid(running: Running, credential: dict[str, Any]) -> None:
    forged = {**credential, "name": "x"}
    report = running.client.post("/v1/verify", json=forged, headers={"accept-language": "en"}).json()
    assert report["text"].startswith("This credential cannot be trusted. ")
    failed = [check["message"]["en"] for check in report["checks"] if check["outcome"] == "fail"]
    assert any(each in report["text"] for each in failed)
