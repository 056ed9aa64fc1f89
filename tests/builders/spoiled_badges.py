"""Generated badges with one thing wrong: what other processors leave out, and the same said in other words.

Each change takes a document and a source of chance, and changes one place. The second member of a row are the reasons
for which we may refuse the document then.
"""

import copy
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

from jmc_vc.formats.jsonld import Loss

Json = dict[str, Any]
Change = Callable[[Json, Random], None]
PLACES = frozenset({
    "issuer", "credentialSubject", "achievement", "creator", "criteria", "evidence", "result", "resultDescription",
    "parentOrg", "source", "endorsement", "proof", "verifiableCredential", "alignment", "address", "geo", "identifier",
    "otherIdentifier", "related", "rubricCriterionLevel", "credentialStatus", "credentialSchema", "relatedResource",
})  # fmt: skip
"""Members that hold nodes under every version of the contexts."""


def nodes(document: Json) -> Iterator[Json]:
    """The nodes of `document`; what stands in JSON literals is none. Subjects of endorsements are left alone: they are
    described a second time."""
    yield document
    for name, value in document.items():
        if name in PLACES:
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict) and item.keys() - {"id"} and "EndorsementSubject" not in item.get("type", ()):
                    yield from nodes(item)


def credential(document: Json) -> Json:
    """The document, or the first one that it presents."""
    presented = document.get("verifiableCredential", document)
    found: Json = presented[0] if isinstance(presented, list) else presented
    return found


def anywhere(**members: Any) -> Change:
    """These members in any node, `at_x` for `@x`."""

    def change(document: Json, chance: Random) -> None:
        node = chance.choice(list(nodes(document)))
        node.update({name.replace("at_", "@"): copy.deepcopy(value) for name, value in members.items()})

    return change


def one_of(member: str, *values: Any) -> Change:
    def change(document: Json, chance: Random) -> None:
        chance.choice(list(nodes(document)))[member] = copy.deepcopy(chance.choice(values))

    return change


def named(*values: Any) -> Change:
    """One of `values` as the name of a credential, in an array or bare."""

    def change(document: Json, chance: Random) -> None:
        value = copy.deepcopy(chance.choice(values))
        credential(document)["name"] = [value] if chance.random() < 0.3 else value

    return change


def another_type(name: str) -> Change:
    def change(document: Json, chance: Random) -> None:
        node = chance.choice(list(nodes(document)))
        types = node.get("type", [])
        node["type"] = [*([types] if isinstance(types, str) else types), name]

    return change


LOSSES: Mapping[str, tuple[Change, frozenset[str]]] = {
    "VJ-01 a term that no context defines": (anywhere(grade="A+"), frozenset({Loss.UNDEFINED_TERM})),
    "VJ-01 a term that holds elsewhere only": (
        anywhere(identityHash="x", latitude=1), frozenset({Loss.UNDEFINED_TERM, Loss.TYPE}),
    ),
    "an empty name": (anywhere(**{"": "x"}), frozenset({Loss.UNDEFINED_TERM})),
    "a name like a keyword": (anywhere(at_grade="A+"), frozenset({Loss.UNDEFINED_TERM})),
    "a type that no context defines": (another_type("Secret"), frozenset({Loss.UNDEFINED_TYPE})),
    "VJ-03 a relative id": (
        one_of("id", "not-an-iri", "/x", "#1", "//host/x", "?q", "1a:b", "./x"), frozenset({Loss.RELATIVE_IRI}),
    ),
    "VJ-04 an empty id": (one_of("id", ""), frozenset({Loss.RELATIVE_IRI})),
    "an id that is no IRI": (
        one_of("id", "https://a.example/<x>", "urn:x:a b", 'urn:x:"', "urn:x:{}", "urn:x:\\", "urn:x:\n",
               "urn:x:\u3000"),
        frozenset({Loss.INVALID_IRI}),
    ),
    "an id that is no text": (one_of("id", None, 5, ["urn:x:y"], {}, True), frozenset({Loss.ID})),
    "a type that is no text": (
        one_of("type", None, 5, {}, ["VerifiableCredential", 5], [["VerifiableCredential"]]),
        # Without its type a credential has no members, and none may have a context then.
        frozenset({Loss.TYPE, "context.not_allowed"}),
    ),
    "a value that is null": (named(None, {"@value": None}), frozenset({Loss.NULL})),
    "a null beside a text": (one_of("name", ["x", None]), frozenset({Loss.NULL, Loss.UNDEFINED_TERM})),
    "a value object with more in it": (
        named({"@value": "x", "grade": 1}, {"@value": "x", "@index": "y"}, {"@value": "x", "@id": "urn:x:y"},
              {"@value": "x", "id": "urn:x:y"}),
        frozenset({Loss.VALUE_OBJECT}),
    ),
    "a value object with the wrong in it": (
        named({"@value": ["x"]}, {"@value": {"a": 1}}, {"@value": "x", "@type": None},
              {"@value": "x", "@direction": "up"}, {"@value": 5, "@language": "en"},
              {"@value": "x", "@type": "urn:t:t", "@language": "en"}),
        frozenset({Loss.VALUE_OBJECT}),
    ),
    "a datatype that no context defines": (named({"@value": "x", "@type": "Secret"}), frozenset({Loss.UNDEFINED_TYPE})),
    "no language tag": (
        named({"@value": "x", "@language": "not a tag"}, {"@value": "x", "@language": "en_US"}),
        frozenset({Loss.LANGUAGE}),
    ),
    "a language without a text": (named({"@language": "en"}), frozenset({"context.keyword"})),
    "VJ-71 @graph": (anywhere(at_graph=[]), frozenset({"context.keyword"})),
    "VJ-71 @reverse": (anywhere(at_reverse={}), frozenset({"context.keyword"})),
    "VJ-71 @included": (anywhere(at_included=[]), frozenset({"context.keyword"})),
    "VJ-71 @nest": (anywhere(at_nest={"name": "x"}), frozenset({"context.keyword"})),
    "@index": (anywhere(at_index="x"), frozenset({"context.keyword"})),
    "a number that its text does not give back": (
        named(0.1 + 0.2, 2**53 + 1, 1e20, -1e300), frozenset({Loss.NUMBER}),
    ),
}  # fmt: skip


def value_object(document: Json, chance: Random) -> None:
    """Plain text in a value object."""
    for node in chance.sample(found := list(nodes(document)), len(found)):
        plain = [name for name, value in node.items() if name[0] != "@" and name not in {"id", "type"}
                 and isinstance(value, str | bool | int)]  # fmt: skip
        if plain:
            name = chance.choice(plain)
            node[name] = {"@value": node[name]}
            return
    document["name"] = {"@value": "x"}


def wrapped(keyword: str) -> Change:
    def change(document: Json, chance: Random) -> None:
        node = chance.choice(list(nodes(document)))
        members = [name for name in node if name in PLACES] or ["name"]
        name = chance.choice(members)
        node[name] = {keyword: node.get(name, "x")}

    return change


def nested_array(document: Json, chance: Random) -> None:
    node = chance.choice(list(nodes(document)))
    members = [name for name in node if name in PLACES] or ["name"]
    name = chance.choice(members)
    node[name] = [[node.get(name, "x")]]


def labelled(document: Json, chance: Random) -> None:
    """One or two nodes with labels of blank nodes for their ids."""
    found = list(nodes(document))
    for number, node in enumerate(chance.sample(found, min(len(found), chance.randint(1, 2)))):
        node["id"] = f"_:x{number}"


def keyword_for_name(name: str) -> Change:
    def change(document: Json, chance: Random) -> None:
        with_it = [node for node in nodes(document) if name in node] or [document]
        node = chance.choice(with_it)
        node[f"@{name}"] = node.pop(name, "urn:x:1" if name == "id" else "VerifiableCredential")

    return change


def doubled(document: Json, chance: Random) -> None:
    """An item twice: harmless only for a node that has no id."""
    node = chance.choice(list(nodes(document)))
    members = [name for name in node if name in PLACES] or ["name"]
    name = chance.choice(members)
    value = node.get(name, "x")
    items = value if isinstance(value, list) else [value]
    node[name] = [*items, *copy.deepcopy(items[:1])]


REWORDINGS: Mapping[str, tuple[Change, frozenset[str]]] = {
    "a value object around plain text": (value_object, frozenset({Loss.SPELLING, Loss.VALUE_OBJECT})),
    "@set": (
        wrapped("@set"),
        frozenset({Loss.CONTAINER, Loss.GRAPH, Loss.VALUE_OBJECT, Loss.UNDEFINED_TERM, "context.keyword"}),
    ),
    "an array in an array": (nested_array, frozenset({Loss.CONTAINER, Loss.GRAPH, Loss.UNDEFINED_TERM})),
    "labels": (labelled, frozenset({Loss.DESCRIBED_TWICE, Loss.SPELLING})),
    "@id for id": (keyword_for_name("id"), frozenset({Loss.SPELLING})),
    "@type for type": (  # its types told a node that is endorsed in itself apart from the endorsement's subject
        keyword_for_name("type"),
        frozenset({
            Loss.DESCRIBED_TWICE, Loss.SPELLING, Loss.UNDEFINED_TERM, Loss.UNDEFINED_TYPE, "context.not_allowed"
        }),
    ),
    "a property under its IRI": (
        anywhere(**{"https://schema.org/name": "x"}), frozenset({Loss.UNDEFINED_TERM}),
    ),
    "a type as an IRI": (
        another_type("https://www.w3.org/2018/credentials#VerifiableCredential"), frozenset({Loss.SPELLING}),
    ),
    "a property as a type": (another_type("name"), frozenset({Loss.SPELLING, Loss.UNDEFINED_TYPE})),
    "a class as a member": (anywhere(Criteria="urn:x:1"), frozenset({Loss.SPELLING, Loss.UNDEFINED_TERM})),
    "an item twice": (  # a label in a credential that is presented twice stands in two graphs
        doubled, frozenset({Loss.ID, Loss.REPEATED, Loss.DESCRIBED_TWICE, Loss.UNDEFINED_TERM, "canon.limit"}),
    ),
}  # fmt: skip
