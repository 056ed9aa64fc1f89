"""The list credential: what we make conforms, what others send is read strictly, and what it says of an entry."""

import gzip
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.openbadges.schema import Schema, violations
from jmc_vc.formats.status.bitstring import MINIMUM, bit, decode, encode
from jmc_vc.formats.status.entry import BitstringStatusListEntry, bitstring_entry, status_entry
from jmc_vc.formats.status.result import StatusResult
from jmc_vc.formats.status.status_list_credential import (
    DEFAULT_TTL,
    LONGEST_TTL,
    read_status,
    read_status_list,
    require_issuer,
    status_list_credential,
)
from jmc_vc.sentences import SENTENCES
from tests.builders.refusals import refused_code

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


def test_bs_02_our_list_conforms_and_reads_back() -> None:
    assert violations(_list(), Schema.STATUS_LIST) == ()
    found = read_status_list(_list(), url=URL, purpose="revocation")
    assert (found.issuer, found.purposes, found.ttl_ms) == (ISSUER, ("revocation",), 5_000)
    assert found.valid_until is not None
    assert found.valid_until.text == "2026-10-02T00:00:00Z"
    assert bit(decode(found.encoded_list), 5)


def test_vc_07_a_time_without_an_offset_is_read_as_utc() -> None:
    found = read_status_list(_list(validUntil="2026-10-02T00:00:00"), url=URL, purpose="revocation")
    assert found.valid_until is not None
    assert found.valid_until.instant == datetime(2026, 10, 2, tzinfo=UTC)


@pytest.mark.parametrize("bad", ["2026-10-02", "soon", "2026-10-02T00:00:00ZZ", 5, None])
def test_a_date_that_is_none_is_refused(bad: Any) -> None:
    assert (
        refused_code(lambda: read_status_list(_list(validUntil=bad), url=URL, purpose="revocation")) == "status.format"
    )


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


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "SL-04 for another purpose": ({"credentialSubject": _subject(statusPurpose="suspension")}, "status.purpose"),
    "SL-04 for no purpose": ({"credentialSubject": _subject(statusPurpose=[])}, "status.purpose"),
    "purpose in a list in a list": ({"credentialSubject": _subject(statusPurpose=[["revocation"]])}, "status.format"),
    "purpose is null": ({"credentialSubject": _subject(statusPurpose=None)}, "status.format"),
    "SL-10 id of another list": ({"id": "https://mc.example.jp/status/4/revocation"}, "status.verification"),
    "VJ-04 empty id": ({"id": ""}, "status.verification"),
    "SL-10 id is null": ({"id": None}, "status.verification"),
    "SL-12 points at itself": ({"credentialStatus": bitstring_entry(list_url=URL, index=7, purpose="revocation")},
                               "status.nested"),
    "SL-12 points at a second list": ({"credentialStatus": {"id": "https://b.example", "type": "Other"}},
                                      "status.nested"),
    "not the type of a list": ({"type": ["VerifiableCredential"]}, "status.format"),
    "not a credential": ({"type": ["BitstringStatusListCredential"]}, "status.format"),
    "a list of one subject": ({"credentialSubject": [_subject()]}, "status.format"),
    "subject of another type": ({"credentialSubject": _subject(type="StatusList2021")}, "status.format"),
    "encodedList is a number": ({"credentialSubject": _subject(encodedList=7)}, "status.format"),
    "ttl is negative": ({"credentialSubject": _subject(ttl=-1)}, "status.format"),
    "ttl is a fraction": ({"credentialSubject": _subject(ttl=0.5)}, "status.format"),
    "ttl is a text": ({"credentialSubject": _subject(ttl="5000")}, "status.format"),
    "ttl is larger than dates can be": ({"credentialSubject": _subject(ttl=LONGEST_TTL + 1)}, "status.format"),
    "ttl is true": ({"credentialSubject": _subject(ttl=True)}, "status.format"),
    "validUntil is no moment": ({"validUntil": "tomorrow"}, "status.format"),
    "issuer is a list": ({"issuer": ["did:web:a.example"]}, "status.format"),
    "issuer without id": ({"issuer": {"name": "x"}}, "status.format"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "code"), REFUSED.values(), ids=REFUSED)
def test_a_list_that_is_not_the_one_asked_for_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Error) as refusal:
        read_status_list(_list(**changes), url=URL, purpose="revocation")
    assert refusal.value.code == code
    assert code in SENTENCES


def test_sl_03_a_list_of_another_issuer_says_nothing_about_the_credential() -> None:
    found = read_status_list(_list(), url=URL, purpose="revocation")
    require_issuer(found, ISSUER)
    with pytest.raises(Error) as refusal:
        require_issuer(found, "did:web:other.example")
    assert refusal.value.code == "status.issuer"


def _entry(index: int, **changes: Any) -> BitstringStatusListEntry:
    entry = status_entry({**bitstring_entry(list_url=URL, index=index, purpose="revocation"), **changes})
    assert isinstance(entry, BitstringStatusListEntry)
    return entry


def _packed(values: dict[int, int], size: int, entries: int = MINIMUM) -> str:
    """An `encodedList` of entries of `size` bits, written bit by bit."""
    number = 0
    for index, value in values.items():
        number |= value << (entries - 1 - index) * size
    return "u" + base64url.encode(gzip.compress(number.to_bytes(entries * size // 8), mtime=0))


def _said(entry: BitstringStatusListEntry, encoded: str) -> StatusResult:
    document = _list(credentialSubject=_subject(statusPurpose=entry.purpose, encodedList=encoded))
    return read_status(read_status_list(document, url=URL, purpose=entry.purpose), entry)


@pytest.mark.parametrize(
    ("purpose", "invalidates"),
    [("revocation", True), ("suspension", True), ("refresh", False), ("message", False), ("own", False)],
)
def test_bs_03_a_set_bit_invalidates_only_by_revocation_and_suspension(purpose: str, invalidates: bool) -> None:
    result = _said(_entry(5, statusPurpose=purpose), encode({5}, MINIMUM))
    assert (result.purpose, result.value, result.valid, result.invalidates) == (purpose, 1, False, invalidates)
    result = _said(_entry(6, statusPurpose=purpose), encode({5}, MINIMUM))
    assert (result.value, result.valid, result.invalidates) == (0, True, False)


@pytest.mark.parametrize("size", [1, 2, 3, 8])
def test_bs_03_a_message_is_that_of_the_value(size: int) -> None:
    messages = [{"status": hex(value), "message": f"state {value}"} for value in range(1 << size)]
    highest = (1 << size) - 1
    encoded = _packed({0: 1, 9: highest, MINIMUM - 1: highest}, size)
    for index, value in ((0, 1), (1, 0), (9, highest), (MINIMUM - 1, highest)):
        result = _said(_entry(index, statusPurpose="message", statusSize=size, statusMessage=messages), encoded)
        assert (result.value, result.message, result.invalidates) == (value, f"state {value}", False)


UNREADABLE: dict[str, tuple[dict[str, Any], str, str]] = {
    "SL-05 past the end": ({"statusListIndex": str(MINIMUM)}, encode(set(), MINIMUM), "status.range"),
    "SL-07 too few bits": ({}, "u" + base64url.encode(gzip.compress(bytes(100))), "status.length"),
    "SL-07 too few entries of two bits": (
        {"statusSize": 2, "statusMessage": [{"status": hex(value), "message": "x"} for value in range(4)]},
        encode(set(), MINIMUM),
        "status.length",
    ),
    "SL-15 no u": ({}, encode(set(), MINIMUM)[1:], "status.encoding"),
    "SL-15 padded": ({}, encode(set(), MINIMUM) + "=", "status.encoding"),
}


@pytest.mark.parametrize(("changes", "encoded", "code"), UNREADABLE.values(), ids=UNREADABLE)
def test_bs_03_a_list_that_cannot_be_read_says_why(changes: dict[str, Any], encoded: str, code: str) -> None:
    with pytest.raises(Error) as refusal:
        _said(_entry(5, **changes), encoded)
    assert refusal.value.code == code


def test_sl_04_a_list_read_for_one_purpose_does_not_answer_for_another() -> None:
    found = read_status_list(_list(), url=URL, purpose="revocation")
    with pytest.raises(Error) as refusal:
        read_status(found, _entry(5, statusPurpose="suspension"))
    assert refusal.value.code == "status.purpose"


_NAMES = st.sampled_from([*_subject(), "id"])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | st.text(max_size=8)
    | st.sampled_from([URL, ISSUER, "revocation", "BitstringStatusList", "2026-10-01T00:00:00Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(sorted({*_list()} - {"id"})), _JSON), st.dictionaries(
    st.sampled_from(sorted(_subject())), _JSON))  # fmt: skip
def test_whatever_comes_as_a_list_is_read_or_refused_with_a_code(changes: Any, subject_changes: Any) -> None:
    document = {**_list(), "credentialSubject": _subject(**subject_changes), **changes}
    code = refused_code(lambda: read_status(read_status_list(document, url=URL, purpose="revocation"), _entry(5)))
    assert code in {None, "status.purpose", "status.format", "status.encoding", "status.length"}
