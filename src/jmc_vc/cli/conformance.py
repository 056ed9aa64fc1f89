"""`conformance dids`, and, for the suite of VC-JOSE-COSE, `conformance issue` and `conformance verify`.

The suite wants an answer in a file whatever comes: `{"result": "success" | "failure" | "indeterminate" | "error",
"data": …}`. A failure is an answer, so the exit code only says whether there is one.
"""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import orjson
import typer

from jmc_vc.cli.files import FileUnreadable, FileUnwritable, read_bytes
from jmc_vc.cli.opening import opened
from jmc_vc.cli.options import AsJson, Data, Lang
from jmc_vc.cli.terminal import ExitCode, said_of, terminal_of
from jmc_vc.conforming import jose_suite
from jmc_vc.conforming.jose_key import KeyOfAFile, read_key
from jmc_vc.conforming.jose_suite import JoseFeature, NoCose
from jmc_vc.errors import Error
from jmc_vc.formats import strict_json
from jmc_vc.formats.encoding import base64url
from jmc_vc.settings import ConfigurationError

_SALT_BYTES = 16
"""128 bits (RFC 9901 §9.3)."""

group = typer.Typer(help="The public test suites of W3C / 規格適合試験", no_args_is_help=True)


class ConformanceOff(ConfigurationError):
    """The service has no interface for the test suites, because nobody asked for it."""

    code = "conformance.off"


Input = Annotated[str, typer.Option("--input", metavar="FILE", help="The document, or the token.")]
Key = Annotated[str, typer.Option("--key", metavar="FILE", help="A JsonWebKey with its private part.")]
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

    def work(data: bytes, key_of_file: KeyOfAFile) -> str:
        return jose_suite.issue(
            feature,
            strict_json.parse_object(data),
            key_of_file,
            disclosable=disclosable,
            salts=lambda: base64url.encode(secrets.token_bytes(_SALT_BYTES)),
        )

    _answer(work, input, key, output)


@group.command("verify", hidden=True)
def verify(*, input: Input, key: Key, feature: Feature, output: Output) -> None:  # noqa: A002
    """Verify a token for the suite of VC-JOSE-COSE."""
    _answer(
        lambda data, key_of_file: jose_suite.verify(feature, data.decode("ascii", "replace").strip(), key_of_file),
        input,
        key,
        output,
    )


def _answer(work: Callable[[bytes, KeyOfAFile], str], file: str, key_file: str, output: Path) -> None:
    try:
        result, data = "success", work(read_bytes(file), read_key(strict_json.parse_object(read_bytes(key_file))))
    except NoCose as error:
        result, data = "indeterminate", said_of(error).en
    except FileUnreadable as error:
        result, data = "error", said_of(error).en
    except Error as error:
        result, data = "failure", f"{error}: {said_of(error).en}"
    try:
        output.write_bytes(orjson.dumps({"result": result, "data": data}))
    except OSError as err:
        raise FileUnwritable(file=str(output)) from err
    if result == "error":
        raise typer.Exit(ExitCode.UNAVAILABLE)


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
