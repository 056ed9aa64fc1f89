"""INV-22: what is dangerous is proposed by one operator and confirmed by another, who sign the same bytes; and it is
done once."""

from dataclasses import replace

import pytest

from jmc_vc.authorizing.approval import (
    DangerousAct,
    ProposalUnreadable,
    Role,
    read_act,
    signed_bytes,
    written,
)
from jmc_vc.authorizing.propose import Propose
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.operator import NotAnOperator
from jmc_vc.domain.proposal import (
    ProposalExpired,
    ProposalNotFound,
    ProposalNotOpen,
    ProposalState,
    SamePerson,
)
from jmc_vc.errors import Conflict
from jmc_vc.storage.faults import BrokenRule
from tests.authorizing.conftest import ARGUMENTS, Office
from tests.builders.operators import approval_key
from tests.storage.together import together


def test_what_one_proposes_another_confirms_and_it_is_done_in_the_name_of_both(office: Office) -> None:
    proposal = office.propose()
    assert office.done == []
    office.confirm(proposal.number)
    ((act, actor),) = office.done
    assert (act.command, act.arguments, act.reason) == ("keys destroy", ARGUMENTS, "the shredder was bought")
    assert actor.id == "alice+bob"
    assert office.actions(proposal.number) == [
        ("act-proposed", "alice"),
        ("act-approved", "alice+bob"),
        ("act-carried-out", "alice+bob"),
    ]
    with office.installation.service.database.read() as snapshot:
        proposed, approved, _ = snapshot.audit_log.of_object("proposal-1")
    assert proposed.reason == approved.reason == "the shredder was bought"


def test_the_act_is_done_once_however_often_it_is_confirmed(office: Office) -> None:
    number = office.propose().number
    office.confirm(number)
    for by in ("bob", "carol"):
        with pytest.raises(ProposalNotOpen):
            office.confirm(number, by)
    assert len(office.done) == 1


def test_of_two_who_confirm_at_the_same_moment_one_does_it(office: Office) -> None:
    number = office.propose().number

    def confirm(position: int) -> str:
        try:
            office.confirm(number, ("bob", "carol")[position])
        except ProposalNotOpen:
            return "refused"
        return "done"

    assert sorted(together(2, confirm)) == ["done", "refused"]
    assert len(office.done) == 1


def test_nobody_confirms_their_own_proposal(office: Office) -> None:
    number = office.propose().number
    with pytest.raises(SamePerson):
        office.confirm(number, "alice")
    assert (office.done, office.get(number).state) == ([], ProposalState.OPEN)


def test_a_key_that_is_not_the_registered_one_proposes_confirms_and_withdraws_nothing(office: Office) -> None:
    _, stranger = approval_key()
    number = office.propose().number
    for attempt in (
        lambda: office.propose(sign=stranger),
        lambda: office.propose(by="alice", sign=office.signs["bob"]),
        lambda: office.propose(by="mallory", sign=stranger),
        lambda: office.confirm(number, "bob", stranger),
        lambda: office.confirm(number, "bob", office.signs["alice"]),
        lambda: office.confirm(number, "mallory", stranger),
        lambda: office.withdraw(number, "alice", stranger),
    ):
        with pytest.raises(NotAnOperator):
            attempt()
    assert (office.done, office.get(number).state) == ([], ProposalState.OPEN)


def test_a_signature_to_propose_confirms_nothing(office: Office) -> None:
    number = office.propose().number
    act = office.get(number).act

    def replayed(_: bytes) -> bytes:
        return office.signs["bob"](signed_bytes(Role.PROPOSE, act))

    with pytest.raises(NotAnOperator):
        office.confirm(number, "bob", replayed)


def test_who_was_removed_confirms_nothing_and_what_they_proposed_is_confirmed_by_nobody(office: Office) -> None:
    by_alice, by_carol = office.propose("alice").number, office.propose("carol").number
    office.remove("carol")
    with pytest.raises(NotAnOperator):
        office.confirm(by_alice, "carol")
    with pytest.raises(NotAnOperator):
        office.confirm(by_carol, "bob")
    with pytest.raises(NotAnOperator):
        office.propose("carol")
    assert office.done == []


def test_a_proposal_is_open_for_a_day(office: Office) -> None:
    early, late = office.propose().number, office.propose().number
    office.installation.clock.move(hours=23, minutes=59)
    office.confirm(early)
    office.installation.clock.move(minutes=1)
    with pytest.raises(ProposalExpired):
        office.confirm(late)
    assert len(office.done) == 1


def test_a_withdrawn_proposal_is_confirmed_by_nobody(office: Office) -> None:
    number = office.propose().number
    assert office.withdraw(number, "bob").state is ProposalState.WITHDRAWN
    with pytest.raises(ProposalNotOpen):
        office.confirm(number)
    with pytest.raises(ProposalNotOpen):
        office.withdraw(number)
    assert office.actions(number)[-1] == ("proposal-withdrawn", "bob")


def test_there_is_no_proposal_that_nobody_made(office: Office) -> None:
    shown = office.propose()
    with office.installation.service.database.read() as snapshot:
        assert [snapshot.proposals.get(number) for number in (0, 2, 2**31, 2**63)] == [None] * 4
    for number in (0, 2, 2**31, 2**63):
        invented = replace(shown, number=number)
        with pytest.raises(ProposalNotFound):
            office.confirm_shown(invented)
        with pytest.raises(ProposalNotFound):
            office.installation.service.withdraw_proposal(
                invented, by="alice", sign=office.signs["alice"], now=office.installation.now
            )
    assert office.done == []


class Refused(Conflict):
    """What an act may say when it is carried out."""

    code = "key.move"


def test_an_act_that_is_refused_uses_its_proposal_up_and_says_so_on_record(office: Office) -> None:
    number = office.propose().number

    def refuse(_: DangerousAct, __: Actor) -> None:
        raise Refused(kid="key-1")

    with pytest.raises(Refused):
        office.confirm(number, carry_out=refuse)
    assert office.actions(number)[-1] == ("act-refused", "alice+bob")
    with pytest.raises(ProposalNotOpen):
        office.confirm(number, "carol")


def test_an_act_that_is_killed_is_not_done_a_second_time(office: Office) -> None:
    number = office.propose().number

    def die(_: DangerousAct, __: Actor) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        office.confirm(number, carry_out=die)
    assert office.actions(number)[-1] == ("act-approved", "alice+bob")  # its end is not on record
    with pytest.raises(ProposalNotOpen):
        office.confirm(number, "carol")
    assert office.done == []


def test_an_act_of_another_installation_is_not_carried_out_here(office: Office) -> None:
    service = office.installation.service
    elsewhere = Site(base_url="https://other.example", did="did:web:other.example", namespace=service.site.namespace)
    propose = Propose(database=service.database, site=elsewhere, random=bytes)
    number = propose(
        "keys destroy", ARGUMENTS, reason="x", by="alice", sign=office.signs["alice"], now=office.installation.now
    ).number
    with pytest.raises(ProposalUnreadable):
        office.confirm(number)


def test_the_database_holds_what_was_proposed_and_what_was_done(office: Office) -> None:
    number = office.propose().number
    database = office.installation.service.database
    office.confirm(number)
    done = office.get(number)
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.proposals.save(replace(done, state=ProposalState.OPEN))


ACT = DangerousAct(
    command="keys destroy",
    arguments=ARGUMENTS,
    reason="x",
    at="2026-11-23T03:00:00+00:00",
    installation="https://mc.example.jp",
    nonce="00" * 16,
)
NOT_ACTS = [
    (b"", "nothing"),
    (b"{}", "no members"),
    (written(ACT).replace(b'"command"', b'"Command"'), "another member"),
    (written(ACT)[:-1] + b',"z":1}', "one more member"),
    (written(ACT).replace(b'"x"', b"1"), "a number for a reason"),
    (written(ACT).replace(b",", b", "), "not canonical"),
    (written(ACT).replace(b"mc.example.jp", b"mc.example.com"), "another installation"),
]


@pytest.mark.parametrize("data", [data for data, _ in NOT_ACTS], ids=[name for _, name in NOT_ACTS])
def test_bytes_that_are_no_act_of_here_are_refused(data: bytes) -> None:
    with pytest.raises(ProposalUnreadable):
        read_act(data, ACT.installation)


def test_an_act_is_read_as_it_was_written() -> None:
    assert read_act(written(ACT), ACT.installation) == ACT
    assert written(ACT).startswith(b'{"arguments":{"kid":"key-1","owner":"hoshimigaoka"},"at":')
