"""`bundle` and `viewer`: a credential with all that verifies it in one file, and the page that opens such files.

The page is one HTML file without any network: it goes onto the same USB stick as the bundles."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from jmc_vc.cli.files import new_file
from jmc_vc.cli.opening import opened, opened_to_seal
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.terminal import Terminal, terminal_of
from jmc_vc.formats.bundle import MEDIA_TYPE
from jmc_vc.web.pages.wording import wording_of
from jmc_vc.web.viewer.page import viewer_page


def credential_uuid(text: str) -> UUID:
    """The UUID of a credential, given by itself or as the last part of its address."""
    try:
        return UUID(text.rpartition("/")[2])
    except ValueError:
        raise typer.BadParameter("must be the address of a credential, or its last part") from None


Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write to this new file (mode 0600), in the place of standard output."),
]


def bundle(
    context: typer.Context,
    *,
    credential: Annotated[
        UUID,
        typer.Argument(metavar="ID", parser=credential_uuid, help="The credential's address, or the last part of it."),
    ],
    out: Out = None,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Write a credential with everything that its verification needs / 証明の検証用ファイルを作る"""
    terminal = terminal_of(context)
    with opened_to_seal(data) as service:
        made = service.bundle(credential, for_issuer=True, now=service.clock())
    _write(terminal, made, out, MEDIA_TYPE)


def viewer(
    context: typer.Context, *, out: Out = None, data: Data = None, lang: Lang = None, as_json: AsJson = False
) -> None:
    """Write the page that opens bundles without any network / 検証用ファイルを開くページを作る"""
    terminal = terminal_of(context)
    with opened(data) as service:
        page = viewer_page(service.did_document(None), wording_of(service.settings))
    _write(terminal, page.html.encode(), out, "text/html")


def _write(terminal: Terminal, content: bytes, out: Path | None, media_type: str) -> None:
    if out is None:
        typer.echo(content.decode())
        return
    with new_file(out) as target:
        target.write(content)
    value = {"file": str(out), "mediaType": media_type, "bytes": len(content)}
    terminal.show(value, terminal.text("cli.written", file=str(out)))
