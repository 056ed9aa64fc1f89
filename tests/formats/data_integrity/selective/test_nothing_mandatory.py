"""DI-08: under a base proof with nothing mandatory, a credential inside the document could be shown as the whole."""

from pathlib import Path

import pytest

from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.selective.base_proof import add_base_proof
from jmc_vc.formats.jsonld import DataLoss
from tests.builders.badges import small_badge
from tests.builders.contexts import shipped_contexts
from tests.builders.disclosed import CREATED, P256Key, shown, verify

VECTOR = Path(__file__).parents[3] / "vectors" / "ecdsa-sd-2023" / "nothing-mandatory"
"""Issued and derived as the specification has it, and as others may."""


@pytest.mark.parametrize("pointers", [["/name"], [""]], ids=["a part", "everything"])
def test_what_is_derived_from_a_proof_without_mandatory_statements_does_not_hold(pointers: list[str]) -> None:
    base = strict_json.parse_object((VECTOR / "base.json").read_bytes())
    with pytest.raises(DataLoss, match=r"^proof\.coverage at /proof/proofValue$"):
        verify(shown(base, *pointers))


def test_the_vector_is_refused() -> None:
    with pytest.raises(DataLoss, match=r"^proof\.coverage at /proof/proofValue$"):
        verify(strict_json.parse_object((VECTOR / "derived.json").read_bytes()))


def test_nothing_is_signed_of_which_nothing_is_mandatory() -> None:
    with pytest.raises(DataLoss, match=r"^proof\.coverage$"):
        add_base_proof(
            small_badge(),
            verification_method=P256Key().method,
            created=CREATED,
            sign=_never,
            contexts=shipped_contexts(),
            mandatory_pointers=[],
            random=_some_bytes,
        )


def _some_bytes(count: int) -> bytes:
    return bytes(range(1, count + 1))


def _never(message: bytes) -> bytes:
    raise AssertionError(message)
