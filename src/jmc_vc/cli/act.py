"""What a dangerous act is made of, for the table in `acts`: what it takes, what it says, what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from jmc_vc.authorizing.approval import ProposalUnreadable
from jmc_vc.bootstrap import Service
from jmc_vc.cli.terminal import Terminal
from jmc_vc.domain.actor import Actor
from jmc_vc.formats.strict_json import JsonObject, JsonValue

Values: TypeAlias = Mapping[str, Any]
"""The arguments of an act, read: each as its reader gives it."""
Reader: TypeAlias = Callable[[JsonValue], Any]
"""From JSON to a value. Raises ProposalUnreadable."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """An act that is to be carried out. `actor` is both operators together, or, when it was not `approved` because
    there are too few of them, whoever is at the machine."""

    values: Values
    reason: str
    actor: Actor
    approved: bool
    now: datetime


def nothing_to_rehearse(_: Terminal, __: Service, ___: Values) -> None:
    """The plan has looked at everything."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """`reads` has a reader for each argument. `plan` says in the terminal's language what will be done, and raises what
    speaks against it already; it changes nothing, and asks nothing, so that anybody can look. `rehearse` raises what
    only shows with a file or a secret that whoever is at the terminal has to give. `do` does it and shows what became
    of it; it shows no secret, because another person may be at the terminal than who proposed it. An act
    `before_operators` is done at once, in production too, while there are fewer than two operators; one that
    `mends_rollback` is the only thing that is done with a database that was set back."""

    reads: Mapping[str, Reader]
    plan: Callable[[Terminal, Service, Values], str]
    do: Callable[[Terminal, Service, Order], None]
    rehearse: Callable[[Terminal, Service, Values], None] = nothing_to_rehearse
    before_operators: bool = False
    mends_rollback: bool = False


def read(act: Act, arguments: JsonObject) -> Values:
    """The arguments of `act`. Raises ProposalUnreadable."""
    if arguments.keys() != act.reads.keys():
        raise ProposalUnreadable
    return {name: reader(arguments[name]) for name, reader in act.reads.items()}


def text(value: JsonValue) -> str:
    """Any text."""
    if not isinstance(value, str):
        raise ProposalUnreadable
    return value


def optional_text(value: JsonValue) -> str | None:
    """Any text, or null."""
    return None if value is None else text(value)


def flag(value: JsonValue) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ProposalUnreadable
    return value


def moment(value: JsonValue) -> datetime:
    """A moment, as `datetime.isoformat` writes an aware one."""
    try:
        read = datetime.fromisoformat(text(value))
    except ValueError:
        raise ProposalUnreadable from None
    if read.tzinfo is None:
        raise ProposalUnreadable
    return read
