"""The log keeper: a thread of the serving process that brings the public log up to date every second.

Every process of a service has one; the log sees to it that they do not get into each other's way.
"""

from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from jmc_vc.event_log import events, where_it_broke

EVERY = 1.0
"""Seconds: as often as a head may be signed."""
_LONGEST_PAUSE = 60.0
"""Seconds between attempts when they fail one after another: a full disk should not fill up with lines about it."""


class LogKeeper:
    """`advance` brings the log up to date at the time that `clock` gives it, `every` so many seconds."""

    def __init__(
        self, advance: Callable[[datetime], object], clock: Callable[[], datetime], *, every: float = EVERY
    ) -> None:
        self._every = every
        self._advance = advance
        self._clock = clock
        self._stopping = Event()
        self._thread: Thread | None = None

    def open(self) -> None:
        """Start. Opening twice does nothing."""
        if self._thread is not None:
            return
        self._stopping.clear()
        self._thread = Thread(target=self._keep, name="log-keeper", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finish what is under way, then stop. What still waits is the next process's."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _keep(self) -> None:
        pause = self._every
        while not self._stopping.wait(pause):
            try:
                self._advance(self._clock())
                pause = self._every
            except Exception as err:  # noqa: BLE001 - whatever it is, the entries are safe, and a later attempt may do
                pause = min(2 * pause, _LONGEST_PAUSE)
                events.error("log-not-advanced", error=type(err).__name__, where=where_it_broke(err))
