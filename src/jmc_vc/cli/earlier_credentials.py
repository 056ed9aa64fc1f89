"""Credentials from before the public log get their entries when an installation comes to this version: with
`db upgrade`, or else when the service starts, which does not serve before."""

from jmc_vc.bootstrap import Service
from jmc_vc.cli.terminal import Terminal


def enter(service: Service, terminal: Terminal) -> int:
    """Enter those that have none, and say so; the answer is how many. To be called where the key-encryption key is the
    database's."""
    logged = damaged = 0
    batch = service.log_earlier(now=service.clock())
    while batch.last is not None:
        logged += batch.logged
        damaged += batch.damaged
        batch = service.log_earlier(after=batch.last, now=service.clock())
    if logged:
        terminal.note("cli.earlier_logged", count=f"{logged:,}")
    if damaged:
        terminal.note("cli.earlier_damaged", count=f"{damaged:,}")
    return logged
