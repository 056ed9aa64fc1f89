"""A process that dies while it writes into the public log, gives its entries their places, or signs credentials anew
leaves rows and log that agree, and the next one goes on (F-01, F-04, F-05)."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.domain.credential import RevocationReason, RowState, StatusAction
from jmc_vc.domain.signing_key import LOG
from jmc_vc.formats.transparency.checkpoint import read_checkpoint
from jmc_vc.formats.transparency.signed_note import read_note
from jmc_vc.issuing.command import Command
from jmc_vc.issuing.request import read_request
from jmc_vc.issuing.sign_anew import Fate
from tests.builders.installation import OPERATOR, Installation, award, encode, make_installation
from tests.builders.lived_in import append_many
from tests.faults.killed import killed_at_every_step
from tests.faults.sound import require_sound

SLUG = "hoshimigaoka"
AN_HOUR = timedelta(hours=1)


def learner(name: object) -> dict[str, Any]:
    return award(recipient={"name": {"fullName": "Test Learner"}}, externalId=f"learner-{name}")


def test_killed_at_any_step_of_issuing_each_row_has_its_entry(installation: Installation) -> None:
    service, actor = installation.service, installation.actor()
    step, kills = 0, 0

    def work() -> None:
        commands = [
            Command(request=read_request(encode(learner(f"{step}-{n}"))), actor=actor, idempotency_key=None)
            for n in range(2)
        ]
        service.issue(commands, now=installation.now)

    service.database.close()  # a connection must not be in two processes
    for step in killed_at_every_step(work):  # noqa: B007 - `work` names its learners by it
        kills += 1
        installation.clock.move(hours=1)
        service.recover(now=installation.now)
        with service.database.read() as snapshot:
            states = Counter(row.row_state for row in snapshot.credentials.list_of_issuer(SLUG, 1_000))
        assert not states[RowState.RESERVED]
        service.database.close()
    assert kills > 15
    installation.service.log.advance(now=installation.now, audit_head=True)
    require_sound(installation)
    with service.database.read() as snapshot:
        issued = len(installation.rows())
        logged = sum(entry.kind == "credential" for entry in snapshot.public_log.entries(0, 10_000))
    assert issued == logged >= 2


def test_killed_at_any_step_of_a_revocation_status_and_log_agree(installation: Installation) -> None:
    service = installation.service
    issued = [installation.issue(learner(n)) for n in range(40)]
    installation.clock.move(seconds=1)
    actor, now = installation.actor(), installation.now
    step = 0

    def work() -> None:
        service.change_status(
            issued[step].credential.uuid,
            StatusAction.REVOKE,
            reason=RevocationReason.HOLDER_REQUEST,
            text=None,
            actor=actor,
            now=now,
        )

    service.database.close()
    for step in killed_at_every_step(work):  # noqa: B007
        assert service.records.verify_log().findings == ()
        service.database.close()
    assert 5 < step < 39
    service.log.advance(now=now + AN_HOUR, audit_head=True)
    assert service.records.verify_log().findings == ()


@pytest.fixture
def anchored(tmp_path: Path, database_url: str) -> Any:
    """An installation whose log is anchored in a file."""
    made = make_installation(tmp_path, database_url, environment={"JMC_VC_ANCHOR_FILE": str(tmp_path / "anchor")})
    yield made
    made.service.database.close()


def test_killed_at_any_step_of_an_advance_no_two_heads_contradict_each_other(anchored: Installation) -> None:
    service = anchored.service
    anchored.issue(learner("one"))
    append_many(anchored)  # more than a tile holds, so that one becomes whole
    heads = []

    def work() -> None:
        service.log.advance(now=anchored.now, audit_head=True)

    service.database.close()
    for _ in killed_at_every_step(work):
        anchored.clock.move(seconds=2)
        with service.database.read() as snapshot:
            head, waiting = snapshot.public_log.latest(), len(snapshot.public_log.waiting(10_000))
        assert (head is None) == (waiting > 0)
        heads.append(head)
        # The anchor is never ahead of the database: a start would be refused.
        service.require_not_rolled_back()
        assert not service.records.verify_log().wrong  # that entries wait longer than they should is told, and true
        service.database.close()
    assert heads[0] is None
    assert heads[-1] is not None
    assert len({(head.size, head.root) for head in heads if head is not None}) <= len(heads)
    service.log.advance(now=anchored.now, audit_head=True)
    require_sound(anchored)
    anchored.clock.move(minutes=2)
    service.require_not_rolled_back()  # looks once a minute whether another process could not write the anchor
    file = service.settings.anchor_file
    assert file is not None
    with service.database.read() as snapshot:
        last = snapshot.public_log.latest()
    assert last is not None
    assert read_checkpoint(read_note(file.read_bytes()).text).size == last.size


def test_killed_at_any_step_of_a_reissue_the_next_one_goes_on(installation: Installation) -> None:
    service = installation.service
    issued = installation.issue_all([learner(n) for n in range(5)])
    installation.clock.move(hours=1)
    now = installation.now
    service.compromise_key(SLUG, "key-1", since=now, reason="stolen", actor=OPERATOR, now=now)
    service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=now)

    def run() -> int:
        done, after = 0, None
        while True:
            batch = service.reissue(SLUG, "key-1", after=after, actor=OPERATOR, now=now)
            if batch.last is None:
                return done
            done += sum(fate is Fate.REISSUED for fate in batch.fates.values())
            after = batch.last

    service.database.close()
    kills, left = 0, 5
    for _ in killed_at_every_step(run):  # type: ignore[arg-type]
        kills += 1
        scope = service.reissue.scope(SLUG, "key-1", now=now)
        assert scope.credentials in (left, 0)  # a batch is all or nothing
        left = scope.credentials
        assert not service.records.verify_log().wrong  # entries wait for the log to advance
        service.database.close()
    assert kills > 10
    assert run() == 0
    installation.clock.move(seconds=2)
    service.log.advance(now=installation.now, audit_head=True)
    require_sound(installation)
    assert len(installation.rows()) == len(issued)
    with service.database.read() as snapshot:
        entries = [len(snapshot.public_log.of_credential(uuid)) for uuid in installation.rows()]
    assert entries == [2] * 5


def test_killed_at_any_step_of_the_rotation_of_the_logs_own_key_heads_go_on(installation: Installation) -> None:
    service = installation.service
    service.log.advance(now=installation.now)
    installation.clock.move(seconds=2)
    now = installation.now

    def work() -> None:
        service.rotate_key(LOG, immediate=True, expected="key-1", actor=OPERATOR, now=now)

    service.database.close()
    for _ in killed_at_every_step(work):
        installation.clock.move(seconds=2)
        service.log.advance(now=installation.now)
        require_sound(installation)
        with service.database.read() as snapshot:
            finished = snapshot.signing_keys.get(LOG, "key-2") is not None
        service.database.close()
        if finished:
            break
    installation.clock.move(seconds=2)
    installation.issue(learner("after"))
    assert service.log.advance(now=installation.now) is not None
    require_sound(installation)
