"""The report: the ruling over the findings, the answers to the six questions, and what may be shown.

Six questions are answered apart (genuine? intact? status? accredited on the award date? accredited now? is the
presenter the holder?), and one sentence stands on top.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from jmc_vc.domain.accreditation import PublicState, public_state
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.errors import Wording
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.formats.openbadges.endorsement import EndorsementCredential
from jmc_vc.verifying.axes import UNDATED, Answer, Axis, Registered, axes
from jmc_vc.verifying.check import Check, Finding, Outcome, Passed
from jmc_vc.verifying.checks import endorsement, mark
from jmc_vc.verifying.checks.recipient import NAME
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.input import Input
from jmc_vc.verifying.not_judged import as_far_as_judged, is_genuine
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Asked, Presented
from jmc_vc.verifying.ruling import Indeterminate, Invalid, Ruling, Valid, Verdict, rule
from jmc_vc.verifying.strangers import SUSPICIONS, UNREGISTERED
from jmc_vc.verifying.undecided import PASSES

_WORST_FIRST = ("status.revoked", "status.replaced", "status.suspended", "validity.expired")
"""Failures that leave the credential genuine, gravest first; any other failure makes it untrustworthy."""

_SUMMARIES = {
    "status.revoked": "revoked",
    "status.replaced": "revoked",
    "status.suspended": "suspended",
    "validity.expired": "expired",
}

NOTED = frozenset(
    {
        "claims.missing", "issuer.ended_since", "issuer.name_differs", "issuer.suspended_now", "key.retired",
        "key.revoked_issued_before", "key.revoked_logged_before", "mark.ended_since", "parse.parts_hidden",
        "recipient.match_folded", "recipient.match_weak", "refresh.newer", "status.message", "status.other_purpose",
        "status.refresh",
    }
)  # fmt: skip
"""Findings of checks that passed, and of which the reader should know all the same."""

_ABOUT_THE_PERSON = frozenset({"recipient", "holder"})
"""Checks that say nothing against the credential itself."""
_ACCREDITED = frozenset({PublicState.EFFECTIVE, PublicState.SUPERSEDED})
"""A version that a newer one replaced: the program is still accredited."""
_ENDED = frozenset({PublicState.ENDED, PublicState.WITHDRAWN})


@dataclass(frozen=True, kw_only=True)
class EndorsementFinding:
    """What was found of the endorsement at `pointer`. `by` is in whose name it is, None if nobody can tell. Only if it
    is theirs: `name` is what they call themselves, and `issuer` who that is by the register; `registered` too if it is
    JMC itself."""

    pointer: str
    by: str | None
    name: str | None
    issuer: Issuer | None
    registered: bool
    finding: Finding


@dataclass(frozen=True, kw_only=True)
class Report:
    """`credential` is there only if the proof passed: nothing is shown that was not verified (SR-2). The ruling, and
    with it the verdict and the sentence on top, is made of the checks here and can be given by nobody."""

    policy: Policy
    checked_at: datetime
    input: Input
    checks: tuple[Check, ...]
    on_award_date: Answer
    accredited_now: Answer
    axes: tuple[Axis, ...]
    credential: OpenBadgeCredential | None
    registered: Registered
    endorsements: tuple[EndorsementFinding, ...] = ()
    ruling: Ruling = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ruling", rule(self.checks, self.policy))

    @property
    def verdict(self) -> Verdict:
        """That of the ruling; there is no other."""
        return self.ruling.verdict

    @property
    def summary(self) -> str:
        """The code of the sentence on top; each belongs to one verdict. The domain has eight. There is one more for
        what is good, and not that of the person who was asked about, or who showed it; one for what is good by a policy
        that asks nothing of the issuer or of accreditation; and one for a stranger who goes by a registered issuer's
        name."""
        match self.ruling:
            case Valid() if self.policy.is_technical:
                return "valid_technical"
            case Valid():
                ended = self.on_award_date is Answer.YES and self.registered.program_state in _ENDED
                return "valid_accreditation_ended" if ended else "valid"
            case Invalid(failures):
                codes = {finding.code for finding in failures}
                if {check.id for check in self.checks if check.finding in failures} <= _ABOUT_THE_PERSON:
                    return "not_theirs"
                if codes - set(_WORST_FIRST):
                    return "not_trustworthy"
                return _SUMMARIES[min(codes, key=_WORST_FIRST.index)]
            case Indeterminate(open=not_known):
                issuer = self.finding("issuer").code
                if issuer in SUSPICIONS and "issuer" in not_known:
                    return "impersonation_suspected"  # whatever else is open: a key that nobody can have hides nothing
                # Everything technical was checked and is right. Whose it is, nobody knows.
                known = not_known <= {"issuer", "program"}
                return "issuer_not_registered" if known and issuer in UNREGISTERED else "indeterminate"

    @property
    def replaced(self) -> bool:
        """Whether 失効 (revoked) reads 再発行済み (replaced)."""
        return self.summary == "revoked" and self.finding("status").code == "status.replaced"

    @property
    def on_top(self) -> str:
        """What the sentence on top is called, after `verdict.`."""
        return "replaced" if self.replaced else self.summary

    @property
    def besides(self) -> str | None:
        """What the second sentence says of who issued a bad credential, `besides.` and this: that it goes by somebody
        else's name, or is not in the register. Nobody takes it then for one that was good once."""
        issuer = self.finding("issuer").code
        if not isinstance(self.ruling, Invalid):
            return None
        if issuer in SUSPICIONS:
            return "impersonation_suspected"
        asked = "issuer" in self.policy.required and self.summary != "not_trustworthy"
        return "issuer_not_registered" if asked and issuer in UNREGISTERED else None

    @property
    def to_do(self) -> str:
        """What the sentence about what to do next is called, after `next.`."""
        if self.besides == "impersonation_suspected":
            return self.besides
        other = self.finding("recipient").params.get("what") if self.summary == "not_theirs" else None
        if isinstance(other, Wording) and other != NAME:
            return "not_theirs_by_identifier"
        lasting = self.summary == "indeterminate" and not self.worth_trying_again
        return "indeterminate_for_good" if lasting else self.on_top

    @property
    def worth_trying_again(self) -> bool:
        """Whether what could not be checked may be checked another time."""
        match self.ruling:
            case Indeterminate(open=not_known):
                return any(check.id in not_known and _passes(check) for check in self.checks)
            case _:
                return False

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What the checks that passed have to say besides; and a suspicion that does not stand on top."""
        findings = (check.finding for check in self.checks)
        noted = (each for each in findings if isinstance(each, Passed) and each.code in NOTED)
        suspicion = self.finding("issuer")
        told = suspicion.code not in SUSPICIONS or self.summary == "impersonation_suspected"
        return tuple(noted) if told else (suspicion, *noted)

    def finding(self, check_id: str) -> Finding:
        """What the check called `check_id` found."""
        return next(check.finding for check in self.checks if check.id == check_id)


def _passes(check: Check) -> bool:
    code = check.finding.code
    return code in PASSES or (check.id == "key" and code.startswith("parse."))  # the issuer's document, to be mended


def report(asked: Asked, evidence: Evidence, checks: tuple[Check, ...], policy: Policy, now: datetime) -> Report:
    """The report on `checks`, with the answers to the six questions."""
    checks = as_far_as_judged(checks)
    findings, credential = {check.id: check.finding for check in checks}, asked.presented.credential
    genuine = is_genuine(findings)
    registered = _registered(evidence, now)
    on_award_date, accredited_now = _accreditation(findings, registered, policy, genuine=genuine)
    return Report(
        policy=policy,
        checked_at=now,
        input=asked.input,
        checks=checks,
        on_award_date=on_award_date,
        accredited_now=accredited_now,
        axes=axes(findings, registered, on_award_date, accredited_now, genuine=genuine),
        credential=credential if genuine and isinstance(credential, OpenBadgeCredential) else None,
        registered=registered,
        endorsements=tuple(_endorsements(asked.presented, evidence, policy, now)) if genuine else (),
    )


def _endorsements(
    presented: Presented, evidence: Evidence, policy: Policy, now: datetime
) -> Iterator[EndorsementFinding]:
    """Of a credential that is not genuine there are none: what it holds may be somebody else's."""
    for each in evidence.endorsements:
        finding = (
            mark.judged(each, presented, evidence, policy, now)
            if each.is_mark
            else endorsement.judged(each, policy, now)
        )
        theirs = each.presented.credential if isinstance(finding, Passed) else None
        issuer = each.evidence.issuer if each.evidence is not None and theirs is not None else None
        yield EndorsementFinding(
            pointer=each.presented.place.pointer,
            by=each.presented.issuer_id,
            name=theirs.issuer.name if isinstance(theirs, EndorsementCredential) else None,
            issuer=issuer,
            registered=issuer is not None or (theirs is not None and each.by_jmc),
            finding=finding,
        )


def _registered(evidence: Evidence, now: datetime) -> Registered:
    program = evidence.program
    if program is None or evidence.issuer is None or program.issuer != evidence.issuer.slug:
        borrowed = None if evidence.borrowed is None else evidence.borrowed.of
        return Registered(issuer=evidence.issuer, program=None, program_state=None, resembled=borrowed)
    state = public_state(program, jst_day(now), evidence.siblings)
    return Registered(issuer=evidence.issuer, program=program, program_state=state)


def _accreditation(
    findings: Mapping[str, Finding], registered: Registered, policy: Policy, *, genuine: bool
) -> tuple[Answer, Answer]:
    """Accredited on the award date, and now. `technical` asks neither."""
    if policy.is_technical:
        return Answer.NOT_APPLICABLE, Answer.NOT_APPLICABLE
    if not genuine:
        return Answer.UNKNOWN, Answer.UNKNOWN  # what a forger wrote says nothing of anybody's accreditation
    program = findings["program"]
    then = {Outcome.PASS: Answer.YES, Outcome.FAIL: Answer.NO}.get(program.outcome, Answer.UNKNOWN)
    if program.code in UNDATED:
        then = Answer.UNKNOWN
    if registered.program is None:
        return then, Answer.UNKNOWN if registered.issuer is None else Answer.NO
    return then, Answer.YES if registered.program_state in _ACCREDITED else Answer.NO
