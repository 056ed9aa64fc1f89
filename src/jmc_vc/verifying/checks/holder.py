"""Whether it is the holder who shows the credential: in a presentation, or with a key binding (SD-JWT).

Asked for by who sets a domain and a challenge; then it has to be so. What was made for somebody else, or some time ago,
may be shown by anybody who saw it: that says nothing of who shows it now.
"""

from datetime import datetime

from jmc_vc.errors import Error
from jmc_vc.verifying.check import Finding, failed, not_applicable, passed, unknown
from jmc_vc.verifying.evidence import Evidence
from jmc_vc.verifying.policy import Policy
from jmc_vc.verifying.presented import Presented
from jmc_vc.verifying.undecided import could_not_check


def check(presented: Presented, evidence: Evidence, policy: Policy, now: datetime) -> Finding:
    """Whoever showed it for us has the keys of its subject."""
    shown = evidence.shown
    if shown is None:
        return failed("holder.no_binding") if evidence.holder_asked else not_applicable("holder.not_shown")
    if isinstance(shown, Error):
        code, params = shown.code, shown.params
        return unknown(code, **params) if could_not_check(shown) else failed(code, **params)
    if not shown.for_us:
        return unknown("holder.not_for_us")
    if shown.ids is None:
        return passed("holder.by_key")
    if isinstance(presented.credential, Error):
        return unknown("holder.not_read")
    subject = presented.credential.subject.id
    if subject is None:
        return unknown("holder.subject_unnamed")
    return passed("holder.is_subject") if subject in shown.ids else failed("holder.other_subject")
