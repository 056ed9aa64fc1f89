"""The serving process's log: lines of JSON on standard error, from the level that the settings name."""

import logging

import structlog

from jmc_vc import event_log
from jmc_vc.event_log import events, where_it_broke


class _AsEvents(logging.Handler):
    """What libraries and the issuing desk log. Of an exception the type and the place are told, never the text: it may
    hold rows or parameters of a statement. Of a message its template, for the same reason."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        told = {} if error is None else {"error": type(error).__name__, "where": where_it_broke(error)}
        events.log(record.levelno, str(record.msg), **told)


def begin(level: str) -> None:
    """Log from `level` (debug, info, warning, error) on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    event_log.configure()
    # From here on nothing is configured otherwise in this process, so that a line need not look it up.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(number), cache_logger_on_first_use=True)
    # Libraries talk a lot below a warning, and not to operators.
    logging.basicConfig(handlers=[_AsEvents()], level=max(number, logging.WARNING), force=True)
