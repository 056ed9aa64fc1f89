"""An installation that is older than the public log: what it holds gets entries, and everything fits."""

from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ed25519
from sqlalchemy import Connection, text

from jmc_vc.custody.private_key_file import read_private_key
from jmc_vc.domain.signing_key import LOG
from tests.auditing.tampering import by_hand
from tests.builders.installation import OPERATOR, Installation
from tests.builders.lived_in import SLUG, learner, live_in, revoke
from tests.builders.public_log import advance, written
from tests.custody.test_private_key_file import pem

OF_THE_LOG = ("erased_salts", "log_entries", "log_checkpoints", "log_tiles", "audit_chain", "did_documents")


def as_before_the_log(connection: Connection) -> None:
    for table in OF_THE_LOG:
        connection.execute(text(f"DELETE FROM {table}"))
    connection.execute(text("DELETE FROM audit_log WHERE action = 'rows-recorded'"))
    connection.execute(text("UPDATE audit_log SET rows = NULL"))
    connection.execute(text(f"DELETE FROM signing_keys WHERE owner = '{LOG}'"))


def enter_all(installation: Installation) -> None:
    last: UUID | None = None
    while (batch := installation.service.log_earlier(after=last, now=installation.now)).last is not None:
        last = batch.last


def codes(installation: Installation) -> set[str]:
    return {each.code for each in installation.service.records.verify_log().findings}


def test_everything_that_was_there_is_entered_once(installation: Installation) -> None:
    live_in(installation)
    service, now = installation.service, installation.now
    service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=now)
    by_hand(installation, as_before_the_log)
    assert codes(installation) >= {"record.key_not_logged", "record.issuer_not_logged", "record.credential_not_logged"}
    enter_all(installation)
    advance(installation)
    assert codes(installation) == set()
    entries = len(written(installation))
    installation.clock.move(minutes=5)
    enter_all(installation)
    advance(installation)
    assert codes(installation) == set()
    assert len(written(installation)) <= entries + 1  # the end of the audit log


def test_life_goes_on_from_there(installation: Installation) -> None:
    live_in(installation)
    by_hand(installation, as_before_the_log)
    enter_all(installation)
    advance(installation)
    revoke(installation, installation.issue(learner("new")))
    installation.service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    installation.service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    advance(installation)
    assert codes(installation) == set()


def test_a_new_installation_writes_nothing_twice(installation: Installation) -> None:
    """Its first entries were written with what they tell of, and are told of keys from elsewhere in other words."""
    brought = read_private_key(pem(ed25519.Ed25519PrivateKey.generate()))
    installation.service.import_key(SLUG, brought, actor=OPERATOR, now=installation.now)
    before = written(installation)
    advance(installation)
    after = [entry for entry in written(installation) if entry["type"] != "audit-head"]
    assert after == before
    assert codes(installation) == set()
