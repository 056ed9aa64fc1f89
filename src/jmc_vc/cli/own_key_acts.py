"""The act of registering an issuer's own DID: from then on somebody else's key signs credentials of our programs."""

from jmc_vc.bootstrap import Service
from jmc_vc.cli.act import Act, Order, Values, text
from jmc_vc.cli.terminal import Terminal


def _plan_add(terminal: Terminal, service: Service, values: Values) -> str:
    digest = service.register_did.check(
        values["slug"],
        values["did"],
        document=values["document"].encode(),
        proof=values["proof"],
        now=service.clock(),
    )
    return terminal.text("cli.did_add_plan", slug=values["slug"], did=values["did"], digest=digest)


def _add(terminal: Terminal, service: Service, order: Order) -> None:
    values = order.values
    registered = service.register_did(
        values["slug"],
        values["did"],
        document=values["document"].encode(),
        proof=values["proof"],
        reason=order.reason,
        actor=order.actor,
        now=order.now,
    )
    terminal.show(
        {"slug": registered.issuer, "did": registered.did, "registeredAt": registered.registered_at.isoformat()},
        terminal.text("cli.did_added", slug=registered.issuer, did=registered.did),
    )


ADD_DID = Act(reads={"slug": text, "did": text, "document": text, "proof": text}, plan=_plan_add, do=_add)
