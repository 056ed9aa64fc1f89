"""Close keys that sign no more. A serving process keeps keys open that it signs with; one that another process has
retired, destroyed or reported as stolen is of no use to anybody but a thief of its memory.

Closing lets go of the key; what of it Python leaves in freed memory is gone with the next restart.
"""

from dataclasses import dataclass, field
from datetime import datetime

from jmc_vc.domain.signing_key import KEYS_CACHED
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class CloseKeys:
    """To be called all the time; it looks once in the minute after which nobody outside believes an old key either."""

    database: Database
    keyring: Keyring
    _looked: list[datetime] = field(default_factory=list, repr=False, compare=False)

    def __call__(self, *, now: datetime) -> None:
        """Close what is not active, if it is time."""
        if self._looked and abs(now - self._looked[0]) < KEYS_CACHED:
            return
        with self.database.read() as snapshot:
            active = snapshot.signing_keys.all_active()
        self.keyring.keep_open(active)
        self._looked[:] = [now]
