"""Who calls: every endpoint either asks for an actor or says that it is public.

An API key comes in the header `Authorization: Bearer …` and nowhere else: a query string ends up in logs, histories and
referrers (HT-08). What cannot be a key is refused before anything is looked up.
"""

import re
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from jmc_vc.domain.actor import Actor, Scope, ensure_scope
from jmc_vc.errors import Unauthenticated
from jmc_vc.web.service import service_of

_BEARER = re.compile(r"[Bb]earer +([A-Za-z0-9._~+/-]{1,256}=*)")
"""RFC 6750 §2.1; our keys are shorter than 128 characters."""
_KEYS_IN_QUERY = frozenset({"access_token", "api_key", "api-key", "apikey", "authorization", "key", "token"})


class NoKey(Unauthenticated):
    """There is no readable `Authorization: Bearer` header."""

    code = "auth.missing"


class KeyInQuery(Unauthenticated):
    """The key stands in the query string: it counts as leaked."""

    code = "auth.key_in_query"


def caller_with(scope: Scope) -> Callable[[Request], Coroutine[Any, Any, Actor]]:
    """A dependency: the actor whose key allows `scope`. Raises Unauthenticated, ScopeMissing."""

    async def caller(request: Request) -> Actor:
        if not _KEYS_IN_QUERY.isdisjoint(name.lower() for name in request.query_params):
            raise KeyInQuery
        bearer = _BEARER.fullmatch(request.headers.get("authorization", ""))
        if bearer is None:
            raise NoKey
        service = service_of(request)
        actor = await run_in_threadpool(service.authenticate, bearer[1], now=service.clock())
        request.scope["jmc_vc.told"]["actor"] = actor.id
        ensure_scope(actor, scope)
        return actor

    return caller


async def public() -> None:
    """A marker: whoever asks may have it. Asynchronous, because for a plain function the framework changes threads."""


Public = Depends(public)
"""For `APIRouter(dependencies=[Public])`: a test demands this or a caller of every endpoint."""

Issuing = Annotated[Actor, Depends(caller_with(Scope.ISSUE))]
Reading = Annotated[Actor, Depends(caller_with(Scope.READ))]
ChangingStatus = Annotated[Actor, Depends(caller_with(Scope.STATUS))]
