"""Errors as RFC 9457 problem documents, in Japanese and English.

Kinds of errors become status codes here and nowhere else. A problem says what happened in the words of `sentences`,
never in those of a library, and repeats nothing of the input: what was sent may be somebody's data (HT-10). An
exception that is none of ours becomes a plain 500 with the number to quote; its text stays inside, for it may hold rows
and parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jmc_vc.errors import (
    Conflict,
    Error,
    Forbidden,
    Gone,
    Malformed,
    NotFound,
    TooLarge,
    TooMany,
    Unacceptable,
    Unauthenticated,
    Unavailable,
    Unsupported,
)
from jmc_vc.event_log import events, where_it_broke
from jmc_vc.sentences import Sentence, sentence
from jmc_vc.web.negotiation import best_language, prefers_html

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """What a kind of error is in HTTP: its status, and a title that is the same for all errors of the kind."""

    status: int
    title: Sentence


RETRY_AFTER = 5
"""Seconds, told with 429 and 503: longer than a busy database or a full waiting room lasts, shorter than patience."""


class Internal(Error):
    """Something broke on our side."""

    code = "internal"


class NoSuchPage(NotFound):
    """Nothing is published at this address."""

    code = "http.not_found"


class MethodRefused(Unsupported):
    """The address knows other methods."""

    code = "http.method"


class Unreadable(Malformed):
    """The framework could not read the request."""

    code = "http.unreadable"


class NotAcceptable(Unsupported):
    """There is something at this address, but not in the form that was asked for by name."""

    code = "http.not_acceptable"


class HeadTooLarge(TooLarge):
    """The request line and headers, or the trailer of the body, are longer than any honest client's (RFC 6585 §5)."""

    code = "http.head_size"


class QueryRefused(Malformed):
    """A parameter of the query string cannot be read."""

    code = "http.query"


KINDS: Mapping[type[Error], Kind] = {
    Malformed: Kind(400, Sentence("読み取れません", "Cannot be read")),
    Unauthenticated: Kind(401, Sentence("認証が必要です", "Authentication needed")),
    Forbidden: Kind(403, Sentence("許可されていません", "Not allowed")),
    NotFound: Kind(404, Sentence("見つかりません", "Not found")),
    MethodRefused: Kind(405, Sentence("このメソッドは使用できません", "Method not allowed")),
    NotAcceptable: Kind(406, Sentence("この形式では提供していません", "Not offered in this form")),
    Conflict: Kind(409, Sentence("現在の状態と矛盾します", "In conflict with the present state")),
    Gone: Kind(410, Sentence("提供を終了しました", "No longer available")),
    TooLarge: Kind(413, Sentence("大きすぎます", "Too large")),
    Unsupported: Kind(415, Sentence("対応していない形式です", "Form not supported")),
    HeadTooLarge: Kind(431, Sentence("ヘッダーが大きすぎます", "Request header fields too large")),
    Unacceptable: Kind(422, Sentence("受け付けられません", "Not acceptable")),
    TooMany: Kind(429, Sentence("要求が多すぎます", "Too many requests")),
    Error: Kind(500, Sentence("内部エラー", "Internal error")),
    Unavailable: Kind(503, Sentence("一時的に利用できません", "Not available at the moment")),
}
"""405, 406 and 431 are the only statuses that no kind of error stands for."""


def kind_of(error: type[Error]) -> Kind:
    """The nearest kind above `error`."""
    return next(KINDS[each] for each in error.__mro__ if each in KINDS)


def status_of(error: type[Error]) -> int:
    """The status code that `error` is answered with."""
    return kind_of(error).status


def problem(
    error: Error, scope: Scope, *, base_url: str, headers: Mapping[str, str] | None = None, type_: str | None = None
) -> Response:
    """The problem document of `error` for the request in `scope`. `type_` is what a protocol has as its type, if it is
    not the address that explains the code."""
    status = status_of(type(error))
    said = said_of(error)
    language = best_language(Headers(scope=scope).get("accept-language"))
    document: dict[str, Any] = {
        "type": type_ or type_url(base_url, error.code),
        "title": kind_of(type(error)).title.in_language(language),
        "status": status,
        "detail": said.in_language(language),
        "code": error.code,
        "message": {"ja": said.ja, "en": said.en},
        "errors": [],
        "traceId": trace_id(scope),
    }
    if error.pointer is not None:
        document["errors"] = [{"pointer": error.pointer, "code": error.code, "message": document["message"]}]
    answer = {"content-language": language, "cache-control": "no-store", "vary": "accept-language", **(headers or {})}
    answer |= _asked_for(error)
    return Response(orjson.dumps(document), status, answer, MEDIA_TYPE)


def type_url(base_url: str, code: str) -> str:
    """The address that explains `code`."""
    return f"{base_url}/problems/{code}"


def trace_id(scope: Scope) -> str:
    """The number to quote for this request (32 hex digits)."""
    number: str = scope.get("jmc_vc.trace_id", "")
    return number


def install(app: FastAPI, base_url: str, page: Callable[[Request, Error], Response]) -> None:
    """Have every error that a route raises answered as a problem, or as a `page` to whoever asks for HTML outside the
    API. None of the framework's own bodies gets out."""

    def answered(request: Request, error: Error, headers: Mapping[str, str] | None = None) -> Response:
        if prefers_html(request.headers.get("accept")) and not request.url.path.startswith("/v1/"):
            shown = page(request, error)
            shown.headers.update({**_asked_for(error), **(headers or {})})
            return shown
        return problem(error, request.scope, base_url=base_url, headers=headers)

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, Error)
        return answered(request, error)

    async def frameworks(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        translated: Error = _TRANSLATED.get(error.status_code, Internal)()
        allowed = {"allow": error.headers["Allow"]} if error.headers and "Allow" in error.headers else {}
        return answered(request, translated, allowed)

    async def validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        # Bodies are read by our own readers, so this is about a path or query parameter. A part of the path that cannot
        # be an id names nothing; the names of query parameters are ours, their values are not repeated.
        fault = next(iter(error.errors()), {"loc": ("path",)})
        place, *names = (str(step) for step in fault["loc"])
        translated = NoSuchPage() if place == "path" else QueryRefused(parameter="".join(names)[:64])
        return answered(request, translated)

    async def unknown(request: Request, _: Exception) -> Response:
        return answered(request, Internal())

    app.add_exception_handler(Error, ours)
    app.add_exception_handler(HTTPException, frameworks)
    app.add_exception_handler(RequestValidationError, validation)
    app.add_exception_handler(Exception, unknown)


class Guard:
    """Around everything else: errors of the layers outside the routes become problems, unknown ones are logged and end
    here.

    Starlette answers an unknown exception and raises it again for the server to print; its text would end in the log.
    Here only its type and the place in our code are logged."""

    def __init__(self, app: ASGIApp, base_url: str) -> None:
        self._app = app
        self._base_url = base_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            return  # nobody is there to be answered
        except Error as error:
            if not started:
                await problem(error, scope, base_url=self._base_url)(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - the last line: nothing may get past it into the server's log
            events.error(
                "request-broke", error=type(error).__name__, where=where_it_broke(error), trace_id=trace_id(scope)
            )
            if not started:
                await problem(Internal(), scope, base_url=self._base_url)(scope, receive, send)


def concrete_errors() -> Mapping[str, type[Error]]:
    """Every error that has a code of its own, by code, of all modules that are imported."""
    found: dict[str, type[Error]] = {}
    waiting: list[type[Error]] = [Error]
    while waiting:
        kind = waiting.pop()
        if "code" in vars(kind) and kind is not Error:
            found[kind.code] = kind
        waiting.extend(kind.__subclasses__())
    return dict(sorted(found.items()))


def said_of(error: Error) -> Sentence:
    """What happened, in the words for exactly this case."""
    try:
        # A subclass may say the same code in a more exact sentence.
        return sentence(getattr(error, "sentence_code", error.code), **error.params)
    except (KeyError, IndexError):
        # A sentence or one of its placeholders is missing: the tests would say so, a client still gets its answer.
        return kind_of(type(error)).title


def sentences_of(error: type[Error]) -> tuple[str, ...]:
    """The keys in SENTENCES of everything that the code of `error` can say, its most usual sentence first."""
    found = [error.code, getattr(error, "sentence_code", error.code)]
    for kind in error.__subclasses__():
        if "code" not in vars(kind):
            found.extend(sentences_of(kind))
    return tuple(dict.fromkeys(found))


def _asked_for(error: Error) -> dict[str, str]:
    """The headers that HTTP asks for with the status of `error`."""
    status = status_of(type(error))
    if status == 401:
        return {"www-authenticate": 'Bearer realm="jmc-vc"'}
    # An error may know better how long it lasts.
    return {"retry-after": str(getattr(error, "retry_after", RETRY_AFTER))} if status in (429, 503) else {}


_TRANSLATED: Mapping[int, type[Error]] = {404: NoSuchPage, 405: MethodRefused, 400: Unreadable}
