"""The DID of an issuer that signs with keys of its own, at its own place on the web.

What its credentials are judged by is the DID document that the issuer gave when it proved to have the keys: the pinned
document. It stays until the issuer proves anew and gives another one. A DID belongs to one issuer for ever, also after
its registration has ended: the credentials that it signed exist.
"""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.errors import Conflict, NotFound


class DidTaken(Conflict):
    """The DID is or was registered for another issuer."""

    code = "did.taken"


class DidNotRegistered(NotFound):
    """The issuer has no such DID registered now."""

    code = "did.not_registered"


@dataclass(frozen=True, kw_only=True)
class OutsideDid:
    """`issuer` is the slug; `document` is the pinned DID document, byte for byte as it was given at `registered_at`.
    From `ended_at` on, nothing that the DID signs counts as the issuer's."""

    did: str
    issuer: str
    document: bytes
    registered_at: datetime
    ended_at: datetime | None
