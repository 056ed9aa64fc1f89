"""A program version: the unit that JMC accredits. Its content never changes after submission (INV-04)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from jmc_vc.domain.accreditation import (
    AWARD_DATE,
    Approval,
    NeverAccredited,
    ProgramState,
    Suspension,
    outside,
)
from jmc_vc.domain.framework import needs_check
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program_rule import HourLimits, RuleFinding, Severity, alignments, shown
from jmc_vc.domain.program_rules import lint
from jmc_vc.errors import Conflict, NotFound, Unacceptable

MOVES: Mapping[ProgramState, frozenset[ProgramState]] = {
    ProgramState.SUBMITTED: frozenset({ProgramState.APPROVED}),
    ProgramState.APPROVED: frozenset({ProgramState.SUSPENDED, ProgramState.WITHDRAWN}),
    ProgramState.SUSPENDED: frozenset({ProgramState.APPROVED, ProgramState.WITHDRAWN}),
    ProgramState.WITHDRAWN: frozenset(),
}


class ProgramNotFound(NotFound):
    """No such program, or no such version of it."""

    code = "program.not_found"


class IllegalMove(Conflict):
    """The version is not in a state from which this is possible."""

    code = "program.move"


class VersionImmutable(Conflict):
    """Another content under a number and version that were submitted before (INV-04)."""

    code = "version_immutable"


class WindowUnusable(Unacceptable):
    """The last day of a window lies before its first, or a suspension ends before it began."""

    code = "program.window"


class DecidedInFuture(Unacceptable):
    """The committee's decision would be of a later day than its record."""

    code = "program.decided_in_future"


class WindowOverlap(Conflict):
    """Another version of the program is accredited on some of these days (INV-07)."""

    code = "program.window_overlap"


class AlignmentUnconfirmed(Conflict):
    """A framework node that nobody has looked up yet (INV-36)."""

    code = "program.alignment_unconfirmed"


class RecordMissing(Conflict):
    """A paper that a rule of severity `record` asks for is not on file."""

    code = "program.record_missing"


class RulesBroken(Unacceptable):
    """The content breaks rules of severity `error`; `findings` says which."""

    code = "program.rules"

    def __init__(self, findings: tuple[RuleFinding, ...]) -> None:
        super().__init__(pointer=findings[0].pointer, rules=", ".join(sorted({f.rule for f in findings})))
        self.findings = findings


@dataclass(frozen=True, kw_only=True)
class RecordOnFile:
    """A paper that a rule of severity `record` asks for: what was seen, by whom, when.

    A record for R-02 is the justification of a word in the title.
    """

    rule: str
    reference: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AlignmentCheck:
    """A member of staff looked the framework node up (INV-36): `target_url` is the alignment's."""

    target_url: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ProgramVersion:
    """`content` is the validated JSON of metadata profile 1.0; `content_digest` is `sha-256:<hex>` over its JCS
    form."""

    number: str
    version: str
    issuer: str
    content: Mapping[str, Any]
    content_digest: str
    submitted_at: datetime
    state: ProgramState
    approval: Approval | None = None
    suspensions: tuple[Suspension, ...] = ()
    withdrawn_at: datetime | None = None
    records: tuple[RecordOnFile, ...] = ()
    alignment_checks: tuple[AlignmentCheck, ...] = ()

    @property
    def fictional(self) -> bool:
        """Demo data: everything made from it says テスト用データ / test data."""
        return self.content.get("fictional") is True


def ensure_submittable(
    content: Mapping[str, Any], records: Iterable[RecordOnFile] = (), limits: HourLimits | None = None
) -> tuple[RuleFinding, ...]:
    """Raises RulesBroken or RecordMissing; else the findings that remain as advice (warn, info)."""
    findings = lint(content, limits=limits)
    on_file = {record.rule for record in records}
    broken = tuple(f for f in findings if f.severity is Severity.ERROR and not (f.rule == "R-02" and "R-02" in on_file))
    if broken:
        raise RulesBroken(broken)
    _ensure_records(findings, on_file)
    return tuple(finding for finding in findings if finding.severity in (Severity.WARN, Severity.INFO))


def ensure_same_content(version: ProgramVersion, content_digest: str) -> None:
    """INV-04: what was submitted stays; a correction is a new version."""
    if version.content_digest != content_digest:
        raise VersionImmutable


def approve(version: ProgramVersion, approval: Approval, siblings: Iterable[ProgramVersion] = ()) -> ProgramVersion:
    """The committee's approval. `siblings` are the program's other versions (`version` itself among them does no
    harm)."""
    approved = _move(version, ProgramState.APPROVED, only_from=ProgramState.SUBMITTED)
    if approval.effective_until < approval.effective_from:
        raise WindowUnusable
    if approval.decided_on > jst_day(approval.approved_at):
        raise DecidedInFuture(decided=approval.decided_on)
    for sibling in siblings:
        if sibling.version != version.version and _overlaps(approval, sibling):
            raise WindowOverlap(version=sibling.version)
    _ensure_records(lint(version.content), {record.rule for record in version.records})
    unchecked = unchecked_alignments(version)
    if unchecked:
        raise AlignmentUnconfirmed(target=shown(unchecked[0]["targetUrl"]))
    return replace(approved, approval=approval)


def unchecked_alignments(version: ProgramVersion) -> tuple[Mapping[str, Any], ...]:
    """The alignments that still need a member of staff to look the node up before approval (INV-36)."""
    checked = {check.target_url for check in version.alignment_checks}
    return tuple(
        alignment
        for _, alignment in alignments(version.content)
        if needs_check(alignment) and alignment["targetUrl"] not in checked
    )


def suspend(version: ProgramVersion, day: date, reason: str) -> ProgramVersion:
    """From `day` on, that day included. Credentials already issued are not touched (INV-25)."""
    suspended = _move(version, ProgramState.SUSPENDED)
    if version.suspensions and day < (version.suspensions[-1].until_day or day):
        raise WindowUnusable  # suspensions follow one another
    return replace(
        suspended, suspensions=(*version.suspensions, Suspension(from_day=day, until_day=None, reason=reason))
    )


def reinstate(version: ProgramVersion, day: date) -> ProgramVersion:
    """Lifts the suspension; `day` itself still counts as suspended for awards dated on it."""
    lifted = _move(version, ProgramState.APPROVED, only_from=ProgramState.SUSPENDED)
    *before, running = version.suspensions
    if day < running.from_day:
        raise WindowUnusable
    return replace(lifted, suspensions=(*before, replace(running, until_day=day)))


def withdraw(version: ProgramVersion, at: datetime) -> ProgramVersion:
    """For cause and for good. Credentials already issued are not touched (INV-25)."""
    return replace(_move(version, ProgramState.WITHDRAWN), withdrawn_at=at)


def version_for(versions: Iterable[ProgramVersion], award_day: date) -> ProgramVersion:
    """The version of one program whose window holds `award_day`, whatever interrupted it: `ensure_awardable` says that.

    Raises a NotApprovedOnAwardDate that tells whether the day lies before or after the nearest window.
    """
    windows = [(version.approval, version) for version in versions if version.approval is not None]
    if not windows:
        raise NeverAccredited(pointer=AWARD_DATE, awardedDate=award_day)
    holding = [pair for pair in windows if pair[0].covers(award_day)]
    if holding:
        # Two windows can hold one day only where the older version was withdrawn: the living one comes first.
        return max(holding, key=lambda pair: (pair[1].state is not ProgramState.WITHDRAWN, pair[0].effective_from))[1]
    begun = [approval for approval, _ in windows if approval.effective_from <= award_day]
    if begun:
        raise outside(max(begun, key=lambda approval: approval.effective_until), award_day)
    raise outside(min((approval for approval, _ in windows), key=lambda approval: approval.effective_from), award_day)


def _move(version: ProgramVersion, state: ProgramState, *, only_from: ProgramState | None = None) -> ProgramVersion:
    if state not in MOVES[version.state] or (only_from is not None and version.state is not only_from):
        raise IllegalMove
    return replace(version, state=state)


def _overlaps(approval: Approval, sibling: ProgramVersion) -> bool:
    if sibling.approval is None:
        return False
    last = sibling.approval.effective_until
    if sibling.withdrawn_at is not None:
        last = min(last, jst_day(sibling.withdrawn_at))
    return approval.effective_from <= last and sibling.approval.effective_from <= approval.effective_until


def _ensure_records(findings: Iterable[RuleFinding], on_file: set[str]) -> None:
    for finding in findings:
        if finding.severity is Severity.RECORD and finding.rule not in on_file:
            raise RecordMissing(pointer=finding.pointer, rule=finding.rule)
