"""EndorsementCredential: someone's signed word about an achievement, an issuer or a credential; JMC's mark is one.

https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential
"""

from dataclasses import dataclass

from jmc_vc.formats.openbadges.date_time import DateTimeStamp
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.openbadges.profile import Profile, read_profile
from jmc_vc.formats.strict_json import JsonObject


@dataclass(frozen=True, kw_only=True)
class Endorsement:
    """An endorsement inside another document, unread: it has a proof of its own and counts for nothing without it.

    `pointer` says where it stands, `endorsed` is the id of what it stands in; the content is a document with an
    embedded proof or a compact JWS."""

    pointer: str
    endorsed: str
    content: "JsonObject | str"


@dataclass(frozen=True, kw_only=True)
class EndorsementCredential:
    """What may be shown of an endorsement whose proof has passed."""

    id: str
    name: str
    description: str | None
    issuer: Profile
    awarded_date: DateTimeStamp | None
    valid_from: DateTimeStamp
    valid_until: DateTimeStamp | None
    endorsed: str
    """`credentialSubject.id`: the id of what is endorsed."""
    comment: str | None
    statuses: tuple[JsonObject, ...]
    decision: str | None
    content_digest: str | None
    criteria_version: str | None
    register_entry: str | None
    test_data: bool


def read_endorsement(document: JsonObject) -> EndorsementCredential:
    """The endorsement that `document` holds. Raises schema.*."""
    node = Node(document)
    node.types("EndorsementCredential")
    subject = node.node("credentialSubject")
    subject.types("EndorsementSubject")
    return EndorsementCredential(
        id=node.id(),
        name=node.text("name"),
        description=node.optional_text("description"),
        issuer=read_profile(node.node("issuer")),
        awarded_date=node.optional_moment("awardedDate"),
        valid_from=node.moment("validFrom"),
        valid_until=node.optional_moment("validUntil"),
        endorsed=subject.id(),
        comment=subject.optional_text("endorsementComment"),
        statuses=tuple(each.members for each in node.nodes("credentialStatus", compact=True)),
        decision=subject.optional_id("jmc:decision"),
        content_digest=subject.optional_text("jmc:contentDigest"),
        criteria_version=subject.optional_text("jmc:criteriaVersion"),
        register_entry=subject.optional_id("jmc:registerEntry"),
        test_data=node.flag("jmc:testData", missing=False),
    )


def endorsements_in(node: Node) -> tuple[Endorsement, ...]:
    """The endorsements of one object, both forms, in the order in which they stand."""
    embedded = [Endorsement(pointer=each.pointer, endorsed=node.id(), content=each.members)
                for each in node.nodes("endorsement")]  # fmt: skip
    enveloped = [Endorsement(pointer=f"{node.at('endorsementJwt')}/{position}", endorsed=node.id(), content=token)
                 for position, token in enumerate(node.texts("endorsementJwt"))]  # fmt: skip
    return (*embedded, *enveloped)
