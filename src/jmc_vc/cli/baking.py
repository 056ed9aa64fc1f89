"""`bake` and `unbake`: put a credential into a picture of its badge, and take it out again. They ask nothing of an
installation; what a picture carries is read, and is not verified."""

from pathlib import Path
from typing import Annotated

import typer

from jmc_vc.cli.files import new_file, read_bytes
from jmc_vc.cli.options import AsJson, Lang
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.formats import baking, strict_json
from jmc_vc.formats.baking.baked import Baked, Kind, read_text
from jmc_vc.formats.strict_json import JsonValue


def bake(
    context: typer.Context,
    *,
    credential: Annotated[
        str,
        typer.Argument(metavar="CREDENTIAL", help="The credential, as JSON or a compact JWS; - reads standard input."),
    ],
    picture: Annotated[str, typer.Argument(metavar="PICTURE", help="A PNG or SVG file; a badge in it is replaced.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Write the picture to this new file (mode 0600).")],
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Bake a credential into a picture / 証明を画像に埋め込む"""
    terminal = terminal_of(context)
    text = read_text(read_bytes(credential))
    _shown(text)  # nobody could read JSON that we refuse
    received = read_bytes(picture)
    with new_file(out) as target:
        target.write(baking.bake(received, text.data))
    value = {"file": str(out), "mediaType": baking.picture_format(received).media_type, "kind": text.kind.value}
    terminal.show(value, terminal.text("cli.baked"), terminal.text("cli.written", file=str(out)))


def unbake(
    context: typer.Context,
    *,
    picture: Annotated[
        str, typer.Argument(metavar="PICTURE", help="A PNG or SVG file with a badge in it; - reads standard input.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Write the credential, byte for byte, to this new file (mode 0600)."
        ),
    ] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Print the credential that is baked into a picture, unverified / 画像から証明を取り出す（検証はしない）"""
    terminal = terminal_of(context)
    found = baking.unbake(read_bytes(picture))
    # Read even where it is printed as it is: raw control characters, which terminals obey, are no JSON.
    value = {"kind": found.kind.value, "credential": _shown(found)}
    if out is None:
        terminal.show(value, found.data.decode())
        return
    with new_file(out) as target:
        target.write(found.data)
    terminal.show(value | {"file": str(out)}, terminal.text("cli.unbaked"), terminal.text("cli.written", file=str(out)))


def _shown(text: Baked) -> JsonValue:
    """JSON as it says, a token as its text. Raises Malformed with a `parse.` code."""
    return strict_json.parse_object(text.data) if text.kind is Kind.JSON else text.data.decode()
