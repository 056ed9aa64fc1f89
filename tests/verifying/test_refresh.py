"""A newer version, where the issuer offers one (OV-04, OB-35): asked once, after the proof, and judged like any."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.fetching import unavailable
from jmc_vc.formats.openbadges.recipient_hash import identity_hash
from jmc_vc.verifying.check import passed
from jmc_vc.verifying.receipt import claims_of, digest_of, read_claims, receipt_of
from jmc_vc.verifying.receipt_json import receipt_json
from jmc_vc.verifying.verify_receipt import ReceiptReport
from jmc_vc.verifying.wanted import NOTHING_MORE
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


def test_a_receipt_of_a_presentation_names_what_was_judged_in_the_place_of_each(here: Installation) -> None:
    url, copy = f"{HOST}/status/1", newer()
    revoked = ISSUER.sign(ISSUER.badge(refreshService=SERVICE, credentialStatus=ISSUER.entry(9, url=url)))
    good = ISSUER.sign(ISSUER.badge(id=f"{HOST}/credentials/2"))
    network = serving(here, copy)
    network.served[url] = ISSUER.sign(ISSUER.status_list({9}, url=url))
    presentation = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [json.loads(revoked), json.loads(good)],
    }
    data = json.dumps(presentation).encode()
    asking = here.service.verify_handed_in.steps(data, policy="technical", now=here.now, wanted=NOTHING_MORE)
    receipt = receipt_of(here.service.verify.fetch_outside.until_finished(asking), data)
    assert receipt.credentials is not None
    assert [(each.verdict, each.newer_digest) for each in receipt.credentials] == [
        ("valid", digest_of(copy)), ("valid", None),
    ]  # fmt: skip
    claims = claims_of(receipt, signer="did:web:example")
    assert read_claims(claims).credentials == receipt.credentials
    shown = receipt_json(ReceiptReport(passed("receipt.genuine"), receipt))["receipt"]["credentials"]
    assert [each.get("newerDigest") for each in shown] == [digest_of(copy), None]


def person(*identifiers: Json, **changes: Any) -> Json:
    badge = ISSUER.badge(refreshService=SERVICE, **changes)
    subject = {name: value for name, value in badge["credentialSubject"].items() if name != "id"}
    return {**badge, "credentialSubject": {**subject, "identifier": list(identifiers)}}


def identified(kind: str, value: str, salt: str | None = None) -> Json:
    told = value if salt is None else identity_hash(value, salt)
    salted = {} if salt is None else {"salt": salt}
    return {"type": "IdentityObject", "identityType": kind, "hashed": salt is not None, "identityHash": told, **salted}


TARO, HANAKO = identified("name", "山田 太郎"), identified("name", "鈴木 花子")
MAIL, SALTED = identified("emailAddress", "taro@example.jp"), identified("emailAddress", "taro@example.jp", "1")
SALTED_ANEW = identified("emailAddress", "taro@example.jp", "2")
OF_HANAKO = identified("emailAddress", "hanako@example.jp", "2")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        pytest.param((TARO,), (TARO,), "refresh.newer", id="one name"),
        pytest.param((TARO,), (HANAKO,), "refresh.another", id="another name"),
        pytest.param((TARO, SALTED), (TARO, SALTED_ANEW), "refresh.newer", id="one name, hashed anew"),
        pytest.param((TARO, MAIL), (HANAKO, MAIL), "refresh.another", id="another name, one address"),
        pytest.param((TARO, MAIL), (TARO, OF_HANAKO), "refresh.another", id="one name, another address"),
        pytest.param((MAIL,), (SALTED,), "refresh.newer", id="one address, hashed since"),
        pytest.param((SALTED,), (SALTED_ANEW,), "refresh.another", id="hashes that nobody can compare"),
        pytest.param((SALTED,), (SALTED,), "refresh.newer", id="the same hash"),
        pytest.param((TARO,), (MAIL,), "refresh.another", id="nothing in common"),
    ],
)
def test_without_an_id_a_newer_version_is_taken_only_of_the_same_person(
    here: Installation, before: tuple[Json, ...], after: tuple[Json, ...], code: str
) -> None:
    """The presented one is revoked: whoever comes instead must not be somebody else."""
    url = f"{HOST}/status/1"
    network = serving(here, ISSUER.sign(person(*after, validFrom=LATER)))
    network.served[url] = ISSUER.sign(ISSUER.status_list({9}, url=url))
    report = here.verify(ISSUER.sign(person(*before, credentialStatus=ISSUER.entry(9, url=url))), "technical")
    assert report.finding("refresh").code == code
    assert report.verdict == ("valid" if code == "refresh.newer" else "invalid")


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
