"""`keys stage | publish | activate | retire | destroy | compromise | import`: one step in the life of a key."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from jmc_vc.bootstrap import Service
from jmc_vc.cli import acts
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.key_acts import activation_plan, require_kek, retirement, show_activated
from jmc_vc.cli.key_file import read_key_file
from jmc_vc.cli.key_options import Kid, Kind, Now, Owner, Place, found, number_of, row
from jmc_vc.cli.opening import login, opened, opened_to_seal
from jmc_vc.cli.options import ApprovalKeyFile, As, AsJson, Data, DryRun, Lang, Reason, Yes, line
from jmc_vc.cli.terminal import Terminal, terminal_of
from jmc_vc.custody.activate_key import known_everywhere
from jmc_vc.custody.compromise_key import read_since
from jmc_vc.custody.stage_key import FILE
from jmc_vc.domain.japan_time import to_the_second
from jmc_vc.formats.encoding.multikey import encode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.strict_json import JsonObject


@dataclass(frozen=True, kw_only=True)
class Consent:
    """How far the caller wants to go, and in whose name."""

    dry_run: bool
    yes: bool
    reason: str | None
    as_: str | None
    approval_key: Path | None


def ask_two(
    terminal: Terminal, service: Service, command: str, arguments: JsonObject, consent: Consent, *, count: int
) -> None:
    """An act of `acts.ACTS`: said, confirmed at the terminal, and done or proposed. `count` credentials rest on it."""
    owner = str(arguments["owner"])
    typed = number_of(service, owner)
    plan = acts.plan(terminal, service, command, arguments)
    if consent.dry_run:
        shown = {**arguments, "credentials": count, "done": False}
        terminal.show(shown, plan, terminal.text("cli.nothing_done"))
        return
    if consent.reason is None:
        raise typer.BadParameter("is needed with --now", param_hint="--reason")
    confirm(terminal, plan, typed, yes=consent.yes)
    acts.perform(
        terminal,
        service,
        command,
        arguments,
        reason=consent.reason,
        as_=consent.as_,
        approval_key=consent.approval_key,
    )


WhyIfNow = Annotated[
    str | None,
    typer.Option("--reason", metavar="TEXT", parser=line, help="Why, in a line; needed with --now. It is audited."),
]


def stage(
    context: typer.Context,
    *,
    owner: Owner,
    algorithm: Kind = KeyAlgorithm.ED25519,
    place: Place = FILE,
    dry_run: DryRun = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Make a new key, neither published nor used yet / 署名鍵を作成する（公開も使用もしない）"""
    terminal = terminal_of(context)
    with opened_to_seal(data) as service:
        number_of(service, owner)
        if dry_run:
            value = {"owner": owner, "algorithm": algorithm.value, "place": place, "credentials": 0, "done": False}
            plan = terminal.text("cli.key_stage_plan", owner=owner, algorithm=algorithm.value)
            terminal.show(value, plan, terminal.text("cli.nothing_done"))
            return
        key = service.stage_key(owner, algorithm, place=place, actor=login(), now=service.clock())
        said = terminal.text("cli.key_staged", owner=owner, kid=key.kid, algorithm=key.algorithm)
        terminal.show(row(service, key), said)


def publish(
    context: typer.Context,
    *,
    owner: Owner,
    kid: Kid,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Publish a key that was made or brought here / 署名鍵を公開する"""
    terminal = terminal_of(context)
    with opened_to_seal(data) as service:
        actor = login()
        planned = service.publish_key(owner, kid, actor=actor, now=service.clock(), dry_run=True)
        plan = terminal.text("cli.key_publish_plan", owner=owner, kid=kid, algorithm=planned.algorithm)
        if dry_run:
            shown = {**row(service, planned), "credentials": 0, "done": False}
            terminal.show(shown, plan, terminal.text("cli.nothing_done"))
            return
        confirm(terminal, plan, number_of(service, owner), yes=yes)
        key = service.publish_key(owner, kid, actor=actor, now=service.clock())
        ready = to_the_second(known_everywhere(key))
        terminal.show(row(service, key), terminal.text("cli.key_published", owner=owner, kid=kid, moment=ready))


def activate(
    context: typer.Context,
    *,
    owner: Owner,
    kid: Kid,
    immediate: Now = False,
    reason: WhyIfNow = None,
    as_: As = None,
    approval_key: ApprovalKeyFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Sign with a published key from now on; the active one of its kind retires / 公開済みの鍵を使い始める"""
    terminal = terminal_of(context)
    with opened_to_seal(data) as service:
        actor = login()
        planned = service.activate_key(owner, kid, immediate=immediate, actor=actor, now=service.clock(), dry_run=True)
        active = None if planned.retired is None else planned.retired.kid
        count = 0 if active is None else found(service, owner, active)[1]
        if immediate:
            consent = Consent(dry_run=dry_run, yes=yes, reason=reason, as_=as_, approval_key=approval_key)
            arguments: JsonObject = {"owner": owner, "kid": kid, "active": active}
            ask_two(terminal, service, "keys activate --now", arguments, consent, count=count)
            return
        plan = activation_plan(terminal, service, planned)
        if dry_run:
            shown = {**row(service, planned.key), "retired": active, "credentials": count, "done": False}
            terminal.show(shown, *plan, terminal.text("cli.nothing_done"))
            return
        confirm(terminal, "\n".join(plan), number_of(service, owner), yes=yes)
        done = service.activate_key(owner, kid, expected=active, actor=actor, now=service.clock(), reason=reason)
        show_activated(terminal, service, done)


def retire(
    context: typer.Context,
    *,
    owner: Owner,
    kid: Kid,
    reason: Reason,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Stop signing with the active key, without a successor / 使用中の鍵の使用を終える（後継なし）"""
    terminal = terminal_of(context)
    with opened_to_seal(data) as service:
        actor = login()
        planned = service.retire_key(owner, kid, actor=actor, now=service.clock(), dry_run=True)
        # One key of a kind is active at a time, so none is left.
        warning = terminal.text("cli.key_retire_alone", owner=owner, algorithm=planned.algorithm)
        plan = [retirement(terminal, service, planned), warning]
        if dry_run:
            shown = {**row(service, planned), "credentials": found(service, owner, kid)[1], "done": False}
            terminal.show(shown, *plan, terminal.text("cli.nothing_done"))
            return
        confirm(terminal, "\n".join(plan), number_of(service, owner), yes=yes)
        key = service.retire_key(owner, kid, actor=actor, now=service.clock(), reason=reason)
        terminal.show(row(service, key), terminal.text("cli.key_retired", owner=owner, kid=kid), warning)


def destroy(
    context: typer.Context,
    *,
    owner: Owner,
    kid: Kid,
    reason: Reason,
    as_: As = None,
    approval_key: ApprovalKeyFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Destroy the private part of a key that is not in use, for good / 使用していない鍵の秘密鍵を破棄する"""
    terminal = terminal_of(context)
    with opened(data) as service:
        _, count = found(service, owner, kid)
        consent = Consent(dry_run=dry_run, yes=yes, reason=reason, as_=as_, approval_key=approval_key)
        ask_two(terminal, service, "keys destroy", {"owner": owner, "kid": kid}, consent, count=count)


def compromise(
    context: typer.Context,
    *,
    owner: Owner,
    kid: Kid,
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="TIME",
            help="From when on others may have had the key, as 2026-11-20T09:00:00+09:00; if nobody knows, when it was"
            " made.",
        ),
    ],
    reason: Reason,
    as_: As = None,
    approval_key: ApprovalKeyFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Report that others may have a key: nothing is signed with it any more / 鍵の危殆化を記録する"""
    terminal = terminal_of(context)
    moment = read_since(since)
    with opened(data) as service:  # also without the key-encryption key: a theft is reported whatever else is lost
        _, count = found(service, owner, kid)
        arguments: JsonObject = {"owner": owner, "kid": kid, "since": moment.isoformat()}
        consent = Consent(dry_run=dry_run, yes=yes, reason=reason, as_=as_, approval_key=approval_key)
        ask_two(terminal, service, "keys compromise", arguments, consent, count=count)


def import_key(
    context: typer.Context,
    *,
    owner: Owner,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="The private key, PKCS #8 as PEM or a JWK, in a file of mode 0600 or 0400."
        ),
    ],
    passphrase_file: Annotated[
        str | None,
        typer.Option(
            "--passphrase-file", metavar="FILE", help="The passphrase of the key; without it, it is asked for."
        ),
    ] = None,
    reason: Reason,
    as_: As = None,
    approval_key: ApprovalKeyFile = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Take in a key that was made elsewhere; publish it next / ほかで作成した鍵を取り込む"""
    terminal = terminal_of(context)
    with opened(data) as service:
        require_kek(service)
        # Whoever confirms stands elsewhere in the file system.
        file, under = str(Path(file).absolute()), passphrase_file and str(Path(passphrase_file).absolute())
        private = read_key_file(terminal, file, under)
        arguments: JsonObject = {
            "owner": owner,
            "file": file,
            "passphraseFile": under,
            "publicKey": encode_multikey(private.public_key),
        }
        consent = Consent(dry_run=dry_run, yes=yes, reason=reason, as_=as_, approval_key=approval_key)
        ask_two(terminal, service, "keys import", arguments, consent, count=0)
