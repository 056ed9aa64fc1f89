"""Status entries, read strictly."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.status.entry import (
    BitstringStatusListEntry,
    RevocationListEntry,
    bitstring_entry,
    revocation_list_entry,
    status_entry,
)
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.sentences import SENTENCES
from tests.builders.refusals import refused_code

ENTRY: dict[str, Any] = {
    "id": "https://mc.example.jp/status/3/revocation#94567",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "94567",
    "statusListCredential": "https://mc.example.jp/status/3/revocation",
}


def _messages(count: int) -> list[Any]:
    return [{"status": hex(value), "message": f"state {value}"} for value in range(count)]


BAD_INDEXES: list[Any] = [
    "-1", str(2**63), "1e3", "0x10", "007", "+1", " 1", "1 ", "1\n", "1.0", "", "１", "1_0", 94567, None, ["1"], True,
    str(16 * 1024 * 1024 * 8),
]  # fmt: skip

BAD_FORMS: dict[str, dict[str, Any]] = {
    "SL-13 three messages for two bits": {"statusSize": 2, "statusMessage": _messages(3)},
    "SL-13 size 0": {"statusSize": 0},
    "SL-13 size 10^9": {"statusSize": 10**9},
    "size is true": {"statusSize": True},
    "size is a text": {"statusSize": "1"},
    "size is negative": {"statusSize": -1},
    "no messages for two bits": {"statusSize": 2},
    "a message twice": {"statusSize": 1, "statusMessage": [_messages(1)[0]] * 2},
    "a message in another notation": {
        "statusMessage": [{"status": "0", "message": "a"}, {"status": "1", "message": "b"}]
    },
    "a message without text": {"statusMessage": [{"status": "0x0"}, {"status": "0x1", "message": "b"}]},
    "empty list of messages": {"statusMessage": []},
    "no purpose": {"statusPurpose": ""},
    "purpose is a list": {"statusPurpose": ["revocation"]},
    "list is no address": {"statusListCredential": "list-3"},
    "list is an object": {"statusListCredential": {"id": "https://a.example/1"}},
    "id is that of the list": {"id": ENTRY["statusListCredential"]},
    "id is no address": {"id": "x"},
    "reference is no address": {"statusReference": "see our handbook"},
    "one of the references is no address": {"statusReference": ["https://a.example/dictionary", 7]},
}


def _read(**changes: Any) -> BitstringStatusListEntry:
    entry = status_entry({**ENTRY, **changes})
    assert isinstance(entry, BitstringStatusListEntry)
    return entry


def test_bs_01_an_entry_is_read() -> None:
    entry = _read()
    assert (entry.index, entry.purpose, entry.size, entry.messages) == (94567, "revocation", 1, ())
    assert entry.list_url == ENTRY["statusListCredential"]


def test_bs_01_an_entry_needs_no_id() -> None:
    assert status_entry({name: member for name, member in ENTRY.items() if name != "id"}) == _read()


@pytest.mark.parametrize("name", ["statusPurpose", "statusListIndex", "statusListCredential"])
def test_bs_01_an_entry_needs_its_other_members(name: str) -> None:
    with pytest.raises(Error, match=r"status\.(index|format)"):
        status_entry({member: value for member, value in ENTRY.items() if member != name})


@pytest.mark.parametrize("index", BAD_INDEXES, ids=repr)
def test_an_index_is_a_plain_decimal_number_in_text(index: Any) -> None:
    # VJ-65
    with pytest.raises(Error) as refusal:
        status_entry({**ENTRY, "statusListIndex": index})
    assert (refusal.value.code, refusal.value.pointer) == ("status.index", "/credentialStatus/statusListIndex")


@pytest.mark.parametrize("changes", BAD_FORMS.values(), ids=BAD_FORMS)
def test_an_entry_that_contradicts_itself_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Error) as refusal:
        status_entry({**ENTRY, **changes})
    assert refusal.value.code == "status.format"
    assert refusal.value.code in SENTENCES


@pytest.mark.parametrize("kind", ["StatusList2021Entry", ["Other"], "1EdTechRevocationlist"])
def test_another_type_of_entry_is_unsupported_and_not_wrong(kind: Any) -> None:
    # VJ-62
    with pytest.raises(Error) as refusal:
        status_entry({**ENTRY, "type": kind})
    assert refusal.value.code == "status.unsupported"


@pytest.mark.parametrize("purpose", ["revocation", "suspension", "refresh", "message", "an issuer's own"])
def test_bs_01_every_purpose_is_read(purpose: str) -> None:
    assert _read(statusPurpose=purpose).purpose == purpose


def test_bs_01_an_entry_of_two_bits_has_four_messages() -> None:
    entry = _read(statusSize=2, statusMessage=_messages(4))
    assert entry.messages == ((0, "state 0"), (1, "state 1"), (2, "state 2"), (3, "state 3"))


@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_bs_01_an_entry_has_a_message_for_each_value(size: int) -> None:
    assert len(_read(statusSize=size, statusMessage=_messages(1 << size)).messages) == 1 << size


def test_bs_01_references_are_one_address_or_several() -> None:
    one, other = "https://a.example/dictionary", "https://b.example/dictionary"
    assert _read(statusReference=one).references == (one,)
    assert _read(statusReference=[one, other]).references == (one, other)
    assert _read().references == ()


def test_what_we_write_as_an_entry_we_read() -> None:
    written = bitstring_entry(list_url=ENTRY["statusListCredential"], index=94567, purpose="revocation")
    assert written == ENTRY
    assert status_entry(written) == _read()


def test_ob_33_an_entry_may_name_a_revocation_list_by_its_id() -> None:
    written = revocation_list_entry(list_url="https://mc.example.jp/revocations/3")
    assert written == {"id": "https://mc.example.jp/revocations/3", "type": "1EdTechRevocationList"}
    assert status_entry(written) == RevocationListEntry("https://mc.example.jp/revocations/3")
    assert status_entry({**written, "type": ["1EdTechRevocationList", "Own"]}) == status_entry(written)


@pytest.mark.parametrize("changes", [{"id": None}, {"id": "list"}, {"id": ["https://a.example"]}, {"id": ""}], ids=repr)
def test_ob_33_an_entry_that_names_no_revocation_list_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Error) as refusal:
        status_entry({"type": "1EdTechRevocationList", **changes})
    assert (refusal.value.code, refusal.value.pointer) == ("status.format", "/credentialStatus/id")


_MEMBERS = [
    "id", "type", "statusPurpose", "statusListIndex", "statusListCredential", "statusSize", "statusMessage",
    "statusReference", "status", "message",
]  # fmt: skip
_VALUES = (
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from(["BitstringStatusListEntry", "1EdTechRevocationList", "https://a.example/1", "0", "0x0", "0x1"])
)  # fmt: skip
_JSON = st.recursive(
    _VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_MEMBERS), inner, max_size=8),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(_MEMBERS), _JSON, max_size=8), st.booleans())
def test_whatever_comes_as_an_entry_is_read_or_refused_with_a_code(changes: JsonObject, whole: bool) -> None:
    code = refused_code(lambda: status_entry({**ENTRY, **changes} if whole else changes))
    assert code in {None, "status.unsupported", "status.index", "status.format"}
