"""`init` and `db upgrade`: a new installation, and the schema of an existing one."""

from contextlib import suppress
from pathlib import Path

import typer

from jmc_vc.cli import earlier_credentials
from jmc_vc.cli.opening import clock, configured, opened_to_seal
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.terminal import Terminal, terminal_of
from jmc_vc.errors import Error
from jmc_vc.installation import initialize
from jmc_vc.storage.database import Database

group = typer.Typer(help="The database / データベース", no_args_is_help=True)


def init(
    context: typer.Context,
    *,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Make a new installation: database, key-encryption key, JMC's signing key / 新しく準備する"""
    terminal = terminal_of(context)
    settings = configured(data)
    initialize(settings, clock=clock)
    with suppress(Error), opened_to_seal(data) as service:
        service.log.advance(now=clock())  # its first head: from now on there is something to hold it against
    value = {"baseUrl": settings.base_url, "kekFile": str(settings.kek_file)}
    terminal.show(value, terminal.text("cli.initialized", url=settings.base_url))


@group.command("upgrade")
def upgrade(context: typer.Context, data: Data = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """Bring the schema up to this program's version / データベースの形式を最新にする"""
    terminal = terminal_of(context)
    settings = configured(data)
    database = Database(settings.database_url)
    try:
        database.upgrade()
        state = database.schema_state()
        with database.read() as snapshot:
            begun = snapshot.public_log.latest() is not None and snapshot.audit_log.rows_recorded()
            earlier = snapshot.site_record.get() is not None and (
                not begun or bool(snapshot.signed_documents.not_logged(1))
            )
    finally:
        database.close()
    if earlier:
        _enter_earlier(terminal, data)
    terminal.show({"schema": state.value}, terminal.text("cli.upgraded"))


def _enter_earlier(terminal: Terminal, data: Path | None) -> None:
    """What is older than the public log gets its entries and their places; rows that are older than their digests in
    the audit log get these."""
    try:
        with opened_to_seal(data) as service:
            earlier_credentials.enter(service, terminal)
            service.log.advance(now=clock())
    except Error:
        # The key-encryption key may not be here, and the schema is what was asked for.
        terminal.note("cli.earlier_wait")


@group.callback()
def _group() -> None:
    """A group of one command stays a group."""
