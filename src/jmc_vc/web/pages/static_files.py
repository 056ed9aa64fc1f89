"""The style sheet, the icons, the seal and the scripts: a fixed set of files, read once, under addresses that change
with them.

`/static/jmc.css?v=1a2b3c4d` never changes and is kept for a year; without the right version the browser asks again. A
fixed table instead of a folder: no path of a request ever reaches the disk.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.web.authentication import Public

router = APIRouter(include_in_schema=False, dependencies=[Public])

_YEAR = 365 * 24 * 3600
_TYPES: Mapping[str, str] = {
    "jmc.css": "text/css; charset=utf-8",
    "icons.svg": "image/svg+xml",
    "seal.svg": "image/svg+xml",
    "verify.js": "text/javascript; charset=utf-8",
    "verdict.js": "text/javascript; charset=utf-8",
}


@dataclass(frozen=True)
class StaticFile:
    """Content with its media type and the first 16 digits of its SHA-256."""

    content: bytes
    media_type: str
    version: str


def _read(name: str, media_type: str) -> StaticFile:
    content = (files("jmc_vc.web.pages") / "static" / name).read_bytes()
    return StaticFile(content, media_type, hashlib.sha256(content).hexdigest()[:16])


FILES: Mapping[str, StaticFile] = {name: _read(name, media_type) for name, media_type in _TYPES.items()}


def static_address(name: str) -> str:
    """The address of the file called `name` as it is now. Raises KeyError for a file that we do not have."""
    return f"/static/{name}?v={FILES[name].version}"


@router.get("/favicon.ico")
def favicon() -> Response:
    """The seal, for clients that ask without having read a page."""
    seal = FILES["seal.svg"]
    return Response(seal.content, headers={"Content-Type": seal.media_type, "Cache-Control": "public, max-age=86400"})


@router.get("/static/{name}")
def static_file(request: Request, name: str) -> Response:
    """One of the files; 304 when the client has it."""
    if name not in FILES:
        raise HTTPException(404)
    found = FILES[name]
    current = request.query_params.get("v") == found.version
    headers = {
        "ETag": f'"{found.version}"',
        "Cache-Control": f"public, max-age={_YEAR}, immutable" if current else "no-cache",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(found.content, headers={**headers, "Content-Type": found.media_type})
