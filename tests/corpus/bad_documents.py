"""What must not be accepted for what it says: altered after signing, or signed like that by an issuer that does not
keep to the rules. One defect each."""

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.builders.contexts import CREDENTIALS, OPEN_BADGES
from tests.corpus.case import ACCREDITED, Case, Finding, Findings, Kind, fails, passed, unknown
from tests.corpus.documents import at, changed, pottery, registered
from tests.corpus.issuers import ENDED, NOW, POTTERY, REGISTERED, Json, dumped, signed_over_nothing

ALTERED: Findings = {"coverage": unknown("coverage.not_checked"), "proof": fails("proof.crypto")}
"""The signature does not hold, so nothing is covered by one."""
KEYLESS: Findings = {"coverage": unknown("coverage.not_checked"), "proof": unknown("proof.key_missing")}
"""Whose key it should be is not known, so the signature was not looked at."""
LOST: Findings = {"coverage": fails("proof.coverage"), "proof": fails("proof.coverage")}
"""Something would not be under the signature, whatever that is of."""
UNREAD: Findings = {"validity": unknown("validity.not_read")}
"""Of what has not the shape of a credential no period is read."""


def shape(code: str) -> Findings:
    return {"schema": fails(code), **UNREAD}


def not_held(found: Finding) -> Findings:
    """Under contexts that count for nothing, nothing can be said of what is covered."""
    return {"context": found, "coverage": unknown("coverage.not_checked"), "proof": found}


SUBJECT, ACHIEVEMENT = "credentialSubject", "credentialSubject/achievement"
OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"


def bad(
    name: str, what: str, defect: str, body: Callable[[], Any], fault: str, found: Findings, *ids: str, **more: Any
) -> Case:
    return Case(
        name=name, what=what, defect=defect, body=body, fault=fault, found=found, ids=ids,
        kind=more.pop("kind", Kind.BAD), **more,
    )  # fmt: skip


def altered(pointer: str, value: Any = None) -> Callable[[], Json]:
    """Changed after signing."""
    return lambda: at(POTTERY.sign(pottery()), pointer, value)


def altered_as(change: Callable[[Json], Any]) -> Callable[[], Json]:
    return lambda: changed(POTTERY.sign(pottery()), change)


def resigned(pointer: str, value: Any = None) -> Callable[[], Json]:
    """Signed like that."""
    return lambda: POTTERY.sign(at(pottery(), pointer, value))


def resigned_jcs(pointer: str, value: Any = None) -> Callable[[], Json]:
    """Signed like that by a suite that signs whatever is JSON."""
    return lambda: POTTERY.sign(at(pottery(), pointer, value), suite="eddsa-jcs-2022")


def renamed(pointer: str, name: str) -> Callable[[Json], None]:
    def change(document: Json) -> None:
        *path, last = pointer.split("/")
        place: Any = document
        for step in path:
            place = place[int(step)] if isinstance(place, list) else place[step]
        place[name] = place.pop(last)

    return change


_ALTERATIONS: tuple[tuple[str, str, str, Any, tuple[str, ...]], ...] = (
    ("result-raised", "a mark was raised", f"{SUBJECT}/result/0/value", "100", ()),
    ("recipient-renamed", "the learner's name is another", f"{SUBJECT}/identifier/0/identityHash", "Bob Example", ()),
    ("subject-id-swapped", "the learner's DID is another", f"{SUBJECT}/id", "did:example:bob", ()),
    ("achievement-renamed", "the achievement has another name", f"{ACHIEVEMENT}/name", "Doctor of Pottery", ()),
    ("criteria-loosened", "the criteria are others", f"{ACHIEVEMENT}/criteria/narrative", "Attend.", ()),
    ("valid-from-moved", "valid since earlier", "validFrom", "2025-10-05T01:00:00Z", ()),
    ("valid-until-added", "an end was added", "validUntil", "2036-10-05T01:00:00Z", ()),
    ("issuer-swapped", "the issuer's name is that of another", "issuer/name", "Famous University", ()),
    ("type-of-achievement-dropped", "what kind of achievement it is was taken away", f"{ACHIEVEMENT}/achievementType",
        None, ()),
    ("alignment-dropped", "the only alignment was taken away", f"{ACHIEVEMENT}/alignment", None, ()),
    ("requirement-lowered", "the required value is lower", f"{ACHIEVEMENT}/resultDescription/0/requiredValue", "10",
        ()),
    ("id-swapped", "the id is that of another credential", "id", "https://badges.pottery.example/credentials/2", ()),
    ("type-added", "a type was added", "type/2", "https://badges.pottery.example/types#Master", ()),
    ("evidence-added", "evidence was added", "evidence",
     [{"id": "https://portfolio.example/1", "type": ["Evidence"], "name": "Not mine"}], ()),
    ("one-space-added", "one space more in a name", "name", "Pottery, first year ", ()),
    ("look-alike-letter", "a Cyrillic letter for a Latin one", "name", "Pоttery, first year", ()),
)  # fmt: skip

ALTERATIONS: tuple[Case, ...] = (
    *(
        bad(name, "altered after signing", defect, altered(pointer, value), "proof", ALTERED, *ids)
        for name, defect, pointer, value, ids in _ALTERATIONS
    ),
    bad("status-deleted", "altered after signing", "the status was taken away",
        lambda: {k: v for k, v in POTTERY.sign(
            pottery(credentialStatus={"id": "https://badges.pottery.example/status/1#7",
            "type": "BitstringStatusListEntry",
                                      "statusPurpose": "revocation", "statusListIndex": "7",
                                      "statusListCredential": "https://badges.pottery.example/status/1"})).items()
                 if k != "credentialStatus"},
        "proof", ALTERED, "VJ-61"),
    bad("issuer-did-swapped", "altered after signing", "the issuer is the accredited one",
        altered("issuer/id", REGISTERED.did), "key",
        {**KEYLESS, "key": fails("key.binding"), "issuer": passed("issuer.name_differs"),
        "program": fails("program.match")},
        "VJ-55"),
    bad("undefined-term", "altered after signing", "a member that no context defines, which a careless processor drops",
        altered("grade", "A+"), "coverage", LOST, "VJ-01"),
    bad("undefined-term-deep", "altered after signing", "the same deep inside",
        altered(f"{ACHIEVEMENT}/criteria/grade", "A+"), "coverage", LOST, "VJ-01"),
    bad("undefined-type", "altered after signing", "a type that no context defines",
        altered(f"{SUBJECT}/result/0/type/1", "Honours"),
        "coverage", LOST, "VJ-01"),
    bad("term-as-iri", "altered after signing",
        "the results under their full IRI: the same statements, which readers of JSON miss",
        altered_as(renamed(f"{SUBJECT}/result", f"{OB}result")), "coverage", LOST),
    bad("id-as-keyword", "altered after signing", "`@id` in the place of `id`: the same statement",
        altered_as(renamed(f"{SUBJECT}/id", "@id")), "coverage", LOST),
    bad("value-object", "altered after signing", "a date as a value object: the same statement",
        altered("validFrom", {"@value": "2026-10-05T01:00:00Z", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}),
        "coverage", {**LOST, **shape("schema.datetime")}),
    bad("result-doubled", "altered after signing", "a result stands twice: the same statements",
        altered_as(lambda d: d[SUBJECT]["result"].append(copy.deepcopy(d[SUBJECT]["result"][0]))), "proof", ALTERED),
    bad("graph-keyword", "altered after signing", "`@graph` in the badge", altered("@graph", []), "context",
        not_held(fails("context.keyword")), "VJ-71"),
    bad("included-keyword", "altered after signing", "`@included` in the badge", altered("@included", []), "context",
        not_held(fails("context.keyword")), "VJ-71"),
    bad("reverse-keyword", "altered after signing", "`@reverse` in the subject", altered(f"{SUBJECT}/@reverse", {}),
        "context",
        not_held(fails("context.keyword")), "VJ-71"),
    bad("nest-keyword", "altered after signing", "`@nest` in the subject", altered(f"{SUBJECT}/@nest", {"name": "x"}),
        "context", not_held(fails("context.keyword")), "VJ-71"),
    bad("context-inline", "altered after signing", "an inline context that nulls a term",
        altered_as(lambda d: d["@context"].append({"name": None})), "context",
        {**not_held(fails("context.not_allowed")), "schema": fails("schema.violation")},
        "VJ-06"),
    bad("context-as-object", "altered after signing", "the first context as an object in the place of its address",
        altered("@context/0", {"id": "@id", "type": "@type"}), "context", {**not_held(fails("context.not_allowed")),
        "schema": fails("schema.violation")},
        "VJ-10"),
    bad("context-order", "altered after signing", "the contexts in another order",
        altered("@context", [OPEN_BADGES, CREDENTIALS]), "context",
        {"context": fails("context.order"), "schema": fails("schema.violation")}, "VJ-09"),
    bad("context-unknown", "altered after signing", "a context that the verifier does not hold",
        altered_as(lambda d: d["@context"].append("https://contexts.example/v1")), "context",
        not_held(unknown("context.unknown")), "VJ-07", kind=Kind.OPEN),
)  # fmt: skip

BREACHES: tuple[Case, ...] = (
    bad("empty-graph", "signed over nothing", "the id is no IRI, so that the graph is empty, and its hash was signed",
        lambda: signed_over_nothing(pottery(id="not an iri"), POTTERY), "schema", {**shape("schema.id"), **LOST},
        "VJ-03"),
    bad("subject-id-relative", "signed like that", "the learner's id is no absolute IRI",
        resigned_jcs(f"{SUBJECT}/id", "learner"), "schema", shape("schema.id")),
    bad("two-subjects", "signed like that", "two subjects",
        lambda: POTTERY.sign(changed(pottery(), lambda d: d.update(
            credentialSubject=[d[SUBJECT], {**copy.deepcopy(d[SUBJECT]), "id": "did:example:bob"}])),
            suite="eddsa-jcs-2022"),
        "schema", shape("schema.violation"), "VJ-69"),
    bad("no-badge-type", "signed like that", "the type is that of any credential", resigned("type",
        ["VerifiableCredential"]),
        "schema", shape("schema.type"), "VJ-72"),
    bad("no-achievement", "signed like that", "there is no achievement", resigned(ACHIEVEMENT), "schema",
        shape("schema.violation")),
    bad("no-criteria", "signed like that", "the achievement has no criteria", resigned(f"{ACHIEVEMENT}/criteria"),
        "schema",
        shape("schema.violation")),
    bad("no-issuer", "signed like that", "there is no issuer", resigned("issuer"), "schema",
        {**shape("schema.violation"), **KEYLESS, "key": fails("key.binding"), "issuer": unknown("issuer.not_read"),
         "program": unknown("program.not_read")}),
    bad("no-valid-from", "signed like that", "it does not say since when it is valid",
        lambda: POTTERY.sign(pottery(validFrom=None)), "schema", shape("schema.violation")),
    bad("subject-without-type", "signed like that", "the subject has no type", resigned_jcs(f"{SUBJECT}/type"),
        "schema",
        shape("schema.type")),
    bad("valid-from-number", "signed like that", "the start is a number", resigned_jcs("validFrom", 99999999999),
        "schema",
        shape("schema.datetime"), "VJ-50"),
    bad("valid-from-digits", "signed like that", "the start is digits", resigned("validFrom", "99999999999"), "schema",
        shape("schema.datetime"), "VJ-50"),
    bad("valid-from-no-zone", "signed like that", "the start has no zone", resigned("validFrom",
        "2026-10-05T10:00:00"), "schema",
        shape("schema.datetime"), "VJ-51"),
    bad("valid-from-date", "signed like that", "the start is a date", resigned("validFrom", "2026-10-05"), "schema",
        shape("schema.datetime"), "VJ-51"),
    bad("valid-from-week", "signed like that", "the start is a week date", resigned("validFrom",
        "2026-W41-1T10:00:00Z"), "schema",
        shape("schema.datetime"), "VJ-51"),
    bad("valid-from-blank", "signed like that", "a blank in the place of T", resigned("validFrom",
        "2026-10-05 10:00:00Z"), "schema",
        shape("schema.datetime"), "VJ-51"),
    bad("day-that-is-none", "signed like that", "the 29th of February of 2025", resigned("validFrom",
        "2025-02-29T00:00:00Z"), "schema",
        shape("schema.datetime")),
    bad("leap-second", "signed like that", "the end is in a leap second", resigned("validUntil",
        "2016-12-31T23:59:60Z"), "schema",
        shape("schema.datetime"), "VJ-53"),
    bad("valid-later", "signed like that", "valid from next year on", resigned("validFrom",
        "2027-01-01T00:00:00+09:00"), "validity",
        {"validity": fails("validity.not_yet")}, "VJ-49"),
    bad("expired", "signed like that", "its time is over",
        lambda: POTTERY.sign(pottery(validUntil="2026-11-01T00:00:00Z")), "validity",
        {"validity": fails("validity.expired")},
        "VJ-49"),
    bad("expired-beyond-the-skew", "good until then", "six minutes after its end",
        lambda: POTTERY.sign(pottery(validUntil="2026-12-01T00:00:00Z")), "validity",
        {"validity": fails("validity.expired")},
        "VJ-49", at=NOW.replace(month=12, day=1, hour=0, minute=6)),
    bad("valid-beyond-the-skew", "good from then on", "six minutes before its start",
        lambda: POTTERY.sign(pottery(validFrom=(NOW + timedelta(minutes=6)).isoformat())), "validity",
        {"validity": fails("validity.not_yet")}, "VJ-49"),
    bad("period-reversed", "signed like that", "the end is before the start", resigned("validUntil",
        "2020-01-01T00:00:00Z"), "validity",
        {"validity": fails("validity.reversed")}, "VJ-54"),
    bad("schema-elsewhere", "signed like that",
        "a JSON Schema at an address inside somebody's network, which is never fetched",
        lambda: POTTERY.sign(at(pottery(credentialSchema=[
            {"id": "http://169.254.169.254/", "type": "1EdTechJsonSchemaValidator2019"}]), "@context/2",
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")),
        "schema", {"schema": unknown("schema_ref.not_held")}, "VJ-67", kind=Kind.OPEN),
)  # fmt: skip


def breach(pointer: str, value: Any = None, **options: Any) -> Callable[[], Json]:
    """A credential of the accredited issuer, signed with its own key and not as it was approved."""
    return lambda: REGISTERED.sign(at(registered(), pointer, value), **options)


def _not_approved(
    name: str, defect: str, body: Callable[[], Json], code: str, *ids: str, check: str = "program", **more: Any
) -> Case:
    return bad(
        name, "signed by an accredited issuer", defect, body, check, {**ACCREDITED, check: fails(code)}, *ids, **more
    )


NOT_APPROVED: tuple[Case, ...] = (
    _not_approved("achievement-not-approved", "the achievement says more than was approved",
                  breach(f"{ACHIEVEMENT}/name", "医学博士"), "program.match", "VJ-60"),
    _not_approved("program-never-approved", "a version that was never approved",
                  lambda: REGISTERED.sign(json.loads(dumped(registered()).replace(b"JMC-P-900001/v/1",
                  b"JMC-P-900001/v/9")
                                                     .replace(b'"version":"1"', b'"version":"9"'))),
                  "program.match", "VJ-60"),
    _not_approved("program-of-another", "the program is another issuer's",
                  lambda: REGISTERED.sign(json.loads(dumped(registered()).replace(b"JMC-P-900001", b"JMC-P-900003"))),
                  "program.match", "VJ-60"),
    _not_approved("content-digest-wrong", "the digest is of another content",
                  breach("jmc:programVersion/contentDigest", "sha-256:" + "0" * 64), "program.match", "VJ-60"),
    _not_approved("no-program-version", "it does not say for which version of the program",
                  breach("jmc:programVersion"), "program.match", "VJ-60"),
    _not_approved("level-raised", "the level is higher than was approved",
                  breach(f"{ACHIEVEMENT}/jmc:level/value", 8), "program.match", "VJ-60"),
    _not_approved("awarded-before-the-approval", "awarded on the day before the approval",
                  lambda: REGISTERED.sign(registered(awardedDate="2026-03-31T00:00:00+09:00")),
                  "program.not_accredited_then", "VJ-60"),
    _not_approved("awarded-in-another-zone", "awarded on the first day by its offset, and on the day before in Japan",
                  lambda: REGISTERED.sign(registered(awardedDate="2026-04-01T00:00:00+14:00")),
                  "program.not_accredited_then", "VJ-60"),
    _not_approved("no-award-date", "it does not say when it was awarded",
        lambda: REGISTERED.sign(registered(awardedDate=None)),
                  "program.no_award_date", "VJ-60"),
    bad("awarded-before-registration", "signed by an accredited issuer", "awarded before the issuer was registered",
        lambda: REGISTERED.sign(registered(awardedDate="2025-03-31T00:00:00+09:00")), "issuer",
        {"issuer": fails("issuer.not_registered_then"), "program": fails("program.not_accredited_then")}, "VJ-58"),
    bad("ended-did", "signed by an accredited issuer",
        "the DID's registration has ended, and nothing proves when it was signed",
        lambda: ENDED.sign({**registered(), "issuer": {**registered()["issuer"], "id": ENDED.did}}), "issuer",
        {**ACCREDITED, "issuer": unknown("issuer.did_ended")}, kind=Kind.OPEN),
    bad("approved-content-of-a-stranger", "an accredited program's content",
        "signed by an issuer that nobody registered",
        lambda: POTTERY.sign({**registered(), "issuer": {**registered()["issuer"], "id": POTTERY.did}}), "issuer",
        {"issuer": unknown("issuer.impersonation_suspected")}, "VJ-57", kind=Kind.OPEN),
)  # fmt: skip
