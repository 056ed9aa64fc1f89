"""What is written to the log: one line of JSON per request or job, made of listed fields only.

The log is no place for personal data (invariant 26): a field that is not in `FIELDS` is dropped, an exception is told
by its type and by where in our code it came up, never by its text, which may hold rows or parameters of a statement.
"""

import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog

FIELDS = frozenset(
    {
        "event", "level", "timestamp",
        "actor", "code", "count", "error", "file", "form", "issuer", "method", "milliseconds", "program", "route",
        "state", "status", "trace_id", "verdict", "version", "where",
    }
)  # fmt: skip
"""`route` is the pattern of the path, not the path: the address of a credential is a secret of its holder."""

events: structlog.typing.FilteringBoundLogger = structlog.get_logger("jmc_vc")


def configure(stream: TextIO = sys.stderr) -> None:
    """Write events to `stream` as lines of JSON, time in UTC."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_listed_fields,
            structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )


def only_listed_fields(_: Any, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Drop what is not listed."""
    return {name: value for name, value in event.items() if name in FIELDS}


def where_it_broke(error: BaseException) -> str:
    """The innermost line of our own code in the traceback of `error`, as `web/app.py:12`."""
    place = "outside"
    root = Path(__file__).parent
    trace = error.__traceback__
    while trace is not None:
        # A compiled module names its file from the package on (`jmc_vc/formats/jcs.py`), the others by the whole path.
        path = root.parent / trace.tb_frame.f_code.co_filename
        if path.is_relative_to(root):
            place = f"{path.relative_to(root).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
