"""What an SD-JWT VC of our type shows, as the credential that it was made of: the other way of `learning_credential`.

Only what the holder disclosed is in it. What is not, nobody can tell from a credential that never had it, so it stands
as missing: a name, an address, results. The type has fewer words than a badge; what it does not say is missing too.
"""

from jmc_vc.formats.jose.sd_jwt_vc import SdJwtVc
from jmc_vc.formats.openbadges.achievement import Achievement, Criteria
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential, read_program_version
from jmc_vc.formats.openbadges.data_model import DataModel
from jmc_vc.formats.openbadges.date_time import DateTimeStamp, read_date_time_stamp, write_date_time_stamp
from jmc_vc.formats.openbadges.evidence import read_evidence
from jmc_vc.formats.openbadges.member import AgainstSchema, Node
from jmc_vc.formats.openbadges.profile import read_profile
from jmc_vc.formats.openbadges.result_description import ResultDescription
from jmc_vc.formats.openbadges.subject import (
    AchievementSubject,
    Identifier,
    NameParts,
    RecipientName,
    Result,
    read_identifier,
)

_MIDNIGHT = "T00:00:00+09:00"
"""Days in the claims are days in Japan."""
_WRITINGS = ("", "#ja-Kana-JP", "#und-Latn")
"""The tags of the claims of a name, as `learning_credential` writes them: its main writing, kana, Latin letters."""


def read_disclosed(token: SdJwtVc) -> OpenBadgeCredential:
    """The credential that `token`, whose type the caller has looked at, shows. Raises schema.*."""
    node = Node(token.claims)
    if token.issuer is None or token.not_before is None:
        raise AgainstSchema(pointer="/iss" if token.issuer is None else "/nbf")
    program_version = node.optional_node("program_version")
    return OpenBadgeCredential(
        data_model=DataModel.V2_0,
        id=node.optional_id("jti"),
        types=token.types,
        name=node.text("achievement_title"),
        description=None,
        image=None,
        issuer=read_profile(
            Node({"id": token.issuer, "type": ["Profile"], "name": node.text("issuing_authority")}, "/iss")
        ),
        awarded_date=_day(node, "date_of_issuance"),
        valid_from=DateTimeStamp(write_date_time_stamp(token.not_before), token.not_before),
        valid_until=None
        if token.expires is None
        else DateTimeStamp(write_date_time_stamp(token.expires), token.expires),
        subject=_subject(node),
        statuses=(),
        schemas=(),
        refresh_service=None,
        evidence=read_evidence(node),
        endorsements=(),
        program_version=None if program_version is None else read_program_version(program_version),
        test_data=node.flag("test_data", missing=False),
        extensions={},
    )


def _subject(node: Node) -> AchievementSubject:
    name = _name(node)
    written = None if name is None else name.full_name or _joined(name)
    by_name = () if not written else (Identifier(kind="name", hashed=False, value=written, salt=None),)
    return AchievementSubject(
        id=node.optional_id("sub"),
        identifiers=(*by_name, *(read_identifier(each) for each in node.nodes("learner_identification"))),
        recipient_name=name,
        activity_start=_day(node, "activity_start_date"),
        activity_end=_day(node, "activity_end_date"),
        credits_earned=node.optional_number("credits_earned"),
        license_number=None,
        narrative=None,
        role=None,
        term=None,
        image=None,
        source=None,
        results=tuple(_result(each) for each in node.nodes("results")),
        achievement=_achievement(node),
    )


def _achievement(node: Node) -> Achievement:
    english = node.optional_text("achievement_title#en")
    title = node.text("achievement_title")
    return Achievement(
        id=node.id("achievement_id"),
        name=title,
        description=node.text("achievement_description"),
        criteria=Criteria(id=None, narrative=None),
        achievement_type=None,
        version=None,
        human_code=None,
        in_language=None,
        field_of_study=None,
        specialization=None,
        credits_available=None,
        image=None,
        creator=None,
        identifiers=(),
        related=(),
        tags=(),
        alignments=(),
        result_descriptions=(),
        titles={} if english is None else {"ja": title, "en": english},
        extensions={},
    )


def _name(node: Node) -> RecipientName | None:
    writings = {tag: _parts(node, tag) for tag in _WRITINGS}
    full, order = node.optional_text("name"), node.optional_text("name_order")
    if full is None and not any(writings.values()):
        return None
    return RecipientName(
        full_name=full, ja=writings[""], kana=writings["#ja-Kana-JP"], latn=writings["#und-Latn"], order=order
    )


def _parts(node: Node, tag: str) -> NameParts | None:
    family, given, middle = (
        node.optional_text(f"{part}{tag}") for part in ("family_name", "given_name", "middle_name")
    )
    return NameParts(family=family, given=given, middle=middle) if family or given or middle else None


def _joined(name: RecipientName) -> str:
    """What was shown of the main writing, in the person's order: the one string of a badge (INV-33)."""
    parts = name.ja
    if parts is None:
        return ""
    family_first = (parts.family, parts.middle, parts.given)
    ordered = tuple(reversed(family_first)) if name.order == "given-first" else family_first
    return " ".join(part for part in ordered if part)


def _result(node: Node) -> Result:
    name = node.optional_text("name")
    described = None
    if name is not None:
        described = ResultDescription(
            id=node.optional_id("assessment") or "",
            name=name,
            result_type=node.optional_text("type") or "",
            value_min=None,
            value_max=None,
            required_value=None,
            required_level=None,
            allowed_values=(),
            levels=(),
            alignments=(),
        )
    return Result(
        description=described,
        value=node.optional_text("value") or node.optional_text("level"),
        status=node.optional_text("status"),
        achieved_level=None,
        alignments=(),
    )


def _day(node: Node, name: str) -> DateTimeStamp | None:
    """The beginning of a day; its text is the day, as it was signed."""
    text = node.optional_text(name)
    if text is None:
        return None
    return DateTimeStamp(text, read_date_time_stamp(text + _MIDNIGHT, pointer=node.at(name)).instant)
