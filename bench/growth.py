"""How the time of a verification grows with the credential: of 10 kB and of 100 kB, in all its parts.

`typical_badge(scale=…)` repeats alignments, result descriptions with their rubric levels and lists, results and
evidence, so that members, statements, identified nodes, blank nodes and lists all grow with the bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count, cycle, islice, takewhile
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import orjson

from bench.typical import Material
from jmc_vc.formats.jsonld import canonical_nquads
from tests.builders.badges import typical_badge

SMALL, LARGE = 10_000, 100_000
DIFFERENT = 24
"""Credentials of each size."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """A size as it came out: bytes of the JSON text before its proof, and statements."""

    bytes: int
    statements: int

    def __str__(self) -> str:
        return f"{self.bytes / 1000:.1f} kB, {self.statements:,} statements"


class Times(NamedTuple):
    """Milliseconds for one credential of each size, the medians."""

    small: float
    large: float


class Growth:
    """`work` on credentials of both sizes by turns, ten small ones and a large one: both meet the same machine."""

    def __init__(self, work: Callable[[bytes], object], small: Sequence[bytes], large: Sequence[bytes]) -> None:
        self._work = work
        self._small = cycle(small)
        self._large = cycle(large)

    def measure(self, seconds: float) -> Times:
        """Go on for `seconds`."""
        work = self._work
        small: list[float] = []
        large: list[float] = []
        begun = perf_counter()
        while not small or perf_counter() - begun < seconds:
            before = perf_counter()
            for each in islice(self._small, 10):
                work(each)
            between = perf_counter()
            work(next(self._large))
            small.append((between - before) * 100)
            large.append((perf_counter() - between) * 1000)
        return Times(median(small), median(large))


def grown(material: Material, size: int) -> tuple[dict[str, Any], ...]:
    """Different credentials as large as can be, up to `size` bytes."""
    scale = max(takewhile(lambda scale: len(orjson.dumps(typical_badge(scale=scale))) <= size, count(1)))
    did = material.method.partition("#")[0]
    badges = tuple(typical_badge(number, scale=scale) for number in range(DIFFERENT))
    for badge in badges:
        badge["issuer"]["id"] = did
    return badges


def measured(credential: dict[str, Any], material: Material) -> Size:
    """How large `credential` is."""
    statements = canonical_nquads(credential, material.contexts).count(b"\n")
    return Size(bytes=len(orjson.dumps(credential)), statements=statements)
