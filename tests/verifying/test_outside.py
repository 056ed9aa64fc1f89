"""Inquiries: they stop where something is needed, stop together, and have one budget for a request."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from jmc_vc.errors import Error
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.fetching.gateway import Fetched
from jmc_vc.fetching.unavailable import TookTooLong
from jmc_vc.verifying.fetch_outside import MOST_DOCUMENTS, SECONDS, Budget, FetchOutside
from jmc_vc.verifying.outside import (
    NOTHING,
    Finished,
    Inquiry,
    Need,
    Needs,
    NotAskedFor,
    Outside,
    Steps,
    obtain,
    together,
)
from tests.builders.installation import NOON
from tests.simulators.network import Network


def need(name: str) -> Need:
    return Need(f"https://{name}.example/", DocumentKind.DID_DOCUMENT)


def needs(*names: str) -> Needs:
    return Needs.of(need(name) for name in names)


def asking(*rounds: str) -> Steps[list[bytes]]:
    """Needs one document after the other."""
    found = []
    for name in rounds:
        outside = yield from obtain(needs(name))
        found.append(outside.get(need(name)).body)
    return found


def fetched(body: bytes) -> Fetched:
    return Fetched(body=body, media_type="", fetched_at=NOON)


def serving(*names: str) -> Network:
    return Network({need(name).address: name.encode() for name in names})


def test_what_needs_nothing_does_not_stop() -> None:
    def work() -> Steps[Outside]:
        return (yield from obtain(needs()))

    assert Inquiry(work()).begin() == Finished(NOTHING)


def test_an_inquiry_stops_and_goes_on() -> None:
    inquiry = Inquiry(asking("a", "b"))
    assert inquiry.begin() == needs("a")
    assert inquiry.go_on(Outside({need("a"): fetched(b"1")})) == needs("b")
    assert inquiry.go_on(Outside({need("b"): fetched(b"2")})) == Finished([b"1", b"2"])


def test_inquiries_stop_together_and_ask_once_for_the_same() -> None:
    network = serving("a", "b", "c")
    steps = together([asking("a", "b"), asking("a"), asking(), asking("c", "b")])
    assert FetchOutside(network).until_finished(steps) == [[b"a", b"b"], [b"a"], [], [b"c", b"b"]]
    assert sorted(network.asked) == sorted(need(name).address for name in ("a", "b", "c"))


def test_documents_of_one_step_are_fetched_at_once() -> None:
    meeting, network = Barrier(3), serving("a", "b", "c")

    def meet(_: str) -> None:
        meeting.wait(10)

    network.before = meet
    found = FetchOutside(network)(needs("a", "b", "c"), Budget())
    assert [found.get(need(name)).body for name in ("a", "b", "c")] == [b"a", b"b", b"c"]


def test_a_request_has_eight_documents_over_all_its_steps() -> None:
    names = [f"h{number}" for number in range(MOST_DOCUMENTS + 2)]
    network, budget = serving(*names), Budget()
    fetch = FetchOutside(network)
    first, second = fetch(needs(*names[:5]), budget), fetch(needs(*names[5:]), budget)
    assert len(network.asked) == MOST_DOCUMENTS
    assert [first.get(need(name)).body for name in names[:5]] == [name.encode() for name in names[:5]]
    for name in names[MOST_DOCUMENTS:]:
        with pytest.raises(NotAskedFor):
            second.get(need(name))


def test_a_request_has_three_seconds_over_all_its_steps() -> None:
    now = 100.0
    budget = Budget(monotonic=lambda: now)
    assert budget.spend(needs("a"))[1] == 100.0 + SECONDS
    now += 2
    assert budget.spend(needs("b"))[1] == 100.0 + SECONDS


def test_who_does_not_answer_in_time_is_not_waited_for() -> None:
    over, network = Event(), serving("fast", "slow")

    def wait(address: str) -> None:
        if "slow" in address:
            over.wait(10)

    network.before = wait
    ticks = iter([0.0, SECONDS + 1])
    fetch = FetchOutside(network, _threads=ThreadPoolExecutor(1))
    begun = fetch(needs("slow", "fast"), Budget(monotonic=lambda: next(ticks)))
    over.set()
    for name in ("slow", "fast"):  # the second had to wait for the first
        with pytest.raises(NotAskedFor):
            begun.get(need(name))


def test_why_a_document_is_not_there_is_told_to_who_needs_it() -> None:
    network = Network({need("a").address: TookTooLong()})
    found = FetchOutside(network)(needs("a"), Budget())
    with pytest.raises(Error) as refused:
        found.get(need("a"))
    assert refused.value.code == "fetch.timeout"


def test_what_lies_here_is_never_fetched_from_here() -> None:
    network = serving("here", "elsewhere")
    fetch = FetchOutside(network, own_address="https://HERE.example")
    found = fetch(needs("here", "elsewhere"), Budget())
    assert network.asked == [need("elsewhere").address]
    with pytest.raises(NotAskedFor):
        found.get(need("here"))
