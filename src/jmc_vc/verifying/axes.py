"""The six questions, answered apart: genuine? intact? status? accredited on the award date? accredited now? is it the
holder?

One green tick that mixes them is the commonest fault of such systems: a school's later trouble must never make a
learner's credential look bad (INV-25).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jmc_vc.domain.accreditation import PublicState
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.errors import Param
from jmc_vc.verifying.check import Finding, Outcome, Unknown
from jmc_vc.verifying.strangers import STRANGERS


class Answer(StrEnum):
    """Accredited, then or now: yes, no, not known, or no question (policy `technical`)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Tone(StrEnum):
    """How an answer is shown: with a sign and a word, never by color alone."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"
    NEUTRAL = "neutral"


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One of the six questions with its answer: `code` has a sentence, and `axis.<id>.title` is the question's name."""

    id: str
    tone: Tone
    code: str
    params: Mapping[str, Param]


_BY_KEY: Mapping[str, tuple[Tone, str]] = {
    "key.revoked": (Tone.BAD, "key_revoked"),
    "key.revoked_by_issuer": (Tone.BAD, "key_revoked"),
    "key.unlogged": (Tone.BAD, "unlogged"),
    "key.log_unavailable": (Tone.UNKNOWN, "log_unavailable"),
}
"""A signature that is right and is not worth what it seems: neither a forgery nor a missing key is to be told then."""


_BY_HOLDER: Mapping[str, str] = {
    "holder.other_subject": "bad",
    "vp.holder_key": "bad",
    "holder.no_binding": "not_signed",
    "vp.proof_missing": "not_signed",
}
UNDATED = frozenset(
    {
        "program.own_keys_suspended", "program.own_keys_withdrawn", "program.signed_after_withdrawal",
        "program.signed_while_suspended",
    }
)  # fmt: skip
"""What is found of the program where the issuer wrote the award date by itself, and nobody can go by it."""


@dataclass(frozen=True, kw_only=True)
class Registered:
    """What the register says of the credential's issuer and program: names shown come from here. `resembled` is the
    registered issuer whose name, number or address a stranger uses."""

    issuer: Issuer | None
    program: ProgramVersion | None
    program_state: PublicState | None
    resembled: Issuer | None = None


def axes(
    findings: Mapping[str, Finding], registered: Registered, then: Answer, accredited_now: Answer, *, genuine: bool
) -> tuple[Axis, ...]:
    """The six answers, in the order in which they are shown. Of a credential that is not `genuine`, nothing is told of
    accreditation: its program may be somebody else's."""
    return (
        _authenticity(findings),
        _integrity(findings),
        _status(findings, genuine=genuine),
        _on_award_date(findings, then) if genuine else _axis("accreditedOnAwardDate", Tone.UNKNOWN, "not_judged"),
        _accredited_now(findings, registered, then, accredited_now)
        if genuine
        else _axis("accreditedNow", Tone.UNKNOWN, "not_judged"),
        holder_axis(findings["holder"]),
    )


def _axis(name: str, tone: Tone, answer: str, **params: Param) -> Axis:
    return Axis(id=name, tone=tone, code=f"axis.{name}.{answer}", params=params)


def _worst(findings: Mapping[str, Finding], *names: str) -> Outcome:
    outcomes = {findings[name].outcome for name in names}
    return next((each for each in (Outcome.FAIL, Outcome.UNKNOWN) if each in outcomes), Outcome.PASS)


def _authenticity(findings: Mapping[str, Finding]) -> Axis:
    by_key = _BY_KEY.get(findings["key"].code)
    if by_key is not None and _worst(findings, "parse", "context", "coverage", "proof", "claims") is Outcome.PASS:
        return _axis("authenticity", *by_key)
    match _worst(findings, "parse", "context", "coverage", "proof", "key", "claims"):
        case Outcome.FAIL:
            altered = findings["proof"].code == "proof.crypto"
            return _axis("authenticity", Tone.BAD, "bad" if altered else "not_issuers")
        case Outcome.UNKNOWN:
            return _axis("authenticity", Tone.UNKNOWN, "unknown" if _without_key(findings["key"]) else "not_checked")
        case _ if findings["issuer"].code in STRANGERS:
            return _axis("authenticity", Tone.UNKNOWN, "not_registered")
        case _:
            return _axis("authenticity", Tone.GOOD, "good")


def _without_key(key: Finding) -> bool:
    """Whether the key is what is missing, because it lies elsewhere; and not that nobody here can use it."""
    return isinstance(key, Unknown) and (key.code == "key.unavailable" or key.code.startswith(("did.", "parse.")))


def _integrity(findings: Mapping[str, Finding]) -> Axis:
    # Without a signature that was checked nobody can say that the content is as issued, nor that it was changed.
    if findings["proof"].code == "proof.crypto":
        return _axis("integrity", Tone.BAD, "content_or_signature")
    if _worst(findings, "schema", "coverage", "claims") is Outcome.FAIL:
        return _axis("integrity", Tone.BAD, "bad")
    if _worst(findings, "context", "coverage", "proof") is not Outcome.PASS:
        return _axis("integrity", Tone.UNKNOWN, "unknown")
    if findings["program"].code == "program.match":
        return _axis("integrity", Tone.BAD, "not_approved_content")
    return _axis("integrity", Tone.GOOD, "good")


def _status(findings: Mapping[str, Finding], *, genuine: bool) -> Axis:
    status, validity = findings["status"], findings["validity"]
    if status.outcome is Outcome.FAIL:
        return _axis("status", Tone.BAD, status.code.removeprefix("status."), **status.params)
    if validity.outcome is Outcome.FAIL:
        return _axis("status", Tone.BAD, validity.code.removeprefix("validity."), **_dated(validity))
    if not genuine:
        return _axis("status", Tone.UNKNOWN, "not_judged")
    if Outcome.UNKNOWN in {status.outcome, validity.outcome}:
        return _axis("status", Tone.UNKNOWN, "unknown")
    if status.outcome is Outcome.NOT_APPLICABLE:
        return _axis("status", Tone.NEUTRAL, "none")
    return _axis("status", Tone.GOOD, "good", **status.params)


def holder_axis(holder: Finding) -> Axis:
    """Whether the holder shows it. That a key is another one is told only where there was one to compare."""
    match holder.outcome:
        case Outcome.PASS:
            return _axis("holder", Tone.GOOD, "good")
        case Outcome.FAIL:
            return _axis("holder", Tone.BAD, _BY_HOLDER.get(holder.code, "not_confirmed"))
        case _:
            return _axis("holder", Tone.NEUTRAL, "unknown")


def _dated(validity: Finding) -> dict[str, Param]:
    """The sentence of an expiry names a date, that of the check a moment."""
    end = validity.params.get("end")
    return {"date": jst_day(end)} if isinstance(end, datetime) else dict(validity.params)


def _on_award_date(findings: Mapping[str, Finding], answer: Answer) -> Axis:
    name = "accreditedOnAwardDate"
    if findings["program"].code in UNDATED:
        return _axis(name, Tone.UNKNOWN, "undated")
    if answer is Answer.UNKNOWN and findings["issuer"].code in STRANGERS:
        return _axis(name, Tone.UNKNOWN, "not_registered")
    match answer:
        case Answer.YES:
            return _axis(name, Tone.GOOD, "good")
        case Answer.NO:
            return _axis(name, Tone.BAD, "bad")
        case Answer.UNKNOWN:
            return _axis(name, Tone.UNKNOWN, "unknown")
        case Answer.NOT_APPLICABLE:
            return _axis(name, Tone.NEUTRAL, "not_applicable")


def _accredited_now(findings: Mapping[str, Finding], registered: Registered, then: Answer, answer: Answer) -> Axis:
    name = "accreditedNow"
    if answer is Answer.NOT_APPLICABLE:
        return _axis(name, Tone.NEUTRAL, "not_applicable")
    if answer is Answer.UNKNOWN:
        return _axis(name, Tone.UNKNOWN, "not_registered" if findings["issuer"].code in STRANGERS else "unknown")
    program = registered.program
    if program is None or program.approval is None:
        return _axis(name, Tone.NEUTRAL, "never")
    # A lost accreditation is told in a neutral tone: it takes nothing from a credential that was awarded before.
    ended = "ended" if then is Answer.YES else "over"
    match registered.program_state:
        case PublicState.EFFECTIVE | PublicState.SUPERSEDED:
            return _axis(name, Tone.GOOD, "good")
        case PublicState.SUSPENDED:
            return _axis(name, Tone.NEUTRAL, "suspended")
        case PublicState.WITHDRAWN if program.withdrawn_at is not None:
            return _axis(name, Tone.NEUTRAL, ended, date=jst_day(program.withdrawn_at))
        case _:
            return _axis(name, Tone.NEUTRAL, ended, date=program.approval.effective_until)
