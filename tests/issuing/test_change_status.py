"""The note of a change of status: kept for the holder, sealed, and gone with the holder's data."""

from pathlib import Path
from uuid import UUID

import pytest

from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.my_number import MyNumberRejected
from jmc_vc.sealing import unseal
from jmc_vc.storage.sealed_parts import key_context, status_text_context
from tests.builders.installation import Installation

NOTE = "山田太郎さんの成績を確認中です。"


def _suspend(installation: Installation, uuid: UUID, text: str | None) -> None:
    installation.service.change_status(
        uuid, StatusAction.SUSPEND, reason=None, text=text, actor=installation.actor(), now=installation.now
    )


def _revoke(installation: Installation, uuid: UUID, text: str | None) -> None:
    reason = RevocationReason.ASSESSMENT_MISCONDUCT
    installation.service.change_status(
        uuid, StatusAction.REVOKE, reason=reason, text=text, actor=installation.actor(), now=installation.now
    )


def _note(installation: Installation, uuid: UUID) -> str | None:
    with installation.service.database.read() as snapshot:
        sealed = snapshot.credentials.sealed(uuid)
    assert sealed
    if sealed.sealed_status_text is None:
        return None
    data_key = installation.service.kek.unwrap(sealed.sealed_key, key_context(uuid))
    return unseal(data_key, sealed.sealed_status_text, status_text_context(uuid)).decode()


def test_the_note_opens_with_the_holders_key_and_the_next_change_replaces_it(installation: Installation) -> None:
    uuid = installation.issue().credential.uuid
    assert _note(installation, uuid) is None
    _suspend(installation, uuid, NOTE)
    assert _note(installation, uuid) == NOTE
    _revoke(installation, uuid, None)
    assert _note(installation, uuid) is None


def test_what_was_erased_can_be_revoked_and_keeps_no_note(installation: Installation) -> None:
    uuid = installation.issue().credential.uuid
    with installation.service.database.begin() as tx:
        tx.erasures.erase(uuid, installation.service.kek)
    _revoke(installation, uuid, NOTE)
    with installation.service.database.read() as snapshot:
        assert snapshot.credentials.sealed(uuid) is None


def test_inv_34_a_note_with_an_individual_number_changes_nothing(installation: Installation) -> None:
    uuid = installation.issue().credential.uuid
    with pytest.raises(MyNumberRejected):
        _suspend(installation, uuid, f"{NOTE} 1234・5678・9018")
    with installation.service.database.read() as snapshot:
        assert snapshot.credentials.get(uuid).state == "active"  # type: ignore[union-attr]


def test_neither_the_note_nor_an_idempotency_key_can_be_read_in_the_database(
    sqlite_installation: Installation, tmp_path: Path
) -> None:
    issued = sqlite_installation.issue(key="taro.yamada@learners.example")
    assert sqlite_installation.issue(key="taro.yamada@learners.example").body == issued.body
    _suspend(sqlite_installation, issued.credential.uuid, NOTE)
    sqlite_installation.service.database.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for plain in ("taro.yamada", "山田太郎", "成績を確認中"):
        assert plain.encode() not in stored
