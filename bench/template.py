"""Issuing from a compiled template: what differs from one award to the next in, the final bytes of the credential out.

Everything else of the typical credential is the same for every learner of a program, so a service can work it out once.
The result is what signing the whole credential gives: `contestants.agree` compares the two.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bench.typical import CREATED, Material
from jmc_vc.formats.data_integrity.proof_template import compile_proof_template

Award = Mapping[str, str]
"""The values of VARIABLES for one learner."""

VARIABLES: Mapping[str, tuple[str | int, ...]] = {
    "id": ("id",),
    "learner": ("credentialSubject", "id"),
    "identity_hash": ("credentialSubject", "identifier", 0, "identityHash"),
    "salt": ("credentialSubject", "identifier", 0, "salt"),
    "evidence": ("evidence", 0, "id"),
    "status": ("credentialStatus", "id"),
    "status_index": ("credentialStatus", "statusListIndex"),
}
"""What differs between two credentials of `bench.typical`, and where it stands."""


def award_of(credential: Mapping[str, Any]) -> Award:
    """What is particular to `credential`."""
    return {name: _at(credential, path) for name, path in VARIABLES.items()}


def _at(credential: Any, path: Sequence[str | int]) -> str:
    for step in path:
        credential = credential[step]
    text: str = credential
    return text


def template(given: Material) -> tuple[Callable[[Award], bytes], Sequence[Award]] | None:
    """What issues one award, and the awards of the pool in its order; None where there are no templates.

    Compiling the template is not measured: it happens once for a program and a key.
    """
    awards = tuple(award_of(credential) for credential in given.unsigned)
    issue = compiled_template(given)
    return (issue, awards) if issue else None


def compiled_template(given: Material) -> Callable[[Award], bytes] | None:
    """Compiles `given.unsigned[0]` with VARIABLES left open, for `given.method`, `given.signer` and CREATED."""
    compiled = compile_proof_template(
        given.unsigned[0],
        list(VARIABLES.values()),
        verification_method=given.method,
        created=CREATED,
        contexts=given.contexts,
    )
    if compiled is None:
        return None

    def issue(award: Award) -> bytes:
        secured = compiled.secure(list(award.values()), created=CREATED, sign=given.signer.sign)
        assert secured is not None
        return secured[1]

    return issue
