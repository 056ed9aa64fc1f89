"""BitstringStatusListCredential: the signed list of states. https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential

Reading one takes four steps, each with its own refusals: its proof (verified elsewhere, before), `read_status_list`,
`require_issuer` and `freshness.require_fresh`, and `read_status` for the entry of a credential.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.openbadges.data_model import BASE_CONTEXT_V2
from jmc_vc.formats.openbadges.date_time import (
    DateTimeStamp,
    NotADateTimeStamp,
    read_date_time,
    write_date_time_stamp,
)
from jmc_vc.formats.openbadges.member import AgainstSchema, Node
from jmc_vc.formats.status import bitstring
from jmc_vc.formats.status.entry import BadStatusFormat, BitstringStatusListEntry
from jmc_vc.formats.status.result import StatusResult
from jmc_vc.formats.strict_json import JsonObject

DEFAULT_TTL = 300_000
"""Milliseconds that a list which says nothing may be kept. The specification assumes no default; five minutes is what
its drafts had, and what the field got used to."""

LONGEST_TTL = 366 * 24 * 3_600_000
"""Milliseconds: nobody means more than a year, and adding a larger number to a date overflows."""


class WrongList(Unacceptable):
    """The list says of itself that it is another one than the one that was asked for."""

    code = "status.verification"


class WrongListIssuer(Unacceptable):
    """The list is another's than the issuer's, or there is no such list: it says nothing about this credential."""

    code = "status.issuer"


class ListWithStatus(Unacceptable):
    """The list has a status of its own. It is not followed, because it could lead in a circle and each step is a fetch;
    and a list that is perhaps revoked proves nothing."""

    code = "status.nested"


class WrongListPurpose(Unacceptable):
    """The list is not for the purpose that the credential's entry names."""

    code = "status.purpose"


@dataclass(frozen=True, kw_only=True)
class StatusList:
    """What a list says, its bits still packed: `bitstring.decode(encoded_list)` expands them; `ttl_ms` in ms."""

    id: str
    issuer: str
    purposes: tuple[str, ...]
    encoded_list: str
    valid_from: DateTimeStamp | None
    valid_until: DateTimeStamp | None
    ttl_ms: int


def status_list_credential(
    *,
    id: str,  # noqa: A002 - the member's own name
    issuer: str,
    purpose: str,
    encoded_list: str,
    valid_from: datetime,
    valid_until: datetime,
    ttl_ms: int,
) -> JsonObject:
    """The unsigned list credential; `id` is the address at which it is served."""
    return {
        "@context": [BASE_CONTEXT_V2],
        "id": id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": write_date_time_stamp(valid_from),
        "validUntil": write_date_time_stamp(valid_until),
        "credentialSubject": {
            "id": f"{id}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded_list,
            "ttl": ttl_ms,
        },
    }


def read_status_list(document: JsonObject, *, url: str, purpose: str) -> StatusList:
    """The list in `document`, fetched from `url` for an entry of `purpose`, after its proof has passed.

    Raises status.verification when its id is not `url` (else a list could be passed off for another), status.nested,
    status.purpose, and status.format for everything that is not shaped as section 2.2 says."""
    node = Node(document)
    try:
        types = node.types("BitstringStatusListCredential")
        if "VerifiableCredential" not in types:
            raise BadStatusFormat(pointer=node.at("type"))
        if node.members.get("id") != url:
            raise WrongList(pointer=node.at("id"))
        if node.has("credentialStatus"):
            raise ListWithStatus(pointer=node.at("credentialStatus"))
        subject = node.node("credentialSubject")
        subject.types("BitstringStatusList")
        purposes = _purposes(subject)
        if purpose not in purposes:
            raise WrongListPurpose(pointer=subject.at("statusPurpose"))
        return StatusList(
            id=node.id(),
            issuer=_issuer(node),
            purposes=purposes,
            encoded_list=subject.text("encodedList"),
            valid_from=_moment(node, "validFrom"),
            valid_until=_moment(node, "validUntil"),
            ttl_ms=_ttl(subject),
        )
    except (AgainstSchema, NotADateTimeStamp) as err:
        raise BadStatusFormat(pointer=err.pointer) from err


def require_issuer(found: StatusList, issuer_id: str) -> None:
    """Raises status.issuer unless the list is of the issuer `issuer_id`. The specification leaves open whose list is
    trusted; here only the one who issued a credential can take it back."""
    if found.issuer != issuer_id:
        raise WrongListIssuer


def read_status(
    found: StatusList, entry: BitstringStatusListEntry, *, unpack: Callable[[str], bytes] = bitstring.decode
) -> StatusResult:
    """What the list says of the credential whose entry is `entry` (section 3.2, after the proof of the list). `unpack`
    is for who counts what is unpacked.

    Raises status.purpose, status.encoding, status.limit, status.length and status.range."""
    if entry.purpose not in found.purposes:
        raise WrongListPurpose
    value = bitstring.status(unpack(found.encoded_list), entry.index, entry.size)
    return StatusResult(purpose=entry.purpose, value=value, message=dict(entry.messages).get(value))


def _issuer(node: Node) -> str:
    return node.node("issuer").id() if isinstance(node.members.get("issuer"), dict) else node.id("issuer")


def _moment(node: Node, name: str) -> DateTimeStamp | None:
    return read_date_time(node.members[name], pointer=node.at(name)) if node.has(name) else None


def _purposes(subject: Node) -> tuple[str, ...]:
    if isinstance(subject.members.get("statusPurpose"), list):
        return subject.texts("statusPurpose")
    return (subject.text("statusPurpose"),)


def _ttl(subject: Node) -> int:
    ttl = subject.optional_number("ttl")
    if ttl is None:
        return DEFAULT_TTL
    if not 0 <= ttl <= LONGEST_TTL or ttl != int(ttl):
        raise BadStatusFormat(pointer=subject.at("ttl"))
    return int(ttl)
