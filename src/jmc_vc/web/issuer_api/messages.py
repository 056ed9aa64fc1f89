"""The bodies of the issuers' API. What an award takes is in `issuing.request`."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from jmc_vc.domain.credential import LONGEST_STATUS_TEXT, CredentialState, Format, RevocationReason, StatusAction
from jmc_vc.issuing.strict_message import StrictMessage


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class LinksMessage(_Message):
    """Where the credential is shown, where this resource is, where its status is changed, and the public status
    list."""

    self: str
    credential: str
    status: str
    program: str
    status_list: str


class AssertionLinksMessage(LinksMessage):
    """The same, and where each form of the credential is: `json`, `jwt`, `sd-jwt`, as far as it was issued in them;
    and where one can read what the public log says of it, about a second after it was issued."""

    forms: dict[Format, str]
    log: str


class AssertionAnswer(_Message):
    """An issued credential. `id` is its address; `credential` is its primary form exactly as it was signed: the JSON
    document, or where the program's credentials are tokens, the compact token as a text."""

    id: str
    status: CredentialState
    credential: dict[str, Any] | str
    links: AssertionLinksMessage


class LogPlace(_Message):
    """Where a form of a credential stands in the public log."""

    index: int
    entry: str


class AssertionReading(AssertionAnswer):
    """An issued credential, and in `log` the place of each of its forms in the public log, as far as it has one
    already."""

    log: dict[Format, LogPlace]


class AssertionLogEntry(_Message):
    """The entry of the public log that says that a form of the credential was signed. `proof` is its inclusion proof
    with the checkpoint, as a text (https://c2sp.org/tlog-proof). `salt`, in base64url, is what the digest of the
    signature was made with: who has it and the credential can tell that the entry is about this one. The proof has it,
    too."""

    format: Format
    at: str
    index: int
    entry: str
    salt: str
    proof: str


class AssertionLogAnswer(_Message):
    """What the public log says of a credential, oldest first."""

    entries: list[AssertionLogEntry]


class AssertionEntry(_Message):
    """A line of the list: what happened to a credential, without whose it is."""

    id: str
    status: CredentialState
    status_reason: RevocationReason | None
    program: str
    version: str
    award_date: str
    issued_at: str
    links: LinksMessage


class AssertionPage(_Message):
    """Credentials, the latest first. `next` is the cursor of the next page, null on the last one."""

    items: list[AssertionEntry]
    next: str | None


class StatusMessage(StrictMessage):
    """Revoke for good, suspend, or end a suspension. `reason` is a note for the holder in words: it is stored encrypted
    with the holder's data, it stands in no list and no log, and an Individual Number (My Number) in it is refused."""

    action: StatusAction
    reason_code: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        default=None,
        json_schema_extra={"enum": [*RevocationReason, None]},
        description="Needed to revoke; a suspension may have one.",
    )
    reason: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_STATUS_TEXT)] | None = None


class StatusAnswer(_Message):
    """The credential's state afterwards."""

    id: str
    status: CredentialState
    status_reason: RevocationReason | None
    changed_at: str | None
    links: LinksMessage


class RuleFindingMessage(_Message):
    """One finding of the check of a profile. `pointer` is a JSON Pointer into it."""

    rule: str
    severity: Literal["error", "record", "warn", "info"]
    pointer: str | None
    message: dict[str, str] = Field(description="The sentence in Japanese (`ja`) and English (`en`).")


class LintAnswer(_Message):
    """What the check of a profile found. `submittable` is false while there is an error."""

    submittable: bool
    findings: list[RuleFindingMessage]
