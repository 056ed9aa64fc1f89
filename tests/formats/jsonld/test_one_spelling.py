"""One way to write what is signed: no member can be renamed, moved, split or doubled under the same statements."""

import contextlib
import copy
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from jmc_vc import vendored
from jmc_vc.errors import Error
from jmc_vc.formats.jsonld import ContextNotAllowed, Contexts, DataLoss, canonical_nquads, require_covered
from jmc_vc.formats.jsonld.context import ActiveContext
from jmc_vc.formats.jsonld.datatypes import I18N, RDF, XSD
from tests.builders.badges import small_badge, typical_badge
from tests.builders.contexts import (
    CREDENTIALS,
    EXTENSIONS,
    NAMESPACE,
    OPEN_BADGES,
    OURS,
    contexts_with,
    shipped_contexts,
)

Json = dict[str, Any]
VC, STATUS, OB, SEC = (
    "https://www.w3.org/2018/credentials#",
    "https://www.w3.org/ns/credentials/status#",
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
    "https://w3id.org/security#",
)


def badge() -> Json:
    """A badge with a member of each kind that somebody might want to hide."""
    made = typical_badge()
    made["@context"].append(OURS)
    made["jmc:testData"] = True
    made["credentialSubject"]["achievement"]["jmc:title"] = {"ja": "題", "en": "Title"}
    made["proof"] = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-01-01T00:00:00Z",
        "expires": "2026-02-01T00:00:00Z",
        "verificationMethod": "did:web:issuer.example#1",
        "proofPurpose": "assertionMethod",
        "previousProof": "urn:uuid:1",
        "proofValue": "z1",
    }
    return made


def rewritten(pointer: str, name: str | None = None, value: Callable[[Any], Any] = lambda given: given) -> Json:
    """The badge with the member at `pointer` under another name or with another value."""
    made = badge()
    *path, last = pointer.split("/")
    place: Any = made
    for step in path:
        place = place[int(step)] if isinstance(place, list) else place[step]
    given = value(place.pop(int(last) if isinstance(place, list) else last))
    if isinstance(place, list):
        place.insert(int(last), given)
    else:
        place[name or last] = given
    return made


def changed(document: Json, change: Callable[[Json], Any]) -> Json:
    change(document)
    return document


def value_object(**more: str) -> Callable[[Any], Any]:
    return lambda given: {"@value": given, **{name.replace("at_", "@"): text for name, text in more.items()}}


def same(value: Any) -> Callable[[Any], Any]:
    return lambda _: value


ACHIEVEMENT = "credentialSubject/achievement"
OTHER_WORDS: dict[str, tuple[Json, str]] = {
    "status under its IRI": (rewritten("credentialStatus", VC + "credentialStatus"), "undefined_term"),
    "end of validity under its IRI": (
        rewritten("validUntil", VC + "validUntil", value_object(at_type=XSD + "dateTime")), "undefined_term",
    ),
    "test mark under its IRI": (rewritten("jmc:testData", f"{NAMESPACE}#testData"), "undefined_term"),
    "result under its IRI": (rewritten("credentialSubject/result", OB + "result"), "undefined_term"),
    "identifier under its IRI": (rewritten("credentialSubject/identifier", OB + "identifier"), "undefined_term"),
    "end of the proof under its IRI": (
        rewritten("proof/expires", SEC + "expiration", value_object(at_type=XSD + "dateTime")), "undefined_term",
    ),
    "earlier proof under its IRI": (
        rewritten("proof/previousProof", SEC + "previousProof", lambda given: {"id": given}), "undefined_term",
    ),
    "a compact IRI that is no term": (rewritten("name", "jmc:name"), "undefined_term"),
    "@id of the credential": (rewritten("id", "@id"), "spelling"),
    "@id of the subject": (rewritten("credentialSubject/id", "@id"), "spelling"),
    "@id of a status": (rewritten("credentialStatus/id", "@id"), "spelling"),
    "@id in a reference": (rewritten("proof/previousProof", None, lambda given: {"@id": given}), "spelling"),
    "@type": (rewritten("type", "@type"), "undefined_term"),
    "@type beside the type": (changed(badge(), lambda d: d.update({"@type": d["type"]})), "spelling"),
    "@type of a proof": (rewritten("proof/type", "@type"), "undefined_term"),
    "type as IRI": (rewritten("type/0", None, same(VC + "VerifiableCredential")), "spelling"),
    "type as term and IRI": (rewritten("type", None, lambda given: [*given, OB + "OpenBadgeCredential"]), "spelling"),
    "type of a status as IRI": (
        rewritten("credentialStatus/type", None, same(STATUS + "BitstringStatusListEntry")), "spelling",
    ),
    "a type twice": (rewritten("type", None, lambda given: [*given, given[0]]), "repeated"),
    "a class as a member": (rewritten(f"{ACHIEVEMENT}/criteria", "Criteria"), "spelling"),
    "a property as a type": (rewritten("type", None, lambda given: [*given, "name"]), "spelling"),
    "purpose as IRI": (rewritten("proof/proofPurpose", None, same(SEC + "assertionMethod")), "spelling"),
    "an id with a prefix": (rewritten("id", None, same("jmc:1")), "spelling"),
    "text as a value object": (rewritten("name", None, value_object()), "spelling"),
    "text as a value object with its datatype": (
        rewritten(f"{ACHIEVEMENT}/achievementType", None, value_object(at_type=XSD + "string")), "spelling",
    ),
    "date as a value object": (rewritten("validUntil", None, value_object(at_type=XSD + "dateTime")), "spelling"),
    "truth value as a value object": (rewritten("jmc:testData", None, value_object()), "spelling"),
    "truth value as a typed value object": (
        rewritten("jmc:testData", None, value_object(at_type=XSD + "boolean")), "spelling",
    ),
    "truth value as typed text": (
        rewritten("jmc:testData", None, same({"@value": "true", "@type": XSD + "boolean"})), "spelling",
    ),
    "truth value as text": (rewritten("credentialSubject/identifier/0/hashed", None, same("true")), "spelling"),
    "number as text": (rewritten("credentialSubject/creditsEarned", None, same("3.5E0")), "spelling"),
    "JSON as text": (rewritten("name", None, same({"@value": "{}", "@type": RDF + "JSON"})), "spelling"),
    "a direction as a type": (rewritten("name", None, same({"@value": "x", "@type": I18N + "en_rtl"})), "spelling"),
    "a number of a type that is none of numbers": (
        rewritten("name", None, same({"@value": 5, "@type": XSD + "gYear"})), "spelling",
    ),
    "a number as text of its type": (
        rewritten("name", None, same({"@value": "5", "@type": XSD + "decimal"})), "spelling",
    ),
    "array in an array": (rewritten("credentialSubject/result", None, lambda given: [given]), "container"),
    "@set": (rewritten("credentialSubject/result", None, lambda given: {"@set": given}), "container"),
    "@set in an array": (rewritten("credentialStatus", None, lambda given: [{"@set": [given]}]), "container"),
    "@list": (rewritten(f"{ACHIEVEMENT}/tag", None, lambda given: {"@list": given}), "container"),
    "@list for a list": (
        rewritten(f"{ACHIEVEMENT}/resultDescription/0/allowedValue", None, lambda given: {"@list": given}), "container",
    ),
    "one item for a list": (rewritten(f"{ACHIEVEMENT}/resultDescription/0/allowedValue", None, same("A")), "container"),
    "a text twice": (rewritten(f"{ACHIEVEMENT}/tag", None, lambda given: [*given, given[0]]), "repeated"),
    "a node twice": (rewritten("evidence", None, lambda given: [*given, copy.deepcopy(given[0])]), "repeated"),
    "a node and a reference to it": (rewritten("evidence", None, lambda given: [*given, given[0]["id"]]), "repeated"),
    "a language in capitals": (rewritten(f"{ACHIEVEMENT}/jmc:title", None, same({"JA": "題"})), "language"),
    "a language map in an array": (rewritten(f"{ACHIEVEMENT}/jmc:title", None, lambda given: [given]), "language"),
    "a text of a language in an array": (rewritten(f"{ACHIEVEMENT}/jmc:title", None, same({"ja": ["題"]})), "language"),
    "value objects for a language map": (
        rewritten(f"{ACHIEVEMENT}/jmc:title", None, same([{"@value": "題", "@language": "ja"}])), "language",
    ),
    "an empty language map": (rewritten(f"{ACHIEVEMENT}/jmc:title", None, same({})), "language"),
    "text without a language": (rewritten(f"{ACHIEVEMENT}/jmc:title", None, same({"@none": "題"})), "language"),
    "a label as a type": (rewritten("type", None, lambda given: [*given, "_:t"]), "undefined_type"),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHER_WORDS)
def test_what_is_signed_cannot_be_said_in_other_words(case: str) -> None:
    document, reason = OTHER_WORDS[case]
    require_covered(badge(), shipped_contexts())
    with pytest.raises(DataLoss) as refused:
        require_covered(document, shipped_contexts())
    assert refused.value.params == {"reason": reason}
    assert refused.value.code == "proof.coverage"


def test_a_type_that_no_context_defines_may_be_an_iri() -> None:
    document = rewritten("type", None, lambda given: [*given, "https://types.example/Special"])
    assert b"<https://types.example/Special>" in canonical_nquads(document, shipped_contexts())


# --- two terms, one IRI -----------------------------------------------------------------------------------------------

SAME_IRI = {
    frozenset({"OpenBadgeCredential", "AchievementCredential"}),  # Open Badges has two names for one class
    frozenset({"Achievement", "achievement"}),
    frozenset({"Address", "address"}),
    frozenset({"Criteria", "criteria"}),
    frozenset({"GeoCoordinates", "geo"}),
    frozenset({"Image", "image"}),
    frozenset({"Profile", "creator"}),
}
"""All of them; properties begin with a small letter, and none of two properties is the other."""


def everywhere(context: ActiveContext, scopes: tuple[str, ...] = ()) -> Iterable[tuple[str, str]]:
    """Name and IRI of every term in `context` and in the contexts that its terms bring, three deep."""
    for name, mapping in context._mappings.items():
        if mapping and mapping["@id"][:1] != "@":
            yield name, mapping["@id"]
    for name, mapping in context._mappings.items():
        if mapping and mapping.get("@context") and name not in scopes and len(scopes) < 3:
            yield from everywhere(context.applied([mapping["@context"]], override_protected=True), (*scopes, name))


def test_no_two_properties_of_the_shipped_contexts_have_one_iri() -> None:
    """Whoever passes a document on may change its contexts too, which no proof covers: so all are looked at at once."""
    names: dict[str, set[str]] = {}
    for url in vendored.contexts(NAMESPACE):
        for name, iri in everywhere(shipped_contexts().root(url)):
            names.setdefault(iri, set()).add(name)
    found = {frozenset(group) for group in names.values() if len(group) > 1}
    assert found == SAME_IRI
    assert all(sum(name[0].islower() for name in group) <= 1 for group in found)


def test_no_shipped_context_has_what_would_change_plain_text() -> None:
    for url in vendored.contexts(NAMESPACE):
        context = shipped_contexts().root(url)
        assert not {"@vocab", "@language", "@direction"} & {key for key, value in context.raw.items() if value}
        assert (context.id_key, context.type_key) in {("id", "type"), ("@id", "@type")}


# --- contexts inside --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["evidence/0", "credentialSubject", f"{ACHIEVEMENT}/criteria", "issuer", "proof"])
def test_only_a_credential_has_a_context_of_its_own(place: str) -> None:
    document = rewritten(place, None, lambda given: {"@context": [CREDENTIALS, OPEN_BADGES], **given})
    with pytest.raises(ContextNotAllowed) as refused:
        require_covered(document, shipped_contexts())
    assert refused.value.pointer == f"/{place}/@context"


# --- one node, two places ---------------------------------------------------------------------------------------------

ADDRESS = "https://issuer.example/achievements/robotics-101"
PROFILE = {"id": "did:web:issuer.example", "type": ["Profile"], "name": "Example University 例示大学"}


def endorsement(number: int, comment: str, *, proof: bool = True, **subject: Any) -> Json:
    made = {
        "@context": [CREDENTIALS, OPEN_BADGES, EXTENSIONS],
        "id": f"urn:uuid:99999999-0000-4000-8000-{number:012x}",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": f"did:web:endorser-{number}.example", "type": ["Profile"], "name": "Endorser"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": ADDRESS, "type": ["EndorsementSubject"], "endorsementComment": comment, **subject,
        },
    }  # fmt: skip
    if proof:
        made["proof"] = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofValue": "z5"}
    return made


def with_evidence(**members: Any) -> Json:
    made = badge()
    made["evidence"] = [{"id": ADDRESS, "type": ["Evidence"], **members}]
    return made


def with_creator(**members: Any) -> Json:
    made = badge()
    made["issuer"] = copy.deepcopy(PROFILE)
    made["credentialSubject"]["achievement"]["creator"] = {**PROFILE, **members}
    return made


def with_endorsements(*endorsements: Json) -> Json:
    made = badge()
    made["credentialSubject"]["achievement"]["endorsement"] = list(endorsements)
    return made


HELD_TOGETHER: dict[str, Json] = {
    "issuer and creator are the same JSON": with_creator(),
    "the creator is a reference": changed(
        with_creator(), lambda d: d["credentialSubject"]["achievement"].update(creator={"id": PROFILE["id"]})
    ),
    "the creator has its type only": changed(
        with_creator(),
        lambda d: d["credentialSubject"]["achievement"].update(creator={"id": PROFILE["id"], "type": ["Profile"]}),
    ),
    "evidence without a description": with_evidence(),
    "an endorsement of the achievement": with_endorsements(endorsement(1, "Good.")),
    "two endorsements with proofs": with_endorsements(endorsement(1, "Good."), endorsement(2, "Better.")),
    "presentation of two versions of one badge": {
        "@context": [CREDENTIALS],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [small_badge(), {**small_badge(), "name": "Other"}],
    },
}


@pytest.mark.parametrize("case", HELD_TOGETHER)
def test_one_node_at_two_places_is_accepted_where_nothing_can_move(case: str) -> None:
    require_covered(HELD_TOGETHER[case], shipped_contexts())


MOVABLE: dict[str, Json] = {
    "evidence with the address of the achievement": with_evidence(name="医学博士"),
    "issuer and creator differ": with_creator(url="https://issuer.example"),
    "the recipient is the issuer": changed(
        rewritten("credentialSubject/id", None, same("did:web:issuer.example")),
        lambda d: d["credentialSubject"].update({"jmc:recipientName": {"fullName": "SUKARTO"}}),
    ),
    "evidence with the address of the criteria": rewritten(
        "evidence/0/id", None, same("https://issuer.example/achievements/robotics-101/criteria")
    ),
    "the badge is its own evidence": rewritten(
        "evidence/0/id", None, same("urn:uuid:00000000-0000-4000-8000-000000000000")
    ),
    "1 and true are not the same": changed(
        with_creator(official=1), lambda d: d["issuer"].update(official=True)
    ),
    "an endorsement whose subject shows a name": with_endorsements(endorsement(1, "Good.", name="Robotics 999")),
    "an endorsement whose subject is an achievement too": with_endorsements(
        endorsement(1, "Good.", type=["EndorsementSubject", "Achievement"])
    ),
    "two endorsements without proofs": with_endorsements(
        endorsement(1, "Good.", proof=False), endorsement(2, "Better.", proof=False)
    ),
    "an endorsement in an endorsement": with_endorsements(
        {**endorsement(1, "Good."), "endorsement": [endorsement(2, "Better.")]}
    ),
    "one inside the other": changed(
        with_creator(), lambda d: d["issuer"].update(parentOrg={**PROFILE, "name": "Other"})
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MOVABLE)
def test_one_node_is_described_at_one_place(case: str) -> None:
    with pytest.raises(DataLoss) as refused:
        require_covered(MOVABLE[case], shipped_contexts())
    assert refused.value.params == {"reason": "described_twice"}


# --- what a document may cost -----------------------------------------------------------------------------------------


def many_contexts(count: int) -> Json:
    """Endorsements with as many different lists of contexts."""
    urls = [OPEN_BADGES, EXTENSIONS, OURS, "https://w3id.org/security/data-integrity/v2",
            "https://w3id.org/security/multikey/v1", "https://www.w3.org/ns/did/v1"]  # fmt: skip
    made = badge()
    made["evidence"] = [
        {"@context": [CREDENTIALS, *(url for bit, url in enumerate(urls) if number >> bit & 1)],
         "type": ["VerifiableCredential"], "id": f"urn:e:{number}"}
        for number in range(count)
    ]  # fmt: skip
    return made


def many_types(count: int) -> Json:
    types = ["Achievement", "AchievementSubject", "Address", "Alignment", "Profile", "Related"]
    made = badge()
    made["evidence"] = [
        {"type": ["Evidence", *(name for bit, name in enumerate(types) if number >> bit & 1)], "id": f"urn:e:{number}"}
        for number in range(count)
    ]
    return made


@pytest.mark.parametrize("made", [many_contexts, many_types])
def test_a_document_may_ask_for_few_contexts(made: Callable[[int], Json]) -> None:
    contexts = Contexts(vendored.contexts(NAMESPACE))
    require_covered(made(4), contexts)
    before = len(contexts.compiled)
    for _ in range(3):  # refused again when some of them are known: the answer does not depend on who came before
        with pytest.raises(DataLoss) as refused:
            require_covered(made(64), contexts)
        assert refused.value.params == {"reason": "depth"}
    assert len(contexts.compiled) - before < 64


def test_a_long_list_of_contexts_inside_is_refused() -> None:
    document = with_endorsements({**endorsement(1, "Good."), "@context": [CREDENTIALS] * 9})
    with pytest.raises(Error) as refused:
        require_covered(document, shipped_contexts())
    assert refused.value.code == "context.not_allowed"


def test_a_type_of_a_megabyte_is_not_kept() -> None:
    contexts = contexts_with()
    canonical_nquads({**small_badge(), "type": ["VerifiableCredential", "OpenBadgeCredential"]}, contexts)
    kept = len(contexts.type_lists)
    long = {
        **small_badge(),
        "type": ["VerifiableCredential", "OpenBadgeCredential", f"https://t.example/{'x' * 2**20}"],
    }
    assert canonical_nquads(long, contexts)
    assert len(contexts.type_lists) == kept


def test_strangers_do_not_push_out_what_everybody_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jmc_vc.formats.jsonld.context.MOST_KEPT", 200)
    contexts = contexts_with()
    ours = contexts.root(small_badge()["@context"])
    urls = [*vendored.contexts(NAMESPACE)]
    for number in range(500):
        stranger = [url for bit, url in enumerate(urls) if number >> bit & 1]
        with contextlib.suppress(Error):
            contexts.root(stranger)
        assert contexts.root(small_badge()["@context"]) is ours
    assert len(contexts.compiled) <= 200
