"""`programs profile`: in which forms a program's credentials are made, shown or set."""

from typing import Annotated

import typer

from jmc_vc.bootstrap import Service
from jmc_vc.cli.opening import opened, opened_to_seal, operator
from jmc_vc.cli.options import AsJson, Data, Lang, Number
from jmc_vc.cli.terminal import Terminal, terminal_of
from jmc_vc.domain.issuing_settings import IssuingProfile, IssuingSettings, JwtAlgorithm, in_force
from jmc_vc.domain.program import ProgramNotFound
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.domain.vocabulary import VOCABULARIES


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
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show or set in which forms credentials are made / 証明の発行形式を確認・設定する"""  # fmt: skip
    terminal = terminal_of(context)
    if all(each is None for each in (wanted, sd_jwt, jwt_algorithm, status)):
        with opened(data) as service:
            _show(terminal, number, _present(service, number), ())
        return
    with opened_to_seal(data) as service:
        settings, keys = service.set_issuing_settings(
            number,
            profile=wanted,
            jwt_algorithm=jwt_algorithm,
            sd_jwt_vc=sd_jwt,
            status_form=status,
            actor=operator(),
            now=service.clock(),
        )
        _show(terminal, number, settings, keys)


def _present(service: Service, number: str) -> IssuingSettings:
    with service.database.read() as snapshot:
        if not snapshot.programs.versions(number):
            raise ProgramNotFound
        return in_force(snapshot.issuing_settings.of_program(number), service.clock())


def _show(terminal: Terminal, number: str, settings: IssuingSettings, keys: tuple[SigningKey, ...]) -> None:
    value = {
        "number": number,
        "profile": settings.profile.value,
        "jwtAlgorithm": settings.jwt_algorithm.value,
        "sdJwtVc": settings.sd_jwt_vc,
        "status": settings.status_form.value,
        "formats": [each.format.value for each in settings.securings],
        "keysCreated": [f"{key.owner}#{key.kid}" for key in keys],
    }
    labels = {
        name: VOCABULARIES[name][code].in_language(terminal.language)
        for name, code in (("issuing-profile", settings.profile), ("status-form", settings.status_form))
    }
    lines = [terminal.text("cli.profile", number=number, profile=labels["issuing-profile"])]
    if settings.needs_subject_id:
        lines.append(terminal.text("cli.profile_jwt", algorithm=settings.jwt_algorithm.value))
    if settings.sd_jwt_vc:
        lines.append(terminal.text("cli.profile_sd_jwt"))
    lines.append(terminal.text("cli.profile_status", status=labels["status-form"]))
    lines += [terminal.text("cli.profile_key", owner=key.owner, kid=key.kid, algorithm=key.algorithm) for key in keys]
    terminal.show(value, *lines)
