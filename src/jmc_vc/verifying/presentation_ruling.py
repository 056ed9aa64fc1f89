"""The ruling over a presentation: made of checks by the same total function as that over a credential.

A presentation is *valid* if it is rightly signed, all that it shows is valid, and whatever was asked besides is
answered of all of it. One that shows nothing is not: its proof may be right, and nothing was found to be good.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.verifying.check import Check, Failed, Finding, NotApplicable, Passed, Unknown, failed, passed, unknown
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.ruling import Indeterminate, Ruling, Verdict, rule
from jmc_vc.verifying.undecided import could_not_check

_BY_GRAVITY = (Failed, Unknown, Passed, NotApplicable)


class NothingPresented(Unacceptable):
    """There is no credential in the presentation: it shows who presents it, and nothing else."""

    code = "vp.empty"


@dataclass(frozen=True, kw_only=True)
class PresentedReport:
    """One credential at its place, as it was shown: the report, or why there was nothing to report on. `about_holder`
    tells whether its subject is the holder or, where nobody is named as one, who signed; None if the subject has no id,
    or the credential or the presentation cannot be believed."""

    pointer: str
    document: JsonObject
    report: Report | Error
    about_holder: bool | None

    @property
    def verdict(self) -> Verdict:
        return _verdict_on(self.report) if isinstance(self.report, Error) else self.report.verdict


@dataclass(frozen=True, kw_only=True)
class PresentationReport:
    """`holder` is who presents by their own word, and `signers` whose keys signed; `faults` is what is wrong with that
    or could not be found out; `warnings` what was not asked for. `document` is the presentation, out of its token,
    None if there are faults. `policy` is that of the credentials. The ruling is made of the checks here, over this and
    all the credentials, and can be given by nobody."""

    policy: Policy
    checked_at: datetime
    holder: str | None
    signers: tuple[str, ...]
    faults: tuple[Error, ...]
    warnings: tuple[Error, ...]
    document: JsonObject | None
    credentials: tuple[PresentedReport, ...]
    ruling: Ruling = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ruling", rule(self.checks, over_all(self.policy)))

    @property
    def verdict(self) -> Verdict:
        """That of the ruling; there is no other."""
        return self.ruling.verdict

    @property
    def shows_the_holder_alone(self) -> bool:
        """Whether it is rightly signed and shows nothing: enough to tell who somebody is."""
        return not self.credentials and self.ruling == Indeterminate(frozenset({"credentials"}))

    @property
    def checks(self) -> tuple[Check, ...]:
        """`proof`: is it signed rightly, by the holder that it names? `credentials`: is all that it shows valid?
        `recipient`, only if somebody asked: is all of it that person's? `holder`: did its holder show it, for us?"""
        if self.faults:
            fault = next(iter(sorted(map(finding_of, self.faults), key=_gravity)))
            proof, holder = fault, fault
        else:
            proof, holder = passed("vp.proof_verified"), self._of_each("holder")
        return (
            Check("proof", proof),
            Check("credentials", self._credentials()),
            *([Check("recipient", self._of_each("recipient"))] if "recipient" in self.policy.required else ()),
            Check("holder", holder),
        )

    def _credentials(self) -> Finding:
        verdicts = {each.verdict for each in self.credentials}
        if Verdict.INVALID in verdicts:
            return failed("vp.credential_invalid")
        if Verdict.INDETERMINATE in verdicts:
            return unknown("vp.credential_open")
        return passed("vp.credentials_valid") if verdicts else unknown(NothingPresented.code)

    def _of_each(self, check_id: str) -> Finding:
        """The gravest of what a check found of the credentials; of one that could not be read it is not known."""
        reports, not_read = [each.report for each in self.credentials], unknown(f"{check_id}.not_read")
        found = [each.finding(check_id) if isinstance(each, Report) else not_read for each in reports]
        return min(found, key=_gravity, default=unknown(NothingPresented.code))


def over_all(policy: Policy) -> Policy:
    """What a presentation needs whose credentials are judged by `policy`: that it is rightly signed, that all it shows
    is valid, and the answers to what was asked besides."""
    needed = {"proof", "credentials"} | (policy.required & {"recipient", "holder"})
    return replace(policy, required=frozenset(needed), must_pass=frozenset(needed))


def finding_of(error: Error) -> Finding:
    """An error as what a check finds."""
    return (unknown if could_not_check(error) else failed)(error.code, **error.params)


def _gravity(finding: Finding) -> int:
    return _BY_GRAVITY.index(type(finding))


def _verdict_on(fault: Error) -> Verdict:
    return Verdict.INDETERMINATE if could_not_check(fault) else Verdict.INVALID
