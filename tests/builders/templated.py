"""Documents with texts left open, and what is put there: to compare templates with the general path.

`templated(chance)` makes one: a badge or an endorsement as `generated_badges` has them, or a document under `TERMS`,
contexts in which much can go wrong. The values are drawn from a few, and from what the document says elsewhere, so that
nodes become alike, ids meet and items of an array stand twice.
"""

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import orjson

from jmc_vc.errors import Error
from jmc_vc.formats.jsonld import Contexts, canonical_nquads
from jmc_vc.formats.jsonld.template import Place, Template, compile_template
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import OURS, contexts_with
from tests.builders.generated_badges import generated
from tests.builders.generated_values import WORDS

Json = dict[str, Any]
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_JSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
TERMS = {
    "id": "@id",
    "type": "@type",
    "ex": {"@id": "urn:ex#", "@prefix": True},
    "text": "ex:text",
    "same": "ex:text",
    "other": "ex:other",
    "prefix": "ex:tex",
    "date": {"@id": "ex:date", "@type": f"{XSD}dateTime"},
    "float": {"@id": "ex:float", "@type": f"{XSD}float"},
    "said": {"@id": "ex:said", "@type": RDF_JSON},
    "german": {"@id": "ex:german", "@language": "de"},
    "link": {"@id": "ex:link", "@type": "@id"},
    "sameLink": {"@id": "ex:link", "@type": "@id"},
    "word": {"@id": "ex:word", "@type": "@vocab"},
    "json": {"@id": "ex:json", "@type": "@json"},
    "list": {"@id": "ex:list", "@container": "@list"},
    "links": {"@id": "ex:links", "@type": "@id", "@container": "@list"},
    "titles": {"@id": "ex:titles", "@container": "@language"},
    "graph": {"@id": "ex:graph", "@container": "@graph"},
    "Typed": {"@id": "ex:Typed", "@context": {"tag": {"@id": "urn:tag#", "@prefix": True}, "word": "ex:typedWord"}},
    "inside": {"@id": "ex:inside", "@type": "@id",
               "@context": {"mailto": {"@id": "urn:mail#", "@prefix": True}, "word": {"@id": "ex:w", "@type": "@id"}}},
}  # fmt: skip
"""Two terms of one IRI, an IRI that begins another, prefixes and terms that hold in some places only."""
TERMS_URL = "https://test.example/terms"
MARKS = ("urn:\ue0000\ue001", "urn:\ue0001\ue001", "\ue000", "\ue0000\ue001", "\ue001")
_IDS = (
    "urn:a:1", "urn:a:2", "urn:a:10", "https://a.example/", "https://a.example/#b", "HTTPS://A.example/~", "did:web:a",
    "https://例え.jp/章", "mailto:a@a.example", "tag:a.example,2026:1", "ex://a/b", "tag://a/b", "http://[2001:db8::1]/",
    "x+y.z-1:a",
)  # fmt: skip
_NO_IDS = (
    "", "relative", "/a", "#a", "//a.example/b", "_:a", "_:b0", "_:c14n0", "_:", "ex:text", "ex:x", "tag:x", "jmc:x",
    "mailto:x", "Typed", "text", "@id", "@type", "urn:", "urn:a b", "urn:a>b", "urn:a> <urn:p> <urn:o> .\n<urn:s",
    "urn:\ud800", "urn:a\n", "urn:a\u3000", "urn:a\x85", "1:a", " urn:a:1",
)  # fmt: skip
_NEVER_OPEN = frozenset({"@context", "type", "word", "@type", "@language", "@direction", "float", "said", "graph"})
"""Members of which a template is hardly ever made."""
_WORDS = ("urn:ex#text", "urn:ex#Typed", f"{XSD}string", f"{XSD}integer", RDF_JSON, "https://schema.org/name",
          "https://w3id.org/security#assertionMethod")  # fmt: skip
_TEXTS = (
    *WORDS, "a", "b", "1", "10", "2", "-1", "1.0E0", "false", "\x7f", "\x00", '"', "\\", '\\"', "\ud800", "\udc00a",
    "Ａ", "ａ１", "\ufeff", "2026-01-01T00:00:00Z", '{"a":1}', '"a"',
)  # fmt: skip


@cache
def contexts() -> Contexts:
    """The shipped contexts, and TERMS at TERMS_URL."""
    return contexts_with(terms=TERMS)


@dataclass(frozen=True)
class Templated:
    """A document, the places of texts in it, and lists of what is put there."""

    document: Json
    places: tuple[Place, ...]
    values: tuple[tuple[str, ...], ...]


def templated(chance: Random, *, fills: int = 4) -> Templated:
    """A document with at most a dozen places, and `fills` lists of values."""
    document = _document(chance)
    found = list(text_places(document))
    if chance.random() < 0.9:
        found = [place for place in found if not _NEVER_OPEN.intersection(place)] or found
    places = chance.sample(found, min(len(found), chance.choice((1, 1, 2, 3, 5, 12))))
    texts = [at(document, place) for place in found]
    values = []
    for _ in range(fills):
        # Most fills have one odd value at most, or hardly any would be accepted.
        odd = chance.choice((0.0, 0.0, 0.3, 1.0)) / len(places)
        filled = [_value(chance, at(document, place), texts, odd) for place in places]
        if len(filled) > 1 and chance.random() < 0.15:
            one, other = chance.sample(range(len(filled)), 2)
            filled[one] = filled[other]
        values.append(tuple(filled))
    return Templated(document, tuple(places), tuple(values))


def read_templated(data: bytes) -> Templated:
    """What `write_templated` wrote."""
    read = json.loads(data)
    return Templated(
        read["document"], tuple(tuple(place) for place in read["places"]), tuple(map(tuple, read["values"]))
    )


def write_templated(made: Templated) -> bytes:
    """As JSON, in ASCII: texts may have lone surrogates."""
    return json.dumps({"document": made.document, "places": made.places, "values": made.values}).encode()


def text_places(value: Any, around: Place = ()) -> Iterator[Place]:
    """Where texts stand."""
    if isinstance(value, str):
        yield around
    elif isinstance(value, list | dict):
        for step, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from text_places(member, (*around, step))


def at(document: Any, place: Place) -> Any:
    for step in place:
        document = document[step]
    return document


def with_values(document: Json, places: Sequence[Place], values: Sequence[str]) -> Json:
    """`document` with `values` at `places`."""
    changed = copy.deepcopy(document)
    for place, value in zip(places, values, strict=True):
        at(changed, place[:-1])[place[-1]] = value
    return changed


def by_general_path(document: Json) -> tuple[bytes, bytes] | None:
    """What a template should give: the document as JSON, and its canonical N-Quads. None when it is refused."""
    try:
        canonical = canonical_nquads(document, contexts())
    except Error:
        return None
    return orjson.dumps(document), canonical


def compiled(document: Json, places: Sequence[Place]) -> Template | None:
    """The template, or None also for a document that is refused. Raises AssertionError when it is refused on one path
    only."""
    try:
        template = compile_template(document, places, contexts())
    except Error:
        assert by_general_path(document) is None
        return None
    assert by_general_path(document) is not None
    return template


def fills_rightly(template: Template, made: Templated, values: Sequence[str]) -> bool:
    """Whether `template` fills `values` in. Raises AssertionError when that is not what the general path gives."""
    filled = template.fill(values)
    if filled is None:
        return False
    assert filled == by_general_path(with_values(made.document, made.places, values))
    return True


def _document(chance: Random) -> Json:
    match chance.choice(("generated", "generated", "terms", "terms", "terms", "typical")):
        case "generated":
            made = generated(chance, size=chance.choice((3, 6, 12)))
            if chance.random() < 0.9:
                _take_proofs(made)
            return made
        case "terms":
            node = _node(chance, chance.choice((2, 4, 8)))
            return {"@context": TERMS_URL, "text": "top", **node}
        case _:
            return chance.choice((small_badge, typical_badge))(chance.randrange(100))


def _take_proofs(value: Any) -> None:
    """Proofs are in graphs, of which no template is made."""
    if isinstance(value, dict):
        value.pop("proof", None)
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _take_proofs(member)


def _node(chance: Random, size: int) -> Json:
    """A node of at most `size` members, under TERMS."""
    makes: dict[str, Any] = {
        "id": lambda: chance.choice(_IDS),
        "type": lambda: chance.choice(("Typed", "urn:t:1", ["Typed", "urn:t:2"])),
        "text": lambda: _some(chance, _text),
        "same": lambda: _some(chance, _text),
        "other": lambda: _text(chance),
        "prefix": lambda: _text(chance),
        "date": lambda: _text(chance),
        "float": lambda: chance.choice(("x", "1.5")),
        "said": lambda: _text(chance),
        "german": lambda: {"@value": _text(chance), **chance.choice(({"@type": f"{XSD}date"}, {"@type": RDF_JSON},
                                                                     {"@language": "ja"}, {"@direction": "rtl"}))},
        "link": lambda: _some(chance, lambda _: _object(chance, size)),
        "sameLink": lambda: _object(chance, size),
        "inside": lambda: _object(chance, size),
        "word": lambda: chance.choice(("Typed", "urn:w:1", "urn:w:2")),
        "json": lambda: chance.choice((_text(chance), {"a": _text(chance), "\U0001f600": [_text(chance), 1.5, None]})),
        "list": lambda: [_text(chance) for _ in range(chance.randint(0, 3))],
        "links": lambda: [_object(chance, size) for _ in range(chance.randint(0, 2))],
        "titles": lambda: {tag: _text(chance) for tag in ("ja", "en", "x-a")[: chance.randint(1, 3)]},
    }  # fmt: skip
    if chance.random() < 0.05:
        makes["graph"] = lambda: {"text": _text(chance)}
    names = chance.sample(list(makes), min(len(makes), size))
    made = {name: makes[name]() for name in names}
    if "id" not in made and chance.random() < 0.4:
        made["id"] = chance.choice(_IDS)
    return made


def _object(chance: Random, size: int) -> Any:
    match chance.randint(0, 5):
        case 0 | 1:
            return chance.choice(_IDS)
        case 2:
            return {"id": chance.choice(_IDS), "list": []} if chance.random() < 0.1 else {"id": chance.choice(_IDS)}
        case 3:
            return {"id": chance.choice(_IDS), "text": []} if chance.random() < 0.3 else f"urn:o:{chance.randint(1, 9)}"
        case _:
            return _node(chance, size // 2)


def _some(chance: Random, make: Any) -> Any:
    if chance.random() < 0.5:
        return make(chance)
    made: list[Any] = []
    for _ in range(chance.randint(0, 3)):
        item = make(chance)
        made += [item] if item not in made else []
    return made


def _text(chance: Random) -> str:
    return chance.choice(("a", "b", "c", "1", "é", "日本語", '"', "x\ny"))


def _value(chance: Random, before: str, texts: Sequence[str], odd: float) -> str:
    """What comes in place of `before`."""
    if chance.random() < odd:
        return chance.choice((*_NO_IDS, *_WORDS, *MARKS, *_TEXTS, *texts))
    if chance.random() < 0.1:
        return chance.choice(texts)
    if before.partition(":")[1] and " " not in before:
        return chance.choice(
            (before, *_IDS, f"{before}{chance.randint(0, 99)}", f"urn:uuid:{chance.getrandbits(64)}", *_WORDS)
        )
    return chance.choice((before, *_TEXTS[:-1], str(chance.getrandbits(32)), f"令和{chance.randint(1, 99)}年", *MARKS))


def ours() -> Json:
    """A badge with JSON literals and language maps."""
    badge = small_badge()
    badge["@context"].append(OURS)
    badge["jmc:programVersion"] = {"id": "https://a.example/v/1", "z": ["one", "two", 1.5, None], "a": {"é": "three"}}
    badge["credentialSubject"]["achievement"]["jmc:title"] = {"ja": "題", "en": "Title"}
    badge["credentialSubject"]["jmc:recipientName"] = {"ja": {"family": "𠮷野", "given": "葛󠄀葉"}, "\U0001f600": "x"}
    return badge


def terms(**members: Any) -> Json:
    """A document under `tests.builders.templated.TERMS`."""
    return {"@context": TERMS_URL, "id": "urn:s:1", **members}


def template_of(document: Json, *places: Place) -> Template:
    found = compiled(document, places)
    assert found is not None
    return found
