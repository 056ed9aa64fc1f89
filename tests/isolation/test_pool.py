"""Workers that get killed, and those that come after them."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jmc_vc.isolation.pool import Occupied, Pool, WorkerLost
from jmc_vc.isolation.worker import Fate
from tests.isolation.workers import children_of, until, worker_of

Make = Callable[..., Pool]


@pytest.fixture
def make() -> Iterator[Make]:
    made: list[Pool] = []

    def one(work: str, **options: int) -> Pool:
        made.append(Pool(f"tests.isolation.misbehaving:{work}", **options))
        return made[-1]

    yield one
    for pool in made:
        pool.close()


def end(pid: int) -> None:
    """Kill a child of this process, and see it dead."""
    os.kill(pid, signal.SIGKILL)
    until(lambda: "Z" in Path(f"/proc/{pid}/stat").read_text())


@pytest.mark.parametrize("data", [b"", b"x", bytes(range(256)) * 60])
def test_bytes_go_in_and_come_out(make: Make, data: bytes) -> None:
    assert make("echo")(data) == (Fate.ANSWERED, data)


@pytest.mark.parametrize(
    ("work", "fate"),
    [
        ("spin", Fate.OVERDUE),
        ("talk", Fate.BROKEN),
        ("grow", Fate.EXHAUSTED),
        ("crash", Fate.BROKEN),
        ("fail", Fate.BROKEN),
    ],
)
def test_what_goes_wrong_ends_with_its_own_input(make: Make, work: str, fate: Fate) -> None:
    pool = make("misbehave", workers=1)
    assert pool(work.encode()) == (fate, b"")
    worker = worker_of(pool)
    assert children_of(worker) == []
    assert pool(b"echo") == (Fate.ANSWERED, b"echo")
    assert worker_of(pool) == worker


def test_work_that_hangs_is_ended_by_the_clock(make: Make) -> None:
    pool = make("misbehave", workers=1)
    with pytest.raises(WorkerLost):
        pool(b"hang")
    assert children_of(worker_of(pool)) == []
    assert pool(b"echo") == (Fate.ANSWERED, b"echo")


def test_nothing_of_one_input_is_known_to_the_next(make: Make) -> None:
    pool = make("remember", workers=1)
    assert [pool(each)[1] for each in (b"a", b"b")] == [b"a", b"b"]


def test_f_25_a_worker_that_the_system_kills_costs_its_own_request_and_no_other(make: Make) -> None:
    pool = make("misbehave", workers=1)
    pool(b"echo")
    worker = worker_of(pool)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(pool, b"spin")
        until(lambda: children_of(worker))
        os.kill(children_of(worker)[0], signal.SIGKILL)
        with pytest.raises(WorkerLost):
            asked.result()
    assert pool(b"echo")[0] is Fate.ANSWERED


def test_f_25_a_worker_that_dies_over_an_input_is_replaced(make: Make) -> None:
    pool = make("misbehave", workers=1)
    pool(b"echo")
    worker = worker_of(pool)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(pool, b"spin")
        until(lambda: children_of(worker))
        child = children_of(worker)[0]
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(WorkerLost):
            asked.result()
    until(lambda: not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text())
    assert pool(b"echo")[0] is Fate.ANSWERED
    assert worker_of(pool) != worker


def test_a_worker_that_died_while_it_waited_is_replaced_unseen(make: Make) -> None:
    pool = make("echo", workers=1)
    pool(b"x")
    worker = worker_of(pool)
    end(worker)
    assert pool(b"y") == (Fate.ANSWERED, b"y")


def test_a_worker_that_is_stopped_is_given_up(make: Make) -> None:
    pool = make("echo", workers=1)
    pool(b"x")
    worker = worker_of(pool)
    os.kill(worker, signal.SIGSTOP)
    with pytest.raises(WorkerLost):
        pool(b"y")
    assert pool(b"y") == (Fate.ANSWERED, b"y")


def test_nothing_is_left_open(make: Make) -> None:
    pool = make("echo", workers=1)
    pool(b"")
    before = len([*Path("/proc/self/fd").iterdir()])
    for _ in range(3):
        end(worker_of(pool))
        pool(b"")
    assert len([*Path("/proc/self/fd").iterdir()]) == before


def test_more_than_may_wait_are_refused_at_once(make: Make) -> None:
    pool = make("misbehave", workers=1, most_waiting=1)
    pool(b"echo")
    worker = worker_of(pool)
    begun = threading.Barrier(3)

    def ask() -> Fate:
        begun.wait()
        return pool(b"spin")[0]

    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(ask) for _ in range(2)]
        begun.wait()
        until(lambda: children_of(worker) and pool._places._value == 0)
        with pytest.raises(Occupied):
            pool(b"")
        os.kill(children_of(worker)[0], signal.SIGKILL)
        for each in asked:
            each.exception()  # whatever becomes of them


def test_work_that_is_not_there_is_no_worker(make: Make) -> None:
    with pytest.raises(WorkerLost):
        make("nothing_of_this_name")(b"x")


def test_a_worker_ends_with_the_service(make: Make) -> None:
    code = "import sys; from jmc_vc.isolation.pool import Pool; p = Pool('tests.isolation.misbehaving:echo', workers=1)"
    code += "; p(b''); print(p._workers.get().process.pid); sys.stdout.flush(); import os; os._exit(0)"
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    until(lambda: not Path(f"/proc/{int(done.stdout)}").exists())


def test_the_service_itself_loads_no_decoder() -> None:
    code = (
        "import sys, jmc_vc.isolation.read_code; sys.exit(bool({'PIL', 'zxingcpp', 'pypdfium2'} & sys.modules.keys()))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
