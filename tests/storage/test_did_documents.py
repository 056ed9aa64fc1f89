"""Versions of DID documents: added one after the other, never changed, never taken away."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from jmc_vc.storage.database import Database
from jmc_vc.storage.did_documents import DidDocumentVersion
from jmc_vc.storage.faults import BrokenRule

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def version(number: int, owner: str = "jmc") -> DidDocumentVersion:
    at = NOW + timedelta(days=number)
    return DidDocumentVersion(owner=owner, version=number, at=at, body=b'{"id":"did:web:x","n":%d}' % number)


def test_the_latest_version_and_all_of_them_in_their_order(empty_database: Database) -> None:
    with empty_database.begin() as tx:
        assert tx.did_documents.latest("jmc") is None
        for number in (1, 2, 3):
            tx.did_documents.add(version(number))
        tx.did_documents.add(version(1, "other"))
    with empty_database.read() as snapshot:
        assert snapshot.did_documents.latest("jmc") == version(3)
        assert snapshot.did_documents.history("jmc") == (version(1), version(2), version(3))
        assert snapshot.did_documents.history("nobody") == ()


def test_a_version_is_there_once(empty_database: Database) -> None:
    with empty_database.begin() as tx:
        tx.did_documents.add(version(1))
    with pytest.raises(BrokenRule), empty_database.begin() as tx:
        tx.did_documents.add(version(1))


@pytest.mark.parametrize("statement", ["UPDATE did_documents SET body = body", "DELETE FROM did_documents"])
def test_what_was_published_stays(empty_database: Database, statement: str) -> None:
    with empty_database.begin() as tx:
        tx.did_documents.add(version(1))
    with pytest.raises(BrokenRule), empty_database.begin() as tx:
        tx.did_documents._connection.execute(sa.text(statement))
