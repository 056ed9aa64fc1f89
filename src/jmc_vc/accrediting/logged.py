"""What the public log says of program versions and issuers. Both are public in the register; the reason of a decision
is not in the log, for it is written by people and may speak of some."""

from datetime import datetime

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.formats.transparency.entry_types import IssuerChanged, ProgramChanged
from jmc_vc.storage.public_log import NewEntry


def program_entry(version: ProgramVersion, event: str, *, at: datetime) -> NewEntry:
    """That `event` happened to the version: `submitted`, `approved`, `suspended`, `reinstated` or `withdrawn`."""
    entry = ProgramChanged(
        at=at,
        number=version.number,
        version=version.version,
        event=event,
        content_digest=version.content_digest,
        decision=None if version.approval is None else version.approval.decision,
    )
    return NewEntry.of(entry)


def issuer_entry(issuer: Issuer, event: str, *, site: Site, at: datetime) -> NewEntry:
    """That `event` happened to the issuer: `registered`, `suspended` or `reinstated`."""
    entry = IssuerChanged(at=at, did=site.issuer_did(issuer.slug), number=issuer.number, event=event)
    return NewEntry.of(entry)
