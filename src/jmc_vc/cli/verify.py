"""`verify`: a credential's verdict, with its reasons. A bad credential is an answer; exit code 2 means that we could
not tell."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from jmc_vc.cli.files import read_bytes
from jmc_vc.cli.opening import opened
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.receipt_file import write_receipt
from jmc_vc.cli.terminal import ExitCode, said_of, terminal_of
from jmc_vc.cli.verify_lines import report_lines
from jmc_vc.cli.verify_offline import verified_offline
from jmc_vc.errors import Error, Malformed, TooLarge, Unacceptable, Unsupported
from jmc_vc.formats.data_integrity.verify_proof import Expected
from jmc_vc.verifying.bundled import BundleForged
from jmc_vc.verifying.policy import POLICIES
from jmc_vc.verifying.presentation_json import any_report_json
from jmc_vc.verifying.presentation_report import AnyReport
from jmc_vc.verifying.ruling import Verdict
from jmc_vc.verifying.wanted import Person, Wanted
from jmc_vc.web.verify_api.recognizing import recognizing

_EXIT: Mapping[Verdict, ExitCode] = {
    Verdict.VALID: ExitCode.DONE,
    Verdict.INVALID: ExitCode.REFUSED,
    Verdict.INDETERMINATE: ExitCode.UNAVAILABLE,
}


def verify(
    context: typer.Context,
    *,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The credential; - reads standard input.")],
    policy: Annotated[
        str, typer.Option("--policy", metavar="|".join(POLICIES), help="Which checks a valid credential needs.")
    ] = "default",
    offline: Annotated[
        str | None,
        typer.Option(
            "--offline", metavar="BUNDLE", help="Ask no network and no installation: a file that `bundle` made."
        ),
    ] = None,
    trust: Annotated[
        str | None,
        typer.Option(
            "--trust",
            metavar="FILE",
            help="With --offline, the DID document (did.json) of the organization whose bundles are believed. By "
            "default that of this machine's installation.",
        ),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Is it the credential of a person of this name?")] = None,
    email: Annotated[str | None, typer.Option("--email", help="… of a person with this e-mail address?")] = None,
    did: Annotated[str | None, typer.Option("--did", help="… of the holder of this DID?")] = None,
    domain: Annotated[
        str | None,
        typer.Option("--domain", help="With --challenge: does the holder present it, for whom it was asked?"),
    ] = None,
    challenge: Annotated[
        str | None, typer.Option("--challenge", help="With --domain: what the presentation was asked for with.")
    ] = None,
    receipt: Annotated[
        Path | None,
        typer.Option("--receipt", metavar="FILE", help="Write a signed receipt of the verification into a new file."),
    ] = None,
    data: Data = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Verify a credential: 0 valid, 1 invalid, 2 could not be checked / 証明を検証する"""
    terminal = terminal_of(context)
    if policy not in POLICIES:
        raise typer.BadParameter(f"--policy {'|'.join(POLICIES)}")
    if trust is not None and offline is None:
        raise typer.BadParameter("--trust needs --offline")
    if receipt is not None and offline is not None:
        raise typer.BadParameter("--receipt needs the installation, which --offline does not ask")
    if (domain is None) != (challenge is None):
        raise typer.BadParameter("--domain and --challenge need each other")
    asked = any(each is not None for each in (name, email, did))
    wanted = Wanted(
        recipient=Person(name=name, email=email, did=did) if asked else None,
        for_us=None if domain is None else Expected(domain=domain, challenge=challenge),
    )
    received = read_bytes(file)
    report: AnyReport
    more: Mapping[str, Any] = {}
    lines: list[str] = []
    without_receipt: Error | None = None
    try:
        if offline is not None:
            found = verified_offline(received, offline, policy=policy, trust=trust, data=data, wanted=wanted)
            report, more, lines = found.report, {"bundle": found.json}, found.lines(terminal)
        else:
            with opened(data) as service, recognizing(received):
                report = service.verify_handed_in(received, policy=policy, now=service.clock(), wanted=wanted)
                if receipt is not None:
                    without_receipt = write_receipt(service, report, received, receipt)
    except BundleForged:
        raise  # that is found
    except (Malformed, Unsupported, Unacceptable, TooLarge) as error:
        # Nothing was verified, so nothing was found against anybody.
        terminal.refuse(error.code, said_of(error), error.pointer)
        raise typer.Exit(ExitCode.UNAVAILABLE) from error
    terminal.show({**any_report_json(report, terminal.language), **more}, *report_lines(terminal, report), *lines)
    if without_receipt is not None:
        terminal.refuse(without_receipt.code, said_of(without_receipt))
        raise typer.Exit(ExitCode.UNAVAILABLE)
    raise typer.Exit(_EXIT[report.verdict])
