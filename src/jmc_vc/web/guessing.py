"""Who tries addresses of credentials that do not exist is made to wait (bad-input catalogue QR-07).

The address of a credential is a random number of 122 bits, and all that keeps strangers from it. Counted are look-ups
that found nothing: whoever opens good links, a thousand of them if need be, never meets this limit. Beyond it every
look-up is refused alike, or the refusal would tell good addresses from bad ones. Nothing else is: many people share an
address, and a file or a text that is handed in names nothing that could be guessed. Each serving process counts for
itself.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from math import ceil
from threading import Lock
from typing import Final

from starlette.requests import Request

from jmc_vc.bootstrap import Service
from jmc_vc.errors import NotFound, TooMany
from jmc_vc.verifying.open_link import OpenLink, Reader
from jmc_vc.verifying.verify_handed_in import VerifyHandedIn
from jmc_vc.web.clients import client_of, on_this_machine

MOST_MISSES: Final = 100
"""At once: a list of an employer's in which a column has slipped, seen by everybody behind one proxy."""
SECONDS: Final = 6.0
"""After which one of them is forgotten: slower than anybody reads an address off paper, and ten guesses a minute."""
MOST_OWED: Final = MOST_MISSES * SECONDS
"""Seconds ahead that a client's misses may count, however many there were: those who share its address wait no longer
than SECONDS for the next look-up after the last wrong one, and after ten minutes nothing is left of it."""
MOST_CLIENTS: Final = 50_000
"""That are remembered, in some 10 MB. Who missed longest ago is forgotten first."""


class TooManyMisses(TooMany):
    """This client has looked up too many credentials that do not exist."""

    code = "link.too_many_misses"

    def __init__(self, seconds: int) -> None:
        self.retry_after = seconds
        super().__init__(seconds=seconds)


class Misses:
    """How often each client missed of late. Links are opened in several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._free_at = OrderedDict[str, float]()
        """Of each client, when its last miss will be forgotten: each pushes that away by SECONDS."""

    @contextmanager
    def counted(self, client: str) -> Iterator[None]:
        """Around one look-up for `client`. Raises TooManyMisses before it if there may be none."""
        self._require_few(client)
        try:
            yield
        except NotFound:
            self._missed(client)
            raise

    def _require_few(self, client: str) -> None:
        with self._lock:
            too_long = self._free_at.get(client, 0.0) - self._clock() - (MOST_OWED - SECONDS)
        if too_long > 0:
            raise TooManyMisses(ceil(too_long))

    def _missed(self, client: str) -> None:
        """This machine itself, which may be a test or a probe, is let be."""
        if on_this_machine(client):
            return
        with self._lock:
            now = self._clock()
            free_at = max(self._free_at.pop(client, now), now) + SECONDS
            self._free_at[client] = min(free_at, now + MOST_OWED)  # look-ups under way together could owe more
            if len(self._free_at) > MOST_CLIENTS:
                self._free_at.popitem(last=False)


def looked_up(request: Request) -> AbstractContextManager[None]:
    """Around looking up the credential that `request` names. Raises TooManyMisses before it if there may be none."""
    misses: Misses = request.app.state.misses
    return misses.counted(client_of(request))


def verify_for(request: Request) -> VerifyHandedIn:
    """The verification of whatever is handed in, for whoever sent `request`: opening a link of ours is a look-up of
    theirs, wherever the link is found, also in a picture. Raises TooManyMisses besides."""
    service: Service = request.app.state.service
    handed_in = service.verify_handed_in
    verify, take_in = handed_in.verify, handed_in.verify.take_in

    def watched(reader: Reader) -> Reader:
        def read(identifier: str, now: datetime) -> bytes:
            with looked_up(request):
                return reader(identifier, now)

        return read

    open_link = OpenLink({kind: watched(reader) for kind, reader in take_in.open_link.readers.items()})
    return replace(handed_in, verify=replace(verify, take_in=replace(take_in, open_link=open_link)))
