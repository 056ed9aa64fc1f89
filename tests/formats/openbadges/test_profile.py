"""OB-28: parties, whole; and the classes that stand in them (OB-27)."""

from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.openbadges.image import Image
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.openbadges.profile import profile_document, read_profile
from jmc_vc.formats.openbadges.schema import Schema, violations

PARENT = {"id": "https://parent.example", "type": ["Profile"], "name": "学校法人（架空）"}
WHOLE: dict[str, Any] = {
    "id": "did:web:hoshimigaoka.example",
    "type": ["Profile"],
    "name": "星見ヶ丘大学（架空）",
    "url": "https://hoshimigaoka.example",
    "phone": "+81-3-0000-0000",
    "email": "badges@hoshimigaoka.example",
    "description": "A fictional university",
    "image": {"id": "https://hoshimigaoka.example/logo.png", "type": "Image", "caption": "Logo"},
    "address": {
        "type": ["Address"],
        "addressCountry": "Japan",
        "addressCountryCode": "JP",
        "addressRegion": "JP-13",
        "addressLocality": "星見市",
        "streetAddress": "1-1",
        "postOfficeBoxNumber": "7",
        "postalCode": "000-0000",
        "geo": {"type": "GeoCoordinates", "latitude": 35.6, "longitude": 139},
    },
    "otherIdentifier": [
        {"type": "IdentifierEntry", "identifier": "JMC-I-90001", "identifierType": "ext:JMCIssuerNumber"}
    ],
    "official": "President",
    "parentOrg": PARENT,
    "familyName": "星見",
    "givenName": "葉",
    "additionalName": "N.",
    "patronymicName": "P.",
    "familyNamePrefix": "van",
    "honorificPrefix": "Dr.",
    "honorificSuffix": "PhD",
    "dateOfBirth": "1999-01-31",
}

REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "no type": ({"type": ["Organization"]}, "/type", "schema.type"),
    "relative id": ({"id": "issuer"}, "/id", "schema.id"),
    "name is an object": ({"name": {"ja": "大学"}}, "/name", "schema.violation"),
    "image is an address": ({"image": "https://a.example/1.png"}, "/image", "schema.violation"),
    "image of another type": ({"image": {"id": "https://a.example", "type": "Picture"}}, "/image/type", "schema.type"),
    "address is a text": ({"address": "Tokyo"}, "/address", "schema.violation"),
    "address without type": ({"address": {"addressCountryCode": "JP"}}, "/address/type", "schema.type"),
    "coordinates are texts": (
        {"address": {**WHOLE["address"], "geo": {"type": "GeoCoordinates", "latitude": "1", "longitude": "2"}}},
        "/address/geo/latitude",
        "schema.violation",
    ),
    "coordinates without longitude": (
        {"address": {**WHOLE["address"], "geo": {"type": "GeoCoordinates", "latitude": 1}}},
        "/address/geo/longitude",
        "schema.violation",
    ),
    "identifiers are no list (OB-02)": (
        {"otherIdentifier": WHOLE["otherIdentifier"][0]},
        "/otherIdentifier",
        "schema.violation",
    ),
    "identifier of another type": (
        {"otherIdentifier": [{**WHOLE["otherIdentifier"][0], "type": "Identifier"}]},
        "/otherIdentifier/0/type",
        "schema.type",
    ),
    "parent is an address": ({"parentOrg": PARENT["id"]}, "/parentOrg", "schema.violation"),
    "parent is no Profile": ({"parentOrg": {**PARENT, "type": ["School"]}}, "/parentOrg/type", "schema.type"),
    "birthday is a number": ({"dateOfBirth": 19990131}, "/dateOfBirth", "schema.violation"),
}


def test_everything_that_a_profile_may_hold_is_read() -> None:
    assert violations(WHOLE, Schema.PROFILE) == ()
    profile = read_profile(Node(WHOLE))
    assert (profile.id, profile.name, profile.url) == (WHOLE["id"], WHOLE["name"], WHOLE["url"])
    assert (profile.phone, profile.email, profile.official) == (WHOLE["phone"], WHOLE["email"], "President")
    assert profile.image == Image(id="https://hoshimigaoka.example/logo.png", caption="Logo")
    assert profile.identifiers == (("ext:JMCIssuerNumber", "JMC-I-90001"),)
    assert profile.address is not None
    assert (profile.address.country_code, profile.address.region) == ("JP", "JP-13")
    assert profile.address.geo == (35.6, 139)
    assert profile.parent is not None
    assert (profile.parent.name, profile.parent.parent) == ("学校法人（架空）", None)
    assert (profile.person.family, profile.person.given, profile.person.honorific_suffix) == ("星見", "葉", "PhD")
    assert profile.date_of_birth == "1999-01-31"


@pytest.mark.parametrize(("changes", "pointer", "code"), REFUSED.values(), ids=REFUSED)
def test_a_profile_of_another_shape_is_refused_by_schema_and_reader(
    changes: dict[str, Any], pointer: str, code: str
) -> None:
    document = {**WHOLE, **changes}
    assert violations(document, Schema.PROFILE)
    with pytest.raises(Error) as refusal:
        read_profile(Node(document))
    assert (refusal.value.pointer, refusal.value.code) == (pointer, code)


def test_a_profile_that_we_make_conforms_and_reads_back() -> None:
    made = profile_document(
        id="did:web:mc.example.jp:issuers:hoshimigaoka",
        name="星見ヶ丘大学（架空）",
        url="https://hoshimigaoka.example",
        image="https://mc.example.jp/logo.svg",
        country="Japan",
        country_code="JP",
        region="JP-13",
        identifiers={"ext:JMCIssuerNumber": "JMC-I-90001"},
    )
    assert violations(made, Schema.PROFILE) == ()
    read = read_profile(Node(made))
    assert read.address is not None
    assert (read.address.country_code, read.identifiers) == ("JP", (("ext:JMCIssuerNumber", "JMC-I-90001"),))


def test_a_bare_profile_has_nothing_empty_in_it() -> None:
    assert profile_document(id="did:web:a.example", name="A") == {
        "id": "did:web:a.example",
        "type": ["Profile"],
        "name": "A",
    }
