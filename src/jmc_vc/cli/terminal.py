"""How one run of the command speaks: its language, and whether it prints sentences or JSON.

`main.run` makes one and hands it to every command as the context's object; `--lang` and `--json` change it.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import typer

from jmc_vc.errors import Error, Param
from jmc_vc.sentences import Sentence, sentence


class ExitCode(IntEnum):
    """What a script sees. Nothing else is ever returned, except 130 after Ctrl+C."""

    DONE = 0
    REFUSED = 1
    UNAVAILABLE = 2
    USAGE = 64


@dataclass
class Terminal:
    """`language` is "ja" or "en"."""

    language: str
    as_json: bool = False

    def text(self, code: str, **params: Param) -> str:
        """The sentence of `code` in the language of this run; nothing that it tells of hides in it, or goes on in a
        line of its own."""
        shown = {name: readable(value) if isinstance(value, str) else value for name, value in params.items()}
        return sentence(code, **shown).in_language(self.language)

    def show(self, value: Any, *lines: str) -> None:
        """Print `value` as JSON if JSON is asked for, else the lines."""
        if self.as_json:
            typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
        else:
            for line in lines:
                typer.echo(line)

    def note(self, code: str, **params: Param) -> None:
        """A remark beside the output."""
        typer.echo(self.text(code, **params), err=True)

    def refuse(self, code: str, said: Sentence, pointer: str | None = None) -> None:
        """One line about what was not done, beside the output: a sentence, or the same as JSON."""
        if self.as_json:
            error = {"code": code, "pointer": pointer, "message": both(said)}
            typer.echo(json.dumps({"error": error}, ensure_ascii=False), err=True)
        else:
            place = "" if pointer is None else f" ({pointer})"
            typer.echo(f"jmc-vc: {said.in_language(self.language)}{place}", err=True)


def readable(text: str) -> str:
    """`text` as it is if one can see it all; else as JSON, with line breaks and signs that steer a terminal as
    escapes."""
    return text if text.isprintable() else json.dumps(text)


def terminal_of(context: typer.Context) -> Terminal:
    """The terminal that this command speaks to."""
    terminal = context.find_root().obj
    assert isinstance(terminal, Terminal)
    return terminal


def language_of(environ: Mapping[str, str]) -> str:
    """Japanese for a Japanese locale, else English. The order is POSIX's (Base Definitions §8.2)."""
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return "ja" if locale.startswith("ja") else "en"


def default_terminal() -> Terminal:
    """A terminal in the language of the environment. What its encoding cannot write is written as escapes, because an
    answer with an escape in it is better than none."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    return Terminal(language=language_of(os.environ))


def said_of(error: Error) -> Sentence:
    """The sentence of a refusal; a subclass may say the same code in a more exact one."""
    return sentence(getattr(error, "sentence_code", error.code), **error.params)


def both(said: Sentence) -> dict[str, str]:
    """A sentence as JSON."""
    return {"ja": said.ja, "en": said.en}
