"""The receipt of a verification: what was found, when, and of which bytes, signed by this organization.

An employer files it beside the credential and can show years later what was checked on that day. It is a compact JWS
(RFC 7515) of a type of its own, so that it can be taken for no credential (RFC 8725 §3.11), and it holds no personal
data: the file is named by its digest alone, the issuer and the program only by their numbers in the register, and the
credentials of a presentation by theirs. Who has not got the file learns nothing of a learner from it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final, TypeVar

from jmc_vc.errors import Error, Malformed
from jmc_vc.formats import jcs
from jmc_vc.formats.jose.numeric_date import NotANumericDate, read_numeric_date, write_numeric_date
from jmc_vc.formats.strict_json import JsonObject, JsonValue
from jmc_vc.verifying.axes import Answer
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.input import Input, Source
from jmc_vc.verifying.misplaced import RECEIPT
from jmc_vc.verifying.presentation_report import AnyReport, unread_summary
from jmc_vc.verifying.presentation_ruling import PresentedReport
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.ruling import Verdict
from jmc_vc.verifying.take_in import HandedIn, PostedAddress

MEDIA_TYPE: Final = f"application/{RECEIPT}"

_BY_ADDRESS = frozenset({Source.LINK, Source.URL})
_CODE = re.compile(r"[a-z0-9_.]{1,80}", re.ASCII)
_DIGEST = re.compile(r"sha-256:[0-9a-f]{64}", re.ASCII)
_NUMBER = re.compile(r"[^\x00-\x1f\x7f]{1,80}")

T = TypeVar("T", Verdict, Outcome, Answer)


class BadReceipt(Malformed):
    """Signed as a receipt, and does not say what a receipt says."""

    code = "receipt.content"


@dataclass(frozen=True, kw_only=True)
class CheckOnReceipt:
    """One check without its sentence, whose placeholders could hold what the credential says."""

    id: str
    outcome: Outcome
    code: str


@dataclass(frozen=True, kw_only=True)
class ProgramOnReceipt:
    """The program as the register has it: its number and version, and the register number of its issuer."""

    number: str
    version: str
    issuer: str


@dataclass(frozen=True, kw_only=True)
class CredentialOnReceipt:
    """One credential of a presentation. `digest` is that of the canonical form (RFC 8785) of what stood in its place,
    the credential or an envelope with a token: the bytes of it alone nobody handed in. `newer_digest` is as of a
    receipt."""

    digest: str
    verdict: Verdict
    summary: str
    newer_digest: str | None = None
    besides: str | None = None


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What a receipt says. `digest` is that of the bytes that were handed in, and where that was only a link, of the
    credential to which it led (`sha-256:` and lower-case hex). `besides` is what was said beside the sentence of
    `summary`: that the issuer was not registered, or may have been somebody else. `newer_digest` is that of the version
    from the issuer that the verdict is about, where it stands for what was handed in. `program` is there only for a
    genuine credential of a registered program; `credentials`, in their order, only for a presentation."""

    checked_at: datetime
    digest: str
    verdict: Verdict
    summary: str
    policy: str
    checks: tuple[CheckOnReceipt, ...]
    on_award_date: Answer
    accredited_now: Answer
    program: ProgramOnReceipt | None
    newer_digest: str | None = None
    credentials: tuple[CredentialOnReceipt, ...] | None = None
    besides: str | None = None

    def is_about(self, digest: str) -> bool:
        """Whether a file with this digest was handed in or judged."""
        return digest in (self.digest, self.newer_digest)


def digest_of(data: bytes) -> str:
    """The digest by which a receipt names bytes."""
    return f"sha-256:{sha256(data).hexdigest()}"


def receipt_of(report: AnyReport, handed_in: HandedIn) -> Receipt:
    """The receipt of `report`, which is about `handed_in`."""
    if isinstance(handed_in, PostedAddress) or report.input.source in _BY_ADDRESS:
        named = report.input.data
    else:
        named = handed_in
    return Receipt(
        checked_at=report.checked_at,
        digest=digest_of(named),
        verdict=report.verdict,
        summary=report.summary,
        policy=report.policy.name,
        checks=tuple(
            CheckOnReceipt(id=each.id, outcome=each.finding.outcome, code=each.finding.code) for each in report.checks
        ),
        on_award_date=report.on_award_date,
        accredited_now=report.accredited_now,
        program=_program(report) if isinstance(report, Report) else None,
        newer_digest=_newer(report.input),
        credentials=None if isinstance(report, Report) else tuple(map(_presented, report.found.credentials)),
        besides=report.besides if isinstance(report, Report) else None,
    )


def _presented(each: PresentedReport) -> CredentialOnReceipt:
    digest = jcs.digest(each.document)
    if isinstance(each.report, Error):
        return CredentialOnReceipt(digest=digest, verdict=each.verdict, summary=unread_summary(each))
    return CredentialOnReceipt(
        digest=digest,
        verdict=each.verdict,
        summary=each.report.summary,
        newer_digest=_newer(each.report.input),
        besides=each.report.besides,
    )


def _newer(judged: Input) -> str | None:
    return None if judged.newer is None else digest_of(judged.newer)


def _program(report: Report) -> ProgramOnReceipt | None:
    if report.credential is None:
        return None  # what a forger names says nothing of anybody's program
    registered = report.registered
    if registered.program is None or registered.issuer is None:
        return None
    program = registered.program
    return ProgramOnReceipt(number=program.number, version=program.version, issuer=registered.issuer.number)


def claims_of(receipt: Receipt, *, signer: str) -> JsonObject:
    """The claims of the token, which the DID `signer` signs."""
    program = receipt.program
    claims: JsonObject = {
        "iss": signer,
        "iat": write_numeric_date(receipt.checked_at, pointer="/iat"),
        "digest": receipt.digest,
        "verdict": receipt.verdict.value,
        "summary": receipt.summary,
        "policy": receipt.policy,
        "checks": [{"id": each.id, "outcome": each.outcome.value, "code": each.code} for each in receipt.checks],
        "accreditation": {"onAwardDate": receipt.on_award_date.value, "now": receipt.accredited_now.value},
    }
    if receipt.besides is not None:
        claims["besides"] = receipt.besides
    if receipt.newer_digest is not None:
        claims["newerDigest"] = receipt.newer_digest
    if program is not None:
        claims["program"] = {"number": program.number, "version": program.version, "issuer": program.issuer}
    if receipt.credentials is not None:
        claims["credentials"] = [_claims_of(each) for each in receipt.credentials]
    return claims


def _claims_of(each: CredentialOnReceipt) -> JsonObject:
    claims: JsonObject = {"digest": each.digest, "verdict": each.verdict.value, "summary": each.summary}
    if each.newer_digest is not None:
        claims["newerDigest"] = each.newer_digest
    return claims if each.besides is None else {**claims, "besides": each.besides}


def read_claims(claims: JsonObject) -> Receipt:
    """What the claims of a receipt say, `iss` aside. Codes that are not known here are taken as they are: an older or
    newer release may have others. Raises BadReceipt."""
    accreditation, program = _object(claims.get("accreditation"), "/accreditation"), claims.get("program")
    try:
        checked_at = read_numeric_date(claims.get("iat"), pointer="/iat")
    except NotANumericDate as err:
        raise BadReceipt(pointer="/iat") from err
    return Receipt(
        checked_at=checked_at,
        digest=_text(claims, "digest", _DIGEST),
        verdict=_one_of(Verdict, claims, "verdict"),
        summary=_text(claims, "summary", _CODE),
        policy=_text(claims, "policy", _CODE),
        checks=tuple(map(_check, _objects(claims, "checks"))),
        on_award_date=_one_of(Answer, accreditation, "onAwardDate"),
        accredited_now=_one_of(Answer, accreditation, "now"),
        program=None if program is None else _read_program(_object(program, "/program")),
        newer_digest=_newer_digest(claims),
        besides=_text(claims, "besides", _CODE) if "besides" in claims else None,
        credentials=tuple(map(_credential, _objects(claims, "credentials"))) if "credentials" in claims else None,
    )


def _check(each: JsonObject) -> CheckOnReceipt:
    return CheckOnReceipt(
        id=_text(each, "id", _CODE), outcome=_one_of(Outcome, each, "outcome"), code=_text(each, "code", _CODE)
    )


def _credential(each: JsonObject) -> CredentialOnReceipt:
    return CredentialOnReceipt(
        digest=_text(each, "digest", _DIGEST),
        verdict=_one_of(Verdict, each, "verdict"),
        summary=_text(each, "summary", _CODE),
        newer_digest=_newer_digest(each),
        besides=_text(each, "besides", _CODE) if "besides" in each else None,
    )


def _newer_digest(claims: JsonObject) -> str | None:
    return _text(claims, "newerDigest", _DIGEST) if "newerDigest" in claims else None


def _read_program(written: JsonObject) -> ProgramOnReceipt:
    return ProgramOnReceipt(
        number=_text(written, "number", _NUMBER),
        version=_text(written, "version", _NUMBER),
        issuer=_text(written, "issuer", _NUMBER),
    )


def _object(value: JsonValue, pointer: str) -> JsonObject:
    if not isinstance(value, dict):
        raise BadReceipt(pointer=pointer)
    return value


def _objects(claims: JsonObject, name: str) -> list[JsonObject]:
    values = claims.get(name)
    if not isinstance(values, list):
        raise BadReceipt(pointer=f"/{name}")
    return [_object(each, f"/{name}/{n}") for n, each in enumerate(values)]


def _text(members: Mapping[str, JsonValue], name: str, form: re.Pattern[str]) -> str:
    value = members.get(name)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise BadReceipt(pointer=f"/{name}")
    return value


def _one_of(kind: type[T], members: Mapping[str, JsonValue], name: str) -> T:
    try:
        return kind(str(members.get(name)))
    except ValueError as err:
        raise BadReceipt(pointer=f"/{name}") from err
