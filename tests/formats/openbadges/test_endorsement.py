"""OB-31: endorsements, JMC's mark above all."""

from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.openbadges.credential import read_credential
from jmc_vc.formats.openbadges.endorsement import read_endorsement
from jmc_vc.formats.openbadges.schema import Schema, violations
from tests.builders.open_badge import VERSION, badge


def _mark(**changes: Any) -> dict[str, Any]:
    return {
        "@context": badge()["@context"],
        "id": "https://mc.example.jp/marks/JMC-M-900001",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "JMC認証マーク",
        "issuer": {"id": "did:web:mc.example.jp", "type": ["Profile"], "name": "JMC"},
        "validFrom": "2026-04-01T00:00:00+09:00",
        "validUntil": "2029-03-31T23:59:59+09:00",
        "credentialSubject": {
            "id": VERSION,
            "type": ["EndorsementSubject"],
            "jmc:decision": "https://mc.example.jp/decisions/JMC-D-900001",
            "jmc:contentDigest": "sha-256:00",
        },
        **changes,
    }


def test_the_mark_conforms_and_names_what_it_endorses() -> None:
    assert violations(_mark(), Schema.ENDORSEMENT) == ()
    mark = read_endorsement(_mark())
    assert (mark.endorsed, mark.content_digest) == (VERSION, "sha-256:00")
    assert mark.issuer.id == "did:web:mc.example.jp"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": ""}, "schema.violation"),
        ({"type": ["VerifiableCredential"]}, "schema.type"),
        ({"type": ["EndorsementCredential"]}, "schema.type"),
        ({"issuer": "did:web:mc.example.jp"}, "schema.violation"),
        ({"evidence": [{"id": "https://a.example", "type": ["Report"]}]}, "schema.type"),
        ({"refreshService": {"type": "1EdTechCredentialRefresh"}}, "schema.id"),
        ({"credentialSubject": {"type": ["EndorsementSubject"]}}, "schema.id"),
        ({"credentialSubject": {"id": VERSION, "type": ["AchievementSubject"]}}, "schema.type"),
        ({"validFrom": "2026-04-01"}, "schema.datetime"),
    ],
)
def test_an_endorsement_of_another_shape_is_refused_by_schema_and_reader(changes: dict[str, Any], code: str) -> None:
    assert code in {each.code for each in violations(_mark(**changes), Schema.ENDORSEMENT)}
    with pytest.raises(Error) as refusal:
        read_endorsement(_mark(**changes))
    assert refusal.value.code == code


def test_an_endorsement_inside_a_badge_is_held_to_the_same_schema() -> None:
    assert violations(badge("/endorsement", [_mark()]), Schema.OPEN_BADGE) == ()
    assert violations(badge("/endorsement", [_mark(name="")]), Schema.OPEN_BADGE)


def test_everything_that_an_endorsement_may_hold_is_read() -> None:
    endorsement = _mark(
        description="What was looked at",
        awardedDate="2026-04-01T00:00:00+09:00",
        evidence=[{"id": "https://mc.example.jp/reviews/1", "type": ["Evidence"], "name": "Report"}],
        credentialSchema=[{"id": "https://a.example/schema", "type": "1EdTechJsonSchemaValidator2019"}],
        credentialStatus={"id": "https://mc.example.jp/revocations/1", "type": "1EdTechRevocationList"},
        refreshService={"id": "https://mc.example.jp/marks/1", "type": "1EdTechCredentialRefresh"},
        termsOfUse=[{"type": "Terms"}],
        proof={"type": "DataIntegrityProof", "proofValue": "z1"},
    )
    endorsement["credentialSubject"]["endorsementComment"] = "Meets the criteria."
    assert violations(endorsement, Schema.ENDORSEMENT) == ()
    read = read_endorsement(endorsement)
    assert (read.comment, read.description) == ("Meets the criteria.", "What was looked at")
    assert [each.name for each in read.evidence] == ["Report"]
    assert [each.id for each in read.schemas] == ["https://a.example/schema"]
    assert read.statuses == (endorsement["credentialStatus"],)
    assert read.refresh_service is not None
    assert read.refresh_service.id == "https://mc.example.jp/marks/1"


PLACES = {
    "the badge": ("", "/id"),
    "the issuer": ("/issuer", "/issuer/id"),
    "the organization above the issuer": ("/issuer/parentOrg", "/issuer/parentOrg/id"),
    "the achievement": ("/credentialSubject/achievement", "/credentialSubject/achievement/id"),
    "the creator": ("/credentialSubject/achievement/creator", "/credentialSubject/achievement/creator/id"),
    "the assessor": ("/credentialSubject/source", "/credentialSubject/source/id"),
}


def _endorsed_everywhere(**members: Any) -> dict[str, Any]:
    document = badge("/issuer/parentOrg", {"id": "https://parent.example", "type": ["Profile"]})
    document["credentialSubject"]["source"] = {"id": "https://source.example", "type": ["Profile"]}
    document["credentialSubject"]["achievement"]["creator"] = {"id": "https://creator.example", "type": ["Profile"]}
    for place, _ in PLACES.values():
        _at(document, place).update(members)
    return document


def _at(document: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        document = document[step]
    return document


@pytest.mark.parametrize(("place", "endorsed"), PLACES.values(), ids=PLACES)
def test_an_endorsement_is_found_wherever_it_stands(place: str, endorsed: str) -> None:
    document = _endorsed_everywhere(endorsement=[_mark()], endorsementJwt=["e30.e30.c2ln"])
    assert violations(document, Schema.OPEN_BADGE) == ()
    found = {each.pointer: each for each in read_credential(document).endorsements}
    assert len(found) == 2 * len(PLACES)
    assert found[f"{place}/endorsement/0"].content == _mark()
    assert found[f"{place}/endorsementJwt/0"].content == "e30.e30.c2ln"
    assert found[f"{place}/endorsement/0"].endorsed == _at(document, endorsed)


@pytest.mark.parametrize(
    "tokens",
    [
        ["e30.e30"],
        ["e30..c2ln."],
        ["e30.e30.c2ln="],
        ["e30.e30.c2ln\n"],
        ["e30.e30."],
        [""],
        [{}],
        "e30.e30.c2ln",
        None,
    ],
    ids=repr,
)
def test_a_text_that_is_no_compact_jws_is_no_endorsement(tokens: Any) -> None:
    document = badge("/endorsementJwt", tokens)
    assert violations(document, Schema.OPEN_BADGE)
    with pytest.raises(Error) as refusal:
        read_credential(document)
    assert refusal.value.code == "schema.violation"
    assert refusal.value.pointer is not None
    assert refusal.value.pointer.startswith("/endorsementJwt")
