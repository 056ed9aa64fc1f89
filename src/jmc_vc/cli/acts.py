"""Acts that need two people (INV-22): one table, and the one way to such an act.

A command that does something dangerous asks `perform`. Where two operators are registered this writes a proposal, which
another of them confirms with `proposals confirm`. Where there are fewer, the act is refused in production, and done at
once in development.
"""

from collections.abc import Mapping
from pathlib import Path

from jmc_vc.authorizing.approval import DangerousAct, ProposalUnreadable
from jmc_vc.bootstrap import Service
from jmc_vc.cli import clock_act, kek_acts, key_acts, operator_acts, own_key_acts, restore_act
from jmc_vc.cli.act import Act, Order, Values, read
from jmc_vc.cli.approval_key import load_approval_key
from jmc_vc.cli.opening import login
from jmc_vc.cli.terminal import Terminal
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.operator import NEEDED, ApprovalMissing, ApprovalNeeded
from jmc_vc.formats.strict_json import JsonObject

ACTS: Mapping[str, Act] = {
    clock_act.ACCEPT_CLOCK: clock_act.ACT,
    "issuers add-did": own_key_acts.ADD_DID,
    kek_acts.ROTATE_KEK: kek_acts.ROTATE,
    "operators add": operator_acts.ADD,
    "operators remove": operator_acts.REMOVE,
    "keys activate --now": key_acts.ACTIVATE,
    "keys rotate --now": key_acts.ROTATE,
    "keys compromise": key_acts.COMPROMISE,
    "keys destroy": key_acts.DESTROY,
    "keys import": key_acts.IMPORT,
    restore_act.RESTORE: restore_act.ACT,
}
"""Command → the act. The command's name is in what people signed, so it never changes its meaning."""


def plan(terminal: Terminal, service: Service, command: str, arguments: JsonObject) -> str:
    """What the act would do, in words. Raises what speaks against it."""
    act, values = _found(command, arguments)
    return act.plan(terminal, service, values)


def rehearse(terminal: Terminal, service: Service, command: str, arguments: JsonObject) -> None:
    """Ask for what the act needs, and try it, before a proposal is used up. Raises what speaks against it."""
    act, values = _found(command, arguments)
    act.rehearse(terminal, service, values)


def perform(
    terminal: Terminal,
    service: Service,
    command: str,
    arguments: JsonObject,
    *,
    reason: str,
    as_: str | None,
    approval_key: Path | None,
) -> None:
    """Do the act, or propose it and say what the second person has to run. The caller has had it confirmed at the
    terminal. Raises ApprovalNeeded, ApprovalMissing, NotAnOperator, and what speaks against the act."""
    act, values = _found(command, arguments)
    with service.database.read() as snapshot:
        registered = snapshot.operators.registered()
    said = act.plan(terminal, service, values)
    if len(registered) < NEEDED:
        if service.settings.production and not act.before_operators:
            raise ApprovalNeeded(command=command, count=len(registered))
        terminal.note("cli.without_approval", count=len(registered))
        now = service.clock()
        act.do(terminal, service, Order(values=values, reason=reason, actor=login(), approved=False, now=now))
        return
    if as_ is None or approval_key is None:
        raise ApprovalMissing(command=command)
    act.rehearse(terminal, service, values)
    sign = load_approval_key(terminal, approval_key)
    proposal = service.propose(command, arguments, reason=reason, by=as_, sign=sign, now=service.clock())
    terminal.show(
        {"proposal": proposal.number, "command": command, "expires": proposal.expires_at.isoformat(), "done": False},
        said,
        terminal.text("cli.proposed", number=proposal.number, until=proposal.expires_at),
        f"  jmc-vc proposals confirm {proposal.number} --as NAME --approval-key FILE",
    )


def carry_out(terminal: Terminal, service: Service, act: DangerousAct, actor: Actor) -> None:
    """Do what two people approved. Raises what speaks against it now."""
    found, values = _found(act.command, act.arguments)
    if not found.mends_rollback:
        service.require_not_rolled_back()
    now = service.clock()
    found.do(terminal, service, Order(values=values, reason=act.reason, actor=actor, approved=True, now=now))


def _found(command: str, arguments: JsonObject) -> tuple[Act, Values]:
    """Raises ProposalUnreadable for a command that is none of ACTS: another version of the program may have proposed
    it."""
    act = ACTS.get(command)
    if act is None:
        raise ProposalUnreadable
    return act, read(act, arguments)
