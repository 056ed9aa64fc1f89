"""The public log in one value: `service.log.tile("tile/0/000")`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.configuration_errors import BadWitness
from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Error
from jmc_vc.formats.transparency.verifier_key import SignatureType, VerifierKey, read_verifier_key
from jmc_vc.publishing.advance_log import AdvanceLog
from jmc_vc.publishing.log_anchor import LogAnchor
from jmc_vc.publishing.log_beginning import Announcer
from jmc_vc.publishing.log_head import PublishCosignedHead, PublishLogHead
from jmc_vc.publishing.log_keeper import LogKeeper
from jmc_vc.publishing.log_key import PublishLogKeys
from jmc_vc.publishing.log_proof import FindLogEntry, ProveLogGrowth
from jmc_vc.publishing.log_tile import PublishLogTile
from jmc_vc.publishing.take_cosignature import TakeCosignature
from jmc_vc.settings import Settings, variable_of
from jmc_vc.signing.keyring import Keyring
from jmc_vc.storage.anchor_file import AnchorFile
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class PublishedLog:
    """What anyone may fetch of it, each field a use case; `advance` brings it up to date, and `keeper` does so all the
    time while the service runs."""

    head: PublishLogHead
    cosigned_head: PublishCosignedHead
    verifier_keys: PublishLogKeys
    tile: PublishLogTile
    entry: FindLogEntry
    growth: ProveLogGrowth
    advance: AdvanceLog
    anchor: LogAnchor
    take_cosignature: TakeCosignature
    keeper: LogKeeper


def published_log(
    database: Database,
    site: Site,
    keyring: Keyring,
    announce: Announcer,
    clock: Callable[[], datetime],
    *,
    random: Callable[[int], bytes],
    settings: Settings,
    meanwhile: Callable[[datetime], object],
) -> PublishedLog:
    """The log of `site`, whose entries are in `database`. The keeper does `meanwhile` each time before it looks after
    the log. Raises BadWitness."""
    verifier_keys = PublishLogKeys(database=database, site=site)
    anchor = LogAnchor(
        file=None if settings.anchor_file is None else AnchorFile(settings.anchor_file),
        origin=site.log_origin,
        keys=verifier_keys,
    )
    advance = AdvanceLog(database=database, keyring=keyring, site=site, announce=announce, random=random, anchor=anchor)
    return PublishedLog(
        head=PublishLogHead(database=database),
        cosigned_head=PublishCosignedHead(database=database),
        verifier_keys=verifier_keys,
        tile=PublishLogTile(database=database),
        entry=FindLogEntry(database=database),
        growth=ProveLogGrowth(database=database),
        advance=advance,
        anchor=anchor,
        take_cosignature=TakeCosignature(database=database, witnesses=_witnesses(settings)),
        keeper=LogKeeper(lambda now: (meanwhile(now), advance(now=now)), clock),
    )


def _witnesses(settings: Settings) -> tuple[VerifierKey, ...]:
    try:
        keys = tuple(map(read_verifier_key, settings.witnesses))
        for key in keys:
            key.require(SignatureType.COSIGNATURE)
    except Error as err:
        raise BadWitness(setting=variable_of("witnesses")) from err
    return keys
