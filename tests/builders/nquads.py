"""N-Quads text → quads (https://www.w3.org/TR/n-quads/), for data that comes as N-Quads: the W3C vectors do."""

import re

from jmc_vc.formats.jsonld.datatypes import XSD
from jmc_vc.formats.jsonld.literal import escaped
from jmc_vc.formats.jsonld.quads import Quad, Quads, quads_of

_IRI = r"<[^\x00-\x20<>\"{}|^`]*>"
_BLANK = r"_:[^\s<>\"]*[^\s<>\".]"
_LITERAL = rf'"(?:[^"\\\n\r]|\\.)*"(?:\^\^{_IRI}|@[A-Za-z]+(?:-[A-Za-z0-9]+)*)?'
_LINE = re.compile(
    rf"[ \t]*({_IRI}|{_BLANK})[ \t]*({_IRI})[ \t]*({_IRI}|{_BLANK}|{_LITERAL})[ \t]*({_IRI}|{_BLANK})?"
    r"[ \t]*\.[ \t]*(?:#.*)?"
)
_EMPTY = re.compile(r"[ \t]*(?:#.*)?")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


class NotNQuads(ValueError):
    """A line is no N-Quads statement."""


def read_nquads(text: str) -> Quads:
    """The statements of `text`, their terms in canonical form. Raises NotNQuads."""
    found_quads: list[Quad] = []
    for number, line in enumerate(re.split("[\r\n]+", text), 1):
        if _EMPTY.fullmatch(line):
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise NotNQuads(f"line {number}")
        subject, predicate, object_, graph = (_canonical(term) if term else "" for term in found.groups())
        found_quads.append((subject, predicate, object_, graph))
    return quads_of(found_quads)


def _canonical(term: str) -> str:
    if term[0] == "<":
        return _ESCAPE.sub(_character, term)
    if term[0] == "_":
        return term
    content, _, rest = term[1:].rpartition('"')
    if rest[:2] == "^^":
        rest = _ESCAPE.sub(_character, rest)
    return f'"{escaped(_ESCAPE.sub(_character, content))}"{"" if rest == f"^^<{XSD}string>" else rest}'


def _character(escape: re.Match[str]) -> str:
    short, long, letter = escape.groups()
    return chr(int(short or long, 16)) if letter is None else _SHORT[letter]
