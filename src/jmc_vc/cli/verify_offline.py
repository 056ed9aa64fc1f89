"""`verify --offline`: by a bundle alone, on a machine that needs neither a network nor an installation."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jmc_vc.cli.files import read_bytes
from jmc_vc.cli.opening import clock, opened
from jmc_vc.cli.terminal import Terminal
from jmc_vc.errors import Unavailable
from jmc_vc.formats.did.document import read_document
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.installation import NotInitialized
from jmc_vc.publishing.register_extract import moment
from jmc_vc.verifying.bundled import OpenedBundle, open_bundle
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.verify_offline import offline
from jmc_vc.verifying.wanted import Wanted


class NoTrustAnchor(Unavailable):
    """Nobody said whose bundles are believed, and there is no installation that would know."""

    code = "bundle.no_trust"


@dataclass(frozen=True)
class Found:
    """The report as of the bundle, at the time `today`."""

    report: Report
    bundle: OpenedBundle
    today: datetime

    @property
    def _old(self) -> bool:
        until = self.bundle.lists_good_until
        return until is not None and self.today > until

    @property
    def json(self) -> dict[str, Any]:
        """Of when the bundle is, and until when its status lists counted."""
        until = self.bundle.lists_good_until
        return {
            "madeAt": moment(self.bundle.made_at),
            "madeBy": self.bundle.site.did,
            **({} if until is None else {"statusListsValidUntil": moment(until)}),
            "statusListsStillValid": not self._old,
        }

    def lines(self, terminal: Terminal) -> list[str]:
        """The same in words."""
        lines = [terminal.text("bundle.as_of", time=self.bundle.made_at)]
        if self._old and self.bundle.lists_good_until is not None:
            lines.append(terminal.text("bundle.old", time=self.bundle.lists_good_until))
        return lines


def verified_offline(
    received: bytes, bundle: str, *, policy: str, trust: str | None, data: Path | None, wanted: Wanted
) -> Found:
    """The report on `received` by the file `bundle`. Raises FileUnreadable, NoTrustAnchor, what `open_bundle` raises,
    and what verification raises."""
    whom = read_document(read_bytes(trust)) if trust is not None else _own(data)
    saved, today = open_bundle(read_bytes(bundle), whom), clock()
    return Found(offline(saved, today=today)(received, policy=policy, now=saved.made_at, wanted=wanted), saved, today)


def _own(data: Path | None) -> JsonObject:
    try:
        with opened(data) as service:
            return service.did_document(None)
    except NotInitialized as err:
        raise NoTrustAnchor from err
