"""Options that many commands share, and how their values are read. A value of the wrong form is a usage error."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from jmc_vc.cli.terminal import terminal_of
from jmc_vc.domain.japan_time import jst_day, read_moment
from jmc_vc.domain.readable_line import LONGEST, is_readable_line
from jmc_vc.domain.vocabulary import VOCABULARIES
from jmc_vc.errors import Error

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGES = ("ja", "en")


def _use_language(context: typer.Context, value: str | None) -> str | None:
    if value is not None:
        if value not in _LANGUAGES:
            raise typer.BadParameter("must be ja / en")
        terminal_of(context).language = value
    return value


def _use_json(context: typer.Context, value: bool) -> bool:
    if value:
        terminal_of(context).as_json = True
    return value


def day(text: str) -> date:
    """A calendar date in Japan, as 2026-10-01."""
    try:
        if _DAY.fullmatch(text):
            return jst_day(read_moment(text))
    except Error:
        pass
    raise typer.BadParameter("must be a date, written as 2026-10-01")


def matching(pattern: str, example: str) -> Callable[[str], str]:
    """A reader of texts of one form."""
    form = re.compile(pattern)

    def read(text: str) -> str:
        if not form.fullmatch(text):
            raise typer.BadParameter(f"must be of the form {example}")
        return text

    return read


def line(text: str) -> str:
    """One line of text that one can read."""
    if not is_readable_line(text):
        raise typer.BadParameter(f"must be one line of 1–{LONGEST} characters")
    return text


def organization_type(text: str) -> str:
    """A code of the vocabulary `org-type`."""
    if text not in VOCABULARIES["org-type"]:
        raise typer.BadParameter("must be one of " + ", ".join(VOCABULARIES["org-type"]))
    return text


# Eager: a usage error further on is then told in the language, and in the form, that was asked for.
Lang: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--lang", metavar="ja|en", is_eager=True, callback=_use_language,
        help="Language of what is printed; by default that of the locale.",
    ),
]  # fmt: skip
AsJson: TypeAlias = Annotated[
    bool, typer.Option("--json", is_eager=True, callback=_use_json, help="Print JSON instead of sentences.")
]
Data: TypeAlias = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="The data folder; goes before JMC_VC_DATA_DIR."),
]
Yes: TypeAlias = Annotated[
    bool, typer.Option("--yes", help="Do not ask to type the number. Nothing is asked where no terminal is.")
]
DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")]
Reason: TypeAlias = Annotated[
    str, typer.Option("--reason", metavar="TEXT", parser=line, help="Why, in a line; it goes into the audit log.")
]
Number: TypeAlias = Annotated[str, typer.Argument(metavar="NUMBER", help="Program number, as JMC-P-900001.")]
Version: TypeAlias = Annotated[str, typer.Argument(metavar="VERSION", help="Version of the program, as 1.")]
Slug: TypeAlias = Annotated[str, typer.Argument(metavar="SLUG", help="The issuer's slug.")]
As: TypeAlias = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help="Which operator you are: the act needs a second one, who confirms it."),
]
ApprovalKeyFile: TypeAlias = Annotated[
    Path | None,
    typer.Option("--approval-key", metavar="FILE", help="Your approval key, from `operators keygen`."),
]
ByWhom: TypeAlias = Annotated[str, typer.Option("--as", metavar="NAME", help="Which operator you are.")]
ByKey: TypeAlias = Annotated[
    Path, typer.Option("--approval-key", metavar="FILE", help="Your approval key, from `operators keygen`.")
]
