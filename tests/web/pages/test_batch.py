"""The page that verifies many at once: what it takes, its rows, and the CSV."""

import base64
import csv
import io
import json
import re
from typing import Any

import pytest

from jmc_vc.domain.japan_time import JST
from jmc_vc.verifying.receipt import digest_of
from tests.builders.archives import archive
from tests.builders.codes import code, written
from tests.builders.web import WebClient
from tests.web.pages.house import House, foreign
from tests.web.pages.test_every_page import HTML

ROW = re.compile(r'<tr class="(\w+)">\s*<th scope="row">(.*?)</th>', re.DOTALL)
BOM = "\ufeff"


def link(house: House, name: str) -> str:
    return house.installation.service.site.credential(house.uuids[name])


def rows(page: str) -> list[tuple[str, str]]:
    """Tone and reference of each."""
    return ROW.findall(page)


WORKBOOK = archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def post(web: WebClient, language: str = "ja", **sent: Any) -> Any:
    return web.post(f"/verify/batch?lang={language}", headers=HTML, **sent)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_files_of_every_kind_get_a_row_each(web: WebClient, house: House, language: str) -> None:
    files = [
        ("file", ("a.json", house.bodies["valid"])),
        ("file", ("b.json", house.bodies["revoked"])),
        ("file", ("c.json", house.bodies["forged"])),
        ("file", ("d.json", house.bodies["foreign"])),
        ("file", ("e.json", house.bodies["unreachable"])),
        ("file", ("f.json", house.bodies["presentation"])),
        ("file", ("g.png", written(code(link(house, "valid"))))),
        ("file", ("h.json", b"{}")),
        ("file", ("i.json", house.bodies["presentation-empty"])),
    ]
    answer = post(web, language, files=files)
    assert answer.status_code == 200
    tones = ["good", "bad", "bad", "unknown", "unknown", "bad", "good", "neutral", "unknown"]
    assert rows(answer.text) == list(zip(tones, [name for _, (name, _) in files], strict=True))
    assert re.findall(r"<dd>(\d+)</dd>", answer.text) == ["2", "3", "3", "1"]
    assert answer.text.rstrip().endswith("</html>")
    assert answer.headers["cache-control"] == "no-store"


def test_a_table_of_links_a_zip_and_pasted_links_are_taken(web: WebClient, house: House) -> None:
    table = f"番号,リンク\r\n社員-1,{link(house, 'valid')}\r\n社員-2,{link(house, 'revoked')}\r\n社員-3,\r\n"
    for encoding in ("utf-8", "utf-8-sig", "cp932"):
        page = post(web, files={"file": ("links.csv", table.encode(encoding))}).text
        assert rows(page) == [("good", "社員-1"), ("bad", "社員-2"), ("neutral", "社員-3")]
    zipped = archive({"x.json": house.bodies["valid"], "y.json": house.bodies["suspended"]})
    assert rows(post(web, files={"file": ("all.zip", zipped)}).text) == [("good", "x.json"), ("bad", "y.json")]
    pasted = f"{link(house, 'valid')}\n\n  {house.uuids['replaced']}\n"
    assert rows(post(web, data={"text": pasted}).text) == [("good", "1行目"), ("bad", "3行目")]
    listed = b"[%s, %s]" % (house.bodies["valid"], json.dumps(link(house, "ended")).encode())
    assert [tone for tone, _ in rows(post(web, files={"file": ("l.json", listed)}).text)] == ["good", "good"]


def test_links_of_others_are_not_opened_unless_the_form_says_so(web: WebClient) -> None:
    table = b"link\r\nhttps://elsewhere.example/1\r\n"
    page = post(web, files={"file": ("links.csv", table)}, data={"text": "https://elsewhere.example/2"}).text
    assert page.count("<code>foreign_link</code>") == 2
    page = post(web, files={"file": ("links.csv", table)}, data={"elsewhere": "yes"}).text
    assert page.count("<code>link.unavailable</code>") == 1


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({}, 422, "batch.empty"),
        ({"data": {"text": " \n "}}, 422, "batch.empty"),
        ({"data": {"text": "x\n" * 1_001}}, 413, "batch.items"),
        ({"files": {"file": ("x.zip", b"PK\x03\x04")}}, 400, "archive.syntax"),
        ({"files": {"file": ("x.csv", b'link\r\n"')}}, 422, "csv.syntax"),
        (
            {"files": {"file": ("x.csv", "link\r\nhttps://a.example/\r\n".encode("utf-16"))}},
            422,
            "batch.table_encoding",
        ),
        ({"files": {"file": ("x.xlsx", WORKBOOK)}}, 422, "verify.an_office_file"),
        (
            {"files": {"file": ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))}},
            422,
            "verify.an_office_file",
        ),
        ({"data": {"kept": "?", "called": "x"}}, 400, "verify.form"),
        ({"content": b"--x\r\n", "headers": {"content-type": "multipart/form-data"}}, 400, "verify.form"),
    ],
)
def test_what_cannot_be_read_at_all_is_told_in_the_form(
    web: WebClient, sent: dict[str, Any], status: int, code: str
) -> None:
    answer = web.post("/verify/batch", **{**sent, "headers": {**HTML, **sent.get("headers", {})}})
    assert answer.status_code == status
    assert f"<code>{code}</code>" in answer.text
    assert "<title>誤り：" in answer.text


def table_of(answer: Any) -> list[dict[str, str]]:
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="verification-')
    text = answer.content.decode("utf-8")
    assert text.count(BOM) == 1
    assert text.startswith(BOM)
    found = list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline="")))
    return [{heading.partition(" / ")[2]: cell for heading, cell in each.items()} for each in found]


def test_the_csv_holds_the_same_and_no_formula(web: WebClient, house: House) -> None:
    """Of a file name, a foreign title or a name, a spreadsheet makes nothing but text."""
    files = [
        ("file", ("=HYPERLINK(A1).json", house.bodies["valid"])),
        ("file", ("+1.json", house.bodies["foreign"])),
        ("file", ("-1.json", house.bodies["forged"])),
        ("file", ("@x.json", b"{}")),
    ]
    found = table_of(post(web, "en", files=files, data={"csv": "yes"}))
    assert [each["reference"] for each in found] == ["'=HYPERLINK(A1).json", "'+1.json", "'-1.json", "'@x.json"]
    assert [each["verdict"] for each in found] == ["valid", "indeterminate", "invalid", "not_verified"]
    assert [each["summary"] for each in found][1:] == [
        "issuer_not_registered",
        "not_trustworthy",
        "verify.not_a_credential",
    ]
    assert (found[0]["holder"], found[0]["awardDate"], found[0]["testData"]) == ("𠮷野 葛󠄀葉", "2026-10-01", "Test data")
    assert found[2]["holder"] == found[2]["credential"] == ""
    assert not [cell for each in found for cell in each.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(("language", "stop"), [("ja", "。"), ("en", ".")])
def test_the_reasons_in_the_csv_are_whole_sentences(web: WebClient, house: House, language: str, stop: str) -> None:
    files = [("file", (f"{name}.json", house.bodies[name])) for name in ("unreachable", "forged", "revoked")]
    for each in table_of(post(web, language, files=files, data={"csv": "yes"})):
        assert each["reason"].endswith(stop)
        if language == "ja":
            assert " " not in each["reason"]


def test_the_page_carries_what_the_csv_is_made_of(web: WebClient, house: House) -> None:
    files = [("file", ("a.json", house.bodies["valid"])), ("file", ("b.json", house.bodies["revoked"]))]
    page = post(web, files=files, data={"text": str(house.uuids["ended"])}).text
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="(.*?)">', page):
        fields.setdefault(name, []).append(value)
    found = table_of(web.post("/verify/batch", headers=HTML, data=fields))
    assert [(each["reference"], each["verdict"]) for each in found] == [
        ("a.json", "valid"), ("b.json", "invalid"), ("", "valid"),
    ]  # fmt: skip
    assert [each["line"] for each in found] == ["", "", "1"]


def test_a_page_carries_as_many_files_as_there_may_be(web: WebClient, house: House) -> None:
    fields = {"kept": [base64.b64encode(b"{}").decode()] * 1_000, "called": [f"{n}.json" for n in range(1_000)]}
    sent = {**fields, "text": "", "elsewhere": "yes", "csv": "yes"}
    found = table_of(web.post("/verify/batch", headers=HTML, data=sent))
    assert [each["reference"] for each in found] == fields["called"]
    assert {each["summary"] for each in found} == {"verify.not_a_credential"}


def test_the_table_says_who_the_issuer_is_by_the_register_and_apart_from_that_by_itself(
    web: WebClient, house: House
) -> None:
    files = [("file", (f"{name}.json", house.bodies[name])) for name in ("valid", "ended", "foreign", "forged")]
    valid, ended, foreign, forged = table_of(post(web, files=files, data={"csv": "yes"}))
    assert (valid["result"], valid["issuer"], valid["issuerInCredential"]) == (
        "有効", "星見ヶ丘大学（架空）", "星見ヶ丘大学（架空）",
    )  # fmt: skip
    assert (valid["registerNumber"], valid["programNumber"]) == ("JMC-I-90001", "JMC-P-900001")
    assert (valid["accreditedOnAwardDate"], valid["accreditedNow"]) == ("認証あり", "認証あり")
    assert (ended["accreditedOnAwardDate"], ended["accreditedNow"]) == ("認証あり", "認証なし")
    assert foreign["issuerInCredential"]
    for line in (foreign, forged):
        assert line["issuer"] == line["registerNumber"] == line["programNumber"] == ""
    assert forged["issuerInCredential"] == forged["holder"] == ""
    assert forged["accreditedOnAwardDate"] == "確認できません"


def test_an_office_file_in_a_zip_is_told_of_that_file(web: WebClient, house: House) -> None:
    mixed = archive({"a.json": house.bodies["valid"], "b.xlsx": WORKBOOK})
    page = post(web, files={"file": ("all.zip", mixed)}).text
    assert rows(page) == [("good", "a.json"), ("neutral", "b.xlsx")]
    assert "Excel・Word のファイル" in page


def test_no_cell_is_longer_than_what_a_page_shows(web: WebClient, house: House) -> None:
    def lengthen(document: dict[str, Any]) -> None:
        subject = document["credentialSubject"]
        subject["identifier"][0]["identityHash"] = "N" * 3_000
        subject["achievement"]["name"] = "永" * 3_000
        document["issuer"]["name"] = "W" * 3_000

    body = foreign(house.installation, change=lengthen)
    (line,) = table_of(post(web, files={"file": ("a.json", body)}, data={"csv": "yes"}))
    cells = [line["holder"], line["credential"], line["issuerInCredential"]]
    assert cells == [each * 200 + "…" for each in "N永W"]


def test_the_table_names_the_bytes_and_the_time_in_japan(web: WebClient, house: House) -> None:
    """NOON is 12:00 in Japan; a receipt of the same file has the same digest."""
    answer = post(web, files={"file": ("a.json", house.bodies["valid"])}, data={"csv": "yes"})
    (line,) = table_of(answer)
    now = house.installation.now.astimezone(JST)
    assert line["verifiedAt"] == f"{now:%Y-%m-%d %H:%M:%S}"
    assert f'"verification-{now:%Y%m%d-%H%M%S}.csv"' in answer.headers["content-disposition"]
    assert line["digest"] == digest_of(house.bodies["valid"])
    heading = answer.content.decode("utf-8-sig").splitlines()[0].split(",")
    assert {"判定 / result", "取得者 / holder", "検証日時（日本時間） / verifiedAt"} <= set(heading)


def test_of_a_presentation_the_table_has_each_credential(web: WebClient, house: House) -> None:
    whole, *parts = table_of(post(web, files={"file": ("p.json", house.bodies["presentation"])}, data={"csv": "yes"}))
    assert (whole["part"], whole["verdict"], whole["result"]) == ("", "invalid", "有効でないものあり")
    assert whole["credential"] == f"提示（証明{len(parts)}件）"
    assert [each["part"] for each in parts] == [f"{n} ({len(parts)})" for n in range(1, len(parts) + 1)]
    assert {each["reference"] for each in (whole, *parts)} == {"p.json"}
    assert {each["digest"] for each in (whole, *parts)} == {digest_of(house.bodies["presentation"])}
    assert "valid" in {each["verdict"] for each in parts}
    assert next(each for each in parts if each["verdict"] == "valid")["holder"]


def test_of_a_presentation_the_page_names_each_credential_and_why_it_is_not_valid(web: WebClient, house: House) -> None:
    page = post(web, files={"file": ("p.json", house.bodies["presentation"])}).text
    row = page.partition('<th scope="row">p.json</th>')[2].partition("</tr>")[0]
    assert "証明3件の提示" in row
    assert "<details open>" in row
    parts = re.findall(r'<li class="state (\w+)">(.*?)</li>', row, re.DOTALL)
    assert [tone for tone, _ in parts] == ["good", "bad", "unknown"]
    words = ["葛󠄀葉", "失効しました", "SMITH Alex"]
    assert all(word in content for word, (_, content) in zip(words, parts, strict=True))
    assert "髙﨑" in parts[1][1]
    assert "理由：発行誤り" in parts[1][1]
    assert "名称と発行機関名は自称です" in parts[2][1]
    assert all("証明：" in content for _, content in parts)
    assert "batch-band" in page  # some of it is test data


def test_why_a_credential_is_not_valid_is_printed(web: WebClient, house: House) -> None:
    """What is folded is not: the sheet that goes to the file has to say it too."""
    page = post(web, files={"file": ("r.json", house.bodies["revoked"])}).text
    printed = re.sub(r'<details class="no-print">.*?</details>', "", page, flags=re.DOTALL)
    assert "2026年11月23日に失効しました。" in printed
    assert "理由：発行誤り" in printed


def test_what_is_too_much_to_carry_is_said(web: WebClient, house: House) -> None:
    files = {"file": ("a.json", house.bodies["valid"] + b" " * 1_100_000)}
    page = post(web, files=files).text
    assert rows(page) == [("good", "a.json")]
    assert 'name="kept"' not in page
    assert "CSVで保存するには、同じものをもう一度提出し" in page


def test_names_of_files_and_titles_are_inert(web: WebClient, house: House) -> None:
    page = post(web, files={"file": ("<script>alert(1)<script>", house.bodies["foreign"])}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_one_client_has_one_batch_at_a_time_and_gives_its_place_back(web: WebClient, house: House) -> None:
    sent = {"headers": HTML, "data": {"text": f"{link(house, 'valid')}\n" * 20}}
    answers = web.many([("POST", "/verify/batch", sent)] * 3)
    assert sorted({each.status_code for each in answers} - {200}) == [429]
    assert web.post("/verify/batch", **sent).status_code == 200
