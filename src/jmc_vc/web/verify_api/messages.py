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


class ReportMessage(_Message):
    """The report. `credential` holds what may be shown, and is null unless the proof passed."""

    verdict: Literal["valid", "invalid", "indeterminate"]
    summary: SummaryMessage
    checks: list[CheckMessage]
    accreditation: AccreditationMessage
    axes: list[AxisMessage]
    credential: dict[str, Any] | None
    policy: Literal["default", "strict", "technical"]
    checked_at: str = Field(json_schema_extra={"format": "date-time"})
