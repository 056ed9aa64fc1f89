"""Fetch what inquiries need, all documents of one step at once, within the budget of the request.

The budget is for the request and never for a document (SR-6): a presentation that names a hundred hosts has eight
documents and three seconds, like everybody. What is left unasked is told as such; it is *unknown*, neither fine nor
forged.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

from jmc_vc.errors import Error
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.fetching.gateway import Fetched
from jmc_vc.isolation.read_code import ReadCode, code_reader
from jmc_vc.verifying.outside import Finished, Inquiry, Need, Needs, NotAskedFor, Outside, Steps

T = TypeVar("T")

MOST_DOCUMENTS: Final = 8
"""Of one request: a DID document, a list of revocations and one of suspensions, a newer copy and its own, and some for
a second issuer."""
SECONDS: Final = 3.0
"""For all of them together; somebody is waiting."""
THREADS: Final = 32
"""They wait and do nothing else. Of one host the gateway asks for few documents at a time, so four slow hosts do not
take them all."""


class Gets(Protocol):
    """What gets a document: the gateway, or a bundle of saved ones."""

    def get(self, address: str, kind: DocumentKind, *, deadline: float) -> Fetched:
        """The document. Raises an Error that says why it is not there."""
        ...


class Keeps(Protocol):
    """What has copies at hand."""

    def kept(self, documents: Iterable[tuple[str, DocumentKind]]) -> tuple[Fetched, ...] | None:
        """Of all these documents, or None."""
        ...


@dataclass
class Budget:
    """What one request may still fetch; its seconds begin with the first document."""

    monotonic: Callable[[], float] = time.monotonic
    left: int = MOST_DOCUMENTS
    deadline: float | None = None

    def spend(self, needs: Needs) -> tuple[tuple[Need, ...], float]:
        """Those of `needs` that may be fetched, and until when (`time.monotonic()`)."""
        if self.deadline is None:
            self.deadline = self.monotonic() + SECONDS
        granted = needs.documents[: self.left]
        self.left -= len(granted)
        return granted, self.deadline


@dataclass(frozen=True)
class Begun:
    """What is on its way."""

    documents: Mapping[Need, "Future[Fetched]"]
    code: "Future[str] | None"

    @property
    def all(self) -> "list[Future[Any]]":
        return [*self.documents.values(), *([] if self.code is None else [self.code])]


@dataclass(frozen=True)
class FetchOutside:
    """Fetches on threads of its own; there it also waits for the process that reads the code of a picture. What `keeps`
    has at hand needs no thread. What lies under `own_address`, our base URL, is never fetched, whoever names it: we
    know better what stands there, and a service that asks itself may wait for itself."""

    gets: Gets
    own_address: str = ""
    keeps: Keeps | None = None
    read_code: ReadCode = field(default_factory=code_reader, repr=False, compare=False)
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(THREADS, thread_name_prefix="fetch"), repr=False, compare=False
    )

    def until_finished(self, steps: Steps[T]) -> T:
        """The result of an inquiry, what it needs fetched and waited for here: one request, with one budget. Raises
        what the inquiry raises."""
        budget, inquiry = Budget(), Inquiry(steps)
        step = self.until_waiting(inquiry, inquiry.begin(), budget)
        while isinstance(step, Needs):
            step = self.until_waiting(inquiry, inquiry.go_on(self(step, budget)), budget)
        return step.result

    def until_waiting(self, inquiry: Inquiry[T], step: Needs | Finished[T], budget: Budget) -> Needs | Finished[T]:
        """Go on from `step` as long as what is needed is at hand: to the end, or to where somebody has to be waited
        for."""
        while isinstance(step, Needs) and (outside := self._at_hand(step, budget)) is not None:
            step = inquiry.go_on(outside)
        return step

    def _at_hand(self, needs: Needs, budget: Budget) -> Outside | None:
        """All of `needs`, if copies of all are kept and `budget` allows so many."""
        if self.keeps is None or needs.picture is not None or len(needs.documents) > budget.left:
            return None
        if any(self._is_own(each) for each in needs.documents):
            return None
        found = self.keeps.kept((each.address, each.kind) for each in needs.documents)
        if found is None:
            return None
        budget.spend(needs)
        return Outside(dict(zip(needs.documents, found, strict=True)))

    def __call__(self, needs: Needs, budget: Budget) -> Outside:
        """What there is of `needs`, waited for here."""
        begun, deadline = self.begin(needs, budget)
        wait(begun.all, timeout=max(0.0, deadline - budget.monotonic()))
        return self.answers(needs, begun)

    def begin(self, needs: Needs, budget: Budget) -> tuple[Begun, float]:
        """Begin to fetch what `budget` allows; and until when it is worth waiting for (`time.monotonic()`)."""
        granted, deadline = budget.spend(Needs(tuple(each for each in needs.documents if not self._is_own(each))))
        documents = {
            need: self._threads.submit(self.gets.get, need.address, need.kind, deadline=deadline) for need in granted
        }
        code = None if needs.picture is None else self._threads.submit(self.read_code, needs.picture)
        return Begun(documents, code), deadline

    def _is_own(self, need: Need) -> bool:
        return bool(self.own_address) and f"{need.address}/".lower().startswith(f"{self.own_address}/".lower())

    @staticmethod
    def answers(needs: Needs, begun: Begun) -> Outside:
        """What has come by now. The rest is not waited for."""
        documents = {need: _answer(begun.documents.get(need)) for need in needs.documents}
        code = None if needs.picture is None else _answer(begun.code)
        return Outside(documents, code)


def _answer(begun: "Future[Any] | None") -> Any:
    """What came, or the Error that did."""
    if begun is None or begun.cancel() or not begun.done():
        return NotAskedFor()
    try:
        return begun.result()
    except Error as err:
        return err
