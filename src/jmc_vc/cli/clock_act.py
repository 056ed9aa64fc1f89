"""The act of accepting a clock that is behind what is on record, as it is after it ran ahead."""

from jmc_vc.bootstrap import Service
from jmc_vc.cli.act import Act, Order, Values, moment
from jmc_vc.cli.terminal import Terminal
from jmc_vc.issuing.accept_clock import ClockChanged

ACCEPT_CLOCK = "audit accept-clock"
"""What people sign when they approve it."""


def _plan(terminal: Terminal, service: Service, values: Values) -> str:
    latest = service.accept_clock.latest()
    if latest != values["latest"]:
        raise ClockChanged(latest=latest)
    return terminal.text("cli.clock_plan", latest=values["latest"], now=service.clock())


def _do(terminal: Terminal, service: Service, order: Order) -> None:
    service.accept_clock(order.values["latest"], reason=order.reason, actor=order.actor, now=order.now)
    value = {"latest": order.values["latest"].isoformat(), "now": order.now.isoformat(), "done": True}
    terminal.show(value, terminal.text("cli.clock_accepted", now=order.now))


ACT = Act(reads={"latest": moment}, plan=_plan, do=_do)
