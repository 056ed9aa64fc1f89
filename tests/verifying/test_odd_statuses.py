"""Where a credential says its status otherwise than most: in two entries, or where its holder can keep it back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from jmc_vc.formats.jose import sd_jwt, vc_sd_jwt
from tests.builders.installation import NOON, Installation, make_installation
from tests.builders.outside_issuer import HOST, LIST, OutsideIssuer
from tests.simulators.network import online

ISSUER = OutsideIssuer()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = make_installation(Path(tmp_path_factory.mktemp("odd")), empty=True)
    yield installation
    installation.service.database.close()


def test_vj_63_two_entries_that_are_both_clear_are_clear(here: Installation) -> None:
    other = f"{HOST}/status/2"
    lists = {
        LIST: ISSUER.sign(ISSUER.status_list({9})),
        other: ISSUER.sign(ISSUER.status_list({9}, url=other, purpose="suspension")),
    }
    online(here, ISSUER.serves(**lists))
    entries = [ISSUER.entry(8), ISSUER.entry(8, purpose="suspension", url=other)]
    report = here.verify(ISSUER.sign(ISSUER.badge(credentialStatus=entries)), "technical")
    assert (report.verdict, report.finding("status").code) == ("valid", "status.clear")


@pytest.mark.parametrize("name", ["validUntil", "credentialStatus"])
def test_what_an_issuer_let_its_holder_hide_is_told(here: Installation, name: str) -> None:
    """Nobody sees what is hidden, so it is a note; shown, it is a credential of a kind that we do not judge."""
    ended = ISSUER.badge(validUntil=(NOON - timedelta(hours=1)).isoformat(), credentialStatus=ISSUER.entry())
    token = vc_sd_jwt.sign_credential(
        {member: value for member, value in ended.items() if member in ISSUER.badge() or member == name},
        kid=f"{ISSUER.id}#key-2",
        algorithm="ES256",
        sign=ISSUER.p256.sign,
        selectively_disclosable=[(name,)],
        salts=lambda: "AAAAAAAAAAAAAAAAAAAAAA",
        never_withheld=frozenset(),
    )
    online(here, ISSUER.serves())
    whole = here.verify(token.encode(), "technical")
    assert (whole.verdict, whole.finding("parse").code) == ("indeterminate", "disclosure.not_allowed")
    hidden = here.verify(sd_jwt.withhold(sd_jwt.read(token), [(name,)]).encode(), "technical")
    assert (hidden.verdict, [each.code for each in hidden.notes]) == ("valid", ["parse.parts_hidden"])
