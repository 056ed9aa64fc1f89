"""Figures for Prometheus about what is fetched: counts and times by kind of document, never by host."""

from prometheus_client import CollectorRegistry, Counter, Histogram

_SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
"""Up to the longest that anybody waits."""


class FetchFigures:
    """The counters of one gateway; `register` shows them on a page."""

    def __init__(self) -> None:
        self._fetches = Counter(
            "jmc_vc_fetches",
            "Documents of other hosts asked for, by what came of it: copy, fetched, unchanged, stale, or the failure",
            ("kind", "outcome"),
            registry=None,
        )
        self._seconds = Histogram(
            "jmc_vc_fetch_seconds",
            "Time that other hosts took for a document",
            ("kind",),
            buckets=_SECONDS,
            registry=None,
        )

    def register(self, registry: CollectorRegistry) -> None:
        """Show the figures among those of `registry`."""
        registry.register(self._fetches)
        registry.register(self._seconds)

    def ended(self, kind: str, outcome: str) -> None:
        self._fetches.labels(kind, outcome).inc()

    def took(self, kind: str, seconds: float) -> None:
        self._seconds.labels(kind).observe(seconds)
