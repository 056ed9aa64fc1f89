"""BS-03: what is wrong with a status list is answered as an error of the W3C specifications too."""

import pytest

from jmc_vc.formats.data_model.problem_details import problem_type


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
        ("status.unsupported", "STATUS_VERIFICATION_ERROR"),
        ("status.format", "MALFORMED_VALUE_ERROR"),
    ],
)
def test_bs_03_a_code_is_answered_as_the_error_of_the_specification(code: str, name: str) -> None:
    found = problem_type(code)
    assert found is not None
    assert found.partition("#")[2] == name
