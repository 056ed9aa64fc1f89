"""A key that others may have: signing stops at once, whoever holds what of it in memory."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from jmc_vc import bootstrap
from jmc_vc.custody.compromise_key import Compromised, read_since
from jmc_vc.domain.signing_key import KeyState
from jmc_vc.errors import Error
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.signing.keyring import Keyring
from tests.builders.installation import OPERATOR, Installation, award

SLUG = "hoshimigaoka"


def compromise(installation: Installation, kid: str = "key-1", since: datetime | None = None) -> Compromised:
    return installation.service.compromise_key(
        SLUG, kid, since=since or installation.now, reason="stolen", actor=OPERATOR, now=installation.now
    )


def test_inv_03_after_the_commit_no_process_signs_with_it(installation: Installation) -> None:
    service = installation.service
    other = bootstrap.build(service.settings, clock=installation.clock)  # as in another process, its keyring warm
    try:
        installation.issue()
        elsewhere = Installation(service=other, clock=installation.clock, api_keys=installation.api_keys)
        elsewhere.issue(award(retake=True))
        compromise(installation)
        for each in (installation, elsewhere):
            with pytest.raises(Error, match=r"key\.none_active"):
                each.issue(award(retake=True, externalId="later"))
        assert len(installation.rows()) == 2
    finally:
        other.database.close()


def test_f_30_what_was_being_signed_when_the_key_was_reported_never_leaves(installation: Installation) -> None:
    service = installation.service
    installation.issue(award(externalId="before"))  # its status list is there, and the keyring holds the key open

    def steal(number: int, form: Any, now: datetime) -> None:
        if not stolen:
            stolen.append(compromise(installation))

    stolen: list[Compromised] = []
    interrupted = replace(service.issue, publish_status_list=steal)
    broken = Installation(
        service=replace(service, issue=interrupted), clock=installation.clock, api_keys=installation.api_keys
    )
    bodies = [award(externalId=f"row-{number}", recipient={"name": {"fullName": f"P{number}"}}) for number in range(3)]
    outcomes = broken.issue_all(bodies)
    assert stolen
    assert {outcome.code for outcome in outcomes if isinstance(outcome, Error)} == {"key.none_active"}
    assert len(outcomes) == 3
    assert len(installation.rows()) == 1


def test_the_open_key_of_a_warm_keyring_is_not_found_by_any_row_of_it(installation: Installation) -> None:
    keyring = installation.service.status_list.keyring
    with installation.service.database.read() as snapshot:
        before = snapshot.signing_keys.active(SLUG)
    assert before is not None
    keyring.signer(before).sign(b"warm")
    after = compromise(installation).key
    with pytest.raises(Error, match=r"key\.not_active"):
        keyring.signer(after)
    with pytest.raises(Error, match=r"key\.unusable"):
        keyring.signer(replace(after, state=KeyState.ACTIVE))  # as if set back by hand


def test_cl_05_since_is_a_moment_that_has_been(installation: Installation) -> None:
    with installation.service.database.read() as snapshot:
        before = snapshot.signing_keys.of_owner(SLUG), snapshot.audit_log.entries()
    for since, code in (
        (installation.now + timedelta(microseconds=1), "key.since_future"),
        (installation.now.replace(tzinfo=None), "key.since_form"),
        (installation.now - timedelta(seconds=1), "key.since_early"),
    ):
        with pytest.raises(Error) as refused:
            compromise(installation, since=since)
        assert refused.value.code == code
    with installation.service.database.read() as snapshot:
        assert (snapshot.signing_keys.of_owner(SLUG), snapshot.audit_log.entries()) == before


@pytest.mark.parametrize(
    "text",
    ["2026-11-20", "2026-11-20T09:00:00", "20 November 2026", "", "1763600400", "2026-11-20T24:00:00Z", "now",
     "2026-11-20T09:00:00+0900", "２０２６-11-20T09:00:00Z"],
)  # fmt: skip
def test_cl_05_a_time_that_could_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(Error, match=r"key\.since_form"):
        read_since(text)


def test_since_is_one_moment_in_every_zone() -> None:
    assert read_since("2026-11-20T09:00:00+09:00") == read_since("2026-11-20T00:00:00Z")


def test_since_is_kept_to_the_second_downwards(installation: Installation) -> None:
    installation.clock.move(seconds=10.75)
    tokyo = installation.now.astimezone(timezone(timedelta(hours=9)))
    key = compromise(installation, since=tokyo).key
    assert key.compromised_since == installation.now.replace(microsecond=0)
    assert key.compromised_since.tzinfo is UTC


def test_an_earlier_moment_may_be_learned_and_a_later_one_not(installation: Installation) -> None:
    begin = installation.now
    installation.clock.move(hours=3)
    compromise(installation, since=begin + timedelta(hours=2))
    for later in (timedelta(hours=2), timedelta(hours=3)):
        with pytest.raises(Error, match=r"key\.since_later"):
            compromise(installation, since=begin + later)
    again = compromise(installation, since=begin + timedelta(hours=1))
    assert (again.was, again.key.compromised_since) == (KeyState.COMPROMISED, begin + timedelta(hours=1))
    with installation.service.database.read() as snapshot:
        stored = snapshot.signing_keys.get(SLUG, "key-1")
        documents = snapshot.did_documents.history(SLUG)
    assert stored == again.key
    assert len(documents) == 3  # registered, stolen, stolen since earlier


def test_a_published_successor_is_named(installation: Installation) -> None:
    service, now = installation.service, installation.now
    assert compromise(installation).successor is None
    service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=now)
    waiting = service.stage_key(SLUG, actor=OPERATOR, now=now)
    service.publish_key(SLUG, waiting.kid, actor=OPERATOR, now=now)
    found = compromise(installation, "key-2")
    assert found.was is KeyState.ACTIVE
    assert found.successor is not None
    assert found.successor.kid == waiting.kid


def test_a_theft_is_reported_also_when_the_key_does_not_open(installation: Installation) -> None:
    """A damaged row, or a lost key-encryption key: what others can do with the key does not wait for our repair."""
    change = installation.service.compromise_key.change
    lost = KeyEncryptionKey(bytes(32))
    lost.hold_against(bytes(32))
    without = replace(change, keyring=Keyring(lost))
    done = replace(installation.service.compromise_key, change=without)(
        SLUG, "key-1", since=installation.now, reason="lost", actor=OPERATOR, now=installation.now
    )
    assert done.key.state is KeyState.COMPROMISED
    with pytest.raises(Error, match=r"key\.none_active"):
        installation.issue()


def test_a_key_that_does_not_open_is_moved_nowhere_else(installation: Installation) -> None:
    change = installation.service.retire_key.change
    other = replace(change, keyring=Keyring(KeyEncryptionKey(bytes(32))))
    with pytest.raises(Error, match=r"key\.unusable"):
        replace(installation.service.retire_key, change=other)(SLUG, "key-1", actor=OPERATOR, now=installation.now)
    with installation.service.database.read() as snapshot:
        assert snapshot.signing_keys.active(SLUG) is not None
