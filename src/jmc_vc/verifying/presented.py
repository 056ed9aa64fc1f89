"""What somebody handed us: the bytes as received, and views of them. There is no setter; nothing is ever re-serialized.

A view that could not be made is kept as the error that says why, so that the check it belongs to can answer.
"""

from dataclasses import dataclass

from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.proof import Proof, read_proofs
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential, read_credential
from jmc_vc.formats.openbadges.schema import Schema, Violation, violations
from jmc_vc.formats.status.entry import BitstringStatusListEntry, status_entry
from jmc_vc.formats.strict_json import JsonObject

MOST_STATUSES = 8
"""Each may cost a fetch; four purposes exist."""


class NotACredential(Unacceptable):
    """JSON, but nothing that says it is a verifiable credential."""

    code = "verify.not_a_credential"


class OlderOpenBadge(Unacceptable):
    """An Open Badges 2.0 assertion: it has no proof of its own that could be checked here."""

    code = "verify.open_badges_2"


class TooManyParts(Unacceptable):
    """More status entries than a credential can reasonably have."""

    code = "verify.too_many_parts"


@dataclass(frozen=True, kw_only=True)
class Presented:
    """`document` is the credential as parsed; the rest are views of it, or why there is none."""

    data: bytes
    document: JsonObject
    proofs: tuple[Proof, ...] | Error
    violations: tuple[Violation, ...]
    credential: OpenBadgeCredential | Error
    statuses: tuple[BitstringStatusListEntry | Error, ...]

    @property
    def issuer_id(self) -> str | None:
        """Who the credential says issued it; None if it does not say so readably."""
        issuer = self.document.get("issuer")
        found = issuer.get("id") if isinstance(issuer, dict) else issuer
        return found if isinstance(found, str) else None


def read_presented(data: bytes) -> Presented:
    """The views of `data`. Raises Malformed for what is no JSON, and Unacceptable for what is no credential at all."""
    document = strict_json.parse_object(data)
    _require_credential(document)
    raw_statuses = _listed(document.get("credentialStatus"))
    if len(raw_statuses) > MOST_STATUSES:
        raise TooManyParts
    return Presented(
        data=data,
        document=document,
        proofs=_proofs(document),
        violations=violations(document, Schema.OPEN_BADGE),
        credential=_credential(document),
        statuses=tuple(_status(entry) for entry in raw_statuses),
    )


def _require_credential(document: JsonObject) -> None:
    types = _listed(document.get("type"))
    contexts = _listed(document.get("@context"))
    if "Assertion" in types and "https://w3id.org/openbadges/v2" in contexts:
        raise OlderOpenBadge
    if not contexts or not types:
        raise NotACredential


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _proofs(document: JsonObject) -> tuple[Proof, ...] | Error:
    try:
        return read_proofs(document)
    except Error as err:
        return err


def _credential(document: JsonObject) -> OpenBadgeCredential | Error:
    try:
        return read_credential(document)
    except Error as err:
        return err


def _status(entry: object) -> BitstringStatusListEntry | Error:
    try:
        return status_entry(entry if isinstance(entry, dict) else {})
    except Error as err:
        return err
