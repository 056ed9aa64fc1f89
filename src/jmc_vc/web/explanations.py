"""/problems/{code}: the address that a problem's `type` names explains the code, in Japanese and English."""

import html
from collections.abc import Mapping

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from jmc_vc.sentences import SENTENCES
from jmc_vc.web.authentication import Public
from jmc_vc.web.negotiation import best_language, prefers_html
from jmc_vc.web.problems import NoSuchPage, concrete_errors, kind_of, status_of

router = APIRouter(include_in_schema=False, dependencies=[Public])

_HEADERS: Mapping[str, str] = {"cache-control": "public, max-age=3600", "vary": "accept, accept-language"}
_PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{code}</title>'
    '<meta name="viewport" content="width=device-width"></head>'
    "<body><main><h1><code>{code}</code></h1>{sections}</main></body></html>"
)
_SECTION = '<section lang="{language}"><h2>{status} {title}</h2><p>{text}</p></section>'


@router.get("/problems/{code}")
async def explain(request: Request, code: str) -> Response:
    """What `code` means, as a short page or as JSON. Placeholders stand as they are: `{limit}`."""
    error = concrete_errors().get(code)
    if error is None or code not in SENTENCES:
        raise NoSuchPage
    texts = dict(zip(("ja", "en"), SENTENCES[code], strict=True))
    status, title = status_of(error), kind_of(error).title
    if not prefers_html(request.headers.get("accept")):
        document = {"code": code, "status": status, "title": {"ja": title.ja, "en": title.en}, "message": texts}
        return Response(orjson.dumps(document), 200, _HEADERS, "application/json")
    first = best_language(request.headers.get("accept-language"))
    sections = "".join(
        _SECTION.format(
            language=language, status=status, title=title.in_language(language), text=html.escape(texts[language])
        )
        for language in sorted(texts, key=lambda each: each != first)
    )
    return Response(_PAGE.format(language=first, code=html.escape(code), sections=sections), 200, _HEADERS, "text/html")
