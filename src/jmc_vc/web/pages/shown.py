"""What a page shows of a credential: only what was verified, in the register's words where the register has them
(SR-2).

If the program check passed, the credential was made from an approved version, and its content comes from the
register, in both languages. Otherwise the credential's own words are shown, and the page says whose words they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from jmc_vc.domain.accreditation import PublicState
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.formats.openbadges.evidence import Evidence
from jmc_vc.formats.openbadges.subject import Result
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.report import Report
from jmc_vc.web.pages.names import ShownName, shown_name
from jmc_vc.web.pages.shown_text import WHOLE, shown_text

_MOST_TEXTS: Final = 40
"""Of a credential that are looked through for hidden characters: the names and titles come first."""


@dataclass(frozen=True, kw_only=True)
class ShownResult:
    """One result. `assessment` is the entry of the approved version; `level` a text in both languages, or the
    credential's own; `most` the most points that could be reached."""

    name: str
    kind: str
    value: str | None
    status: str | None
    level: Mapping[str, str] | str | None
    most: str | None
    assessment: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`program` and `issuer` are there only if the register knows them and the credential agrees with it.
    `ended` is the last day of an accreditation that ended since, sooner than was approved if it was withdrawn;
    `status_entries` are pairs of a status list's address and the place on it; `marked`: the accreditation's mark may
    be shown; `test_data`: by the register's account, never by a stranger's; `altered`: something in its texts cannot be
    seen as it was written."""

    name: ShownName | None
    title: str
    description: str
    criteria: str | None
    issuer: Issuer | None
    issuer_id: str
    issuer_name: str
    program: ProgramVersion | None
    ended: date | None
    marked: bool
    awarded: datetime
    issued: datetime
    expires: datetime | None
    learned_from: datetime | None
    learned_until: datetime | None
    results: tuple[ShownResult, ...]
    evidence: tuple[Evidence, ...]
    status_entries: tuple[tuple[str, str], ...]
    test_data: bool
    altered: bool


def shown(report: Report, language: str) -> Shown | None:
    """What may be shown of the credential of `report`; None if its proof did not pass."""
    credential = report.credential
    if credential is None:
        return None
    program = report.registered.program if report.finding("program").outcome is Outcome.PASS else None
    subject, achievement = credential.subject, credential.subject.achievement
    return Shown(
        name=shown_name(subject, language),
        title=achievement.titles.get(language) or achievement.name,
        description=achievement.description,
        criteria=achievement.criteria.narrative,
        issuer=report.registered.issuer,
        issuer_id=credential.issuer.id,
        issuer_name=_issuer_name(credential, report.registered.issuer, language),
        program=program,
        ended=None if program is None else _ended(program, report.registered.program_state),
        marked=report.registered.program_state not in (PublicState.SUSPENDED, PublicState.WITHDRAWN),
        awarded=(credential.awarded_date or credential.valid_from).instant,
        issued=credential.valid_from.instant,
        expires=credential.valid_until.instant if credential.valid_until else None,
        learned_from=subject.activity_start.instant if subject.activity_start else None,
        learned_until=subject.activity_end.instant if subject.activity_end else None,
        results=tuple(_result(result, program) for result in subject.results),
        evidence=credential.evidence,
        status_entries=tuple(
            (str(each.get("statusListCredential", "")), str(each.get("statusListIndex", "")))
            for each in credential.statuses
        ),
        test_data=_test_data(report),
        altered=any(shown_text(text, most=WHOLE).altered for text in islice(_texts(credential), _MOST_TEXTS)),
    )


def _ended(program: ProgramVersion, state: PublicState | None) -> date | None:
    if state is PublicState.WITHDRAWN and program.withdrawn_at is not None:
        return jst_day(program.withdrawn_at)
    return program.approval.effective_until if state is PublicState.ENDED and program.approval is not None else None


def _issuer_name(credential: OpenBadgeCredential, issuer: Issuer | None, language: str) -> str:
    if issuer is None:
        return credential.issuer.name or credential.issuer.id
    return issuer.name_ja if language == "ja" else issuer.name_en


def _test_data(report: Report) -> bool:
    """By the register alone. What a stranger's badge says of itself is no word of ours."""
    known = report.registered
    fictional = (known.issuer and known.issuer.fictional) or (known.program and known.program.fictional)
    return bool(fictional)


def _texts(credential: OpenBadgeCredential) -> Iterator[str]:
    """All that a page may show of the credential's own words."""
    subject, achievement = credential.subject, credential.subject.achievement
    yield from (each.value for each in subject.identifiers if each.kind == "name" and not each.hashed)
    yield from (achievement.name, *achievement.titles.values(), achievement.description)
    yield from (credential.issuer.name or "", credential.issuer.id, achievement.criteria.narrative or "")
    for result in subject.results:
        described = result.description
        yield from (result.value or "", described.name if described else "")
        yield from (level.name for level in (described.levels if described else ()))
    for one in credential.evidence:
        yield from (one.name or "", one.description or "", one.narrative or "")


def _result(result: Result, program: ProgramVersion | None) -> ShownResult:
    described = result.description
    code = described.id.rpartition("#")[2] if described else ""
    assessments: list[Mapping[str, Any]] = program.content["assessment"] if program else []
    assessment = next((each for each in assessments if each["id"] == code), None)
    return ShownResult(
        name=described.name if described else "",
        kind=described.result_type if described else "",
        value=result.value,
        status=result.status,
        level=_level(result, assessment),
        most=described.value_max if described else None,
        assessment=assessment,
    )


def _level(result: Result, assessment: Mapping[str, Any] | None) -> Mapping[str, str] | str | None:
    if result.achieved_level is None:
        return None
    levels: list[Mapping[str, Any]] = assessment["result"].get("levels", []) if assessment else []
    code = result.achieved_level.rpartition("-")[2]
    known: Mapping[str, str] | None = next((each["name"] for each in levels if each["code"] == code), None)
    if known is not None:
        return known
    own = result.description.levels if result.description else ()
    return next((each.name for each in own if each.id == result.achieved_level), None)
