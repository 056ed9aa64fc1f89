"""Who tries addresses of credentials that do not exist is made to wait (bad-input catalogue QR-07).

The address of a credential is a random number of 122 bits, and all that keeps strangers from it. Only addresses that
lead to nothing are counted: whoever opens good links, a thousand of them if need be, never meets this limit. Beyond it
good and bad ones are refused alike, or the refusal would tell them apart. Each serving process counts for itself.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jmc_vc.errors import TooMany
from jmc_vc.web.clients import client_in, client_of, on_this_machine

MOST_MISSES: Final = 100
"""At once: a list of an employer's in which a column has slipped, seen by everybody behind one proxy."""
SECONDS: Final = 6.0
"""After which one of them is forgotten: slower than anybody reads an address off paper, and ten guesses a minute."""
MOST_CLIENTS: Final = 50_000
"""That are remembered, in some 10 MB. Who missed longest ago is forgotten first."""
_GUESSED: Final = ("/credentials/", "/verify", "/v1/verify")
"""Below them a credential can be asked for by its number."""


class TooManyMisses(TooMany):
    """This client has asked for too much that does not exist."""

    code = "link.too_many_misses"

    def __init__(self, seconds: int) -> None:
        self.retry_after = seconds
        super().__init__(seconds=seconds)


class Misses:
    """How often each client missed of late. Used from one event loop, so that counting needs no lock."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._free_at = OrderedDict[str, float]()
        """Of each client, when its last miss will be forgotten: each pushes that away by SECONDS."""

    def require_few(self, client: str) -> None:
        """Raise TooManyMisses if `client` may not guess once more."""
        too_long = self._free_at.get(client, 0.0) - self._clock() - (MOST_MISSES - 1) * SECONDS
        if too_long > 0:
            raise TooManyMisses(ceil(too_long))

    def missed(self, client: str) -> None:
        """`client` asked for what does not exist. This machine itself, which may be a test or a probe, is let be."""
        if on_this_machine(client):
            return
        now = self._clock()
        self._free_at[client] = max(self._free_at.pop(client, now), now) + SECONDS
        if len(self._free_at) > MOST_CLIENTS:
            self._free_at.popitem(last=False)


class CountMisses:
    """The layer that looks at answers: whatever page or endpoint it was, 404 is a miss."""

    def __init__(self, app: ASGIApp, misses: Misses) -> None:
        self._app = app
        self._misses = misses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 404:
                self._misses.missed(client_in(scope))
            await send(message)

        guessed = scope["type"] == "http" and scope["path"].startswith(_GUESSED)
        await self._app(scope, receive, watched if guessed else send)


async def require_few_misses(request: Request) -> None:
    """A dependency of every route: raises TooManyMisses where a client that guesses asks once more."""
    if request.url.path.startswith(_GUESSED):
        misses: Misses = request.app.state.misses
        misses.require_few(client_of(request))
