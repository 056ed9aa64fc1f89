"""What is to be said of a receipt, as JSON: the same on the web and on the command line."""

from datetime import UTC
from typing import Any

from jmc_vc.formats.openbadges.date_time import write_date_time_stamp
from jmc_vc.sentences import SENTENCES, Sentence, sentence
from jmc_vc.verifying.receipt import CredentialOnReceipt, Receipt
from jmc_vc.verifying.verify_receipt import ReceiptReport

Json = dict[str, Any]


def receipt_json(report: ReceiptReport, *, digest: str | None = None, language: str = "ja") -> Json:
    """`outcome, code, message, receipt, language, text`; `digestMatches` says whether the receipt is about a file of
    `digest`, None where there is nothing to compare."""
    finding, receipt = report.finding, report.receipt
    said = sentence(finding.code, **finding.params)
    return {
        "outcome": finding.outcome.value,
        "code": finding.code,
        "message": {"ja": said.ja, "en": said.en},
        "digestMatches": None if receipt is None or digest is None else receipt.is_about(digest),
        "receipt": None if receipt is None else _receipt(receipt),
        "language": language,
        "text": said.in_language(language),
    }


def summary_of(receipt: Receipt | CredentialOnReceipt) -> Sentence:
    """The sentence that stood on top of the report, or over one credential; that of the verdict's own word where a
    release had others."""
    code = f"verdict.{receipt.summary}"
    return sentence(code if code in SENTENCES else f"receipt.verdict.{receipt.verdict.value}")


def besides_of(receipt: Receipt | CredentialOnReceipt) -> Sentence | None:
    """What was said beside it of who issued a credential that was not valid; None also of what this release does not
    know."""
    code = f"besides.{receipt.besides}"
    return sentence(code) if code in SENTENCES else None


def _receipt(receipt: Receipt) -> Json:
    program = receipt.program
    shown: Json = {
        "checkedAt": write_date_time_stamp(receipt.checked_at.astimezone(UTC)),
        "digest": receipt.digest,
        "verdict": receipt.verdict.value,
        "summary": _summary(receipt),
        "policy": receipt.policy,
        "checks": [{"id": each.id, "outcome": each.outcome.value, "code": each.code} for each in receipt.checks],
        "accreditation": {"onAwardDate": receipt.on_award_date.value, "now": receipt.accredited_now.value},
    }
    shown |= _besides(receipt)
    if receipt.newer_digest is not None:
        shown["newerDigest"] = receipt.newer_digest
    if program is not None:
        shown["program"] = {"number": program.number, "version": program.version, "issuer": program.issuer}
    if receipt.credentials is not None:
        shown["credentials"] = [
            {"digest": each.digest, "verdict": each.verdict.value, "summary": _summary(each)}
            | ({} if each.newer_digest is None else {"newerDigest": each.newer_digest})
            | _besides(each)
            for each in receipt.credentials
        ]
    return shown


def _summary(receipt: Receipt | CredentialOnReceipt) -> Json:
    said = summary_of(receipt)
    return {"code": receipt.summary, "ja": said.ja, "en": said.en}


def _besides(receipt: Receipt | CredentialOnReceipt) -> Json:
    said = besides_of(receipt)
    return {} if said is None else {"besides": {"code": receipt.besides, "ja": said.ja, "en": said.en}}
