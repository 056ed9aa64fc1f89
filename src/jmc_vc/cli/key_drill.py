"""`keys drill`: what happens when the keys of this installation change and one is stolen, tried on a copy of it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer

from jmc_vc import bootstrap
from jmc_vc.bootstrap import Service
from jmc_vc.cli import opening
from jmc_vc.cli.drill import Drill, DrillClock, Step
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.terminal import ExitCode, Terminal, both, terminal_of
from jmc_vc.issuing.signing_time import latest_time
from jmc_vc.sentences import sentence
from jmc_vc.settings import Settings
from jmc_vc.storage.copies import copied
from jmc_vc.web.health import WrongKek

_MOST_CREDENTIALS, _MOST_ROTATIONS = 1_000_000, 100
"""A million takes an hour. Nobody's keys are rotated more often in a life."""
_AFTER_ALL = timedelta(seconds=1)
"""After whatever happened in the original: what is made in the copy is known by its date."""


def drill(
    context: typer.Context,
    *,
    credentials: Annotated[
        int,
        typer.Option(
            "--credentials",
            metavar="N",
            min=1,
            max=_MOST_CREDENTIALS,
            help="How many are issued in the copy, to an invented issuer's learners.",
        ),
    ] = 100,
    rotations: Annotated[
        int,
        typer.Option(
            "--rotations",
            metavar="N",
            min=1,
            max=_MOST_ROTATIONS,
            help="How often each key is rotated, one after another.",
        ),
    ] = 2,
    server: Annotated[
        str | None,
        typer.Option(
            "--server",
            metavar="URL",
            help="With PostgreSQL: a database of the server on which the copy is made, with a role that may create"
            " databases; its password from PGPASSWORD or a password file. By default, the installation's own.",
        ),
    ] = None,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> ExitCode:
    """Try rotations and the theft of a key on a copy, and time it / 鍵の更新と危殆化を写しの上で訓練する"""
    terminal = terminal_of(context)
    steps: list[Step] = []
    with _copy(opening.configured(data), server) as exercise:
        drilled = Drill(service=exercise.service, clock=exercise.clock, credentials=credentials, rotations=rotations)
        for step in chain([exercise.copying], drilled()):
            steps.append(step)
            if not terminal.as_json:
                typer.echo(_line(terminal, step))
    seconds = sum(step.seconds for step in steps)
    right = all(step.ok for step in steps)
    value = {
        "ok": right,
        "seconds": round(seconds, 2),
        "credentials": credentials,
        "rotations": rotations,
        "steps": [_json(step) for step in steps],
    }
    terminal.show(value, terminal.text("drill.right" if right else "drill.wrong", seconds=f"{seconds:,.1f}"))
    return ExitCode.DONE if right else ExitCode.REFUSED


@dataclass(frozen=True)
class _Exercise:
    """An installation to try things on, its clock, and how long it took to make it."""

    service: Service
    clock: DrillClock
    copying: Step


@contextmanager
def _copy(original: Settings, server: str | None) -> Iterator[_Exercise]:
    """The installation of these settings once more, for as long as the block runs: a database of its own, in a private
    folder, without anchor and witnesses; only the key-encryption key is the same. Raises WrongKek, and as `copied` and
    `build` do."""
    began = perf_counter()
    with (
        tempfile.TemporaryDirectory(prefix="jmc-vc-drill-") as folder,
        copied(original.database_url, Path(folder), server=server) as url,
    ):
        copying = Step(id="copy", count=1, wrong=0, seconds=perf_counter() - began)
        own = {"database_url": url, "data_dir": Path(folder), "anchor_file": None, "witnesses": ()}
        clock = DrillClock(opening.clock())
        service = bootstrap.build(original.model_copy(update=own), clock=clock)
        try:
            if not service.kek_matches:
                raise WrongKek
            with service.database.read() as snapshot:
                last = latest_time(snapshot)
            clock.now = max(clock.now, last or clock.now) + _AFTER_ALL
            yield _Exercise(service, clock, copying)
        finally:
            service.database.close()


def _line(terminal: Terminal, step: Step) -> str:
    rate = "" if step.rate is None else f"{step.rate:,.0f}/s"
    said = terminal.text(f"drill.{step.id}", count=f"{step.count:,}")
    line = f"{'✓' if step.ok else '✗'} {step.seconds:9.2f} s {rate:>10}  {said}"
    if step.refused is not None:
        return f"{line}\n    {terminal.text('drill.step_refused', refusal=step.refused)}"
    return line if step.ok else f"{line}\n    {terminal.text('drill.step_wrong', count=f'{step.wrong:,}')}"


def _json(step: Step) -> dict[str, Any]:
    return {
        "step": step.id,
        "ok": step.ok,
        "count": step.count,
        "wrong": step.wrong,
        "refused": step.refused,
        "seconds": round(step.seconds, 4),
        "message": both(sentence(f"drill.{step.id}", count=f"{step.count:,}")),
    }
