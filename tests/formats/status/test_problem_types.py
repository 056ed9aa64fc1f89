"""BS-03: what is wrong with a status list is answered as an error of the W3C specifications too."""

import importlib
import pkgutil

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats import status
from jmc_vc.formats.data_model.problem_details import problem_type

UNNAMED = {"status.unsupported"}
"""W3C has no name for the status lists of others."""


def _codes(kind: type[Error]) -> set[str]:
    own = {kind.code} if kind.__module__.startswith("jmc_vc.formats.status.") else set()
    return own.union(*map(_codes, kind.__subclasses__()))


def test_every_refusal_of_a_status_list_has_a_problem_type() -> None:
    for module in pkgutil.iter_modules(status.__path__, f"{status.__name__}."):
        importlib.import_module(module.name)
    assert {code for code in _codes(Error) if problem_type(code) is None} == UNNAMED


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("status.length", "STATUS_LIST_LENGTH_ERROR"),
        ("status.range", "RANGE_ERROR"),
        ("status.retrieval", "STATUS_RETRIEVAL_ERROR"),
        ("status.verification", "STATUS_VERIFICATION_ERROR"),
        ("status.purpose", "STATUS_VERIFICATION_ERROR"),
        ("status.stale", "STATUS_VERIFICATION_ERROR"),
        ("status.nested", "STATUS_VERIFICATION_ERROR"),
        ("status.format", "MALFORMED_VALUE_ERROR"),
    ],
)
def test_bs_03_a_code_is_answered_as_the_error_of_the_specification(code: str, name: str) -> None:
    found = problem_type(code)
    assert found is not None
    assert found.partition("#")[2] == name
