"""Awards of the example programs, as issuers send them: good ones, with results that pass."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.builders.installation import PROGRAMS

_NAME = {"ja": {"family": "𠮷野", "given": "葛󠄀葉"}, "latn": {"family": "YOSHINO", "given": "Kuzuha"}}
"""A kanji outside the basic plane, and an ideographic variation sequence."""


def slug_of(number: str) -> str:
    """The issuer of the example program `number`."""
    profile: str = PROGRAMS[number]["issuer"]["id"]
    return profile.rpartition("/")[2]


def passing(result: Mapping[str, Any]) -> str:
    """A value that meets what an assessment asks for, just so."""
    match result["type"]:
        case "RubricCriterionLevel":
            return str(result["requiredLevel"])
        case "Status":
            return "Completed"
        case _:
            return str(result["requiredValue"])


def award_of(number: str, awarded: date, *, email: str, **changes: Any) -> dict[str, Any]:
    """An award of the example program `number` on the day `awarded`."""
    return {
        "program": number,
        "recipient": {"name": _NAME, "email": email},
        "awardedDate": awarded.isoformat(),
        "results": [
            {"assessment": each["id"], "value": passing(each["result"])} for each in PROGRAMS[number]["assessment"]
        ],
        **changes,
    }
