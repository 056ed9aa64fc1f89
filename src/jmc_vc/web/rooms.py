"""Room for what is under way at a time, of which nobody may take all."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from jmc_vc.errors import TooMany, Unavailable


class TooManyFromOne(TooMany):
    """This client has too many verifications under way."""

    code = "verify.too_many"


class Crowded(Unavailable):
    """Too many verifications are under way."""

    code = "verify.crowded"


class Room:
    """Places, of which one client may take so many. Used from one event loop, so that counting needs no lock."""

    def __init__(self, *, most_from_one: int, most: int) -> None:
        self._most_from_one = most_from_one
        self._most = most
        self._taken: Counter[str] = Counter()

    @contextmanager
    def place(self, client: str) -> Iterator[None]:
        """One for `client`, until the block ends. Raises TooManyFromOne, Crowded."""
        self.take(client)
        try:
            yield
        finally:
            self.leave(client)

    def require_place(self, client: str, places: int = 1) -> None:
        """Raise TooManyFromOne or Crowded if `client` could not have so many more."""
        if self._taken[client] + places > self._most_from_one:
            raise TooManyFromOne
        if self._taken.total() + places > self._most:
            raise Crowded

    def take(self, client: str, places: int = 1) -> None:
        """So many more for `client`. Raises TooManyFromOne, Crowded."""
        self.require_place(client, places)
        self._taken[client] += places

    def leave(self, client: str, places: int = 1) -> None:
        """So many of `client` are free again."""
        self._taken[client] -= places
        if not self._taken[client]:
            del self._taken[client]
