from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from jmc_vc.domain.credential import (
    MOVES,
    REPLACED,
    Credential,
    CredentialState,
    NotIssued,
    NotSuspended,
    ReasonRequired,
    ReasonTextRefused,
    ReasonUnknown,
    RevocationReason,
    RevokedFinal,
    RowState,
    StatusAction,
    change,
    read_reason,
)
from jmc_vc.domain.my_number import MyNumberRejected
from jmc_vc.domain.vocabulary import VOCABULARIES

AT, LATER = datetime(2026, 10, 5, tzinfo=UTC), datetime(2026, 10, 6, tzinfo=UTC)
ACTIVE = Credential(
    uuid=UUID("6f1d2c9e-4b7a-4c38-9e52-1a0f7d3b8e64"),
    issuer="hoshimigaoka",
    program_number="JMC-P-900001",
    program_version="1",
    award_day=date(2026, 10, 1),
    row_state=RowState.ISSUED,
    state=CredentialState.ACTIVE,
    list_number=3,
    status_index=94567,
    kid="key-1",
    reserved_at=AT,
)
ERROR, FRAUD = RevocationReason.ISSUED_IN_ERROR, RevocationReason.IDENTITY_FRAUD
SUSPENDED = change(ACTIVE, StatusAction.SUSPEND, None, None, AT)
REVOKED = change(ACTIVE, StatusAction.REVOKE, ERROR, "誤り", AT)


def test_a_credential_is_revoked_suspended_and_reinstated() -> None:
    assert (REVOKED.state, REVOKED.status_reason, REVOKED.status_at) == (CredentialState.REVOKED, ERROR, AT)
    assert SUSPENDED.state is CredentialState.SUSPENDED
    lifted = change(SUSPENDED, StatusAction.REINSTATE, ERROR, None, LATER)
    assert (lifted.state, lifted.status_reason, lifted.status_at) == (CredentialState.ACTIVE, None, LATER)
    assert change(SUSPENDED, StatusAction.REVOKE, FRAUD, None, LATER).state is CredentialState.REVOKED


def test_inv_26_revoked_is_final() -> None:
    for action in (StatusAction.SUSPEND, StatusAction.REINSTATE):
        with pytest.raises(RevokedFinal):
            change(REVOKED, action, None, None, LATER)
    with pytest.raises(RevokedFinal):
        change(REVOKED, StatusAction.REVOKE, FRAUD, None, LATER)


def test_ap_29_the_same_change_twice_changes_nothing() -> None:
    assert change(REVOKED, StatusAction.REVOKE, ERROR, "other words", LATER) is REVOKED
    assert change(SUSPENDED, StatusAction.SUSPEND, ERROR, None, LATER) is SUSPENDED


def test_a_credential_that_is_not_suspended_cannot_be_reinstated() -> None:
    with pytest.raises(NotSuspended):
        change(ACTIVE, StatusAction.REINSTATE, None, None, AT)


@pytest.mark.parametrize("state", [RowState.RESERVED, RowState.ABANDONED])
def test_what_was_never_issued_has_no_status(state: RowState) -> None:
    with pytest.raises(NotIssued):
        change(replace(ACTIVE, row_state=state), StatusAction.REVOKE, ERROR, None, AT)


def test_a_revocation_needs_a_reason_that_exists() -> None:
    with pytest.raises(ReasonRequired):
        change(ACTIVE, StatusAction.REVOKE, None, "because", AT)
    assert read_reason("superseded") is RevocationReason.SUPERSEDED
    for code in ("non_payment", "", "Superseded"):
        with pytest.raises(ReasonUnknown):
            read_reason(code)


@pytest.mark.parametrize("text", ["", " \n", "x" * 501, "a\x00b", "a\ud800"])
def test_a_reason_in_words_is_short_and_readable(text: str) -> None:
    with pytest.raises(ReasonTextRefused):
        change(ACTIVE, StatusAction.REVOKE, ERROR, text, AT)


def test_the_table_of_moves_is_total_and_the_reasons_are_those_of_the_vocabulary() -> None:
    assert set(MOVES) == set(CredentialState)
    assert set(RevocationReason) == set(VOCABULARIES["revocation-reason"])
    assert set(RevocationReason) > REPLACED


def test_inv_34_the_note_of_a_change_holds_no_individual_number() -> None:
    with pytest.raises(MyNumberRejected) as refusal:
        change(ACTIVE, StatusAction.SUSPEND, None, "番号 1234・5678・9018 を確認中", AT)
    assert refusal.value.pointer == "/reason"


def test_the_note_of_a_change_does_not_turn_the_page_round() -> None:
    with pytest.raises(ReasonTextRefused):
        change(ACTIVE, StatusAction.SUSPEND, None, "確認中\u202e", AT)
