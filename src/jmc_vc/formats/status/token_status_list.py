"""Token Status List: the states of many tokens in one signed JWT, the status of SD-JWT VCs.

https://datatracker.ietf.org/doc/draft-ietf-oauth-status-list/ sections 4 (list), 5.1 (token), 6.2 (claim), 7 (types)

Here stand the claims and what they mean; the JWT around them is signed and verified elsewhere. Other than in a
Bitstring Status List, entries are packed from the least significant bit on, and one entry holds one whole state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from jmc_vc.formats.jose.numeric_date import EPOCH, LATEST
from jmc_vc.formats.openbadges.member import AgainstSchema, Node
from jmc_vc.formats.status.bitstring import PastTheEnd
from jmc_vc.formats.status.compressed import LARGEST, Wrapping, compress, expand
from jmc_vc.formats.status.entry import BadIndex, BadStatusFormat, UnsupportedStatus
from jmc_vc.formats.status.status_list_credential import WrongList
from jmc_vc.formats.strict_json import JsonObject

TYP = "statuslist+jwt"
"""The header `typ` of a Status List Token."""

MEDIA_TYPE = f"application/{TYP}"

SIZES = (1, 2, 4, 8)
"""Bits an entry: an entry never crosses a byte."""


class TokenStatus(IntEnum):
    """The states that the specification names; others are for future registration or of one application."""

    VALID = 0
    INVALID = 1
    SUSPENDED = 2


@dataclass(frozen=True, kw_only=True)
class TokenStatusReference:
    """The claim `status.status_list` of a token: the place `index` in the list at `list_url`."""

    list_url: str
    index: int


@dataclass(frozen=True, kw_only=True)
class TokenStatusList:
    """The claims of a Status List Token, the entries still packed in `packed`; `ttl` is how long a copy may be kept
    after fetching."""

    list_url: str
    issued: datetime
    expires: datetime | None
    ttl: timedelta | None
    bits: int
    packed: str


def pack(states: Mapping[int, int], *, size: int, bits: int) -> str:
    """The `lst` of a list of `size` entries of `bits` bits, in which those of `states` (index → state) are set and all
    others 0. Raises ValueError for what cannot be: those are mistakes of our own."""
    if bits not in SIZES or size < 1 or size * bits % 8 or size * bits > LARGEST * 8:
        raise ValueError(f"a list of {size} entries of {bits} bits cannot be made")
    data = bytearray(size * bits // 8)
    for index, state in states.items():
        if not 0 <= index < size or not 0 <= state < 1 << bits:
            raise ValueError(f"state {state} at index {index} is outside a list of {size} entries of {bits} bits")
        data[index * bits >> 3] |= state << (index * bits & 7)
    return compress(bytes(data), Wrapping.ZLIB)


def unpack(packed: str, index: int, bits: int) -> int:
    """The entry of `index` in a `lst`, in bounded memory. Raises status.encoding, status.limit and status.range.

    There is no least length: unlike the W3C the specification names none, and a short list is still a true one."""
    data = expand(packed, Wrapping.ZLIB)
    first = index * bits
    if index < 0 or first >= len(data) * 8:
        raise PastTheEnd
    return data[first >> 3] >> (first & 7) & (1 << bits) - 1


def status_claim(reference: TokenStatusReference) -> JsonObject:
    """The value of the claim `status` that makes a token refer to its place in a list."""
    return {"status_list": {"idx": reference.index, "uri": reference.list_url}}


def read_status_claim(claims: JsonObject) -> TokenStatusReference | None:
    """Where the token with these claims has its status; None when it has no claim `status`.

    Raises status.unsupported for a `status` of other mechanisms only, status.index, and status.format for the rest."""
    if "status" not in claims:
        return None
    try:
        status = Node(claims).node("status")
        if not status.has("status_list"):
            raise UnsupportedStatus(pointer=status.pointer)
        node = status.node("status_list")
        return TokenStatusReference(list_url=node.id("uri"), index=_index(node))
    except AgainstSchema as err:
        raise BadStatusFormat(pointer=err.pointer) from err


def status_list_claims(found: TokenStatusList, *, issuer: str) -> JsonObject:
    """The claims of the Status List Token that says `found`, signed by `issuer`; times are written in whole seconds."""
    claims: JsonObject = {
        "iss": issuer,
        "sub": found.list_url,
        "iat": int(found.issued.timestamp()),
        "status_list": {"bits": found.bits, "lst": found.packed},
    }
    if found.expires is not None:
        claims["exp"] = int(found.expires.timestamp())
    if found.ttl is not None:
        claims["ttl"] = int(found.ttl.total_seconds())
    return claims


def read_status_list_claims(claims: JsonObject, *, url: str) -> TokenStatusList:
    """The list in the claims of a Status List Token fetched from `url`, after its signature has passed.

    Raises status.verification when `sub` is not `url`, and status.format for the rest. Whether the list is in date is
    asked of `freshness.require_fresh`; `iss` is not part of the specification and bound where keys are."""
    node = Node(claims)
    if node.members.get("sub") != url:
        raise WrongList(pointer=node.at("sub"))
    try:
        status_list = node.node("status_list")
        if node.members.get("ttl") == 0:
            raise BadStatusFormat(pointer=node.at("ttl"))
        return TokenStatusList(
            list_url=node.id("sub"),
            issued=_moment(node, "iat"),
            expires=_moment(node, "exp") if node.has("exp") else None,
            ttl=timedelta(seconds=_seconds(node, "ttl")) if node.has("ttl") else None,
            bits=_bits(status_list),
            packed=status_list.text("lst"),
        )
    except AgainstSchema as err:
        raise BadStatusFormat(pointer=err.pointer) from err


def read_token_status(found: TokenStatusList, reference: TokenStatusReference) -> TokenStatus:
    """What the list says of the token with this reference.

    Raises status.encoding, status.limit, status.range, and status.unsupported for a state that the specification does
    not name: what it means was agreed between others."""
    state = unpack(found.packed, reference.index, found.bits)
    try:
        return TokenStatus(state)
    except ValueError:
        raise UnsupportedStatus from None


def _index(node: Node) -> int:
    index = node.members.get("idx")
    if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < LARGEST * 8:
        raise BadIndex(pointer=node.at("idx"))
    return index


def _bits(node: Node) -> int:
    bits = node.members.get("bits")
    if isinstance(bits, bool) or not isinstance(bits, int) or bits not in SIZES:
        raise BadStatusFormat(pointer=node.at("bits"))
    return bits


def _moment(node: Node, name: str) -> datetime:
    return EPOCH + timedelta(seconds=_seconds(node, name))


def _seconds(node: Node, name: str) -> float:
    seconds = node.number(name)
    if not 0 <= seconds <= LATEST:
        raise BadStatusFormat(pointer=node.at(name))
    return seconds
