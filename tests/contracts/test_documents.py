"""Pages that are written from the code say what the code says."""

from pathlib import Path

import pytest

from jmc_vc.cli import reference

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("page", reference.pages())
def test_a_generated_page_is_up_to_date(page: str) -> None:
    assert (REFERENCE / page).read_text(encoding="utf-8") == reference.pages()[page], "run `make docs`"
