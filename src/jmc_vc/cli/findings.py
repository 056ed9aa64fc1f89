"""How commands tell what an audit found: sentences, or the same as JSON."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer

from jmc_vc.auditing.finding import Finding, Progress, unseen
from jmc_vc.cli.terminal import ExitCode, Terminal, both
from jmc_vc.sentences import sentence

_WORTH_A_BAR = 10_000
"""Rows: below, everything is over before a bar is drawn."""


def as_json(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Codes and sentences."""
    return [
        {
            "code": each.code,
            "checked": not each.unchecked,
            "message": both(sentence(each.code, **each.params)),
        }
        for each in findings
    ]


def lines(terminal: Terminal, findings: Sequence[Finding]) -> list[str]:
    """One for each."""
    return [f"- {terminal.text(each.code, **each.params)} [{each.code}]" for each in findings]


def restored(terminal: Terminal, sizes: Sequence[tuple[int, int]]) -> list[str]:
    """One for each restore that the public log tells of: it is right, and excuses what would be wrong without it."""
    return [terminal.text("cli.log_restored", kept=f"{kept + 1:,}", size=f"{size:,}") for kept, size in sizes]


def exit_code(findings: Sequence[Finding]) -> ExitCode:
    """1 when something is wrong, 2 when something could not be checked and nothing is wrong."""
    if any(not each.unchecked for each in findings):
        return ExitCode.REFUSED
    return ExitCode.UNAVAILABLE if findings else ExitCode.DONE


@contextmanager
def progress_bars(terminal: Terminal) -> Iterator[Progress]:
    """A bar beside the output for each step that takes long; none in JSON."""
    if terminal.as_json:
        yield unseen
        return
    bars: list[Any] = []

    def show(done: int, total: int) -> None:
        if total < _WORTH_A_BAR:
            return
        if not bars or bars[-1].length != total or done < bars[-1].pos:
            _finish(bars)
            bars.append(typer.progressbar(length=total, file=typer.get_text_stream("stderr")).__enter__())
        bars[-1].update(done - bars[-1].pos)

    try:
        yield show
    finally:
        _finish(bars)


def _finish(bars: list[Any]) -> None:
    if bars:
        bars.pop().__exit__(None, None, None)
