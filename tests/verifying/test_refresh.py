"""A newer version, where the issuer offers one (OV-04, OB-35): asked once, after the proof, and judged like any."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.fetching import unavailable
from jmc_vc.verifying.receipt import claims_of, digest_of, read_claims, receipt_of
from tests.builders.installation import NOON, Installation, make_installation
from tests.builders.outside_issuer import HOST, OutsideIssuer
from tests.simulators.network import Network, Served, online

Json = dict[str, Any]
ISSUER = OutsideIssuer()
OTHER = OutsideIssuer(id=f"{HOST}/issuer")
ADDRESS = f"{HOST}/refresh/1"
SERVICE = {"id": ADDRESS, "type": "1EdTechCredentialRefresh"}
LATER = NOON.isoformat()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = make_installation(Path(tmp_path_factory.mktemp("refresh")), empty=True)
    yield installation
    installation.service.database.close()


def newer(issuer: OutsideIssuer = ISSUER, **changes: Any) -> bytes:
    return issuer.sign(issuer.badge(refreshService=SERVICE, **{"validFrom": LATER, "name": "Newer", **changes}))


OLD = ISSUER.sign(ISSUER.badge(refreshService=SERVICE, name="Older"))
NEXT_TERM = (NOON + timedelta(days=300)).isoformat()
SUBJECT = {**ISSUER.badge()["credentialSubject"], "id": "did:example:somebody-else"}
ANOTHER_SUBJECT = newer(credentialSubject=SUBJECT)
FORGED = json.dumps({**json.loads(newer()), "name": "Forged"}).encode()


def serving(here: Installation, copy: Served) -> Network:
    return online(here, ISSUER.serves(**{ADDRESS: copy, OTHER.id: json.dumps(OTHER.document()).encode()}))


@pytest.mark.parametrize(
    ("copy", "code", "name"),
    [
        pytest.param(newer(), "refresh.newer", "Newer", id="newer"),
        pytest.param(OLD, "refresh.newest", "Older", id="the same"),
        pytest.param(unavailable.Unreachable(), "refresh.unavailable", "Older", id="down"),
        pytest.param(unavailable.ForbiddenAddress(), "refresh.unavailable", "Older", id="VJ-68 at an internal host"),
        pytest.param(b"<html>", "refresh.unavailable", "Older", id="no credential"),
        pytest.param(FORGED, "refresh.not_genuine", "Older", id="forged"),
        pytest.param(newer(id=f"{HOST}/credentials/2"), "refresh.another", "Older", id="another id"),
        pytest.param(newer(OTHER), "refresh.another", "Older", id="another issuer"),
        pytest.param(ANOTHER_SUBJECT, "refresh.another", "Older", id="another subject"),
        pytest.param(newer(validFrom=NEXT_TERM), "refresh.newest", "Older", id="newer, from next term on"),
    ],
)
def test_what_comes_counts_if_it_is_newer_and_genuine(here: Installation, copy: Served, code: str, name: str) -> None:
    serving(here, copy)
    report = here.verify(OLD, "technical")
    assert (report.verdict, report.finding("refresh").code) == ("valid", code)
    assert report.credential is not None
    assert report.credential.name == name
    assert [each.code for each in report.notes] == ([code] if code == "refresh.newer" else [])


def test_a_newer_version_that_was_revoked_is_revoked(here: Installation) -> None:
    url = f"{HOST}/status/1"
    network = serving(here, newer(credentialStatus=ISSUER.entry(9, url=url)))
    network.served[url] = ISSUER.sign(ISSUER.status_list({9}, url=url))
    report = here.verify(OLD, "technical")
    assert (report.verdict, report.summary) == ("invalid", "revoked")
    assert report.finding("refresh").code == "refresh.newer"


def test_a_receipt_names_what_was_handed_in_and_what_was_judged(here: Installation) -> None:
    url, copy = f"{HOST}/status/1", newer()
    revoked = ISSUER.sign(ISSUER.badge(refreshService=SERVICE, credentialStatus=ISSUER.entry(9, url=url)))
    network = serving(here, copy)
    network.served[url] = ISSUER.sign(ISSUER.status_list({9}, url=url))
    receipt = receipt_of(here.verify(revoked, "technical"), revoked)
    assert (receipt.verdict, receipt.digest, receipt.newer_digest) == ("valid", digest_of(revoked), digest_of(copy))
    assert read_claims(claims_of(receipt, signer="did:web:example")) == replace(
        receipt, checked_at=receipt.checked_at.replace(microsecond=0)
    )


def test_it_is_asked_once_and_not_asked_in_its_turn(here: Installation) -> None:
    network = serving(here, newer())
    here.verify(OLD, "technical")
    assert network.asked == [ISSUER.document_url, ADDRESS]


def test_sl_16_we_do_not_ask_ourselves(here: Installation) -> None:
    address = f"{here.service.site.base_url}/credentials/1".replace("http:", "https:")
    own = {**SERVICE, "id": address}
    network = online(here, ISSUER.serves())
    network.served[address] = newer()
    fetch = replace(here.service.verify.fetch_outside, own_address=address.removesuffix("/credentials/1"))
    verify = replace(here.service.verify, fetch_outside=fetch)
    report = verify(ISSUER.sign(ISSUER.badge(refreshService=own)), policy="technical", now=here.now)
    assert (report.verdict, report.finding("refresh").code) == ("valid", "refresh.unavailable")
    assert network.asked == [ISSUER.document_url]


def test_nobody_is_asked_for_a_newer_version_of_a_forgery(here: Installation) -> None:
    network = serving(here, newer())
    report = here.verify(json.dumps({**json.loads(OLD), "name": "x"}).encode(), "technical")
    assert (report.verdict, report.finding("refresh").code) == ("invalid", "refresh.not_asked")
    assert network.asked == [ISSUER.document_url]


def test_without_an_offer_there_is_nothing_to_ask(here: Installation) -> None:
    serving(here, newer())
    assert here.verify(ISSUER.sign(ISSUER.badge()), "technical").finding("refresh").code == "refresh.not_offered"
