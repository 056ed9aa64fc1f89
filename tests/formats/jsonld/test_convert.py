"""What a document states: the rules of JSON-LD 1.1 that credentials use, and where implementations differ."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.jsonld import canonical_nquads
from jmc_vc.formats.strict_json import JsonObject
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import CREDENTIALS, EXTENSIONS, OPEN_BADGES, OURS, contexts_with, shipped_contexts
from tests.builders.independent import by_oxigraph, by_pyld

TERMS = {
    "id": "@id",
    "type": "@type",
    "ex": {"@id": "urn:ex#", "@prefix": True},
    "text": "ex:text",
    "float": {"@id": "ex:float", "@type": "http://www.w3.org/2001/XMLSchema#float"},
    "double": {"@id": "ex:double", "@type": "http://www.w3.org/2001/XMLSchema#double"},
    "string": {"@id": "ex:string", "@type": "http://www.w3.org/2001/XMLSchema#string"},
    "link": {"@id": "ex:link", "@type": "@id"},
    "word": {"@id": "ex:word", "@type": "@vocab"},
    "any": {"@id": "ex:any", "@type": "@none"},
    "list": {"@id": "ex:list", "@container": "@list"},
    "links": {"@id": "ex:links", "@type": "@id", "@container": "@list"},
    "set": {"@id": "ex:set", "@container": "@set"},
    "json": {"@id": "ex:json", "@type": "@json"},
    "titles": {"@id": "ex:titles", "@container": "@language"},
    "arabic": {"@id": "ex:arabic", "@language": "ar", "@direction": "rtl"},
    "german": {"@id": "ex:german", "@language": "de"},
    "graph": {"@id": "ex:graph", "@container": "@graph"},
    "nothing": None,
    "Typed": {"@id": "ex:Typed", "@context": {"scoped": "ex:scoped", "text": "ex:scopedText"}},
    "Open": {"@id": "ex:Open", "@context": {"@propagate": True, "scoped": "ex:scoped"}},
    "inside": {"@id": "ex:inside", "@context": {"text": "ex:insideText", "within": "ex:within"}},
    "reset": {"@id": "ex:reset", "@context": None},
    "indexed": {"@id": "ex:indexed", "@container": "@index"},
    "reversed": {"@reverse": "ex:reversed"},
    "nested": "@nest",
}
CONTEXTS = contexts_with(terms=TERMS, vocab={"@vocab": "urn:vocab#"}, spoken={"@language": "JA", "text": "urn:ex#text"})
XSD = "http://www.w3.org/2001/XMLSchema#"


def stated(**members: Any) -> list[str]:
    """The lines of a document with these members, without subject and full stop where the subject is `urn:s`."""
    document = {"@context": "https://test.example/terms", "id": "urn:s:1", **members}
    lines = canonical_nquads(document, CONTEXTS).decode().splitlines()
    return [line.removeprefix("<urn:s:1> ").removesuffix(" .") for line in lines]


@pytest.mark.parametrize(
    ("members", "lines"),
    [
        ({"text": "x"}, ['<urn:ex#text> "x"']),
        ({"text": ["b", "a"], "string": []}, ['<urn:ex#text> "a"', '<urn:ex#text> "b"']),
        ({"string": "x"}, ['<urn:ex#string> "x"']),
        ({"text": True}, [f'<urn:ex#text> "true"^^<{XSD}boolean>']),
        ({"text": 5}, [f'<urn:ex#text> "5"^^<{XSD}integer>']),
        ({"text": 5.0}, [f'<urn:ex#text> "5"^^<{XSD}integer>']),
        ({"text": -0.0}, [f'<urn:ex#text> "0"^^<{XSD}integer>']),
        ({"text": 5.5}, [f'<urn:ex#text> "5.5E0"^^<{XSD}double>']),
        ({"text": 1e-7}, [f'<urn:ex#text> "1.0E-7"^^<{XSD}double>']),
        ({"text": 123456.789}, [f'<urn:ex#text> "1.23456789E5"^^<{XSD}double>']),
        ({"float": 3.5}, [f'<urn:ex#float> "3.5E0"^^<{XSD}float>']),
        ({"float": 3}, [f'<urn:ex#float> "3"^^<{XSD}float>']),
        ({"float": "3.50"}, [f'<urn:ex#float> "3.50"^^<{XSD}float>']),
        ({"double": 3}, [f'<urn:ex#double> "3.0E0"^^<{XSD}double>']),
        ({"link": "urn:o:1"}, ["<urn:ex#link> <urn:o:1>"]),
        ({"link": {"id": "urn:o:1"}}, ["<urn:ex#link> <urn:o:1>"]),
        ({"link": 5}, [f'<urn:ex#link> "5"^^<{XSD}integer>']),
        ({"word": "Typed"}, ["<urn:ex#word> <urn:ex#Typed>"]),
        ({"any": "x"}, ['<urn:ex#any> "x"']),
        ({"list": []}, ["<urn:ex#list> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"]),
        ({"titles": {"ja": "題", "en-gb": "t"}}, ['<urn:ex#titles> "t"@en-gb', '<urn:ex#titles> "題"@ja']),
        ({"german": "x"}, ['<urn:ex#german> "x"@de']),
        ({"arabic": "x"}, ['<urn:ex#arabic> "x"^^<https://www.w3.org/ns/i18n#ar_rtl>']),
        ({"text": {"@value": "x", "@direction": "ltr"}}, ['<urn:ex#text> "x"^^<https://www.w3.org/ns/i18n#_ltr>']),
        ({"text": {"@value": "x", "@language": "EN", "@direction": "rtl"}},
         ['<urn:ex#text> "x"^^<https://www.w3.org/ns/i18n#en_rtl>']),
        ({"text": {"@value": "x", "@language": "EN"}}, ['<urn:ex#text> "x"@en']),
        ({"text": {"@value": "x", "@type": "urn:ex#T"}}, ['<urn:ex#text> "x"^^<urn:ex#T>']),
        ({"text": {"@value": 3.5, "@type": f"{XSD}float"}}, [f'<urn:ex#text> "3.5E0"^^<{XSD}float>']),
        ({"text": {"@value": "2026", "@type": f"{XSD}gYear"}}, [f'<urn:ex#text> "2026"^^<{XSD}gYear>']),
        ({"link": {"@value": "urn:o:1"}}, ['<urn:ex#link> "urn:o:1"']),
        ({"text": {"@value": [1, {"b": None, "a": 2.5}], "@type": "@json"}},
         ['<urn:ex#text> "[1,{\\"a\\":2.5,\\"b\\":null}]"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>']),
        ({"json": None}, ['<urn:ex#json> "null"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>']),
        ({"json": {"@id": 1, "z": [], "é": "\b"}},
         ['<urn:ex#json> "{\\"@id\\":1,\\"z\\":[],\\"é\\":\\"\\\\b\\"}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>']),
        ({"text": "\b\f\x01\x7f"}, ['<urn:ex#text> "\\b\\f\\u0001\\u007F"']),
        ({"type": ["Typed"], "scoped": "x", "text": "y"},
         ["<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:ex#Typed>", '<urn:ex#scoped> "x"',
          '<urn:ex#scopedText> "y"']),
        ({"type": "Typed", "link": {"id": "urn:o:1", "text": "z"}},
         ['<urn:o:1> <urn:ex#text> "z"', "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:ex#Typed>",
          "<urn:ex#link> <urn:o:1>"]),
        ({"type": "Open", "link": {"id": "urn:o:1", "scoped": "z"}},
         ['<urn:o:1> <urn:ex#scoped> "z"', "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:ex#Open>",
          "<urn:ex#link> <urn:o:1>"]),
        ({"inside": {"id": "urn:o:1", "text": "z", "link": {"id": "urn:o:2", "within": "w"}}},
         ['<urn:o:1> <urn:ex#insideText> "z"', "<urn:o:1> <urn:ex#link> <urn:o:2>", '<urn:o:2> <urn:ex#within> "w"',
          "<urn:ex#inside> <urn:o:1>"]),
        ({"reset": {"@id": "urn:o:1", "@type": "urn:t:1"}},
         ["<urn:o:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:t:1>", "<urn:ex#reset> <urn:o:1>"]),
        ({"link": {}}, ["<urn:ex#link> _:c14n0"]),
        ({"graph": {"id": "urn:o:1", "text": "z"}}, ['<urn:o:1> <urn:ex#text> "z" _:c14n0', "<urn:ex#graph> _:c14n0"]),
    ],
    ids=lambda value: json.dumps(value, ensure_ascii=True)[:60] if isinstance(value, dict) else "",
)  # fmt: skip
def test_members_are_stated_as_json_ld_says(members: JsonObject, lines: list[str]) -> None:
    assert stated(**members) == lines


def test_a_list_is_a_chain_of_cells() -> None:
    rdf = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    lines = stated(links=["urn:o:1", {"id": "urn:o:2"}])
    assert f"_:c14n0 {rdf}first> <urn:o:1>" in lines or f"_:c14n1 {rdf}first> <urn:o:1>" in lines
    assert sum(f"{rdf}rest>" in line for line in lines) == 2
    assert len(stated(list=[["a"], []])) == 7


@pytest.mark.parametrize(
    "members",
    [
        {"nothing": 1},
        {"indexed": {"a": "b"}},
        {"reversed": {"id": "urn:o:1"}},
        {"nested": {"text": "x"}},
        {"unheard": 1},
        {"text": "ok", "@foo": 1},
    ],
    ids=str,
)
def test_terms_that_we_do_not_support_are_refused_and_not_dropped(members: JsonObject) -> None:
    with pytest.raises(Error) as refused:
        stated(**members)
    assert refused.value.code in ("proof.coverage", "context.keyword")


def test_a_vocabulary_of_a_shipped_context_defines_every_term() -> None:
    document: JsonObject = {"@context": "https://test.example/vocab", "@id": "urn:s:1", "@type": "T", "p": "x"}
    assert b'<urn:s:1> <urn:vocab#p> "x" .' in canonical_nquads(document, CONTEXTS)


def test_a_default_language_holds_for_plain_text_only() -> None:
    document: JsonObject = {"@context": "https://test.example/spoken", "@id": "urn:s:1", "text": ["x", 5]}
    assert canonical_nquads(document, CONTEXTS).decode().splitlines() == [
        '<urn:s:1> <urn:ex#text> "5"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '<urn:s:1> <urn:ex#text> "x"@ja .',
    ]


def test_order_is_that_of_code_points() -> None:
    assert stated(text=["\U0001f600", "\uff21"]) == ['<urn:ex#text> "\uff21"', '<urn:ex#text> "\U0001f600"']


def test_the_same_description_at_two_places_is_stated_once() -> None:
    described = {"id": "urn:o:1", "list": []}
    assert len(stated(link=described, any=copy.deepcopy(described))) == 3


def test_the_datatype_erratum_of_open_badges_is_kept() -> None:
    badge = {**small_badge(), "awardedDate": "2026-01-01T00:00:00Z"}
    assert b'"2026-01-01T00:00:00Z"^^<xsd:dateTime>' in canonical_nquads(badge, shipped_contexts())


def endorsed_badge() -> dict[str, Any]:
    """A badge that carries an endorsement with a proof: a credential in a credential, and a graph inside."""
    badge = typical_badge()
    badge["endorsement"] = [
        {
            "@context": [CREDENTIALS, OPEN_BADGES, EXTENSIONS],
            "id": "urn:uuid:99999999-0000-4000-8000-000000000000",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": "did:web:endorser.example", "type": ["Profile"], "name": "Endorser"},
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {
                "id": "https://issuer.example/achievements/robotics-101",
                "type": ["EndorsementSubject"],
                "endorsementComment": "Good.",
            },
            "proof": [proof_of("did:web:endorser.example#1")],
        }
    ]
    badge["proof"] = [proof_of("did:web:issuer.example#1"), proof_of("did:web:issuer.example#2")]
    return badge


def proof_of(method: str) -> dict[str, Any]:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-01-01T00:00:00Z",
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
        "proofValue": "z5",
    }


def presentation() -> dict[str, Any]:
    """A presentation resets the context for the credentials inside it (VCDM 2.0 §4.13)."""
    return {
        "@context": [CREDENTIALS],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:holder",
        "verifiableCredential": [small_badge(), endorsed_badge()],
        "proof": proof_of("did:example:holder#1"),
    }


def ours() -> dict[str, Any]:
    badge = typical_badge()
    badge["@context"].append(OURS)
    badge["jmc:testData"] = True
    badge["jmc:programVersion"] = {"id": "urn:x:y", "version": "1", "hours": [1, 2.5, None]}
    badge["credentialSubject"]["achievement"]["jmc:title"] = {"ja": "題", "en": "Title"}
    badge["credentialSubject"]["achievement"]["jmc:notionalHours"] = 90
    badge["credentialSubject"]["achievement"]["alignment"][0]["jmc:outcomeKind"] = "skill"
    return badge


REAL = [small_badge, typical_badge, lambda: typical_badge(scale=4), endorsed_badge, presentation, ours]


@pytest.mark.parametrize("made", REAL)
@pytest.mark.parametrize("independent", [by_pyld, by_oxigraph])
def test_two_independent_implementations_state_the_same(
    made: Callable[[], dict[str, Any]], independent: Callable[[dict[str, Any]], bytes]
) -> None:
    document = made()
    assert canonical_nquads(document, shipped_contexts()) == independent(document)


def test_the_number_of_statements_of_a_typical_badge_is_known() -> None:
    assert canonical_nquads(typical_badge(), shipped_contexts()).count(b"\n") == 113 - 1  # without the subject's name
