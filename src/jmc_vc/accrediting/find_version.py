"""The version that a decision of JMC is about."""

from jmc_vc.domain.program import ProgramNotFound, ProgramVersion
from jmc_vc.storage.transaction import Transaction


def find_version(tx: Transaction, number: str, version: str) -> ProgramVersion:
    """The version, locked until the transaction ends. Raises ProgramNotFound."""
    found = tx.programs.get(number, version)
    if found is None:
        raise ProgramNotFound
    return found
