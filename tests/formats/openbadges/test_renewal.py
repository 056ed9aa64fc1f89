"""OB-09: one credential or two, and which counts; OB-35: where a newer one is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.openbadges.credential import OpenBadgeCredential, read_credential
from jmc_vc.formats.openbadges.renewal import normalized, refresh_address, replaces, same_credential
from tests.builders.open_badge import badge


def _read(pointer: str | None = None, value: object = None) -> OpenBadgeCredential:
    return read_credential(badge(pointer, value))


SAME = {
    "another validFrom": ("/validFrom", "2027-01-01T00:00:00Z"),
    "another name": ("/name", "Data analysis"),
    "escapes in the id": ("/id", badge()["id"].replace("credentials", "%63redential%73")),
    "an escaped blank behind the id": ("/id", badge()["id"] + "%20"),
    "an escaped tab before the issuer": ("/issuer/id", badge()["issuer"]["id"] + "%09"),
}
OTHER = {
    "another id": ("/id", badge()["id"] + "0"),
    "another issuer": ("/issuer/id", "did:web:other.example"),
    "letters of the other case": ("/id", badge()["id"].replace("credentials", "Credentials")),
    "escapes twice over": ("/id", badge()["id"].replace("credentials", "%2563redentials")),
    "an escape that is no text": ("/id", badge()["id"] + "%FF"),
}


@pytest.mark.parametrize(("pointer", "value"), SAME.values(), ids=SAME)
def test_ob_09_one_credential_has_one_issuer_and_one_id(pointer: str, value: str) -> None:
    assert same_credential(_read(pointer, value), _read())


@pytest.mark.parametrize(("pointer", "value"), OTHER.values(), ids=OTHER)
def test_ob_09_another_issuer_or_id_is_another_credential(pointer: str, value: str) -> None:
    other = _read(pointer, value)
    assert not same_credential(other, _read())
    assert not replaces(other, _read())


@pytest.mark.parametrize(
    ("valid_from", "expected"),
    [
        ("2026-10-05T10:00:01+09:00", True),
        ("2026-10-05T10:00:00.001+09:00", True),
        ("2026-10-05T10:00:00+09:00", False),
        ("2026-10-05T01:00:00Z", False),
        ("2026-10-05T09:59:59+09:00", False),
    ],
    ids=["a second later", "a millisecond later", "the same moment", "the same moment in UTC", "earlier"],
)
def test_ob_09_only_a_newer_one_replaces(valid_from: str, expected: bool) -> None:
    assert replaces(_read("/validFrom", valid_from), _read()) is expected


@given(st.text(), st.text())
def test_equality_after_normalizing_is_no_more_than_escapes_and_blanks(one: str, other: str) -> None:
    if "%" not in one + other:
        assert (normalized(one) == normalized(other)) == (
            one.encode("utf-8", "surrogatepass").strip() == other.encode("utf-8", "surrogatepass").strip()
        )


def test_ob_35_the_address_of_a_newer_one_is_read() -> None:
    service = {"id": "https://mc.example.jp/refresh/1", "type": "1EdTechCredentialRefresh"}
    assert refresh_address(_read("/refreshService", service)) == "https://mc.example.jp/refresh/1"
    assert refresh_address(_read()) is None


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("http://169.254.169.254/", "1EdTechCredentialRefresh"),
        ("file:///etc/passwd", "1EdTechCredentialRefresh"),
        ("https://mc.example.jp/refresh/1", "VerifiableCredentialRefreshService2021"),
    ],
)
def test_ob_35_another_service_or_protocol_is_not_followed(address: str, kind: str) -> None:
    # VJ-68
    assert refresh_address(_read("/refreshService", {"id": address, "type": kind})) is None
