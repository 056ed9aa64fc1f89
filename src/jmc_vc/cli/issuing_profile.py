"""`programs profile`: in which forms a program's credentials are made, shown or set."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any

import typer

from jmc_vc.cli.confirming import confirm
from jmc_vc.cli.opening import login, opened, opened_to_seal
from jmc_vc.cli.options import AsJson, Data, DryRun, Lang, Number, Yes
from jmc_vc.cli.terminal import Terminal, terminal_of
from jmc_vc.domain.issuing_settings import IssuingProfile, JwtAlgorithm
from jmc_vc.domain.japan_time import to_the_second
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.domain.vocabulary import VOCABULARIES
from jmc_vc.errors import Unacceptable
from jmc_vc.issuing.set_issuing_settings import SettingsSet


class JwtAlgorithmUnused(Unacceptable):
    """An algorithm for a VC-JWT, and no VC-JWT."""

    code = "cli.jwt_algorithm_unused"


def profile(
    context: typer.Context,
    *,
    number: Number,
    wanted: Annotated[
        IssuingProfile | None,
        typer.Option("--profile", metavar="NAME", help="How they are secured: " + ", ".join(IssuingProfile) + "."),
    ] = None,
    sd_jwt: Annotated[
        bool | None, typer.Option("--sd-jwt/--no-sd-jwt", help="Whether an SD-JWT VC is made beside.")
    ] = None,
    jwt_algorithm: Annotated[
        JwtAlgorithm | None,
        typer.Option(
            "--jwt-algorithm", metavar="NAME", help="How a VC-JWT is signed: " + ", ".join(JwtAlgorithm) + "."
        ),
    ] = None,
    status: Annotated[
        StatusForm | None,
        typer.Option(
            "--status",
            metavar="NAME",
            help="How they name their status: " + ", ".join(StatusForm) + ". A revocation-list tells everybody the"
            " addresses of the revoked credentials; only old readers need it.",
        ),
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show or set in which forms credentials are made / 証明の発行形式を確認・設定する"""  # fmt: skip
    terminal = terminal_of(context)
    changing = any(each is not None for each in (wanted, sd_jwt, jwt_algorithm, status))
    with opened_to_seal(data) if changing else opened(data) as service:
        use_case = partial(
            service.set_issuing_settings,
            number,
            profile=wanted,
            jwt_algorithm=jwt_algorithm,
            sd_jwt_vc=sd_jwt,
            status_form=status,
            actor=login(),
        )
        planned = use_case(dry_run=True, now=service.clock())
        if jwt_algorithm is not None and not planned.settings.enveloped:
            raise JwtAlgorithmUnused
        shown = {"number": number, **_value(planned)}
        lines = _lines(terminal, number, planned, service.clock())
        if not changing:
            terminal.show(shown, *lines)
            return
        plan = [
            *lines,
            *(terminal.text("cli.profile_key_needed", algorithm=algorithm) for algorithm in planned.lacking),
        ]
        if dry_run:
            terminal.show(shown | {"dryRun": True}, *plan, terminal.text("cli.nothing_done"))
            return
        begun = StatusForm.REVOCATION_LIST in {planned.settings.status_form} - {planned.before.status_form}
        if begun or planned.lacking:  # published once, an address or a key cannot be taken back
            confirm(terminal, "\n".join(plan), number, yes=yes)
        done = use_case(now=service.clock())
        made = [
            terminal.text("cli.profile_key", owner=key.owner, kid=key.kid, algorithm=key.algorithm) for key in done.keys
        ]
        terminal.show({"number": number, **_value(done)}, *_lines(terminal, number, done, service.clock()), *made)


def _value(found: SettingsSet) -> dict[str, Any]:
    settings = found.settings
    return {
        "profile": settings.profile.value,
        "jwtAlgorithm": settings.jwt_algorithm.value,
        "sdJwtVc": settings.sd_jwt_vc,
        "status": settings.status_form.value,
        "formats": [each.format.value for each in settings.securings],
        "inForceFrom": None if found.in_force_from is None else found.in_force_from.isoformat(),
        "keysCreated": [f"{key.owner}#{key.kid}" for key in found.keys],
    }


def _lines(terminal: Terminal, number: str, found: SettingsSet, now: datetime) -> list[str]:
    settings = found.settings
    labels = {
        name: VOCABULARIES[name][code].in_language(terminal.language)
        for name, code in (("issuing-profile", settings.profile), ("status-form", settings.status_form))
    }
    lines = [terminal.text("cli.profile", number=number, profile=labels["issuing-profile"])]
    if settings.enveloped:
        lines.append(terminal.text("cli.profile_jwt", algorithm=settings.jwt_algorithm.value))
    if settings.sd_jwt_vc:
        lines.append(terminal.text("cli.profile_sd_jwt"))
    lines.append(terminal.text("cli.profile_status", status=labels["status-form"]))
    if settings.status_form is StatusForm.REVOCATION_LIST:
        lines.append(terminal.text("cli.profile_revocation_list"))
    if found.in_force_from is not None and found.in_force_from > now:
        lines.append(terminal.text("cli.profile_from", moment=to_the_second(found.in_force_from)))
    return lines
