"""Look for inputs that break the claims: each target for a while, generated documents against PyLD and pyoxigraph, and
single edits of good credentials, of which none may be valid and show something else.

    python -m tests.fuzz [--seconds 60] [--documents 20000] [--edits 100000] [--seed N] [TARGET …]

What was found is written to build/fuzz/, made small; under a telling name it belongs into tests/fuzz/corpus/. The
same seed makes the same inputs.
"""
# ruff: noqa: T201 - a command prints

import argparse
import itertools
import os
import random
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import monotonic

from hypothesis import HealthCheck, given, settings
from hypothesis import seed as repeated

from tests.builders.generated_badges import generated
from tests.fuzz import agreement
from tests.fuzz.targets import TARGETS
from tests.properties import edit_claim

BATCH = 500
FOUND = Path("build/fuzz")


def main() -> int:
    """Run what was asked for; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", help="default: all")
    parser.add_argument("--seconds", type=float, default=60, help="for each target (default 60)")
    parser.add_argument(
        "--documents", type=int, default=20_000, help="compared with PyLD and pyoxigraph (default 20000)"
    )
    parser.add_argument("--edits", type=int, default=100_000, help="of good credentials (default 100000)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    asked = parser.parse_args()
    print(f"seed {asked.seed}")
    with ProcessPoolExecutor(os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count()) as pool:
        runs = [pool.submit(fuzz, name, asked.seed, asked.seconds) for name in asked.targets or TARGETS]
        if not asked.targets:
            starts = range(0, asked.documents, BATCH)
            runs += [pool.submit(compare, asked.seed, start, min(BATCH, asked.documents - start)) for start in starts]
            starts = range(0, asked.edits, BATCH)
            runs += [pool.submit(edit, asked.seed, start, min(BATCH, asked.edits - start)) for start in starts]
        counted: dict[str, int] = {}
        found: list[str] = []
        for run in runs:
            name, number, problem = run.result()
            counted[name] = counted.get(name, 0) + number
            found += [problem] if problem else []
    for name, number in counted.items():
        print(f"{name}: {number} inputs")
    print("\n".join(found) or "Nothing was found.")
    return bool(found)


def fuzz(name: str, seed: int, seconds: float) -> tuple[str, int, str]:
    """Inputs of one target until the time is over or one breaks its claims: how many, and what was found."""
    target = TARGETS[name]
    end = monotonic() + seconds
    count = 0
    last = b""
    for batch in itertools.count():

        @repeated(f"{seed} {batch}")
        @settings(max_examples=BATCH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(target.inputs())
        def one(data: bytes) -> None:
            nonlocal count, last
            count += 1
            last = data  # hypothesis ends with the smallest that fails
            target.check(data)

        try:
            one()
        except Exception:  # noqa: BLE001 - whatever escapes a target is what is looked for
            FOUND.mkdir(parents=True, exist_ok=True)
            file = FOUND / f"{name}-{seed}-{batch}"
            file.write_bytes(last)
            return name, count, f"{name}: {file}\n{traceback.format_exc(limit=-2)}"
        if monotonic() > end:
            break
    return name, count, ""


def compare(seed: int, start: int, number: int) -> tuple[str, int, str]:
    """`number` generated documents, every third of them plain, stated by us and by others."""
    for n in range(start, start + number):
        plain = n % 3 == 0
        try:
            agreement.check(generated(random.Random(f"{seed} {n}"), plain=plain), plain=plain)
        except Exception:  # noqa: BLE001 - whatever escapes is what is looked for
            return "documents", n - start + 1, f"document {seed} {n}\n{traceback.format_exc(limit=-2)}"
    return "documents", number, ""


def edit(seed: int, start: int, number: int) -> tuple[str, int, str]:
    """`number` edits of good credentials."""
    found = (edit_claim.problem(f"{seed} {n}") for n in range(start, start + number))
    return "edits", number, next(filter(None, found), "")


if __name__ == "__main__":
    sys.exit(main())
