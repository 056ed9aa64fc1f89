"""The head of the public log: its latest checkpoint, with the signatures of those who witnessed it."""

from dataclasses import dataclass

from jmc_vc.errors import NotFound
from jmc_vc.storage.database import Database
from jmc_vc.storage.public_log import Checkpoint
from jmc_vc.storage.transaction import Snapshot


class LogEmpty(NotFound):
    """No checkpoint was signed yet: there is no entry, or the first one is younger than a second."""

    code = "log.empty"


class NotCosigned(NotFound):
    """No checkpoint was cosigned by a witness yet."""

    code = "log.not_cosigned"


@dataclass(frozen=True)
class LogHead:
    """`note` is the checkpoint as it is served."""

    checkpoint: Checkpoint
    note: bytes


@dataclass(frozen=True, kw_only=True)
class PublishLogHead:
    """The latest checkpoint (https://c2sp.org/tlog-checkpoint)."""

    database: Database

    def __call__(self) -> LogHead:
        """The head. Raises LogEmpty."""
        with self.database.read() as snapshot:
            return latest_head(snapshot)


@dataclass(frozen=True, kw_only=True)
class PublishCosignedHead:
    """The latest checkpoint that a witness has signed. On a busy log no witness is as quick as the next checkpoint, so
    the latest one of all has no cosignature."""

    database: Database

    def __call__(self) -> LogHead:
        """The head. Raises NotCosigned."""
        with self.database.read() as snapshot:
            return cosigned_head(snapshot)


def cosigned_head(snapshot: Snapshot) -> LogHead:
    """The largest head with a witness's line. Raises NotCosigned."""
    found = snapshot.public_log.latest_cosigned()
    if found is None:
        raise NotCosigned
    return _served(snapshot, found)


def latest_head(snapshot: Snapshot) -> LogHead:
    """The head that the database has. Raises LogEmpty."""
    found = snapshot.public_log.latest()
    if found is None:
        raise LogEmpty
    return _served(snapshot, found)


def _served(snapshot: Snapshot, found: Checkpoint) -> LogHead:
    # A witness's line goes behind ours, which stays byte for byte what it was.
    return LogHead(found, "".join((found.note, *snapshot.public_log.cosignatures(found.size))).encode())
