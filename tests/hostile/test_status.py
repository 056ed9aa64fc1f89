"""Status entries that an issuer can write and should not, and the good case beside them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.domain.credential import StatusAction
from jmc_vc.formats.status.entry import bitstring_entry
from jmc_vc.issuing.command import IssuedAssertion
from tests.builders.forger import signed_by_issuer, unsigned
from tests.builders.installation import Installation, award, make_installation
from tests.hostile.over_http import over_http


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with over_http(make_installation(Path(tmp_path_factory.mktemp("status")))) as made:
        yield made
        made.service.database.close()


def entries_of(body: bytes) -> list[dict[str, Any]]:
    """The entry that stands in a credential, and its sibling for suspensions."""
    entry: dict[str, Any] = json.loads(body)["credentialStatus"]
    url = entry["statusListCredential"].replace("/revocation", "/suspension")
    return [entry, bitstring_entry(list_url=url, index=int(entry["statusListIndex"]), purpose="suspension")]


def suspend(installation: Installation, issued: IssuedAssertion) -> None:
    installation.service.change_status(
        issued.credential.uuid,
        StatusAction.SUSPEND,
        reason=None,
        text=None,
        actor=installation.actor(),
        now=installation.now,
    )


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["revocation-first", "suspension-first"])
def test_vj_63_one_set_entry_of_two_is_found_in_whatever_order(
    installation: Installation, order: tuple[int, int]
) -> None:
    """Open Badges has one entry, and the data model of W3C a list of them, which is read (decision 0021)."""
    suspended, other = installation.issue(award(retake=True)), installation.issue(award(retake=True))
    suspend(installation, suspended)
    # In a credential that is not suspended itself, so that only the entries can tell.
    entries = entries_of(suspended.body)
    document = {**unsigned(other.body), "credentialStatus": [entries[place] for place in order]}
    report = installation.verify(signed_by_issuer(installation, document))
    assert (report.verdict, report.summary) == ("invalid", "suspended")
    assert report.finding("schema").code == "schema.conforms"
    assert report.finding("proof").outcome == "pass"


@pytest.mark.parametrize("entry", range(2), ids=["revocation", "suspension"])
def test_vj_63_either_entry_alone_tells_of_both(installation: Installation, entry: int) -> None:
    suspended, other = installation.issue(award(retake=True)), installation.issue(award(retake=True))
    document = {**unsigned(other.body), "credentialStatus": entries_of(suspended.body)[entry]}
    body = signed_by_issuer(installation, document)
    assert installation.verify(body).verdict == "valid"
    suspend(installation, suspended)
    assert installation.verify(body).summary == "suspended"


def test_sl_16_our_own_list_is_read_without_a_call_to_ourselves(installation: Installation) -> None:
    # Sockets are closed in this test run, and nobody serves the list: a call would fail.
    report = installation.verify(installation.issue(award(retake=True)).body)
    assert report.verdict == "valid"
    assert (report.finding("status").outcome, report.finding("status").code) == ("pass", "status.clear")
