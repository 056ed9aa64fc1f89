"""What the public log says of a restore excuses much; so it is believed only where the restore was."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from jmc_vc.domain.signing_key import LOG
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.transparency.entry_types import LogRestarted
from jmc_vc.storage.log_folder import LogFolder
from jmc_vc.storage.public_log import NewEntry
from tests.auditing.machine import Machine
from tests.auditing.tampering import by_hand
from tests.builders.installation import OPERATOR, Installation
from tests.builders.lived_in import learner, live_in, rotate
from tests.builders.operators import register_operators
from tests.builders.public_log import advance
from tests.builders.refusals import refused_code

ROOT = "A" * 43


def _restart(installation: Installation, **changes: Any) -> LogRestarted:
    with installation.service.database.read() as snapshot:
        heads = list(snapshot.ledger.checkpoints())
    values = {
        "at": installation.now,
        "reason": "restored",
        "origin": installation.service.site.log_origin,
        "kept": heads[0].size,
        "size": heads[-1].size,
        "root": ROOT,
    }
    return LogRestarted(**{**values, **changes})


FORGED: dict[str, Callable[[Installation], LogRestarted]] = {
    "of nothing": lambda made: _restart(made, kept=0, size=0),
    "with another root": _restart,
    "of which the audit log says nothing": lambda made: _restart(made, root=_root(made)),
    "of another log": lambda made: _restart(made, root=_root(made), origin="other.example/log"),
}


def _root(installation: Installation) -> str:
    return base64url.encode(installation.service.log.head().checkpoint.root)


@pytest.mark.parametrize("placed", [False, True], ids=["waiting", "placed"])
@pytest.mark.parametrize("name", FORGED)
def test_a_restart_that_never_was_excuses_nothing(installation: Installation, name: str, placed: bool) -> None:
    live_in(installation)
    with installation.service.database.begin() as tx:
        tx.public_log.append([NewEntry.of(FORGED[name](installation))])
    if placed:
        advance(installation)
    by_hand(installation, lambda connection: connection.execute(text("DELETE FROM audit_chain WHERE position > 3")))
    records = installation.service.records
    log = records.verify_log()
    assert {"record.entry_out_of_turn", "record.audit_head_beyond"} <= {each.code for each in log.findings}
    assert log.restored == ()
    assert "record.audit_head_beyond" in {each.code for each in records.verify_audit().findings}


def test_a_restart_that_was_is_told(machine: Machine) -> None:
    installation = machine.installation
    advance(installation)
    machine.back_up()
    kept = installation.service.log.head().checkpoint.size
    installation.issue(learner("late"))
    advance(installation)
    size = installation.service.log.head().checkpoint.size
    machine.copy_log()
    machine.lose()
    machine.restore()
    records = machine.start().service.records
    assert records.verify_log().restored == records.verify_audit().restored == ((kept, size),)
    assert machine.findings() == set()


def test_an_old_database_that_was_put_back_twice_is_believed_twice(machine: Machine) -> None:
    installation = machine.installation
    advance(installation)
    machine.back_up()
    for name in ("first", "second"):
        installation.issue(learner(name))
        advance(installation)
        machine.copy_log()
        machine.lose()
        machine.restore()
        installation = machine.start()
    assert machine.findings() == set()
    assert len(installation.service.records.verify_log().restored) == 2


def test_after_a_restore_no_api_key_is_good_and_who_may_not_be_one_is_named(machine: Machine) -> None:
    installation = machine.installation
    register_operators(installation, "alice", "bob", "carol")
    leaked = installation.api_keys["hoshimigaoka"]
    advance(installation)
    machine.back_up()
    installation.service.revoke_api_key(leaked.split("_")[2], actor=OPERATOR, now=installation.now)
    installation.service.remove_operator("carol", reason="left", actor=OPERATOR, now=installation.now)
    advance(installation, audit_head=True)
    machine.copy_log()
    machine.lose()
    done = machine.put_log_back()
    installation = machine.start()
    assert refused_code(lambda: installation.service.authenticate(leaked, now=installation.now)) == "auth.api_key"
    told = json.dumps([(each.code, dict(each.params)) for each in done.replayed.by_hand], default=str)
    assert "restore.api_key_revoked" in told
    assert all(name in told for name in ("alice", "bob", "carol"))


def test_the_copy_beside_the_anchor_knows_the_key_that_the_database_lost(machine: Machine) -> None:
    installation = machine.installation
    advance(installation)
    machine.back_up()
    rotate(installation, LOG)
    installation.issue(learner("late"))
    advance(installation)
    machine.lose()
    machine.mirror = LogFolder(machine.anchor.with_name("head.log"))
    assert machine.put_log_back().replayed.lost_keys == [f"{LOG}#key-2"]
