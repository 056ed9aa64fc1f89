"""The one way out: documents of other hosts, for checks that need them.

    1 read the address strictly              web_address
    2 a copy that is fresh                   copies
    3 nothing that failed a moment ago       failures
    4 a lane to the host                     lanes
    5 ask: resolve once, judge, pin, TLS     asking, pinning, resolving, ip_address, line, trust
    6 keep what came, or what failed         freshness, copies, failures
    7 where the host fails: an older copy, marked as such

Nothing else in this program opens a connection to another host, but for the database.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Final

from jmc_vc.fetching.asking import Answer, Asking, Question
from jmc_vc.fetching.copies import Copies, Copy
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.fetching.failures import Failures
from jmc_vc.fetching.figures import FetchFigures
from jmc_vc.fetching.freshness import fresh_for
from jmc_vc.fetching.lanes import Lanes
from jmc_vc.fetching.unavailable import BadStatus, NoSuchDocument, NotFetched, Redirected, TookTooLong
from jmc_vc.fetching.web_address import Place, read_address

LONGEST_SECONDS: Final = 3.0
"""Of one document, even for a caller with more time (SR-6)."""
_FAIR_SECONDS: Final = 1.0
"""Who had less time than this to give cannot say that the host is slow: the others would have to believe it."""
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,64}", re.ASCII)
_ETAG: Final = re.compile(r'(?:W/)?"[!#-~]{0,200}"', re.ASCII)
_DATE: Final = re.compile(r"[A-Za-z0-9,: +-]{1,40}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A document: the bytes as they came; `media_type` as its host names it (to be believed by nobody; "" if it does
    not); when it was fetched. `stale_since`: from when on it was no longer fresh, for a copy that stands in for an
    answer; whoever judges by it says so. None for what the host says now."""

    body: bytes
    media_type: str
    fetched_at: datetime
    stale_since: datetime | None = None


class Gateway:
    """Gets documents of other hosts. Safe for many threads."""

    def __init__(
        self, asking: Asking, *, clock: Callable[[], datetime], random: Callable[[int], bytes], copies: Copies
    ) -> None:
        self._asking = asking
        self._clock = clock
        self._copies = copies
        self._failures = Failures(random)
        self._lanes = Lanes()
        self.figures: Final = FetchFigures()

    def get(self, address: str, kind: DocumentKind, *, deadline: float) -> Fetched:
        """The document at `address`, not later than `deadline` (a moment of `time.monotonic()`).

        Raises NotFetched with one of its codes: fetch.syntax, fetch.forbidden, fetch.tls, fetch.redirect, fetch.limit,
        fetch.timeout, fetch.status, fetch.unreachable. `NotFetched.last_copy` tells of a copy that was too old."""
        try:
            fetched, outcome = self._get(read_address(address), kind, min(deadline, monotonic() + LONGEST_SECONDS))
        except NotFetched as err:
            self.figures.ended(kind, err.code)
            raise
        self.figures.ended(kind, outcome)
        return fetched

    def kept(self, documents: Iterable[tuple[str, DocumentKind]]) -> tuple[Fetched, ...] | None:
        """Copies of all these documents, if there is one of each that is fresh. Waits for nobody."""
        documents = tuple(documents)
        found = []
        for address, kind in documents:
            try:
                copy = self._fresh(f"{kind} {read_address(address)}")
            except NotFetched:
                return None
            if copy is None:
                return None
            found.append(_shown(copy))
        for _, kind in documents:
            self.figures.ended(kind, "copy")
        return tuple(found)

    def _get(self, place: Place, kind: DocumentKind, deadline: float) -> tuple[Fetched, str]:
        key = f"{kind} {place}"
        if (copy := self._fresh(key)) is not None:
            return _shown(copy), "copy"
        try:
            self._failures.require_none(key, self._clock())  # so that nobody waits for a lane to hear it
            with self._lanes.lane(place.authority, deadline):
                # Who waited for a lane finds what those before brought home, good or bad.
                if (copy := self._fresh(key)) is not None:
                    return _shown(copy), "copy"
                self._failures.require_none(key, self._clock())
                self._failures.require_open(place.authority, self._clock())
                return self._fetch(key, place, kind, deadline)
        except NotFetched as err:
            copy = self._copies.find(key)
            if copy is None or not err.copy_helps:
                raise
            if not copy.fetched_at <= self._clock() <= copy.fetched_at + kind.row.stale_for:
                err.last_copy = copy.fetched_at
                raise
            return replace(_shown(copy), stale_since=copy.fresh_until), "stale"

    def _fetch(self, key: str, place: Place, kind: DocumentKind, deadline: float) -> tuple[Fetched, str]:
        before = self._copies.find(key)
        begun = monotonic()
        try:
            answer = self._asking(_question(place, kind, before), most=kind.row.largest, deadline=deadline)
            copy = _copy(answer, before, kind, self._clock())
        except NotFetched as err:
            if err.asked and (not isinstance(err, TookTooLong) or deadline - begun >= _FAIR_SECONDS):
                self._failures.failed(key, place.authority, err, self._clock())
            if isinstance(err, NoSuchDocument):
                self._copies.drop(key)
            raise
        finally:
            self.figures.took(kind, monotonic() - begun)
        self._failures.answered(key, place.authority)
        if kind.row.kept:
            self._copies.keep(key, copy)
        return _shown(copy), "unchanged" if answer.status == 304 else "fetched"

    def _fresh(self, key: str) -> Copy | None:
        copy = self._copies.find(key)
        return copy if copy is not None and copy.is_fresh(self._clock()) else None


def _question(place: Place, kind: DocumentKind, before: Copy | None) -> Question:
    headers = {"Accept": kind.row.accept}
    if before is not None and before.etag:
        headers["If-None-Match"] = before.etag
    elif before is not None and before.last_modified:
        headers["If-Modified-Since"] = before.last_modified
    return Question(place=place, headers=headers)


def _copy(answer: Answer, before: Copy | None, kind: DocumentKind, now: datetime) -> Copy:
    """What the host says now. Raises Redirected, NoSuchDocument and BadStatus."""
    fresh_until = now + fresh_for(answer.headers, kind.row.freshness)
    match answer.status:
        case 200:
            return Copy(
                body=answer.body,
                media_type=_matching(_MEDIA_TYPE, answer.headers.get("content-type", "").partition(";")[0].lower()),
                fetched_at=now,
                fresh_until=fresh_until,
                etag=_matching(_ETAG, answer.headers.get("etag", "")),
                last_modified=_matching(_DATE, answer.headers.get("last-modified", "")),
            )
        case 304 if before is not None and (before.etag or before.last_modified):
            return replace(before, fetched_at=now, fresh_until=fresh_until)
        case 404 | 410:
            raise NoSuchDocument(status=answer.status)
        case status if 300 <= status < 400 and status != 304:
            raise Redirected
        case status:
            raise BadStatus(status=status)


def _matching(pattern: re.Pattern[str], text: str) -> str:
    """`text` if it has the form that it should have, for it is repeated; "" otherwise."""
    text = text.strip()
    return text if pattern.fullmatch(text) else ""


def _shown(copy: Copy) -> Fetched:
    return Fetched(body=copy.body, media_type=copy.media_type, fetched_at=copy.fetched_at)
