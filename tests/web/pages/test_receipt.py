"""The receipt of a verification on a page: no script, both languages, and nothing shown that was not signed here."""

import re
from dataclasses import replace
from typing import Any

import pytest

from jmc_vc.verifying.receipt import digest_of
from tests.builders.web import WebClient
from tests.web.pages.house import House

PAGE = "/verify/receipt"


@pytest.fixture(scope="module")
def receipt(house: House, web: WebClient) -> str:
    body = house.bodies["valid"]
    answer = web.post("/v1/verify?receipt=true", content=body, headers={"content-type": "application/json"})
    found: str = answer.json()["receipt"]
    return found


def post(web: WebClient, path: str = PAGE, *, text: str = "", **files: bytes) -> Any:
    # A browser sends every field of a form, those left empty too.
    parts = {
        "receipt": ("", b""),
        "credential": ("", b""),
        **{name: (f"{name}.x", data) for name, data in files.items()},
    }
    return web.post(path, data={"text": text}, files=parts)


@pytest.mark.parametrize(("path", "says"), [(PAGE, "<h1>検証結果の控え"), (f"{PAGE}?lang=en", "<h1>Check a receipt")])
def test_the_form_is_there_in_both_languages(web: WebClient, path: str, says: str) -> None:
    answer = web.get(path)
    assert answer.status_code == 200
    assert says in answer.text
    assert "<script" not in answer.text


def test_a_genuine_receipt_says_what_was_found_and_when(web: WebClient, receipt: str) -> None:
    for answer in (post(web, text=receipt), post(web, receipt=receipt.encode())):
        assert answer.status_code == 200
        assert "<h1>検証時の結果は「有効」でした</h1>" in answer.text
        assert 'class="verdict good"' in answer.text
        assert "本サービスが署名した本物です" in answer.text
        assert answer.text.count("2026年11月23日12時00分") == 2  # on top, and beside the result
        assert "JMC-P-900001" in answer.text
        assert answer.headers["cache-control"] == "no-store"
    assert "<h1>The result at that time was “Valid”</h1>" in post(web, f"{PAGE}?lang=en", text=receipt).text


@pytest.mark.parametrize("name", ["valid", "revoked", "suspended", "presentation"])
def test_a_receipt_says_of_nothing_that_it_is_so_today(house: House, web: WebClient, name: str) -> None:
    """It may have been revoked, or released, since: whoever reads a line of it alone shall not be misled."""
    headers = {"content-type": "application/json"}
    report = web.post("/v1/verify?receipt=true", content=house.bodies[name], headers=headers).json()
    for language in ("ja", "en"):
        page = post(web, f"{PAGE}?lang={language}", text=report["receipt"]).text
        assert not re.search("この証明は(有効です|失効しています|一時停止中です)", page)
        assert not re.search("This credential (is|has been) ", page)


@pytest.mark.parametrize(
    ("name", "word", "tone"),
    [("revoked", "失効", "bad"), ("forged", "不正", "bad"), ("unreachable", None, "unknown")],
)
def test_a_genuine_receipt_of_a_bad_result_looks_as_the_result_did(
    house: House, web: WebClient, name: str, word: str | None, tone: str
) -> None:
    """Who looks at it for two seconds sees what was found, and not that the receipt itself is in order."""
    headers = {"content-type": "application/json"}
    report = web.post("/v1/verify?receipt=true", content=house.bodies[name], headers=headers).json()
    page = post(web, text=report["receipt"]).text
    assert f'class="verdict {tone}"' in page
    assert "本サービスが署名した本物です" in page
    if word is not None:
        assert f"<h1>検証時の結果は「{word}」でした</h1>" in page
        assert f"<title>検証時の結果は「{word}」でした" in page


def test_a_receipt_is_told_in_words_with_the_codes_in_small_print(web: WebClient, receipt: str) -> None:
    page = post(web, text=receipt).text
    assert "標準" in page
    assert "<small><code>default</code></small>" in page
    assert re.search(r"<li>プログラムの認証：合格 <small><code>program.accredited_then</code></small></li>", page)
    assert not re.search(r"<li>[a-z]", page)
    assert '<span class="nowrap">sha-256:</span><wbr>' in page


def test_a_receipt_of_a_technical_check_does_not_say_that_the_credential_is_valid(house: House, web: WebClient) -> None:
    """It may be a badge that anybody made for himself."""
    headers = {"content-type": "application/json"}
    asked = "/v1/verify?policy=technical&receipt=true"
    report = web.post(asked, content=house.bodies["valid"], headers=headers).json()
    assert (report["verdict"], report["summary"]["code"]) == ("valid", "valid_technical")
    assert "認証は確認していません" in report["text"]
    for path, policy in ((PAGE, "認証は対象外"), (f"{PAGE}?lang=en", "nothing of the issuer")):
        page = post(web, path, text=report["receipt"]).text
        assert policy in page
        assert "この証明は有効です。" not in page
        assert "This credential is valid." not in page


def test_a_receipt_is_compared_with_the_file(house: House, web: WebClient, receipt: str) -> None:
    same = post(web, text=receipt, credential=house.bodies["valid"])
    assert "提出されたファイルは、検証したファイルと同じです。" in same.text
    other = post(web, text=receipt, credential=house.bodies["revoked"])
    assert "控えは本物ですが、このファイルのものではありません" in other.text
    assert 'class="verdict bad"' in other.text


@pytest.mark.parametrize(("language", "says"), [("ja", "失効"), ("en", "Revoked")])
def test_a_receipt_of_a_presentation_shows_what_was_found_of_each_credential(
    house: House, web: WebClient, language: str, says: str
) -> None:
    headers = {"content-type": "application/json"}
    report = web.post("/v1/verify?receipt=true", content=house.bodies["presentation"], headers=headers).json()
    page = post(web, f"{PAGE}?lang={language}", text=report["receipt"]).text
    verdicts = [each["verdict"] for each in report["credentials"]]
    tones = {"valid": "good", "invalid": "bad", "indeterminate": "unknown"}
    part = page.split('<dd class="state')[2:]
    assert [each.split('"')[0].strip() for each in part] == [tones[verdict] for verdict in verdicts]
    assert says in part[verdicts.index("invalid")]


def test_a_receipt_of_a_presentation_shows_what_was_judged_in_the_place_of_each(house: House, web: WebClient) -> None:
    headers = {"content-type": "application/json"}
    report = web.post("/v1/verify?receipt=true", content=house.bodies["presentation"], headers=headers).json()
    service, digest = house.installation.service, digest_of(b"newer")
    found = service.verify_receipt(report["receipt"].encode(), now=house.installation.now).receipt
    assert found is not None
    assert found.credentials is not None
    first, *others = found.credentials
    newer = replace(found, credentials=(replace(first, newer_digest=digest), *others))
    signed = service.sign_receipt(newer)
    page = post(web, text=signed).text
    assert page.count("提示された証明ではなく、発行機関から取得した新しい版についてのものです") == 1
    assert digest.removeprefix("sha-256:")[-8:] in page
    told = web.post("/v1/verify/receipt", json={"receipt": signed}).json()["receipt"]["credentials"]
    assert [each.get("newerDigest") for each in told] == [digest, *(None for _ in others)]


def test_a_forged_receipt_shows_nothing(web: WebClient, receipt: str) -> None:
    answer = post(web, text=receipt[:-4] + ("AAAA" if receipt[-4:] != "AAAA" else "BBBB"))
    assert answer.status_code == 200
    assert "控えは信頼できません" in answer.text
    assert "JMC-P-900001" not in answer.text
    assert 'class="verdict bad"' in answer.text


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("", 422, "receipt.nothing_submitted"),
        ("<script>alert(1)</script>", 400, "receipt.syntax"),
        ("あ", 400, "receipt.syntax"),
        ("x" * 20_000, 400, "receipt.syntax"),
        ("https://evil.example/receipt", 400, "receipt.syntax"),
    ],
)
def test_what_is_no_receipt_gets_the_form_again(web: WebClient, text: str, status: int, code: str) -> None:
    answer = post(web, text=text)
    assert (answer.status_code, f"<code>{code}</code>" in answer.text) == (status, True)
    assert "<script>" not in answer.text


def test_a_credential_in_the_place_of_a_receipt_is_told_its_place(web: WebClient, house: House) -> None:
    for answer in (post(web, receipt=house.bodies["valid"]), post(web, text=house.bodies["valid"].decode())):
        assert (answer.status_code, "<code>receipt.a_credential</code>" in answer.text) == (422, True)
        assert '<li><a href="/verify">' in answer.text


def test_a_form_that_is_none_is_refused(web: WebClient) -> None:
    answer = web.post(PAGE, content=b"--x\r\nbroken", headers={"content-type": "multipart/form-data; boundary=x"})
    assert answer.status_code in (400, 422)
