"""Our schema against 1EdTech's published one: whatever ours accepts, the published one accepts.

The other way it does not hold, and must not: the published file takes single values for lists, any text as an id, and
results without a description.
"""

from datetime import datetime
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.openbadges.credential import read_credential
from jmc_vc.formats.openbadges.date_time import write_date_time_stamp
from jmc_vc.formats.openbadges.schema import Schema, violations
from jmc_vc.formats.strict_json import JsonObject, parse_object
from tests.builders.open_badge import VERSION, badge
from tests.test_data import vectors

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
SLUG = st.from_regex(r"[A-Za-z0-9_]{1,8}", fullmatch=True)
URI = st.builds("https://{}.example/{}".format, st.from_regex(r"[a-z]{1,8}", fullmatch=True), SLUG)
ID = URI | st.builds("did:web:a.example:{}".format, SLUG) | st.uuids().map("urn:uuid:{}".format)
DATE = st.datetimes(datetime(2, 1, 1), timezones=st.timezones()).map(write_date_time_stamp) | st.sampled_from(  # noqa: DTZ001
    ["9999-12-31T23:59:59-14:00", "2026-10-05T10:00:00.123+09:00", "2026-10-05T10:00:00Z"]
)
NUMBER = st.integers(0, 500) | st.floats(0, 500, allow_nan=False)
EXTENSION = st.builds("ext:{}".format, SLUG)
JWS = st.just("eyJhbGciOiJFUzI1NiJ9.e30.c2ln")


def _types(name: str) -> st.SearchStrategy[Any]:
    return st.sampled_from([name, [name], [name, "ext:Own"]])


def _lists(items: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(items, min_size=1, max_size=2)


def _objects(class_name: str, required: dict[str, Any], /, **optional: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"type": _types(class_name), **required}, optional={**optional, "jmc:own": TEXT})


IMAGE = st.fixed_dictionaries({"id": URI, "type": st.just("Image")}, optional={"caption": TEXT})
ENTRY = st.fixed_dictionaries(
    {"type": st.just("IdentifierEntry"), "identifier": TEXT, "identifierType": EXTENSION | st.just("systemId")}
)
ADDRESS = _objects(
    "Address", {}, addressCountry=TEXT, addressCountryCode=st.just("JP"), addressRegion=st.just("JP-13"),
    geo=st.just({"type": "GeoCoordinates", "latitude": 35.6, "longitude": 139.7}),
)  # fmt: skip
ENDORSEMENT = st.fixed_dictionaries(
    {
        "@context": st.just(badge()["@context"]),
        "id": ID,
        "type": st.just(["VerifiableCredential", "EndorsementCredential"]),
        "name": TEXT,
        "issuer": _objects("Profile", {"id": ID}),
        "validFrom": DATE,
        "credentialSubject": _objects("EndorsementSubject", {"id": ID}, endorsementComment=TEXT),
    }
)
PROFILE = _objects(
    "Profile", {"id": ID}, name=TEXT, url=URI, email=TEXT, description=TEXT, image=IMAGE, address=ADDRESS,
    otherIdentifier=_lists(ENTRY), endorsement=_lists(ENDORSEMENT), endorsementJwt=_lists(JWS),
    parentOrg=_objects("Profile", {"id": ID}), dateOfBirth=st.just("1999-01-31"),
)  # fmt: skip
ALIGNMENT = _objects(
    "Alignment", {"targetName": TEXT, "targetUrl": URI}, targetType=EXTENSION | st.sampled_from(["CFItem", "CTDL"]),
    targetCode=TEXT, targetFramework=TEXT, targetDescription=TEXT,
)  # fmt: skip
IDENTITY = st.fixed_dictionaries(
    {
        "type": st.just("IdentityObject"),
        "hashed": st.just(False),
        "identityHash": TEXT,
        "identityType": EXTENSION | st.sampled_from(["name", "emailAddress"]),
    },
    optional={"salt": TEXT},
)
EVIDENCE = _objects("Evidence", {"name": TEXT}, id=URI, narrative=TEXT, genre=TEXT, audience=TEXT, description=TEXT)
PARTS: dict[str, st.SearchStrategy[Any]] = {
    "/id": ID,
    "/name": TEXT,
    "/description": TEXT,
    "/image": IMAGE,
    "/issuer": PROFILE,
    "/awardedDate": DATE,
    "/validFrom": DATE,
    "/validUntil": DATE,
    "/evidence": _lists(EVIDENCE),
    "/endorsement": _lists(ENDORSEMENT),
    "/endorsementJwt": _lists(JWS),
    "/refreshService": st.just({"id": "https://a.example/r", "type": "1EdTechCredentialRefresh"}),
    "/credentialSchema": st.just({"id": "https://a.example/s", "type": "JsonSchema"}),
    "/termsOfUse": st.just([{"type": "Terms"}]),
    "/proof": DATE.map(lambda created: {"type": "DataIntegrityProof", "created": created, "proofValue": "z1"}),
    "/credentialSubject/id": ID,
    "/credentialSubject/identifier": _lists(IDENTITY),
    "/credentialSubject/activityStartDate": DATE,
    "/credentialSubject/creditsEarned": NUMBER,
    "/credentialSubject/source": PROFILE,
    "/credentialSubject/narrative": TEXT,
    "/credentialSubject/result/0/value": TEXT,
    "/credentialSubject/result/0/alignment": _lists(ALIGNMENT),
    "/credentialSubject/achievement/achievementType": EXTENSION | st.sampled_from(["MicroCredential", "Course"]),
    "/credentialSubject/achievement/alignment": _lists(ALIGNMENT),
    "/credentialSubject/achievement/creator": PROFILE,
    "/credentialSubject/achievement/creditsAvailable": NUMBER,
    "/credentialSubject/achievement/criteria": st.fixed_dictionaries({"narrative": TEXT}, optional={"id": URI}),
    "/credentialSubject/achievement/inLanguage": st.sampled_from(["ja", "en-US", "zh-Hant-TW"]),
    "/credentialSubject/achievement/tag": _lists(TEXT),
    "/credentialSubject/achievement/related": st.just([{"id": VERSION, "type": ["Related"], "inLanguage": "en"}]),
    "/credentialSubject/achievement/resultDescription/0/allowedValue": _lists(TEXT),
}


@st.composite
def badges(draw: st.DrawFn) -> dict[str, Any]:
    """Badges of the shape that we issue, with any of their parts redrawn."""
    document = badge()
    for pointer in draw(st.lists(st.sampled_from(sorted(PARTS)), max_size=6, unique=True)):
        value = draw(PARTS[pointer])
        *path, last = pointer.removeprefix("/").split("/")
        target: Any = document
        for step in path:
            target = target[int(step)] if isinstance(target, list) else target[step]
        target[last] = value
    return document


@pytest.fixture(scope="module")
def published() -> jsonschema_rs.Draft201909Validator:
    """1EdTech's achievement schema, formats checked."""
    file = vectors("ob3-schemas") / "ob_v3p0_achievementcredential_schema.json"
    schema: JsonObject = parse_object(file.read_bytes())
    return jsonschema_rs.Draft201909Validator(schema, validate_formats=True)


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
    ],
)
def test_what_the_published_schema_refuses_ours_refuses(
    published: jsonschema_rs.Draft201909Validator, pointer: str, value: Any
) -> None:
    document = badge(pointer, value)
    assert not published.is_valid(document)
    assert violations(document, Schema.OPEN_BADGE)
