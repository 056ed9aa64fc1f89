"""The claims of the fuzz targets, for inputs that were interesting once and for some new ones. `make fuzz` has more."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).with_name("corpus")
FILES = sorted(path.relative_to(CORPUS) for path in CORPUS.rglob("*.*"))


@pytest.mark.parametrize("file", FILES, ids=str)
def test_the_claims_hold_for_the_corpus(file: Path) -> None:
    TARGETS[file.parts[0]].check((CORPUS / file).read_bytes())


def test_every_target_has_a_corpus_of_small_files() -> None:
    assert {file.parts[0] for file in FILES} == set(TARGETS)
    assert max((CORPUS / file).stat().st_size for file in FILES) < 32 << 10


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=2 * settings().max_examples, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_claims_hold_for_new_inputs(name: str, data: st.DataObject) -> None:
    TARGETS[name].check(data.draw(TARGETS[name].inputs()))
