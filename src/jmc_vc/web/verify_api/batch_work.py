"""The work of a batch: many verifications for one client, a few of them under way at a time, answered in their order.

Whoever sends many waits longer, and nobody else does. A client has one batch under way, and of all batches together one
item and one picture is worked on at a time; with places of their own, so that the same client's single requests go on.
What becomes of the outcomes is told by who asks: lines of the API, rows of a page.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from jmc_vc.bootstrap import Service
from jmc_vc.errors import Error, Unavailable
from jmc_vc.formats.raster import raster_of
from jmc_vc.isolation.pool import Occupied
from jmc_vc.verifying.batch_items import Item
from jmc_vc.verifying.presentation_report import AnyReport
from jmc_vc.verifying.take_in import HandedIn
from jmc_vc.web.clients import client_of
from jmc_vc.web.guessing import verify_for
from jmc_vc.web.rooms import Crowded, TooManyFromOne
from jmc_vc.web.verify_api.gate import Gate
from jmc_vc.web.verify_api.recognizing import recognizing

SECONDS: Final = 600.0
"""For all of it. A thousand credentials of our own take some seconds, a thousand links to slow hosts minutes."""
_READING: Final = 60.0
"""The same for a client that reads the answer more slowly than it is made. One that stops reading is let go much sooner
(`web.http_protocol`)."""
AT_ONCE: Final = 4
"""Items of one batch under way: while one waits for a host, another is worked on."""
_TRIES: Final = 20
_PAUSE: Final = 0.25
"""Seconds before an item that found no place tries again: five in all."""


class TooLate(Unavailable):
    """The time of the batch is over."""

    code = "batch.time"


@dataclass(frozen=True)
class Outcome:
    """What was found of one item: the report on what was `handed_in`, or why there is none."""

    index: int
    reference: str | None
    line: int | None
    found: tuple[HandedIn, AnyReport] | Error


@dataclass(frozen=True)
class BatchWork:
    """One batch under way."""

    request: Request
    service: Service
    policy: str

    async def outcomes(self, items: tuple[Item, ...]) -> AsyncGenerator[Outcome, None]:
        """One for each item, in their order, at the pace at which they are taken."""
        deadline = asyncio.get_running_loop().time() + SECONDS
        waiting = deque(enumerate(items))
        under_way: deque[asyncio.Task[Outcome]] = deque()
        try:
            while waiting or under_way:
                while waiting and len(under_way) < AT_ONCE:
                    index, item = waiting.popleft()
                    under_way.append(asyncio.create_task(self._outcome(index, item, deadline)))
                outcome = await under_way[0]
                under_way.popleft()
                yield outcome
        finally:
            for task in under_way:
                task.cancel()

    async def _outcome(self, index: int, item: Item, deadline: float) -> Outcome:
        try:
            async with asyncio.timeout_at(deadline):
                return Outcome(index, item.reference, item.line, await self._found(item))
        except TimeoutError:
            return Outcome(index, item.reference, item.line, TooLate())
        except Error as error:
            return Outcome(index, item.reference, item.line, error)

    async def _found(self, item: Item) -> tuple[HandedIn, AnyReport]:
        """Raises what is wrong with the item."""
        gate: Gate = self.request.app.state.gate
        client = f"batch {client_of(self.request)}"
        handed_in, wanted = await self._patiently(lambda: gate.run_in_turn(client, item.read))
        is_picture = isinstance(handed_in, bytes) and raster_of(handed_in) is not None
        async with gate.picture_of_a_batch if is_picture else nullcontext():
            with recognizing(handed_in):
                report = await self._patiently(
                    lambda: gate.finish(
                        client,
                        self.service.verify.fetch_outside,
                        verify_for(self.request).steps(
                            handed_in, policy=self.policy, now=self.service.clock(), wanted=wanted
                        ),
                        in_turn=True,
                    )
                )
        return handed_in, report

    @staticmethod
    async def _patiently(work: Callable[[], Any]) -> Any:
        """The result of `work`, tried again while there is no place for it: a single request would be refused then, and
        a batch can wait."""
        for _ in range(_TRIES):
            try:
                return await work()
            except (TooManyFromOne, Crowded, Occupied):
                await asyncio.sleep(_PAUSE)
        return await work()


class Streamed(StreamingResponse):
    """An answer that gives the place of its batch back however it ends."""

    def __init__(
        self, content: AsyncGenerator[bytes, None], held: ExitStack, headers: Mapping[str, str], media_type: str
    ) -> None:
        # Else nginx collects the answer, and nobody sees the first line before the last one is there.
        super().__init__(content, headers={**headers, "x-accel-buffering": "no"}, media_type=media_type)
        self._content = content
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with self._held:
                async with asyncio.timeout(SECONDS + _READING):
                    await super().__call__(scope, receive, send)
        except TimeoutError:
            return  # whoever reads so slowly sees a cut connection, and no end
        finally:
            await self._content.aclose()
