"""The restore as an act that needs two people: what comes out of it is what the public will be told."""

from pathlib import Path

from jmc_vc.bootstrap import Service
from jmc_vc.cli import findings
from jmc_vc.cli.act import Act, Order, Values, optional_text, text
from jmc_vc.cli.terminal import Terminal
from jmc_vc.formats.transparency.verifier_key import VerifierKey, read_verifier_key
from jmc_vc.storage.log_folder import LogFolder

RESTORE = "restore"
"""What people sign when they approve it."""


def _plan(terminal: Terminal, service: Service, values: Values) -> str:
    gap = service.records.restore.gap(LogFolder(Path(values["mirror"])), _log_key(values))
    return terminal.text(
        "cli.restore_plan", kept=f"{gap.kept:,}", size=f"{gap.head.size:,}", missing=f"{gap.head.size - gap.kept:,}"
    )


def _do(terminal: Terminal, service: Service, order: Order) -> None:
    with findings.progress_bars(terminal) as progress:
        done = service.records.restore(
            LogFolder(Path(order.values["mirror"])),
            log_key=_log_key(order.values),
            reason=order.reason,
            actor=order.actor,
            now=order.now,
            progress=progress,
        )
    rows = done.replayed
    value = {
        "kept": done.gap.kept,
        "size": done.gap.head.size,
        "statuses": rows.statuses,
        "lostCredentials": rows.lost_credentials,
        "lostKeys": rows.lost_keys,
        "byHand": findings.as_json(rows.by_hand),
        "done": True,
    }
    terminal.show(
        value,
        terminal.text("cli.restored", count=f"{done.gap.head.size - done.gap.kept:,}", size=f"{done.gap.head.size:,}"),
        terminal.text("cli.restored_rows", statuses=rows.statuses, lost=rows.lost_credentials),
        *([terminal.text("cli.restore_by_hand")] if rows.by_hand else []),
        *findings.lines(terminal, rows.by_hand),
    )


def _log_key(values: Values) -> VerifierKey | None:
    return None if values["logKey"] is None else read_verifier_key(values["logKey"])


ACT = Act(
    reads={"mirror": text, "logKey": optional_text},
    plan=_plan,
    do=_do,
    before_operators=True,  # nothing else can be done before, not even to register them
    mends_rollback=True,
)
