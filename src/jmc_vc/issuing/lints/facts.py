"""What a credential about to be signed must agree with."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.issuing.lints.approved import Approved, approved


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Read from the reserving transaction, not from the assembled credential."""

    site: Site
    issuer: Issuer
    version: ProgramVersion
    uuid: UUID
    subject_id: str | None
    status_index: int
    list_number: int
    status_form: StatusForm
    awarded_at: datetime
    signed_at: datetime

    @cached_property
    def approved(self) -> Approved:
        """What follows from the version's content, as it was read for this credential."""
        return approved(self.version, self.site)
