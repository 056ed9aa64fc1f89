"""`demo`: the whole story on a temporary database, each step with a sign and a sentence."""

import tempfile

import typer

from jmc_vc import bootstrap, settings
from jmc_vc.cli.options import AsJson, Lang
from jmc_vc.cli.story import STORY, Stage, StoryClock, Told, tell
from jmc_vc.cli.terminal import ExitCode, both, terminal_of
from jmc_vc.domain.japan_time import read_moment
from jmc_vc.installation import initialize
from jmc_vc.sentences import sentence


def demo(context: typer.Context, *, lang: Lang = None, as_json: AsJson = False) -> None:
    """Tell the whole story, from import to withdrawal, on a temporary database / 一連の流れを実演する"""
    terminal = terminal_of(context)
    steps = perform(StoryClock(read_moment(STORY[0].at)))
    wrong = [told for told in steps if not told.ok]
    lines = []
    for told in steps:
        lines.append(f"{'✓' if told.ok else '✗'} {terminal.text(told.step.sentence)}")
        if not told.ok:
            lines.append("    " + terminal.text("cli.demo_got", expected=told.step.expected, got=told.got))
    code, count = ("cli.demo_gone_wrong", len(wrong)) if wrong else ("cli.demo_all_right", len(steps))
    value = [
        {
            "step": told.step.id,
            "at": told.step.at,
            "expected": told.step.expected,
            "got": told.got,
            "ok": told.ok,
            "message": both(sentence(told.step.sentence)),
        }
        for told in steps
    ]
    terminal.show(value, *lines, terminal.text(code, count=count))
    if wrong:
        raise typer.Exit(ExitCode.REFUSED)


def perform(clock: StoryClock) -> list[Told]:
    """Tell the story on a new installation, which is removed afterwards. The environment's settings play no part."""
    with tempfile.TemporaryDirectory() as folder:
        own = settings.load({f"{settings.PREFIX}DATA_DIR": folder})
        initialize(own, clock=clock)
        service = bootstrap.build(own, clock=clock)
        try:
            return tell(Stage(service=service, clock=clock))
        finally:
            service.database.close()
