"""The files of the national specification: JSON-LD context, JSON Schemas and the type of SD-JWT VCs, the same on every
installation.

They live under the namespace, which is no host of ours; every installation serves the bytes besides, so that two of
them understand each other without fetching anything, and people can read what the terms mean."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from jmc_vc.publishing.namespace import FileNotPublished
from jmc_vc.web.authentication import Public
from jmc_vc.web.openapi import answers
from jmc_vc.web.published.answer import published
from jmc_vc.web.service import Served

router = APIRouter(tags=["Published"], dependencies=[Public])

_CACHE = "public, max-age=31536000, immutable"
"""A context that changed would break every signature over it: a new one gets a new address."""
_CORRECTABLE = "public, max-age=86400"
"""No signature depends on a schema or on the labels of a type, and a release may sharpen or correct one."""


@router.get(
    "/ns/mc/v1/{path:path}",
    operation_id="getNamespaceFile",
    responses=answers({200: "A JSON-LD context, a JSON Schema or Type Metadata."}, FileNotPublished),
)
async def namespace_file(request: Request, service: Served, path: str) -> Response:
    """A file of the namespace, such as `context.json`."""
    file = service.namespace_file(path)
    cache = _CORRECTABLE if file.correctable else _CACHE
    return published(request, file.content, file.media_types, cache_control=cache)


@router.get(
    "/schema/{path:path}",
    operation_id="getSchema",
    responses=answers({200: "A JSON Schema."}, FileNotPublished),
)
async def schema(request: Request, service: Served, path: str) -> Response:
    """A JSON Schema of this service, such as `mc-profile/1.0/program-version.json`."""
    file = service.schema_file(path)
    return published(request, file.content, file.media_types, cache_control=_CORRECTABLE)
