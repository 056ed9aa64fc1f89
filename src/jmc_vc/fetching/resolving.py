"""Names to addresses, with a deadline.

The resolver of the system cannot be interrupted and may take half a minute. So it runs in a thread of its own that
nobody waits for longer than they want to; the threads that still wait for an answer are counted, and when there are too
many no more are started.
"""

import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import BoundedSemaphore, Thread
from time import monotonic
from typing import Final

from jmc_vc.fetching.unavailable import NotAsked, TookTooLong, Unreachable

Resolve = Callable[[str], Sequence[str]]
"""The addresses of a name, as text; takes as long as it takes. Raises OSError."""

MOST_WAITING: Final = 64
"""Threads. A resolver without a connection keeps each for ten to thirty seconds, and a thread that waits costs some
tens of kilobytes."""


def ask_the_system(host: str) -> Sequence[str]:
    """What `getaddrinfo` answers, in its order (RFC 6724)."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class Resolver:
    """Asks `resolve`, each name once for each request."""

    def __init__(self, resolve: Resolve = ask_the_system) -> None:
        self._resolve = resolve
        self._free = BoundedSemaphore(MOST_WAITING)

    def __call__(self, host: str, deadline: float) -> Sequence[str]:
        """The addresses of `host`, none of them judged. Raises Unreachable, TookTooLong and NotAsked."""
        if not self._free.acquire(timeout=max(0.0, deadline - monotonic())):
            raise NotAsked
        answer: Future[Sequence[str]] = Future()
        try:
            Thread(target=self._ask, args=(host, answer), name="resolve", daemon=True).start()
        except RuntimeError as err:  # the machine gives no more threads
            self._free.release()
            raise NotAsked from err
        try:
            return answer.result(timeout=max(0.0, deadline - monotonic()))
        except TimeoutError as err:  # ours or the resolver's own
            raise TookTooLong from err
        except (OSError, UnicodeError) as err:
            raise Unreachable from err

    def _ask(self, host: str, answer: Future[Sequence[str]]) -> None:
        try:
            answer.set_result(self._resolve(host))
        except BaseException as err:  # noqa: BLE001 -- told to who waits, if anybody still does
            answer.set_exception(err)
        finally:
            self._free.release()
