"""Which errors say that nobody could look, and which that something is bad (SR-7)."""

from collections.abc import Iterator

import pytest

import jmc_vc.web.vc_api  # noqa: F401 - every kind of error is declared with it
from jmc_vc.errors import Error
from jmc_vc.verifying.undecided import UNDECIDED, could_not_check


def _kinds(base: type[Error]) -> Iterator[type[Error]]:
    for each in base.__subclasses__():
        yield each
        yield from _kinds(each)


KINDS = {each.code: each for each in _kinds(Error)}

OPEN = [
    "canon.limit", "context.unknown", "did.forbidden", "did.limit", "did.redirect", "did.stale", "did.syntax",
    "did.tls", "did.unavailable", "did.unsupported", "disclosure.hash", "disclosure.limit",
    "disclosure.not_allowed", "envelope.media_type", "fetch.budget", "key.issuer_unstated",
    "key.unavailable", "key.unsupported", "parse.limit", "parse.size", "proof.limit",
    "proof.suite_unsupported", "status.retrieval", "token.algorithm_unsupported", "token.size", "verify.crowded",
    "verify.open_badges_2", "verify.too_many_parts", "verify.unsupported_token",
]  # fmt: skip
BAD = [
    "claims.mismatch", "claims.not_allowed", "context.not_allowed", "did.mismatch", "key.binding", "key.exposed",
    "key.invalid", "key.unknown", "key.weak", "parse.syntax", "proof.crypto", "proof.domain",
    "proof.missing", "proof.suite", "token.algorithm", "token.critical", "token.syntax", "token.type",
    "verify.not_a_credential", "vp.expired", "vp.holder_key", "vp.nested", "vp.unsecured",
]  # fmt: skip


@pytest.mark.parametrize("code", OPEN)
def test_what_could_not_be_looked_at_is_open(code: str) -> None:
    assert could_not_check(KINDS[code]())


@pytest.mark.parametrize("code", BAD)
def test_what_was_looked_at_and_is_bad_is_not_open(code: str) -> None:
    assert not could_not_check(KINDS[code]())


def test_every_code_in_the_table_is_that_of_an_error() -> None:
    assert KINDS.keys() >= UNDECIDED
    assert set(OPEN) >= UNDECIDED
