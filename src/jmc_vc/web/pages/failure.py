"""An error as a page, for people who followed a link: what happened, what they can do, and what to quote.

Where there is a credential at the address, only not in the form that was asked for, the page leads to it.

Programs get the same error as a problem document; who asks for HTML gets this page, with the same status and code.
"""

from starlette.requests import Request
from starlette.responses import Response

from jmc_vc.errors import Error
from jmc_vc.web.pages.language import language_of
from jmc_vc.web.pages.rendering import render
from jmc_vc.web.problems import NotAcceptable, kind_of, said_of, status_of, trace_id


def failure_page(request: Request, error: Error) -> Response:
    """The page of `error`, in the same look as all others."""
    language = language_of(request)
    kind = kind_of(type(error))
    status = status_of(type(error))
    return render(
        request,
        "failure.html",
        status=status,
        code_of_status=status,
        private=True,
        title=kind.title.in_language(language),
        text=said_of(error).in_language(language),
        code=error.code,
        trace_id=trace_id(request.scope),
        same_address=request.url.path if isinstance(error, NotAcceptable) else None,
    )
