"""Which form of a thing, and which language, the client wants (RFC 9110 §12.5).

Headers are read leniently and in bounded work: a part that cannot be read counts as absent, and only the first parts
count."""

import re
from collections.abc import Sequence

_LONGEST = 2_048
"""Browsers send some 150 characters; what comes after the limit is not read."""
_MOST_PARTS = 32
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


def best_type(accept: str | None, offers: Sequence[str]) -> str | None:
    """The media type among `offers` (best first, without parameters) that `accept` likes most; None if it refuses them
    all.

    Among equals the one that is named more exactly wins (`application/json, */*` means JSON), then the one offered
    first."""
    ranges = _parts(accept)
    if not ranges:
        return offers[0]
    ranked = []
    for place, offer in enumerate(offers):
        exactness, quality = _match(offer, ranges)
        if quality > 0:
            ranked.append((quality, exactness, -place, offer))
    return max(ranked)[3] if ranked else None


def prefers_html(accept: str | None) -> bool:
    """A browser asks: HTML is wanted more than JSON."""
    return accept is not None and best_type(accept, ("application/json", "text/html")) == "text/html"


def best_language(accept_language: str | None, offers: Sequence[str] = ("ja", "en")) -> str:
    """The language among `offers` that is wanted most; the first one if none is."""
    wanted = {name.partition("-")[0].lower(): quality for name, quality in reversed(_parts(accept_language))}
    ranked = [(wanted.get(offer, wanted.get("*", 0.0)), -place, offer) for place, offer in enumerate(offers)]
    return max(ranked)[2]


def _match(offer: str, ranges: Sequence[tuple[str, float]]) -> tuple[int, float]:
    """How exactly the best matching range names `offer` (2, 1, 0; -1 = not at all), and its quality."""
    main_type = offer.partition("/")[0]
    exact = {offer: 2, f"{main_type}/*": 1, "*/*": 0}
    matches = [(exact[name], quality) for name, quality in ranges if name in exact]
    return max(matches, default=(-1, 0.0))


def _parts(header: str | None) -> list[tuple[str, float]]:
    if header is None:
        return []
    parts = []
    for part in header[:_LONGEST].split(",", _MOST_PARTS)[:_MOST_PARTS]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                quality = float(value.strip()) if _QUALITY.fullmatch(value.strip()) else 0.0
        if name:
            parts.append((name.lower(), quality))
    return parts
