"""`issue` and `revoke`: an operator at the machine acts for an issuer."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from jmc_vc.bootstrap import Service
from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.files import new_file, read_bytes
from jmc_vc.cli.opening import login, opened, opened_to_seal, registered
from jmc_vc.cli.options import AsJson, Data, DryRun, Lang, Yes, line
from jmc_vc.cli.terminal import terminal_of
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.credential import (
    Credential,
    CredentialNotFound,
    Format,
    Representation,
    RevocationReason,
    StatusAction,
    change,
)
from jmc_vc.domain.vocabulary import VOCABULARIES
from jmc_vc.errors import Error
from jmc_vc.formats import strict_json
from jmc_vc.formats.strict_json import JsonValue
from jmc_vc.issuing.command import Command, IssuedAssertion
from jmc_vc.issuing.request import AssertionRequest, read_request

Slug = Annotated[str, typer.Option("--issuer", metavar="SLUG", help="The issuer that is acted for.")]


def issue(
    context: typer.Context,
    *,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="The award as POST /v1/assertions takes it; - reads standard input."),
    ],
    issuer: Slug,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the credential to this new file (mode 0600).")
    ] = None,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Issue a credential and print it, byte for byte as it was signed / 証明を発行する"""
    terminal = terminal_of(context)
    request = read_request(read_bytes(file))
    with opened_to_seal(data) as service:
        actor = login(registered(service, issuer))
        # The file is made first: a credential that was issued must not be lost because there is no place for it.
        with nullcontext() if out is None else new_file(out) as target:
            issued = _issue(service, request, actor)
            if target is not None:
                target.write(issued.body)
        credential_id = service.site.credential(issued.credential.uuid)
    value = {"id": credential_id, "uuid": str(issued.credential.uuid), "status": issued.credential.state.value}
    if out is not None:
        said = terminal.text("cli.issued", id=credential_id), terminal.text("cli.written", file=str(out))
        terminal.show({**value, "file": str(out)}, *said)
    else:
        terminal.show({**value, "credential": _shown(issued.representations[0])}, issued.body.decode())


def revoke(
    context: typer.Context,
    *,
    uuid: Annotated[UUID, typer.Argument(metavar="UUID", help="The last part of the credential's address.")],
    issuer: Slug,
    reason: Annotated[
        RevocationReason, typer.Option("--reason", metavar="CODE", help="Why: " + ", ".join(RevocationReason) + ".")
    ],
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", parser=line, help="The same in words, for the holder.")
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Revoke a credential, for good / 証明を失効させる"""
    terminal = terminal_of(context)
    with opened(data) as service:
        acting_for = registered(service, issuer)
        label = VOCABULARIES["revocation-reason"][reason].in_language(terminal.language)
        plan = terminal.text("cli.revoke_plan", uuid=str(uuid), reason=label)
        if dry_run:
            would = _would_revoke(service, issuer, uuid, reason, text)
            terminal.show(_row(service, would) | {"dryRun": True}, plan, terminal.text("cli.nothing_done"))
            return
        confirm(terminal, plan, acting_for.number, yes=yes)
        revoked = service.change_status(
            uuid, StatusAction.REVOKE, reason=reason, text=text, actor=login(acting_for), now=service.clock()
        )
        terminal.show(_row(service, revoked), terminal.text("cli.revoked", uuid=str(uuid)))


def _issue(service: Service, request: AssertionRequest, actor: Actor) -> IssuedAssertion:
    command = Command(request=request, actor=actor, idempotency_key=None)
    (outcome,) = service.issue([command], now=service.clock())
    if isinstance(outcome, Error):
        raise outcome
    return outcome


def _shown(primary: Representation) -> JsonValue:
    """The document; a token is a text."""
    return strict_json.parse_object(primary.body) if primary.format is Format.JSON else primary.body.decode()


def _would_revoke(service: Service, issuer: str, uuid: UUID, reason: RevocationReason, text: str | None) -> Credential:
    with service.database.read() as snapshot:
        credential = snapshot.credentials.for_issuer(issuer, uuid)
    if credential is None:
        raise CredentialNotFound
    return change(credential, StatusAction.REVOKE, reason=reason, text=text, at=service.clock())


def _row(service: Service, credential: Credential) -> dict[str, str | bool | None]:
    return {
        "id": service.site.credential(credential.uuid),
        "status": credential.state.value,
        "statusReason": None if credential.status_reason is None else credential.status_reason.value,
    }
