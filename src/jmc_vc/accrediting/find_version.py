"""The version that a decision of JMC is about."""

from jmc_vc.domain.program import ProgramNotFound, ProgramVersion
from jmc_vc.storage.transaction import Transaction


def find_version(tx: Transaction, number: str, version: str) -> ProgramVersion:
    """The version, for a change: until the commit nobody else changes it or relies on it. Raises ProgramNotFound."""
    found = tx.programs.for_change(number, version)
    if found is None:
        raise ProgramNotFound
    return found
