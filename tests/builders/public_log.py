"""The public log of a test's installation: what was written, its heads, and entries that tests put in themselves."""

import itertools
import json
import time
from dataclasses import replace
from typing import Any

from jmc_vc.formats.transparency.entry_bundle import read_bundle
from jmc_vc.formats.transparency.entry_types import StatusChanged
from jmc_vc.formats.transparency.tile import tiles_added
from jmc_vc.storage.public_log import Checkpoint, NewEntry
from tests.builders.installation import Installation


def advance(installation: Installation, **options: Any) -> Checkpoint | None:
    """A second later, bring the log up to date."""
    installation.clock.move(seconds=1)
    return installation.service.log.advance(now=installation.now, **options)


def let_seconds_pass(installation: Installation) -> None:
    """From now on a second goes by between two heads, on the clock that never goes back, too."""
    seconds = itertools.count(time.monotonic() + 1, 1.0)
    log = installation.service.log
    advance = replace(log.advance, monotonic=lambda: next(seconds))
    installation.service = replace(installation.service, log=replace(log, advance=advance))


def written(installation: Installation) -> list[dict[str, Any]]:
    """Every entry, those that wait at the end."""
    with installation.service.database.read() as snapshot:
        log = snapshot.public_log
        return [json.loads(entry.body) for entry in (*log.entries(0, 1 << 40), *log.waiting(1 << 20))]


def without_heads(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that use cases wrote."""
    return [entry for entry in entries if entry["type"] != "audit-head"]


def put_in(installation: Installation, count: int) -> None:
    """`count` entries, all different, in one transaction."""
    with installation.service.database.begin() as tx:
        tx.public_log.append(
            NewEntry.of(
                StatusChanged(
                    at=installation.now, issuer="did:web:a.example", list_number=1, status_index=n, state="active"
                )
            )
            for n in range(count)
        )


def published_entries(installation: Installation, size: int) -> list[bytes]:
    """The leaves of the first `size` entries, as a monitor reads them: from bundles alone."""
    bundles = [tile for tile in tiles_added(0, size) if tile.level is None]
    return [entry for tile in bundles for entry in read_bundle(installation.service.log.tile(tile.path), tile.width)]
