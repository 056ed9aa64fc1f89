"""`make bench`: everything in one run, as a table, and as build/bench.json. It takes eight minutes."""

import argparse
import json
import os
import platform
from collections.abc import Iterable
from pathlib import Path

from bench import drill, engine, log, service, verification
from bench.row import Row

REPORT = Path(__file__).parents[1] / "build" / "bench.json"
_UNITS = {"per second": "/s", "milliseconds": "ms"}
_SIGNS = {"higher": "≥", "lower": "≤"}


def main() -> None:
    """Measure, write the report, print the table."""
    options = argparse.ArgumentParser(prog="bench", description=__doc__)
    options.add_argument("--rounds", type=int, default=5, help="rounds of the contestants (default 5)")
    options.add_argument("--seconds", type=float, default=1.0, help="length of one turn in a round (default 1.0)")
    options.add_argument("--graphs", type=int, default=100, help="random graphs among the poison (default 100)")
    options.add_argument(
        "--load",
        type=float,
        default=6.0,
        help="seconds of load on each database, and three turns of verification; 0 for none (default 6)",
    )
    options.add_argument(
        "--entries", type=int, default=1_000_000, help="size of the largest public log, 0 for none (default 1000000)"
    )
    options.add_argument(
        "--drill", type=int, default=0, metavar="N", help="also time a drill of the keys over N credentials: minutes"
    )
    given = options.parse_args()
    rows = engine.rows(rounds=given.rounds, seconds=given.seconds, random_graphs=given.graphs)
    if given.load:
        rows += service.rows(seconds=given.load)
        rows += verification.rows(rounds=given.rounds, seconds=given.load / 3)
    rows += log.rows(seconds=given.load, entries=given.entries)
    if given.drill:
        rows += drill.rows(given.drill)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps([row.json() for row in rows], ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(*table(rows), sep="\n")


def table(rows: Iterable[Row]) -> Iterable[str]:
    """The rows for people, with the machine they were measured on."""
    rows = list(rows)
    yield f"{'':48}{'ours':>10}{'peer':>10}{'':>4}{'ratio':>9}{'target':>9}  met"
    for row in rows:
        met = {True: "yes", False: "NO", None: ""}[row.met]
        target = "" if row.target is None else f"{_SIGNS[row.better]} {_cell(row.target)}"
        unit = _UNITS.get(row.unit, row.unit)
        yield (
            f"{row.id:48}{_cell(row.ours):>10}{_cell(row.peer):>10} {unit:3}{_cell(row.ratio):>9}{target:>9}"
            f"  {met:3}  {row.remark}"
        ).rstrip()
    load = os.getloadavg()[0]
    yield f"{os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}, {platform.machine()}"
    versions = {name: number for row in rows for name, number in row.versions.items()}
    yield ", ".join(f"{name} {number}" for name, number in versions.items())


def _cell(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


if __name__ == "__main__":
    main()
