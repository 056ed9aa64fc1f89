"""DID documents with their history, the linked-domain file, JWK Sets and single keys, of this organization and of each
issuer.

did.json is `application/did+json`, the type that DID Core registers; a client that names plain JSON or JSON-LD gets the
same bytes under that name, because some resolvers take no other (conformance OB-44, OB-45, CD-03)."""

from collections.abc import Mapping
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.bootstrap import Service
from jmc_vc.custody.did_history import NoHistoryKey
from jmc_vc.custody.jwks import KeyNotFound
from jmc_vc.domain.issuer import IssuerNotFound
from jmc_vc.domain.signing_key import KEYS_CACHED
from jmc_vc.web.authentication import Public
from jmc_vc.web.openapi import answers
from jmc_vc.web.published.answer import published
from jmc_vc.web.service import Served

router = APIRouter(tags=["Published"], dependencies=[Public])

DID_DOCUMENT = ("application/did+json", "application/did+ld+json", "application/json", "application/ld+json")
JWK_SET = ("application/jwk-set+json", "application/json")
JWK = ("application/jwk+json", "application/json")
JSON = ("application/json",)

_SLACK = timedelta(seconds=15)
"""A new key signs once KEYS_CACHED is over, counted from the clock of whoever published it. Until that is committed and
told to everybody a few seconds can pass, and clocks differ: so what is fetched may be kept for a little less."""
_CACHE = f"public, max-age={(KEYS_CACHED - _SLACK) // timedelta(seconds=1)}"


@router.get("/.well-known/did.json", operation_id="getDidDocument", responses=answers({200: "The DID document."}))
async def did_document(request: Request, service: Served) -> Response:
    """The DID document of the accrediting organization."""
    return _published(request, await run_in_threadpool(service.did_document, None), DID_DOCUMENT)


@router.get(
    "/.well-known/did-history.json",
    operation_id="getDidHistory",
    responses=answers({200: "Every version of the DID document, signed."}, NoHistoryKey),
)
async def did_history(request: Request, service: Served) -> Response:
    """How the DID document of the accrediting organization came to be what it is."""
    return await _history(request, service, None)


@router.get(
    "/.well-known/did-configuration.json",
    operation_id="getDidConfiguration",
    responses=answers({200: "The DIF Well Known DID Configuration."}),
)
async def did_configuration(request: Request, service: Served) -> Response:
    """Which DIDs say of themselves that they belong to this origin."""
    body = await run_in_threadpool(service.did_configuration, now=service.clock())
    return published(request, body, JSON, cache_control=_CACHE)


@router.get("/.well-known/jwks.json", operation_id="getKeySet", responses=answers({200: "The JWK Set."}))
async def key_set(request: Request, service: Served) -> Response:
    """The keys of everybody who signs here; each key says in `iss` whose it is."""
    return _published(request, await run_in_threadpool(service.jwks, None), JWK_SET)


@router.get("/keys/{kid}", operation_id="getKey", responses=answers({200: "One JWK."}, KeyNotFound))
async def key(request: Request, service: Served, kid: str) -> Response:
    """One key of the accrediting organization."""
    return _published(request, await run_in_threadpool(service.key_jwk, None, kid), JWK)


@router.get(
    "/issuers/{slug}/did.json",
    operation_id="getIssuerDidDocument",
    responses=answers({200: "The DID document."}, IssuerNotFound),
)
async def issuer_did_document(request: Request, service: Served, slug: str) -> Response:
    """The DID document of an issuer."""
    return _published(request, await run_in_threadpool(service.did_document, slug), DID_DOCUMENT)


@router.get(
    "/issuers/{slug}/did-history.json",
    operation_id="getIssuerDidHistory",
    responses=answers({200: "Every version of the DID document, signed."}, IssuerNotFound, NoHistoryKey),
)
async def issuer_did_history(request: Request, service: Served, slug: str) -> Response:
    """How the DID document of an issuer came to be what it is."""
    return await _history(request, service, slug)


@router.get(
    "/issuers/{slug}/jwks.json",
    operation_id="getIssuerKeySet",
    responses=answers({200: "The JWK Set."}, IssuerNotFound),
)
async def issuer_key_set(request: Request, service: Served, slug: str) -> Response:
    """The keys of an issuer."""
    return _published(request, await run_in_threadpool(service.jwks, slug), JWK_SET)


@router.get(
    "/issuers/{slug}/keys/{kid}",
    operation_id="getIssuerKey",
    responses=answers({200: "One JWK."}, IssuerNotFound, KeyNotFound),
)
async def issuer_key(request: Request, service: Served, slug: str, kid: str) -> Response:
    """One key of an issuer."""
    return _published(request, await run_in_threadpool(service.key_jwk, slug, kid), JWK)


async def _history(request: Request, service: Service, slug: str | None) -> Response:
    body = await run_in_threadpool(service.did_history, slug, now=service.clock())
    return published(request, body, JSON, cache_control=_CACHE)


def _published(request: Request, document: Mapping[str, object], media_types: tuple[str, ...]) -> Response:
    return published(request, document, media_types, cache_control=_CACHE)
