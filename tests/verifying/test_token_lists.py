"""Token Status Lists of other hosts: the status of SD-JWT VCs, asked here of a badge that refers to one."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.status.token_status_list import TokenStatusReference
from jmc_vc.verifying.fetch_outside import Budget
from jmc_vc.verifying.foreign_lists import NewestLists
from jmc_vc.verifying.policy import policy_named
from jmc_vc.verifying.presented import Asked
from jmc_vc.verifying.terms import Terms
from jmc_vc.verifying.work import MOST_OF_LISTS, StatusLists, Work
from tests.builders.gathering import gather_of, gathering
from tests.builders.installation import NOON, Installation, make_installation
from tests.builders.outside_issuer import LIST, OutsideIssuer
from tests.simulators.network import online

ISSUER, THIEF = OutsideIssuer(), OutsideIssuer(seed="thief")
STATES = {1: 1, 2: 2, 3: 3}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = make_installation(Path(tmp_path_factory.mktemp("token-lists")), empty=True)
    yield installation
    installation.service.database.close()


def found(here: Installation, index: int, served: bytes) -> tuple[str, str]:
    """Outcome and code of a badge at that place of the list."""
    online(here, ISSUER.serves(**{LIST: served}))
    verify = here.service.verify
    lists = replace(gather_of(verify).foreign_lists, newest=NewestLists())
    verify = gathering(verify, foreign_lists=lists)
    asked = verify.read(ISSUER.sign(ISSUER.badge()))
    asked = Asked(replace(asked.presented, statuses=(TokenStatusReference(list_url=LIST, index=index),)), asked.input)
    outside = verify.fetch_outside(verify.needs(asked), Budget())
    terms = Terms(policy=policy_named("technical"), now=NOON, work=Work())
    finding = verify.judge(asked, outside, terms).finding("status")
    return finding.outcome, finding.code


@pytest.mark.parametrize(
    ("index", "outcome", "code"),
    [
        (0, "pass", "status.clear"),
        (1, "fail", "status.revoked"),
        (2, "fail", "status.suspended"),
        (3, "unknown", "status.unsupported"),
        (5_000, "unknown", "status.range"),
    ],
)
def test_what_a_place_says(here: Installation, index: int, outcome: str, code: str) -> None:
    assert found(here, index, ISSUER.token_list(STATES)) == (outcome, code)


BAD: dict[str, tuple[bytes, str]] = {
    "SL-02 by another key": (THIEF.token_list(STATES), "status.verification"),
    "SL-03 another issuer's": (ISSUER.token_list(STATES, iss="did:web:other.example"), "status.issuer"),
    "SL-03 another issuer's key": (ISSUER.token_list(STATES, kid="did:web:other.example#k"), "status.verification"),
    "SL-10 of another address": (ISSUER.token_list(STATES, sub=f"{LIST}0"), "status.verification"),
    "SL-11 out of date": (
        ISSUER.token_list(STATES, exp=int((NOON - timedelta(minutes=6)).timestamp())),
        "status.stale",
    ),
    "VW-22 a badge in its place": (ISSUER.sign_token(ISSUER.badge()), "status.verification"),
    "no token": (json.dumps(ISSUER.status_list()).encode(), "status.format"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_list_that_does_not_hold_says_nothing(here: Installation, name: str) -> None:
    served, code = BAD[name]
    assert found(here, 1, served) == ("unknown", code)


def test_one_request_has_so_much_of_lists_read_and_no_more(here: Installation) -> None:
    lists = StatusLists()
    encoded: Any = ISSUER.status_list()["credentialSubject"]["encodedList"]
    assert len(lists.unpack(encoded)) == lists.read == 131_072 // 8
    lists.read = MOST_OF_LISTS + 1
    with pytest.raises(Error) as refused:
        lists.read_again(b"")
    assert refused.value.code == "status.limit"
