"""Values of JSON as literals of N-Quads: texts, numbers, truth values, value objects, JSON.

https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion, written as canonical N-Quads
(https://www.w3.org/TR/rdf-canon/#canonical-quads). What a literal could not give back is refused.
"""

import re
from typing import Final

from jmc_vc.formats import jcs
from jmc_vc.formats.jsonld.context import ActiveContext, Term
from jmc_vc.formats.jsonld.datatypes import I18N, NATIVE, RDF, XSD, literal_suffix
from jmc_vc.formats.jsonld.loss import DataLoss, Loss
from jmc_vc.formats.strict_json import LARGEST_INTEGER, JsonObject, JsonValue

JSON_SUFFIX: Final = f"^^<{RDF}JSON>"
_INTEGER: Final = f"{XSD}integer"
_DOUBLE: Final = f"{XSD}double"
_BOOLEAN: Final = f"{XSD}boolean"
_VALUE_MEMBERS: Final = frozenset({"@value", "@type", "@language", "@direction"})
_is_language_tag: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*").fullmatch
_is_signed_language_tag: Final = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8})*").fullmatch
is_native: Final = re.compile(r"-?[0-9]+|-?[0-9]\.[0-9]+E-?[0-9]+|true|false").fullmatch
"""Whether a text is how a number or a truth value is written."""
# Canonical N-Quads (RDF 1.2 N-Quads §3, RDFC-1.0 §5): short escapes where there are some, \\u00XX for the other
# controls.
_to_escape: Final = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES: Final = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | {
    "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\",
}  # fmt: skip
_EXPONENT: Final = re.compile(r"(\d)0*E\+?(-)?0*(\d)")


def needs_no_escape(text: str) -> bool:
    """Whether `text` is certain to be written as it is. Three quick looks, at half the cost of a regular expression;
    some texts with rare spaces or marks need no escape and are not seen as such."""
    return text.isprintable() and '"' not in text and "\\" not in text


def escaped(text: str) -> str:
    """`text` as it stands between the quotes of a canonical N-Quads literal."""
    return text if needs_no_escape(text) else _to_escape.sub(lambda found: _ESCAPES[found.group()], text)


def bare(term: Term, value: JsonValue) -> str:
    """A text that is no address, a number or a truth value, written under `term` without a value object. Nothing, for a
    text where addresses or words stand. Raises DataLoss."""
    if isinstance(value, str):
        return "" if term.is_reference or term.is_vocabulary else f'"{escaped(value)}"{term.suffix}'
    return _scalar(value, term.datatype)


def language_text(term: Term, tag: str, text: JsonValue) -> str:
    """A text of a language map, whose tag is written as it is signed: in lower case. Raises DataLoss."""
    if not isinstance(text, str) or not _is_signed_language_tag(tag):
        raise DataLoss(Loss.LANGUAGE)
    return f'"{escaped(text)}"{literal_suffix(None, tag, term.direction)}'


def value_object(context: ActiveContext, value: JsonObject) -> str:
    """`{"@value": …}` with a type, or with a language and a direction (JSON-LD 1.1 §9.5). Raises DataLoss, and
    NotCanonicalizable for JSON."""
    content = value["@value"]
    if not value.keys() <= _VALUE_MEMBERS or any(v is None for k, v in value.items() if k != "@value"):
        raise DataLoss(Loss.VALUE_OBJECT)
    type_, language, direction = value.get("@type"), value.get("@language"), value.get("@direction")
    if type_ == "@json":
        if len(value) != 2:
            raise DataLoss(Loss.VALUE_OBJECT)
        return json_literal(content)
    if isinstance(content, dict | list):
        raise DataLoss(Loss.VALUE_OBJECT)
    if language is not None or direction is not None:
        if type_ is not None or not isinstance(content, str) or direction not in (None, "ltr", "rtl"):
            raise DataLoss(Loss.VALUE_OBJECT)
        if language is not None and not (isinstance(language, str) and _is_language_tag(language)):
            raise DataLoss(Loss.LANGUAGE)
        return f'"{escaped(content)}"{literal_suffix(None, language, direction)}'
    datatype = None
    if type_ is not None:
        if not isinstance(type_, str):
            raise DataLoss(Loss.VALUE_OBJECT)
        datatype = context.type_iri(type_)[1:-1]
    # Each literal has one way to be written: plain text without a type, JSON as JSON, a direction as a direction, and
    # numbers and truth values as such where the type is theirs, as text where it is not.
    if datatype in (f"{XSD}string", f"{RDF}JSON") or (datatype or "").startswith(I18N):
        raise DataLoss(Loss.SPELLING)
    if isinstance(content, str):
        if _is_native_type(datatype) and is_native(content):
            raise DataLoss(Loss.SPELLING)
        return f'"{escaped(content)}"{literal_suffix(datatype, None, None)}'
    if datatype is not None and not _is_native_type(datatype):
        raise DataLoss(Loss.SPELLING)
    return _scalar(content, datatype)


def _is_native_type(datatype: str | None) -> bool:
    return datatype is not None and datatype.startswith(XSD) and datatype.removeprefix(XSD) in NATIVE


def _scalar(value: JsonValue, datatype: str | None) -> str:
    """A number or a truth value, in the lexical form of its XSD type unless the term names another."""
    if isinstance(value, bool):
        return f'"{"true" if value else "false"}"{literal_suffix(datatype or _BOOLEAN, None, None)}'
    if isinstance(value, int | float):
        lexical, own = _number(value, datatype)
        return f'"{lexical}"{literal_suffix(datatype or own, None, None)}'
    raise DataLoss(Loss.NULL)


def _number(value: int | float, datatype: str | None) -> tuple[str, str]:  # noqa: PYI041 - compiled, float converts
    """JSON-LD 1.1 API §8.6. A number must be what its text gives back, else two numbers had one signature."""
    if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:  # false for NaN too
        raise DataLoss(Loss.NUMBER)
    if value == (whole := int(value)) and datatype != _DOUBLE:
        return str(whole), _INTEGER
    lexical = _EXPONENT.sub(r"\1E\2\3", f"{value:1.15E}")
    if float(lexical) != value:
        raise DataLoss(Loss.NUMBER)
    return lexical, _DOUBLE


def json_literal(value: JsonValue) -> str:
    """A JSON value as one literal, in its canonical form (JSON-LD 1.1 §10.2). Raises NotCanonicalizable."""
    return f'"{escaped(jcs.canonicalize(value).decode())}"{JSON_SUFFIX}'
