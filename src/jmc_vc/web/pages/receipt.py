"""The receipt of a verification on a page: is it one of ours, what did it say, and is it about this file?

Works without scripts. What is submitted is looked at and forgotten.
"""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.bootstrap import Service
from jmc_vc.errors import Error, TooMany, Unacceptable, Unavailable
from jmc_vc.formats.strict_json import Limits
from jmc_vc.sentences import SENTENCES
from jmc_vc.verifying.axes import Tone
from jmc_vc.verifying.check import Failed, Passed
from jmc_vc.verifying.receipt import CredentialOnReceipt, Receipt, digest_of
from jmc_vc.verifying.receipt_json import besides_of
from jmc_vc.verifying.verify_receipt import ReceiptReport
from jmc_vc.web.authentication import Public
from jmc_vc.web.pages.language import language_of
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.pages.submitted import FormUnreadable
from jmc_vc.web.pages.verdict import TONES
from jmc_vc.web.problems import said_of, status_of
from jmc_vc.web.service import Served
from jmc_vc.web.verify_api.gate import through_gate

router = APIRouter(include_in_schema=False, dependencies=[Public])

PATH = "/verify/receipt"


class NoReceiptSubmitted(Unacceptable):
    """Neither the file nor the text of a receipt."""

    code = "receipt.nothing_submitted"


@dataclass(frozen=True)
class _Submitted:
    """The receipt, its text to be shown again, and the digest of the file that it should be about."""

    receipt: bytes
    text: str
    digest: str | None


@router.get(PATH)
async def form(request: Request) -> Response:
    """The form."""
    return _form(request)


@router.post(PATH)
async def submit(request: Request, service: Served) -> Response:
    """What there is to say of the receipt, or the form again with what is wrong with it."""
    text = ""
    try:
        async with request.form(max_files=2, max_fields=4, max_part_size=Limits().bytes) as fields:
            text = str(fields.get("text") or "").strip()
            submitted = await _submitted(fields, text)
        report = await through_gate(request, service.verify_receipt, submitted.receipt, now=service.clock())
    except (TooMany, Unavailable):
        raise  # nothing is wrong with what was submitted
    except HTTPException:
        return _form(request, FormUnreadable(), text)
    except Error as error:
        return _form(request, error, text)
    return await run_in_threadpool(_result, request, service, report, submitted.digest)


async def _submitted(fields: FormData, text: str) -> _Submitted:
    """A file goes before a text, as on the page of a verification. Raises NoReceiptSubmitted."""
    file, credential = fields.get("receipt"), fields.get("credential")
    receipt = await file.read() if isinstance(file, UploadFile) and file.size else text.encode()
    if not receipt:
        raise NoReceiptSubmitted
    compared = isinstance(credential, UploadFile) and credential.size
    digest = digest_of(await credential.read()) if compared and isinstance(credential, UploadFile) else None
    return _Submitted(receipt, text, digest)


def _form(request: Request, error: Error | None = None, text: str = "") -> Response:
    said = said_of(error).in_language(language_of(request)) if error else None
    return render(
        request,
        "receipt_form.html",
        status=status_of(type(error)) if error else 200,
        fault=said,
        code=error.code if error else None,
        text=text,
        headers={"Cache-Control": "no-store"},
    )


def _result(request: Request, service: Service, report: ReceiptReport, digest: str | None) -> Response:
    receipt, finding = report.receipt, report.finding
    tone = {Passed: Tone.GOOD, Failed: Tone.BAD}.get(type(finding), Tone.UNKNOWN)
    same = None if receipt is None or digest is None else receipt.is_about(digest)
    program = None if receipt is None or receipt.program is None else receipt.program
    verdict_tone = None if receipt is None else TONES[receipt.verdict]
    return render(
        request,
        "receipt.html",
        private=True,
        tone=(Tone.BAD if same is False else verdict_tone or tone).value,
        genuine=tone.value,
        word=None if receipt is None else _word(receipt),
        finding=finding,
        same=same,
        receipt=receipt,
        besides=None if receipt is None else _besides(receipt, language_of(request)),
        credentials=_credentials(receipt, language_of(request)),
        verdict_tone=None if verdict_tone is None else verdict_tone.value,
        policy=None if receipt is None else _named("policy.", receipt.policy),
        names={} if receipt is None else {each.id: _named("check.", each.id) for each in receipt.checks},
        program=program,
        did=service.site.did,
    )


def _credentials(receipt: Receipt | None, language: str) -> list[dict[str, str | None]]:
    return [
        {
            "tone": TONES[each.verdict].value,
            "word": _word(each),
            "besides": _besides(each, language),
            "digest": each.digest,
            "newer_digest": each.newer_digest,
        }
        for each in (receipt.credentials if receipt is not None else None) or ()
    ]


def _besides(receipt: Receipt | CredentialOnReceipt, language: str) -> str | None:
    said = besides_of(receipt)
    return None if said is None else said.in_language(language)


def _word(receipt: Receipt | CredentialOnReceipt) -> str:
    """The code of the verdict in a word, which says of no day that it is so; that of the verdict itself where a release
    had other sentences."""
    code = f"verdict.{receipt.summary}.title"
    return code if code in SENTENCES else f"receipt.title.{receipt.verdict.value}"


def _named(kind: str, name: str) -> str | None:
    """The code of what a check or a policy is called; None for one that is not known here, which has only its name."""
    return f"{kind}{name}" if f"{kind}{name}" in SENTENCES else None
