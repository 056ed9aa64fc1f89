"""The six example programs, whole or with one thing changed, and versions made from them."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jmc_vc.domain.accreditation import Approval, ProgramState
from jmc_vc.domain.award import AssessmentResult, Award
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.person_name import NameParts, PersonName
from jmc_vc.domain.program import AlignmentCheck, ProgramVersion, RecordOnFile, approve
from jmc_vc.domain.program_rule import Severity
from jmc_vc.domain.program_rules import lint
from jmc_vc.domain.recipient import Recipient

DEMO_DATA = Path(__file__).parents[2] / "src" / "jmc_vc" / "cli" / "demo_data"
PROGRAMS: dict[str, dict[str, Any]] = {
    program["programNumber"]: program for program in json.loads((DEMO_DATA / "programs.json").read_text("utf-8"))
}
LEARNERS: dict[str, dict[str, Any]] = {
    learner["id"]: learner for learner in json.loads((DEMO_DATA / "learners.json").read_text("utf-8"))["learners"]
}

EXAMPLE_SITE = Site(
    base_url="https://mc.example.jp", did="did:web:mc.example.jp", namespace="https://ns.jmc.example/mc/v1"
)
FIRST_DAY, LAST_DAY = date(2026, 4, 1), date(2029, 3, 31)
MOMENT = datetime(2026, 3, 20, tzinfo=UTC)


def content_of(number: str = "JMC-P-900001", **changes: Any) -> dict[str, Any]:
    """A program's content; each change names a place, `workload__notionalHours=91`, `assessment__0__weight=20`."""
    content = deepcopy(PROGRAMS[number])
    for place, value in changes.items():
        *parents, last = place.split("__")
        target: Any = content
        for part in parents:
            target = target[int(part) if part.isdigit() else part]
        target[int(last) if last.isdigit() else last] = value
    return content


def without(content: dict[str, Any], place: str) -> dict[str, Any]:
    """The content without the member at `place`."""
    *parents, last = place.split("__")
    target: Any = content
    for part in parents:
        target = target[int(part) if part.isdigit() else part]
    del target[last]
    return content


def submitted(content: dict[str, Any] | None = None, **members: Any) -> ProgramVersion:
    """A submitted version with every record and every alignment check that it needs."""
    content = content or content_of()
    rules = {finding.rule for finding in lint(content) if finding.severity is Severity.RECORD}
    urls = {
        alignment["targetUrl"] for outcome in content["learningOutcomes"] for alignment in outcome.get("alignments", ())
    }
    fields: dict[str, Any] = {
        "number": content["programNumber"],
        "version": content["version"],
        "issuer": content["issuer"]["id"].rsplit("/", 1)[-1],
        "content": content,
        "content_digest": "sha-256:" + "0" * 64,
        "submitted_at": MOMENT,
        "state": ProgramState.SUBMITTED,
        "records": tuple(RecordOnFile(rule=rule, reference="test", by="staff", at=MOMENT) for rule in sorted(rules)),
        "alignment_checks": tuple(
            AlignmentCheck(target_url=url, note="", by="staff", at=MOMENT) for url in sorted(urls)
        ),
    }
    return ProgramVersion(**(fields | members))


def approval(first: date = FIRST_DAY, last: date = LAST_DAY) -> Approval:
    """A decision for the days from `first` to `last`, both included."""
    return Approval(
        decision="JMC-D-900001",
        decided_on=date(2026, 3, 10),
        effective_from=first,
        effective_until=last,
        approved_at=MOMENT,
    )


def approved(content: dict[str, Any] | None = None, first: date = FIRST_DAY, last: date = LAST_DAY) -> ProgramVersion:
    """An approved version with that window."""
    return approve(submitted(content), approval(first, last))


def award_with(*results: tuple[str, str], **members: Any) -> Award:
    """An award for 900001 with these results."""
    fields: dict[str, Any] = {
        "program": "JMC-P-900001",
        "version": None,
        "recipient": Recipient(name=PersonName(full_name="SUKARTO"), email="learner-05@learners.example"),
        "awarded_at": datetime(2026, 10, 1, tzinfo=UTC),
        "activity_start": None,
        "activity_end": None,
        "results": tuple(AssessmentResult(assessment=code, value=value) for code, value in results),
    }
    return Award(**(fields | members))


def name_of(learner: str) -> PersonName:
    """The name of one of the test learners, code point by code point as in the file."""
    record = LEARNERS[learner]
    parts = {writing: NameParts(**record[writing]) for writing in ("ja", "kana", "latn") if writing in record}
    return PersonName(full_name=record.get("fullName"), order=record["order"], **parts)
