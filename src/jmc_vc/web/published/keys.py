"""DID documents, JWK Sets and single keys, of this organization and of each issuer.

did.json is `application/did+json`, the type that DID Core registers; a client that names plain JSON or JSON-LD gets the
same bytes under that name, because some resolvers take no other (conformance OB-44, OB-45, CD-03)."""

from collections.abc import Mapping
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from jmc_vc.domain.issuer import IssuerNotFound
from jmc_vc.domain.signing_key import KEYS_CACHED
from jmc_vc.publishing.jwks import KeyNotFound
from jmc_vc.web.authentication import Public
from jmc_vc.web.openapi import answers
from jmc_vc.web.published.answer import published
from jmc_vc.web.service import Served

router = APIRouter(tags=["Published"], dependencies=[Public])

DID_DOCUMENT = ("application/did+json", "application/did+ld+json", "application/json", "application/ld+json")
JWK_SET = ("application/jwk-set+json", "application/json")
JWK = ("application/jwk+json", "application/json")
_CACHE = f"public, max-age={KEYS_CACHED // timedelta(seconds=1)}"


@router.get("/.well-known/did.json", operation_id="getDidDocument", responses=answers({200: "The DID document."}))
async def did_document(request: Request, service: Served) -> Response:
    """The DID document of the accrediting organization."""
    return _published(request, await run_in_threadpool(service.did_document, None), DID_DOCUMENT)


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


def _published(request: Request, document: Mapping[str, object], media_types: tuple[str, ...]) -> Response:
    return published(request, document, media_types, cache_control=_CACHE)
