"""OpenBadgeCredential: the one strict shape through which a credential is read once its proof has passed.

https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential. Everything that is shown, stored or answered is built
from this value and never from the received JSON, so that nothing is shown that was not verified. It holds what may be
shown and what other checks need; members that we do not know stay in the document, where the proof covers them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jmc_vc.formats.openbadges.achievement import EXTENSION
from jmc_vc.formats.openbadges.data_model import DataModel, data_model, read_period
from jmc_vc.formats.openbadges.date_time import DateTimeStamp
from jmc_vc.formats.openbadges.endorsement import Endorsement, endorsements_in
from jmc_vc.formats.openbadges.evidence import Evidence, read_evidence
from jmc_vc.formats.openbadges.image import Image, read_image
from jmc_vc.formats.openbadges.member import Node, WrongType
from jmc_vc.formats.openbadges.profile import Profile, profile_and_parents, read_profile
from jmc_vc.formats.openbadges.service import Service, read_refresh_service, read_schemas
from jmc_vc.formats.openbadges.subject import AchievementSubject, read_subject
from jmc_vc.formats.strict_json import JsonObject, JsonValue


@dataclass(frozen=True, kw_only=True)
class ProgramVersionReference:
    """The approved program version from which the credential was made (`jmc:programVersion`)."""

    id: str
    program_number: str
    version: str
    content_digest: str
    """`sha-256:` and the digest of the version's canonical JSON."""
    decision: str | None
    approved_from: str | None
    approved_until: str | None


@dataclass(frozen=True, kw_only=True)
class OpenBadgeCredential:
    """A credential as read. `statuses` are the raw entries, because a type that we do not know is not an error of the
    credential; the extensions of the achievement stand there, those of the credential here. Of a badge of VCDM 1.1,
    `valid_from` is its `issuanceDate` and `valid_until` its `expirationDate`."""

    data_model: DataModel
    id: str | None
    """None only of an SD-JWT VC whose holder kept it back."""
    types: tuple[str, ...]
    name: str | None
    description: str | None
    image: Image | None
    issuer: Profile
    awarded_date: DateTimeStamp | None
    valid_from: DateTimeStamp
    valid_until: DateTimeStamp | None
    subject: AchievementSubject
    statuses: tuple[JsonObject, ...]
    schemas: tuple[Service, ...]
    refresh_service: Service | None
    evidence: tuple[Evidence, ...]
    endorsements: tuple[Endorsement, ...]
    """Of the credential, its achievement, and every party and organization named in it."""
    program_version: ProgramVersionReference | None
    test_data: bool
    extensions: Mapping[str, JsonValue]


def read_credential(document: JsonObject) -> OpenBadgeCredential:
    """The credential that `document` holds.

    Raises schema.type, schema.id, schema.datetime, schema.result, and schema.violation for all the rest. One status
    entry or a list of them is read: the schema of Open Badges allows one, the W3C profile several."""
    node = Node(document)
    types = node.types("OpenBadgeCredential", "AchievementCredential")
    if "VerifiableCredential" not in types:
        raise WrongType(pointer=node.at("type"))
    subject, program_version = node.node("credentialSubject"), node.optional_node("jmc:programVersion")
    valid_from, valid_until = read_period(node)
    return OpenBadgeCredential(
        data_model=data_model(document),
        id=node.id(),
        types=types,
        name=node.optional_text("name"),
        description=node.optional_text("description"),
        image=read_image(node),
        issuer=read_profile(node.node("issuer")),
        awarded_date=node.optional_moment("awardedDate"),
        valid_from=valid_from,
        valid_until=valid_until,
        subject=read_subject(subject),
        statuses=tuple(each.members for each in node.nodes("credentialStatus", compact=True)),
        schemas=read_schemas(node),
        refresh_service=read_refresh_service(node),
        evidence=read_evidence(node),
        endorsements=tuple(each for part in _endorsable(node) for each in endorsements_in(part)),
        program_version=read_program_version(program_version) if program_version else None,
        test_data=node.flag("jmc:testData", missing=False),
        extensions={name: value for name, value in document.items() if name.startswith(EXTENSION)},
    )


def _endorsable(node: Node) -> Iterator[Node]:
    subject = node.node("credentialSubject")
    achievement = subject.node("achievement")
    yield node
    yield achievement
    yield from profile_and_parents(node.node("issuer"))
    yield from profile_and_parents(achievement.optional_node("creator"))
    yield from profile_and_parents(subject.optional_node("source"))


def read_program_version(node: Node) -> ProgramVersionReference:
    """The reference that `node` holds. Raises schema.*."""
    return ProgramVersionReference(
        id=node.id(),
        program_number=node.text("programNumber"),
        version=node.text("version"),
        content_digest=node.text("contentDigest"),
        decision=node.optional_id("decision"),
        approved_from=node.optional_text("approvedFrom"),
        approved_until=node.optional_text("approvedUntil"),
    )
