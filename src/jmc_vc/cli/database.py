"""`init` and `db upgrade`: a new installation, and the schema of an existing one."""

import typer

from jmc_vc import bootstrap
from jmc_vc.cli.opening import clock, configured
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.terminal import terminal_of
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
    bootstrap.initialize(settings, clock=clock)
    value = {"baseUrl": settings.base_url, "kekFile": str(settings.kek_file)}
    terminal.show(value, terminal.text("cli.initialized", url=settings.base_url))


@group.command("upgrade")
def upgrade(context: typer.Context, data: Data = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """Bring the schema up to this program's version / データベースの形式を最新にする"""
    terminal = terminal_of(context)
    database = Database(configured(data).database_url)
    try:
        database.upgrade()
        state = database.schema_state()
    finally:
        database.close()
    terminal.show({"schema": state.value}, terminal.text("cli.upgraded"))


@group.callback()
def _group() -> None:
    """A group of one command stays a group."""
