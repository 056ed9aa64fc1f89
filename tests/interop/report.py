"""The report of an interoperability run: the results of its tests (JUnit, as pytest writes it) by rows of the matrix.

It is written to build/interop.json, and the page of the matrix to docs/reference/interop.md.
"""

import json
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from tests.interop.matrix import ROWS
from tests.interop.page import page
from tests.interop.peers import PEERS

REPOSITORY = Path(__file__).parents[2]
REPORT = REPOSITORY / "build" / "interop.json"
PAGE = REPOSITORY / "docs" / "reference" / "interop.md"


def report(results: ET.Element) -> list[dict[str, Any]]:
    """The rows as build/interop.json has them. A row that no test proved is an error, not an empty cell."""
    outcomes: dict[str, set[str]] = {row.id: set() for row in ROWS}
    for case in results.iter("testcase"):
        for prop in case.iter("property"):
            if prop.get("name") == "row":
                outcomes[prop.get("value", "")].add(_outcome(case))
    unproved = sorted(row for row, found in outcomes.items() if not found)
    if unproved:
        raise LookupError(f"no test for {', '.join(unproved)}")
    return [
        {
            "id": row.id,
            "outcome": next(each for each in ("failed", "skipped", "passed") if each in outcomes[row.id]),
            "versions": {**PEERS[row.peer].versions(), **PEERS[row.peer].runtime()},
        }
        for row in ROWS
    ]


def _outcome(case: ET.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def main(results: Path) -> None:
    rows = report(ET.parse(results).getroot())
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
    for each in rows:
        sys.stdout.write(f"{each['outcome']:8}{each['id']}\n")
