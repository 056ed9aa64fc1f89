"""A command that changes something leaves the public log up to date: no service has to run."""

import pytest

from jmc_vc.cli.opening import opened
from tests.cli.conftest import Command

pytestmark = pytest.mark.usefixtures("environment")


def test_what_a_command_did_has_its_place_in_the_log_when_it_ends(command: Command) -> None:
    assert command("init").code == 0
    assert command("issuers", "list").code == 0
    with opened(None) as service, service.database.read() as snapshot:
        entries = snapshot.public_log.entries(0, 100)
        head = snapshot.public_log.latest()
        assert not snapshot.public_log.waiting(1)
    assert head is not None
    assert head.size == len(entries) > 0


def test_a_log_that_cannot_go_on_does_not_make_a_command_fail(command: Command) -> None:
    assert command("init").code == 0
    with opened(None) as service, service.database._writing() as connection:
        connection.exec_driver_sql("UPDATE signing_keys SET state = 'retired' WHERE owner = 'log'")
    with opened(None) as service, service.database.begin() as tx:
        assert tx.signing_keys.active("log") is None
    assert command("issuers", "list").code == 0
