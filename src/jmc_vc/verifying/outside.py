"""What lies on other hosts: which documents a verification needs of them, and what they answered.

A verification never fetches. It is an `Inquiry`: work that stops where it needs something from outside, and goes on
with the answers. So whoever runs it decides where the waiting is done (`fetch_outside` does it on the spot, the web on
threads of its own), a bundle of saved documents answers as well as the network, and nobody waits for a slow host while
holding a database transaction. What needs nothing from outside never stops.
"""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from jmc_vc.errors import Error, Unavailable
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.fetching.gateway import Fetched

T = TypeVar("T")


class NotAskedFor(Unavailable):
    """The document was not asked for: this request has no time or no further document to spend, or nobody said that it
    would be needed."""

    code = "fetch.budget"


@dataclass(frozen=True)
class Need:
    """A document at an address."""

    address: str
    kind: DocumentKind


@dataclass(frozen=True)
class Needs:
    """What is needed at once: documents, each named once, the most important first; and what the QR code in a
    `picture` says, which is read in a process of its own."""

    documents: tuple[Need, ...]
    picture: bytes | None = None

    @staticmethod
    def of(documents: Iterable[Need | None]) -> "Needs":
        """Those of `documents` that are some."""
        return Needs(tuple(dict.fromkeys(each for each in documents if each is not None)))

    def besides(self, outside: "Outside") -> "Needs":
        """Those that were not asked for yet."""
        return Needs(tuple(each for each in self.documents if each not in outside.answers))

    def __bool__(self) -> bool:
        return bool(self.documents) or self.picture is not None


@dataclass(frozen=True)
class Outside:
    """The answers: each document, or why it is not there; and the text of the code, or why it cannot be read."""

    answers: Mapping[Need, Fetched | Error] = field(default_factory=dict)
    code: str | Error | None = None

    def get(self, need: Need) -> Fetched:
        """The document. Raises why it is not there: an error of the gateway, or NotAskedFor."""
        answer = self.answers.get(need)
        if isinstance(answer, Fetched):
            return answer
        raise answer if answer is not None else NotAskedFor()

    def text_of_code(self) -> str:
        """What the code in the picture says. Raises why it cannot be read, or NotAskedFor."""
        if isinstance(self.code, str):
            return self.code
        raise self.code if self.code is not None else NotAskedFor()

    def __or__(self, other: "Outside") -> "Outside":
        return Outside({**self.answers, **other.answers})


NOTHING = Outside()

Steps: TypeAlias = Generator[Needs, Outside, T]
"""The work of an inquiry: yields what it needs, is sent what there is, returns its result."""


def obtain(needs: Needs) -> Steps[Outside]:
    """What there is of `needs`; without a stop if that is nothing."""
    return (yield needs) if needs else NOTHING


def together(inquiries: Sequence[Steps[T]]) -> Steps[list[T]]:
    """The results of several inquiries, which stop together: what they need is asked for at once."""
    results: dict[int, T] = {}
    waiting: dict[int, Needs] = {}

    def proceed(place: int, outside: Outside | None) -> None:
        try:
            waiting[place] = next(inquiries[place]) if outside is None else inquiries[place].send(outside)
        except StopIteration as end:
            results[place] = end.value

    for place in range(len(inquiries)):
        proceed(place, None)
    while waiting:
        outside = yield Needs.of(need for needs in waiting.values() for need in needs.documents)
        stopped, waiting = [*waiting], {}
        for place in stopped:
            proceed(place, outside)
    return [results[place] for place in range(len(inquiries))]


class Inquiry(Generic[T]):
    """A verification on its way."""

    def __init__(self, steps: Steps[T]) -> None:
        self._steps = steps

    def begin(self) -> "Needs | Finished[T]":
        """Work until something is needed, or to the end. Raises what the work raises."""
        return self._until(lambda: next(self._steps))

    def go_on(self, outside: Outside) -> "Needs | Finished[T]":
        """The same with what was needed."""
        return self._until(lambda: self._steps.send(outside))

    @staticmethod
    def _until(work: Callable[[], Needs]) -> "Needs | Finished[T]":
        try:
            return work()
        except StopIteration as end:
            return Finished(end.value)


@dataclass(frozen=True)
class Finished(Generic[T]):
    """The end of an inquiry."""

    result: T
