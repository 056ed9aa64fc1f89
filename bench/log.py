"""The public log: what it costs to issue with it, and how its work grows.

`issue/log-…`: the service of the rows `issue/service-…` with its log, against the same without. Both run all the time
and take turns of a second or more, between which the log comes to rest.

`log/append/N`, `log/proof/N`: in a log of N entries, to append a thousand and sign the head over them, in one durable
transaction each; and to prove of an entry, which is another each time, that it is in the log. Their ratios are to those
of the smallest log: were the work linear, they would be 10, 100 and 1,000.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from itertools import count
from pathlib import Path
from random import Random
from statistics import median

from bench.row import Row
from bench.service import CONNECTIONS, WARM_UP_SECONDS, Served, durable_postgres, load, served
from jmc_vc.formats.transparency.entry_types import StatusChanged
from jmc_vc.storage.public_log import NewEntry
from tests.builders.installation import OPERATOR, Installation, make_installation
from tests.parts import PARTS

LEAST_KEPT = 0.90
"""What is left of the throughput: at most a tenth may be lost."""
SIZES = (1_000, 10_000, 100_000, 1_000_000)
MOST_GROWTH = 3.0
"""From a thousand entries to a million the paths of proofs double in length, and so do the tiles that are read."""
_TOGETHER = 1_000
_AT_ONCE = 16_000
_APPENDS, _PROOFS = 9, 300
_REST_SECONDS = 1.5
"""The log is brought up to date every second."""
_ROUNDS = 5


def rows(*, seconds: float, entries: int) -> list[Row]:
    """The rows of each database that is here, with `seconds` of load in all on each side, none if 0; and those of logs
    of up to `entries`."""
    found = []
    if seconds:
        found.append(_kept("sqlite", None, seconds))
        if programs := PARTS["postgres"].find():
            with durable_postgres(programs) as url, durable_postgres(programs) as other:
                found.append(_kept("postgresql", (url, other), seconds))
    return [*found, *(_growth(entries) if entries else ())]


def _versions() -> dict[str, str]:
    return {name: version(name) for name in ("jmc-vc", "uvicorn", "fastapi", "sqlalchemy")}


# --- with and without -------------------------------------------------------------------------------------------------


def _kept(database: str, urls: tuple[str, str] | None, seconds: float) -> Row:
    logged_url, unlogged_url = urls or (None, None)
    without = (sys.executable, "-m", "bench.unlogged")
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as one,
        tempfile.TemporaryDirectory(prefix="bench-") as another,
        served(Path(one), logged_url) as logged,
        served(Path(another), unlogged_url, without) as unlogged,
    ):
        for each in (logged, unlogged):
            load(each, CONNECTIONS, WARM_UP_SECONDS)
        turn = max(1.0, seconds / _ROUNDS)
        pairs = [(_rate(logged, turn), _rate(unlogged, turn)) for _ in range(_ROUNDS)]
    return Row(
        id=f"issue/log-{database}",
        ours=median(ours for ours, _ in pairs),
        peer=median(theirs for _, theirs in pairs),
        ratio=median(ours / theirs for ours, theirs in pairs),
        target=LEAST_KEPT,
        versions=_versions(),
        remark=f"{CONNECTIONS} connections; the peer is the service without its log",
    )


def _rate(running: Served, seconds: float) -> float:
    time.sleep(_REST_SECONDS)
    return load(running, CONNECTIONS, seconds).rate


# --- growth -----------------------------------------------------------------------------------------------------------


def _growth(most: int) -> Iterator[Row]:
    first: dict[str, float] = {}
    for size, works in _measured([size for size in SIZES if size <= most]):
        for work, milliseconds in works.items():
            smallest = first.setdefault(work, milliseconds)
            compared = size != SIZES[0]
            yield Row(
                id=f"log/{work}/{size}",
                ours=milliseconds,
                peer=smallest if compared else None,
                ratio=milliseconds / smallest if compared else None,
                target=MOST_GROWTH if compared else None,
                better="lower",
                unit="milliseconds",
                versions=_versions(),
                remark={"append": f"{_TOGETHER:,} entries and their head", "proof": "inclusion of one entry"}[work],
            )


def _measured(sizes: list[int]) -> Iterator[tuple[int, dict[str, float]]]:
    """For each size the milliseconds of both works."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        installation = make_installation(Path(folder))
        numbers, random = count(), Random(0)
        find, log = installation.service.log.entry, installation.service.log
        for size in sizes:
            while (missing := size - (here := _size(installation))) > 0:
                _append(installation, min(missing, _AT_ONCE), numbers)
                installation.clock.move(seconds=1)
                log.advance(now=installation.now)
                if _size(installation) == here:
                    raise RuntimeError("the log does not grow")
            proofs = [_milliseconds(partial(find, random.randrange(size))) for _ in range(_PROOFS)]
            appends = [_milliseconds(partial(_head, installation, numbers)) for _ in range(_APPENDS)]
            yield size, {"append": median(appends), "proof": median(proofs)}
        installation.service.database.close()


def _head(installation: Installation, numbers: "count[int]") -> None:
    installation.clock.now += timedelta(seconds=1)
    _append(installation, _TOGETHER, numbers)
    installation.service.log.advance(now=installation.now)


def _append(installation: Installation, many: int, numbers: "count[int]") -> None:
    did, now = installation.service.site.issuer_did("hoshimigaoka"), installation.now
    with installation.service.database.begin() as tx:
        tx.public_log.append(
            NewEntry.of(StatusChanged(at=now, issuer=did, list_number=1, status_index=next(numbers), state="revoked"))
            for _ in range(many)
        )
        tx.audit_log.append("status-changed", "bench", actor=OPERATOR, at=now)  # as every act does, in its own words


def _size(installation: Installation) -> int:
    with installation.service.database.read() as snapshot:
        return snapshot.public_log.size()


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1_000
