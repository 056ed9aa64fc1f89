"""The credential, built from the approved version (INV-05, INV-06): domain model §4, read from left to right.

The caller's award gives the person, the dates, the results and the evidence; everything else is the version's. The
result is unsigned and unlinted, and nothing but `lint` takes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jmc_vc.domain import award as awards
from jmc_vc.domain import person_name
from jmc_vc.domain.achievement import achievement, assessor, program_version
from jmc_vc.domain.award import Award, Evidence
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.japan_time import JST, jst_day
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.status_list import StatusForm, StatusPurpose
from jmc_vc.formats.openbadges.profile import profile_document
from jmc_vc.formats.openbadges.recipient_hash import identity_hash
from jmc_vc.formats.status.entry import bitstring_entry, revocation_list_entry

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
"""Defines the type of `credentialSchema`: without it safe mode rightly refuses the credential."""
CREDENTIAL_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
TEST_DATA_NOTE = "（テスト用データ / test data）"


@dataclass(frozen=True, kw_only=True)
class Place:
    """What was reserved for the credential: its id, its subject's id if it has one, its place in the issuer's status
    list, and how it names that."""

    uuid: UUID
    subject_id: str | None
    list_number: int
    status_index: int
    status_form: StatusForm


def contexts_of(site: Site) -> list[str]:
    """The `@context` of what we issue, in its order (OB-04, CX-02)."""
    return [CREDENTIALS_V2, OPEN_BADGES, EXTENSIONS, site.context_url]


def assemble(
    award: Award, version: ProgramVersion, issuer: Issuer, place: Place, *, site: Site, salt: str, signed_at: datetime
) -> dict[str, Any]:
    """The unsigned credential. `salt` is fresh for each credential (OB-30); `signed_at` becomes `validFrom`."""
    content = version.content
    valid_until = awards.valid_until(content, jst_day(award.awarded_at))
    document: dict[str, Any] = {
        "@context": contexts_of(site),
        "id": site.credential(place.uuid),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": content["title"]["ja"],
        "description": content["description"]["ja"] + (TEST_DATA_NOTE if version.fictional else ""),
        "issuer": _issuer(issuer, site),
        "awardedDate": _written(award.awarded_at),
        "validFrom": _written(signed_at),
    }
    if valid_until is not None:
        document["validUntil"] = _written(valid_until)
    document["credentialSubject"] = _subject(award, version, place, site=site, salt=salt)
    if award.evidence:
        document["evidence"] = [_evidence(each) for each in award.evidence]
    document["credentialSchema"] = [{"id": CREDENTIAL_SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}]
    document["credentialStatus"] = _STATUS[place.status_form](place, site)
    document["jmc:programVersion"] = program_version(version, site)
    if version.fictional:
        document["jmc:testData"] = True
    return document


def _issuer(issuer: Issuer, site: Site) -> dict[str, Any]:
    return profile_document(
        id=site.issuer_did(issuer.slug),
        name=issuer.name_ja,
        url=issuer.url,
        country_code=issuer.country,
        region=issuer.region,
        identifiers={"ext:JMCIssuerNumber": issuer.number},
    )


def _subject(award: Award, version: ProgramVersion, place: Place, *, site: Site, salt: str) -> dict[str, Any]:
    recipient = award.recipient
    subject: dict[str, Any] = {} if place.subject_id is None else {"id": place.subject_id}
    subject["type"] = ["AchievementSubject"]
    identifiers: list[dict[str, Any]] = [
        {
            "type": "IdentityObject",
            "hashed": False,
            "identityHash": person_name.signed_name(recipient.name),
            "identityType": "name",
        }
    ]
    if recipient.email is not None:
        identifiers.append(
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": identity_hash(recipient.email, salt),
                "identityType": "emailAddress",
                "salt": salt,
            }
        )
    subject["identifier"] = identifiers
    subject["jmc:recipientName"] = person_name.name_json(recipient.name)
    if award.activity_start is not None:
        subject["activityStartDate"] = _written(award.activity_start)
    if award.activity_end is not None:
        subject["activityEndDate"] = _written(award.activity_end)
    credits_earned = awards.credits_earned(version.content)
    if credits_earned is not None:
        subject["creditsEarned"] = credits_earned
    source = assessor(version.content)
    if source is not None:
        subject["source"] = source
    subject["result"] = awards.results_json(award, version.content, site)
    subject["achievement"] = achievement(version.content, site)
    return subject


def _evidence(evidence: Evidence) -> dict[str, Any]:
    members = {
        "id": evidence.url,
        "type": ["Evidence"],
        "name": evidence.name,
        "description": evidence.description,
        "narrative": evidence.narrative,
        "genre": evidence.genre,
    }
    return {name: value for name, value in members.items() if value is not None}


def _bitstring_entry(place: Place, site: Site) -> dict[str, Any]:
    # One entry only: the published JSON Schema takes one object. Suspension is the sibling list with the same index.
    address = site.status_list(place.list_number, StatusPurpose.REVOCATION)
    return bitstring_entry(list_url=address, index=place.status_index, purpose=StatusPurpose.REVOCATION.value)


def _revocation_list(place: Place, site: Site) -> dict[str, Any]:
    # The readers of this form look for the credential's own id in the document at this address (conformance OB-34).
    return revocation_list_entry(list_url=site.revocation_list(place.list_number))


_STATUS: Mapping[StatusForm, Callable[[Place, Site], dict[str, Any]]] = {
    StatusForm.BITSTRING: _bitstring_entry,
    StatusForm.REVOCATION_LIST: _revocation_list,
}


def _written(moment: datetime) -> str:
    """In Japanese time, to the second: 2026-10-01T00:00:00+09:00."""
    return moment.astimezone(JST).isoformat(timespec="seconds")
