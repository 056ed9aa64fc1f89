"""`init` and `db upgrade`: a new installation, and the schema of an existing one."""

import typer

from jmc_vc import bootstrap
from jmc_vc.cli import earlier_credentials
from jmc_vc.cli.opening import clock, configured
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.terminal import Terminal, terminal_of
from jmc_vc.errors import Error
from jmc_vc.installation import initialize
from jmc_vc.settings import Settings
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
            earlier = bool(snapshot.signed_documents.not_logged(1))
    finally:
        database.close()
    if earlier:
        _enter_earlier(terminal, settings)
    terminal.show({"schema": state.value}, terminal.text("cli.upgraded"))


def _enter_earlier(terminal: Terminal, settings: Settings) -> None:
    try:
        service = bootstrap.build(settings, clock=clock)
    except Error:
        terminal.note(
            "cli.earlier_wait"
        )  # the key-encryption key may not be here, and the schema is what was asked for
        return
    try:
        if service.kek_matches:
            earlier_credentials.enter(service, terminal)
        else:
            terminal.note("cli.earlier_wait")
    finally:
        service.database.close()


@group.callback()
def _group() -> None:
    """A group of one command stays a group."""
