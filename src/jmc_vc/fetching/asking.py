"""One request to another host and its answer: no redirect is followed, nothing compressed is taken, no cookie is kept,
and no proxy of the environment is asked."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import Final, Literal

import httpcore

from jmc_vc.fetching.line import Line, open_line
from jmc_vc.fetching.pinning import Pinning
from jmc_vc.fetching.trust import trusting
from jmc_vc.fetching.unavailable import PastLimit, TookTooLong, Unreachable
from jmc_vc.fetching.web_address import Place

_AGENT: Final = "jmc-vc"
_FRAMING: Final = 64 * 1024
"""Bytes that the lengths of chunks and the trailer may add to a body."""
_LEAST_PIECE: Final = 512
"""Bytes of a body for each piece that it comes in, on the average: a body in chunks of one byte each would cost
seconds of work. Records of TLS and chunks of servers have thousands."""
_FREE_PIECES: Final = 1_024


@dataclass(frozen=True, kw_only=True)
class Question:
    """What to ask: a GET, or a POST with a body."""

    place: Place
    headers: Mapping[str, str]
    method: Literal["GET", "POST"] = "GET"
    body: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A whole answer; names of headers are in lower case, and of one that is there twice the first counts. The body is
    read only where the status is a success: what a host says of its troubles is for people."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Asking:
    """Asks. `pinning` says where a request may go; `authorities` is a PEM file in the place of the machine's."""

    def __init__(self, pinning: Pinning, authorities: Path | None = None) -> None:
        self._pinning = pinning
        self._authorities = authorities
        if authorities is not None:
            _ = self._trust  # a bad file is told at the start

    def __call__(self, question: Question, *, most: int, deadline: float) -> Answer:
        """The answer, with at most `most` bytes of body, before `deadline` (of `time.monotonic()`). Raises
        NotFetched; a status that is no success is an answer."""
        place = question.place
        endpoints = self._pinning(place, deadline)
        trust = self._trust if place.scheme == "https" else None
        with open_line(endpoints, name=place.name, trust=trust, deadline=deadline) as line:
            return talk(line, question, most=most, deadline=deadline)

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return trusting(self._authorities)


def talk(line: Line, question: Question, *, most: int, deadline: float) -> Answer:
    """Put the question on an open line, and read the answer. Raises NotFetched, whatever bytes come."""
    request = _request(question)
    try:
        response = httpcore.HTTP11Connection(request.url.origin, line).handle_request(request)
        headers = _headers(response)
        if not 200 <= response.status < 300:
            return Answer(status=response.status, headers=headers, body=b"")
        _judge(headers, most)
        line.allow(most + _FRAMING)
        return Answer(status=response.status, headers=headers, body=_body(response, most, deadline))
    # What is no HTTP: httpcore has a name for most of it, and h11 raises ValueError for a few odd ones.
    except (httpcore.NetworkError, httpcore.ProtocolError, ValueError) as err:
        raise Unreachable from err


def _request(question: Question) -> httpcore.Request:
    place = question.place
    length = {"Content-Length": str(len(question.body))} if question.method == "POST" else {}
    headers = {
        "Host": place.authority,
        "User-Agent": _AGENT,
        "Accept-Encoding": "identity",
        "Connection": "close",
        **question.headers,
        **length,
    }
    return httpcore.Request(
        question.method,
        httpcore.URL(scheme=place.scheme, host=place.name, port=place.port, target=place.target),
        headers=[(name.encode(), value.encode()) for name, value in headers.items()],
        content=question.body,
    )


def _headers(response: httpcore.Response) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in response.headers:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return found


def _judge(headers: Mapping[str, str], most: int) -> None:
    """Raises PastLimit for what is compressed, and for a body that announces itself as too large."""
    if headers.get("content-encoding", "identity").strip().lower() not in {"identity", ""}:
        raise PastLimit
    length = headers.get("content-length", "0").strip()
    if not length.isdecimal() or len(length) > 15 or int(length) > most:
        raise PastLimit


def _body(response: httpcore.Response, most: int, deadline: float) -> bytes:
    found = bytearray()
    for pieces, piece in enumerate(response.iter_stream(), start=1):
        found += piece
        if len(found) > most or pieces > _FREE_PIECES + len(found) // _LEAST_PIECE:
            raise PastLimit
        if monotonic() > deadline:
            raise TookTooLong
    return bytes(found)
