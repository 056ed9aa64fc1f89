"""`make bench`: everything in one run, as a table, and as build/bench.json. It takes a minute and a half."""

import argparse
import json
import os
import platform
from collections.abc import Iterable
from pathlib import Path

from bench import engine, service
from bench.row import Row

REPORT = Path(__file__).parents[1] / "build" / "bench.json"


def main() -> None:
    """Measure, write the report, print the table."""
    options = argparse.ArgumentParser(prog="bench", description=__doc__)
    options.add_argument("--rounds", type=int, default=5, help="rounds of the contestants (default 5)")
    options.add_argument("--seconds", type=float, default=1.0, help="length of one turn in a round (default 1.0)")
    options.add_argument("--load", type=float, default=8.0, help="seconds of load on each database (default 8)")
    given = options.parse_args()
    rows = [*engine.rows(rounds=given.rounds, seconds=given.seconds), *service.rows(seconds=given.load)]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps([row.json() for row in rows], indent=2) + "\n", encoding="utf-8")
    print(*table(rows), sep="\n")


def table(rows: Iterable[Row]) -> Iterable[str]:
    """The rows for people, with the machine they were measured on."""
    yield f"{'':32}{'ours/s':>10}{'peer/s':>10}{'ratio':>9}{'target':>9}"
    for row in rows:
        peer, ratio, target = (_cell(value) for value in (row.peer, row.ratio, row.target))
        yield f"{row.id:32}{row.ours:>10,.0f}{peer:>10}{ratio:>9}{target:>9}  {row.remark}".rstrip()
    load = os.getloadavg()[0]
    yield f"{os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}, {platform.machine()}"
    versions = {name: number for row in rows for name, number in row.versions.items()}
    yield ", ".join(f"{name} {number}" for name, number in versions.items())


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}"


if __name__ == "__main__":
    main()
