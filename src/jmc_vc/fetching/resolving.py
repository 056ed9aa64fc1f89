"""Names to addresses, with a deadline.

The resolver of the system cannot be interrupted and may take half a minute. So it runs in a thread of its own that
nobody waits for longer than they want to; the threads that still wait for an answer are counted, and when there are too
many no more are started. Names of one domain, whose servers may belong to one stranger, never take them all.
"""

import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Condition, Thread
from time import monotonic
from typing import Final

from jmc_vc.fetching.unavailable import NotAsked, TookTooLong, Unreachable

Resolve = Callable[[str], Sequence[str]]
"""The addresses of a name, as text; takes as long as it takes. Raises OSError."""

MOST_WAITING: Final = 64
"""Threads. A resolver without a connection keeps each for ten to thirty seconds, and a thread that waits costs some
tens of kilobytes."""
MOST_OF_A_DOMAIN: Final = 8
"""Of these, for the names of one domain: whose servers never answer has eight domains to pay for."""
_LONG: Final = 1.0
"""Seconds. When the first of a domain waits for longer, the others go away: they hold threads, too."""
_SHORT: Final = 3
"""Letters of `co`, `ac`, `com` and the like, which stand before a country and are nobody's domain."""


def ask_the_system(host: str) -> Sequence[str]:
    """What `getaddrinfo` answers, in its order (RFC 6724)."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class Resolver:
    """Asks `resolve`, each name once for each request."""

    def __init__(self, resolve: Resolve = ask_the_system) -> None:
        self._resolve = resolve
        self._changed = Condition()
        self._begun: dict[str, list[float]] = {}  # when those that wait began, by domain, the oldest first

    def __call__(self, host: str, deadline: float) -> Sequence[str]:
        """The addresses of `host`, none of them judged. Raises Unreachable, TookTooLong and NotAsked."""
        domain = domain_of(host)
        begun = self._begin(domain, deadline)
        answer: Future[Sequence[str]] = Future()
        try:
            Thread(target=self._ask, args=(host, answer, domain, begun), name="resolve", daemon=True).start()
        except RuntimeError as err:  # the machine gives no more threads
            self._end(domain, begun)
            raise NotAsked from err
        try:
            return answer.result(timeout=max(0.0, deadline - monotonic()))
        except TimeoutError as err:  # ours or the resolver's own
            raise TookTooLong from err
        except (OSError, UnicodeError) as err:
            raise Unreachable from err

    def _ask(self, host: str, answer: Future[Sequence[str]], domain: str, begun: float) -> None:
        try:
            answer.set_result(self._resolve(host))
        except BaseException as err:  # noqa: BLE001 -- told to who waits, if anybody still does
            answer.set_exception(err)
        finally:
            self._end(domain, begun)

    def _begin(self, domain: str, deadline: float) -> float:
        """When it began; raises NotAsked."""
        with self._changed:
            while True:
                now, own = monotonic(), self._begun.get(domain, [])
                if len(own) < MOST_OF_A_DOMAIN and sum(map(len, self._begun.values())) < MOST_WAITING:
                    self._begun.setdefault(domain, []).append(now)
                    return now
                until = deadline if len(own) < MOST_OF_A_DOMAIN else min(deadline, own[0] + _LONG)
                if now >= until:
                    raise NotAsked
                self._changed.wait(until - now)

    def _end(self, domain: str, begun: float) -> None:
        with self._changed:
            self._begun[domain].remove(begun)
            if not self._begun[domain]:
                del self._begun[domain]  # names come from strangers: none stays
            self._changed.notify_all()


def domain_of(host: str) -> str:
    """The domain that somebody registered, as far as its form tells: two labels, or three under `ac.jp` and the like.
    Where many share one that is longer, they share the threads, too."""
    labels = host.lower().rstrip(".").split(".")
    under_a_country = len(labels) > 2 and len(labels[-2]) <= _SHORT and len(labels[-1]) == 2
    return ".".join(labels[-3:] if under_a_country else labels[-2:])
