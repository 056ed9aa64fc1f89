"""The issuing desk: waiting requests share a call, each gets its own answer, and the desk outlives a bad day."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

import pytest

from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.errors import Error
from jmc_vc.issuing.command import Command, IssuedAssertion, Outcome
from jmc_vc.issuing.desk import Desk, DeskClosed
from jmc_vc.issuing.request import read_request
from tests.builders.installation import NOON, Installation, award, encode


def command(actor: Actor, number: int, key: str | None = None) -> Command:
    body = award(recipient={"name": {"fullName": f"Learner {number}"}, "email": f"{number}@learners.example"})
    return Command(request=read_request(encode(body)), actor=actor, idempotency_key=key)


def test_requests_that_wait_together_share_one_call(installation: Installation) -> None:
    sizes: list[int] = []
    gate = threading.Event()

    def issue(commands: Sequence[Command], now: datetime) -> list[Outcome]:
        gate.wait(10)
        sizes.append(len(commands))
        return installation.service.issue(commands, now=now)

    desk = Desk(issue, lambda _: None, installation.clock, group=100)
    desk.open()
    answers: list[Future[IssuedAssertion]] = [desk.submit(command(installation.actor(), n)) for n in range(20)]
    gate.set()
    uuids = {answer.result(30).credential.uuid for answer in answers}
    desk.close()
    assert len(uuids) == 20
    assert sum(sizes) == 20
    assert len(sizes) <= 2, "the first may go alone; all others waited and go together"


def test_fifty_threads_with_one_key_get_one_credential(installation: Installation) -> None:  # AP-09
    desk = installation.service.desk
    desk.open()
    same = command(installation.actor(), 1, key="order-1")
    with ThreadPoolExecutor(50) as threads:
        bodies = set(threads.map(lambda _: desk.submit(same).result(30).body, range(50)))
    desk.close()
    assert len(bodies) == 1
    assert len(installation.rows()) == 1


def test_a_refusal_reaches_its_own_caller_only(installation: Installation) -> None:
    desk = installation.service.desk
    desk.open()
    actor = installation.actor()
    bad = Command(request=read_request(encode(award(program="JMC-P-999999"))), actor=actor, idempotency_key=None)
    refused, issued = desk.submit(bad), desk.submit(command(actor, 1))
    with pytest.raises(Error, match=r"program\.unknown"):
        refused.result(30)
    assert issued.result(30).credential.issuer == "hoshimigaoka"
    desk.close()


def test_the_desk_goes_on_after_a_call_that_failed_whole() -> None:
    calls: list[int] = []

    def fails_once(commands: Sequence[Command], now: datetime) -> list[Outcome]:
        calls.append(len(commands))
        if len(calls) == 1:
            raise OSError("disk full")
        return [Error() for _ in commands]

    desk = Desk(fails_once, lambda _: None, lambda: NOON, group=1)
    desk.open()
    nobody = Command(
        request=read_request(encode(award())), actor=Actor(kind=ActorKind.SYSTEM, id="x"), idempotency_key=None
    )
    with pytest.raises(OSError, match="disk full"):
        desk.submit(nobody).result(30)
    with pytest.raises(Error):
        desk.submit(nobody).result(30)
    desk.close()


def test_a_closed_desk_takes_nothing_and_has_answered_all(installation: Installation) -> None:
    desk = installation.service.desk
    desk.open()
    answer = desk.submit(command(installation.actor(), 1))
    desk.close()
    assert answer.done()
    with pytest.raises(DeskClosed):
        desk.submit(command(installation.actor(), 2))


def test_an_open_desk_gives_up_what_a_crash_left(installation: Installation) -> None:
    service = installation.service

    def crash(number: int, form: str, now: datetime) -> None:
        raise KeyboardInterrupt

    same = command(installation.actor(), 1, key="order-1")
    with pytest.raises(KeyboardInterrupt):
        type(service.issue)(**{**vars(service.issue), "publish_status_list": crash})([same], now=installation.now)
    installation.clock.move(minutes=3)
    service.desk.open()
    assert service.desk.submit(same).result(30).credential.issuer == "hoshimigaoka"
    service.desk.close()
