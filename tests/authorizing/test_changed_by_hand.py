"""INV-22 against whoever writes to the database, and against time that passes: the second person signs what was shown,
as it was proposed, or nothing."""

from datetime import timedelta

import pytest

from jmc_vc.authorizing.approval import (
    DangerousAct,
    ProposalUnreadable,
    Role,
    signed_bytes,
)
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.proposal import (
    ProposalChanged,
    ProposalExpired,
    ProposalFromFuture,
    ProposalState,
)
from jmc_vc.storage.faults import BrokenRule
from jmc_vc.storage.tables import proposals
from tests.authorizing.conftest import ARGUMENTS, Office

# whoever writes to the database

SWAPPED = ("UPDATE proposals SET number = 1000 WHERE number = 1", "UPDATE proposals SET number = 1 WHERE number = 2")
CHANGES = {
    "its number": "UPDATE proposals SET number = 7",
    "its time": "UPDATE proposals SET proposed_at = '2031-01-01T00:00:00.000000Z'",
    "its act": "UPDATE proposals SET act = proposal_signature",
    "its signature": "UPDATE proposals SET proposal_signature = act",
    "whose it is": "UPDATE proposals SET proposed_by = 'carol'",
}


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_an_open_proposal_keeps(office: Office, statement: str) -> None:
    office.propose()
    with pytest.raises(BrokenRule):
        office.by_hand(statement)


def test_the_proposal_that_is_confirmed_is_the_one_that_was_read(office: Office) -> None:
    """Under the number that somebody reads another proposal of the same person comes to stand."""
    shown, other = office.propose(), office.propose()
    assert shown.act != other.act
    with pytest.raises(BrokenRule):
        office.by_hand(*SWAPPED)
    office.without_rule("proposals_fixed")
    office.by_hand(*SWAPPED)
    with pytest.raises(ProposalChanged):
        office.confirm_shown(shown)
    with pytest.raises(ProposalChanged):
        office.installation.service.withdraw_proposal(
            shown, by="alice", sign=office.signs["alice"], now=office.installation.now
        )
    assert office.done == []
    assert office.get(1).state is ProposalState.OPEN


def test_the_second_person_signs_the_bytes_that_were_shown(office: Office) -> None:
    shown = office.propose()
    signed: list[bytes] = []

    def sign(data: bytes) -> bytes:
        signed.append(data)
        return office.signs["bob"](data)

    office.confirm_shown(shown, sign=sign)
    assert signed == [signed_bytes(Role.CONFIRM, shown.act)]


@pytest.mark.parametrize("end", ["withdrawn", "done", "expired"])
def test_an_act_does_not_come_back_under_another_number(office: Office, end: str) -> None:
    number = office.propose().number
    if end == "withdrawn":
        office.withdraw(number, "carol")
    elif end == "done":
        office.confirm(number)
    with pytest.raises(BrokenRule):
        office.by_hand(
            "INSERT INTO proposals (number, act, state, proposed_by, proposed_at, proposal_signature)"
            " SELECT 9, act, 'open', proposed_by, proposed_at, proposal_signature FROM proposals"
        )


def test_how_long_a_proposal_is_open_follows_from_the_time_that_was_signed(office: Office) -> None:
    number = office.propose().number
    office.installation.clock.move(hours=25)
    office.without_rule("proposals_fixed")
    with office.installation.service.database._writing() as connection:
        connection.execute(proposals.update().values(proposed_at=office.installation.now))
    with pytest.raises(ProposalUnreadable):
        office.confirm(number)
    assert office.done == []


def test_a_proposal_that_is_dated_ahead_is_confirmed_by_nobody(office: Office) -> None:
    office.installation.clock.move(hours=1)
    number = office.propose().number
    office.installation.clock.move(hours=-1)
    with pytest.raises(ProposalFromFuture):
        office.confirm(number)
    assert office.done == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operators SET public_key = 'z6MkOther' WHERE name = 'bob'",
        "UPDATE operators SET name = 'mallory' WHERE name = 'carol'",
        "UPDATE operators SET removed_at = NULL WHERE name = 'carol'",
    ],
)
def test_an_operator_keeps_name_and_key_and_is_removed_for_good(office: Office, statement: str) -> None:
    office.remove("carol")
    with pytest.raises(BrokenRule):
        office.by_hand(statement)


# between the reading and the signing


def test_a_proposal_that_expires_while_it_is_read_is_not_done(office: Office) -> None:
    shown = office.propose()
    office.installation.clock.move(hours=23, minutes=59)

    def slow(data: bytes) -> bytes:
        office.installation.clock.move(minutes=1)
        return office.signs["bob"](data)

    with pytest.raises(ProposalExpired):
        office.confirm_shown(shown, sign=slow)
    assert office.done == []


def test_each_entry_has_the_time_at_which_it_happened(office: Office) -> None:
    shown, began = office.propose(), office.installation.now

    def slow_sign(data: bytes) -> bytes:
        office.installation.clock.move(minutes=3)
        return office.signs["bob"](data)

    def slow_act(_: DangerousAct, __: Actor) -> None:
        office.installation.clock.move(minutes=10)

    office.confirm_shown(shown, sign=slow_sign, carry_out=slow_act)
    with office.installation.service.database.read() as snapshot:
        times = [each.at - began for each in snapshot.audit_log.of_object("proposal-1")]
    assert times == [timedelta(), timedelta(minutes=3), timedelta(minutes=13)]
    assert office.get(1).confirmed_at == began + timedelta(minutes=3)


@pytest.mark.parametrize(
    "reason", ["", " ", "x" * 501, "retired\n  keys destroy", "retired\x1b[2J", "retired\u202e", "retired\r"]
)
def test_a_reason_that_is_no_readable_line_is_signed_by_nobody_else(office: Office, reason: str) -> None:
    """A person with a key of their own proposes with another program than ours."""
    number = office.installation.service.propose(
        "keys destroy", ARGUMENTS, reason=reason, by="alice", sign=office.signs["alice"], now=office.installation.now
    ).number
    with pytest.raises(ProposalUnreadable):
        office.confirm(number)
    assert office.withdraw(number).state is ProposalState.WITHDRAWN
