"""Namespaces and datatypes of literals (https://www.w3.org/TR/rdf11-concepts/#section-Datatypes)."""

from typing import Final

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
I18N: Final = "https://www.w3.org/ns/i18n#"

NATIVE: Final = frozenset({"boolean", "decimal", "double", "float", "integer", "nonNegativeInteger"})
"""Datatypes of XML Schema of which a number or truth value of JSON and a text with the same characters are one literal.
"""


def literal_suffix(datatype: str | None, language: str | None, direction: str | None) -> str:
    """What stands after a literal's closing quote. Text with a direction has the i18n datatype (JSON-LD 1.1 §10.2)."""
    if direction:
        return f"^^<{I18N}{(language or '').lower()}_{direction}>"
    if language:
        return f"@{language.lower()}"
    return "" if datatype is None or datatype == XSD + "string" else f"^^<{datatype}>"
