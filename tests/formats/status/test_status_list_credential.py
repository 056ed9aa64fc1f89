"""The list credential: what we make conforms, what others send is read strictly."""

from datetime import UTC, datetime
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.openbadges.schema import Schema, violations
from jmc_vc.formats.status.bitstring import MINIMUM, bit, decode, encode
from jmc_vc.formats.status.status_list_credential import DEFAULT_TTL, read_status_list, status_list_credential

URL = "https://mc.example.jp/status/3/revocation"
ISSUER = "did:web:mc.example.jp"


def _list(**changes: Any) -> dict[str, Any]:
    made = status_list_credential(
        id=URL,
        issuer=ISSUER,
        purpose="revocation",
        encoded_list=encode({5}, MINIMUM),
        valid_from=datetime(2026, 10, 1, tzinfo=UTC),
        valid_until=datetime(2026, 10, 2, tzinfo=UTC),
        ttl_ms=5_000,
    )
    return {**made, **changes}


def _subject(**changes: Any) -> dict[str, Any]:
    return {**_list()["credentialSubject"], **changes}


def test_our_list_conforms_and_reads_back() -> None:
    assert violations(_list(), Schema.STATUS_LIST) == ()
    found = read_status_list(_list(), url=URL, purpose="revocation")
    assert (found.issuer, found.purposes, found.ttl_ms) == (ISSUER, ("revocation",), 5_000)
    assert found.valid_until is not None
    assert found.valid_until.text == "2026-10-02T00:00:00Z"
    assert bit(decode(found.encoded_list), 5)


def test_type_is_a_list_and_issuer_a_text() -> None:
    # SF-08
    assert isinstance(_list()["type"], list)
    assert isinstance(_list()["issuer"], str)


def test_a_list_for_several_purposes_and_an_issuer_object_are_read() -> None:
    document = _list(
        issuer={"id": ISSUER, "name": "JMC"},
        credentialSubject={**_subject(statusPurpose=["revocation", "suspension"])},
    )
    del document["credentialSubject"]["ttl"]
    found = read_status_list(document, url=URL, purpose="suspension")
    assert (found.issuer, found.ttl_ms) == (ISSUER, DEFAULT_TTL)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"credentialSubject": _subject(statusPurpose="suspension")}, "status.purpose"),  # SL-04
        ({"credentialSubject": _subject(statusPurpose=[])}, "status.purpose"),
        ({"credentialSubject": _subject(statusPurpose=[["revocation"]])}, "status.format"),
        ({"credentialSubject": _subject(statusPurpose=None)}, "status.format"),
        ({"id": "https://mc.example.jp/status/4/revocation"}, "status.verification"),
        ({"id": ""}, "status.verification"),  # VJ-04
        ({"id": None}, "status.verification"),
        ({"type": ["VerifiableCredential"]}, "status.format"),
        ({"type": ["BitstringStatusListCredential"]}, "status.format"),
        ({"credentialSubject": [_subject()]}, "status.format"),
        ({"credentialSubject": _subject(type="StatusList2021")}, "status.format"),
        ({"credentialSubject": _subject(encodedList=7)}, "status.format"),
        ({"credentialSubject": _subject(ttl=-1)}, "status.format"),
        ({"credentialSubject": _subject(ttl=0.5)}, "status.format"),
        ({"credentialSubject": _subject(ttl="5000")}, "status.format"),
        ({"validUntil": "tomorrow"}, "status.format"),
        ({"issuer": ["did:web:a.example"]}, "status.format"),
        ({"issuer": {"name": "x"}}, "status.format"),
    ],
)
def test_a_list_that_is_not_the_one_asked_for_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Error) as refusal:
        read_status_list(_list(**changes), url=URL, purpose="revocation")
    assert refusal.value.code == code
