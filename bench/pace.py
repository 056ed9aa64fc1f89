"""How often a second something is done."""

import gc
import itertools
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

BETWEEN_LOOKS = 8
"""Pieces of work between two looks at the clock, which costs a hundredth of a raw signature."""


class Pace:
    """`work` with one of `pool` after the other, going on where the last measurement ended, so that nothing that was
    done lately can be remembered."""

    def __init__(self, work: Callable[[Any], object], pool: Sequence[Any]) -> None:
        self.pool = pool
        self._work = work
        self._pool = itertools.cycle(pool)

    def once(self, given: str | None = None) -> str | None:
        """Work once, with the text `given` or else with the first of the pool; answers the text that came out, if any.
        Raises what `work` raises."""
        first = self.pool[0]
        what = first if given is None else given.encode() if isinstance(first, bytes) else given
        made = self._work(what)
        return made.decode() if isinstance(made, bytes) else made if isinstance(made, str) else None

    def measure(self, seconds: float) -> float:
        """Work for `seconds`; answers how often a second it was done."""
        work, pool = self._work, self._pool
        count, passed = 0, 0.0
        begun = perf_counter()
        while passed < seconds:
            for each in itertools.islice(pool, BETWEEN_LOOKS):
                work(each)
            count += BETWEEN_LOOKS
            passed = perf_counter() - begun
        return count / passed


def freeze() -> None:
    """Take what is there, the pool of credentials above all, out of the garbage collector's view. It would be searched
    again and again while one large credential is read, and is no part of that work."""
    gc.collect()
    gc.freeze()
