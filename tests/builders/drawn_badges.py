"""Badges of the shape that we issue with any of their parts drawn anew, as the data model allows."""

from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from jmc_vc.formats.openbadges.date_time import write_date_time_stamp
from tests.builders.open_badge import VERSION, badge

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
    parentOrg=_objects("Profile", {"id": ID}), dateOfBirth=st.just("1999-01-31"), official=TEXT, phone=TEXT,
    **dict.fromkeys(("familyName", "givenName", "additionalName", "patronymicName", "familyNamePrefix",
                     "honorificPrefix", "honorificSuffix"), TEXT),
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
    "/credentialSubject/result/0/value": st.integers(0, 100).map(str),
    "/credentialSubject/result/2/value": TEXT,
    "/credentialSubject/result/0/alignment": _lists(ALIGNMENT),
    "/credentialSubject/achievement/achievementType": EXTENSION | st.sampled_from(["MicroCredential", "Course"]),
    "/credentialSubject/achievement/alignment": _lists(ALIGNMENT),
    "/credentialSubject/achievement/creator": PROFILE,
    "/credentialSubject/achievement/creditsAvailable": NUMBER,
    "/credentialSubject/achievement/criteria": st.fixed_dictionaries({"narrative": TEXT}, optional={"id": URI}),
    "/credentialSubject/achievement/inLanguage": st.sampled_from(["ja", "en-US", "zh-Hant-TW"]),
    "/credentialSubject/achievement/tag": _lists(TEXT),
    "/credentialSubject/achievement/related": st.just([{"id": VERSION, "type": ["Related"], "inLanguage": "en"}]),
    "/credentialSubject/achievement/resultDescription/0/alignment": _lists(ALIGNMENT),
    "/credentialSubject/achievement/resultDescription/1/allowedValue": _lists(TEXT),
    "/credentialSubject/achievement/otherIdentifier": _lists(ENTRY),
    "/credentialSubject/achievement/specialization": TEXT,
    "/credentialSubject/achievement/endorsement": _lists(ENDORSEMENT),
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
