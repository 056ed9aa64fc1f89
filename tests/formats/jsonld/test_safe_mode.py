"""Nothing is dropped: whatever a processor would leave out of the signed data is refused, with its place (DI-03)."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.jsonld import (
    ContextConflict,
    ContextNotAllowed,
    Contexts,
    DataLoss,
    KeywordRefused,
    UnknownContext,
    canonical_nquads,
    require_covered,
    to_quads,
)
from jmc_vc.formats.jsonld.context import MOST_TYPE_LISTS
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import CREDENTIALS, EXTENSIONS, OPEN_BADGES, OURS, contexts_with, shipped_contexts

Spoil = Callable[[dict[str, Any]], Any]


def _at(*path: str, **members: Any) -> Spoil:
    def spoil(badge: dict[str, Any]) -> None:
        for step in path:
            badge = badge[step]
        badge.update({name.replace("at_", "@"): value for name, value in members.items()})

    return spoil


ACHIEVEMENT = ("credentialSubject", "achievement")
LOST = [
    pytest.param(_at(grade="A+"), "undefined_term", "/grade", id="VJ-01 undefined term"),
    pytest.param(
        _at(*ACHIEVEMENT, grade="A+"), "undefined_term", "/credentialSubject/achievement/grade", id="VJ-01 deep"
    ),
    pytest.param(_at(**{"": 1}), "undefined_term", "/", id="empty name"),
    pytest.param(_at(id="not-an-iri"), "relative_iri", "/id", id="VJ-03 id without scheme"),
    pytest.param(_at(id=""), "relative_iri", "/id", id="VJ-04 empty id"),
    pytest.param(_at(id="/credentials/1"), "relative_iri", "/id", id="path"),
    pytest.param(_at(id="#1"), "relative_iri", "/id", id="fragment"),
    pytest.param(_at(id="//host/x"), "relative_iri", "/id", id="network path"),
    pytest.param(_at(id="1a:b"), "relative_iri", "/id", id="no scheme before the colon"),
    pytest.param(_at(id="did:"), "invalid_iri", "/id", id="nothing after the scheme"),
    pytest.param(_at(id="type"), "relative_iri", "/id", id="a term is no id"),
    pytest.param(_at(id="@type"), "relative_iri", "/id", id="a keyword is no id"),
    pytest.param(_at(id=["urn:a:b"]), "id", "/id", id="id in an array"),
    pytest.param(_at(id=5), "id", "/id", id="id is a number"),
    pytest.param(_at(id=None), "id", "/id", id="id is null"),
    pytest.param(_at(at_id="urn:other:one"), "spelling", "/@id", id="two ids"),
    pytest.param(_at(at_type="VerifiableCredential"), "spelling", "/@type", id="two types"),
    pytest.param(_at(type=[f"urn:t:{n}" for n in range(9)]), "type", "/type", id="nine types"),
    pytest.param(_at(type=["VerifiableCredential", "Secret"]), "undefined_type", "/type", id="undefined type"),
    pytest.param(_at(type=["VerifiableCredential", "_:t"]), "undefined_type", "/type", id="blank node as type"),
    pytest.param(_at(type=["VerifiableCredential", "@id"]), "undefined_type", "/type", id="keyword as type"),
    pytest.param(_at(type=["VerifiableCredential", None]), "type", "/type", id="null in the type"),
    pytest.param(_at(type=None), "type", "/type", id="type is null"),
    pytest.param(_at(type={"a": 1}), "type", "/type", id="type is an object"),
    pytest.param(_at(name=None), "null", "/name", id="null"),
    pytest.param(
        _at(*ACHIEVEMENT, tag=["a", None]), "null", "/credentialSubject/achievement/tag/1", id="null in an array"
    ),
    pytest.param(_at(name={"@value": None}), "null", "/name", id="null in a value object"),
    pytest.param(_at(name={"@value": "x", "@type": None}), "value_object", "/name", id="null type in a value object"),
    pytest.param(_at(name={"@value": "x", "grade": "A+"}), "value_object", "/name", id="member beside @value"),
    pytest.param(_at(name={"@value": "x", "@index": "A+"}), "value_object", "/name", id="@index beside @value"),
    pytest.param(_at(name={"@value": ["x"]}), "value_object", "/name", id="array in a value object"),
    pytest.param(_at(name={"@value": {"a": 1}}), "value_object", "/name", id="object in a value object"),
    pytest.param(_at(name={"@value": 5, "@language": "en"}), "value_object", "/name", id="number with a language"),
    pytest.param(_at(name={"@value": "x", "@language": "en", "@type": "urn:t:t"}), "value_object", "/name", id="both"),
    pytest.param(_at(name={"@value": "x", "@language": 5}), "language", "/name", id="language is a number"),
    pytest.param(_at(name={"@value": "x", "@language": "not a tag"}), "language", "/name", id="no language tag"),
    pytest.param(_at(name={"@value": "x", "@language": "en_US"}), "language", "/name", id="underscore in a tag"),
    pytest.param(_at(name={"@value": "x", "@direction": "up"}), "value_object", "/name", id="no direction"),
    pytest.param(_at(name={"@value": "x", "@type": "Secret"}), "undefined_type", None, id="undefined datatype"),
    pytest.param(_at(name={"@value": "x", "@type": 5}), "value_object", "/name", id="datatype is a number"),
    pytest.param(_at(name={"@value": "x", "@type": ["urn:t:t"]}), "value_object", "/name", id="datatype in an array"),
    pytest.param(_at(name={"@list": ["x"], "a": 1}), "container", "/name", id="member beside @list"),
    pytest.param(_at(name={"@set": ["x"], "a": 1}), "container", "/name", id="member beside @set"),
    pytest.param(_at(name=0.1 + 0.2), "number", "/name", id="0.30000000000000004 would be written 3.0E-1"),
    pytest.param(_at(name=2**53 + 1), "number", "/name", id="integer beyond 2^53"),
    pytest.param(_at(name=1e20), "number", "/name", id="1e20"),
    pytest.param(_at(name=float("nan")), "number", "/name", id="NaN"),
    pytest.param(_at(name=float("inf")), "number", "/name", id="Infinity"),
    pytest.param(_at(name="\ud800"), "text", None, id="lone surrogate"),
    pytest.param(_at(evidence={"id": "a b:c"}), "relative_iri", "/evidence/id", id="reference with a blank"),
    pytest.param(_at(evidence="urn:a:b c"), "invalid_iri", "/evidence", id="text reference with a blank"),
    pytest.param(_at(evidence="evidence.pdf"), "relative_iri", "/evidence", id="relative text reference"),
    pytest.param(_at(proof="urn:uuid:1"), "graph", "/proof", id="a graph that is a text"),
    pytest.param(_at(proof={"id": "urn:uuid:1"}), "graph", "/proof", id="a graph that is a bare reference"),
    pytest.param(_at(proof={}), "graph", "/proof", id="a graph that is empty"),
    pytest.param(_at(proof=[{"@value": "x"}]), "graph", "/proof/0", id="a graph that is a value"),
    pytest.param(
        _at(proof={"type": "DataIntegrityProof", "note": "x"}),
        "undefined_term",
        "/proof/note",
        id="undefined in a proof",
    ),
    pytest.param(_at(**{"x" * 65: 1}), "undefined_term", "/…", id="a long name is not repeated"),
    pytest.param(_at(**{"a/b~c": 1}), "undefined_term", "/a~1b~0c", id="a pointer escapes"),
]


@pytest.mark.parametrize(("spoil", "reason", "pointer"), LOST)
def test_what_would_be_lost_is_refused(spoil: Spoil, reason: str, pointer: str | None) -> None:
    badge = small_badge()
    spoil(badge)
    with pytest.raises(DataLoss) as refused:
        canonical_nquads(badge, shipped_contexts())
    assert refused.value.code == "proof.coverage"
    assert refused.value.params == {"reason": reason}
    if pointer is not None:
        assert refused.value.pointer == pointer


INVALID = [
    ">",
    '"',
    "{",
    "}",
    "|",
    "\\",
    "^",
    "`",
    "<",
    "\0",
    "\x1f",
    "\x7f",
    "\x85",
    " ",
    "\u3000",
    "\u2028",
    "\n",
    "\u00a0",
]


@pytest.mark.parametrize("character", INVALID, ids=ascii)
@pytest.mark.parametrize("place", ["id", "type", "reference"])
def test_no_character_that_is_none_of_an_iri_gets_in(character: str, place: str) -> None:
    badge = small_badge()
    iri = f"https://a.example/{character}x"
    match place:
        case "id":
            badge["id"] = iri
        case "type":
            badge["type"] = [*badge["type"], iri]
        case _:
            badge["evidence"] = [iri]
    with pytest.raises(DataLoss) as refused:
        canonical_nquads(badge, shipped_contexts())
    assert refused.value.params["reason"] == "invalid_iri"


def test_an_id_cannot_inject_a_statement() -> None:
    badge = small_badge()
    badge["id"] = 'urn:x:1> <urn:p> "x" .\n<urn:y:1'
    with pytest.raises(DataLoss):
        canonical_nquads(badge, shipped_contexts())


def test_a_member_name_cannot_inject_a_statement() -> None:
    with pytest.raises(DataLoss):
        canonical_nquads({**small_badge(), 'urn:p> "x" .\n<urn:s> <urn:q': "x"}, shipped_contexts())


@pytest.mark.parametrize(
    "keyword",
    [
        "@graph",
        "@included",
        "@reverse",
        "@nest",
        "@index",
        "@language",
        "@value",
        "@list",
        "@set",
        "@none",
        "@json",
        "@vocab",
        "@base",
        "@import",
    ],
)
@pytest.mark.parametrize("value", [[], {}, "x", [{"id": "urn:a:b"}]], ids=str)
def test_keywords_that_move_statements_are_refused(keyword: str, value: Any) -> None:  # VJ-71
    badge = small_badge()
    badge[keyword] = value
    with pytest.raises(KeywordRefused) as refused:
        canonical_nquads(badge, shipped_contexts())
    assert refused.value.code == "context.keyword"


@pytest.mark.parametrize(
    ("context", "refusal", "pointer"),
    [
        pytest.param([CREDENTIALS, {"name": None}], ContextNotAllowed, "/@context/1", id="VJ-06 inline object"),
        pytest.param([{"@context": {}}, CREDENTIALS], ContextNotAllowed, "/@context/0", id="VJ-10 inline copy"),
        pytest.param({"@vocab": "urn:x:"}, ContextNotAllowed, "/@context", id="only an object"),
        pytest.param([CREDENTIALS, None], ContextNotAllowed, "/@context/1", id="null in the list"),
        pytest.param(None, ContextNotAllowed, "/@context", id="null"),
        pytest.param([], ContextNotAllowed, "/@context", id="an empty list"),
        pytest.param([CREDENTIALS, OPEN_BADGES, CREDENTIALS], ContextNotAllowed, "/@context", id="a URL twice"),
        pytest.param([CREDENTIALS] * 9, ContextNotAllowed, "/@context", id="a long list"),
        pytest.param([[CREDENTIALS]], ContextNotAllowed, "/@context/0", id="a list in a list"),
        pytest.param([CREDENTIALS, "https://evil.example/c"], UnknownContext, "/@context/1", id="VJ-07 unknown URL"),
        pytest.param([CREDENTIALS, OPEN_BADGES + "#"], UnknownContext, "/@context/1", id="VJ-07 nearly known URL"),
        pytest.param("context.json", UnknownContext, "/@context", id="relative URL"),
        pytest.param(
            [EXTENSIONS, CREDENTIALS, "https://test.example/redefines"], ContextConflict, None, id="redefined"
        ),
    ],
)
def test_only_contexts_that_are_shipped_are_read(context: Any, refusal: type[Error], pointer: str | None) -> None:
    contexts = contexts_with(redefines={"VerifiableCredential": "urn:x:y"})
    with pytest.raises(refusal) as refused:
        canonical_nquads({**small_badge(), "@context": context}, contexts)
    assert refused.value.pointer == pointer


def test_a_document_without_context_is_refused() -> None:
    with pytest.raises(ContextNotAllowed):
        canonical_nquads({"id": "urn:a:b"}, shipped_contexts())


def test_a_nested_inline_context_is_refused_with_its_place() -> None:
    badge = small_badge()
    badge["credentialSubject"]["@context"] = {"@vocab": "urn:x:"}
    with pytest.raises(ContextNotAllowed) as refused:
        canonical_nquads(badge, shipped_contexts())
    assert refused.value.pointer == "/credentialSubject/@context"


@pytest.mark.parametrize("document", [{}, {"id": "urn:a:b"}, {"type": []}, {"tag": []}], ids=str)
def test_a_document_that_states_nothing_is_refused(document: dict[str, Any]) -> None:
    # Otherwise every such document would have the hash of the empty text.
    with pytest.raises(DataLoss):
        canonical_nquads({"@context": [CREDENTIALS, OPEN_BADGES], **document}, shipped_contexts())


def test_deep_documents_from_elsewhere_end_in_a_refusal() -> None:
    badge = small_badge()
    inner: dict[str, Any] = {"type": ["Evidence"]}
    for _ in range(100_000):
        inner = {"type": ["VerifiableCredential"], "evidence": inner}
    badge["evidence"] = inner
    with pytest.raises(DataLoss):
        to_quads(badge, shipped_contexts())


def test_many_odd_combinations_of_contexts_are_refused() -> None:
    types = [
        "Achievement",
        "AchievementSubject",
        "Address",
        "Alignment",
        "Evidence",
        "IdentifierEntry",
        "Profile",
        "Result",
    ]
    badge = small_badge()
    badge["evidence"] = [
        {"type": [name for bit, name in enumerate(types) if number >> bit & 1]} for number in range(1, 256)
    ]
    with pytest.raises(Error) as refused:
        to_quads(badge, shipped_contexts())
    assert refused.value.code in ("proof.coverage", "context.conflict")


def test_hostile_member_names_do_not_fill_the_memory() -> None:
    contexts = contexts_with()
    for number in range(5_000):
        badge = {**small_badge(), "type": ["VerifiableCredential", f"urn:t:{number}"]}
        to_quads(badge, contexts)
        with pytest.raises(DataLoss):
            to_quads({**badge, f"urn:p:{number}": "x"}, contexts)
    assert len(contexts.root(small_badge()["@context"]).terms) < 100
    assert len(contexts.type_lists) <= MOST_TYPE_LISTS
    assert len(contexts.compiled) < 100


def test_compiled_contexts_are_forgotten_and_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jmc_vc.formats.jsonld.context.MOST_KEPT", 6)
    contexts = contexts_with()
    expected = canonical_nquads(typical_badge(), shipped_contexts())
    for _ in range(3):
        assert canonical_nquads(typical_badge(), contexts) == expected
        assert len(contexts.compiled) <= 6


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [leaf for name, member in value.items() if name != "@context" for leaf in leaves(member, (*path, name))]
    if isinstance(value, list):
        return [leaf for position, item in enumerate(value) for leaf in leaves(item, (*path, position))]
    return [path]


def outcome(document: dict[str, Any]) -> bytes | str:
    """The signed bytes, or the code of the refusal when it is one of loss."""
    try:
        return canonical_nquads(document, shipped_contexts())
    except (DataLoss, KeywordRefused) as refused:
        return refused.code


@pytest.mark.parametrize("badge", [small_badge(), typical_badge()], ids=["small", "typical"])
def test_every_leaf_of_a_badge_is_covered(badge: dict[str, Any]) -> None:
    """Change, remove or add beside any leaf: either it is refused, or other bytes are signed."""
    signed = outcome(badge)
    assert isinstance(signed, bytes)
    for path in leaves(badge):
        for change in ("alter", "remove", "add"):
            copied = copy.deepcopy(badge)
            parent: Any = copied
            for step in path[:-1]:
                parent = parent[step]
            last: Any = path[-1]
            if change == "alter":
                value = parent[last]
                parent[last] = value + "x" if isinstance(value, str) else not value
            elif change == "remove":
                del parent[last]
            elif isinstance(parent, dict):
                parent["addedAfterSigning"] = "x"
            else:
                parent.append("added")
            assert outcome(copied) != signed, (path, change)


def test_the_whole_document_with_its_proofs_is_asked_for_coverage() -> None:
    badge = small_badge()
    badge["proof"] = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofValue": "z1"}
    require_covered(badge, shipped_contexts())
    badge["proof"]["unsignedRemark"] = "trust me"
    with pytest.raises(DataLoss):
        require_covered(badge, shipped_contexts())


def test_an_endless_document_loader_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    from pyld import jsonld  # type: ignore[import-untyped]

    def loader(url: str, _options: object) -> object:
        raise AssertionError(f"asked for {url}")

    monkeypatch.setattr(jsonld, "_default_document_loader", loader)
    canonical_nquads(typical_badge(), contexts_with())
    imported = Contexts({"urn:a:1": json.dumps({"@context": "https://elsewhere.example/c"}).encode()})
    with pytest.raises(UnknownContext):
        canonical_nquads({"@context": "urn:a:1", "id": "urn:a:b"}, imported)


def test_our_context_may_stand_in_the_list() -> None:
    badge = small_badge()
    badge["@context"].append(OURS)
    badge["jmc:testData"] = True
    assert b"https://ns.jmc.example/mc/v1#testData" in canonical_nquads(badge, shipped_contexts())
    badge["jmc:unheard"] = 1
    with pytest.raises(DataLoss):  # its prefix alone defines no name
        canonical_nquads(badge, shipped_contexts())
