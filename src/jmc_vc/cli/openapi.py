"""`openapi`: the description of the API, as openapi.yaml has it."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from jmc_vc import bootstrap, settings
from jmc_vc.cli.opening import clock
from jmc_vc.cli.options import AsJson, Lang
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.installation import initialize
from jmc_vc.web.app import create_app
from jmc_vc.web.openapi import as_yaml
from jmc_vc.web.openapi_route import description


def openapi(
    context: typer.Context,
    *,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this file.")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Print the OpenAPI document: YAML, or JSON with --json. API の記述を出力する。"""
    terminal = terminal_of(context)
    # An installation of its own, with the defaults: the document must not depend on whose machine writes it.
    with tempfile.TemporaryDirectory() as folder:
        defaults = settings.load({f"{settings.PREFIX}DATA_DIR": folder})
        initialize(defaults, clock=clock)
        service = bootstrap.build(defaults, clock=clock)
        try:
            document = description(create_app(service))
        finally:
            service.database.close()
    if out is None:
        terminal.show(document, as_yaml(document).rstrip("\n"))
        return
    out.write_text(as_yaml(document), encoding="utf-8")
    terminal.show({"file": str(out)}, terminal.text("cli.written", file=str(out)))
