"""The site record, issuers and API keys: what goes in comes out, and what is unique stays so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from jmc_vc.domain.actor import Scope
from jmc_vc.domain.api_key import ApiKey
from jmc_vc.domain.issuer import IssuerState
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.database import Database
from jmc_vc.storage.faults import BrokenRule
from jmc_vc.storage.site_record import SiteRecord
from tests.builders.rows import KEK, NOW, SITE, SLUG, issuer

RECORD = SiteRecord(site=SITE, kek_check=KEK.check_value, created_at=NOW)
KEY = ApiKey(
    prefix="jmcvc_abcd",
    issuer=SLUG,
    secret_hash=b"h" * 32,
    scopes=frozenset({Scope.STATUS, Scope.ISSUE}),
    label="教務システム",
    created_at=NOW,
    expires_at=NOW + timedelta(days=365),
)


def test_the_identity_of_a_site_is_written_once(empty_database: Database) -> None:
    with empty_database.begin() as tx:
        assert tx.site_record.get() is None
        tx.site_record.add(RECORD)
    with pytest.raises(BrokenRule), empty_database.begin() as tx:
        tx.site_record.add(RECORD)
    with pytest.raises(BrokenRule), empty_database._writing() as connection:
        connection.execute(text("UPDATE site_record SET base_url = 'https://evil.example'"))
    with empty_database.read() as snapshot:
        assert snapshot.site_record.get() == RECORD


def test_cf_07_another_key_encryption_key_is_told_by_the_record(empty_database: Database) -> None:
    with empty_database.begin() as tx:
        tx.site_record.add(RECORD)
    with empty_database.read() as snapshot:
        record = snapshot.site_record.get()
    assert record
    assert record.kek_check == KEK.check_value
    assert record.kek_check != KeyEncryptionKey(b"x" * 32).check_value


def test_an_issuer_comes_back_and_changes(database: Database) -> None:
    suspended = issuer(state=IssuerState.SUSPENDED, name_kana=None, email="kyomu@hoshimigaoka.example")
    with database.begin() as tx:
        assert tx.issuers.get(SLUG) == issuer()
        assert tx.issuers.get("aoba") is None
        tx.issuers.save(suspended)
    with database.read() as snapshot:
        assert snapshot.issuers.all() == (suspended,)


@pytest.mark.parametrize("taken", [("aoba", "JMC-I-90001"), (SLUG, "JMC-I-90002"), ("jmc", "JMC-I-90002")])
def test_slug_and_number_of_an_issuer_are_its_own(database: Database, taken: tuple[str, str]) -> None:
    with pytest.raises(BrokenRule), database.begin() as tx:
        tx.issuers.add(issuer(*taken))


def test_an_api_key_is_found_by_its_prefix_and_revoked_once(database: Database) -> None:
    with database.begin() as tx:
        tx.api_keys.add(KEY)
        assert tx.api_keys.get("jmcvc_other") is None
        assert tx.api_keys.revoke(KEY.prefix, NOW)
        assert not tx.api_keys.revoke(KEY.prefix, NOW + timedelta(days=1))
    with database.read() as snapshot:
        expected = replace(KEY, revoked_at=NOW)
        assert snapshot.api_keys.get(KEY.prefix) == expected
        assert snapshot.api_keys.of_issuer(SLUG) == (expected,)
        assert snapshot.api_keys.of_issuer("aoba") == ()


def test_an_api_key_shows_no_hash() -> None:
    assert repr(KEY) == "ApiKey(jmcvc_abcd, hoshimigaoka)"
