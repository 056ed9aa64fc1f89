"""Credentials of keys that were retired or stolen, one row a case, by the ids of the catalogue of bad inputs. The whole
table of what a signature is worth is in tests/verifying/test_key_worth.py."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from jmc_vc.storage.database import Database
from jmc_vc.verifying.gather import Gather
from tests.builders.forger import signed_by_issuer, unsigned
from tests.builders.installation import OPERATOR, Installation
from tests.hostile.over_http import over_http

SLUG = "hoshimigaoka"
Make = Callable[[Installation], bytes]


def rotated(installation: Installation) -> bytes:
    body = installation.issue().body
    installation.clock.move(days=30)
    installation.service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    return body


def stolen_an_hour_later(installation: Installation) -> bytes:
    body = installation.issue().body
    steal(installation)
    return body


def steal(installation: Installation) -> None:
    installation.clock.move(hours=1)
    installation.service.compromise_key(
        SLUG, "key-1", since=installation.now, reason="stolen", actor=OPERATOR, now=installation.now
    )


def stolen_an_hour_before(installation: Installation) -> bytes:
    installation.clock.move(hours=2)
    body = installation.issue().body
    installation.service.compromise_key(
        SLUG, "key-1", since=installation.now - timedelta(hours=1), reason="late", actor=OPERATOR, now=installation.now
    )
    return body


def made_by_the_thief(installation: Installation) -> bytes:
    body = installation.issue().body
    forged = signed_by_issuer(
        installation, unsigned(body), created=installation.now - timedelta(days=20), on_record=False
    )
    steal(installation)
    return forged


def made_by_the_thief_before_anybody_knew(installation: Installation) -> bytes:
    document = {**unsigned(installation.issue().body), "name": "博士号"}
    return signed_by_issuer(installation, document, on_record=False)


ROWS: dict[str, tuple[Make, str, str, str]] = {
    "VJ-80 key retired by rotation, credential logged before": (rotated, "valid", "pass", "key.retired"),
    "VJ-81 key stolen, credential logged before": (
        stolen_an_hour_later, "valid", "pass", "key.revoked_logged_before",
    ),
    "VJ-81 key stolen, credential logged after": (stolen_an_hour_before, "invalid", "fail", "key.revoked"),
    "VJ-81 key stolen, forged under the id of a good one, dated weeks before the theft": (
        made_by_the_thief, "invalid", "fail", "key.revoked",
    ),
    "VJ-80 theft not known yet, forged under the id of a good one": (
        made_by_the_thief_before_anybody_knew, "invalid", "fail", "key.unlogged",
    ),
}  # fmt: skip
UNREACHABLE: dict[str, Make] = {
    "VJ-83 key active": lambda installation: installation.issue().body,
    "VJ-83 key retired": rotated,
    "VJ-83 key stolen, credential logged before": stolen_an_hour_later,
    "VJ-83 key stolen, credential logged after": stolen_an_hour_before,
    "VJ-83 key stolen, forged": made_by_the_thief,
}


@pytest.mark.parametrize("case", ROWS)
def test_the_log_decides_what_a_signature_is_worth(sqlite_installation: Installation, case: str) -> None:
    make, verdict, outcome, code = ROWS[case]
    with over_http(sqlite_installation) as asked:
        report = asked.verify(make(asked))
    finding = report.finding("key")
    assert (report.verdict, finding.outcome, finding.code) == (verdict, outcome, code)
    assert (report.credential is None) == (verdict == "invalid")


@pytest.mark.parametrize("case", UNREACHABLE)
def test_without_the_log_it_is_never_called_valid_nor_forged(sqlite_installation: Installation, case: str) -> None:
    body = UNREACHABLE[case](sqlite_installation)
    deaf(sqlite_installation)
    with over_http(sqlite_installation) as asked:
        report = asked.verify(body)
    assert (report.verdict, report.finding("key").code) == ("indeterminate", "key.log_unavailable")
    assert not [check.id for check in report.checks if check.finding.outcome == "fail"]
    assert report.credential is None


def deaf(installation: Installation) -> None:
    """The log does not answer any more."""
    service = installation.service
    verify = service.verify
    nowhere = Database(f"sqlite:///{service.settings.data_dir}/no-such-folder/log.sqlite3")
    assert isinstance(verify.gather, Gather)
    log = replace(verify.gather.signature_log, database=nowhere)
    without = replace(verify, gather=replace(verify.gather, signature_log=log))
    handed_in = replace(service.verify_handed_in, verify=without)
    installation.service = replace(service, verify=without, verify_handed_in=handed_in)
