"""What the page says of a credential whose signature rests on a stolen key."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders.forger import signed_by_issuer, unsigned
from tests.builders.installation import OPERATOR, Installation, make_installation
from tests.builders.web import WebClient, web_client

SAID = {
    "ja": ("新しい鍵で再発行された証明", "失効の前に発行された記録がありません", "発行の記録がありません"),
    "en": ("re-issued copy", "no record of an issue before", "no record of the issue"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, WebClient]]:
    installation = make_installation(Path(tmp_path_factory.mktemp("stolen")))
    with web_client(installation.service) as client:
        yield installation, client
    installation.service.database.close()


def page(client: WebClient, body: bytes, language: str) -> str:
    file = {"file": ("credential.json", body)}
    answer = client.post(f"/verify?lang={language}", headers={"accept": "text/html"}, files=file)
    assert answer.status_code == 200
    return answer.text


def test_head_and_reason_fit_the_worth_of_the_signature(house: tuple[Installation, WebClient]) -> None:
    installation, client = house
    good = installation.issue().body
    forged = signed_by_issuer(
        installation, unsigned(good), created=installation.now - timedelta(days=1), on_record=False
    )
    unlogged = {language: page(client, forged, language) for language in SAID}
    installation.clock.move(hours=1)
    installation.service.compromise_key(
        "hoshimigaoka", "key-1", since=installation.now, reason="stolen", actor=OPERATOR, now=installation.now
    )
    for language, (advice, revoked, not_logged) in SAID.items():
        valid, invalid = page(client, good, language), page(client, forged, language)
        head = valid.partition("<dl")[0]
        assert advice in head
        assert "key.revoked_logged_before" in valid
        assert revoked in invalid.partition("<dl")[0]
        assert "key.revoked" in invalid
        assert not_logged in unlogged[language]
        assert advice not in invalid
