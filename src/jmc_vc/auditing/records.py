"""What is done with the records in one value: `service.records.verify_log()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.auditing.export_audit import ExportAudit
from jmc_vc.auditing.replay import Replay
from jmc_vc.auditing.restore_log import RestoreLog
from jmc_vc.auditing.verify_audit import VerifyAudit
from jmc_vc.auditing.verify_log import VerifyLog
from jmc_vc.domain.identifiers import Site
from jmc_vc.formats.transparency.checkpoint import Checkpoint
from jmc_vc.formats.transparency.tile_tree import Hashes
from jmc_vc.formats.transparency.verifier_key import VerifierKey
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.database import Database
from jmc_vc.storage.public_log import ReadPublicLog


@dataclass(frozen=True, kw_only=True)
class Records:
    """Each field a use case."""

    verify_log: VerifyLog
    verify_audit: VerifyAudit
    export_audit: ExportAudit
    restore: RestoreLog


def records(
    database: Database,
    site: Site,
    *,
    kek: KeyEncryptionKey | None,
    clock: Callable[[], datetime],
    keys: Callable[[], tuple[VerifierKey, ...]],
    compromised: Callable[[], Mapping[VerifierKey, datetime]],
    anchored: Callable[[], Checkpoint | None],
    hashes: Callable[[ReadPublicLog, int], Hashes],
    replay: Replay,
) -> Records:
    """The records of `site`; `kek` is None where it is not the database's, the rest is as in `VerifyLog` and
    `RestoreLog`."""
    return Records(
        verify_log=VerifyLog(database=database, site=site, keys=keys, compromised=compromised, kek=kek, clock=clock),
        verify_audit=VerifyAudit(database=database, site=site, clock=clock),
        export_audit=ExportAudit(database=database),
        restore=RestoreLog(database=database, site=site, keys=keys, anchored=anchored, hashes=hashes, replay=replay),
    )
