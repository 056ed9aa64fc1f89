"""A decision of JMC takes effect while issuers issue without a pause: it neither waits for ever nor deadlocks."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import count
from threading import Event, Semaphore
from time import monotonic

from jmc_vc.accrediting.sanction_program import Sanction
from jmc_vc.domain.issuing_settings import IssuingProfile, JwtAlgorithm, in_force
from jmc_vc.domain.signing_key import KEYS_CACHED
from jmc_vc.errors import Error
from jmc_vc.issuing.command import Command, IssuedAssertion
from jmc_vc.issuing.request import read_request
from tests.builders.installation import OPERATOR, PROGRAMS, Installation, award, encode
from tests.storage.together import together

ISSUING_THREADS = 6
SLUG, NUMBER = "hoshimigaoka", "JMC-P-900001"


@contextmanager
def issuing(installation: Installation) -> Iterator[list[str]]:
    """Six threads that issue one group after the other while the block runs, which begins when they are at it. The
    list holds the codes of what was refused."""
    stop, going = Event(), Semaphore(0)
    refused: list[str] = []
    actor, numbers = installation.actor(), count()

    def work(_: int) -> None:
        while not stop.is_set():
            learners = [{**award()["recipient"], "email": f"learner-{next(numbers)}@learners.example"} for _ in "abc"]
            requests = [read_request(encode(award(recipient=learner))) for learner in learners]
            commands = [Command(request=request, actor=actor, idempotency_key=None) for request in requests]
            outcomes = installation.service.issue(commands, now=installation.now)
            refused.extend(outcome.code for outcome in outcomes if not isinstance(outcome, IssuedAssertion))
            going.release()

    with ThreadPoolExecutor(ISSUING_THREADS) as pool:
        running = [pool.submit(work, number) for number in range(ISSUING_THREADS)]
        try:
            for _ in range(2 * ISSUING_THREADS):
                assert going.acquire(timeout=30)
            assert not refused
            yield refused
        finally:
            stop.set()
    for each in running:
        each.result()


def _seconds(decide: Callable[[], object]) -> float:
    began = monotonic()
    decide()
    return monotonic() - began


def _answer_of(decide: Callable[[int], None]) -> Callable[[int], str]:
    def answer(number: int) -> str:
        try:
            decide(number)
        except Error as refusal:
            return refusal.code
        return "ok"

    return answer


def test_inv_02_a_suspension_comes_through_and_nothing_is_issued_after_it(installation: Installation) -> None:
    service, now = installation.service, installation.now
    with issuing(installation) as refused:
        assert _seconds(lambda: service.suspend_issuer(SLUG, reason="x", actor=OPERATOR, now=now)) < 5
        at_the_commit = len(installation.rows())
        seen = len(refused)
        while len(refused) < seen + 30:  # they go on asking
            assert len(installation.rows()) == at_the_commit
    assert len(installation.rows()) == at_the_commit
    assert set(refused) <= {"issuer_suspended"}


def test_a_rotation_and_the_withdrawal_of_a_program_come_through_too(installation: Installation) -> None:
    service, now = installation.service, installation.now
    with issuing(installation) as refused:
        assert _seconds(lambda: service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=now)) < 5
        withdraw = partial(service.sanction_program, NUMBER, "1", Sanction.WITHDRAW)
        assert _seconds(lambda: withdraw(reason="x", actor=OPERATOR, now=now)) < 5
    assert set(refused) <= {"key.none_active", "program.withdrawn"}  # the first: signed with the key before


def test_of_four_that_suspend_at_once_one_does_and_three_hear_that_it_is_done(installation: Installation) -> None:
    service, now = installation.service, installation.now

    def suspend_program(_: int) -> None:
        service.sanction_program(NUMBER, "1", Sanction.SUSPEND, reason="x", actor=OPERATOR, now=now)

    def suspend_issuer(_: int) -> None:
        service.suspend_issuer(SLUG, reason="x", actor=OPERATOR, now=now)

    with issuing(installation) as refused:
        assert sorted(together(4, _answer_of(suspend_program))) == [
            "ok",
            "program.move",
            "program.move",
            "program.move",
        ]
        assert sorted(together(4, _answer_of(suspend_issuer))) == ["issuer.move", "issuer.move", "issuer.move", "ok"]
    assert set(refused) <= {"program.suspended", "issuer_suspended"}


def test_a_version_that_two_import_at_once_is_there_once(installation: Installation) -> None:
    number = "JMC-P-900002"
    installation.register(number)

    def take_in(_: int) -> str:
        version, _advice = installation.service.import_program(
            PROGRAMS[number], records={}, actor=OPERATOR, now=installation.now
        )
        return version.content_digest

    assert len(set(together(4, take_in))) == 1
    with installation.service.database.read() as snapshot:
        entries = snapshot.audit_log.of_object(f"{number} v1")
    assert [entry.action for entry in entries] == ["program-submitted"]


def test_settings_with_their_keys_come_through_and_every_award_keeps_one_of_them(installation: Installation) -> None:
    service, now = installation.service, installation.now

    def change(number: int) -> str:
        try:
            match number:
                case 0:
                    service.set_issuing_settings(
                        NUMBER, profile=IssuingProfile.BOTH, jwt_algorithm=JwtAlgorithm.RS256, actor=OPERATOR, now=now
                    )
                case 1:
                    service.set_issuing_settings(NUMBER, sd_jwt_vc=True, actor=OPERATOR, now=now)
                case 2:
                    service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=now)
                case _:
                    service.sanction_program(NUMBER, "1", Sanction.SUSPEND, reason="x", actor=OPERATOR, now=now)
        except Error as refusal:
            return refusal.code
        return "ok"

    with issuing(installation) as refused:
        assert together(4, change) == ["ok"] * 4
    assert set(refused) <= {"key.none_active", "program.suspended"}
    with service.database.read() as snapshot:
        settings = in_force(snapshot.issuing_settings.of_program(NUMBER), now + KEYS_CACHED)
        kids = [key.kid for key in snapshot.signing_keys.of_owner(SLUG)]
    assert [each.format.value for each in settings.securings] == ["json", "jwt", "sd-jwt"]
    assert sorted(kids) == ["key-1", "key-2", "key-3", "key-4"]
    for uuid in installation.rows():
        forms = [each.format.value for each in service.fetch_credential(uuid, now=now).representations]
        assert forms[0] == "json"
