"""`issuers dids|did-challenge|add-did|end-did`: issuers that sign with their own keys, under DIDs of their own."""

from typing import Annotated

import typer

from jmc_vc.cli import acts, options
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.files import read_bytes
from jmc_vc.cli.opening import login, opened, opened_to_seal
from jmc_vc.cli.options import ApprovalKeyFile, As, AsJson, Data, DryRun, Lang, Reason, Slug, Yes
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.formats.jose.key_possession import TYPE
from jmc_vc.formats.strict_json import JsonObject, NotUtf8

_did = options.matching(r"did:web:[!-~]{1,992}", "did:web:vc.example.ac.jp")
Did = Annotated[str, typer.Argument(metavar="DID", parser=_did, help="The issuer's DID, as did:web:vc.example.ac.jp.")]


def dids(context: typer.Context, data: Data = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """List the DIDs of issuers that sign with their own keys / 発行機関が自ら管理するDIDの一覧"""
    terminal = terminal_of(context)
    with opened(data) as service, service.database.read() as snapshot:
        found = snapshot.outside_dids.all()
    rows = [
        {
            "slug": each.issuer,
            "did": each.did,
            "registeredAt": each.registered_at.isoformat(),
            "endedAt": None if each.ended_at is None else each.ended_at.isoformat(),
        }
        for each in found
    ]
    lines = [
        terminal.text("cli.did", slug=each.issuer, did=each.did, time=each.registered_at)
        if each.ended_at is None
        else terminal.text("cli.did_gone", slug=each.issuer, did=each.did, time=each.ended_at)
        for each in found
    ]
    terminal.show(rows, *(lines or [terminal.text("cli.none")]))


def did_challenge(
    context: typer.Context, *, slug: Slug, did: Did, data: Data = None, lang: Lang = None, as_json: AsJson = False
) -> None:
    """Print what the issuer has to sign with a key of its DID / 発行機関がDIDの鍵で署名する内容を出力する"""
    terminal = terminal_of(context)
    with opened_to_seal(data) as service:
        challenge = service.challenge_did(slug, did, now=service.clock())
    claims = {"iss": did, "aud": challenge.audience, "nonce": challenge.nonce}
    terminal.show(
        {"typ": TYPE, "claims": claims, "expires": challenge.expires_at.isoformat()},
        terminal.text("cli.did_challenge", slug=slug, until=challenge.expires_at),
        f"typ    {TYPE}",
        *(f"{name:<5}  {value}" for name, value in claims.items()),
    )


def add_did(
    context: typer.Context,
    *,
    slug: Slug,
    did: Did,
    document: Annotated[
        str, typer.Option("--document", metavar="FILE", help="The issuer's DID document; it is kept as it is.")
    ],
    proof: Annotated[str, typer.Option("--proof", metavar="FILE", help="The signed challenge, a compact JWS.")],
    reason: Reason,
    as_: As = None,
    approval_key: ApprovalKeyFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Register a DID under which an issuer signs itself, or its newer document / 発行機関のDIDを登録する"""
    terminal = terminal_of(context)
    arguments: JsonObject = {"slug": slug, "did": did, "document": _text(document), "proof": _text(proof).strip()}
    with opened_to_seal(data) as service:
        plan = acts.plan(terminal, service, "issuers add-did", arguments)
        if dry_run:
            terminal.show({"slug": slug, "did": did, "done": False}, plan, terminal.text("cli.nothing_done"))
            return
        confirm(terminal, plan, slug, yes=yes)
        acts.perform(terminal, service, "issuers add-did", arguments, reason=reason, as_=as_, approval_key=approval_key)


def end_did(
    context: typer.Context,
    *,
    slug: Slug,
    did: Did,
    reason: Reason,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """End the registration of an issuer's DID: what it signed can be vouched for no more / DIDの登録を終了する"""
    terminal = terminal_of(context)
    with opened(data) as service:
        confirm(terminal, terminal.text("cli.did_end_plan", slug=slug, did=did), slug, yes=yes)
        ended = service.end_did(slug, did, reason=reason, actor=login(), now=service.clock())
    terminal.show({"slug": slug, "did": ended.did, "ended": True}, terminal.text("cli.did_ended", slug=slug, did=did))


def _text(file: str) -> str:
    try:
        return read_bytes(file).decode()
    except UnicodeDecodeError as err:
        raise NotUtf8 from err
