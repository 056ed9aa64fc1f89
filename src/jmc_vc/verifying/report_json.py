"""A report as JSON: the same on the web and on the command line (domain journeys §1.5).

Built from the `Report` alone, whose credential exists only if its proof passed (SR-2): nothing of the received bytes
gets here. Names of the issuer and the program come from the register where it has them; what the credential says itself
stands beside."""

from datetime import UTC, datetime
from typing import Any

from jmc_vc.domain.issuer import Issuer
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.formats.openbadges.date_time import DateTimeStamp, write_date_time_stamp
from jmc_vc.formats.openbadges.subject import NameParts, RecipientName, Result
from jmc_vc.sentences import SENTENCES, Sentence, sentence
from jmc_vc.verifying.axes import Axis, Registered
from jmc_vc.verifying.check import Check, Finding
from jmc_vc.verifying.input import Input
from jmc_vc.verifying.not_judged import NOT_JUDGED
from jmc_vc.verifying.report import EndorsementFinding, Report
from jmc_vc.verifying.ruling import Indeterminate, Invalid, Valid
from jmc_vc.verifying.strangers import NOT_REGISTERED, SUSPICIONS

Json = dict[str, Any]


def report_json(report: Report, language: str = "ja") -> Json:
    """`verdict, summary, next, input, checks, endorsements, notes, accreditation, axes, credential, policy, checkedAt`;
    every code with its sentences in Japanese and English. `text` says the verdict and its reasons in `language`, "ja"
    or "en"."""
    return {
        "verdict": report.verdict.value,
        "summary": {"code": report.summary, **both(sentence(f"verdict.{report.summary}"))},
        "next": next_json(report.to_do),
        "input": input_json(report.input),
        "checks": [check_json(check) for check in report.checks],
        "endorsements": [_endorsement(each) for each in report.endorsements],
        "notes": [finding_json(each) for each in report.notes],
        "accreditation": {"onAwardDate": report.on_award_date.value, "now": report.accredited_now.value},
        "axes": [axis_json(axis) for axis in report.axes],
        "credential": None if report.credential is None else _credential(report.credential, report.registered),
        "policy": report.policy.name,
        "checkedAt": moment_json(report.checked_at),
        "language": language,
        "text": report_text(report, language),
    }


def report_text(report: Report, language: str) -> str:
    """The sentence on top and what it stands on: what is bad, what is open, or what should be known besides."""
    on_top = sentence(f"verdict.{report.on_top}").in_language(language)
    reasons = (sentence(each.code, **each.params).in_language(language) for each in _reasons(report))
    why = (*besides(report, language), *(each.removesuffix(on_top).rstrip() for each in reasons))
    said = dict.fromkeys([on_top, *why])
    return ("" if language == "ja" else " ").join(said)


def besides(report: Report, language: str) -> tuple[str, ...]:
    """What is said next of a bad credential whose issuer is not registered: so much, and of a suspicion its cause."""
    if report.besides is None:
        return ()
    said = sentence(f"besides.{report.besides}").in_language(language)
    found = report.finding("issuer")
    if found.code == NOT_REGISTERED:
        return (said,)
    cause = sentence(found.code, **found.params).in_language(language)
    return said, cause.removesuffix(sentence("verdict.impersonation_suspected").in_language(language)).rstrip()


def next_step(to_do: str) -> Sentence | None:
    """What the reader should do next, by its code; None of what is valid."""
    code = f"next.{to_do}"
    return sentence(code) if code in SENTENCES else None


def next_json(to_do: str) -> Json | None:
    """The same."""
    said = next_step(to_do)
    return None if said is None else both(said)


def _reasons(report: Report) -> tuple[Finding, ...]:
    match report.ruling:
        case Invalid(failures):
            return failures
        case Indeterminate(open=not_known):
            # That the issuer is not registered is what the sentence on top says.
            told = {NOT_REGISTERED} if report.summary == "issuer_not_registered" else set()
            found = [check.finding for check in report.checks if check.id in not_known]
            found.sort(key=lambda each: each.code not in SUSPICIONS)
            return tuple(each for each in found if each.code not in told and not each.code.endswith(NOT_JUDGED))
        case Valid():
            return report.notes


def check_json(check: Check) -> Json:
    """One check."""
    finding = check.finding
    return {
        "id": check.id,
        "outcome": finding.outcome.value,
        "code": finding.code,
        "message": _said(finding),
    }


def _endorsement(each: EndorsementFinding) -> Json:
    issuer = each.issuer
    by = {
        "id": each.by,
        "registered": each.registered,
        "name": None if issuer is None else {"ja": issuer.name_ja, "en": issuer.name_en},
        "nameInCredential": each.name,
    }
    finding = each.finding
    return {
        "pointer": each.pointer,
        "by": _without_nothing(by),
        "outcome": finding.outcome.value,
        "code": finding.code,
        "message": _said(finding),
    }


def input_json(received: Input) -> Json:
    """What was received."""
    return {"form": None if received.form is None else received.form.value, "from": received.source.value}


def finding_json(finding: Finding) -> Json:
    """A finding by itself."""
    return {"code": finding.code, "message": _said(finding)}


def _said(finding: Finding) -> Json:
    return both(sentence(finding.code, **finding.params))


def axis_json(axis: Axis) -> Json:
    """One of the six answers."""
    return {
        "id": axis.id,
        "tone": axis.tone.value,
        "code": axis.code,
        "message": both(sentence(axis.code, **axis.params)),
    }


def _credential(credential: OpenBadgeCredential, registered: Registered) -> Json:
    subject = credential.subject
    shown = {
        "id": credential.id,
        "name": credential.name,
        "description": credential.description,
        "issuer": _issuer(credential, registered),
        "program": _program(credential, registered),
        "recipient": {
            "id": subject.id,
            "names": [each.value for each in subject.identifiers if each.kind == "name" and not each.hashed],
            "name": None if subject.recipient_name is None else _name(subject.recipient_name),
        },
        "awardedDate": _text(credential.awarded_date),
        "validFrom": _text(credential.valid_from),
        "validUntil": _text(credential.valid_until),
        "activityStartDate": _text(subject.activity_start),
        "activityEndDate": _text(subject.activity_end),
        "creditsEarned": subject.credits_earned,
        "achievement": {
            "id": subject.achievement.id,
            "name": subject.achievement.name,
            "titles": dict(subject.achievement.titles) or None,
            "description": subject.achievement.description,
            "alignment": [
                {"name": each.target_name, "url": each.target_url, "type": each.target_type, "code": each.target_code}
                for each in subject.achievement.alignments
            ],
        },
        "results": [_result(result) for result in subject.results],
        "testData": credential.test_data,
    }
    kept: Json = _without_nothing(shown)
    return kept


def _issuer(credential: OpenBadgeCredential, registered: Registered) -> Json:
    claimed = credential.issuer
    if registered.issuer is None:
        return {
            "id": claimed.id,
            "registered": False,
            "nameInCredential": claimed.name,
            "resembles": None if registered.resembled is None else _of_register(registered.resembled),
        }
    issuer = registered.issuer
    return {
        "id": claimed.id,
        "registered": True,
        **_of_register(issuer),
        "nameInCredential": claimed.name,
    }


def _of_register(issuer: Issuer) -> Json:
    return {"number": issuer.number, "name": {"ja": issuer.name_ja, "en": issuer.name_en}}


def _program(credential: OpenBadgeCredential, registered: Registered) -> Json | None:
    if registered.program is not None:
        state = registered.program_state
        return {
            "number": registered.program.number,
            "version": registered.program.version,
            "registered": True,
            "state": None if state is None else state.value,
        }
    if credential.program_version is not None:
        claimed = credential.program_version
        return {"number": claimed.program_number, "version": claimed.version, "registered": False}
    return None


def _result(result: Result) -> Json:
    description = result.description
    level = next(
        (each for each in (description.levels if description else ()) if each.id == result.achieved_level), None
    )
    return {
        "name": description.name if description else None,
        "value": result.value,
        "status": result.status,
        "level": level.name if level else None,
    }


def _name(name: RecipientName) -> Json:
    return {
        "fullName": name.full_name,
        "ja": _parts(name.ja),
        "kana": _parts(name.kana),
        "latn": _parts(name.latn),
        "order": name.order,
    }


def _parts(parts: NameParts | None) -> Json | None:
    return None if parts is None else {"family": parts.family, "given": parts.given, "middle": parts.middle}


def both(said: Sentence) -> Json:
    """A sentence in both languages."""
    return {"ja": said.ja, "en": said.en}


def _text(stamp: DateTimeStamp | None) -> str | None:
    return None if stamp is None else stamp.text


def moment_json(moment: datetime) -> str:
    """A time, in UTC."""
    return write_date_time_stamp(moment.astimezone(UTC))


def _without_nothing(value: Any) -> Any:
    """`value` without members that are None, at every depth: what is not there is left out."""
    if isinstance(value, dict):
        return {name: _without_nothing(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [_without_nothing(item) for item in value]
    return value
