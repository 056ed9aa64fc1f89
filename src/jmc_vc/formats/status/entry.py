"""The `credentialStatus` of a credential: in which list, and where in it, its status stands.

Two kinds are read: BitstringStatusListEntry (https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry)
and 1EdTechRevocationList (https://www.imsglobal.org/spec/vcrl/v1p0/), whose `id` is the address of the list.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.openbadges.member import AgainstSchema, Node
from jmc_vc.formats.status.compressed import LARGEST
from jmc_vc.formats.strict_json import JsonObject, JsonValue

BITSTRING_ENTRY = "BitstringStatusListEntry"
REVOCATION_LIST = "1EdTechRevocationList"

LARGEST_STATUS_SIZE = 8
"""Bits an entry: every value needs a message of its own, and nobody writes more than 256."""

_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
_STATUS = re.compile(r"0x[0-9A-Fa-f]{1,4}")


class UnsupportedStatus(Unacceptable):
    """The credential says its status in a way that we cannot read."""

    code = "status.unsupported"


class BadIndex(Unacceptable):
    """The index is not a plain decimal number in the form that belongs there, or larger than any list can be."""

    code = "status.index"


class BadStatusFormat(Unacceptable):
    """A member of the status entry or list is missing or contradicts another."""

    code = "status.format"


@dataclass(frozen=True, kw_only=True)
class BitstringStatusListEntry:
    """`size` is the number of bits of the entry; `messages` pairs its values with texts, none for one bit without;
    `references` are addresses for people, never opened by the service."""

    purpose: str
    index: int
    list_url: str
    size: int
    messages: tuple[tuple[int, str], ...]
    references: tuple[str, ...]


@dataclass(frozen=True)
class RevocationListEntry:
    """The address of a list of revoked ids; the credential's own `id` is what is looked for in it."""

    list_url: str


StatusEntry: TypeAlias = BitstringStatusListEntry | RevocationListEntry


def status_entry(entry: JsonObject, *, pointer: str = "/credentialStatus") -> StatusEntry:
    """The entry that the `credentialStatus` object `entry` is.

    Raises status.unsupported for another type, status.index for an index that is not what `String(int)` writes (`-1`,
    `1e3`, `0x10`, `007`, a number instead of text, 2^63), and status.format for the rest."""
    node = Node(entry, pointer)
    try:
        types = node.types()
        if BITSTRING_ENTRY in types:
            return _bitstring_entry(node)
        if REVOCATION_LIST in types:
            return RevocationListEntry(node.id())
    except AgainstSchema as err:
        raise BadStatusFormat(pointer=err.pointer) from err
    raise UnsupportedStatus(pointer=node.at("type"))


def bitstring_entry(*, list_url: str, index: int, purpose: str) -> JsonObject:
    """The `credentialStatus` of a credential whose one bit stands at `index` of the list at `list_url`."""
    return {
        "id": f"{list_url}#{index}",
        "type": BITSTRING_ENTRY,
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": list_url,
    }


def revocation_list_entry(*, list_url: str) -> JsonObject:
    """The `credentialStatus` of a credential whose revocation is told by the list of ids at `list_url`."""
    return {"id": list_url, "type": REVOCATION_LIST}


def _bitstring_entry(node: Node) -> BitstringStatusListEntry:
    list_url = node.id("statusListCredential")
    if node.optional_id() == list_url:
        raise BadStatusFormat(pointer=node.at("id"))
    size = _size(node)
    return BitstringStatusListEntry(
        purpose=node.text("statusPurpose"),
        index=_index(node),
        list_url=list_url,
        size=size,
        messages=_messages(node, size),
        references=_references(node),
    )


def _index(node: Node) -> int:
    written = node.members.get("statusListIndex")
    if not isinstance(written, str) or not _INDEX.fullmatch(written) or int(written) >= LARGEST * 8:
        raise BadIndex(pointer=node.at("statusListIndex"))
    return int(written)


def _size(node: Node) -> int:
    size = node.members.get("statusSize", 1)
    if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= LARGEST_STATUS_SIZE:
        raise BadStatusFormat(pointer=node.at("statusSize"))
    return size


def _messages(node: Node, size: int) -> tuple[tuple[int, str], ...]:
    """A list of all 2^size values with their messages; one bit may go without."""
    written = node.nodes("statusMessage")
    if not written and size == 1 and not node.has("statusMessage"):
        return ()
    messages: dict[int, str] = {}
    for each in written:
        value = each.text("status")
        if not _STATUS.fullmatch(value):
            raise BadStatusFormat(pointer=each.at("status"))
        messages[int(value, 16)] = each.text("message")
    if len(written) != 1 << size or set(messages) != set(range(1 << size)):
        raise BadStatusFormat(pointer=node.at("statusMessage"))
    return tuple(sorted(messages.items()))


def _references(node: Node) -> tuple[str, ...]:
    """One address or a list of them."""
    written: JsonValue = node.members.get("statusReference", [])
    listed = written if isinstance(written, list) else [written]
    return tuple(Node({"id": each}, node.at("statusReference")).id() for each in listed)
