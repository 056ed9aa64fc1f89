"""The rows of the register against the digests that the audit log keeps with each act (`storage.row_records`).

Every column of every recorded table is held against what the last act left behind: a row that somebody changed, put in
or removed by hand is one that no act vouches for.
"""

from collections.abc import Iterator, Mapping

from jmc_vc.auditing.finding import Finding, unchecked, wrong
from jmc_vc.storage.row_records import RECORDED
from jmc_vc.storage.transaction import Snapshot


def verify_records(snapshot: Snapshot, rows: Mapping[str, str | None] | None) -> Iterator[Finding]:
    """`rows` are the digests that the audit log vouches for, by the names of rows; None where it does not."""
    if rows is None:
        if snapshot.public_log.latest() is not None:  # before the first head nothing was vouched for
            yield unchecked("record.rows_unchecked")
        return
    left = dict(rows)
    for table in RECORDED:
        for found in snapshot.ledger.row_records(table):
            known, said = found.name in left, left.pop(found.name, None)
            if found.digest is None:
                yield wrong("record.row_unreadable", row=found.name)
            elif not known or said is None:
                yield wrong("record.row_unrecorded", row=found.name)
            elif said != found.digest:
                yield wrong("record.row_changed", row=found.name)
    yield from (wrong("record.row_missing", row=name) for name, digest in left.items() if digest is not None)
