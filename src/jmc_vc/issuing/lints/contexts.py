"""The contexts are exactly the four of this specification, in their order (OB-04; conformance CX-02)."""

from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.issuing.lints.facts import Facts

_FIRST_THREE = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
"""Written out again on purpose: a slip in the assembler must not pass because the lint reads the same constant."""


def lint(document: JsonObject, facts: Facts) -> str | None:
    """The four contexts, in their order. Returns the pointer of what is not so."""
    if document.get("@context") != [*_FIRST_THREE, facts.site.context_url]:
        return "@context"
    return None
