"""An award: what an issuer says of one learner and one program. Everything else in the credential comes from the
approved version (INV-05). INV-08, INV-09, INV-10, INV-12."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from jmc_vc.domain.exact_number import exact, plain
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.japan_time import add_months, end_of_day
from jmc_vc.domain.recipient import Recipient
from jmc_vc.errors import Unacceptable

CLOCK_SKEW = timedelta(minutes=5)
"""How far an award date may lie ahead of our clock (INV-08)."""

_NUMBER = re.compile(r"(?!-0(?:\.0+)?$)-?(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,2})?")
"""A mark as people write it: no exponent, NaN, plus sign, no leading zero, no -0. At most two decimals: rounding a
mark is a decision of the assessor (59.999 is not 60), never of a program."""


class AwardInFuture(Unacceptable):
    """The award date lies after the present moment."""

    code = "request.awarded_in_future"


class ActivityAfterAward(Unacceptable):
    """The learning ended, or began, after the award."""

    code = "request.activity_after_award"


class ActivityReversed(Unacceptable):
    """The learning ended before it began."""

    code = "request.activity_reversed"


class AlreadyExpired(Unacceptable):
    """The term of this award is over before the credential begins (INV-09)."""

    code = "request.award_expired"


class ResultMissing(Unacceptable):
    """An assessment has no result (INV-12)."""

    code = "request.result_missing"


class ResultTwice(Unacceptable):
    """An assessment has two results (INV-12)."""

    code = "request.result_twice"


class ResultUnknown(Unacceptable):
    """There is no such assessment in this version."""

    code = "request.result_unknown"


class ResultUnreadable(Unacceptable):
    """Not a plain number with at most two decimals, or neither Completed nor Failed."""

    code = "request.result_format"


class ResultOutOfRange(Unacceptable):
    """Below the least or above the greatest value that the assessment knows."""

    code = "request.result_range"


class ResultLevelUnknown(Unacceptable):
    """The assessment has no such level."""

    code = "request.result_level"


class ResultNotMet(Unacceptable):
    """Below what the assessment asks for: no credential (INV-12)."""

    code = "request.result_not_met"


@dataclass(frozen=True, kw_only=True)
class AssessmentResult:
    """`assessment` is the code in the version (`A1`); `value` is a number in text, a level code, or
    Completed/Failed."""

    assessment: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """`url` is an https address that is never fetched; `narrative` is Markdown that is rendered inert."""

    url: str | None = None
    name: str | None = None
    description: str | None = None
    narrative: str | None = None
    genre: str | None = None


@dataclass(frozen=True, kw_only=True)
class Award:
    """Moments are aware; those given as a date stand at 00:00 in Japan. `version` None = the one effective on the
    day."""

    program: str
    version: str | None
    recipient: Recipient
    awarded_at: datetime
    activity_start: datetime | None
    activity_end: datetime | None
    results: tuple[AssessmentResult, ...]
    evidence: tuple[Evidence, ...] = ()
    retake: bool = False


def check_dates(award: Award, now: datetime) -> None:
    """INV-08: start ≤ end ≤ award ≤ now (give or take the clock). The start may lie before the accreditation."""
    if award.awarded_at > now + CLOCK_SKEW:
        raise AwardInFuture(pointer="/awardedDate")
    if award.activity_start and award.activity_end and award.activity_start > award.activity_end:
        raise ActivityReversed(pointer="/activityEndDate")
    if award.activity_end and award.activity_end > award.awarded_at:
        raise ActivityAfterAward(pointer="/activityEndDate")
    if award.activity_start and award.activity_start > award.awarded_at:
        raise ActivityAfterAward(pointer="/activityStartDate")


def check_results(award: Award, content: Mapping[str, Any]) -> None:
    """INV-12: exactly one result for each assessment of the version, and each met. Raises the first refusal."""
    assessments = {assessment["id"]: assessment for assessment in content["assessment"]}
    seen = set()
    for i, result in enumerate(award.results):
        if result.assessment not in assessments:
            raise ResultUnknown(pointer=f"/results/{i}/assessment")
        if result.assessment in seen:
            raise ResultTwice(pointer=f"/results/{i}/assessment", assessment=result.assessment)
        seen.add(result.assessment)
        _check_value(result, assessments[result.assessment]["result"], f"/results/{i}/value")
    for code in assessments:
        if code not in seen:
            raise ResultMissing(pointer="/results", assessment=code)


def results_json(award: Award, content: Mapping[str, Any], site: Site) -> list[dict[str, Any]]:
    """The `result` array of the credential, in the order of the version's assessments. Needs `check_results` before."""
    url = site.program_version(content["programNumber"], content["version"])
    values = {result.assessment: result.value for result in award.results}
    return [_result_json(assessment, values[assessment["id"]], url) for assessment in content["assessment"]]


def valid_until(content: Mapping[str, Any], award_day: date) -> datetime | None:
    """INV-09: the last second, in Japan, of the day that lies the version's term after the award date; None = no
    end."""
    validity = content["validity"]
    if validity["kind"] == "unlimited":
        return None
    return end_of_day(add_months(award_day, validity["months"]))


def ensure_still_valid(content: Mapping[str, Any], award_day: date, valid_from: datetime) -> None:
    """INV-09: a credential ends after it begins; an old award may be too old to be put into a credential now."""
    end = valid_until(content, award_day)
    if end is not None and end <= valid_from:
        raise AlreadyExpired(pointer="/awardedDate", validUntil=end)


def credits_earned(content: Mapping[str, Any]) -> int | float | None:
    """The Japanese credits that the program formally awards; indicative ones are never earned (INV-10, INV-31)."""
    awarded = [
        exact(credit["value"])
        for credit in content["workload"].get("credits", ())
        if credit["system"] == "JP_TANI" and credit["status"] == "awarded"
    ]
    return plain(sum(awarded, Decimal(0))) if awarded else None


def _check_value(given: AssessmentResult, wanted: Mapping[str, Any], pointer: str) -> None:
    match wanted["type"]:
        case "Percent" | "RawScore":
            value = _number(given.value, pointer)
            if not exact(wanted["min"]) <= value <= exact(wanted["max"]):
                raise ResultOutOfRange(pointer=pointer, assessment=given.assessment)
            met = value >= exact(wanted["requiredValue"])
        case "RubricCriterionLevel":
            order = {level["code"]: level["order"] for level in wanted["levels"]}
            if given.value not in order:
                raise ResultLevelUnknown(pointer=pointer, assessment=given.assessment)
            met = order[given.value] >= order[wanted["requiredLevel"]]
        case "Status":
            if given.value not in ("Completed", "Failed"):
                raise ResultUnreadable(pointer=pointer)
            met = given.value == "Completed"
        case other:
            raise ValueError(f"the profile has no result type {other}")
    if not met:
        raise ResultNotMet(pointer=pointer, assessment=given.assessment)


def _number(text: str, pointer: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ResultUnreadable(pointer=pointer)
    return Decimal(text)


def _result_json(assessment: Mapping[str, Any], value: str, url: str) -> dict[str, Any]:
    made: dict[str, Any] = {"type": ["Result"], "resultDescription": f"{url}#{assessment['id']}"}
    match assessment["result"]["type"]:
        case "Percent" | "RawScore":
            made["value"] = value
        case "RubricCriterionLevel":
            made["achievedLevel"] = f"{url}#{assessment['id']}-{value}"
    return made | {"status": "Completed"}
