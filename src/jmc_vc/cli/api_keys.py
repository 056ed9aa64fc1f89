"""`api-keys new|revoke`: another key for an issuer before the old one expires, and the end of one that leaked."""

from typing import Annotated

import typer

from jmc_vc.cli.opening import login, opened, opened_to_seal, registered
from jmc_vc.cli.options import AsJson, Data, Lang, Slug
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.domain.api_key import LIFETIME
from jmc_vc.domain.japan_time import jst_day

group = typer.Typer(help="API keys of issuers / 発行機関の API キー", no_args_is_help=True)


@group.command("new")
def new(context: typer.Context, *, slug: Slug, data: Data = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """Give an issuer another API key; those that it has stay good / API キーを追加する"""
    terminal = terminal_of(context)
    with opened_to_seal(data) as service:
        registered(service, slug)
        now = service.clock()
        key = service.mint_api_key(slug, label="operator", actor=login(), now=now)
        expires = jst_day(now + LIFETIME)
        value = {"issuer": slug, "apiKey": key, "expires": expires.isoformat()}
        terminal.show(value, terminal.text("cli.api_key_once", date=expires), key)


@group.command("revoke")
def revoke(
    context: typer.Context,
    *,
    prefix: Annotated[
        str, typer.Argument(metavar="PREFIX", help="The eight characters of the key after `jmcob_live_`.")
    ],
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """End an API key, for good and at once / API キーを失効させる"""
    terminal = terminal_of(context)
    with opened(data) as service:
        key = service.revoke_api_key(prefix, actor=login(), now=service.clock())
        value = {"issuer": key.issuer, "prefix": key.prefix, "revoked": True}
        terminal.show(value, terminal.text("cli.api_key_revoked", prefix=key.prefix, slug=key.issuer))
