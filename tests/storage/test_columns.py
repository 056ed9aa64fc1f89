"""The same value goes in and comes out on both databases, or is refused on both."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jmc_vc.storage.columns import UnstorableText
from jmc_vc.storage.database import Database
from tests.builders.rows import NOW, OPERATOR, issuer


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "髙\udfff"])
def test_text_that_one_database_would_refuse_is_refused_on_both(database: Database, text: str) -> None:
    with pytest.raises(UnstorableText), database.begin() as tx:
        tx.issuers.save(issuer(name_ja=text))
    with pytest.raises(UnstorableText), database.read() as snapshot:
        snapshot.issuers.get(text)


FIRST, LAST = (datetime(year, 6, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1, 9999))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    at=st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.timezones()),
)
def test_texts_and_moments_come_back_as_they_went_in(database: Database, name: str, at: datetime) -> None:
    with database.begin() as tx:
        tx.audit_log.append("renamed", name, OPERATOR, at, details={"name": name.replace("\0", "")})
        entry = tx.audit_log.of_object(name)[-1]
    assert (entry.object, entry.details) == (name, {"name": name})
    assert entry.at == at.astimezone(UTC)  # the hour that a clock shows twice equals nothing but itself
    assert entry.at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_a_mistake_of_ours(database: Database) -> None:
    with pytest.raises(Exception, match="a moment without a time zone"), database.begin() as tx:
        tx.audit_log.append("renamed", "x", OPERATOR, NOW.replace(tzinfo=None))


def test_moments_sort_by_time_whatever_zone_they_came_in(database: Database) -> None:
    japan = timezone(timedelta(hours=9))
    with database.begin() as tx:
        tx.audit_log.append("a", "x", OPERATOR, datetime(2026, 10, 2, 8, 0, tzinfo=japan))
        tx.audit_log.append("b", "x", OPERATOR, datetime(2026, 10, 1, 23, 30, tzinfo=UTC))
        first, second = tx.audit_log.of_object("x")
    assert first.at < second.at
    assert (first.at.hour, second.at.hour) == (23, 23)
