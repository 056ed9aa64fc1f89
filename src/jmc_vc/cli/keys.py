"""`keys`: signing keys of the issuers, of JMC and of the public log. Here: what only looks at them."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from jmc_vc.cli import key_drill, key_moves, key_reissue, key_rotation
from jmc_vc.cli.files import new_file
from jmc_vc.cli.key_options import Kid, Owner, row
from jmc_vc.cli.opening import opened
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.custody.export_public_key import PublicForm
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.domain.vocabulary import VOCABULARIES

group = typer.Typer(help="Signing keys / 署名鍵", no_args_is_help=True)


@group.command("list")
def list_keys(
    context: typer.Context,
    *,
    on_token: Annotated[
        bool,
        typer.Option("--on-token", help="Look at the token of the settings, too, for keys that are none of these."),
    ] = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """List all signing keys with their dates, JMC's own first / 署名鍵の一覧"""
    terminal = terminal_of(context)
    with opened(data) as service:
        listed = service.list_keys()
        rows = [{**row(service, each.key), "credentials": each.credentials} for each in listed]
        strays = service.list_keys.strays() if on_token else ()
    labels = VOCABULARIES["key-state"]
    lines = [
        terminal.text(
            "cli.key",
            id=shown["id"],
            algorithm=each.key.algorithm,
            state=labels[each.key.state].in_language(terminal.language),
            day=jst_day(_entered(each.key)),
            count=f"{each.credentials:,}",
        )
        for each, shown in zip(listed, rows, strict=True)
    ]
    lines += [terminal.text("cli.key_stray", uri=uri) for uri in strays]
    terminal.show([*rows, *({"uri": uri, "state": "stray"} for uri in strays)], *lines)


def _entered(key: SigningKey) -> datetime:
    """When the key came into the state in which it is."""
    dates = {
        KeyState.PUBLISHED: key.published_at,
        KeyState.ACTIVE: key.active_from,
        KeyState.RETIRED: key.retired_at,
        KeyState.COMPROMISED: key.compromised_since,
        KeyState.DESTROYED: key.destroyed_at,
    }
    return dates.get(key.state) or key.created_at


group.command("stage")(key_moves.stage)
group.command("publish")(key_moves.publish)
group.command("activate")(key_moves.activate)
group.command("rotate")(key_rotation.rotate)
group.command("retire")(key_moves.retire)
group.command("compromise")(key_moves.compromise)
group.command("reissue")(key_reissue.reissue)
group.command("destroy")(key_moves.destroy)
group.command("import")(key_moves.import_key)
group.command("drill")(key_drill.drill)


@group.command("export-public")
def export_public(
    context: typer.Context,
    *,
    owner: Owner,
    kid: Kid,
    form: Annotated[
        PublicForm, typer.Option("--form", metavar="NAME", help="How it is written: " + ", ".join(PublicForm) + ".")
    ] = PublicForm.MULTIKEY,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="A new file; without it, the standard output.")
    ] = None,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Write a public key: Multikey, JWK or PEM / 公開鍵を書き出す"""
    terminal = terminal_of(context)
    with opened(data) as service:
        text = service.export_public_key(owner, kid, form)
    if out is None:
        terminal.show({"owner": owner, "kid": kid, "form": form.value, "key": text}, text.rstrip("\n"))
        return
    with new_file(out) as file:
        file.write(text.encode())
    value = {"owner": owner, "kid": kid, "form": form.value, "file": str(out)}
    terminal.show(value, terminal.text("cli.key_exported", owner=owner, kid=kid, file=str(out)))
