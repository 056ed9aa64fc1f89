"""A newer version of a credential, where its issuer offers one (OV-04, OB-35; https://www.imsglobal.org/spec/vccr/v1p0/).

It is asked for once, after the proof: what is not genuine could send us anywhere. What comes is judged by the same
pipeline as what was presented. It counts if it is genuine, the same credential by id and issuer, about the same
subject, and newer, and its time has come; otherwise the presented one does. It is not asked for a newer version in its
turn.
"""

from dataclasses import replace
from typing import Protocol

from jmc_vc.errors import Error
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential
from jmc_vc.formats.openbadges.renewal import refresh_address, replaces, same_credential, same_subject
from jmc_vc.verifying.evidence import NewerCopy, NoNewerCopy, Refreshed
from jmc_vc.verifying.outside import Need, Needs, Outside, Steps, obtain
from jmc_vc.verifying.presented import Asked
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.terms import Terms


class Pipeline(Protocol):
    """What `verify.Verify` does with the bytes that come."""

    def read(self, data: bytes) -> Asked: ...
    def needs(self, asked: Asked) -> Needs: ...
    def judge(self, asked: Asked, outside: Outside, terms: Terms, *, refreshed: Refreshed | None = None) -> Report: ...


def newest(verify: Pipeline, asked: Asked, outside: Outside, found: Report, terms: Terms) -> Steps[Report]:
    """The report on the newest version: `found`, which is the one on what was presented, unless there is a newer."""
    presented = found.credential
    address = None if presented is None else refresh_address(presented)
    if presented is None or address is None:
        return found
    need = Need(address, DocumentKind.CREDENTIAL)
    answer = yield from obtain(Needs((need,)))
    newer = _read(verify, answer, need, presented, terms)
    if isinstance(newer, NoNewerCopy):
        return verify.judge(asked, outside, terms, refreshed=newer)
    new = Asked(newer.presented, replace(asked.input, form=newer.input.form, newer=newer.input.data))
    outside |= yield from obtain(verify.needs(new).besides(outside))
    on_newer = verify.judge(new, outside, terms, refreshed=NewerCopy(since=presented.valid_from.instant))
    if on_newer.credential is None:
        return verify.judge(asked, outside, terms, refreshed=NoNewerCopy.NOT_GENUINE)
    return on_newer


def _read(
    verify: Pipeline, answer: Outside, need: Need, presented: OpenBadgeCredential, terms: Terms
) -> Asked | NoNewerCopy:
    try:
        newer = verify.read(answer.get(need).body)
    except Error:
        return NoNewerCopy.NOT_HAD
    credential = newer.presented.credential
    if not isinstance(credential, OpenBadgeCredential):
        return NoNewerCopy.NOT_GENUINE
    if not same_credential(credential, presented) or not same_subject(credential.subject, presented.subject):
        return NoNewerCopy.ANOTHER
    begun = credential.valid_from.instant <= terms.now + terms.policy.skew
    return newer if begun and replaces(credential, presented) else NoNewerCopy.NONE
