"""What stands in every credential that we issue, whatever its program."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from jmc_vc.formats.strict_json import JsonValue
from tests.builders.awards import all_programs, award_of, slug_of
from tests.builders.independent import compacted_by_pyld
from tests.builders.installation import PROGRAMS, Installation


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = all_programs(tmp_path_factory.mktemp("documents"))
    yield made
    made.service.database.close()


@pytest.fixture(params=PROGRAMS)
def number(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


def issue(installation: Installation, number: str) -> dict[str, Any]:
    evidence = [{"id": "https://example.jp/works/1", "name": "作品"}]
    body = award_of(number, date(2026, 10, 1), email="a@learners.example", retake=True, evidence=evidence)
    document: dict[str, Any] = json.loads(installation.issue(body, slug=slug_of(number)).body)
    return document


def test_vc_13_a_credential_is_compacted_json_ld(everything: Installation, number: str) -> None:
    """VCDM 2.0 §6.1: with its own contexts nothing in it could be said more shortly."""
    document = issue(everything, number)
    assert without_arrays_of_one(compacted_by_pyld(document)) == without_arrays_of_one(document)


def without_arrays_of_one(value: Any) -> JsonValue:
    """Open Badges wants some arrays even of one, compaction none (OB-02)."""
    match value:
        case [one]:
            return without_arrays_of_one(one)
        case list():
            return [without_arrays_of_one(each) for each in value]
        case dict():
            return {name: without_arrays_of_one(each) for name, each in value.items()}
    found: JsonValue = value
    return found


def test_ob_10_the_day_of_the_award_stays_when_it_is_issued_again(everything: Installation, number: str) -> None:
    first = issue(everything, number)
    everything.clock.move(hours=3)
    again = issue(everything, number)
    assert first["awardedDate"] == again["awardedDate"] == "2026-10-01T00:00:00+09:00"
    assert first["validFrom"] != again["validFrom"]


def test_cx_02_no_term_is_used_that_an_older_context_of_the_same_name_lacks(
    everything: Installation, number: str
) -> None:
    def names(value: Any) -> set[str]:
        if isinstance(value, list):
            return {name for each in value for name in names(each)}
        return value.keys() | names([*value.values()]) if isinstance(value, dict) else set()

    assert not {"endorsementJwt", "jti"} & names(issue(everything, number))
