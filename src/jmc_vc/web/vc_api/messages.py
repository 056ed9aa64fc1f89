"""The bodies of the VC API: https://w3c.github.io/vcalm/, with what is our own said so."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from jmc_vc.domain.credential import LONGEST_STATUS_TEXT, RevocationReason
from jmc_vc.domain.status_list import StatusPurpose
from jmc_vc.formats.data_integrity.selective.pointers import LONGEST_POINTER, MOST_POINTERS
from jmc_vc.formats.status.entry import REVOCATION_LIST
from jmc_vc.issuing.strict_message import MissingMember, StrictMessage, WrongValue
from jmc_vc.web.verify_api.messages import ReportMessage

Pointer = Annotated[str, StringConstraints(max_length=LONGEST_POINTER)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=2_048)]
Document = dict[str, Any]


class IssueOptions(StrictMessage):
    """`credentialId` is the caller's own name for the credential and the request: the same one with the same credential
    gives the same answer again, and by it the credential is found later and its status changed. The `id` in the
    credential is another, made here."""

    credential_id: Annotated[str, StringConstraints(pattern=r"^[!-~]{1,255}$")] | None = None
    mandatory_pointers: tuple[Pointer, ...] = Field(
        default=(), max_length=0, description="What must always be shown is set with the program, not here."
    )


class IssueCredentialMessage(StrictMessage):
    """A credential to be issued.

    It has to say the version of an accredited program (`credentialSubject.achievement.id`), the learner
    (`credentialSubject.identifier`, of type IdentityObject, in plain text, with identityType `name` or `emailAddress`;
    `jmc:recipientName`; `id` for a DID), `awardedDate`, and one `credentialSubject.result` for each assessment. It may
    say `evidence`, `activityStartDate` and `activityEndDate`. What else it says has to be what was accredited; `id`,
    `validFrom`, `credentialStatus` and `proof` are made here and may not be sent."""

    credential: Document
    options: IssueOptions = IssueOptions()


class VerifyOptions(StrictMessage):
    """All checks are made, whatever `checks` names. `policy` is ours: `default`, `strict` or `technical`.
    `returnCredential` and `returnPresentation` ask for what was verified, out of its token if it came in one; it is
    left out if its proof does not hold. `returnResults` changes nothing: the report is always there."""

    checks: tuple[Short, ...] = Field(default=(), max_length=32)
    challenge: Short | None = None
    domain: Short | None = None
    policy: Annotated[str, StringConstraints(max_length=32)] = "default"
    return_problem_details: bool = True
    return_credential: bool = False
    return_presentation: bool = False
    return_results: bool = True


class VerifyCredentialMessage(StrictMessage):
    """A credential, or an EnvelopedVerifiableCredential."""

    verifiable_credential: Document
    options: VerifyOptions = VerifyOptions()


class VerifyPresentationMessage(StrictMessage):
    """A presentation, an EnvelopedVerifiablePresentation, or (ours) a compact `vp+jwt` as a text."""

    verifiable_presentation: Document | str
    options: VerifyOptions = VerifyOptions()


class DeriveOptions(StrictMessage):
    """JSON pointers to what the holder wants to show, beside what must always be shown."""

    selective_pointers: tuple[Pointer, ...] = Field(default=(), max_length=MOST_POINTERS)


class DeriveCredentialMessage(StrictMessage):
    """A credential with a base proof of ecdsa-sd-2023."""

    verifiable_credential: Document
    options: DeriveOptions = DeriveOptions()


class StatusEntryMessage(StrictMessage):
    """The entry in the credential, or as much of it as tells what is meant: `statusPurpose` may be left out with the
    type 1EdTechRevocationList, which means revocation. What it says of the place has to be right."""

    type: Literal["BitstringStatusListEntry", "1EdTechRevocationList"]
    status_purpose: Literal["revocation", "suspension"] | None = None
    id: Short | None = None
    status_list_index: Short | None = None
    status_list_credential: Short | None = None

    @property
    def purpose(self) -> StatusPurpose:
        """Raises MissingMember, and WrongValue for a suspension of a form that has none."""
        if self.type == REVOCATION_LIST:
            if self.status_purpose == "suspension":
                raise WrongValue(pointer="/credentialStatus/statusPurpose")
            return StatusPurpose.REVOCATION
        if self.status_purpose is None:
            raise MissingMember(pointer="/credentialStatus/statusPurpose", member="statusPurpose")
        return StatusPurpose(self.status_purpose)


class UpdateStatusMessage(StrictMessage):
    """`credentialId` is the credential's `id`, or what it was called by when it was issued. `reasonCode` and `reason`
    are ours, as in `/v1`: a revocation needs a reason, and is never taken back. There is no `indexAllocator`: the place
    in a list is taken when the credential is issued, and not again."""

    credential_id: Short
    credential_status: StatusEntryMessage
    status: bool
    reason_code: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        default=None, json_schema_extra={"enum": [*RevocationReason, None]}
    )
    reason: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_STATUS_TEXT)] | None = None


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class VerifiableCredentialAnswer(_Answer):
    """A credential as it was signed: the document, or an EnvelopedVerifiableCredential around its token."""

    verifiable_credential: Document


class ProblemDetailMessage(_Answer):
    """RFC 9457. `type` is a name of W3C's where it has one, else the address that explains `code`."""

    type: str = Field(json_schema_extra={"format": "uri"})
    title: str
    detail: str
    code: str
    pointer: str | None = None


class VerifyCredentialAnswer(_Answer):
    """`verified` is true for the verdict `valid` alone. `report` is the one of `/v1/verify`."""

    verified: bool
    credential: Document | None = None
    problem_details: list[ProblemDetailMessage] | None = None
    report: ReportMessage


class PresentedCredentialMessage(_Answer):
    """One credential at its place in the presentation. `report` is null where there was nothing to report on."""

    pointer: str
    verified: bool
    about_holder: bool | None = Field(
        description="Its subject is the holder or, where the presentation names none, one of the signers; null if the "
        "subject has no id, or the credential or the presentation cannot be believed."
    )
    credential: Document | None = None
    problem_details: list[ProblemDetailMessage] | None = None
    report: ReportMessage | None


class VerifyPresentationAnswer(_Answer):
    """`verified` is true if the presentation and every credential in it are; also of one that holds no credential, as
    it shows who its holder is, and `verdict` is `indeterminate` then. `signers` are the DIDs whose keys made its
    proofs. `warnings` say nothing against it: `vp.not_bound` means that the request named no `domain` or no `challenge`
    to compare with what the presentation states there (`aud` or `nonce` in a token), if it does, so that it may be an
    old one, or made for somebody else, shown again; `vp.empty` that it holds no credential."""

    verified: bool
    verdict: Literal["valid", "invalid", "indeterminate"]
    holder: str | None
    signers: list[str]
    presentation: Document | None = None
    problem_details: list[ProblemDetailMessage] | None = None
    warnings: list[ProblemDetailMessage]
    credentials: list[PresentedCredentialMessage]


class UpdatedStatusAnswer(_Answer):
    """What is true now: `credentialStatus` is where the status stands."""

    credential_id: str
    credential_status: Document
    status: bool
