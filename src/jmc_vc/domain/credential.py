"""A credential as a row: what happened to it, without whose it is.

Row states are the issuing cycle's own; people see credential states (domain model §5-G).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from unicodedata import category
from uuid import UUID

from jmc_vc.domain.bidi_controls import BIDI_CONTROLS
from jmc_vc.domain.my_number import refuse_my_number
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.errors import Conflict, NotFound, Unacceptable


class RowState(StrEnum):
    """Where the row stands in the issuing cycle."""

    RESERVED = "reserved"
    ISSUED = "issued"
    ABANDONED = "abandoned"


class CredentialState(StrEnum):
    """What the issuer says of the credential now; expiry is a matter of the clock."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class StatusAction(StrEnum):
    """What an issuer may do with a credential."""

    REVOKE = "revoke"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"


class Format(StrEnum):
    """A form in which a credential was issued. Of several the first of this list is its primary one."""

    JSON = "json"
    JWT = "jwt"
    SD_JWT = "sd-jwt"


class RevocationReason(StrEnum):
    """Why a credential may be revoked. Non-payment, end of employment and end of accreditation are no reasons."""

    ISSUED_IN_ERROR = "issued_in_error"
    DATA_ERROR_REPLACED = "data_error_replaced"
    SUPERSEDED = "superseded"
    ASSESSMENT_MISCONDUCT = "assessment_misconduct"
    IDENTITY_FRAUD = "identity_fraud"
    KEY_COMPROMISE = "key_compromise"
    HOLDER_REQUEST = "holder_request"
    COURT_OR_LAW = "court_or_law"


REPLACED = frozenset({RevocationReason.DATA_ERROR_REPLACED, RevocationReason.SUPERSEDED})
"""For these reasons pages say 再発行済み (replaced), not 失効 (revoked)."""

MOVES: Mapping[CredentialState, frozenset[CredentialState]] = {
    CredentialState.ACTIVE: frozenset({CredentialState.SUSPENDED, CredentialState.REVOKED}),
    CredentialState.SUSPENDED: frozenset({CredentialState.ACTIVE, CredentialState.REVOKED}),
    CredentialState.REVOKED: frozenset(),
}

LONGEST_STATUS_TEXT = 500
"""The reason in words is for the holder: a sentence or two. It may speak of a person, so it is only ever stored sealed,
and stands neither in the row nor in the audit log."""


class CredentialNotFound(NotFound):
    """There is no such credential, or it is another issuer's: the same answer."""

    code = "credential.not_found"


class RevokedFinal(Conflict):
    """Revoked is final (INV-26): neither lifted nor given another reason."""

    code = "credential.revoked_final"


class NotSuspended(Conflict):
    """There is no suspension to lift."""

    code = "credential.not_suspended"


class NotIssued(Conflict):
    """The row was reserved or abandoned: there is no credential whose status could change."""

    code = "credential.not_issued"


class ReasonRequired(Unacceptable):
    """A revocation without a reason."""

    code = "status.reason_required"


class ReasonUnknown(Unacceptable):
    """Not one of the reasons of `RevocationReason`: non-payment, for one, is none."""

    code = "status.reason_unknown"


class ReasonTextRefused(Unacceptable):
    """Empty, too long, or with control characters or such that turn the text round."""

    code = "status.reason_text"


@dataclass(frozen=True, kw_only=True)
class Representation:
    """The bytes of one form, exactly as they were signed by the issuer's key `kid`."""

    format: Format
    kid: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Credential:
    """`award_day` is the award date in Japan; `kid` and `digest` (SHA-256 of the issued bytes, 32 bytes) are those of
    the primary form; `forms` are all in which it is issued, the primary one first; times are aware, in UTC."""

    uuid: UUID
    issuer: str
    program_number: str
    program_version: str
    award_day: date
    row_state: RowState
    state: CredentialState
    list_number: int
    status_index: int
    kid: str
    reserved_at: datetime
    issued_at: datetime | None = None
    valid_until: datetime | None = None
    digest: bytes | None = None
    status_reason: RevocationReason | None = None
    status_at: datetime | None = None
    abandoned_reason: str | None = None
    status_form: StatusForm = StatusForm.BITSTRING
    forms: tuple[Format, ...] = (Format.JSON,)

    @property
    def withdrawn_from_view(self) -> bool:
        """Its address was told to everybody, in a list of revoked ids: whoever finds it there gets nothing more."""
        return self.state is CredentialState.REVOKED and self.status_form is StatusForm.REVOCATION_LIST


def read_reason(code: str) -> RevocationReason:
    """The reason that a caller names. Raises ReasonUnknown."""
    try:
        return RevocationReason(code)
    except ValueError as err:
        raise ReasonUnknown(pointer="/reasonCode") from err


def change(
    credential: Credential, action: StatusAction, reason: RevocationReason | None, text: str | None, at: datetime
) -> Credential:
    """The credential after `action` at the moment `at`; the very same value if nothing changes.

    Repeating an action is no error: a second revocation with the same reason, or a second suspension, returns the
    credential as it is, so that a caller may retry. A suspension may carry a reason; lifting it clears the reason. The
    note `text` is checked here and kept beside the credential, sealed.
    """
    if credential.row_state is not RowState.ISSUED:
        raise NotIssued
    if text is not None:
        _check_text(text)
    if action is StatusAction.REVOKE and reason is None:
        raise ReasonRequired(pointer="/reasonCode")
    wanted = _WANTED[action]
    if credential.state is wanted and action is not StatusAction.REINSTATE:
        if wanted is CredentialState.REVOKED and credential.status_reason is not reason:
            raise RevokedFinal
        return credential
    if wanted not in MOVES[credential.state]:
        raise RevokedFinal if credential.state is CredentialState.REVOKED else NotSuspended
    kept = None if action is StatusAction.REINSTATE else reason
    return replace(credential, state=wanted, status_reason=kept, status_at=at)


_WANTED: Mapping[StatusAction, CredentialState] = {
    StatusAction.REVOKE: CredentialState.REVOKED,
    StatusAction.SUSPEND: CredentialState.SUSPENDED,
    StatusAction.REINSTATE: CredentialState.ACTIVE,
}


def _check_text(text: str) -> None:
    controls = any((category(c) in ("Cc", "Cs", "Co") and c != "\n") or c in BIDI_CONTROLS for c in text)
    if not text.strip() or len(text) > LONGEST_STATUS_TEXT or controls:
        raise ReasonTextRefused(pointer="/reason", max=LONGEST_STATUS_TEXT)
    refuse_my_number(text, pointer="/reason")
