"""What is known of a credential whose row was lost: its place in the status list, and the state that was logged."""

from dataclasses import dataclass
from datetime import datetime

from jmc_vc.domain.credential import CredentialState


@dataclass(frozen=True, kw_only=True)
class LostCredential:
    """`issuer` is the DID; `changed_at` is when it came into this state, by the public log."""

    list_number: int
    status_index: int
    issuer: str
    state: CredentialState
    changed_at: datetime
