"""Open Badges 3.0 documents made at random, with every member that the data model and its contexts have.

https://www.imsglobal.org/spec/ob/v3p0/#data-model

`generated(chance)` is a badge, an endorsement, or a presentation of one or two badges, under the contexts of either
version of the Verifiable Credentials Data Model. All that is made says what it says in the plain words, so the engine
accepts it, unless `most_applied` contexts do not suffice. Which members exist is read from the contexts themselves:
a member that they do not define is left out.

`badges()` lets hypothesis choose the seeds only: were every choice its own, a document would cost 25 ms. What it cannot
make small therefore, `smallest` does.
"""

import json
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from jmc_vc import vendored
from tests.builders.contexts import CREDENTIALS, EXTENSIONS, NAMESPACE, OPEN_BADGES, OURS
from tests.builders.generated_values import (
    Json,
    Make,
    Source,
    anything,
    array,
    by_language,
    date,
    either,
    iri,
    language,
    many,
    number,
    reference,
    spoken,
    text,
    truth,
    whole,
)

CREDENTIALS_1 = "https://www.w3.org/2018/credentials/v1"
INTEGRITY = "https://w3id.org/security/data-integrity/v2"
_OB = "https://purl.imsglobal.org/spec/ob/v3p0/"
BASES = (
    (CREDENTIALS, OPEN_BADGES), (CREDENTIALS, OPEN_BADGES), (CREDENTIALS, OPEN_BADGES),
    (CREDENTIALS, f"{_OB}context-3.0.2.json"), (CREDENTIALS_1, f"{_OB}context-3.0.2.json"),
    (CREDENTIALS_1, f"{_OB}context-3.0.1.json"), (CREDENTIALS_1, f"{_OB}context.json"),
)  # fmt: skip
"""Data model and Open Badges. 3.0.0 and 3.0.1 contradict version 2 of the data model: its names are protected."""
KINDS = ("badge", "badge", "badge", "endorsement", "presentation")


def badges(*, plain: bool = False) -> st.SearchStrategy[Json]:
    """`generated` from seeds that hypothesis chooses."""
    return st.integers(0, 2**64 - 1).map(lambda seed: generated(Random(seed), plain=plain))


def generated(chance: Random, *, plain: bool = False, size: int = 24) -> Json:
    """A document of about `size` nodes at most. One that is `plain` has whole numbers only, no directions, and no
    pictographs in the names of JSON literals."""
    match chance.choice(KINDS):
        case "badge":
            return _Writer(chance, chance.choice(BASES), size, plain=plain).credential("OpenBadgeCredential")
        case "endorsement":
            return _Writer(chance, chance.choice(BASES), size, plain=plain).credential("EndorsementCredential")
        case _:
            return _presentation(chance, size, plain=plain)


def _presentation(chance: Random, size: int, *, plain: bool) -> Json:
    """A presentation of one or two badges, which have graphs and contexts of their own."""
    base = chance.choice(BASES)
    writer = _Writer(chance, (base[0],), size // 3, plain=plain)
    made = writer.node("VerifiablePresentation")
    kinds = chance.sample(["OpenBadgeCredential", "AchievementCredential"], chance.randint(1, 2))
    inside = [
        _Writer(chance, base, size // 3, plain=plain, number=1000 * (n + 1)).credential(kind)
        for n, kind in enumerate(kinds)
    ]
    made["verifiableCredential"] = inside[0] if len(inside) == 1 and chance.random() < 0.5 else inside
    return {"@context": [base[0], *([INTEGRITY] if base[0] == CREDENTIALS_1 else ())], **made}


class _Writer(Source):
    """One credential in the making."""

    def __init__(self, chance: Random, base: tuple[str, ...], size: int, *, plain: bool, number: int = 0) -> None:
        super().__init__(chance, plain=plain, number=number)
        self.left = size
        more = [EXTENSIONS] if self.some(0.6) else []
        more += [OURS] if self.some(0.3) else []
        more += [INTEGRITY] if CREDENTIALS_1 in base or self.some(0.1) else []
        self.contexts = [*base, *(more if len(base) > 1 else [])]
        self.describable: list[str] = []
        """Ids of which an endorsement may speak, none twice."""

    def credential(self, kind: str) -> Json:
        """A credential with its `@context`."""
        if kind == "OpenBadgeCredential" and self.some(0.3):
            kind = "AchievementCredential"
        members = self.node("VerifiableCredential", kind, full=0.5)
        subject = "EndorsementSubject" if kind == "EndorsementCredential" else "AchievementSubject"
        members["credentialSubject"] = self.node(subject, full=0.5)
        if self.some(0.15) and kind != "EndorsementCredential":
            members["credentialSubject"] = [members["credentialSubject"], self.node(subject)]
        return self._shuffled({"@context": list(self.contexts), **members})

    def node(self, *types: str, full: float = 0.3) -> Json:
        """A node of `types` with each member of theirs at the chance `full`."""
        self.left -= 1
        root, scoped = _defined(tuple(self.contexts))
        types = tuple(name for name in types if name in root)
        names = root.union(*(scoped.get(name, frozenset()) for name in types))
        made: Json = {}
        if self.some(_IDENTIFIED.get(types[-1] if types else "", 0.5)):
            made["id"] = iri(self)
        if types and (self.some(0.9) or types[0] in _NEEDED):
            written = list(types)
            if self.some(0.05):
                written.append(f"https://types.example/特別/{self.next()}")
            made["type"] = written[0] if len(written) == 1 and self.some() else written
            if "id" in made and types[-1] in {"Achievement", "Profile"}:
                self.describable.append(made["id"])
        else:
            names = root
        tables = [MEMBERS.get(name, {}) for name in types if name in MEMBERS] or [_ANYTHING]
        for table in tables:
            for name, make in table.items():
                if name in names and self.some(full):
                    made[name] = make(self)
        return self._shuffled(made)

    def _shuffled(self, members: Json) -> Json:
        if self.some(0.3):
            names = list(members)
            self.chance.shuffle(names)
            return {name: members[name] for name in names}
        return members


@cache
def _defined(contexts: tuple[str, ...]) -> tuple[frozenset[str], Mapping[str, frozenset[str]]]:
    """The names that hold everywhere under these contexts, and those that a type adds."""
    files = vendored.contexts(NAMESPACE)
    root: set[str] = set()
    scoped: dict[str, frozenset[str]] = {}
    for url in contexts:
        for name, definition in json.loads(files[url])["@context"].items():
            root.add(name)
            if isinstance(definition, dict) and definition.get("@context"):
                scoped[name] = frozenset(definition["@context"])
    return frozenset(root), scoped


def defined_names() -> tuple[set[str], set[str]]:
    """Every property and every class that these contexts define for badges, whatever their version."""
    properties: set[str] = set()
    classes: set[str] = set()
    for url in (CREDENTIALS, *{base[1] for base in BASES}, EXTENSIONS, OURS):
        root, scoped = _defined((url,))
        for name in root.union(*scoped.values()) - _ELSEWHERE:
            (classes if name[0].isupper() or name[0].isdigit() else properties).add(name)
    return properties, classes


_ELSEWHERE = frozenset({
    "@protected", "@version", "jmc", "xsd", "jsonSchema", "encodedList", "ttl", "BitstringStatusList",
    "BitstringStatusListCredential", "EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation", "JsonSchema",
    "JsonSchemaCredential",
})  # fmt: skip
"""Prefixes, status lists, and what only stands instead of a credential."""


# --- nodes ------------------------------------------------------------------------------------------------------------


def node(*types: str) -> Make:
    """A node, and once in a while only its address."""
    return lambda writer: {"id": iri(writer)} if writer.left <= 0 or writer.some(0.1) else writer.node(*types)


def endorsement(writer: _Writer) -> Any:
    """A credential in a credential, with a proof, about something that is described around it."""
    if writer.left <= 0:
        return {"id": iri(writer)}
    around = writer.describable
    writer.describable = []
    made = writer.node("VerifiableCredential", "EndorsementCredential")
    made["credentialSubject"] = writer.node("EndorsementSubject", full=0.8)
    writer.describable = around
    if around and writer.some(0.7):
        made["credentialSubject"]["id"] = around.pop()
        made["credentialSubject"]["type"] = ["EndorsementSubject"]  # decision 0010: another type could come and go
        made["proof"] = _proof(writer)
    if writer.some(0.6):
        made["@context"] = list(writer.contexts)
    return made


def _proof(writer: _Writer) -> Json:
    made = writer.node("DataIntegrityProof", full=0.7)
    return {**made, "type": "DataIntegrityProof", "proofValue": "z5"}


def _digest(writer: _Writer) -> str:
    return f"uEi{writer.next():08x}"


def _purpose(writer: _Writer) -> str:
    return writer.chance.choice(("assertionMethod", "authentication"))


# --- the data model ---------------------------------------------------------------------------------------------------

_IMAGE = either(node("Image"), iri)
_PROFILE = node("Profile")
_ENDORSEMENTS = many(endorsement)
_PROOFS = many(_proof)
_NAMED: dict[str, Make] = {"name": spoken, "description": spoken}
_CREDENTIAL_PARTS: dict[str, Make] = {
    "credentialSchema": many(node("1EdTechJsonSchemaValidator2019")),
    "credentialStatus": many(either(node("BitstringStatusListEntry"), node("1EdTechRevocationList"))),
    "refreshService": many(node("1EdTechCredentialRefresh")),
    "termsOfUse": many(node("Criteria")),
}
MEMBERS: Mapping[str, Mapping[str, Make]] = {
    "VerifiableCredential": {
        **_NAMED, **_CREDENTIAL_PARTS, "image": _IMAGE, "awardedDate": date, "issuer": either(_PROFILE, _PROFILE, iri),
        "validFrom": date, "validUntil": date, "issuanceDate": date, "expirationDate": date, "issued": date,
        "evidence": many(node("Evidence")), "endorsement": _ENDORSEMENTS, "endorsementJwt": many(text),
        "proof": _PROOFS, "confidenceMethod": many(node("Criteria")), "renderMethod": many(node("Criteria")),
        "relatedResource": many(node("Related")), "holder": reference, "inLanguage": language, "jti": reference,
        "alignment": many(node("Alignment")), "narrative": text, "url": iri, "exp": whole, "iat": whole, "nbf": whole,
        "iss": iri, "sub": reference, "aud": many(iri), "jku": iri, "kid": iri, "x5u": iri, "_sd": anything,
        "_sd_alg": text, "...": text, "cnf": lambda writer: {"kid": iri(writer), "jwk": anything(writer)},
        "digestSRI": text, "digestMultibase": _digest, "mediaType": text,
        "jmc:testData": truth, "jmc:programVersion": anything, "jmc:profileVersion": text,
        "jmc:disclaimer": by_language, "jmc:criteriaVersion": text,
        "jmc:decision": reference, "jmc:registerEntry": reference, "jmc:contentDigest": text,
        "jmc:legalBasis": many(text),
    },
    "OpenBadgeCredential": {},
    "VerifiablePresentation": {
        "holder": either(iri, node("Criteria")), "proof": _PROOFS, "termsOfUse": many(node("Criteria")),
    },
    "AchievementSubject": {
        "achievement": node("Achievement"), "activityEndDate": date, "activityStartDate": date, "creditsEarned": number,
        "identifier": many(node("IdentityObject")), "image": _IMAGE, "licenseNumber": text, "narrative": spoken,
        "result": many(node("Result")), "role": text, "source": _PROFILE, "term": text,
        "jmc:recipientName": anything,
    },
    "EndorsementSubject": {"endorsementComment": text},
    "Achievement": {
        **_NAMED, "achievementType": text, "alignment": many(node("Alignment")), "creator": _PROFILE,
        "creditsAvailable": number, "criteria": node("Criteria"), "endorsement": _ENDORSEMENTS,
        "endorsementJwt": many(text), "fieldOfStudy": text, "humanCode": text, "image": _IMAGE, "inLanguage": language,
        "otherIdentifier": many(node("IdentifierEntry")), "related": many(node("Related")),
        "resultDescription": many(node("ResultDescription")), "specialization": text, "tag": many(text),
        "version": text, "jmc:title": by_language, "jmc:notionalHours": number, "jmc:workload": anything,
        "jmc:credits": anything, "jmc:level": anything, "jmc:assessment": anything, "jmc:assessmentSecurity": text,
        "jmc:participation": anything, "jmc:qualityAssurance": anything, "jmc:prerequisites": anything,
        "jmc:stackability": anything, "jmc:validity": anything, "jmc:deliveryPartners": anything,
    },
    "Profile": {
        **_NAMED, "url": iri, "phone": text, "endorsement": _ENDORSEMENTS, "endorsementJwt": many(text),
        "image": _IMAGE, "email": text, "address": node("Address"), "otherIdentifier": many(node("IdentifierEntry")),
        "official": either(text, truth), "parentOrg": node("Profile"), "familyName": text, "givenName": text,
        "additionalName": text, "patronymicName": text, "honorificPrefix": text, "honorificSuffix": text,
        "familyNamePrefix": text, "dateOfBirth": date, "jmc:assertedBy": text,
    },
    "Address": {
        "addressCountry": text, "addressCountryCode": text, "addressRegion": text, "addressLocality": text,
        "streetAddress": text, "postOfficeBoxNumber": text, "postalCode": text, "geo": node("GeoCoordinates"),
    },
    "GeoCoordinates": {"latitude": number, "longitude": number},
    "IdentifierEntry": {"identifier": text, "identifierType": text},
    "IdentityObject": {"hashed": truth, "identityHash": text, "identityType": text, "salt": text},
    "Image": {"caption": text, "digestSRI": text, "digestMultibase": _digest, "mediaType": text},
    "Alignment": {
        "targetCode": text, "targetDescription": text, "targetName": text, "targetFramework": text, "targetType": text,
        "targetUrl": iri, "jmc:outcomeKind": text, "jmc:matchRelation": text,
    },
    "Criteria": {"narrative": spoken, **_NAMED},
    "RubricCriterionLevel": {**_NAMED, "alignment": many(node("Alignment")), "level": text, "points": text},
    "ResultDescription": {
        "name": spoken, "alignment": many(node("Alignment")), "allowedValue": array(text), "requiredLevel": iri,
        "requiredValue": text, "resultType": text, "rubricCriterionLevel": many(node("RubricCriterionLevel")),
        "valueMax": either(text, number), "valueMin": either(text, number),
    },
    "Related": {"inLanguage": language, "version": text, "digestSRI": text, "mediaType": text},
    "Result": {
        "achievedLevel": iri, "alignment": many(node("Alignment")), "resultDescription": iri, "status": text,
        "value": either(text, number, truth),
    },
    "Evidence": {**_NAMED, "narrative": text, "genre": text, "audience": text},
    "BitstringStatusListEntry": {
        "statusPurpose": text, "statusListIndex": either(text, whole), "statusListCredential": iri, "statusSize": whole,
        "statusReference": many(iri),
        "statusMessage": many(lambda writer: {"status": f"0x{writer.next():x}", "message": text(writer)}),
    },
    "1EdTechJsonSchemaValidator2019": {},
    "1EdTechRevocationList": {},
    "1EdTechCredentialRefresh": {},
    "DataIntegrityProof": {
        "cryptosuite": text, "created": date, "expires": date, "verificationMethod": reference, "domain": many(text),
        "proofPurpose": _purpose, "challenge": text, "nonce": text, "previousProof": many(iri),
    },
}  # fmt: skip
"""The members of each class: Open Badges 3.0 appendix B, VCDM 2.0 §4, Bitstring Status List §2.1, Data Integrity §2.1.
Members that hold everywhere stand where they are used."""
_ANYTHING: Mapping[str, Make] = {"narrative": text, "name": spoken}
_IDENTIFIED = {"VerifiableCredential": 0.9, "OpenBadgeCredential": 0.9, "Achievement": 0.9, "Profile": 0.8,
               "Result": 0.1, "IdentityObject": 0.05, "IdentifierEntry": 0.1, "Address": 0.1, "GeoCoordinates": 0.1,
               "DataIntegrityProof": 0.2}  # fmt: skip
_NEEDED = frozenset({"VerifiableCredential", "VerifiablePresentation", "DataIntegrityProof"})
"""A credential without its type is none, and only a credential has a context of its own."""
