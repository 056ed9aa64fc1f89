"""The pipeline of an installation, with other parts where it gathers its evidence."""

from dataclasses import replace
from typing import Any

from jmc_vc.verifying.gather import Gather
from jmc_vc.verifying.verify import Verify


def gather_of(verify: Verify) -> Gather:
    """What gathers, with its parts."""
    assert isinstance(verify.gather, Gather)
    return verify.gather


def gathering(verify: Verify, **parts: Any) -> Verify:
    """`verify` with these parts in the place of its own."""
    return replace(verify, gather=replace(gather_of(verify), **parts))
