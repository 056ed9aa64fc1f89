"""Copies of documents, in memory: so many bytes and so many documents, the ones not asked for longest go first."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

_MOST_BYTES: Final = 16 * 1024 * 1024
"""Of each serving process: status lists of some hundred issuers."""
_MOST: Final = 1_024
_OVERHEAD: Final = 1_024
"""Bytes that a copy costs besides its body: addresses and headers are long, too."""


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A document as it was at `fetched_at`, fresh until `fresh_until`. `etag` and `last_modified` are repeated to the
    host that sent them; "" if it sent none."""

    body: bytes
    media_type: str
    fetched_at: datetime
    fresh_until: datetime
    etag: str
    last_modified: str

    def is_fresh(self, now: datetime) -> bool:
        """Not where the clock was set back behind the fetching: nobody knows then how old the copy is."""
        return self.fetched_at <= now < self.fresh_until

    @property
    def size(self) -> int:
        return len(self.body) + _OVERHEAD


class Copies:
    """Copies by the key that the caller chooses. Safe for many threads."""

    def __init__(self, *, most_bytes: int = _MOST_BYTES, most: int = _MOST) -> None:
        self._most_bytes = most_bytes
        self._most = most
        self._bytes = 0
        self._kept: OrderedDict[str, Copy] = OrderedDict()
        self._lock = Lock()

    @property
    def bytes(self) -> int:
        """What is kept, and what it costs besides."""
        return self._bytes

    def find(self, key: str) -> Copy | None:
        with self._lock:
            copy = self._kept.get(key)
            if copy is not None:
                self._kept.move_to_end(key)
            return copy

    def keep(self, key: str, copy: Copy) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = copy
            self._bytes += copy.size
            while self._bytes > self._most_bytes or len(self._kept) > self._most:
                self._drop(next(iter(self._kept)))

    def drop(self, key: str) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: str) -> None:
        copy = self._kept.pop(key, None)
        if copy is not None:
            self._bytes -= copy.size
