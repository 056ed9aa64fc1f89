"""The one strict shape of a credential (OB-20, OB-21)."""

from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.jsonld.iri import is_absolute_iri
from jmc_vc.formats.openbadges.credential import read_credential
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.openbadges.recipient_hash import identity_hash
from jmc_vc.formats.openbadges.schema import AT_MOST, Schema, violations
from jmc_vc.sentences import SENTENCES
from tests.builders.open_badge import MISSING, VERSION, badge
from tests.builders.refusals import refused_code

S = "/credentialSubject"
A = "/credentialSubject/achievement"

REFUSED: list[tuple[str, str, Any, str]] = [
    ("VJ-03 id is no IRI", "/id", "badge-1", "schema.id"),
    ("OB-20 id is missing", "/id", MISSING, "schema.id"),
    ("id is a list", "/id", ["https://a.example/1", "https://a.example/2"], "schema.id"),
    ("id is empty", "/id", "", "schema.id"),
    ("id holds a blank", "/id", "https://a.example/a b", "schema.id"),
    ("VJ-50", "/validFrom", 99999999999, "schema.datetime"),
    ("VJ-51", "/validUntil", "2026-10-05", "schema.datetime"),
    ("awarded on no day", "/awardedDate", "2026-02-30T00:00:00Z", "schema.datetime"),
    ("OB-20 validFrom is missing", "/validFrom", MISSING, "schema.violation"),
    ("VJ-69 two subjects", S, [{}, {}], "schema.violation"),
    ("a list of one subject", S, [badge()["credentialSubject"]], "schema.violation"),
    ("VJ-72 type lacks OpenBadgeCredential", "/type", ["VerifiableCredential"], "schema.type"),
    ("type lacks VerifiableCredential", "/type", ["OpenBadgeCredential"], "schema.type"),
    ("type is a text", "/type", "OpenBadgeCredential", "schema.type"),
    ("type holds a number", "/type", ["VerifiableCredential", "OpenBadgeCredential", 1], "schema.type"),
    ("OB-20 issuer is an address", "/issuer", "did:web:mc.example.jp", "schema.violation"),
    ("issuer is no Profile", "/issuer/type", ["Person"], "schema.type"),
    ("issuer has no id", "/issuer/id", MISSING, "schema.id"),
    ("issuer's name is an object", "/issuer/name", {"ja": "大学"}, "schema.violation"),
    ("name is a number", "/name", 5, "schema.violation"),
    ("OB-21 nobody received it", f"{S}/identifier", MISSING, "schema.violation"),
    ("identifier is no list (OB-02)", f"{S}/identifier", badge()["credentialSubject"]["identifier"][0],
     "schema.violation"),
    ("OB-29 hashed is a text", f"{S}/identifier/0/hashed", "false", "schema.violation"),
    ("credits are a text", f"{S}/creditsEarned", "2", "schema.violation"),
    ("credits are true", f"{S}/creditsEarned", True, "schema.violation"),
    ("OB-25 status of a result is unknown", f"{S}/result/0/status", "Passed", "schema.violation"),
    ("OB-21 achievement is an address", A, VERSION, "schema.violation"),
    ("OB-22 achievement has no name", f"{A}/name", MISSING, "schema.violation"),
    ("achievement's name is null", f"{A}/name", None, "schema.violation"),
    ("achievement's id is relative", f"{A}/id", "/programs/1", "schema.id"),
    ("OB-22 criteria say nothing", f"{A}/criteria", {}, "schema.violation"),
    ("alignment is no list", f"{A}/alignment", {}, "schema.violation"),
    ("OB-24 alignment to nowhere", f"{A}/alignment/0/targetUrl", "LO1", "schema.violation"),
    ("test flag is a text", "/jmc:testData", "true", "schema.violation"),
    ("program version without digest", "/jmc:programVersion/contentDigest", MISSING, "schema.violation"),
]  # fmt: skip

ONLY_THE_SCHEMA_REFUSES: list[tuple[str, str, Any]] = [
    ("two status entries (OB-33)", "/credentialStatus", [badge()["credentialStatus"]] * 2),
    ("unknown achievement type (OB-23)", f"{A}/achievementType", "NanoCredential"),
    ("unknown extension form", f"{A}/achievementType", "ext:"),
    ("unknown target type (OB-24)", f"{A}/alignment/0/targetType", "Skill"),
    ("unknown identity type (OB-29)", f"{S}/identifier/0/identityType", "email"),
    ("unknown result type (OB-26)", f"{A}/resultDescription/0/resultType", "Marks"),
    ("more in an IdentityObject (OB-29)", f"{S}/identifier/0/name", "x"),
    ("more in an IdentifierEntry (OB-27)", "/issuer/otherIdentifier/0/name", "x"),
    ("more in an Image (OB-27)", f"{A}/image", {"id": "data:image/png;base64,AA==", "type": "Image", "alt": "x"}),
    ("hash of no known algorithm (OB-30)", f"{S}/identifier/1/identityHash", "sha1$00"),
    ("empty list (OB-02)", "/evidence", []),
    ("bare evidence (VC-12)", "/evidence", [{"type": ["Evidence"]}]),
    ("inline context (CX-04)", "/@context/3", {"x": "https://a.example/x"}),
    ("contexts in the wrong order (OB-04)", "/@context", badge()["@context"][1::-1]),
    ("context of an unknown version (OB-04)", "/@context/1", "https://purl.imsglobal.org/spec/ob/v3p1/context.json"),
    ("null", "/validUntil", None),
    ("schema without id (OB-32, VC-09)", "/credentialSchema/0/id", MISSING),
    ("types twice", "/type", ["VerifiableCredential", "OpenBadgeCredential", "OpenBadgeCredential"]),
]


def test_a_good_badge_conforms_and_reads() -> None:
    assert violations(badge(), Schema.OPEN_BADGE) == ()
    credential = read_credential(badge())
    assert credential.id == badge()["id"]
    assert credential.issuer.name == "星見ヶ丘大学（架空）"
    assert credential.issuer.identifiers == (("ext:JMCIssuerNumber", "JMC-I-90001"),)
    assert credential.awarded_date is not None
    assert credential.awarded_date.text == "2026-10-01T00:00:00+09:00"
    assert credential.valid_until is None
    assert credential.subject.recipient_name is not None
    assert credential.subject.recipient_name.ja is not None
    assert credential.subject.recipient_name.ja.given == "葛󠄀葉"
    _, email = credential.subject.identifiers
    assert email.value == identity_hash("learner@example.jp", email.salt or "")
    assert [result.value for result in credential.subject.results] == ["82", None, None]
    assert credential.subject.results[1].description is not None
    assert credential.subject.results[1].description.name == "分析報告"
    assert credential.subject.achievement.titles["en"] == "Practical Data Analysis"
    assert credential.statuses == (badge()["credentialStatus"],)
    assert credential.program_version is not None
    assert credential.program_version.program_number == "JMC-P-900001"
    assert credential.test_data


def test_unknown_members_are_neither_refused_nor_shown() -> None:
    document = badge("/credentialSubject/grade", "A+")
    assert violations(document, Schema.OPEN_BADGE) == ()
    assert read_credential(document) == read_credential(badge())


@pytest.mark.parametrize(("pointer", "value", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_badge_of_another_shape_is_not_read(pointer: str, value: Any, code: str) -> None:
    document = badge(pointer, value)
    with pytest.raises(Error) as refusal:
        read_credential(document)
    assert refusal.value.code == code
    assert refusal.value.pointer is not None
    assert refusal.value.pointer.startswith(pointer.rpartition("/")[0])
    assert not refusal.value.params
    assert code in SENTENCES


@pytest.mark.parametrize(("pointer", "value", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_badge_of_another_shape_is_against_the_schema(pointer: str, value: Any, code: str) -> None:
    found = violations(badge(pointer, value), Schema.OPEN_BADGE)
    assert found
    assert all(each.code in SENTENCES for each in found)
    assert code in {each.code for each in found}


@pytest.mark.parametrize(
    ("pointer", "value"), [row[1:] for row in ONLY_THE_SCHEMA_REFUSES], ids=[row[0] for row in ONLY_THE_SCHEMA_REFUSES]
)
def test_what_the_data_model_forbids_is_against_the_schema(pointer: str, value: Any) -> None:
    document = badge(pointer, value)
    found = violations(document, Schema.OPEN_BADGE)
    assert found
    assert all(each.pointer.startswith(pointer.rpartition("/")[0]) for each in found)


@pytest.mark.parametrize("blank", ["\u00a0", "\u2028", "\u3000", "\ud800"])
def test_an_id_is_an_iri_as_a_proof_covers_it(blank: str) -> None:  # one notion in JSON-LD and in what is read of it
    iri = f"https://a.example/{blank}x"
    assert not is_absolute_iri(iri)
    assert refused_code(lambda: Node({"id": iri}).id()) == "schema.id"


def test_two_status_entries_are_both_read() -> None:
    entry = badge()["credentialStatus"]
    assert len(read_credential(badge("/credentialStatus", [entry, entry])).statuses) == 2


def test_a_violation_never_repeats_what_it_found() -> None:
    document = badge(f"{S}/identifier/0/identityHash", {"family": "SECRET-NAME"})
    document["credentialSubject"]["achievement"]["jmc:title"] = {"SECRET " * 20: 1}
    found = violations(document, Schema.OPEN_BADGE)
    assert len(found) == 2
    assert "SECRET" not in repr(found)


def test_violations_are_counted_only_so_far() -> None:
    document = badge(f"{A}/alignment", [{"type": ["Alignment"]}] * 200)
    assert len(violations(document, Schema.OPEN_BADGE)) == AT_MOST


def test_endorsements_are_found_at_badge_achievement_and_issuer() -> None:
    document = badge()
    document["endorsement"] = [{"id": "urn:1"}]
    document["credentialSubject"]["achievement"]["endorsementJwt"] = ["a.b.c"]
    document["issuer"]["endorsement"] = [{"id": "urn:2"}]
    found = read_credential(document).endorsements
    assert [(each.pointer, each.endorsed) for each in found] == [
        ("/endorsement/0", document["id"]),
        (f"{A}/endorsementJwt/0", VERSION),
        ("/issuer/endorsement/0", document["issuer"]["id"]),
    ]
