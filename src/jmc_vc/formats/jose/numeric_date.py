"""NumericDate, the time of a token: seconds since 1970 in UTC (RFC 7519 §2).

Credentials write moments as text with an offset (`openbadges.date_time`); a token repeats some of them as numbers. A
number that names no moment of the calendar is refused, so that no reader can take it for "for ever".
https://www.rfc-editor.org/rfc/rfc7519#section-2
"""

from datetime import UTC, datetime, timedelta

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.openbadges.date_time import LAST
from jmc_vc.formats.strict_json import JsonValue

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = int((LAST - EPOCH).total_seconds())


class NotANumericDate(Unacceptable):
    """Not a number, or one that names no moment between 1970 and the end of the calendar."""

    code = "schema.numeric_date"


def read_numeric_date(value: JsonValue, *, pointer: str) -> datetime:
    """The moment in UTC; fractions of a second are allowed. Raises NotANumericDate, for true and false too."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LATEST:
        raise NotANumericDate(pointer=pointer)
    return EPOCH + timedelta(seconds=value)


def write_numeric_date(moment: datetime, *, pointer: str) -> int:
    """`moment` in whole seconds, its fraction cut off. Raises NotANumericDate before 1970."""
    if moment < EPOCH:
        raise NotANumericDate(pointer=pointer)
    return (moment - EPOCH) // timedelta(seconds=1)
