"""The shape of a verification's answer, for openapi.yaml. The values are made by `verifying.report_json`."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

YesNo = Literal["yes", "no", "unknown", "not_applicable"]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class SentenceMessage(_Message):
    """One sentence in Japanese and English."""

    ja: str
    en: str


class SummaryMessage(SentenceMessage):
    """The sentence that stands on top, with its stable code."""

    code: str


class CheckMessage(_Message):
    """One check. `unknown` means that it could not be made, which is neither good nor bad news."""

    id: str
    outcome: Literal["pass", "fail", "unknown", "not_applicable"]
    code: str
    message: SentenceMessage


class NoteMessage(_Message):
    """Something that the reader should know of a check that passed."""

    code: str
    message: SentenceMessage


class InputMessage(_Message):
    """What was received: how the credential is written, null if that cannot be told, and what it was taken out of."""

    form: Literal["json", "vc-jwt", "vc-jose", "sd-jwt-vc", "enveloped", "presentation", "open-badges-2"] | None
    from_: Literal["text", "png", "svg", "qr", "pdf", "link", "url"] = Field(alias="from")


class AccreditationMessage(_Message):
    """Was the program accredited on the award date, and is it now? The first decides."""

    on_award_date: YesNo
    now: YesNo


class AxisMessage(_Message):
    """One of the six questions that are answered apart from each other."""

    id: Literal["authenticity", "integrity", "status", "accreditedOnAwardDate", "accreditedNow", "holder"]
    tone: Literal["good", "bad", "unknown", "neutral"]
    code: str
    message: SentenceMessage


class EndorserMessage(_Message):
    """In whose name an endorsement is. `name` is the register's, `nameInCredential` their own, and neither is there
    unless the endorsement is theirs. `registered`: JMC has them in its register, or is it."""

    id: str | None = None
    registered: bool
    name: SentenceMessage | None = None
    name_in_credential: str | None = None


class EndorsementMessage(_Message):
    """An endorsement in the credential at `pointer`, judged on its own. Only what passed endorses anything."""

    pointer: str
    by: EndorserMessage
    outcome: Literal["pass", "fail", "unknown"]
    code: str
    message: SentenceMessage


class ReportMessage(_Message):
    """The report. `credential` holds what may be shown, and is null unless the proof passed. `next` says what the
    reader should do, and is null if the verdict asks for nothing.

    `text` says the verdict and its reasons in the language of `Accept-Language`; every `message` comes in both.
    """

    verdict: Literal["valid", "invalid", "indeterminate"]
    summary: SummaryMessage
    next: SentenceMessage | None
    input: InputMessage
    checks: list[CheckMessage]
    endorsements: list[EndorsementMessage]
    notes: list[NoteMessage]
    accreditation: AccreditationMessage
    axes: list[AxisMessage]
    credential: dict[str, Any] | None
    policy: Literal["default", "strict", "technical"]
    checked_at: str = Field(json_schema_extra={"format": "date-time"})
    language: Literal["ja", "en"]
    text: str


class CodeMessage(_Message):
    """Why something is not there."""

    code: str
    message: SentenceMessage


class PresentedReportMessage(ReportMessage):
    """The report on one credential of a presentation, and where it stands in it."""

    pointer: str


class VerificationMessage(ReportMessage):
    """The report, for a presentation with those on its `credentials`; and with `receipt=true` its receipt, a compact
    JWS; where none could be signed, `receipt` is null and `receiptProblem` says why."""

    credentials: list[PresentedReportMessage] | None = None
    receipt: str | None = None
    receipt_problem: CodeMessage | None = None


class BatchCounts(_Message):
    """How many items came to which end."""

    items: int
    valid: int
    invalid: int
    indeterminate: int
    errors: int


class BatchLineMessage(_Message):
    """One line of the answer to a batch: a report, or why there is none; the last line has `summary` and nothing else.
    `reference` is the caller's own name for the item, as far as it can be shown."""

    index: int | None = None
    reference: str | None = None
    report: VerificationMessage | None = None
    error: CodeMessage | None = None
    summary: BatchCounts | None = None


class VerifyReceiptMessage(_Message):
    """A receipt, and perhaps the digest (`sha-256:` and 64 hexadecimal digits) of the file that it should be about."""

    receipt: str
    digest: str | None = None


class ReceiptCheckMessage(_Message):
    """One check as it stood at the time."""

    id: str
    outcome: Literal["pass", "fail", "unknown", "not_applicable"]
    code: str


class ReceiptProgramMessage(_Message):
    """The program in the register: its number and version, and the register number of its issuer."""

    number: str
    version: str
    issuer: str


class ReceiptCredentialMessage(_Message):
    """One credential of a presentation. `digest` is that of its canonical form (RFC 8785), and `newerDigest` that of
    the newer version from the issuer, if the verdict is about that."""

    digest: str
    newer_digest: str | None = None
    verdict: Literal["valid", "invalid", "indeterminate"]
    summary: SummaryMessage
    besides: SummaryMessage | None = None


class ReceiptMessage(_Message):
    """What the receipt says. `digest` is that of the bytes that were handed in, and `newerDigest` of the newer version
    from the issuer, if the verdict is about that. `besides`, of a credential that was not valid, tells that its issuer
    was not registered (`issuer_not_registered`), or went by somebody else's name (`impersonation_suspected`).
    `credentials` are those of a presentation, in their order."""

    checked_at: str = Field(json_schema_extra={"format": "date-time"})
    digest: str
    newer_digest: str | None = None
    verdict: Literal["valid", "invalid", "indeterminate"]
    summary: SummaryMessage
    besides: SummaryMessage | None = None
    policy: str
    checks: list[ReceiptCheckMessage]
    accreditation: AccreditationMessage
    program: ReceiptProgramMessage | None = None
    credentials: list[ReceiptCredentialMessage] | None = None


class ReceiptReportMessage(_Message):
    """Whether this service signed the receipt: `pass`, `fail`, or `unknown` where that cannot be told. `receipt` is
    null unless it did."""

    outcome: Literal["pass", "fail", "unknown"]
    code: str
    message: SentenceMessage
    digest_matches: bool | None
    receipt: ReceiptMessage | None
    language: Literal["ja", "en"]
    text: str
