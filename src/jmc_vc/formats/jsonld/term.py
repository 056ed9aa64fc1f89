"""What one member name means in one active context, ready to write (https://www.w3.org/TR/json-ld11/#terms)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jmc_vc.formats.jsonld.context import ActiveContext

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
I18N: Final = "https://www.w3.org/ns/i18n#"

NATIVE: Final = frozenset({"boolean", "decimal", "double", "float", "integer", "nonNegativeInteger"})
"""Datatypes of XML Schema of which a number or truth value of JSON and a text with the same characters are one literal.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """How one member name is written in one active context. Predicates and suffixes are N-Quads text."""

    skipped: bool = False
    """`id`, `type` and `@context`, which are read before the members."""
    predicate: str = ""
    """`<iri>`"""
    suffix: str = ""
    """What follows the closing quote of plain text: nothing, `^^<datatype>` or `@language`."""
    datatype: str | None = None
    language: str | None = None
    direction: str | None = None
    is_reference: bool = False
    """Text is an IRI (`@type: @id`)."""
    is_vocabulary: bool = False
    """Text is a term or an IRI (`@type: @vocab`)."""
    is_json: bool = False
    is_list: bool = False
    is_graph: bool = False
    is_language_map: bool = False
    plural: bool = False
    """An array is several values, not one."""
    simple: bool = False
    """Nothing changes how a text is written: it goes between `opening` and `closing`."""
    opening: str = ""
    """`<iri> "`"""
    closing: str = ""
    """What follows a text to the end of its line."""
    native: bool = False
    """Numbers or truth values are expected, which JSON writes as such."""
    scoped: bool = False
    """The term has a context of its own, which was applied for `scalars` and `nodes`."""
    scalars: "ActiveContext | None" = None
    """The context for values that are no nodes: type-scoped definitions still hold there."""
    nodes: "ActiveContext | None" = None
    """The context that a node in this member begins with: type-scoped definitions have ended (§4.1.9)."""


def literal_suffix(datatype: str | None, language: str | None, direction: str | None) -> str:
    """What stands after a literal's closing quote. Text with a direction has the i18n datatype (JSON-LD 1.1 §10.2)."""
    if direction:
        return f"^^<{I18N}{(language or '').lower()}_{direction}>"
    if language:
        return f"@{language.lower()}"
    return "" if datatype is None or datatype == XSD + "string" else f"^^<{datatype}>"
