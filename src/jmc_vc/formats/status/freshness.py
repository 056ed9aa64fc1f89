"""A status list counts between its own dates, and time does not run backwards.

An old list is a good list as far as signatures go: whoever keeps the one from before a revocation could serve it for
ever. Its dates end that, and a reader who remembers the newest list of an address does not take an older one.
"""

from datetime import datetime, timedelta

from jmc_vc.errors import Unacceptable


class StaleStatusList(Unacceptable):
    """The list is not yet or no longer valid, or older than one seen before at the same address."""

    code = "status.stale"


def require_fresh(
    *,
    issued: datetime | None,
    expires: datetime | None,
    now: datetime,
    skew: timedelta = timedelta(0),
    newest_seen: datetime | None = None,
) -> None:
    """Raises status.stale. `issued` and `expires` are the list's `validFrom` and `validUntil`, or `iat` and `exp`;
    `skew` is how far two clocks may differ; `newest_seen` is `issued` of the newest list read at this address.

    A list that says no date is taken as far as that date goes, unless a dated one was seen before."""
    if issued is not None and now + skew < issued:
        raise StaleStatusList
    if expires is not None and now - skew > expires:
        raise StaleStatusList
    if newest_seen is not None and (issued is None or issued < newest_seen):
        raise StaleStatusList
