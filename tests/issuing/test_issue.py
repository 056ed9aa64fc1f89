"""The issuance cycle: what it signs, what it refuses, and that nothing is half done."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.accrediting.sanction_program import Sanction
from jmc_vc.domain.actor import Scope
from jmc_vc.domain.api_key import mint
from jmc_vc.domain.credential import RowState
from jmc_vc.errors import Error
from jmc_vc.issuing.command import Command, IssuedAssertion
from jmc_vc.issuing.request import read_request
from tests.builders.installation import OPERATOR, Installation, award, encode


def refusal_code(installation: Installation, body: dict[str, Any], **how: Any) -> str:
    with pytest.raises(Error) as refused:
        installation.issue(body, **how)
    return refused.value.code


def test_an_award_of_an_accredited_program_becomes_a_credential_that_verifies(installation: Installation) -> None:
    issued = installation.issue()
    report = installation.verify(issued.body)
    assert report.verdict == "valid"
    assert report.summary == "valid"


def test_the_achievement_comes_from_the_accredited_version(installation: Installation) -> None:  # INV-05, INV-06
    document = json.loads(installation.issue().body)
    achievement = document["credentialSubject"]["achievement"]
    published = installation.service.achievement("JMC-P-900001", "1")
    assert achievement == {name: value for name, value in published.items() if name != "@context"}
    version = installation.service.find_program("JMC-P-900001", "1", today=date(2026, 11, 23)).entry.version
    assert document["jmc:programVersion"] == {
        "id": "http://localhost:8000/programs/JMC-P-900001/v/1",
        "programNumber": "JMC-P-900001",
        "version": "1",
        "contentDigest": version.content_digest,
        "decision": "http://localhost:8000/decisions/JMC-D-900001",
        "approvedFrom": "2026-04-01",
        "approvedUntil": "2029-03-31",
    }


def test_the_name_is_signed_code_point_by_code_point(installation: Installation) -> None:  # INV-33
    # U+FA19 and U+FA1B would become other characters under NFC.
    name = {"ja": {"family": "\ufa19谷", "given": "\ufa1b太"}, "kana": {"family": "カミヤ", "given": "フクタ"}}
    body = award(recipient={"name": name, "email": "learner-03@learners.example"})
    subject = json.loads(installation.issue(body).body)["credentialSubject"]
    assert subject["identifier"][0]["identityHash"] == "\ufa19谷 \ufa1b太"
    assert subject["jmc:recipientName"]["ja"] == name["ja"]


@pytest.mark.parametrize(
    ("awarded", "code"),
    [
        ("2026-03-31T14:59:59Z", "program_not_approved_on_award_date"),  # 23:59:59 on 31 March in Japan
        ("2026-03-31T15:00:00Z", None),  # midnight: 1 April has begun
        ("2026-10-01", None),
    ],
)
def test_the_first_day_of_the_window_begins_at_midnight_in_japan(
    sqlite_installation: Installation, awarded: str, code: str | None
) -> None:  # INV-01
    body = award(awardedDate=awarded, activityStartDate=None, activityEndDate=None)
    if code is None:
        assert sqlite_installation.issue(body).body
    else:
        assert refusal_code(sqlite_installation, body).startswith(code)


@pytest.mark.parametrize(("awarded", "accepted"), [("2029-03-31T14:59:59Z", True), ("2029-03-31T15:00:00Z", False)])
def test_the_last_day_of_the_window_ends_at_midnight_in_japan(
    sqlite_installation: Installation, awarded: str, accepted: bool
) -> None:  # INV-01
    sqlite_installation.clock.now = datetime(2029, 4, 10, tzinfo=UTC)
    body = award(awardedDate=awarded)
    sqlite_installation.api_keys["hoshimigaoka"] = _fresh_key(sqlite_installation)
    if accepted:
        assert sqlite_installation.issue(body).body
    else:
        assert refusal_code(sqlite_installation, body).startswith("program_not_approved_on_award_date")


def _fresh_key(installation: Installation) -> str:
    """Two years on, the registration's API key has expired."""

    service = installation.service
    text, row = mint(
        issuer="hoshimigaoka",
        scopes=frozenset(Scope),
        label="renewed",
        now=installation.now,
        expires_at=installation.now.replace(year=installation.now.year + 1),
        random=lambda count: bytes(range(count)),
        hashed=service.kek.api_key_hash,
    )
    with service.database.begin() as tx:
        tx.api_keys.add(row)
    return text


def test_a_suspended_issuer_cannot_issue(installation: Installation) -> None:  # INV-02
    installation.service.suspend_issuer("hoshimigaoka", reason="test", actor=OPERATOR, now=installation.now)
    assert refusal_code(installation, award()) == "issuer_suspended"
    installation.service.reinstate_issuer("hoshimigaoka", reason="test", actor=OPERATOR, now=installation.now)
    assert installation.issue().body


@pytest.mark.parametrize("sanction", [Sanction.SUSPEND, Sanction.WITHDRAW])
def test_a_suspended_or_withdrawn_version_is_not_awarded(installation: Installation, sanction: Sanction) -> None:
    before = installation.issue()
    installation.service.sanction_program(
        "JMC-P-900001", "1", sanction, reason="test", actor=OPERATOR, now=installation.now
    )
    other = award(recipient={"name": {"fullName": "SUKARTO"}, "email": "sukarto@learners.example"})
    assert refusal_code(installation, other) in {"program.suspended", "program.withdrawn"}
    assert installation.verify(before.body).verdict == "valid"  # INV-25


def test_a_version_that_was_never_approved_is_not_awarded(installation: Installation) -> None:
    installation.register("JMC-P-900002")
    installation.import_program("JMC-P-900002")
    body = award(
        program="JMC-P-900002",
        results=[{"assessment": "A1", "value": "20"}, {"assessment": "A2", "value": "16"}],
    )
    assert refusal_code(installation, body, slug="hekiha-care").startswith("program_not_approved_on_award_date")


def test_unknown_and_foreign_programs_get_the_same_answer(installation: Installation) -> None:  # AP-01, AP-02
    installation.register("JMC-P-900002")
    unknown = refusal_code(installation, award(program="JMC-P-999999"))
    foreign = refusal_code(installation, award(), slug="hekiha-care")
    assert unknown == foreign == "program.unknown"
    assert installation.rows() == []


@pytest.mark.parametrize(
    "results",
    [
        [],
        [{"assessment": "A1", "value": "82"}],
        [{"assessment": "A1", "value": "82"}, {"assessment": "A1", "value": "82"}],
        [{"assessment": "A1", "value": "59"}, {"assessment": "A2", "value": "L3"}],
        [{"assessment": "A1", "value": "101"}, {"assessment": "A2", "value": "L3"}],
        [{"assessment": "A1", "value": "82"}, {"assessment": "A2", "value": "L1"}],
        [{"assessment": "A1", "value": "82"}, {"assessment": "A2", "value": "L9"}],
        [{"assessment": "A1", "value": "NaN"}, {"assessment": "A2", "value": "L3"}],
        [{"assessment": "A1", "value": "1e999"}, {"assessment": "A2", "value": "L3"}],
        [{"assessment": "A1", "value": "82"}, {"assessment": "A2", "value": "L3"}, {"assessment": "A3", "value": "1"}],
    ],
)
def test_every_assessment_needs_exactly_one_result_that_meets_it(
    sqlite_installation: Installation, results: list[dict[str, str]]
) -> None:  # INV-12, AP-20
    assert refusal_code(sqlite_installation, award(results=results)).startswith("request.result")
    assert sqlite_installation.rows() == []


@pytest.mark.parametrize(
    "dates",
    [
        {"awardedDate": "2026-11-24"},
        {"activityEndDate": "2026-10-02"},
        {"activityStartDate": "2026-09-21"},
    ],
)
def test_dates_stand_in_their_order(sqlite_installation: Installation, dates: dict[str, str]) -> None:  # INV-08
    assert refusal_code(sqlite_installation, award(**dates)).startswith("request.")


def test_a_credential_that_would_be_expired_already_is_not_issued(sqlite_installation: Installation) -> None:  # INV-09
    sqlite_installation.register("JMC-P-900002")
    sqlite_installation.import_program("JMC-P-900002")
    sqlite_installation.approve(
        "JMC-P-900002", effective_from=date(2021, 4, 1), effective_until=date(2027, 3, 31), decision="JMC-D-900002"
    )
    body = award(
        program="JMC-P-900002",
        awardedDate="2026-10-01",
        results=[{"assessment": "A1", "value": "20"}, {"assessment": "A2", "value": "16"}],
    )
    document = json.loads(sqlite_installation.issue(body, slug="hekiha-care").body)
    assert document["validUntil"] == "2031-10-01T23:59:59+09:00"


def test_the_same_key_and_body_give_the_same_bytes(installation: Installation) -> None:  # INV-13
    first = installation.issue(key="order-1")
    installation.clock.move(hours=1)
    assert installation.issue(key="order-1").body == first.body
    assert installation.rows() == [first.credential.uuid]


def test_fifty_equal_requests_at_once_make_one_credential(installation: Installation) -> None:  # AP-09
    outcomes = installation.issue_all([award()] * 50, keys=["order-1"] * 50)
    bodies = {outcome.body for outcome in outcomes if isinstance(outcome, IssuedAssertion)}
    assert len(bodies) == 1
    assert len(installation.rows()) == 1


def test_the_same_key_with_another_body_is_a_conflict(installation: Installation) -> None:  # AP-10
    installation.issue(key="order-1")
    assert refusal_code(installation, award(awardedDate="2026-10-02"), key="order-1") == "idempotency_conflict"
    outcomes = installation.issue_all(
        [
            award(recipient={"name": {"fullName": "A"}, "email": "a@learners.example"}),
            award(recipient={"name": {"fullName": "B"}, "email": "b@learners.example"}),
        ],
        keys=["order-2", "order-2"],
    )
    assert isinstance(outcomes[0], IssuedAssertion)
    assert isinstance(outcomes[1], Error)
    assert outcomes[1].code == "idempotency_conflict"


def test_one_key_text_of_two_issuers_are_two_keys(installation: Installation) -> None:  # AP-11
    installation.register("JMC-P-900002")
    installation.import_program("JMC-P-900002")
    installation.approve("JMC-P-900002", decision="JMC-D-900002")
    other = award(
        program="JMC-P-900002", results=[{"assessment": "A1", "value": "16"}, {"assessment": "A2", "value": "12"}]
    )
    first = installation.issue(key="same")
    second = installation.issue(other, slug="hekiha-care", key="same")
    assert first.credential.uuid != second.credential.uuid
    assert first.credential.list_number != second.credential.list_number


def test_the_same_learner_version_and_day_twice_is_a_duplicate_unless_a_retake(installation: Installation) -> None:
    first = installation.issue()  # AP-12, INV-13
    with pytest.raises(Error) as refused:
        installation.issue(award(results=[{"assessment": "A1", "value": "90"}, {"assessment": "A2", "value": "L2"}]))
    assert refused.value.code == "duplicate_award"
    assert refused.value.params["number"] == str(first.credential.uuid)
    # The letters' case of an address makes no other person.
    shouted = award(recipient={"name": {"fullName": "X"}, "email": "LEARNER-01@learners.example"})
    assert refusal_code(installation, shouted) == "duplicate_award"
    assert installation.issue(award(retake=True)).credential.uuid != first.credential.uuid


def test_duplicates_inside_one_group_are_seen(installation: Installation) -> None:
    outcomes = installation.issue_all([award(), award()])
    assert isinstance(outcomes[0], IssuedAssertion)
    assert isinstance(outcomes[1], Error)
    assert outcomes[1].code == "duplicate_award"


def test_a_refusal_in_a_group_leaves_the_others_alone(installation: Installation) -> None:
    good = award()
    bad = award(program="JMC-P-999999")
    first, second = installation.issue_all([bad, good])
    assert isinstance(first, Error)
    assert isinstance(second, IssuedAssertion)


def test_status_places_are_never_given_twice(installation: Installation) -> None:
    bodies = [
        award(recipient={"name": {"fullName": f"Learner {n}"}, "email": f"{n}@learners.example"}) for n in range(40)
    ]
    outcomes = installation.issue_all(bodies)
    places = {
        (outcome.credential.list_number, outcome.credential.status_index)
        for outcome in outcomes
        if isinstance(outcome, IssuedAssertion)
    }
    assert len(places) == 40
    indexes = sorted(index for _, index in places)
    assert indexes != list(range(indexes[0], indexes[0] + 40)), "indexes follow one another: anyone can guess the next"


def test_an_issuer_suspended_between_the_commits_leaves_an_abandoned_row(installation: Installation) -> None:
    service = installation.service

    def suspend_meanwhile(number: int, form: str, now: datetime) -> None:
        service.suspend_issuer("hoshimigaoka", reason="test", actor=OPERATOR, now=now)

    interrupted = type(service.issue)(**{**vars(service.issue), "publish_status_list": suspend_meanwhile})

    command = Command(request=read_request(encode(award())), actor=installation.actor(), idempotency_key="k")
    (outcome,) = interrupted([command], now=installation.now)
    assert isinstance(outcome, Error)
    assert outcome.code == "issuer_suspended"
    assert installation.rows() == []
    # The key is free again, and the place stays taken.
    service.reinstate_issuer("hoshimigaoka", reason="test", actor=OPERATOR, now=installation.now)
    again = installation.issue(key="k")
    with service.database.read() as snapshot:
        (status_list,) = snapshot.status_lists.of_issuer("hoshimigaoka")
    assert status_list.allotted == 2
    assert again.credential.row_state is RowState.ISSUED


def test_a_signer_that_signs_wrongly_is_caught_before_anything_leaves(installation: Installation) -> None:
    service = installation.service

    class WrongSigner:
        def __init__(self, true: Any) -> None:
            self.public_key = true.public_key
            self._true = true

        def sign(self, message: bytes) -> bytes:
            signature: bytes = self._true.sign(message + b"!")
            return signature

    class WrongKeyring:
        def signer(self, key: Any) -> WrongSigner:
            return WrongSigner(service.issue.keyring.signer(key))

    broken = type(service.issue)(**{**vars(service.issue), "keyring": WrongKeyring()})
    command = Command(request=read_request(encode(award())), actor=installation.actor(), idempotency_key=None)
    (outcome,) = broken([command], now=installation.now)
    assert isinstance(outcome, Error)
    assert outcome.code == "issue.self_verification_failed"
    assert installation.rows() == []


def test_rows_left_by_a_crash_are_abandoned_and_their_key_is_free_again(installation: Installation) -> None:
    service = installation.service

    def crash(number: int, form: str, now: datetime) -> None:
        raise KeyboardInterrupt

    crashing = type(service.issue)(**{**vars(service.issue), "publish_status_list": crash})
    command = Command(request=read_request(encode(award())), actor=installation.actor(), idempotency_key="k")
    with pytest.raises(KeyboardInterrupt):
        crashing([command], now=installation.now)
    assert refusal_code(installation, award(), key="k") == "idempotency_in_progress"
    installation.clock.move(minutes=3)
    assert service.recover(now=installation.now) == 1
    assert installation.issue(key="k").credential.row_state is RowState.ISSUED


def test_the_recipient_stands_nowhere_readable_in_the_database(sqlite_installation: Installation) -> None:
    sqlite_installation.issue(award(externalId="student-4711"))
    url = sqlite_installation.service.settings.database_url
    sqlite_installation.service.database.close()

    base = Path(url.removeprefix("sqlite:///"))
    stored = b"".join(path.read_bytes() for path in base.parent.glob(base.name + "*"))
    for secret in ("𠮷野", "葛󠄀葉", "YOSHINO", "learner-01", "student-4711", "ヨシノ"):
        assert secret.encode() not in stored


def test_every_issue_is_in_the_audit_log_without_the_learner(installation: Installation) -> None:
    issued = installation.issue()
    with installation.service.database.read() as snapshot:
        entries = snapshot.audit_log.of_object(str(issued.credential.uuid))
    assert [entry.action for entry in entries] == ["credential-reserved", "credential-issued"]
    assert "𠮷野" not in repr(entries)


def test_a_clock_behind_the_audit_log_signs_nothing(installation: Installation) -> None:  # CF-08
    installation.issue()
    installation.clock.move(minutes=-2)
    other = award(recipient={"name": {"fullName": "X"}, "email": "x@learners.example"})
    assert refusal_code(installation, other) == "issue.clock_behind"


def test_an_award_goes_round_again_when_the_key_is_rotated_in_the_middle(installation: Installation) -> None:
    service = installation.service
    rotations = iter([True])

    def rotate_once(number: int, form: str, now: datetime) -> None:
        if next(rotations, False):
            service.rotate_key("hoshimigaoka", immediate=True, actor=OPERATOR, now=now)

    rotating = type(service.issue)(**{**vars(service.issue), "publish_status_list": rotate_once})
    command = Command(request=read_request(encode(award())), actor=installation.actor(), idempotency_key="k")
    (outcome,) = rotating([command], now=installation.now)
    assert isinstance(outcome, IssuedAssertion)
    assert outcome.credential.kid == "key-2"
    assert installation.rows() == [outcome.credential.uuid]
    assert installation.verify(outcome.body).finding("key").code == "key.bound"


@pytest.mark.parametrize(
    "body",
    [
        award(evidence=[{"id": "http://localhost:8000/programs/JMC-P-900001/v/1", "name": "医学博士"}]),
        award(recipient={**award()["recipient"], "did": "did:web:localhost%3A8000:issuers:hoshimigaoka"}),
    ],
)
def test_nobody_can_say_things_about_an_identifier_of_ours(
    sqlite_installation: Installation, body: dict[str, Any]
) -> None:
    with pytest.raises(Error) as refused:
        sqlite_installation.issue(body)
    assert refused.value.code in {"request.own_identifier", "request.evidence_url"}
    assert sqlite_installation.rows() == []
