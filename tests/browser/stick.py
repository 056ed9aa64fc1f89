"""A USB stick with the page that opens bundles, and with good and bad bundles; and the page in a browser without a
network."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser, Page

from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.issuing_settings import IssuingProfile, JwtAlgorithm
from jmc_vc.web.pages.wording import wording_of
from jmc_vc.web.viewer.page import viewer_page
from tests.browser.pages import PHONE
from tests.builders.awards import all_programs, award_of, slug_of
from tests.builders.bundles import bundle_of, uuid_of
from tests.builders.installation import NOON, OPERATOR, Installation

AWARDED = date(2026, 10, 1)


@dataclass
class Stick:
    """What lies on the USB stick: the page, and bundles by what is the matter with them."""

    installation: Installation
    viewer: Path
    bundles: dict[str, bytes] = field(default_factory=dict)


def build_stick(folder: Path) -> Stick:
    """The stick in `folder`, with the installation from which it came beside it."""
    made = all_programs(folder / "installation")
    viewer = folder / "viewer.html"
    viewer.write_text(
        viewer_page(made.service.did_document(None), wording_of(made.service.settings)).html, encoding="utf-8"
    )
    found = Stick(made, viewer)
    bundles = found.bundles
    bundles["genuine"] = bundle_of(made, uuid_of(issue(made, "genuine")))
    changes: tuple[tuple[str, StatusAction, RevocationReason | None], ...] = (
        ("revoked", StatusAction.REVOKE, RevocationReason.ISSUED_IN_ERROR),
        ("replaced", StatusAction.REVOKE, RevocationReason.SUPERSEDED),
        ("suspended", StatusAction.SUSPEND, None),
    )
    for name, action, reason in changes:
        body = issue(made, name)
        made.service.change_status(uuid_of(body), action, reason=reason, text=None, actor=made.actor(), now=made.now)
        bundles[name] = bundle_of(made, uuid_of(body))
    bundles["expiring"] = bundle_of(made, uuid_of(issue(made, "expiring", "JMC-P-900002")))
    for profile in (IssuingProfile.DATA_INTEGRITY_ECDSA, IssuingProfile.VC_JWT, IssuingProfile.BOTH):
        made.set_issuing(profile=profile)
        made.clock.move(minutes=2)
        bundles[profile.value] = bundle_of(made, just_issued(issue(made, profile.value), made))
    made.set_issuing(profile=IssuingProfile.VC_JWT, jwt_algorithm=JwtAlgorithm.RS256)
    made.clock.move(minutes=2)
    bundles["rs256"] = bundle_of(made, just_issued(issue(made, "rs256"), made))
    made.set_issuing(profile=IssuingProfile.DATA_INTEGRITY_EDDSA)
    body = issue(made, "stolen")
    made.clock.move(hours=1)
    made.service.compromise_key("hoshimigaoka", "key-1", since=made.now, reason="theft", actor=OPERATOR, now=made.now)
    made.service.rotate_key("hoshimigaoka", immediate=True, actor=OPERATOR, now=made.now)
    made.clock.move(minutes=2)
    bundles["stolen-key"] = bundle_of(made, uuid_of(body))
    return found


def issue(made: Installation, name: str, number: str = "JMC-P-900001") -> bytes:
    return made.issue(award_of(number, AWARDED, email=f"{name}@learners.example"), slug=slug_of(number)).body


def just_issued(body: bytes, made: Installation) -> UUID:
    """The id of what was just issued, whatever form it has."""
    if body.startswith(b"{"):
        return uuid_of(body)
    with made.service.database.read() as snapshot:
        rows = snapshot.credentials.list_of_issuer("hoshimigaoka", 1_000)
    return max(rows, key=lambda each: each.issued_at or each.reserved_at).uuid


@dataclass
class Shown:
    """What the page shows, and how it does so."""

    page: Page
    asked: list[str]
    told: list[str]

    def open(self, bundle: bytes) -> str:
        """The verdict on `bundle`: the tone of the page."""
        self.page.evaluate("document.getElementById('verdict')?.removeAttribute('id')")
        self.page.set_input_files("#file", {"name": "bundle.json", "mimeType": "application/json", "buffer": bundle})
        self.page.wait_for_selector("#verdict, #fault")
        if self.page.locator("#fault").count():
            return "refused"
        return str(self.page.evaluate("document.querySelector('.verdict').className")).split()[-1]

    @property
    def codes(self) -> list[str]:
        return self.page.locator(".findings code").all_inner_texts()

    @property
    def facts(self) -> str:
        found = self.page.locator(".facts-wide")
        return found.inner_text() if found.count() else ""


def page_of(
    browser: Browser,
    stick: Stick,
    *,
    size: tuple[int, int] = PHONE,
    locale: str = "ja-JP",
    before: str | None = None,
    today: datetime = NOON + timedelta(hours=3),
) -> Iterator[Shown]:
    """The page from its file, in a browser without a network whose clock says `today`."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=locale)
    context.set_offline(True)
    asked: list[str] = []
    told: list[str] = []
    page = context.new_page()
    page.clock.set_fixed_time(today)
    if before is not None:
        page.add_init_script(before)
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("file:") else None)
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(stick.viewer.as_uri())
    yield Shown(page, asked, told)
    context.close()
