"""What signs no more does not stay open in processes that signed with it, whoever ended it."""

from threading import Event

import pytest

from jmc_vc import bootstrap
from jmc_vc.custody.close_keys import CloseKeys
from jmc_vc.domain.signing_key import KEYS_CACHED, SigningKey
from tests.builders.installation import OPERATOR, Installation

SLUG = "hoshimigaoka"


def active(installation: Installation) -> SigningKey:
    with installation.service.database.read() as snapshot:
        key = snapshot.signing_keys.active(SLUG)
    assert key is not None
    return key


@pytest.mark.parametrize("end", ["rotated", "retired", "compromised"])
def test_a_key_that_another_process_has_ended_is_closed_within_a_minute(installation: Installation, end: str) -> None:
    service = installation.service
    keyring = service.status_list.keyring
    close = CloseKeys(database=service.database, keyring=keyring)
    close(now=installation.now)
    key = active(installation)
    opened = keyring.signer(key)
    elsewhere = bootstrap.build(service.settings, clock=installation.clock)
    now = installation.now
    if end == "rotated":
        elsewhere.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=now)
    elif end == "retired":
        elsewhere.retire_key(SLUG, "key-1", actor=OPERATOR, now=now)
    else:
        elsewhere.compromise_key(SLUG, "key-1", since=now, reason="stolen", actor=OPERATOR, now=now)
    elsewhere.database.close()
    close(now=now)
    assert keyring.signer(key) is opened  # it does not look all the time
    installation.clock.now += KEYS_CACHED
    close(now=installation.now)
    assert keyring.signer(key) is not opened


def test_a_key_that_signs_stays_open(installation: Installation) -> None:
    keyring = installation.service.status_list.keyring
    key = active(installation)
    opened = keyring.signer(key)
    CloseKeys(database=installation.service.database, keyring=keyring)(now=installation.now)
    assert keyring.signer(key) is opened


def test_a_process_that_serves_looks_by_itself(sqlite_installation: Installation) -> None:
    service = sqlite_installation.service
    keyring = service.status_list.keyring
    key = active(sqlite_installation)
    opened = keyring.signer(key)
    service.retire_key(SLUG, "key-1", actor=OPERATOR, now=sqlite_installation.now)
    service.log.keeper.open()
    try:
        closed = any(Event().wait(0.05) or keyring.signer(key) is not opened for _ in range(600))
    finally:
        service.log.keeper.close()
    assert closed
