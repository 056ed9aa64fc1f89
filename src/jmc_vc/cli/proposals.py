"""`proposals list|show|confirm|withdraw`: acts that wait for a second person."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import typer

from jmc_vc.authorizing.approval import DangerousAct, ProposalUnreadable, proposal_name, proposed_act
from jmc_vc.authorizing.confirm_proposal import CARRIED_OUT, IN_PART, REFUSED
from jmc_vc.bootstrap import Service
from jmc_vc.cli import acts
from jmc_vc.cli.approval_key import load_approval_key
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.opening import opened
from jmc_vc.cli.options import AsJson, ByKey, ByWhom, Data, Lang, Yes
from jmc_vc.cli.terminal import Terminal, readable, said_of, terminal_of
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.proposal import Proposal, ProposalNotFound, ProposalState, ensure_confirmable
from jmc_vc.errors import Error
from jmc_vc.formats.strict_json import JsonValue

group = typer.Typer(help="Acts that wait for a second person / 第二の承認を待つ操作", no_args_is_help=True)

_OUTCOMES: Mapping[str, str] = {CARRIED_OUT: "done", IN_PART: "in_part", REFUSED: "refused"}

ProposalNumber = Annotated[int, typer.Argument(metavar="N", min=1, help="The proposal's number.")]


@group.command("list")
def list_proposals(context: typer.Context, data: Data = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """List the last hundred proposals, newest first / 提案の一覧"""
    terminal = terminal_of(context)
    with opened(data, rolled_back=True) as service:
        now = service.clock()
        with service.database.read() as snapshot:
            proposals = snapshot.proposals.latest()
        acts_in_them = [_readable_act(service, each) for each in proposals]
        rows = [_row(service, *each, now) for each in zip(proposals, acts_in_them, strict=True)]
    lines = [
        "  ".join(
            (
                str(row["proposal"]),
                terminal.text(f"cli.proposal_{row['state']}"),
                terminal.text("cli.proposal_unreadable") if row["command"] is None else readable(row["command"]),
                readable(row["proposedBy"]),
            )
        )
        for row in rows
    ]
    terminal.show(rows, *(lines or [terminal.text("cli.none")]))


@group.command("show")
def show(
    context: typer.Context, *, number: ProposalNumber, data: Data = None, lang: Lang = None, as_json: AsJson = False
) -> None:
    """Show what was proposed, in words, and what became of it / 提案の内容を表示する"""
    terminal = terminal_of(context)
    with opened(data, rolled_back=True) as service:
        proposal, now = _found(service, number), service.clock()
        act = proposed_act(proposal, service.site.base_url)
        row, lines = _row(service, proposal, act, now), _told(terminal, service, proposal, act, now)
    terminal.show(row, *lines)


@group.command("confirm")
def confirm_proposal(
    context: typer.Context,
    *,
    number: ProposalNumber,
    by: ByWhom,
    approval_key: ByKey,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Confirm what another operator proposed: it is done at once / 他の運用者の提案を承認し、直ちに実行する"""
    terminal = terminal_of(context)
    with opened(data, rolled_back=True) as service:
        proposal, now = _found(service, number), service.clock()
        act = proposed_act(proposal, service.site.base_url)
        ensure_confirmable(proposal, by=by, at=now)
        acts.plan(terminal, service, act.command, act.arguments)  # what speaks against it now uses nothing up
        confirm(terminal, "\n".join(_told(terminal, service, proposal, act, now)), str(number), yes=yes)
        acts.rehearse(terminal, service, act.command, act.arguments)
        sign = load_approval_key(terminal, approval_key)

        def carry_out(act: DangerousAct, actor: Actor) -> None:
            try:
                acts.carry_out(terminal, service, act, actor)
            except Error:
                terminal.note("cli.proposal_used_up", number=number)
                raise

        service.confirm_proposal(proposal, by=by, sign=sign, carry_out=carry_out)


@group.command("withdraw")
def withdraw(
    context: typer.Context,
    *,
    number: ProposalNumber,
    by: ByWhom,
    approval_key: ByKey,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Withdraw a proposal, one's own or another's / 提案を取り下げる"""
    terminal = terminal_of(context)
    with opened(data, rolled_back=True) as service:
        seen, sign, now = _found(service, number), load_approval_key(terminal, approval_key), service.clock()
        proposal = service.withdraw_proposal(seen, by=by, sign=sign, now=now)
        row = _row(service, proposal, _readable_act(service, proposal), now)
        terminal.show(row, terminal.text("cli.proposal_was_withdrawn", number=number))


def _found(service: Service, number: int) -> Proposal:
    with service.database.read() as snapshot:
        proposal = snapshot.proposals.get(number)
    if proposal is None:
        raise ProposalNotFound
    return proposal


def _state(proposal: Proposal, now: datetime) -> str:
    return "expired" if proposal.expired(now) else proposal.state.value


def _readable_act(service: Service, proposal: Proposal) -> DangerousAct | None:
    """None of a row that holds no act as it was signed: the others are told of all the same."""
    try:
        return proposed_act(proposal, service.site.base_url)
    except ProposalUnreadable:
        return None


def _row(service: Service, proposal: Proposal, act: DangerousAct | None, now: datetime) -> dict[str, Any]:
    return {
        "proposal": proposal.number,
        "state": _state(proposal, now),
        "command": None if act is None else act.command,
        "arguments": None if act is None else act.arguments,
        "reason": None if act is None else act.reason,
        "proposedBy": proposal.proposed_by,
        "proposedAt": proposal.proposed_at.isoformat(),
        "expires": proposal.expires_at.isoformat(),
        "confirmedBy": proposal.confirmed_by,
        "confirmedAt": None if proposal.confirmed_at is None else proposal.confirmed_at.isoformat(),
        "outcome": _outcome(service, proposal),
    }


def _told(terminal: Terminal, service: Service, proposal: Proposal, act: DangerousAct, now: datetime) -> list[str]:
    """The act in words, and what became of it."""
    state = terminal.text(f"cli.proposal_{_state(proposal, now)}")
    lines = [
        terminal.text(
            "cli.proposal", number=proposal.number, state=state, name=proposal.proposed_by, moment=proposal.proposed_at
        ),
        f"  {readable(act.command)}",
        *(f"    {readable(name)}: {_shown(value)}" for name, value in act.arguments.items()),
        terminal.text("cli.proposal_reason", reason=act.reason),
    ]
    if proposal.state is ProposalState.OPEN:
        try:
            lines.append(acts.plan(terminal, service, act.command, act.arguments))
        except Error as err:
            lines.append(said_of(err).in_language(terminal.language))
        lines.append(terminal.text("cli.proposal_until", until=proposal.expires_at))
    if proposal.confirmed_by is not None and proposal.confirmed_at is not None:
        outcome = terminal.text(f"cli.proposal_outcome_{_outcome(service, proposal)}")
        lines.append(
            terminal.text(
                "cli.proposal_confirmed", name=proposal.confirmed_by, moment=proposal.confirmed_at, outcome=outcome
            )
        )
    return lines


def _shown(value: JsonValue) -> str:
    return readable(value) if isinstance(value, str) else json.dumps(value)


def _outcome(service: Service, proposal: Proposal) -> str | None:
    """What the audit log says became of an approved act. `unknown`: it was begun, and its end is not on record."""
    if proposal.state is not ProposalState.DONE:
        return None
    with service.database.read() as snapshot:
        written = {entry.action for entry in snapshot.audit_log.of_object(proposal_name(proposal.number))}
    return next((word for action, word in _OUTCOMES.items() if action in written), "unknown")
