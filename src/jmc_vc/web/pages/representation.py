"""One address, several forms: the page for people, the data for programs (RFC 9110 §12.5.1).

Browsers name `text/html`, so they get the page. A client that takes anything (`*/*`, or no `Accept` at all) is a
program and gets the data, as Open Badges expects of an address that a credential names (OB 3.0, web resource;
conformance D-8).
"""

from collections.abc import Mapping, Sequence

from starlette.requests import Request

from jmc_vc.domain.credential import Format
from jmc_vc.web.negotiation import best_type
from jmc_vc.web.problems import NotAcceptable

DATA: tuple[str, ...] = ("application/ld+json", "application/json")
"""Forms of an achievement or a profile; the first is the default."""
CREDENTIAL: Mapping[Format, tuple[str, ...]] = {
    Format.JSON: ("application/vc+ld+json", "application/vc", *DATA),
    Format.JWT: ("text/plain", "application/jwt", "application/vc+jwt"),
    Format.SD_JWT: ("application/dc+sd-jwt", "application/vc+sd-jwt"),
}
"""Media types of each form of a credential: that of Open Badges 3.0 first, then those of VC Data Model 2.0, which other
readers ask for. The bytes are the same under each (conformance OB-06). A VC-JWT of Open Badges has the `typ` of a plain
JWT, so `application/vc+jwt` stands last: only who names that very type gets it, no wildcard does (D-8).
`application/vc+sd-jwt` is the older name of an SD-JWT VC."""
FORM_NAMES: Mapping[Format, str] = {Format.JSON: "JSON", Format.JWT: "JWT", Format.SD_JWT: "SD-JWT VC"}
"""What the forms are called, in every language."""
PUBLIC = "public, max-age=300"
"""For data of the register: a change is seen everywhere within five minutes."""
_HTML = "text/html"


class FormNotIssued(NotAcceptable):
    """The credential exists, but was not issued in the form that is asked for: nothing is signed anew for a reader."""

    code = "credential.form"


def data_forms(request: Request, data: Sequence[str]) -> Sequence[str]:
    """The forms of `data` to choose from; none if the client wants the page. `?format=json` asks for plain JSON
    whatever `Accept` says: the download link of a page has no other way to ask."""
    if request.query_params.get("format") == "json":
        return ("application/json",)
    return () if best_type(request.headers.get("accept"), (*data, _HTML)) == _HTML else data


def credential_form(request: Request, issued: Sequence[Format]) -> tuple[Format, Sequence[str]] | None:
    """The form of a credential that the client wants, of those in which it was `issued` (the primary one first), with
    the media types to choose from; None if it wants the page.

    `?format=` names a form whatever `Accept` says. A client that takes none of our types gets the primary form, as
    everywhere; one that names a form which exists but was not issued is told so: FormNotIssued.
    """
    asked = request.query_params.get("format")
    if asked is not None:
        named = next((form for form in issued if form.value == asked), None)
        if named is None:
            raise _not_issued(issued)
        return named, ("application/json",) if named is Format.JSON else CREDENTIAL[named]
    accept = request.headers.get("accept")
    offers = {media_type: form for form in issued for media_type in CREDENTIAL[form]}
    best = best_type(accept, (*offers, _HTML))
    if best == _HTML:
        return None
    if best is None and best_type(accept, [each for types in CREDENTIAL.values() for each in types]) is not None:
        raise _not_issued(issued)
    form = issued[0] if best is None else offers[best]
    return form, CREDENTIAL[form]


def _not_issued(issued: Sequence[Format]) -> FormNotIssued:
    return FormNotIssued(forms=", ".join(FORM_NAMES[form] for form in issued))
