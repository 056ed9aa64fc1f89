"""The acts on operators themselves: who else may approve, and who no more."""

from jmc_vc.authorizing.add_operator import check_new_operator
from jmc_vc.bootstrap import Service
from jmc_vc.cli.act import Act, Order, Values, text
from jmc_vc.cli.terminal import Terminal
from jmc_vc.domain.operator import OperatorExists, OperatorNotFound, ensure_enough_left


def _plan_add(terminal: Terminal, service: Service, values: Values) -> str:
    name, public_key = values["name"], values["publicKey"]
    check_new_operator(name, public_key)
    with service.database.read() as snapshot:
        if any(name == each.name or public_key == each.public_key for each in snapshot.operators.all()):
            raise OperatorExists
    return terminal.text("cli.operator_add_plan", name=name, key=public_key)


def _add(terminal: Terminal, service: Service, order: Order) -> None:
    operator = service.add_operator(
        order.values["name"],
        order.values["publicKey"],
        reason=order.reason,
        approved=order.approved,
        actor=order.actor,
        now=order.now,
    )
    value = {"name": operator.name, "publicKey": operator.public_key}
    terminal.show(value, terminal.text("cli.operator_added", name=operator.name))


def _plan_remove(terminal: Terminal, service: Service, values: Values) -> str:
    with service.database.read() as snapshot:
        registered = snapshot.operators.registered()
    if all(each.name != values["name"] for each in registered):
        raise OperatorNotFound
    ensure_enough_left(registered)
    return terminal.text("cli.operator_remove_plan", name=values["name"])


def _remove(terminal: Terminal, service: Service, order: Order) -> None:
    operator = service.remove_operator(order.values["name"], reason=order.reason, actor=order.actor, now=order.now)
    terminal.show({"name": operator.name, "removed": True}, terminal.text("cli.operator_removed", name=operator.name))


ADD = Act(reads={"name": text, "publicKey": text}, plan=_plan_add, do=_add, before_operators=True)
REMOVE = Act(reads={"name": text}, plan=_plan_remove, do=_remove, before_operators=True)
