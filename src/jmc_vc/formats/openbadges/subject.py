"""AchievementSubject: who received the achievement and with which results.

https://www.imsglobal.org/spec/ob/v3p0/#achievementsubject
"""

from dataclasses import dataclass

from jmc_vc.formats.openbadges.achievement import Achievement, read_achievement
from jmc_vc.formats.openbadges.alignment import Alignment, read_alignments
from jmc_vc.formats.openbadges.date_time import DateTimeStamp
from jmc_vc.formats.openbadges.image import Image, read_image
from jmc_vc.formats.openbadges.member import AgainstSchema, Node
from jmc_vc.formats.openbadges.profile import Profile, read_profile
from jmc_vc.formats.openbadges.result_description import ResultDescription
from jmc_vc.formats.openbadges.result_rules import STATUSES, described_by


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """One identifier of the recipient: `value` is plain, or a hash with its `salt`."""

    kind: str
    hashed: bool
    value: str
    salt: str | None


@dataclass(frozen=True, kw_only=True)
class NameParts:
    """One writing of the recipient's name."""

    family: str | None
    given: str | None
    middle: str | None


@dataclass(frozen=True, kw_only=True)
class RecipientName:
    """The name in parts (`jmc:recipientName`), code point by code point as it was signed."""

    full_name: str | None
    ja: NameParts | None
    kana: NameParts | None
    latn: NameParts | None
    order: str | None
    """`family-first` or `given-first`, of the Latin writing."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """One result; `description` is the entry of the achievement that it belongs to, `achieved_level` a level's id."""

    description: ResultDescription | None
    value: str | None
    status: str | None
    achieved_level: str | None
    alignments: tuple[Alignment, ...]


@dataclass(frozen=True, kw_only=True)
class AchievementSubject:
    """The recipient, named by `id` (mostly a DID) or by identifiers, and what was awarded."""

    id: str | None
    identifiers: tuple[Identifier, ...]
    recipient_name: RecipientName | None
    activity_start: DateTimeStamp | None
    activity_end: DateTimeStamp | None
    credits_earned: int | float | None
    license_number: str | None
    narrative: str | None
    role: str | None
    term: str | None
    image: Image | None
    source: Profile | None
    results: tuple[Result, ...]
    achievement: Achievement


def read_subject(node: Node) -> AchievementSubject:
    """The AchievementSubject that `node` holds. Raises schema.*."""
    node.types("AchievementSubject")
    identifiers = tuple(read_identifier(each) for each in node.nodes("identifier"))
    subject_id = node.optional_id()
    if subject_id is None and not identifiers:
        raise AgainstSchema(pointer=node.at("identifier"))
    achievement = read_achievement(node.node("achievement"))
    name = node.optional_node("jmc:recipientName")
    source = node.optional_node("source")
    return AchievementSubject(
        id=subject_id,
        identifiers=identifiers,
        recipient_name=_recipient_name(name) if name else None,
        activity_start=node.optional_moment("activityStartDate"),
        activity_end=node.optional_moment("activityEndDate"),
        credits_earned=node.optional_number("creditsEarned"),
        license_number=node.optional_text("licenseNumber"),
        narrative=node.optional_text("narrative"),
        role=node.optional_text("role"),
        term=node.optional_text("term"),
        image=read_image(node),
        source=read_profile(source) if source else None,
        results=tuple(_result(each, achievement) for each in node.nodes("result")),
        achievement=achievement,
    )


def read_identifier(node: Node) -> Identifier:
    """The IdentityObject that `node` holds. Raises schema.*."""
    node.types("IdentityObject")
    return Identifier(
        kind=node.text("identityType"),
        hashed=node.flag("hashed"),
        value=node.text("identityHash"),
        salt=node.optional_text("salt"),
    )


def _recipient_name(node: Node) -> RecipientName:
    def parts(name: str) -> NameParts | None:
        found = node.optional_node(name)
        if found is None:
            return None
        return NameParts(
            family=found.optional_text("family"),
            given=found.optional_text("given"),
            middle=found.optional_text("middle"),
        )

    return RecipientName(
        full_name=node.optional_text("fullName"),
        ja=parts("ja"),
        kana=parts("kana"),
        latn=parts("latn"),
        order=node.optional_text("order"),
    )


def _result(node: Node, achievement: Achievement) -> Result:
    node.types("Result")
    status = node.optional_text("status")
    if status is not None and status not in STATUSES:
        raise AgainstSchema(pointer=node.at("status"))
    return Result(
        description=described_by(node, achievement.result_descriptions),
        value=node.optional_text("value"),
        status=status,
        achieved_level=node.optional_id("achievedLevel"),
        alignments=read_alignments(node),
    )
