"""The waiting room of verification: threads of its own, and a limit to how many may wait.

Verifying is work that anybody may ask for. It runs in its own few threads, so that a flood of it takes nothing from
issuing but processor time, which the limits inside verification bound for each input (SR-3). Beyond the limits an
honest refusal comes at once: 429 to a client that fills the room alone, 503 when all of them together do."""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from fastapi import Request

from jmc_vc.errors import TooMany, Unavailable

T = TypeVar("T")

THREADS = 2
"""Verification is Python code: more threads than this only change hands more often."""
MOST_FROM_ONE = 128
"""Requests of one address at a time: 0.1 s of work. A whole company behind one proxy stays below it."""
MOST_WAITING = 512
"""Requests in all: half a second of work, so that nobody waits much longer than that."""


class TooManyFromOne(TooMany):
    """This client has too many verifications under way."""

    code = "verify.too_many"


class Crowded(Unavailable):
    """Too many verifications are under way."""

    code = "verify.crowded"


class Gate:
    """Runs verifications in threads of its own. Used from one event loop, so that counting needs no lock."""

    def __init__(self, *, threads: int = THREADS, most_from_one: int = MOST_FROM_ONE, most: int = MOST_WAITING) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="verify")
        self._most_from_one = most_from_one
        self._most = most
        self._under_way: Counter[str] = Counter()

    async def run(self, client: str, work: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """`work(…)` for `client`, an address. Raises TooManyFromOne, Crowded, and what the work raises."""
        if self._under_way[client] >= self._most_from_one:
            raise TooManyFromOne
        if self._under_way.total() >= self._most:
            raise Crowded
        self._under_way[client] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *arguments, **named))
        finally:
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]

    def close(self) -> None:
        """Finish what is under way and end the threads."""
        self._threads.shutdown()


async def through_gate(request: Request, work: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """`work(…)` for whoever sent `request`. Raises TooManyFromOne, Crowded, and what the work raises."""
    gate: Gate = request.app.state.gate
    return await gate.run(request.client.host if request.client else "", work, *arguments, **named)
