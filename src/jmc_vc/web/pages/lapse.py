"""What stands over the content of a credential that is not valid, wherever it is shown: on screen, in a picture of it
and on paper. A page that looks like a certificate is taken for one, whatever a line above it says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from jmc_vc.domain.japan_time import jst_day
from jmc_vc.errors import Param
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.ruling import Verdict

_OPEN: Final = "lapsed.indeterminate"


@dataclass(frozen=True, kw_only=True)
class Lapse:
    """`word` and `code` are of sentences: the state in a word, and what happened."""

    word: str
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether it says that the credential does not count, and not only that nobody knows."""
        return self.code != _OPEN


def lapse(report: Report, *, since: datetime | None = None) -> Lapse | None:
    """None for a valid credential, and for one that is good and only not of whom somebody asked about; `since` is when
    the state began, if that is on record here."""
    summary = "replaced" if report.replaced else report.summary
    if report.verdict is Verdict.VALID or summary == "not_theirs":
        return None
    code, params = _said(report, summary, since)
    return Lapse(word=f"verdict.{summary}.title", code=code, params=params)


def _said(report: Report, summary: str, since: datetime | None) -> tuple[str, Mapping[str, Param]]:
    status, end = report.finding("status").params, report.finding("validity").params.get("end")
    if report.verdict is Verdict.INDETERMINATE:
        return _OPEN, {}
    if report.besides is not None:  # it was never known to be good
        return f"lapsed.{report.besides}", {}
    if summary in ("revoked", "replaced"):
        return f"lapsed.{summary}", status
    if summary == "suspended":
        return ("lapsed.suspended", {}) if since is None else ("lapsed.suspended_since", {"date": jst_day(since)})
    if summary == "expired" and isinstance(end, datetime):
        return "lapsed.expired", {"date": jst_day(end)}
    return "lapsed.not_trustworthy", {}
