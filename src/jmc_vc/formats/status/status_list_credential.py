"""BitstringStatusListCredential: the signed list of states. https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential"""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.openbadges.date_time import DateTimeStamp, NotADateTimeStamp, write_date_time_stamp
from jmc_vc.formats.openbadges.member import AgainstSchema, Node
from jmc_vc.formats.status.entry import BadStatusFormat
from jmc_vc.formats.strict_json import JsonObject

DEFAULT_TTL = 300_000
"""Milliseconds that a list which says nothing may be kept: section 2.2 gives five minutes."""


class WrongList(Unacceptable):
    """The list says of itself that it is another one than the one that was asked for."""

    code = "status.verification"


class WrongPurpose(Unacceptable):
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
        "@context": ["https://www.w3.org/ns/credentials/v2"],
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

    Raises status.verification when its id is not `url` (else a list could be passed off for another), status.purpose,
    and status.format for everything that is not shaped as section 2.2 says."""
    node = Node(document)
    try:
        types = node.types("BitstringStatusListCredential")
        if "VerifiableCredential" not in types:
            raise BadStatusFormat(pointer=node.at("type"))
        if node.members.get("id") != url:
            raise WrongList(pointer=node.at("id"))
        subject = node.node("credentialSubject")
        subject.types("BitstringStatusList")
        purposes = _purposes(subject)
        if purpose not in purposes:
            raise WrongPurpose(pointer=subject.at("statusPurpose"))
        return StatusList(
            id=node.id(),
            issuer=_issuer(node),
            purposes=purposes,
            encoded_list=subject.text("encodedList"),
            valid_from=node.optional_moment("validFrom"),
            valid_until=node.optional_moment("validUntil"),
            ttl_ms=_ttl(subject),
        )
    except (AgainstSchema, NotADateTimeStamp) as err:
        raise BadStatusFormat(pointer=err.pointer) from err


def _issuer(node: Node) -> str:
    return node.node("issuer").id() if isinstance(node.members.get("issuer"), dict) else node.id("issuer")


def _purposes(subject: Node) -> tuple[str, ...]:
    if isinstance(subject.members.get("statusPurpose"), list):
        return subject.texts("statusPurpose")
    return (subject.text("statusPurpose"),)


def _ttl(subject: Node) -> int:
    ttl = subject.optional_number("ttl")
    if ttl is None:
        return DEFAULT_TTL
    if ttl < 0 or ttl != int(ttl):
        raise BadStatusFormat(pointer=subject.at("ttl"))
    return int(ttl)
