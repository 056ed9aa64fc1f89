"""Many credentials at once over HTTP: a line for each, in order, and one that counts them."""

import asyncio
import json
import zipfile
from typing import Any

import httpx
import pytest
from starlette.types import Message

from jmc_vc.formats import baking
from jmc_vc.storage.log_tables import log_entries
from jmc_vc.web.app import create_app
from tests.builders.archives import archive, overlapping, packed, patched
from tests.builders.installation import Installation
from tests.builders.pictures import png
from tests.web.conftest import Running

BATCH = "/v1/verify/batch"
NDJSON = {"content-type": "application/x-ndjson"}
ZIP = {"content-type": "application/zip"}
CSV = {"content-type": "text/csv"}


@pytest.fixture(scope="module")
def issued(running: Running) -> dict[str, Any]:
    return running.issued()


@pytest.fixture(scope="module")
def credential(issued: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = issued["credential"]
    return found


def lines(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def ends(answer: httpx.Response) -> list[str]:
    """Of each item, the verdict or the code of its error."""
    *found, last = lines(answer)
    assert last["summary"]["items"] == len(found)
    assert [each["index"] for each in found] == list(range(len(found)))
    return [each["report"]["verdict"] if "report" in each else each["error"]["code"] for each in found]


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def as_bytes(credential: dict[str, Any]) -> bytes:
    return json.dumps(credential, ensure_ascii=False).encode()


def as_text(credential: dict[str, Any]) -> str:
    return as_bytes(credential).decode()


def every_row(running: Running) -> dict[str, list[tuple[Any, ...]]]:
    with running.installation.service.database._writer.connect() as connection:
        tables = log_entries.metadata.sorted_tables
        return {table.name: [tuple(row) for row in connection.execute(table.select()).all()] for table in tables}


def test_each_item_has_its_line_in_order(running: Running, credential: dict[str, Any]) -> None:
    forged = {**credential, "name": "博士（架空）"}
    token = "eyJhbGciOiJub25lIn0.eyJ2YyI6e319.AA"
    items = [credential, forged, credential["id"], {"url": credential["id"]}, token, {}, 7, "x"]
    answer = running.client.post(BATCH, json=items)
    assert ends(answer) == [
        "valid", "invalid", "valid", "valid", "invalid",
        "verify.not_a_credential", "parse.not_an_object", "verify.not_recognized",
    ]  # fmt: skip
    assert lines(answer)[-1] == {"summary": {"items": 8, "valid": 3, "invalid": 2, "indeterminate": 0, "errors": 3}}
    assert "博士" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_report_of_a_batch_is_that_of_the_credential_by_itself(running: Running, credential: dict[str, Any]) -> None:
    alone = running.client.post("/v1/verify", json=credential).json()
    (line, _) = lines(running.client.post(BATCH, json=[credential]))
    assert line == {"index": 0, "report": alone}


def test_policy_language_and_receipt_count_for_every_item(running: Running, credential: dict[str, Any]) -> None:
    answer = running.client.post(
        f"{BATCH}?policy=technical&receipt=true", json=[credential, credential], headers={"accept-language": "en"}
    )
    for line in lines(answer)[:-1]:
        report = line["report"]
        assert (report["policy"], report["summary"]["code"]) == ("technical", "valid_technical")
        assert report["text"].startswith("The signature, the dates and the status are right.")
        checked = running.client.post("/v1/verify/receipt", json={"receipt": report["receipt"]}).json()
        assert checked["outcome"] == "pass"
    assert answer.headers["content-language"] == "en"


def test_a_reference_of_the_caller_comes_back_and_is_shown_inert(running: Running, credential: dict[str, Any]) -> None:
    items = [
        {"reference": "応募者 7", "credential": credential},
        {"reference": "a\u202egpj.exe\n" + "x" * 500, "url": credential["id"]},
        {"reference": 7, "credential": credential},
        {"reference": "alone"},
    ]
    first, second, third, fourth, _ = lines(running.client.post(BATCH, json=items))
    assert (first["reference"], first["report"]["verdict"]) == ("応募者 7", "valid")
    assert second["reference"].startswith("a\ufffdgpj.exe\ufffdx")
    assert (len(second["reference"]), second["report"]["verdict"]) == (200, "valid")
    assert [each["error"]["code"] for each in (third, fourth)] == ["batch.reference", "batch.reference"]


def test_a_reference_stands_anywhere_beside_the_credential(running: Running, credential: dict[str, Any]) -> None:
    """Members of an object have no order, and many programs sort them."""
    wanted = {"recipient": {"name": "誰か"}}
    items = [
        {"credential": credential, "reference": "last"},
        {"credential": credential["id"], "reference": "of a link"},
        {"credential": credential, **wanted, "reference": "with more"},
        {"recipient": wanted["recipient"], "reference": "in between", "credential": credential},
        {"credential": credential, "reference": 7},
        {"credential": credential, "reference": "twice"},
        {"credential": credential, **{str(number): 0 for number in range(9)}},
    ]
    body = json.dumps(items).replace('"twice"', '"once", "reference": "twice"').encode()
    answer = running.client.post(BATCH, content=body, headers={"content-type": "application/json"})
    assert [each.get("reference") for each in lines(answer)[:-1]] == [
        "last", "of a link", "with more", "in between", None, None, None,
    ]  # fmt: skip
    assert ends(answer) == [
        "valid", "valid", "invalid", "invalid", "batch.reference", "parse.duplicate_key", "verify.not_a_credential",
    ]  # fmt: skip


def test_a_row_without_a_number_of_its_own_takes_that_of_no_other_row(running: Running, issued: dict[str, Any]) -> None:
    link = issued["credential"]["id"]
    answer = running.client.post(BATCH, content=f"reference,link\n3,{link}\n,{link}x\n".encode(), headers=CSV)
    assert [each.get("reference") for each in lines(answer)[:-1]] == ["3", None]


def test_the_bytes_of_an_item_are_verified_as_they_were_written(running: Running, credential: dict[str, Any]) -> None:
    twice = as_bytes(credential)[:-1] + b', "name": "x"}'
    spaced = json.dumps(credential, indent=3).encode()
    body = b"\n[ " + twice + b" ,\r\n" + spaced + b' , {"reference": "r", "credential":' + twice + b"} ]\n"
    answer = running.client.post(BATCH, content=body, headers={"content-type": "application/json"})
    assert ends(answer) == ["parse.duplicate_key", "valid", "parse.duplicate_key"]


def test_lines_of_ndjson_are_items(running: Running, credential: dict[str, Any]) -> None:
    body = as_bytes(credential) + b"\r\n\n  \n" + json.dumps(credential["id"]).encode() + b"\n{"
    assert ends(running.client.post(BATCH, content=body, headers=NDJSON)) == ["valid", "valid", "parse.syntax"]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", (400, "batch.not_a_list")),
        (b"{}", (400, "batch.not_a_list")),
        (b"[{}", (400, "batch.not_a_list")),
        (b'["]', (400, "batch.not_a_list")),
        (b"[{},]", (400, "batch.not_a_list")),
        (b"[,{}]", (400, "batch.not_a_list")),
        (b"[{}] x", (400, "batch.not_a_list")),
        (b"[]", (422, "batch.empty")),
        (b"[" + b"1," * 1_000 + b"1]", (413, "batch.items")),
        (b"[" + b"[" * 1_000_001, (413, "batch.values")),
        (b'["' + b'\\"' * 500_000, (400, "batch.not_a_list")),
        (b" " * (25 << 20), (413, "request.body_size")),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else value[:8].decode() or "empty",
)
def test_a_list_that_is_none_is_refused_as_a_whole(running: Running, body: bytes, problem: tuple[int, str]) -> None:
    answer = running.client.post(BATCH, content=body, headers={"content-type": "application/json"})
    assert refused(answer) == problem


def test_files_of_a_zip_are_judged_by_their_bytes(running: Running, credential: dict[str, Any]) -> None:
    body = as_bytes(credential)
    made = archive(
        {
            "証明/../../etc/passwd": body,
            "badge.txt": baking.bake(png(), body),
            "__MACOSX/._badge.txt": b"\0\5\x16\7",
            "folder/": b"",
            "inner.json": archive({"x": body}),
            "<script>alert(1)</script>": b"?",
        }
    )
    answer = running.client.post(BATCH, content=made, headers=ZIP)
    assert ends(answer) == ["valid", "valid", "archive.nested", "verify.not_recognized"]
    assert [each["reference"] for each in lines(answer)[:-1]] == [
        "証明/../../etc/passwd", "badge.txt", "inner.json", "<script>alert(1)</script>",
    ]  # fmt: skip


def test_a_file_without_a_name_is_a_file(running: Running, credential: dict[str, Any]) -> None:
    made = packed([(zipfile.ZipInfo(""), as_bytes(credential))])
    answer = running.client.post(BATCH, content=made, headers=ZIP)
    assert ends(answer) == ["valid"]
    assert lines(answer)[0]["reference"] == ""


def test_a_file_that_says_of_itself_what_the_directory_does_not_is_damaged(running: Running) -> None:
    """A reader that goes by the file would find other bytes: those that are packed."""
    whole = archive({"a.json": b"{}" * 100})
    for offset, value in ((6, b"\1\0"), (8, b"\0\0"), (18, b"\1\0\0\0")):
        body = patched(whole, b"PK\3\4", offset, value)
        assert ends(running.client.post(BATCH, content=body, headers=ZIP)) == ["archive.damaged"]


@pytest.mark.parametrize(
    ("name", "body", "problem"),
    [
        ("empty", b"", (400, "archive.syntax")),
        ("no zip", b"[{}]", (400, "archive.syntax")),
        ("cut", archive({"a": b"{}"})[:-5], (400, "archive.syntax")),
        ("something behind it", archive({"a": b"{}"}) + b"x", (400, "archive.syntax")),
        ("something before it", b"PKxx" + archive({"a": b"{}"}), (400, "archive.syntax")),
        ("files on top of each other", overlapping(), (400, "archive.syntax")),
        ("no files", archive({}), (422, "batch.empty")),
        ("a workbook", archive({"[Content_Types].xml": b"<Types/>"}), (422, "verify.an_office_file")),
        ("only a folder", archive({"a/": b""}), (422, "batch.empty")),
        ("1,001 files", archive({str(n): b"" for n in range(1_001)}), (413, "archive.files")),
        ("3,000 folders", archive({f"{n}/": b"" for n in range(3_000)}), (413, "archive.files")),
        ("80 MB in all", archive({str(n): b"0" * (2 << 20) for n in range(40)}), (413, "archive.size")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_archive_that_is_none_is_refused_as_a_whole(
    running: Running, name: str, body: bytes, problem: tuple[int, str]
) -> None:
    assert refused(running.client.post(BATCH, content=body, headers=ZIP)) == problem, name


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (archive({"bomb": b" " * (3 << 20)}), "archive.size"),
        (archive({"ratio": b" " * (1 << 20)}), "archive.size"),
        (archive({"lzma": b"{}"}, zipfile.ZIP_LZMA), "archive.damaged"),
        (patched(archive({"encrypted": b"{}"}), b"PK\1\2", 8, b"\1"), "archive.encrypted"),
        (patched(archive({"checksum": b"{}"}), b"PK\1\2", 16, b"\0\0\0\0"), "archive.damaged"),
        (patched(archive({"longer than it says": b"{}" * 50}), b"PK\1\2", 24, b"\2\0\0\0"), "archive.damaged"),
        (patched(archive({"shorter than it says": b"{}"}), b"PK\1\2", 24, b"\xff\0\0\0"), "archive.damaged"),
        (archive({"gzip": b"\x1f\x8b\x08" + b"x" * 40}), "archive.nested"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_file_of_an_archive_is_told_of_that_file(running: Running, body: bytes, code: str) -> None:
    assert ends(running.client.post(BATCH, content=body, headers=ZIP)) == [code]


def test_names_that_windows_wrote_in_japan_can_be_read(running: Running) -> None:
    name = "合格証.json"
    made = archive({"x" * len(name.encode("cp932")): b"?"}).replace(
        b"x" * len(name.encode("cp932")), name.encode("cp932")
    )
    assert lines(running.client.post(BATCH, content=made, headers=ZIP))[0]["reference"] == name


def test_a_csv_of_links(running: Running, credential: dict[str, Any]) -> None:
    link = credential["id"]
    table = f'番号,リンク,備考\r\nA-1,{link},"a, ""b"""\r\n\r\nA-2,"  {link}\r\n",\r\n=1+1,,\r\n,ftp://x.example/y\r\n'
    answer = running.client.post(BATCH, content=b"\xef\xbb\xbf" + table.encode(), headers=CSV)
    assert ends(answer) == ["valid", "valid", "batch.no_link", "link.scheme"]
    assert [each.get("reference") for each in lines(answer)[:-1]] == ["A-1", "A-2", "=1+1", None]


def test_a_csv_without_a_header_has_its_links_in_the_first_column(running: Running, issued: dict[str, Any]) -> None:
    link = issued["credential"]["id"]
    answer = running.client.post(BATCH, content=f"{link}\n{link},x".encode(), headers=CSV)
    assert ends(answer) == ["valid", "valid"]
    assert not any("reference" in each for each in lines(answer))


def test_cs_01_a_formula_is_text_and_opens_nothing(running: Running) -> None:
    table = '"=HYPERLINK(""https://evil.example/"",""x"")"\n＝1\n@SUM(1)\n'.encode()
    assert set(ends(running.client.post(BATCH, content=table, headers=CSV))) <= {"link.unreadable", "foreign_link"}


def test_cs_03_another_encoding_is_read_only_where_it_is_named(running: Running, issued: dict[str, Any]) -> None:
    table = f"管理番号,リンク\n髙橋－①,{issued['credential']['id']}\n".encode("cp932")
    assert refused(running.client.post(BATCH, content=table, headers=CSV)) == (422, "csv.encoding")
    for name in ("Shift_JIS", "windows-31j", "cp932"):
        answer = running.client.post(BATCH, content=table, headers={"content-type": f"text/csv; charset={name}"})
        assert (ends(answer), lines(answer)[0]["reference"]) == (["valid"], "髙橋－①")
    for name in ("utf-16", "euc-jp", "x-user-defined"):
        answer = running.client.post(BATCH, content=table, headers={"content-type": f"text/csv; charset={name}"})
        assert refused(answer) == (415, "request.content_type")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        pytest.param(b"link\n" + b"x\n" * 1_001, (413, "csv.rows"), id="CS-07 1,001 rows"),
        pytest.param(b"link\n" * (1 << 20), (413, "csv.size"), id="CS-07 5 MB"),
        pytest.param(b"\n" * 20_000, (413, "csv.rows"), id="CS-07 blank rows"),
        pytest.param(b'"' + b"x" * (20 << 20), (422, "csv.syntax"), id="CS-08 a quote that never ends"),
        pytest.param(b'link\n"a"b\n', (422, "csv.syntax"), id="CS-08 a character behind a quote"),
        pytest.param(b"link\nhttps://a\0b\n", (422, "csv.syntax"), id="CS-10 NUL"),
        pytest.param(archive({"xl/workbook.xml": b"<x/>"}), (422, "csv.encoding"), id="CS-10 XLSX renamed"),
        pytest.param(b"link\n", (422, "batch.empty"), id="a header alone"),
    ],
)
def test_a_table_that_is_none_is_refused_as_a_whole(running: Running, body: bytes, problem: tuple[int, str]) -> None:
    answer = running.client.post(BATCH, content=body, headers=CSV)
    assert answer.status_code == problem[0]
    assert answer.json()["code"] in (problem[1], "csv.syntax")


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/octet-stream", "multipart/form-data; boundary=x", ""]
)
def test_other_forms_are_not_taken(running: Running, media_type: str) -> None:
    assert refused(running.client.post(BATCH, content=b"[{}]", headers={"content-type": media_type})) == (
        415, "request.content_type",
    )  # fmt: skip


def test_an_unknown_policy_is_refused_before_anything(running: Running) -> None:
    assert refused(running.client.post(f"{BATCH}?policy=x", json=[{}])) == (422, "verify.policy_unknown")


def test_a_batch_leaves_nothing_behind(running: Running, credential: dict[str, Any]) -> None:
    running.installation.service.log.advance(now=running.installation.now)  # what its keeper would do meanwhile
    before = every_row(running)
    found = ends(running.client.post(f"{BATCH}?receipt=true", json=[credential["id"], as_text(credential)] * 100))
    assert found == ["valid"] * 200
    assert every_row(running) == before


def test_a_client_has_one_batch_under_way_and_its_single_requests_go_on(
    running: Running, credential: dict[str, Any]
) -> None:
    many = ("POST", BATCH, {"json": [credential] * 60})
    alone = ("POST", "/v1/verify", {"json": credential})
    first, second, *singles = running.client.many([many, many, *[alone] * 5])
    outcomes = sorted((first.status_code, second.status_code))
    assert outcomes == [200, 429]
    assert [each.json()["verdict"] for each in singles] == ["valid"] * 5
    assert ends(running.client.post(BATCH, json=[credential])) == ["valid"], "the place was given back"


def test_a_cut_connection_stops_the_work(sqlite_installation: Installation) -> None:
    credential = json.loads(sqlite_installation.issue().body)
    body = json.dumps([credential] * 1_000).encode()
    app = create_app(sqlite_installation.service)
    sent: list[Message] = []
    asked = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def scenario() -> None:
        cut = asyncio.Event()

        async def receive() -> Message:
            for message in asked:
                return message
            await cut.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)
            if len(sent) == 5:
                cut.set()

        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "POST",
            "scheme": "http", "path": BATCH, "raw_path": BATCH.encode(), "query_string": b"", "root_path": "",
            "headers": [(b"host", b"localhost:8000"), (b"content-type", b"application/json")],
            "client": ("192.0.2.1", 50_000), "server": ("127.0.0.1", 8000),
        }  # fmt: skip
        async with app.router.lifespan_context(app):
            await app(scope, receive, send)
            with app.state.gate.batches.place("192.0.2.1"):
                pass  # given back

    asyncio.run(scenario())
    assert 5 <= len(sent) < 100


def test_a_thousand_items_are_taken(running: Running) -> None:
    found = ends(running.client.post(BATCH, json=[{}] * 1_000))
    assert found == ["verify.not_a_credential"] * 1_000


def test_a_batch_of_pictures_leaves_places_for_others(running: Running) -> None:
    picture = png()
    made = archive({str(number): picture for number in range(6)})
    many = ("POST", BATCH, {"content": made, "headers": ZIP})
    alone = ("POST", "/v1/verify", {"content": picture, "headers": {"content-type": "image/png"}})
    batch, *singles = running.client.many([many, *[alone] * 3])
    assert ends(batch) == ["image.not_baked"] * 6
    assert {each.json()["code"] for each in singles} == {"image.not_baked"}
    running.installation.service.verify.fetch_outside.read_code.pool.close()
