"""What an issuer sends to have a credential issued: bytes in, an `AssertionRequest` out.

The body is read strictly: every type is exact, and any member that is not listed here is refused by name, because
everything else in the credential comes from the approved version (INV-05). The models are also what openapi.yaml shows.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from jmc_vc.domain import evidence, person_name, recipient
from jmc_vc.domain.award import AssessmentResult, Award, Evidence
from jmc_vc.domain.evidence import MOST_ITEMS
from jmc_vc.domain.japan_time import read_moment
from jmc_vc.domain.my_number import refuse_my_number
from jmc_vc.domain.person_name import NameParts, PersonName
from jmc_vc.domain.recipient import DidRefused, Recipient
from jmc_vc.errors import Error
from jmc_vc.formats import jcs
from jmc_vc.issuing.holder_key import key_of_did
from jmc_vc.issuing.strict_message import StrictMessage, WrongValue, read_document, validated

NamePart = Annotated[str, StringConstraints(min_length=1, max_length=person_name.LONGEST_PART_IN_CODE_POINTS)]
"""As long as a part may be in code points; how many characters a reader sees in it is limited by the domain."""
Title = Annotated[str, StringConstraints(min_length=1, max_length=evidence.LONGEST_NAME)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=evidence.LONGEST_TEXT)]


ExternalId = Annotated[str, StringConstraints(min_length=1, max_length=recipient.LONGEST_EXTERNAL_ID)]


_GENERATED = frozenset(
    {
        "@context", "achievement", "alignment", "credentialSchema", "credentialStatus", "credentialSubject", "credits",
        "creditsEarned", "criteria", "endorsement", "expirationDate", "id", "image", "issuanceDate", "issuer",
        "learningOutcomes", "level", "notionalHours", "proof", "type", "validFrom", "validUntil", "workload",
    }
)  # fmt: skip
"""What other systems put into an award and what comes from the accredited version and from the signer here."""


class NamePartsMessage(StrictMessage):
    """One writing of a name."""

    family: NamePart | None = None
    given: NamePart | None = None
    middle: NamePart | None = None


class NameMessage(StrictMessage):
    """Either `fullName`, or parts in `ja` and/or `latn`; written exactly as the learner confirmed it."""

    full_name: NamePart | None = None
    ja: NamePartsMessage | None = None
    kana: NamePartsMessage | None = None
    latn: NamePartsMessage | None = None
    order: Literal["family-first", "given-first"] = "family-first"


class RecipientMessage(StrictMessage):
    """At least one of `email`, `did` and the request's `externalId` is needed."""

    name: NameMessage
    email: Annotated[str, StringConstraints(max_length=recipient.LONGEST_EMAIL)] | None = None
    did: Annotated[str, StringConstraints(max_length=recipient.LONGEST_DID)] | None = None


class ResultMessage(StrictMessage):
    """`value`: a number in text, the code of a level, or Completed/Failed, as the assessment's result type asks."""

    assessment: Annotated[str, StringConstraints(max_length=8)]
    value: Annotated[str, StringConstraints(min_length=1, max_length=64)]


class EvidenceMessage(StrictMessage):
    """What supports the award. `id` is an https address, never fetched by this service; `narrative` is Markdown."""

    id: Annotated[str, StringConstraints(max_length=evidence.LONGEST_URL)] | None = None
    name: Title | None = None
    description: Prose | None = None
    narrative: Prose | None = None
    genre: Title | None = None


class AssertionMessage(StrictMessage):
    """An award of an accredited program to one learner."""

    GENERATED = _GENERATED

    program: Annotated[str, StringConstraints(max_length=32)]
    version: Annotated[str, StringConstraints(max_length=16)] | None = None
    recipient: RecipientMessage
    external_id: ExternalId | None = None
    awarded_date: Annotated[str, StringConstraints(max_length=40)]
    activity_start_date: Annotated[str, StringConstraints(max_length=40)] | None = None
    activity_end_date: Annotated[str, StringConstraints(max_length=40)] | None = None
    # The profile allows assessments A1 to A99.
    results: Annotated[tuple[ResultMessage, ...], Field(max_length=99)]
    evidence: Annotated[tuple[EvidenceMessage, ...], Field(max_length=MOST_ITEMS)] = ()
    retake: bool = False


class HolderKeyUnreadable(DidRefused):
    """A did:key or did:jwk that holds no key, a weak one, or one of a kind that is not read here."""

    sentence_code: ClassVar[str] = "request.did.key"


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
    _check_holder_key(award.recipient.did)
    evidence.check(award.evidence)
    return AssertionRequest(award=award, canonical_body=jcs.canonicalize(document))


def _check_holder_key(did: str | None) -> None:
    """A did:key or did:jwk is its own key: one that cannot be read could never be shown to be the holder's, and a weak
    one by everybody. Other methods keep their keys elsewhere, so of them only the syntax is asked for."""
    try:
        if did is not None:
            key_of_did(did)
    except Error:
        raise HolderKeyUnreadable(pointer="/recipient/did") from None


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
