"""What a verdict's page says of strangers and of what is not valid, and of what is no credential at all."""

import base64
import json
import re
from typing import Any

import pytest

from tests.builders.archives import archive
from tests.builders.forger import Stranger, unsigned
from tests.builders.web import WebClient
from tests.web.pages.house import House
from tests.web.pages.test_every_page import HTML
from tests.web.pages.test_verify import VERDICTS, heading

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize("name", ["foreign", "forged", "unreachable"])
def test_of_what_the_register_does_not_know_it_is_not_said_what_it_is_not(
    web: WebClient, house: House, name: str
) -> None:
    """It may be a degree, for all that this organization knows."""
    page = web.post("/verify", headers=HTML, files={"file": ("badge.json", house.bodies[name])}).text
    assert "学位・免許ではありません" not in page
    assert "レベルの「目安」" not in page
    assert "本機構は、この証明が何を証明するかを確認していません。" in page


@pytest.mark.parametrize("name", sorted(set(VERDICTS) - {"valid", "ended"}))
def test_what_is_not_valid_says_what_to_do_next(web: WebClient, house: House, name: str) -> None:
    page = web.post("/verify", headers=HTML, files={"file": ("badge.json", house.bodies[name])}).text
    assert "次に行うこと" in page
    assert "一時停止中です" not in page.replace("この証明は一時停止中です", "")


def test_why_nobody_can_tell_goes_before_what_that_does_not_mean(web: WebClient, house: House) -> None:
    page = web.post("/verify", headers=HTML, files={"file": ("badge.json", house.bodies["unreachable"])}).text
    assert re.findall(r'<p class="lead">(.*?)</p>\s*<p>(.*?)</p>', page) == [
        ("失効情報を取得できませんでした。", "偽造であることを意味するものではありません。")
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"proof": {"cryptosuite": "mldsa-2029"}},
            "本サービスが対応していない署名方式のため、",
        ),
        (
            {"@context": ["https://unknown.example/context"]},
            "本サービスが知らないコンテキスト",
        ),
    ],
    ids=["suite", "context"],
)
def test_what_we_cannot_read_is_not_told_to_be_a_key_that_was_not_had(
    web: WebClient, house: House, change: Any, reason: str
) -> None:
    """Nor is anybody sent to try again: it would be the same."""
    badge = json.loads(house.bodies["valid"])
    badge["proof"] |= change.get("proof", {})
    badge["@context"] += change.get("@context", [])
    page = web.post("/verify", headers=HTML, files={"file": ("badge.json", json.dumps(badge).encode())}).text
    lead = re.findall(r'<p class="lead">(.*?)</p>', page)
    assert len(lead) == 1
    assert lead[0].startswith(reason)
    assert "発行機関の鍵を取得できませんでした" not in page
    assert "もう一度確認する" not in page
    assert "もう一度検証しても、結果は変わらない見込みです。" in page
    told = web.post("/v1/verify", content=json.dumps(badge), headers=JSON).json()
    assert told["next"]["en"].startswith("Verifying it again will hardly help.")
    assert told["axes"][0]["code"] == "axis.authenticity.not_checked"


def test_what_a_host_did_not_say_may_be_asked_for_again(web: WebClient, house: House) -> None:
    page = web.post("/verify", headers=HTML, files={"file": ("badge.json", house.bodies["unreachable"])}).text
    assert "もう一度確認する" in page
    assert "時間をおいて、もう一度検証してください。" in page


def in_anothers_name(house: House, **changes: Any) -> bytes:
    """A copy of a credential that was issued here, signed by somebody."""
    document = unsigned(house.bodies["valid"])
    del document["credentialStatus"]
    return Stranger().sign(house.installation, {**document, **changes})


def test_a_copy_in_a_registered_issuers_name_says_so_on_top(web: WebClient, house: House) -> None:
    page = web.post("/verify", headers=HTML, files={"file": ("badge.json", in_anothers_name(house))}).text
    assert heading(page) == "なりすましのおそれがあります。"
    head, _, rest = page.partition("認証と有効性")
    assert (
        "登録簿にある「星見ヶ丘大学（架空）」と同じ名称・番号等を用いていますが、登録された発行機関ではありません。"
        in head
    )
    assert 'href="/issuers/hoshimigaoka"' in head
    assert f"署名した者の識別子：{Stranger().did}" in head
    assert "偽造であることを意味するものではありません" not in page
    assert "発行機関の署名を確認しました" not in page
    assert "この証明に記された鍵による署名です" in rest


PAST: dict[str, Any] = {"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2026-01-02T00:00:00Z"}


def test_a_copy_that_has_expired_is_suspected_on_top_too(web: WebClient, house: House) -> None:
    """Nobody takes it for one that was good once."""
    files = {"file": ("badge.json", in_anothers_name(house, **PAST))}
    page = web.post("/verify", headers=HTML, files=files).text
    assert heading(page) == "この証明は有効期限を過ぎています。"
    assert '<p class="lead">なりすましのおそれもあります。登録簿にある「星見ヶ丘大学' in page
    assert "この証明だけで判断せず" in page
    assert "次は期限前の記載です" not in page
    row = web.post("/verify/batch", headers=HTML, files=files).text
    assert "<b>この証明は有効期限を過ぎています。なりすましのおそれもあります。</b>" in row
    receipt = web.post("/v1/verify?receipt=true", content=files["file"][1], headers=JSON).json()["receipt"]
    told = web.post("/v1/verify/receipt", json={"receipt": receipt}).json()["receipt"]
    assert (told["summary"]["code"], told["besides"]["code"]) == ("expired", "impersonation_suspected")
    assert "なりすましのおそれもあります。" in web.post("/verify/receipt", headers=HTML, data={"text": receipt}).text


def test_the_band_of_test_data_is_the_registers_word_alone(web: WebClient, house: House) -> None:
    said = web.post("/verify", headers=HTML, files={"file": ("badge.json", in_anothers_name(house))}).text
    assert "テスト用データ</b>" not in said
    ours = web.post("/verify", headers=HTML, files={"file": ("badge.json", house.bodies["valid"])}).text
    assert "テスト用データ</b>" in ours


@pytest.mark.parametrize(
    ("what", "code", "place"),
    [
        ("receipt", "verify.a_receipt", "/verify/receipt"),
        ("bundle", "verify.a_bundle", "/verify/offline"),
        ("zip", "verify.an_archive", "/verify/batch"),
        ("workbook", "verify.an_office_file", None),
        ("older document", "verify.an_office_file", None),
        ("access token", "verify.other_token", None),
    ],
)
def test_what_belongs_elsewhere_is_told_where(
    web: WebClient, house: House, what: str, code: str, place: str | None
) -> None:
    """Nobody is told that it is forged: it is no credential."""
    service, valid = house.installation.service, house.bodies["valid"]
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"at+jwt"}').decode()
    match what:
        case "receipt":
            made = web.post("/v1/verify?receipt=true", content=valid, headers=JSON).json()["receipt"].encode()
        case "bundle":
            made = service.bundle(house.uuids["valid"], now=house.installation.now)
        case "zip":
            made = archive({"badge.json": valid})
        case "workbook":
            made = archive({"[Content_Types].xml": b"<Types/>"})
        case "older document":
            made = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        case _:
            made = f"{head}.e30.AAAA".encode()
    answer = web.post("/verify", headers=HTML, files={"file": ("file", made)})
    assert (answer.status_code, f"<code>{code}</code>" in answer.text) == (422, True)
    assert "偽造" not in answer.text
    if place is not None:
        assert f'<li><a href="{place}">' in answer.text
    if what not in ("zip", "workbook", "older document"):  # which are no JSON, and of media types of their own
        by_api = web.post("/v1/verify", content=made, headers={"content-type": "text/plain"})
        assert (by_api.status_code, by_api.json()["code"]) == (422, code)
