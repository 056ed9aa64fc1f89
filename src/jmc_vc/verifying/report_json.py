"""A report as JSON: the same on the web and on the command line (domain journeys §1.5).

Built from the `Report` alone, whose credential exists only if its proof passed (SR-2): nothing of the received bytes
gets here. Names of the issuer and the program come from the register where it has them; what the credential says itself
stands beside."""

from datetime import UTC, datetime
from typing import Any

from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.formats.openbadges.date_time import DateTimeStamp, write_date_time_stamp
from jmc_vc.formats.openbadges.subject import NameParts, RecipientName, Result
from jmc_vc.sentences import Sentence, sentence
from jmc_vc.verifying.axes import Axis, Registered
from jmc_vc.verifying.check import Check
from jmc_vc.verifying.report import Report

Json = dict[str, Any]


def report_json(report: Report) -> Json:
    """`verdict, summary, checks, accreditation, axes, credential, policy, checkedAt`; every code with its sentences."""
    return {
        "verdict": report.verdict.value,
        "summary": {"code": report.summary, **_both(sentence(f"verdict.{report.summary}"))},
        "checks": [_check(check) for check in report.checks],
        "accreditation": {"onAwardDate": report.on_award_date.value, "now": report.accredited_now.value},
        "axes": [_axis(axis) for axis in report.axes],
        "credential": None if report.credential is None else _credential(report.credential, report.registered),
        "policy": report.policy.name,
        "checkedAt": _moment(report.checked_at),
    }


def _check(check: Check) -> Json:
    finding = check.finding
    return {
        "id": check.id,
        "outcome": finding.outcome.value,
        "code": finding.code,
        "message": _both(sentence(finding.code, **finding.params)),
    }


def _axis(axis: Axis) -> Json:
    return {
        "id": axis.id,
        "tone": axis.tone.value,
        "code": axis.code,
        "message": _both(sentence(axis.code, **axis.params)),
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
        return {"id": claimed.id, "registered": False, "nameInCredential": claimed.name}
    issuer = registered.issuer
    return {
        "id": claimed.id,
        "registered": True,
        "number": issuer.number,
        "name": {"ja": issuer.name_ja, "en": issuer.name_en},
        "nameInCredential": claimed.name,
    }


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


def _both(said: Sentence) -> Json:
    return {"ja": said.ja, "en": said.en}


def _text(stamp: DateTimeStamp | None) -> str | None:
    return None if stamp is None else stamp.text


def _moment(moment: datetime) -> str:
    return write_date_time_stamp(moment.astimezone(UTC))


def _without_nothing(value: Any) -> Any:
    """`value` without members that are None, at every depth: what is not there is left out."""
    if isinstance(value, dict):
        return {name: _without_nothing(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [_without_nothing(item) for item in value]
    return value
