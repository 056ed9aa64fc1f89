"""A key that is damaged, cut off or another one signs nothing, says so by name, and is in nobody else's way (F-18,
CF-07)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from jmc_vc import bootstrap
from jmc_vc.bootstrap import Service
from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.signing_key import KEYS_CACHED, LOG, KeyState
from jmc_vc.errors import Error
from jmc_vc.sealing import KekUnreadable, KeyEncryptionKey
from jmc_vc.signing.keyring import KeyUnusable
from tests.builders.installation import OPERATOR, Installation, award
from tests.builders.stolen_key import change
from tests.faults.sound import require_sound

SLUG = "hoshimigaoka"


def opened(installation: Installation) -> Service:
    return bootstrap.build(installation.service.settings, clock=installation.clock)


def test_with_any_byte_of_the_kek_file_changed_nothing_is_signed(sqlite_installation: Installation) -> None:
    kek = sqlite_installation.service.settings.kek_file
    content = kek.read_bytes()
    issued = sqlite_installation.issue().body
    readable = 0
    for place in range(len(content)):
        kek.write_bytes(content[:place] + bytes([content[place] ^ 0x01]) + content[place + 1 :])
        try:
            service = opened(sqlite_installation)
        except KekUnreadable:
            continue
        readable += 1
        assert service.kek_matches is (
            KeyEncryptionKey.load(kek).check_value == sqlite_installation.service.kek.check_value
        )
        if not service.kek_matches:
            assert service.verify(issued, now=sqlite_installation.now).verdict == "valid"
            with pytest.raises(Error, match=r"seal\.wrong_key|key\.unusable"):
                service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=sqlite_installation.now)
        service.database.close()
    assert readable > 30
    kek.write_bytes(content)
    require_sound(sqlite_installation)


def test_a_kek_file_that_was_cut_off_anywhere_is_refused_by_name(sqlite_installation: Installation) -> None:
    kek = sqlite_installation.service.settings.kek_file
    content = kek.read_bytes()
    for length in range(len(content) - 1):  # the line's end is not needed
        kek.write_bytes(content[:length])
        with pytest.raises(KekUnreadable):
            opened(sqlite_installation)


def change_blob(installation: Installation, owner: str, change: Callable[[bytes], bytes]) -> None:
    with installation.service.database.begin() as tx:
        key = tx.signing_keys.active(owner)
        assert key is not None
        tx.signing_keys.save(replace(key, sealed_private=change(key.sealed_private)))


def blob_of(installation: Installation, owner: str = SLUG) -> bytes:
    with installation.service.database.read() as snapshot:
        key = snapshot.signing_keys.active(owner)
    assert key is not None
    return key.sealed_private


def test_f_18_with_any_byte_of_a_key_row_changed_it_does_not_open(sqlite_installation: Installation) -> None:
    service = sqlite_installation.service
    with service.database.read() as snapshot:
        key = snapshot.signing_keys.active(SLUG)
    assert key is not None
    good = key.sealed_private
    for place in range(len(good)):
        bad = replace(key, sealed_private=good[:place] + bytes([good[place] ^ 0x01]) + good[place + 1 :])
        with pytest.raises(KeyUnusable):
            service.status_list.keyring.signer(bad)
    for length in range(len(good)):
        with pytest.raises(KeyUnusable):
            service.status_list.keyring.signer(replace(key, sealed_private=good[:length]))


def test_f_18_a_damaged_key_stops_its_own_issuer_alone(installation: Installation) -> None:
    service = installation.service
    before = installation.issue().body
    other = installation.register("JMC-P-900002")
    assert service.log.advance(now=installation.now) is not None  # from now on the audit log vouches for the whole key
    good = blob_of(installation)
    change_blob(installation, SLUG, lambda blob: blob[:-1] + bytes([blob[-1] ^ 0x01]))
    another = award(externalId="another", recipient={"name": {"fullName": "Test"}})
    with pytest.raises(Error, match=r"key\.unusable"):
        installation.issue(another)
    with pytest.raises(Error, match=r"key\.unusable"):
        service.retire_key(SLUG, "key-1", actor=OPERATOR, now=installation.now)
    assert installation.verify(before).verdict == "valid"
    service.rotate_key(other, immediate=True, actor=OPERATOR, now=installation.now)
    installation.clock.move(seconds=2)
    assert service.log.advance(now=installation.now) is not None
    change_blob(installation, SLUG, lambda _: good)  # from a backup
    installation.issue(another)
    require_sound(installation)


def test_f_18_a_damaged_key_is_rotated_and_the_new_one_signs_what_it_would_have(installation: Installation) -> None:
    """Where no backup has it. What it signed goes on verifying, and its last list is served while that is true."""
    service = installation.service
    issued = installation.issue()
    listed = service.status_list(1, "revocation", now=installation.now)
    installation.clock.move(hours=13)
    change_blob(installation, SLUG, lambda blob: blob[:20])
    assert service.status_list(1, "revocation", now=installation.now) == listed
    service.rotate_key(SLUG, actor=OPERATOR, now=installation.now)
    installation.clock.now += KEYS_CACHED
    done = service.rotate_key(SLUG, actor=OPERATOR, now=installation.now)
    assert (done.new.kid, done.retired and done.retired.state) == ("key-2", KeyState.RETIRED)
    assert service.status_list(1, "revocation", now=installation.now).kid == "key-2"
    assert installation.issue(award(retake=True)).representations[0].kid == "key-2"
    report = installation.verify(issued.body)
    assert (report.verdict, report.finding("key").code) == ("valid", "key.retired")
    service.log.advance(now=installation.now, audit_head=True)
    require_sound(installation)
    service.destroy_key(SLUG, "key-1", actor=OPERATOR, now=installation.now, reason="of no use")
    assert installation.verify(issued.body).verdict == "valid"


def test_a_status_list_that_a_damaged_key_cannot_renew_hides_no_revocation(sqlite_installation: Installation) -> None:
    issued = sqlite_installation.issue()
    sqlite_installation.service.status_list(1, "revocation", now=sqlite_installation.now)
    change_blob(sqlite_installation, SLUG, lambda blob: blob[:20])
    change(sqlite_installation, issued, StatusAction.REVOKE, RevocationReason.ISSUED_IN_ERROR)
    sqlite_installation.clock.move(seconds=1)
    with pytest.raises(KeyUnusable):
        sqlite_installation.service.status_list(1, "revocation", now=sqlite_installation.now)


def test_a_damaged_key_that_may_be_stolen_is_given_up_and_followed(installation: Installation) -> None:
    """It is reported as compromised, and what it signed before goes on verifying."""
    service = installation.service
    before = installation.issue().body
    installation.clock.move(hours=1)
    change_blob(installation, SLUG, lambda blob: blob[:20])
    now = installation.now
    service.compromise_key(SLUG, "key-1", since=now, reason="damaged", actor=OPERATOR, now=now)
    service.rotate_key(SLUG, actor=OPERATOR, now=now)
    installation.clock.move(minutes=1)
    assert service.rotate_key(SLUG, actor=OPERATOR, now=installation.now).new.kid == "key-2"
    assert installation.verify(before).finding("key").code == "key.revoked_logged_before"
    service.log.advance(now=installation.now, audit_head=True)
    require_sound(installation)


def test_a_damaged_key_of_the_log_signs_no_head_and_issuing_goes_on(installation: Installation) -> None:
    service = installation.service
    good = blob_of(installation, LOG)
    change_blob(installation, LOG, lambda blob: blob[:-1] + bytes([blob[-1] ^ 0x01]))
    issued = installation.issue()
    with pytest.raises(KeyUnusable):
        service.log.advance(now=installation.now)
    assert installation.verify(issued.body).verdict == "valid"
    change_blob(installation, LOG, lambda _: good)
    assert service.log.advance(now=installation.now) is not None
    require_sound(installation)


ACTS: dict[str, Callable[[Service, Installation], object]] = {
    "stage": lambda service, made: service.stage_key(SLUG, actor=OPERATOR, now=made.now),
    "rotate": lambda service, made: service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=made.now),
    "advance": lambda service, made: service.log.advance(now=made.now),
    "retire": lambda service, made: service.retire_key(SLUG, "key-1", actor=OPERATOR, now=made.now),
}


@pytest.mark.parametrize("act", list(ACTS))
def test_cf_07_with_another_kek_an_act_is_refused_and_nothing_changes(installation: Installation, act: str) -> None:
    installation.issue()
    kek = installation.service.settings.kek_file
    content = kek.read_bytes()
    kek.unlink()
    KeyEncryptionKey.create(kek)
    service = opened(installation)
    with pytest.raises(Error, match=r"seal\.wrong_key|key\.unusable"):
        ACTS[act](service, installation)
    service.database.close()
    kek.write_bytes(content)
    installation.service.log.advance(now=installation.now, audit_head=True)
    require_sound(installation)


def test_cf_07_with_another_kek_a_theft_is_reported_all_the_same(installation: Installation) -> None:
    kek = installation.service.settings.kek_file
    kek.unlink()
    KeyEncryptionKey.create(kek)
    service = opened(installation)
    service.compromise_key(SLUG, "key-1", since=installation.now, reason="stolen", actor=OPERATOR, now=installation.now)
    assert service.did_document(SLUG)["assertionMethod"] == []
    service.database.close()
