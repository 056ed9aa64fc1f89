"""SL-11: a list counts between its dates, and no older one after a newer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.status.freshness import require_fresh
from jmc_vc.sentences import SENTENCES

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

TAKEN: dict[str, dict[str, Any]] = {
    "inside its dates": {"issued": NOON - HOUR, "expires": NOON + HOUR},
    "at its first moment": {"issued": NOON, "expires": NOON + HOUR},
    "at its last moment": {"issued": NOON - HOUR, "expires": NOON},
    "without dates": {"issued": None, "expires": None},
    "ahead by less than clocks differ": {"issued": NOON + MINUTE, "expires": None, "skew": MINUTE},
    "over by less than clocks differ": {"issued": None, "expires": NOON - MINUTE, "skew": MINUTE},
    "the one seen before": {"issued": NOON - HOUR, "expires": None, "newest_seen": NOON - HOUR},
    "newer than the one seen before": {"issued": NOON, "expires": None, "newest_seen": NOON - HOUR},
}
STALE: dict[str, dict[str, Any]] = {
    "SL-11 past its validUntil": {"issued": NOON - HOUR, "expires": NOON - MINUTE},
    "not yet valid": {"issued": NOON + MINUTE, "expires": NOON + HOUR},
    "over by more than clocks differ": {"issued": None, "expires": NOON - 2 * MINUTE, "skew": MINUTE},
    "SL-11 older than one seen before": {"issued": NOON - HOUR, "expires": NOON + HOUR, "newest_seen": NOON - MINUTE},
    "SL-11 undated after a dated one": {"issued": None, "expires": None, "newest_seen": NOON - MINUTE},
}


@pytest.mark.parametrize("dates", TAKEN.values(), ids=TAKEN)
def test_a_list_in_date_is_taken(dates: dict[str, Any]) -> None:
    require_fresh(now=NOON, **dates)


@pytest.mark.parametrize("dates", STALE.values(), ids=STALE)
def test_a_list_out_of_date_is_stale(dates: dict[str, Any]) -> None:
    with pytest.raises(Error) as refusal:
        require_fresh(now=NOON, **dates)
    assert refusal.value.code == "status.stale"
    assert refusal.value.code in SENTENCES
