"""`conformance dids`, and, for the suite of VC-JOSE-COSE, `conformance issue` and `conformance verify`.

The suite wants an answer in a file whatever comes: `{"result": "success" | "failure" | "indeterminate" | "error",
"data": …}`. A failure is an answer, so the exit code only says whether there is one: an error is a file that is not
there, or a key that is none.
"""

import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import orjson
import typer

from jmc_vc.cli.files import STANDARD_INPUT, read_bytes
from jmc_vc.cli.opening import opened
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.terminal import ExitCode, said_of, terminal_of
from jmc_vc.configuration_errors import ConfigurationError
from jmc_vc.conforming import jose_suite
from jmc_vc.conforming.jose_key import read_key, read_public_key
from jmc_vc.conforming.jose_suite import WITH_DISCLOSURES, JoseFeature, NoCose
from jmc_vc.errors import Conflict, Error
from jmc_vc.formats import strict_json
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.strict_json import JsonObject

_SALT_BYTES = 16
"""128 bits (RFC 9901 §9.3)."""

group = typer.Typer(help="The public test suites of W3C / 規格適合試験", no_args_is_help=True)


class ConformanceOff(ConfigurationError):
    """The service has no interface for the test suites, because nobody asked for it."""

    code = "conformance.off"


class OutputRefused(Conflict):
    """The result would be written over what it comes of, through a link to somewhere else or to what is no file, or
    cannot be written."""

    code = "conformance.output"


K = TypeVar("K")

Input = Annotated[str, typer.Option("--input", metavar="FILE", help="The document, or the token.")]
Key = Annotated[str, typer.Option("--key", metavar="FILE", help="A JsonWebKey; to sign, with its private part.")]
Feature = Annotated[JoseFeature, typer.Option("--feature", metavar="NAME", help=", ".join(JoseFeature))]
Output = Annotated[Path, typer.Option("--output", metavar="FILE", help="Where the result is written.")]
Disclosable = Annotated[
    str, typer.Option("--sd", metavar="JSON", help='What the holder may withhold, as ["credentialSubject.names[0]"].')
]


@group.command("dids")
def dids(context: typer.Context, data: Data = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """Print the DIDs of the test issuers, one for each kind of key / 規格適合試験の発行者の DID"""
    with opened(data) as service:
        if service.conformance is None:
            raise ConformanceOff
        found = service.conformance.issuers.dids()
    terminal_of(context).show(dict(found), *(f"{algorithm}  {did}" for algorithm, did in found.items()))


@group.command("issue", hidden=True)
def issue(*, input: Input, key: Key, feature: Feature, output: Output, sd: Disclosable = "[]") -> None:  # noqa: A002
    """Secure a document for the suite of VC-JOSE-COSE."""
    disclosable = _paths(sd)
    if disclosable and feature not in WITH_DISCLOSURES:
        raise typer.BadParameter("--sd goes with credential_sdjwt and presentation_sdjwt alone")
    _answer(
        lambda data, key_of_file: jose_suite.issue(
            feature,
            strict_json.parse_object(data),
            key_of_file,
            disclosable=disclosable,
            salts=lambda: base64url.encode(secrets.token_bytes(_SALT_BYTES)),
        ),
        read_key,
        input,
        key,
        output,
    )


@group.command("verify", hidden=True)
def verify(*, input: Input, key: Key, feature: Feature, output: Output) -> None:  # noqa: A002
    """Verify a token for the suite of VC-JOSE-COSE."""
    _answer(
        lambda data, public_key: jose_suite.verify(feature, data.decode("ascii", "replace").strip(), public_key),
        read_public_key,
        input,
        key,
        output,
    )


def _answer(
    work: Callable[[bytes, K], str], key_in: Callable[[JsonObject], K], file: str, key_file: str, output: Path
) -> None:
    _require_apart(output, file, key_file)
    result, data = _result(work, key_in, file, key_file)
    _write(output, orjson.dumps({"result": result, "data": data}))
    if result == "error":
        raise typer.Exit(ExitCode.UNAVAILABLE)


def _result(
    work: Callable[[bytes, K], str], key_in: Callable[[JsonObject], K], file: str, key_file: str
) -> tuple[str, str]:
    try:
        data, key = read_bytes(file), key_in(strict_json.parse_object(read_bytes(key_file)))
    except Error as error:
        return "error", _told(error)
    try:
        return "success", work(data, key)
    except NoCose as error:
        return "indeterminate", said_of(error).en
    except Error as error:
        return "failure", _told(error)


def _told(error: Error) -> str:
    return f"{error}: {said_of(error).en}"


def _require_apart(output: Path, *read: str) -> None:
    """The suite writes its results anew at every run, so what is there may be replaced, but nothing else."""
    if output.is_symlink():
        raise OutputRefused(file=str(output))
    for each in read:
        if each != STANDARD_INPUT and output.exists() and Path(each).exists() and output.samefile(each):
            raise OutputRefused(file=str(output))


def _write(output: Path, data: bytes) -> None:
    try:
        # A pipe that nobody reads would keep us waiting, and what is written to a device is no result.
        opened = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
        with os.fdopen(opened, "wb") as file:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise OutputRefused(file=str(output))
            file.truncate()
            file.write(data)
    except OSError as err:
        raise OutputRefused(file=str(output)) from err


def _paths(text: str) -> list[str]:
    """A list of texts in JSON."""
    try:
        found = strict_json.parse(text.encode())
    except Error:
        found = None
    paths = [each for each in found if isinstance(each, str)] if isinstance(found, list) else None
    if paths is None or not isinstance(found, list) or len(paths) != len(found):
        raise typer.BadParameter('must be a list in JSON, as ["credentialSubject.names[0]"]')
    return paths
