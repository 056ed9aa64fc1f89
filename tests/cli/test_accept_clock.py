"""`audit accept-clock`: the way back after a clock that ran ahead."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from jmc_vc.cli import opening
from tests.cli.conftest import Command, Staff


def test_a_clock_that_ran_ahead_is_set_back_by_two_people(
    installed: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff, real = Staff(installed, tmp_path), opening.clock
    staff.register("alice", "bob")
    assert installed("audit", "accept-clock", "--reason", "test", *staff.by("alice")).code == 1  # nothing to accept
    monkeypatch.setattr(opening, "clock", lambda: real() + timedelta(days=400))
    assert installed("keys", "stage", "jmc").code == 0
    monkeypatch.setattr(opening, "clock", real)
    asked = ("audit", "accept-clock", "--reason", "the time server was wrong")
    dry = installed(*asked, "--dry-run", "--json")
    assert (dry.code, dry.json["done"]) == (0, False)
    proposed = installed(*asked, "--yes", "--json", *staff.by("alice"))
    assert proposed.code == 0, proposed.err
    number = str(proposed.json["proposal"])
    assert "another one first" in staff.proposals("show", number).out
    assert staff.proposals("confirm", number, "--yes", *staff.by("bob")).code == 0
    assert installed(*asked, "--yes", *staff.by("alice")).code == 1
    exported = [json.loads(line)["entry"] for line in installed("audit", "export").out.splitlines()]
    (accepted,) = [each for each in exported if each["action"] == "clock-accepted"]
    assert (accepted["actor_id"], accepted["reason"]) == ("alice+bob", "the time server was wrong")
