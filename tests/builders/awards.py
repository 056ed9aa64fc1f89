"""Awards of the example programs, as issuers send them: good ones, with results that pass."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jmc_vc.domain.program import unchecked_alignments
from tests.builders.installation import OPERATOR, PROGRAMS, Installation, make_installation

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


def all_programs(folder: Path) -> Installation:
    """An installation with all example programs, each accredited for its own issuer."""
    made = make_installation(folder, empty=True)
    for number in PROGRAMS:
        made.register(number)
        version, _ = made.service.import_program(PROGRAMS[number], records={}, actor=OPERATOR, now=made.now)
        for alignment in unchecked_alignments(version):
            target = alignment["targetUrl"]
            made.service.confirm_alignment(number, version.version, target, note="seen", actor=OPERATOR, now=made.now)
        made.approve(number, version=version.version, decision=f"JMC-D-{number[-6:]}")
    return made
