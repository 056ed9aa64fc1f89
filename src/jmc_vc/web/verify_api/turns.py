"""Turns at the threads of verification: the clients take them by turns, whoever has how much to ask.

In one queue for all, who sends many costly inputs would be waited for by everybody behind them."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """So many at a time. Of one event loop."""

    def __init__(self, at_a_time: int) -> None:
        self._free = at_a_time
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """One for `client`, until the block ends; those of one client in their order."""
        if self._free:
            self._free -= 1
        else:
            called = asyncio.get_running_loop().create_future()
            self._waiting.setdefault(client, deque()).append(called)
            try:
                await called
            except asyncio.CancelledError:
                if called.done() and not called.cancelled():
                    self._pass_on()  # it was this one's turn, which nobody takes now
                raise
        try:
            yield
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        """To the next client, which then goes behind all others."""
        while self._waiting:
            client, called = self._waiting.popitem(last=False)
            first = called.popleft()
            if called:
                self._waiting[client] = called
            if not first.done():  # else who waited has gone
                first.set_result(None)
                return
        self._free += 1
