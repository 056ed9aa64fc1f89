"""1EdTech Revocation List: the ids of the revoked credentials, in plain JSON. https://www.imsglobal.org/spec/vcrl/v1p0/

The document carries no signature: what vouches for it is the signed credential that names its address, and TLS. The
specification writes of *revokedCredentials*, 1EdTech's validator and the issuers that it accepts have the member
`revokedCredential`. We write that one and read both, because an entry overlooked would pass a revoked credential.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jmc_vc.formats.openbadges.member import AgainstSchema, Node
from jmc_vc.formats.openbadges.renewal import normalized
from jmc_vc.formats.status.entry import BadStatusFormat
from jmc_vc.formats.status.result import REVOCATION, StatusResult
from jmc_vc.formats.status.status_list_credential import WrongList
from jmc_vc.formats.strict_json import JsonObject, Limits

LIMITS = Limits(bytes=4 << 20, depth=8, values=100_000)
"""To parse a fetched list with: 25,000 revoked credentials with their reasons, fifty megabytes while it is read."""

_MEMBERS = ("revokedCredential", "revokedCredentials")


@dataclass(frozen=True, kw_only=True)
class RevocationList:
    """`revoked` maps the normalized id of each revoked credential to the reason given, if any; `issuer` is what the
    list says of itself, unsigned."""

    id: str
    issuer: str | None
    revoked: Mapping[bytes, str | None]


def revocation_list(
    *,
    id: str,  # noqa: A002 - the member's own name
    issuer: str,
    revoked: Mapping[str, str | None],
) -> JsonObject:
    """The document served at `id`. `revoked` maps the id of each revoked credential to a reason for the public, or
    None; the order of the entries is that of the ids, so that it does not tell who was revoked last."""
    entries: list[JsonObject] = []
    for credential_id, reason in sorted(revoked.items()):
        entry: JsonObject = {"id": credential_id, "revoked": True}
        if reason is not None:
            entry["revocationReason"] = reason
        entries.append(entry)
    return {"id": id, "issuer": issuer, "revokedCredential": [*entries]}


def read_revocation_list(document: JsonObject, *, url: str) -> RevocationList:
    """The list in `document`, fetched from `url`.

    An entry counts when `revoked` is true or missing. Raises status.verification when the document's id is not `url`:
    then it is no list, but perhaps a page that says in JSON that there is none; and status.format for the rest."""
    node = Node(document)
    if node.members.get("id") != url:
        raise WrongList(pointer=node.at("id"))
    try:
        entries = [entry for name in _MEMBERS for entry in node.nodes(name, compact=True)]
        return RevocationList(
            id=node.id(),
            issuer=_issuer(node),
            revoked={
                normalized(entry.id()): entry.optional_text("revocationReason")
                for entry in entries
                if entry.flag("revoked", missing=True)
            },
        )
    except AgainstSchema as err:
        raise BadStatusFormat(pointer=err.pointer) from err


def read_revocation(found: RevocationList, credential_id: str) -> StatusResult:
    """Whether the credential with this id is in the list; ids are compared as those of one credential are (OB-09)."""
    key = normalized(credential_id)
    return StatusResult(purpose=REVOCATION, value=int(key in found.revoked), message=found.revoked.get(key))


def _issuer(node: Node) -> str | None:
    if isinstance(node.members.get("issuer"), dict):
        return node.node("issuer").id()
    return node.optional_id("issuer")
