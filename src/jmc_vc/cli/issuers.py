"""`issuers register|list|suspend|reinstate`, and those on DIDs of their own (`issuer_dids`)."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import typer

from jmc_vc.bootstrap import Service
from jmc_vc.cli import issuer_dids, options
from jmc_vc.cli.opening import login, opened, opened_to_seal
from jmc_vc.cli.options import AsJson, Data, Lang, Reason, Slug
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.domain.api_key import LIFETIME
from jmc_vc.domain.issuer import Issuer, IssuerState
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.vocabulary import VOCABULARIES

group = typer.Typer(help="Issuers / 発行機関", no_args_is_help=True)

_country = options.matching("[A-Z]{2}", "JP")
_region = options.matching("[A-Z]{2}-[A-Z0-9]{1,3}", "JP-13")
_url = options.matching(r"https?://[!-~]{1,500}", "https://www.example.ac.jp")
_email = options.matching(r"[!-?A-~]{1,64}@[!-?A-~]{1,255}", "office@example.ac.jp")


@group.command("register")
def register(
    context: typer.Context,
    *,
    slug: Slug,
    number: Annotated[str, typer.Option("--number", metavar="JMC-I-nnnnn", help="The issuer's number, for ever.")],
    name_ja: Annotated[str, typer.Option("--name-ja", metavar="NAME", parser=options.line, help="Name in Japanese.")],
    name_en: Annotated[str, typer.Option("--name-en", metavar="NAME", parser=options.line, help="Name in English.")],
    name_kana: Annotated[
        str | None, typer.Option("--name-kana", metavar="NAME", parser=options.line, help="Reading in katakana.")
    ] = None,
    org_type: Annotated[
        str,
        typer.Option(
            "--org-type",
            metavar="CODE",
            parser=options.organization_type,
            help="Kind of organization: " + ", ".join(VOCABULARIES["org-type"]) + ".",
        ),
    ] = "other",
    country: Annotated[str, typer.Option("--country", metavar="CC", parser=_country, help="ISO 3166-1.")] = "JP",
    region: Annotated[
        str | None, typer.Option("--region", metavar="CC-NN", parser=_region, help="ISO 3166-2, as JP-13.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", parser=_url, help="Web site.")] = None,
    email: Annotated[str | None, typer.Option("--email", metavar="ADDRESS", parser=_email, help="Contact.")] = None,
    first: Annotated[
        date | None,
        typer.Option("--from", metavar="DATE", parser=options.day, help="First day of the registration; today."),
    ] = None,
    last: Annotated[
        date | None, typer.Option("--until", metavar="DATE", parser=options.day, help="Last day; none: open.")
    ] = None,
    fictional: Annotated[
        bool, typer.Option("--fictional", help="An invented issuer: all of its is test data.")
    ] = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Register an issuer; print its DID and, this once, its API key / 発行機関を登録する"""  # fmt: skip
    terminal = terminal_of(context)
    with opened_to_seal(data) as service:
        now = service.clock()
        issuer = Issuer(
            number=number,
            slug=slug,
            name_ja=name_ja,
            name_en=name_en,
            name_kana=name_kana,
            org_type=org_type,
            country=country,
            region=region,
            url=url,
            email=email,
            state=IssuerState.REGISTERED,
            registered_from=first or jst_day(now),
            registered_until=last,
            fictional=fictional,
        )
        api_key = service.register_issuer(issuer, actor=login(), now=now)
        did, expires = service.site.issuer_did(slug), jst_day(now + LIFETIME)
    terminal.show(
        {
            **_row(issuer, did),
            "keyId": f"{did}#key-1",
            "apiKey": api_key,
            "apiKeyExpires": (now + LIFETIME).isoformat(),
        },
        terminal.text("cli.issuer_registered", slug=slug),
        f"DID  {did}",
        f"Key  {did}#key-1",
        terminal.text("cli.api_key_once", date=expires),
        api_key,
    )


@group.command("list")
def list_issuers(context: typer.Context, data: Data = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """List all issuers, also suspended ones / 発行機関の一覧"""
    terminal = terminal_of(context)
    with opened(data) as service:
        issuers = service.list_issuers()
        rows = [_row(issuer, service.site.issuer_did(issuer.slug)) for issuer in issuers]
    labels = VOCABULARIES["issuer-state"]
    lines = [
        f"{each.number}  {each.slug}  {labels[each.state].in_language(terminal.language)}  "
        + (each.name_ja if terminal.language == "ja" else each.name_en)
        for each in issuers
    ]
    terminal.show(rows, *(lines or [terminal.text("cli.none")]))


@group.command("suspend")
def suspend(
    context: typer.Context,
    *,
    slug: Slug,
    reason: Reason,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Suspend an issuer's registration: it can sign nothing more / 登録を一時停止する"""
    _move(
        context,
        data=data,
        said="cli.issuer_suspended",
        use_case=lambda service: service.suspend_issuer,
        slug=slug,
        reason=reason,
    )


@group.command("reinstate")
def reinstate(
    context: typer.Context,
    *,
    slug: Slug,
    reason: Reason,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Lift an issuer's suspension / 一時停止を解除する"""
    _move(
        context,
        data=data,
        said="cli.issuer_reinstated",
        use_case=lambda service: service.reinstate_issuer,
        slug=slug,
        reason=reason,
    )


group.command("dids")(issuer_dids.dids)
group.command("did-challenge")(issuer_dids.did_challenge)
group.command("add-did")(issuer_dids.add_did)
group.command("end-did")(issuer_dids.end_did)


def _move(
    context: typer.Context, *, data: Data, said: str, use_case: Callable[[Service], Any], slug: str, reason: str
) -> None:
    terminal = terminal_of(context)
    with opened(data) as service:
        issuer = use_case(service)(slug, reason=reason, actor=login(), now=service.clock())
        terminal.show(_row(issuer, service.site.issuer_did(slug)), terminal.text(said, slug=slug))


def _row(issuer: Issuer, did: str) -> dict[str, Any]:
    until = issuer.registered_until
    return {
        "slug": issuer.slug,
        "number": issuer.number,
        "did": did,
        "name": {"ja": issuer.name_ja, "en": issuer.name_en},
        "state": issuer.state.value,
        "registeredFrom": issuer.registered_from.isoformat(),
        "registeredUntil": None if until is None else until.isoformat(),
        "fictional": issuer.fictional,
    }
