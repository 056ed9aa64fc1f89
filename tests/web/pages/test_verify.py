"""The form and the verdict."""

import base64
import json
import re
from hashlib import sha256
from typing import Any

import pytest
from PIL import Image

from jmc_vc.verifying.checks import CHECKS
from jmc_vc.web.pages.verdict import CHECKS_OF
from tests.builders.codes import OTHER_LINK, code, side_by_side, written
from tests.builders.web import WebClient
from tests.web.pages.house import House
from tests.web.pages.test_every_page import HTML

FIELD = re.compile(r'<a href="#(file|text)">')


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found
    return found[1].strip()


VERDICTS = {
    "valid": ("good", "この証明は有効です。", "This credential is valid."),
    "ended": ("good", "この証明は有効です。", "This credential is valid."),
    "revoked": ("bad", "この証明は失効しています。", "This credential has been revoked."),
    "replaced": ("bad", "この証明は再発行済みです。", "This credential has been replaced by a new one."),
    "suspended": ("bad", "この証明は一時停止中です。", "This credential is suspended."),
    "forged": ("bad", "この証明は信頼できません。", "This credential cannot be trusted."),
    "unreachable": ("unknown", "確認できませんでした。", "It could not be checked."),
    "foreign": ("unknown", "発行機関は登録されていません。", "The issuer is not registered."),
}
"""What a credential is → the tone, and the heading in both languages."""


@pytest.mark.parametrize("name", VERDICTS)
@pytest.mark.parametrize("how", ["file", "text", "kept"])
def test_a_submitted_credential_gets_its_verdict(web: WebClient, house: House, name: str, how: str) -> None:
    body = house.bodies[name]
    ways: dict[str, dict[str, Any]] = {
        "file": {"files": {"file": ("badge.json", body)}},
        "text": {"data": {"text": body.decode()}},
        "kept": {"data": {"kept": base64.b64encode(body).decode()}},
    }
    tone, *headings = VERDICTS[name]
    for language, sentence in zip(("ja", "en"), headings, strict=True):
        answer = web.post(f"/verify?lang={language}", headers=HTML, **ways[how])
        assert answer.status_code == 200
        assert heading(answer.text) == sentence
        assert f'<div class="verdict {tone}">' in answer.text
        assert answer.headers["cache-control"] == "no-store"


def test_nothing_of_a_forged_credential_is_shown_and_nothing_is_said_of_its_accreditation(
    web: WebClient, house: House
) -> None:
    """SR-2: a forged credential can name any program and any place on any status list."""
    page = web.post("/verify", headers=HTML, files={"file": ("badge.json", house.bodies["forged"])}).text
    assert "実務データ分析" not in page
    assert "葛" not in page
    assert "授与日にプログラムは認証されていました" not in page
    assert "失効していません" not in page
    assert "発行機関による証明と確認できないため、判断していません" in page


def test_a_foreign_credential_is_shown_in_its_own_words_and_inert(web: WebClient, house: House) -> None:
    page = web.post("/verify", headers=HTML, files={"file": ("badge.json", house.bodies["foreign"])}).text
    assert "発行機関の自称です。登録簿にありません。" in page
    assert re.findall(r"<script[^>]*>.*", page) == re.findall(r'<script type="module" src="/static/.*"></script>', page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not re.search(r'href="(javascript|https://evil)', page)
    assert "もう一度確認する" not in page


def test_a_verdict_says_what_it_does_not_prove(web: WebClient, house: House) -> None:
    page = web.get(f"/verify?credential={house.uuids['valid']}&lang=en", headers=HTML).text
    assert "This credential is not a degree or a license." in page
    assert "An indicative level does not make the credential equal to a qualification at that level." in page


def test_every_check_stands_below_one_answer() -> None:
    placed = [check for checks in CHECKS_OF.values() for check in checks]
    assert sorted(placed) == sorted(name for name, _ in CHECKS)


def test_every_check_is_on_the_page_with_its_code(web: WebClient, house: House) -> None:
    report = house.installation.verify(house.bodies["valid"])
    assert {axis.id for axis in report.axes} == set(CHECKS_OF)
    page = web.get(f"/verify?credential={house.uuids['valid']}", headers=HTML).text
    for check in report.checks:
        assert f"<code>{check.finding.code}</code>" in page


def test_an_answer_that_is_not_good_is_unfolded(web: WebClient, house: House) -> None:
    page = web.get(f"/verify?credential={house.uuids['revoked']}", headers=HTML).text
    assert page.count("<details open>") == 1
    assert "<details open>" not in web.get(f"/verify?credential={house.uuids['valid']}", headers=HTML).text


def test_a_link_of_ours_leads_to_the_verdict(web: WebClient, house: House) -> None:
    link = f"http://localhost:8000/credentials/{house.uuids['valid']}?lang=en"
    answer = web.post("/verify?lang=en", headers=HTML, data={"text": f"  {link}\n"})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/verify?credential={house.uuids['valid']}&lang=en"


@pytest.mark.parametrize(
    "written",
    [
        "{uuid}",
        "  {UUID}\n",
        "http://localhost:8000/credentials/{uuid}/",
        "http://localhost:8000/credentials/{uuid}#top",
        "localhost:8000/credentials/{uuid}",
        "http://localhost:8000/credentials/\n{uuid}",
    ],
)
def test_a_number_or_link_is_taken_as_people_copy_it(web: WebClient, house: House, written: str) -> None:
    uuid = str(house.uuids["valid"])
    answer = web.post("/verify", headers=HTML, data={"text": written.format(uuid=uuid, UUID=uuid.upper())})
    assert (answer.status_code, answer.headers.get("location")) == (303, f"/verify?credential={uuid}")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_neither_json_nor_a_link_is_told_what_can_be_submitted(web: WebClient, language: str) -> None:
    wanted = {
        "ja": "証明を埋め込んだ画像（PNG、SVG）、QR コードの写った画像又は PDF、本サービスの証明のリンク",
        "en": "a picture with one inside (PNG or SVG), a picture or PDF with its QR code, or the link",
    }
    for sent in ({"text": "3bcb-c23f"}, {"text": "JMC-D-900001"}, {"text": "この証明を検証"}):
        answer = web.post(f"/verify?lang={language}", headers=HTML, data=sent)
        assert answer.status_code == 400
        assert wanted[language] in answer.text
        assert "<code>verify.not_recognized</code>" in answer.text
    broken = web.post("/verify", headers=HTML, data={"text": '{"type": '})
    assert "<code>parse.syntax</code>" in broken.text


def test_the_size_on_the_page_is_the_size_that_is_taken(web: WebClient) -> None:
    assert "2\u00a0MBまで" in web.get("/verify", headers=HTML).text
    headers = {"content-type": "application/json"}
    fits = web.post("/v1/verify", content=b'{"x":"%s"}' % (b"x" * 2_000_000), headers=headers)
    assert fits.json()["code"] == "verify.not_a_credential"
    file = {"file": ("badge.json", b'{"x":"%s"}' % (b"x" * 2_000_000))}
    assert "<code>verify.not_a_credential</code>" in web.post("/verify", headers=HTML, files=file).text
    large = web.post("/v1/verify", content=b"x" * 2_097_153, headers=headers)
    assert (large.status_code, large.json()["code"]) == (413, "request.body_size")
    assert "上限 2 MB" in large.json()["detail"]


@pytest.mark.parametrize(
    ("sent", "status", "code", "field"),
    [
        ({}, 422, "verify.nothing_submitted", "file"),
        ({"data": {"text": "  "}}, 422, "verify.nothing_submitted", "file"),
        ({"data": {"text": "https://evil.example/credentials/x"}}, 422, "foreign_link", "text"),
        ({"data": {"text": "http://localhost:8000.evil.example/credentials/x"}}, 422, "foreign_link", "text"),
        ({"data": {"text": "http://169.254.169.254/latest"}}, 422, "foreign_link", "text"),
        ({"data": {"text": "hello"}}, 400, "verify.not_recognized", "text"),
        (
            {"data": {"text": "eyJ0eXAiOiJkYytzZC1qd3QiLCJhbGciOiJFUzI1NiJ9.e30.AA"}},
            422,
            "verify.unsupported_token",
            "text",
        ),
        (  # a header with white space in it, broken over lines by an e-mail
            {"data": {"text": "eyAidHlwIjogImRjK3Nk\r\nLWp3dCIsICJhbGciOiAiRVMyNTYifQ\r\n.e30.AA"}},
            422,
            "verify.unsupported_token",
            "text",
        ),
        ({"files": {"file": ("badge.jpg", b"\xff\xd8\xff\xe0")}}, 422, "image.damaged", "file"),
        ({"files": {"file": ("badge.json", b"{")}}, 400, None, "file"),
        ({"files": {"file": ("../../x.html", b"<html>")}}, 415, "image.unsupported", "file"),
        ({"data": {"kept": "?"}}, 400, "verify.form", "file"),
        ({"content": b"--x\r\n", "headers": {"content-type": "multipart/form-data"}}, 400, "verify.form", "file"),
        ({"data": {"text": "[" * 100_000}}, None, None, "text"),
    ],
)
def test_bad_input_shows_the_form_again_with_what_is_wrong(
    web: WebClient, sent: dict[str, Any], status: int | None, code: str | None, field: str
) -> None:
    answer = web.post("/verify", **{**sent, "headers": {**HTML, **sent.get("headers", {})}})
    assert status is None or answer.status_code == status
    assert 400 <= answer.status_code < 500
    assert "<title>誤り：証明を検証する" in answer.text
    assert FIELD.findall(answer.text) == [field]
    assert f'id="{field}" name="{field}"' in answer.text
    assert f'aria-describedby="{field}-error {field}-help"' in answer.text
    if code is not None:
        assert f"<code>{code}</code>" in answer.text


def test_the_text_that_was_sent_is_kept_in_the_form_and_inert(web: WebClient) -> None:
    hostile = "</textarea><script>alert(1)</script>"
    page = web.post("/verify", headers=HTML, data={"text": hostile}).text
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in page
    assert "<script>" not in page


def test_a_body_without_length_that_grows_too_large_is_told_in_the_form(web: WebClient) -> None:
    head = b'--b\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\n'
    chunks = [head, *[b" " * 65_536] * 40]
    headers = {**HTML, "content-type": "multipart/form-data; boundary=b"}
    answer = web.post("/verify", headers=headers, content=chunks)
    assert answer.status_code == 413
    assert FIELD.findall(answer.text) == ["file"]


def test_a_verdict_on_a_submitted_file_can_be_read_in_the_other_language(web: WebClient, house: House) -> None:
    body = house.bodies["forged"]
    page = web.post("/verify", headers=HTML, files={"file": ("badge.json", body)}).text
    found = re.search(r'<form class="lang" action="(.*?)".*?name="kept" value="(.*?)"', page, re.DOTALL)
    assert found
    assert base64.b64decode(found[2]) == body
    assert json.loads(base64.b64decode(found[2]))
    again = web.post(found[1], headers=HTML, data={"kept": found[2]}).text
    assert heading(again) == "This credential cannot be trusted."


def submitted(web: WebClient, language: str = "ja", **fields: Any) -> str:
    answer = web.post(f"/verify?lang={language}", headers=HTML, data=fields)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_credential_of_a_presentation_has_its_own_verdict(web: WebClient, house: House, language: str) -> None:
    page = submitted(web, language, text=house.bodies["presentation"].decode())
    assert '<div class="verdict bad">' in page
    assert re.findall(r'<h3 class="state (\w+)"', page) == ["good", "bad", "unknown"]
    assert {"ja": "有効 1件、有効でない 1件", "en": "Valid: 1, not valid: 1"}[language] in page
    assert "did:key:" in page
    assert "<code>holder.not_for_us</code>" in page, "for whom it was made, nobody asked"
    good = submitted(web, language, text=house.bodies["presentation-valid"].decode())
    assert '<div class="verdict good">' in good


def test_each_of_them_can_be_verified_by_itself(web: WebClient, house: House) -> None:
    page = submitted(web, text=house.bodies["presentation"].decode())
    _whole, *alone = dict.fromkeys(re.findall(r'name="kept" value="(.*?)"', page))
    headings = [heading(submitted(web, kept=each)) for each in alone]
    assert headings == [VERDICTS[name][1] for name in ("valid", "revoked", "foreign")]


def test_a_presentation_of_nothing_is_not_called_valid(web: WebClient, house: House) -> None:
    page = submitted(web, text=house.bodies["presentation-empty"].decode())
    assert '<div class="verdict unknown">' in page
    assert heading(page) == "提示の中に証明がありません。"
    unsigned = submitted(web, text=json.dumps({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
    }))  # fmt: skip
    assert '<div class="verdict bad">' in unsigned


def test_of_a_presentation_that_nobody_signed_that_is_said_and_not_of_its_credentials(
    web: WebClient, house: House
) -> None:
    document = json.loads(house.bodies["presentation"])
    del document["proof"]
    page = submitted(web, text=json.dumps(document))
    assert "提示者の署名がありません" in page
    assert "鍵が一致しません" not in page
    assert "発行機関から受け取った元のファイル" not in page
    assert page.count("<code>vp.proof_missing</code>") == 1


def test_what_a_presentation_does_not_prove_is_told_of_each_kind(web: WebClient, house: House) -> None:
    unexamined = "本機構は、この証明が何を証明するかを確認していません。"
    mixed = submitted(web, text=house.bodies["presentation"].decode())
    assert re.findall(r"<h3>(.*?)</h3>", mixed) == ["登録簿にあるプログラムの証明", "そのほかの証明"]
    assert mixed.index("学位・免許ではありません") < mixed.index("そのほかの証明") < mixed.index(unexamined)
    ours = submitted(web, text=house.bodies["presentation-valid"].decode())
    assert unexamined not in ours
    assert "<h3>" not in ours


def test_each_endorsement_is_told_with_what_became_of_it(web: WebClient, house: House) -> None:
    """OV-07: what does not count is never shown as if it did."""
    page = submitted(web, text=house.bodies["endorsed"].decode())
    assert heading(page) == "この証明は有効です。"
    assert "Imperial Academy of Everything" in page
    assert page.count("認められない推薦") == 1
    assert "Everybody" not in page
    assert "認証マークは本機構の署名によるもので" in page
    forged = submitted(web, text=house.bodies["forged"].decode())
    assert "ほかの方による推薦" not in forged


def test_whose_it_is_can_be_asked_and_stands_in_no_address(web: WebClient, house: House) -> None:
    link = house.installation.service.site.credential(house.uuids["valid"])
    same = submitted(web, text=link, name="𠮷野 葛󠄀葉", email="VALID@learners.example")
    assert heading(same) == "この証明は有効です。"
    assert "入力された方との照合" in same
    other = submitted(web, text=link, name="<script>鈴木")
    assert '<div class="verdict bad">' in other
    assert heading(other) == "この証明の取得者は、照合した方又は提示した方と一致しません。"
    assert "𠮷野" in other, "the credential itself is good, and is shown"
    assert "<script>" not in other
    for page in (same, other):
        assert not re.search(r'(href|action)="[^"]*(learners|%E9)', page)
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(.*?)">', same))
    assert again["email"] == "VALID@learners.example", "the language switch asks the same"


def test_a_result_says_what_it_is_about(web: WebClient, house: House) -> None:
    body = house.bodies["valid"]
    page = submitted(web, text=body.decode())
    assert sha256(body).hexdigest() in page
    by_link = web.get(f"/verify?credential={house.uuids['valid']}", headers=HTML).text
    assert sha256(body).hexdigest() in by_link
    assert "本サービスのリンク" in by_link


def test_a_receipt_comes_as_a_file(web: WebClient, house: House) -> None:
    service = house.installation.service
    for fields in ({"text": str(house.uuids["valid"])}, {"kept": base64.b64encode(house.bodies["valid"]).decode()}):
        answer = web.post("/verify", headers=HTML, data={**fields, "receipt": "yes"})
        assert answer.headers["content-type"] == "application/verification-receipt+jwt"
        assert answer.headers["content-disposition"].startswith('attachment; filename="verification-2026')
        found = service.verify_receipt(answer.content, now=service.clock())
        assert found.receipt is not None
        assert found.receipt.digest == f"sha-256:{sha256(house.bodies['valid']).hexdigest()}"


def test_the_address_of_somebody_else_is_asked_only_where_the_form_says_so(web: WebClient) -> None:
    address = "https://elsewhere.example/badges/1"
    plain = web.post("/verify", headers=HTML, data={"text": address})
    assert "<code>foreign_link</code>" in plain.text
    assert "ここを選んで、もう一度検証してください" in plain.text
    chosen = web.post("/verify", headers=HTML, data={"text": address, "elsewhere": "yes"})
    assert (chosen.status_code, FIELD.findall(chosen.text)) == (422, ["text"])
    assert "<code>link.unavailable</code>" in chosen.text
    inside = web.post("/verify", headers=HTML, data={"text": "https://127.0.0.1/", "elsewhere": "yes"})
    assert "<code>link.forbidden</code>" in inside.text


def test_a_picture_of_the_camera_is_looked_at_and_nothing_more(web: WebClient, house: House) -> None:
    link = house.installation.service.site.credential(house.uuids["valid"])
    looked = [
        (written(code(link), "JPEG"), None),
        (written(code("https://evil.example/"), "JPEG"), None),
        (written(side_by_side(link, OTHER_LINK), "JPEG"), "image.ambiguous"),
        (written(Image.new("L", (64, 64)), "JPEG"), "image.no_code"),
        (b"\xff\xd8\xff\xe0", "image.damaged"),
        (b"hello", "image.no_code"),
    ]
    for picture, fault in looked:
        answer = web.post("/verify/frame?lang=en", content=picture, headers={"content-type": "image/jpeg"})
        assert answer.status_code == 200
        assert (answer.json()["found"], answer.json()["code"]) == (fault is None, fault)
        assert "evil" not in answer.text
    assert web.post("/verify/frame", content=b"", headers={"content-type": "image/png"}).status_code == 415


def test_scripts_run_only_where_there_are_some_and_only_ours(web: WebClient, house: House) -> None:
    policy = web.get("/verify").headers["content-security-policy"]
    for directive in ("default-src 'none'", "script-src 'self'", "connect-src 'self'", "trusted-types 'none'"):
        assert directive in policy
    assert "unsafe" not in policy
    assert "script-src" not in web.get("/verify/batch").headers["content-security-policy"]
    assert (
        "script-src"
        not in web.get(f"/credentials/{house.uuids['valid']}", headers=HTML).headers["content-security-policy"]
    )
    assert "camera=(self)" in web.get("/verify").headers["permissions-policy"]
    assert "camera=()" in web.get(f"/verify?credential={house.uuids['valid']}").headers["permissions-policy"]
