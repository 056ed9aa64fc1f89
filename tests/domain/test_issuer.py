from dataclasses import replace
from datetime import date

import pytest

from jmc_vc.domain.issuer import (
    MOVES,
    IllegalMove,
    Issuer,
    IssuerState,
    IssuerSuspended,
    NotRegisteredOnAwardDate,
    RegistrationEnded,
    UnusableSlug,
    check_slug,
    ensure_may_sign,
    reinstate,
    suspend,
)

ISSUER = Issuer(
    number="JMC-I-90001",
    slug="hoshimigaoka",
    name_ja="星見ヶ丘大学（架空）",
    name_en="Hoshimigaoka University (fictional)",
    name_kana="ホシミガオカダイガク",
    org_type="university",
    country="JP",
    region="JP-13",
    url="https://hoshimigaoka.example",
    email=None,
    state=IssuerState.REGISTERED,
    registered_from=date(2026, 4, 1),
    registered_until=date(2029, 3, 31),
    fictional=True,
)


def test_inv_02_a_registered_issuer_may_sign_from_the_first_to_the_last_day() -> None:
    ensure_may_sign(ISSUER, date(2026, 4, 1), date(2026, 4, 1))
    ensure_may_sign(ISSUER, date(2029, 3, 31), date(2029, 3, 31))
    ensure_may_sign(replace(ISSUER, registered_until=None), date(2040, 1, 1), date(2040, 1, 1))


def test_inv_02_a_suspended_issuer_cannot_sign_whatever_the_award_date() -> None:
    with pytest.raises(IssuerSuspended) as refusal:
        ensure_may_sign(suspend(ISSUER), date(2026, 5, 1), date(2026, 5, 1))
    assert refusal.value.code == "issuer_suspended"
    ensure_may_sign(reinstate(suspend(ISSUER)), date(2026, 5, 1), date(2026, 5, 1))


def test_inv_02_the_issuer_was_registered_on_the_award_date_and_is_now() -> None:
    with pytest.raises(NotRegisteredOnAwardDate):
        ensure_may_sign(ISSUER, date(2026, 3, 31), date(2026, 5, 1))
    with pytest.raises(RegistrationEnded):
        ensure_may_sign(ISSUER, date(2029, 3, 31), date(2029, 4, 1))


def test_the_table_of_moves_is_total_and_leads_nowhere_twice() -> None:
    assert set(MOVES) == set(IssuerState)
    with pytest.raises(IllegalMove):
        suspend(suspend(ISSUER))
    with pytest.raises(IllegalMove):
        reinstate(ISSUER)


@pytest.mark.parametrize("slug", ["a", "hoshimigaoka", "hekiha-care", "u2", "a" * 63])
def test_a_slug_of_lower_case_letters_digits_and_inner_hyphens_is_taken(slug: str) -> None:
    check_slug(slug)


@pytest.mark.parametrize(
    "slug", ["", "jmc", "A", "-a", "a-", "a" * 64, "a.b", "a/b", "..", "a%2Fb", "a:b", "大学", "a b", "a\n", "ａ"]
)
def test_a_slug_that_a_did_would_have_to_encode_is_refused(slug: str) -> None:
    with pytest.raises(UnusableSlug):
        check_slug(slug)
