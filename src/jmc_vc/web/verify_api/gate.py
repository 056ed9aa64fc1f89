"""The waiting room of verification: threads of its own, and a limit to how many may wait.

Verifying is work that anybody may ask for. It runs in its own few threads, so that a flood of it takes nothing from
issuing but processor time, which the limits inside verification bound for each input (SR-3). Beyond the limits an
honest refusal comes at once: 429 to a client that fills the room alone, 503 when all of them together do.

Who waits for another host waits outside, where no thread of verification is held, and with a limit of its own: so slow
hosts keep nobody from verifying what needs nothing of them. Credentials of our own never go there."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar

from fastapi import Request

from jmc_vc.isolation.pool import MOST_WAITING as MOST_WAITING_FOR_A_WORKER
from jmc_vc.isolation.pool import WORKERS
from jmc_vc.verifying.fetch_outside import Budget, FetchOutside
from jmc_vc.verifying.outside import Finished, Inquiry, Needs, Outside, Steps
from jmc_vc.web.clients import client_of
from jmc_vc.web.rooms import Room
from jmc_vc.web.verify_api.turns import Turns

T = TypeVar("T")

THREADS = 2
"""Verification is Python code: more threads than this only change hands more often."""
MOST_FROM_ONE = 128
"""Requests of one address at a time: 0.1 s of work. A whole company behind one proxy stays below it."""
MOST_WAITING = 512
"""Requests in all: half a second of work, so that nobody waits much longer than that."""


MOST_WAITING_FROM_ONE = 32
"""Requests of one address that wait for other hosts, at most three seconds each."""
MOST_WAITING_OUTSIDE = 256
"""The same of all addresses: what waits is a request body and a few kilobytes."""


MOST_PICTURES: Final = WORKERS + MOST_WAITING_FOR_A_WORKER
"""Pictures at a time whose code is looked for: as many as the processes that do so let wait."""
MOST_PICTURES_FROM_ONE: Final = 4
"""The same of one address, so that nobody has all places for a flood of hostile ones."""


MOST_BATCHES: Final = 32
"""Batches at a time, one of each client. With four items each under way they take half of the places for other hosts;
the bytes that they hold are counted by themselves (`web.limits.MOST_LARGE`)."""
MOST_RECEIPTS: Final = 64
"""Receipts that wait to be signed: some milliseconds of work, or seconds where the key lives on a token."""
MOST_RECEIPTS_FROM_ONE: Final = 16


class Gate:
    """Runs verifications in threads of its own."""

    def __init__(self, *, threads: int = THREADS, most_from_one: int = MOST_FROM_ONE, most: int = MOST_WAITING) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="verify")
        # One more than there are threads is handed to them, so that none waits while the loop is told.
        self._turns = Turns(threads + 1)
        self._inside = Room(most_from_one=most_from_one, most=most)
        self._outside = Room(most_from_one=MOST_WAITING_FROM_ONE, most=MOST_WAITING_OUTSIDE)
        self._pictures = Room(most_from_one=MOST_PICTURES_FROM_ONE, most=MOST_PICTURES)
        # One thread: however many receipts are wanted, issuing meets one other signature at the token and no more.
        self._signing = ThreadPoolExecutor(1, thread_name_prefix="receipt")
        self._receipts = Room(most_from_one=MOST_RECEIPTS_FROM_ONE, most=MOST_RECEIPTS)
        self.batches = Room(most_from_one=1, most=MOST_BATCHES)
        self._turn = asyncio.Semaphore(1)
        self.picture_of_a_batch = asyncio.Semaphore(1)  # of all batches: the others are for single requests

    async def run(self, client: str, work: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """`work(…)` for `client`, an address. Raises TooManyFromOne, Crowded, and what the work raises."""
        with self._inside.place(client):
            async with self._turns.turn(client):
                now = partial(work, *arguments, **named)
                return await asyncio.get_running_loop().run_in_executor(self._threads, now)

    async def run_in_turn(self, client: str, work: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """The same for an item of a batch: of all items of all batches one at a time, so that who sends one credential
        finds one of them before it and no more."""
        async with self._turn:
            return await self.run(client, work, *arguments, **named)

    async def finish(self, client: str, fetch_outside: FetchOutside, steps: Steps[T], *, in_turn: bool = False) -> T:
        """The result of an inquiry for `client`: its work in our threads, `in_turn` if it is an item of a batch, and
        its fetching outside, unless copies are at hand. Raises as `run`."""
        budget, inquiry = Budget(), Inquiry(steps)
        run = self.run_in_turn if in_turn else self.run

        def work(outside: Outside | None) -> Needs | Finished[T]:
            step = inquiry.begin() if outside is None else inquiry.go_on(outside)
            return fetch_outside.until_waiting(inquiry, step, budget)

        step = await run(client, work, None)
        while isinstance(step, Needs):
            with (self._outside if step.picture is None else self._pictures).place(client):
                outside = await _fetched(fetch_outside, step, budget)
            step = await run(client, work, outside)
        return step.result

    async def sign(self, client: str, work: Callable[..., T], *arguments: Any) -> T:
        """`work(…)`, which signs a receipt for `client`. Raises as `run`."""
        with self._receipts.place(client):
            return await asyncio.get_running_loop().run_in_executor(self._signing, partial(work, *arguments))

    def close(self) -> None:
        """Finish what is under way and end the threads."""
        self._threads.shutdown()
        self._signing.shutdown()


async def through_gate(request: Request, work: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """`work(…)` for whoever sent `request`. Raises TooManyFromOne, Crowded, and what the work raises."""
    gate: Gate = request.app.state.gate
    return await gate.run(client_of(request), work, *arguments, **named)


async def finished_through_gate(request: Request, steps: Steps[T]) -> T:
    """The result of an inquiry for whoever sent `request`. Raises as `through_gate` does."""
    gate: Gate = request.app.state.gate
    fetch_outside: FetchOutside = request.app.state.service.verify.fetch_outside
    return await gate.finish(client_of(request), fetch_outside, steps)


async def _fetched(fetch_outside: FetchOutside, needs: Needs, budget: Budget) -> Outside:
    """What there is of `needs`, waited for without holding a thread."""
    begun, deadline = fetch_outside.begin(needs, budget)
    if begun.all:
        coming = [asyncio.wrap_future(each) for each in begun.all]
        await asyncio.wait(coming, timeout=max(0.0, deadline - budget.monotonic()))
        for each in coming:
            each.cancel() if not each.done() else each.exception()
    return fetch_outside.answers(needs, begun)
