"""What the running service issues for its example programs: each peer that has the form accepts it with the keys,
contexts and lists that the service publishes, and refuses it when it was altered."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from jmc_vc.domain.issuing_settings import IssuingProfile, JwtAlgorithm
from tests.interop.formats import FORMATS
from tests.interop.judged import as_it_should, judged
from tests.interop.matrix import TABLE, THERE, row
from tests.interop.parties.party import HOLDER, OURS, Party
from tests.interop.served import Served

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

FORMS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "openbadge-eddsa-rdfc-2022": ("json", {"profile": IssuingProfile.DATA_INTEGRITY_EDDSA}),
    "openbadge-ecdsa-rdfc-2019-p256": ("json", {"profile": IssuingProfile.DATA_INTEGRITY_ECDSA}),
    "openbadge-jwt-es256": ("jwt", {"profile": IssuingProfile.VC_JWT}),
    "openbadge-jwt-rs256": ("jwt", {"profile": IssuingProfile.BOTH, "jwt_algorithm": JwtAlgorithm.RS256}),
    "sd-jwt-vc": ("sd-jwt", {"sd_jwt_vc": True}),
}
"""Format → the form in which the service has it, and the issuing settings of a program that make it. The RS256 token is
around an embedded proof, as of programs that have both."""
CELLS = [
    pytest.param(format_, peer, marks=row(format_, peer, THERE), id=f"{format_}-{peer}")
    for format_ in FORMS
    for peer, ways in TABLE[format_].items()
    if THERE in ways
]


@pytest.fixture(scope="module")
def issued(served: Served, sides: Mapping[str, Party]) -> Callable[[str], Any]:
    """The credential of a format, made once: an SD-JWT as its holder shows it."""
    made: dict[str, Any] = {}

    def issue(format_: str) -> Any:
        if format_ not in made:
            form, settings = FORMS[format_]
            answer = served.issue_as(settings, did=HOLDER.did_jwk)
            url = answer["links"]["forms"][form]
            made[format_] = served.fetch_json(url) if form == "json" else served.fetch(url).decode()
            if form == "sd-jwt":
                made[format_] = sides[OURS].show(FORMATS[format_], made[format_])
        return made[format_]

    return issue


@pytest.mark.parametrize(("format_", "peer"), CELLS)
def test_a_peer_accepts_what_the_service_issues_unless_it_was_altered(
    sides: Mapping[str, Party], issued: Callable[[str], Any], format_: str, peer: str
) -> None:
    credential = issued(format_)
    assert judged(sides[peer], format_, credential) == as_it_should(credential)


@pytest.mark.parametrize(
    "peer",
    [
        pytest.param(peer, marks=row("openbadge-eddsa-rdfc-2022", peer, THERE))
        for peer in TABLE["openbadge-eddsa-rdfc-2022"]
    ],
)
def test_a_peer_accepts_a_badge_of_each_program(served: Served, sides: Mapping[str, Party], peer: str) -> None:
    badges = served.issue_one_of_each()
    assert sides[peer].accept(FORMATS["openbadge-eddsa-rdfc-2022"], badges) == [True] * len(badges)
