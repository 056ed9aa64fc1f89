"""What was signed while others went on for long is given up when it is to be recorded (CF-08, F-26)."""

from dataclasses import replace

import pytest

from jmc_vc.errors import Error
from jmc_vc.issuing.command import Command
from jmc_vc.issuing.request import read_request
from tests.builders.installation import OPERATOR, Installation, award, encode


@pytest.mark.parametrize("recovered", [True, False])
def test_cf_08_a_cycle_that_slept_while_others_went_on_dates_nothing_back(
    installation: Installation, recovered: bool
) -> None:
    service = installation.service

    def sleep_meanwhile(*_: object) -> None:
        installation.clock.move(minutes=5)
        service.stage_key("hoshimigaoka", actor=OPERATOR, now=installation.now)
        if recovered:
            assert service.recover(now=installation.now) == 1

    asleep = replace(service.issue, publish_status_list=sleep_meanwhile)
    command = Command(request=read_request(encode(award())), actor=installation.actor(), idempotency_key="k")
    (outcome,) = asleep([command], now=installation.now)
    assert isinstance(outcome, Error)
    assert outcome.code == "issue.interrupted"
    assert installation.rows() == []
    with service.database.read() as snapshot:
        assert [each.action for each in snapshot.audit_log.entries()].count("credential-abandoned") == 1
    installation.issue(key="k")  # it is free again
