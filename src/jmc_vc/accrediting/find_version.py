"""The version that a decision of JMC is about."""

from jmc_vc.domain.program import ProgramVersion
from jmc_vc.errors import NotFound
from jmc_vc.storage.transaction import Transaction


class VersionNotFound(NotFound):
    """No such program, or no such version of it."""

    code = "program.not_found"


def find_version(tx: Transaction, number: str, version: str) -> ProgramVersion:
    """The version, locked until the transaction ends. Raises VersionNotFound."""
    found = tx.programs.get(number, version)
    if found is None:
        raise VersionNotFound
    return found
