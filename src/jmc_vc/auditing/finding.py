"""What an audit finds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from jmc_vc.errors import Param

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how much of how much was done."""


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be; `code` has its sentence, `params` say where. `unchecked`: it could not be
    looked at, which says nothing against it."""

    code: str
    params: Mapping[str, Param]
    unchecked: bool = False


def wrong(code: str, **params: Param) -> Finding:
    """It contradicts something."""
    return Finding(code, params)


def unchecked(code: str, **params: Param) -> Finding:
    """It could not be checked."""
    return Finding(code, params, unchecked=True)


def unseen(done: int, total: int) -> None:
    """The progress of what nobody watches."""
