"""`keys rotate`: the safe sequence in one command, or what is left of it after an interruption."""

import time
from datetime import timedelta
from typing import Annotated

import typer

from jmc_vc.bootstrap import Service
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.key_acts import rotation_plan, show_activated
from jmc_vc.cli.key_moves import Consent, WhyIfNow, ask_two
from jmc_vc.cli.key_options import Now, Owner, found, number_of, row
from jmc_vc.cli.opening import login, opened_to_seal
from jmc_vc.cli.options import ApprovalKeyFile, As, AsJson, Data, DryRun, Lang, Yes
from jmc_vc.cli.terminal import Terminal, terminal_of
from jmc_vc.custody.activate_key import Activated
from jmc_vc.custody.rotate_key import Rotation
from jmc_vc.domain.issuing_settings import ALGORITHMS
from jmc_vc.domain.japan_time import to_the_second
from jmc_vc.formats.encoding.public_key import KeyAlgorithm

_LOOK_AGAIN = timedelta(seconds=1)
"""The clock may be set meanwhile; and Ctrl+C is heard at once."""


def _in_use(algorithm: KeyAlgorithm) -> KeyAlgorithm:
    if algorithm not in ALGORITHMS:
        raise typer.BadParameter("must be one of " + ", ".join(ALGORITHMS))
    return algorithm


def rotate(
    context: typer.Context,
    *,
    owner: Owner,
    algorithm: Annotated[
        KeyAlgorithm,
        typer.Option(
            "--algorithm", metavar="NAME", callback=_in_use, help="Which of its keys: " + ", ".join(ALGORITHMS) + "."
        ),
    ] = KeyAlgorithm.ED25519,
    immediate: Now = False,
    wait: Annotated[
        bool,
        typer.Option("--wait/--no-wait", help="Stay until the new key may sign, or run the command again later."),
    ] = True,
    reason: WhyIfNow = None,
    as_: As = None,
    approval_key: ApprovalKeyFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Publish a new key, wait until all can know it, sign with it / 署名鍵を更新する（公開、待機、切替え）"""
    terminal = terminal_of(context)
    with opened_to_seal(data) as service:
        begun = service.rotate_key.plan(owner, algorithm)
        active = None if begun.active is None else begun.active.kid
        count = 0 if active is None else found(service, owner, active)[1]
        if immediate:
            consent = Consent(dry_run=dry_run, yes=yes, reason=reason, as_=as_, approval_key=approval_key)
            arguments = {"owner": owner, "algorithm": algorithm.value, "active": active}
            ask_two(terminal, service, "keys rotate --now", {**arguments}, consent, count=count)
            return
        plan = rotation_plan(terminal, service, owner, begun)
        if dry_run:
            value = {
                "owner": owner,
                "active": active,
                "next": None if begun.waiting is None else begun.waiting.kid,
                "readyAt": None if begun.ready_at is None else begun.ready_at.isoformat(),
                "credentials": count,
                "rotated": False,
            }
            terminal.show(value, *plan, terminal.text("cli.nothing_done"))
            return
        confirm(terminal, "\n".join(plan), number_of(service, owner), yes=yes)
        done = _step(service, owner, algorithm, active, reason)
        while done.ready_at is not None and wait:
            _wait(terminal, service, owner, done)
            done = _step(service, owner, algorithm, active, reason)
        if done.ready_at is None:
            show_activated(terminal, service, Activated(key=done.new, retired=done.retired))
        else:
            value = {**row(service, done.new), "readyAt": done.ready_at.isoformat(), "rotated": False}
            terminal.show(value, _waits(terminal, owner, done))


def _step(service: Service, owner: str, algorithm: str, active: str | None, reason: str | None) -> Rotation:
    return service.rotate_key(owner, algorithm, expected=active, actor=login(), now=service.clock(), reason=reason)


def _wait(terminal: Terminal, service: Service, owner: str, done: Rotation) -> None:
    typer.echo(_waits(terminal, owner, done), err=True)
    while done.ready_at is not None and (left := done.ready_at - service.clock()) > timedelta(0):
        time.sleep(min(left, _LOOK_AGAIN).total_seconds())


def _waits(terminal: Terminal, owner: str, done: Rotation) -> str:
    moment = "" if done.ready_at is None else to_the_second(done.ready_at)
    return terminal.text("cli.rotate_waits", owner=owner, kid=done.new.kid, moment=moment)
