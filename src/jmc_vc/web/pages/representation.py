"""One address, several forms: the page for people, the data for programs (RFC 9110 §12.5.1).

Browsers name `text/html`, so they get the page. A client that takes anything (`*/*`, or no `Accept` at all) is a
program and gets the data, as Open Badges expects of an address that a credential names (OB 3.0, web resource;
conformance D-8).
"""

from collections.abc import Sequence

from starlette.requests import Request

from jmc_vc.web.negotiation import best_type

DATA: tuple[str, ...] = ("application/ld+json", "application/json")
"""Forms of an achievement or a profile; the first is the default."""
CREDENTIAL: tuple[str, ...] = ("application/vc+ld+json", "application/vc", *DATA)
"""Forms of a credential: the type of Open Badges 3.0 first, then that of VC Data Model 2.0. The bytes are the same."""
PUBLIC = "public, max-age=300"
"""For data of the register: a change is seen everywhere within five minutes."""
_HTML = "text/html"


def data_forms(request: Request, data: Sequence[str]) -> Sequence[str]:
    """The forms of `data` to choose from; none if the client wants the page. `?format=json` asks for plain JSON
    whatever `Accept` says: the download link of a page has no other way to ask."""
    if request.query_params.get("format") == "json":
        return ("application/json",)
    return () if best_type(request.headers.get("accept"), (*data, _HTML)) == _HTML else data
