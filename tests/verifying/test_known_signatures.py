"""A status list is verified once for all who share it; what it says, and whether it counts, is looked up each time."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.signature import BadSignature
from jmc_vc.verifying.known_signatures import KnownSignatures
from tests.builders.installation import Installation, make_installation
from tests.builders.outside_issuer import LIST, OutsideIssuer
from tests.simulators.network import Network, online

ISSUER, ANOTHER_KEY = OutsideIssuer(), OutsideIssuer(seed="next year")
KEY = ISSUER.ed25519.public_key
BADGES = [ISSUER.sign(ISSUER.badge(credentialStatus=ISSUER.entry(index))) for index in (7, 8)]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = make_installation(Path(tmp_path_factory.mktemp("known")), empty=True)
    yield installation
    installation.service.database.close()


@pytest.fixture
def network(here: Installation) -> Network:
    """On which a list was read already, and found right."""
    network = online(here, ISSUER.serves(**{LIST: ISSUER.sign(ISSUER.status_list({9}))}))
    assert [here.verify(badge, "technical").verdict for badge in BADGES] == ["valid", "valid"]
    return network


def found(here: Installation) -> list[tuple[str, str]]:
    reports = [here.verify(badge, "technical") for badge in BADGES]
    return [(report.verdict, report.finding("status").code) for report in reports]


def test_a_revocation_is_seen_at_once(here: Installation, network: Network) -> None:
    network.served[LIST] = ISSUER.sign(ISSUER.status_list({7, 9}))
    assert found(here) == [("invalid", "status.revoked"), ("valid", "status.clear")]


def test_the_signature_of_a_known_list_vouches_for_no_other(here: Installation, network: Network) -> None:
    signed = json.loads(ISSUER.sign(ISSUER.status_list({9})))
    network.served[LIST] = json.dumps({**ISSUER.status_list({7}), "proof": signed["proof"]}).encode()
    assert found(here) == [("indeterminate", "status.verification")] * 2


def test_a_known_list_does_not_count_when_its_key_is_no_longer_the_issuers(
    here: Installation, network: Network
) -> None:
    network.served[ISSUER.document_url] = json.dumps(ANOTHER_KEY.document()).encode()
    again = ANOTHER_KEY.sign(ANOTHER_KEY.badge(credentialStatus=ANOTHER_KEY.entry()))
    report = here.verify(again, "technical")
    assert (report.verdict, report.finding("status").code) == ("indeterminate", "status.verification")
    assert report.finding("key").code == "key.bound"


def test_it_is_verified_once_and_forgotten_when_there_are_many() -> None:
    known, verified = KnownSignatures(most=2), list[bytes]()
    for data in (b"a", b"a", b"b", b"a", b"c", b"a", b"b"):
        known.require(data, 0, lambda _, data=data: verified.append(data), KEY)  # type: ignore[misc]
    assert verified == [b"a", b"b", b"c", b"b"]


def test_what_is_wrong_is_verified_again_and_so_is_every_other_key_and_place() -> None:
    known, asked = KnownSignatures(), list[PublicKey]()

    def wrong(key: PublicKey) -> None:
        asked.append(key)
        raise BadSignature

    known.require(b"a", 0, lambda _: None, KEY)
    for place, key in ((1, KEY), (1, KEY), (0, ANOTHER_KEY.ed25519.public_key)):
        with pytest.raises(BadSignature):
            known.require(b"a", place, wrong, key)
    assert len(asked) == 3
