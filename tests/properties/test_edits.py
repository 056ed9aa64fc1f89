"""No single edit of a good credential's bytes is valid and shows something else. `make fuzz` tries 100,000."""

from random import Random, SystemRandom

import pytest

from tests.corpus.judge import HERE
from tests.parts import everything_is_required
from tests.properties.edit_claim import problem
from tests.properties.edits import BAKED, BYTES, IN_TOKEN, SAID, SPELLED, edited

PARTS, EDITS = 4, 1_500
SEED = 0 if everything_is_required() else SystemRandom().randrange(2**32)
"""The proof run repeats itself exactly; everywhere else the search begins anew each time."""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_single_edit_is_valid_and_shows_something_else(part: int) -> None:
    found = [problem(f"{SEED} {part} {number}") for number in range(EDITS)]
    assert [each for each in found if each is not None] == []


def test_edits_change_something_and_every_kind_is_tried() -> None:
    tried: set[str] = set()
    unchanged = 0
    for file in ("json", "jwt", "png"):
        name = {"json": "eddsa-rdfc-2022", "jwt": "vc-jwt-es256", "png": "png"}[file]
        good = (HERE / "credentials" / "good" / f"{name}.{file}").read_bytes()
        for number in range(600):
            kind, data = edited(good, Random(number))
            tried.add(kind)
            unchanged += data == good
    assert tried == set(SAID | SPELLED | BYTES | IN_TOKEN | BAKED)
    assert unchanged < 1_800 // 5
