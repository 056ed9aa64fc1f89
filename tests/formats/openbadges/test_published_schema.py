"""Our schema against 1EdTech's published one: whatever ours accepts, the published one accepts.

The other way it does not hold, and must not: the published file takes single values for lists, any text as an id, and
results without a description.
"""

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given

from jmc_vc import vendored
from jmc_vc.formats.openbadges.credential import read_credential
from jmc_vc.formats.openbadges.schema import Schema, violations
from jmc_vc.formats.strict_json import JsonObject, parse_object
from tests.builders.drawn_badges import badges
from tests.builders.open_badge import badge
from tests.test_data import vectors

OURS = json.loads(vendored.json_schema(Schema.OPEN_BADGE.value))


def _property(schema: Any, class_name: str, member: str) -> Any:
    return schema["$defs"][class_name]["properties"][member]


@pytest.fixture(scope="module")
def published_schema() -> JsonObject:
    """1EdTech's achievement schema."""
    return parse_object((vectors("ob3-schemas") / "ob_v3p0_achievementcredential_schema.json").read_bytes())


@pytest.fixture(scope="module")
def published(published_schema: JsonObject) -> jsonschema_rs.Draft201909Validator:
    """The same, formats checked."""
    return jsonschema_rs.Draft201909Validator(published_schema, validate_formats=True)


VOCABULARIES = {
    "OB-23 achievementType": (("Achievement", "achievementType"), 31),
    "OB-24 targetType": (("Alignment", "targetType"), 7),
    "OB-25 status": (("Result", "status"), 7),
    "OB-26 resultType": (("ResultDescription", "resultType"), 12),
    "OB-27 identifierType": (("IdentifierEntry", "identifierType"), 19),
    "OB-29 identityType": (("IdentityObject", "identityType"), 19),
}


def _terms(schema: Any) -> set[str]:
    """The terms of an enumeration, wherever they stand in it."""
    if isinstance(schema, dict):
        parts = (_terms(each) for keyword, each in schema.items() if keyword != "enum")
        return set(schema.get("enum", [])).union(*parts)
    return set().union(*map(_terms, schema)) if isinstance(schema, list) else set()


@pytest.mark.parametrize(("place", "count"), VOCABULARIES.values(), ids=VOCABULARIES)
def test_a_vocabulary_has_the_terms_of_the_data_model(place: tuple[str, str], count: int) -> None:
    assert len(_terms(_property(OURS, *place))) == count


@pytest.mark.parametrize("place", [place for place, _ in VOCABULARIES.values()], ids=VOCABULARIES)
def test_a_vocabulary_is_that_of_the_published_schema(published_schema: JsonObject, place: tuple[str, str]) -> None:
    assert _terms(_property(OURS, *place)) == _terms(_property(published_schema, *place))


CLOSED = {"IdentityObject", "IdentifierEntry", "Image"}


def test_every_class_has_the_members_of_the_published_schema(published_schema: JsonObject) -> None:
    theirs: Any = published_schema["$defs"]
    for name in sorted(theirs.keys() - {"Context", "ProfileRef"}):  # the two that are no class of objects
        ours = OURS["$defs"][name]
        assert theirs[name]["properties"].keys() <= {*ours["properties"]}, name
        assert {*theirs[name].get("required", [])} == {*ours.get("required", [])}, name
        assert (ours.get("additionalProperties") is False) == (name in CLOSED), name
        assert (theirs[name]["additionalProperties"] is False) == (name in CLOSED), name


@given(document=badges())
def test_what_our_schema_accepts_the_published_schema_accepts_and_we_can_read(
    published: jsonschema_rs.Draft201909Validator, document: dict[str, Any]
) -> None:
    assert violations(document, Schema.OPEN_BADGE) == ()
    assert [error.instance_path for error in published.iter_errors(document)] == []
    assert read_credential(document).id == document["id"]


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/type", ["VerifiableCredential"]),
        ("/issuer/otherIdentifier/0/more", 1),
        ("/credentialSubject/identifier/0/more", 1),
        ("/credentialSubject/identifier/0/identityType", "email"),
        ("/credentialSubject/achievement/achievementType", "NanoCredential"),
        ("/credentialSubject", [badge()["credentialSubject"]]),
        ("/credentialStatus", [badge()["credentialStatus"]]),
        ("/validFrom", "2026-10-05"),
        ("/credentialSubject/result/0/status", "Passed"),
        ("/credentialSubject/achievement/resultDescription/0/resultType", "Marks"),
        ("/credentialSubject/achievement/alignment/0/targetType", "Skill"),
        ("/credentialSubject/achievement/image", {"id": "https://a.example/1.png", "type": "Image", "alt": "x"}),
        ("/credentialSubject/achievement/related", [{"type": ["Related"]}]),
        ("/issuer/address/geo", {"type": "GeoCoordinates", "latitude": "35.6", "longitude": 139.7}),
        ("/issuer/dateOfBirth", "31 January 1999"),
        ("/issuer/parentOrg", "https://parent.example"),
        ("/evidence", [{"id": "https://a.example/1"}]),
        ("/refreshService", {"id": "https://a.example/r"}),
        ("/endorsementJwt", ["not a token"]),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("/") else "",
)
def test_what_the_published_schema_refuses_ours_refuses(
    published: jsonschema_rs.Draft201909Validator, pointer: str, value: Any
) -> None:
    document = badge(pointer, value)
    assert not published.is_valid(document)
    assert violations(document, Schema.OPEN_BADGE)
