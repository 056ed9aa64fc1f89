"""What was made lately, kept: a bounded cache in which what is used stays.

Strangers decide what is asked for, so a flood of odd entries must not push out those that every document needs. Two
generations do that as well as an order of use, and a hit in the younger one writes nothing: when it is full it becomes
the older one, and what is asked for again moves up.
"""

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """At most `most` entries by key. Thread-safe; two threads may both make what neither found."""

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self.young: dict[Hashable, Value] = {}
        """What was asked for last, for readers in a hurry: looking here alone may miss, and then `get` finds."""
        self._old: dict[Hashable, Value] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self.young.keys() | self._old.keys())

    def get(self, key: Hashable) -> Value | None:
        """The entry of `key`, which counts as a use of it."""
        found = self.young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.keep(key, found)
        return found

    def keep(self, key: Hashable, value: Value) -> Value:
        """Keep `value`, and answer it."""
        with self._lock:
            if len(self.young) >= self._half:
                self._old, self.young = self.young, {}
            self.young[key] = value
        return value
