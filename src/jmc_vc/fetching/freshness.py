"""How long an answer is fresh. RFC 9111 §4.2, read as a cache that many share, within the bounds of the kind."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from jmc_vc.fetching.document_kind import Freshness

_NOT_KEPT: Final = frozenset({"no-store", "no-cache", "private"})
_SECONDS: Final = re.compile(r'"?([0-9]{1,9})"?', re.ASCII)


def fresh_for(headers: Mapping[str, str], bounds: Freshness) -> timedelta:
    """`s-maxage` or else `max-age` of Cache-Control, less the age that the answer has already; `usual` where neither is
    said; never outside of `bounds`, whatever the host says."""
    said = _directives(headers.get("cache-control", ""))
    if said.keys() & _NOT_KEPT:
        return bounds.least
    seconds = _seconds(said.get("s-maxage", said.get("max-age", "")))
    if seconds is None:
        return bounds.usual
    age = _seconds(headers.get("age", "").strip()) or 0
    return min(max(timedelta(seconds=seconds - age), bounds.least), bounds.most)


def _directives(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for directive in text.split(","):
        name, _, value = directive.partition("=")
        found.setdefault(name.strip().lower(), value.strip())
    return found


def _seconds(text: str) -> int | None:
    found = _SECONDS.fullmatch(text)
    return int(found[1]) if found else None
