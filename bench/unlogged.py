"""`jmc-vc serve` without the public log, to compare with: nothing is appended to it, and nobody brings it up to date.

The product has no such setting: what it signs without an entry, it would not take for its own.
"""

import sys

from jmc_vc.cli.main import execute
from jmc_vc.publishing.log_keeper import LogKeeper
from jmc_vc.storage.public_log import PublicLog


def _nothing(*_: object) -> None:
    """In the place of what is left out."""


def main() -> None:
    """Serve."""
    PublicLog.append = _nothing  # type: ignore[assignment, method-assign]
    LogKeeper.open = _nothing  # type: ignore[assignment, method-assign]
    sys.exit(execute(["serve"]))


if __name__ == "__main__":
    main()
