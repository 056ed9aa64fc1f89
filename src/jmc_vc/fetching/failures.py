"""What failed lately: documents are not asked for again for a minute, hosts that do not answer at all are left alone.

A host is shut after a few failures in a row that are the host's own (no connection, no TLS, no answer in time), of
whatever document. After a pause, one request may look whether it is back; the pause is a little different each time, so
that the processes of a service do not all look in the same second.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from jmc_vc.fetching.unavailable import NotFetched, Unreachable

REMEMBERED: Final = timedelta(seconds=60)
"""A host that has a moment of trouble is soon asked again, and one that has a long one is asked once a minute."""
_FAILURES: Final = 5
"""In a row. Fewer could be one document that is slow, more would be a minute's threads."""
_PAUSE: Final = timedelta(seconds=30)
_MOST: Final = 4_096
"""Documents, and hosts. Strangers choose their names: the oldest are forgotten first."""


@dataclass(frozen=True)
class _Failed:
    kind: type[NotFetched]
    at: datetime


@dataclass
class _Host:
    failures: int
    shut_at: datetime | None = None
    shut_for: timedelta = _PAUSE


class Failures:
    """The failures of one process. `random` gives the pauses their difference. Safe for many threads."""

    def __init__(self, random: Callable[[int], bytes]) -> None:
        self._random = random
        self._documents: OrderedDict[str, _Failed] = OrderedDict()
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._lock = Lock()

    def require_none(self, key: str, now: datetime) -> None:
        """Raises what was raised when the document of `key` was asked for less than a minute ago."""
        with self._lock:
            failed = self._documents.get(key)
            if failed is None:
                return
            if failed.at <= now < failed.at + REMEMBERED:  # a clock that was set back keeps nothing alive
                raise failed.kind
            del self._documents[key]

    def require_open(self, host: str, now: datetime) -> None:
        """Raises Unreachable while `host` is shut. Who gets through first after the pause looks for all: until that
        one knows, it stays shut for the others."""
        with self._lock:
            found = self._hosts.get(host)
            if found is None or found.shut_at is None:
                return
            if found.shut_at <= now < found.shut_at + found.shut_for:
                raise Unreachable
            self._shut(found, now)

    def failed(self, key: str, host: str, error: NotFetched, now: datetime) -> None:
        """The document was not there, for that reason."""
        with self._lock:
            self._documents[key] = _Failed(type(error), now)
            self._documents.move_to_end(key)
            _forget(self._documents)
            if not error.hosts_fault:
                self._hosts.pop(host, None)
                return
            found = self._hosts.setdefault(host, _Host(0))
            self._hosts.move_to_end(host)
            _forget(self._hosts)
            found.failures += 1
            if found.failures >= _FAILURES:
                self._shut(found, now)

    def answered(self, key: str, host: str) -> None:
        """The document came."""
        with self._lock:
            self._documents.pop(key, None)
            self._hosts.pop(host, None)

    def _shut(self, host: _Host, now: datetime) -> None:
        host.shut_at = now
        host.shut_for = _PAUSE + _PAUSE * (self._random(1)[0] / 512)


def _forget(table: OrderedDict[str, _Failed] | OrderedDict[str, _Host]) -> None:
    while len(table) > _MOST:
        table.popitem(last=False)
