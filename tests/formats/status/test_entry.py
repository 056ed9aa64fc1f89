"""Status entries, read strictly."""

from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.status.entry import status_entry
from jmc_vc.sentences import SENTENCES

ENTRY = {
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
}


def test_an_entry_is_read() -> None:
    entry = status_entry(dict(ENTRY))
    assert (entry.index, entry.purpose, entry.size, entry.messages) == (94567, "revocation", 1, ())
    assert entry.list_url == ENTRY["statusListCredential"]


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


@pytest.mark.parametrize("kind", ["1EdTechRevocationList", "StatusList2021Entry", ["Other"]])
def test_another_type_of_entry_is_unsupported_and_not_wrong(kind: Any) -> None:
    # VJ-62
    with pytest.raises(Error) as refusal:
        status_entry({**ENTRY, "type": kind})
    assert refusal.value.code == "status.unsupported"


def test_an_entry_of_two_bits_has_four_messages() -> None:
    entry = status_entry({**ENTRY, "statusSize": 2, "statusMessage": _messages(4)})
    assert entry.messages == ((0, "state 0"), (1, "state 1"), (2, "state 2"), (3, "state 3"))
