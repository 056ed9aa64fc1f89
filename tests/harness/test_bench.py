"""The benchmark compares like with like, and reports what it promises."""

from collections.abc import Mapping
from typing import Any

import pytest

from bench.contestants import Ours, Pyld, agree
from bench.row import Row
from bench.typical import material

MEMBERS = {"id", "ours", "peer", "ratio", "target", "met", "unit", "versions"}


class Cheat:
    """Signs something else, which would be quicker."""

    name = "cheat"

    def __init__(self) -> None:
        self.versions: Mapping[str, str] = {}

    def measure(self, work: str, seconds: float) -> float:
        return 1e6

    def sample(self) -> dict[str, Any]:
        return {"proof": {"proofValue": "z1"}}


def test_contestants_must_sign_the_same_thing() -> None:
    pool = material()
    ours = Ours(pool)
    agree([ours, Pyld(pool, ours.signed)])
    with pytest.raises(ValueError, match="cheat"):
        agree([ours, Cheat()])


@pytest.mark.parametrize(("ratio", "target", "met"), [(2.0, None, None), (2.0, 1.5, True), (1.0, 1.5, False)])
def test_a_row_says_whether_its_target_is_met(ratio: float, target: float | None, met: bool | None) -> None:
    written = Row(id="sign/pyld", ours=2, peer=1, ratio=ratio, target=target, versions={"pyld": "3"}).json()
    assert (set(written), written["met"]) == (MEMBERS, met)
