"""EndorsementCredential: someone's signed word about an achievement, an issuer or a credential; JMC's mark is one.

https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential
"""

import re
from dataclasses import dataclass

from jmc_vc.formats.openbadges.data_model import DataModel, data_model, read_period
from jmc_vc.formats.openbadges.date_time import DateTimeStamp
from jmc_vc.formats.openbadges.evidence import Evidence, read_evidence
from jmc_vc.formats.openbadges.member import AgainstSchema, Node, WrongType
from jmc_vc.formats.openbadges.profile import Profile, read_profile
from jmc_vc.formats.openbadges.service import Service, read_refresh_service, read_schemas
from jmc_vc.formats.strict_json import JsonObject

ENDORSING = frozenset({"endorsement", "endorsementJwt"})
"""Members with endorsements, documents or tokens, of the object that they stand in."""

_COMPACT_JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+")


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

    data_model: DataModel
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
    schemas: tuple[Service, ...]
    refresh_service: Service | None
    evidence: tuple[Evidence, ...]
    decision: str | None
    content_digest: str | None
    criteria_version: str | None
    register_entry: str | None
    """These four are of JMC's mark alone."""
    test_data: bool


def read_endorsement(document: JsonObject) -> EndorsementCredential:
    """The endorsement that `document` holds. Raises schema.*."""
    node = Node(document)
    if "VerifiableCredential" not in node.types("EndorsementCredential"):
        raise WrongType(pointer=node.at("type"))
    valid_from, valid_until = read_period(node)
    subject = node.node("credentialSubject")
    subject.types("EndorsementSubject")
    return EndorsementCredential(
        data_model=data_model(document),
        id=node.id(),
        name=node.text("name"),
        description=node.optional_text("description"),
        issuer=read_profile(node.node("issuer")),
        awarded_date=node.optional_moment("awardedDate"),
        valid_from=valid_from,
        valid_until=valid_until,
        endorsed=subject.id(),
        comment=subject.optional_text("endorsementComment"),
        statuses=tuple(each.members for each in node.nodes("credentialStatus", compact=True)),
        schemas=read_schemas(node),
        refresh_service=read_refresh_service(node),
        evidence=read_evidence(node),
        decision=_stated("jmc:decision", node, subject).optional_id("jmc:decision"),
        content_digest=_stated("jmc:contentDigest", node, subject).optional_text("jmc:contentDigest"),
        criteria_version=_stated("jmc:criteriaVersion", node, subject).optional_text("jmc:criteriaVersion"),
        register_entry=_stated("jmc:registerEntry", node, subject).optional_id("jmc:registerEntry"),
        test_data=node.flag("jmc:testData", missing=False),
    )


def _stated(name: str, node: Node, subject: Node) -> Node:
    """Where the mark states `name`: beside the subject, or in it, as marks may that come alone or as a token. Inside a
    badge its subject is described already, and cannot be described twice (docs/decisions/0010)."""
    if node.has(name) and subject.has(name):
        raise AgainstSchema(pointer=subject.at(name))
    return subject if subject.has(name) else node


def endorsements_in(node: Node) -> tuple[Endorsement, ...]:
    """The endorsements of one object, both forms, in the order in which they stand. Raises schema.violation for an
    `endorsementJwt` that has not the shape of a compact JWS."""
    embedded = [
        Endorsement(pointer=each.pointer, endorsed=node.id(), content=each.members)
        for each in node.nodes("endorsement")
    ]
    enveloped = []
    for position, token in enumerate(node.texts("endorsementJwt")):
        pointer = f"{node.at('endorsementJwt')}/{position}"
        if not _COMPACT_JWS.fullmatch(token):
            raise AgainstSchema(pointer=pointer)
        enveloped.append(Endorsement(pointer=pointer, endorsed=node.id(), content=token))
    return (*embedded, *enveloped)
