"""Every format with every peer that has it: each side accepts the other's, and refuses it when it was altered.

What is not selective has two sides, who issues and who verifies. What is selective has three, and each of them may be
another's software: who issues, who holds and shows a part, who verifies.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest

from tests.interop.formats import FORMATS, Family
from tests.interop.judged import as_it_should, judged
from tests.interop.matrix import BACK, TABLE, THERE, Way, row
from tests.interop.parties.party import OURS, Party

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

TWO_SIDED = frozenset({Family.EMBEDDED, Family.OB3_JWT, Family.VC_JOSE, Family.VP_JOSE})
SELECTIVE = frozenset({Family.SELECTIVE_EMBEDDED, Family.VC_SD_JWT, Family.SD_JWT_VC})
NO_HOLDER = frozenset({"openbadgeslib"})
BY_ONE_BLANK_NODE = ("openbadge-ecdsa-rdfc-2019-p384", "openvc-core")
"""Not with a usual badge: see `test_openvc`."""


def cells(families: frozenset[Family]) -> Iterator[tuple[str, str, Way]]:
    for format_, peers in TABLE.items():
        if FORMATS[format_].family in families:
            for peer, ways in peers.items():
                if (format_, peer) != BY_ONE_BLANK_NODE:
                    yield format_, peer, ways


def two_sided() -> Iterator[Any]:
    for format_, peer, ways in cells(TWO_SIDED):
        for way in ways:
            sides = (OURS, peer) if way is THERE else (peer, OURS)
            name = f"{format_}: {sides[0]} issues, {sides[1]} verifies"
            yield pytest.param(format_, *sides, marks=row(format_, peer, way), id=name)


def three_sided() -> Iterator[Any]:
    for format_, peer, ways in cells(SELECTIVE):
        for issuer, holder, verifier in product((OURS, peer), repeat=3):
            way = THERE if issuer == OURS else BACK
            both_there = OURS in (issuer, holder, verifier) and peer in (issuer, holder, verifier)
            if both_there and way in ways and holder not in NO_HOLDER:
                name = f"{format_}: {issuer} issues, {holder} shows, {verifier} verifies"
                yield pytest.param(format_, issuer, holder, verifier, marks=row(format_, peer, way), id=name)


@pytest.mark.parametrize(("format_", "issuer", "verifier"), list(two_sided()))
def test_what_one_issues_the_other_accepts_unless_it_was_altered(
    sides: Mapping[str, Party], format_: str, issuer: str, verifier: str
) -> None:
    issued = sides[issuer].issue(FORMATS[format_])
    assert judged(sides[verifier], format_, issued) == as_it_should(issued)


@pytest.mark.parametrize(("format_", "issuer", "holder", "verifier"), list(three_sided()))
def test_what_one_issues_and_another_shows_a_third_accepts_unless_it_was_altered(
    sides: Mapping[str, Party], format_: str, issuer: str, holder: str, verifier: str
) -> None:
    issued = sides[issuer].issue(FORMATS[format_])
    shown = sides[holder].show(FORMATS[format_], issued)
    assert judged(sides[verifier], format_, shown) == as_it_should(shown)
