"""What an issuer sends to have a credential issued: bytes in, an `AssertionRequest` out.

The body is read strictly: every type is exact, and any member that is not listed here is refused by name, because
everything else in the credential comes from the approved version (INV-05). The models are also what openapi.yaml shows.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from jmc_vc.domain import evidence, person_name, recipient
from jmc_vc.domain.award import AssessmentResult, Award, Evidence
from jmc_vc.domain.japan_time import read_moment
from jmc_vc.domain.my_number import refuse_my_number
from jmc_vc.domain.person_name import NameParts, PersonName
from jmc_vc.domain.recipient import Recipient
from jmc_vc.formats import jcs
from jmc_vc.issuing.strict_message import StrictMessage, WrongValue, read_document, validated

Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""Names are limited in graphemes by the domain; this only keeps the work small before that."""
Prose = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
"""A page and a half: evidence belongs behind a link, because canonicalizing costs by the byte (OB3 guidance IG-04)."""


class NamePartsMessage(StrictMessage):
    """One writing of a name."""

    family: Text | None = None
    given: Text | None = None
    middle: Text | None = None


class NameMessage(StrictMessage):
    """Either `fullName`, or parts in `ja` and/or `latn`; written exactly as the learner confirmed it."""

    full_name: Text | None = None
    ja: NamePartsMessage | None = None
    kana: NamePartsMessage | None = None
    latn: NamePartsMessage | None = None
    order: Literal["family-first", "given-first"] = "family-first"


class RecipientMessage(StrictMessage):
    """At least one of `email`, `did` and the request's `externalId` is needed."""

    name: NameMessage
    email: Annotated[str, StringConstraints(max_length=254)] | None = None
    did: Annotated[str, StringConstraints(max_length=2_048)] | None = None


class ResultMessage(StrictMessage):
    """`value`: a number in text, the code of a level, or Completed/Failed, as the assessment's result type asks."""

    assessment: Annotated[str, StringConstraints(max_length=8)]
    value: Annotated[str, StringConstraints(min_length=1, max_length=64)]


class EvidenceMessage(StrictMessage):
    """What supports the award. `id` is an https address, never fetched by this service; `narrative` is Markdown."""

    id: Annotated[str, StringConstraints(max_length=2_048)] | None = None
    name: Text | None = None
    description: Prose | None = None
    narrative: Prose | None = None
    genre: Text | None = None


class AssertionMessage(StrictMessage):
    """An award of an accredited program to one learner."""

    program: Annotated[str, StringConstraints(max_length=32)]
    version: Annotated[str, StringConstraints(max_length=16)] | None = None
    recipient: RecipientMessage
    external_id: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    awarded_date: Annotated[str, StringConstraints(max_length=40)]
    activity_start_date: Annotated[str, StringConstraints(max_length=40)] | None = None
    activity_end_date: Annotated[str, StringConstraints(max_length=40)] | None = None
    # The profile allows assessments A1 to A99.
    results: Annotated[tuple[ResultMessage, ...], Field(max_length=99)]
    # OB3 sets no limit; twenty links are more than anyone reads.
    evidence: Annotated[tuple[EvidenceMessage, ...], Field(max_length=20)] = ()
    retake: bool = False


@dataclass(frozen=True, kw_only=True)
class AssertionRequest:
    """A readable request: the award, and the canonical form of the body (RFC 8785) that an idempotency key is bound
    to."""

    award: Award
    canonical_body: bytes


def read_request(body: bytes) -> AssertionRequest:
    """The award in `body`. Raises Malformed for what is no JSON, Unacceptable for what is against a rule."""
    document = read_document(body)
    refuse_my_number(document)
    award = _award(validated(AssertionMessage, body))
    person_name.check(award.recipient.name)
    recipient.check(award.recipient)
    evidence.check(award.evidence)
    return AssertionRequest(award=award, canonical_body=jcs.canonicalize(document))


def _award(message: AssertionMessage) -> Award:
    return Award(
        program=message.program,
        version=message.version,
        recipient=Recipient(
            name=_name(message.recipient.name),
            email=message.recipient.email,
            did=message.recipient.did,
            external_id=message.external_id,
        ),
        awarded_at=read_moment(message.awarded_date, pointer="/awardedDate"),
        activity_start=_optional_moment(message.activity_start_date, "/activityStartDate"),
        activity_end=_optional_moment(message.activity_end_date, "/activityEndDate"),
        results=tuple(AssessmentResult(assessment=each.assessment, value=each.value) for each in message.results),
        evidence=tuple(_evidence(each, position) for position, each in enumerate(message.evidence)),
        retake=message.retake,
    )


def _name(message: NameMessage) -> PersonName:
    return PersonName(
        full_name=message.full_name,
        ja=_parts(message.ja),
        kana=_parts(message.kana),
        latn=_parts(message.latn),
        order=message.order,
    )


def _parts(message: NamePartsMessage | None) -> NameParts | None:
    return None if message is None else NameParts(family=message.family, given=message.given, middle=message.middle)


def _evidence(message: EvidenceMessage, position: int) -> Evidence:
    if message == EvidenceMessage():
        raise WrongValue(pointer=f"/evidence/{position}")  # VCDM 2.0 §5.6: an empty object is no evidence
    return Evidence(
        url=message.id,
        name=message.name,
        description=message.description,
        narrative=message.narrative,
        genre=message.genre,
    )


def _optional_moment(text: str | None, pointer: str) -> datetime | None:
    return None if text is None else read_moment(text, pointer=pointer)
