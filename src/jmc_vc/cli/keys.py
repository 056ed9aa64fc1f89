"""`keys list` and `keys rotate`: signing keys of the issuers and of JMC."""

from typing import Annotated

import typer

from jmc_vc.bootstrap import Service
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.opening import opened, opened_to_seal, operator, registered
from jmc_vc.cli.options import AsJson, Data, DryRun, Lang, Yes
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.domain.issuing_settings import ALGORITHMS
from jmc_vc.domain.signing_key import JMC, SigningKey
from jmc_vc.domain.vocabulary import VOCABULARIES
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.issuing.rotate_key import key_to_rotate

group = typer.Typer(help="Signing keys / 署名鍵", no_args_is_help=True)


@group.command("list")
def list_keys(context: typer.Context, data: Data = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """List all signing keys, JMC's own first / 署名鍵の一覧"""
    terminal = terminal_of(context)
    with opened(data) as service, service.database.read() as snapshot:
        owners = (JMC, *(issuer.slug for issuer in snapshot.issuers.all()))
        keys = [key for owner in owners for key in snapshot.signing_keys.of_owner(owner)]
        rows = [
            {
                "owner": key.owner,
                "kid": key.kid,
                "id": _id(service, key),
                "algorithm": key.algorithm,
                "publicKey": key.public_key,
                "state": key.state.value,
                "createdAt": key.created_at.isoformat(),
                "retiredAt": None if key.retired_at is None else key.retired_at.isoformat(),
            }
            for key in keys
        ]
    labels = VOCABULARIES["key-state"]
    lines = [
        f"{row['id']}  {row['algorithm']}  {labels[str(row['state'])].in_language(terminal.language)}" for row in rows
    ]
    terminal.show(rows, *lines)


def _in_use(algorithm: KeyAlgorithm) -> KeyAlgorithm:
    if algorithm not in ALGORITHMS:
        raise typer.BadParameter("must be one of " + ", ".join(ALGORITHMS))
    return algorithm


@group.command("rotate")
def rotate(
    context: typer.Context,
    *,
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="The issuer's slug, or jmc.")],
    algorithm: Annotated[
        KeyAlgorithm,
        typer.Option(
            "--algorithm", metavar="NAME", callback=_in_use, help="Which of its keys: " + ", ".join(ALGORITHMS) + "."
        ),
    ] = KeyAlgorithm.ED25519,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Put a new signing key in the place of the active one / 署名鍵を更新する"""
    terminal = terminal_of(context)
    with opened_to_seal(data) as service:
        typed = JMC if slug == JMC else registered(service, slug).number
        with service.database.read() as snapshot:
            active = key_to_rotate(snapshot.signing_keys.of_owner(slug), algorithm)
            count = snapshot.credentials.signed_with(slug, active.kid)
        plan = terminal.text("cli.rotate_plan", owner=slug, kid=active.kid, count=f"{count:,}")
        if dry_run:
            value = {"owner": slug, "active": active.kid, "credentials": count, "rotated": False}
            terminal.show(value, plan, terminal.text("cli.nothing_done"))
            return
        confirm(terminal, plan, typed, yes=yes)
        old, new = service.rotate_key(slug, algorithm, expected=active.kid, actor=operator(), now=service.clock())
        value = {"owner": slug, "retired": _id(service, old), "active": _id(service, new), "rotated": True}
        terminal.show(value, terminal.text("cli.rotated", owner=slug, old=old.kid, new=new.kid))


def _did(service: Service, owner: str) -> str:
    return service.site.did if owner == JMC else service.site.issuer_did(owner)


def _id(service: Service, key: SigningKey) -> str:
    return f"{_did(service, key.owner)}#{key.kid}"
