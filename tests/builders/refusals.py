"""How a reader answered input that may be anything: tests of arbitrary input ask for the code alone."""

from collections.abc import Callable

from jmc_vc.errors import Error


def refused_code(read: Callable[[], object]) -> str | None:
    """The code with which `read` refuses, None if it does not. Anything else that it raises is a defect."""
    try:
        read()
    except Error as refusal:
        return refusal.code
    return None
