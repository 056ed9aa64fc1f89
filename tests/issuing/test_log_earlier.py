"""An installation that is older than the public log: what it issued gets entries, and goes on verifying."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import create_engine

from jmc_vc.domain.japan_time import jst_day
from jmc_vc.issuing.command import IssuedAssertion
from jmc_vc.issuing.log_earlier import EarlierLogged
from tests.builders.installation import OPERATOR, Installation, award


def issue_some(installation: Installation, count: int) -> list[IssuedAssertion]:
    bodies = [award(recipient={"name": {"fullName": f"P{n}"}, "email": f"p{n}@learners.example"}) for n in range(count)]
    return [each for each in installation.issue_all(bodies) if isinstance(each, IssuedAssertion)]


def as_before_the_log(installation: Installation) -> None:
    """Nothing joins an entry to a credential: as if none had been written."""
    url = installation.service.settings.database_url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE log_entries SET credential = NULL, salt = NULL")
    engine.dispose()


def enter_all(installation: Installation) -> EarlierLogged:
    logged = damaged = 0
    last: UUID | None = None
    while (batch := installation.service.log_earlier(after=last, now=installation.now)).last is not None:
        logged, damaged, last = logged + batch.logged, damaged + batch.damaged, batch.last
    return EarlierLogged(logged=logged, damaged=damaged, last=None)


def verdicts(installation: Installation, issued: Sequence[IssuedAssertion]) -> set[tuple[str, str]]:
    reports = [installation.verify(each.body) for each in issued]
    return {(report.verdict.value, report.finding("key").code) for report in reports}


def test_what_verified_verifies(installation: Installation) -> None:
    issued = issue_some(installation, 5)
    as_before_the_log(installation)
    assert verdicts(installation, issued) == {("invalid", "key.unlogged")}
    assert enter_all(installation).logged == 5
    assert verdicts(installation, issued) == {("valid", "key.bound")}


def test_done_again_it_does_nothing(installation: Installation) -> None:
    issued = issue_some(installation, 3)
    assert enter_all(installation).logged == 0
    as_before_the_log(installation)
    assert [enter_all(installation).logged for _ in range(2)] == [3, 0]
    with installation.service.database.read() as snapshot:
        assert [len(snapshot.public_log.of_credential(each.credential.uuid)) for each in issued] == [1, 1, 1]


def test_the_log_vouches_from_the_day_of_the_entry_on(installation: Installation) -> None:
    issued = issue_some(installation, 2)
    as_before_the_log(installation)
    installation.clock.move(days=10)
    enter_all(installation)
    service, now = installation.service, installation.now
    installation.clock.move(hours=1)
    service.compromise_key(
        "hoshimigaoka", "key-1", since=installation.now, reason="stolen", actor=OPERATOR, now=installation.now
    )
    assert verdicts(installation, issued) == {("valid", "key.revoked_logged_before")}
    service.compromise_key("hoshimigaoka", "key-1", since=now, reason="earlier", actor=OPERATOR, now=installation.now)
    assert verdicts(installation, issued) == {("invalid", "key.revoked")}


def test_what_was_erased_before_is_known_by_its_bytes(installation: Installation) -> None:
    erased, _ = issued = issue_some(installation, 2)
    as_before_the_log(installation)
    with installation.service.database.begin() as tx:
        tx.erasures.erase(erased.credential.uuid, installation.service.kek)
    assert enter_all(installation).logged == 1
    assert verdicts(installation, issued) == {("valid", "key.bound")}


@pytest.mark.parametrize("how_many", [0, 2])
def test_a_credential_that_does_not_open_stops_no_other(installation: Installation, how_many: int) -> None:
    issue_some(installation, 3)
    as_before_the_log(installation)
    url = installation.service.settings.database_url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    with engine.begin() as connection:
        some = f"SELECT credential FROM sealed_documents ORDER BY credential LIMIT {how_many}"
        connection.exec_driver_sql(f"UPDATE sealed_documents SET sealed_document = digest WHERE credential IN ({some})")
    engine.dispose()
    found = enter_all(installation)
    assert (found.logged, found.damaged) == (3 - how_many, how_many)


def test_of_an_issuer_that_had_ended_before_it_cannot_be_told(installation: Installation) -> None:
    """VJ-58 is about what the log saw after the end. What was entered later than it was made is not called bad."""
    (issued,) = issue_some(installation, 1)
    last = jst_day(installation.now)
    with installation.service.database.begin() as tx:
        issuer = tx.issuers.get("hoshimigaoka")
        assert issuer is not None
        tx.issuers.save(replace(issuer, registered_until=last))
    installation.clock.move(days=10)
    assert installation.verify(issued.body).finding("issuer").code == "issuer.ended_since"
    as_before_the_log(installation)
    enter_all(installation)
    report = installation.verify(issued.body)
    assert (report.verdict, report.summary) == ("indeterminate", "indeterminate")
    assert report.finding("issuer").code == "issuer.logged_after_end"
    assert report.finding("key").code == "key.bound"
