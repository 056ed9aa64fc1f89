"""The results of many verifications as a table for spreadsheets (CSV).

Headings say each column in Japanese and by a name that is the same in every language, so that a program can read the
files of all offices; what is in the cells is in the language of the page, beside the codes. Days and times are those of
Japan. `issuer` and `programNumber` are the register's; what a credential says itself stands in `issuerInCredential`.
What anybody may have written is shown as on the pages, without hidden characters and no longer: a cell with a book in
it makes the sheet unreadable, and spreadsheets cut what is longer than 32,767 characters.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from jmc_vc.domain.japan_time import JST, jst_day
from jmc_vc.errors import Error
from jmc_vc.formats.csv_table import write_csv
from jmc_vc.sentences import sentence
from jmc_vc.verifying.axes import Answer
from jmc_vc.verifying.presentation_report import ReportOnPresentation, unread_summary
from jmc_vc.verifying.presentation_ruling import PresentedReport, finding_of
from jmc_vc.verifying.receipt import receipt_of
from jmc_vc.verifying.report import Report
from jmc_vc.web.pages.shown import shown
from jmc_vc.web.pages.shown_text import MOST, displayable
from jmc_vc.web.pages.verdict import head, in_a_row
from jmc_vc.web.problems import said_of
from jmc_vc.web.verify_api.batch_work import Outcome

NOT_VERIFIED: Final = "not_verified"
COLUMNS: Final[Mapping[str, str]] = {
    "reference": "管理番号・ファイル名",
    "line": "行",
    "part": "提示内の番号",
    "result": "判定",
    "reason": "説明",
    "holder": "取得者",
    "credential": "証明",
    "issuer": "発行機関（登録簿）",
    "registerNumber": "発行機関の登録番号",
    "issuerInCredential": "発行機関（証明の記載による）",
    "programNumber": "プログラム番号",
    "accreditedOnAwardDate": "授与日の認証",
    "accreditedNow": "現在の認証",
    "awardDate": "授与日",
    "verifiedAt": "検証日時（日本時間）",
    "digest": "検証したデータのダイジェスト",
    "verdict": "判定コード",
    "summary": "結果コード",
    "testData": "テスト用データ",
}
"""Name of the column → what stands above it besides."""
_BOM: Final = "\ufeff".encode()


def file_name(now: datetime) -> str:
    """The name under which the table is saved."""
    return f"verification-{now.astimezone(JST):%Y%m%d-%H%M%S}.csv"


def headings() -> bytes:
    """The first line."""
    return write_csv((tuple(f"{said} / {name}" for name, said in COLUMNS.items()),))


def lines_of(outcome: Outcome, language: str) -> bytes:
    """One line; of a presentation one for itself, and one for each credential in it."""
    begins = {"reference": outcome.reference or "", "line": "" if outcome.line is None else str(outcome.line)}
    lines = (tuple({**begins, **cells}.get(name, "") for name in COLUMNS) for cells in _lines(outcome, language))
    return write_csv(tuple(lines)).removeprefix(_BOM)


def _lines(outcome: Outcome, language: str) -> Iterator[dict[str, str]]:
    if isinstance(outcome.found, Error):
        yield {
            "result": sentence("table.not_verified").in_language(language),
            "reason": said_of(outcome.found).in_language(language),
            "verdict": NOT_VERIFIED,
            "summary": outcome.found.code,
        }
        return
    handed_in, report = outcome.found
    about_all = {
        "verifiedAt": f"{report.checked_at.astimezone(JST):%Y-%m-%d %H:%M:%S}",
        "digest": receipt_of(report, handed_in).digest,
    }
    if not isinstance(report, ReportOnPresentation):
        yield {**about_all, **_of_credential(report, language)}
        return
    presented = report.found.credentials
    yield {
        **about_all,
        "result": sentence(f"table.presentation.{report.verdict.value}").in_language(language),
        "reason": sentence(f"verdict.{report.summary}").in_language(language),
        "credential": sentence("table.presentation", count=len(presented)).in_language(language),
        "verdict": report.verdict.value,
        "summary": report.summary,
    }
    for number, each in enumerate(presented, start=1):
        cells = _of_unread(each, language) if isinstance(each.report, Error) else _of_credential(each.report, language)
        yield {**about_all, "part": f"{number} ({len(presented)})", **cells}


def _of_credential(report: Report, language: str) -> dict[str, str]:
    said = head(report, language)
    cells = {
        "result": _word(report, language),
        "reason": in_a_row([said["headline"], *said["more"]], language),
        "verdict": report.verdict.value,
        "summary": report.summary,
        "accreditedOnAwardDate": _answer(report.on_award_date, language),
        "accreditedNow": _answer(report.accredited_now, language),
    }
    content, credential = shown(report, language), report.credential
    if content is None or credential is None:
        return cells
    issuer = content.issuer
    return cells | {
        "holder": displayable(content.name.text, most=MOST) if content.name else "",
        "credential": displayable(content.title, most=MOST),
        "issuer": content.issuer_name if issuer else "",
        "registerNumber": issuer.number if issuer else "",
        "issuerInCredential": displayable(credential.issuer.name or credential.issuer.id, most=MOST),
        "programNumber": content.program.number if content.program else "",
        "awardDate": jst_day(content.awarded).isoformat(),
        "testData": sentence("table.test_data").in_language(language) if content.test_data else "",
    }


def _of_unread(each: PresentedReport, language: str) -> dict[str, str]:
    assert isinstance(each.report, Error)
    finding, summary = finding_of(each.report), unread_summary(each)
    return {
        "result": sentence(f"verdict.{summary}.title").in_language(language),
        "reason": sentence(finding.code, **finding.params).in_language(language),
        "verdict": each.verdict.value,
        "summary": summary,
    }


def _word(report: Report, language: str) -> str:
    return sentence(f"verdict.{report.on_top}.title").in_language(language)


def _answer(answer: Answer, language: str) -> str:
    return sentence(f"table.accredited.{answer.value}").in_language(language)
