"""/problems/{code}: the address that a problem's `type` names explains the code, in Japanese and English."""

from collections.abc import Mapping

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from jmc_vc.sentences import SENTENCES
from jmc_vc.web.authentication import Public
from jmc_vc.web.negotiation import prefers_html
from jmc_vc.web.pages.language import language_of
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.problems import NoSuchPage, concrete_errors, kind_of, sentences_of, status_of

router = APIRouter(include_in_schema=False, dependencies=[Public])

_HEADERS: Mapping[str, str] = {"cache-control": "public, max-age=3600", "vary": "accept"}


@router.get("/problems/{code}")
async def explain(request: Request, code: str) -> Response:
    """What `code` means, as a page or as JSON. Placeholders stand as they are: `{limit}`."""
    error = concrete_errors().get(code)
    if error is None or code not in SENTENCES:
        raise NoSuchPage
    status, title = status_of(error), kind_of(error).title
    if not prefers_html(request.headers.get("accept")):
        ja, en = SENTENCES[code]
        document = {
            "code": code,
            "status": status,
            "title": {"ja": title.ja, "en": title.en},
            "message": {"ja": ja, "en": en},
        }
        return Response(orjson.dumps(document), 200, _HEADERS, "application/json")
    language = language_of(request)
    texts = [SENTENCES[each][("ja", "en").index(language)] for each in sentences_of(error)]
    return render(
        request,
        "problem.html",
        code=code,
        code_of_status=status,
        title=title.in_language(language),
        texts=[text.replace("{{", "{").replace("}}", "}") for text in texts],
        filled=any("{" in text.replace("{{", "") for text in texts),
        headers=_HEADERS,
    )
