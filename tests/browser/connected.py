"""An installation with another issuer's host within its reach, and how one gets to a result in the browser."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from jmc_vc.domain.credential import Format
from jmc_vc.domain.issuing_settings import IssuingProfile
from tests.browser.pages import served_house
from tests.builders.installation import Installation, award
from tests.builders.outside_issuer import HOST, OutsideIssuer
from tests.simulators.outside import Mode, outside
from tests.web.pages.house import House

SLOW: Final = "https://slow.example"
VALID: Final = ("この証明は有効です。", "This credential is valid.")
NOT_REGISTERED: Final = ("発行機関は登録されていません。", "The issuer is not registered.")


@contextmanager
def connected_house(folder: Path) -> Iterator[House]:
    """The installation, answering. A badge of somebody else stands at HOST/badges/1; SLOW never answers."""
    with outside(folder) as internet:
        host, issuer = internet.host(HOST.removeprefix("https://")), OutsideIssuer()
        host.serve("/.well-known/did.json", json.dumps(issuer.document()).encode())
        host.serve("/badges/1", issuer.sign(issuer.badge()))
        internet.host(SLOW.removeprefix("https://"), Mode.HANGS_AT_HEADERS)
        with served_house(folder / "house", internet.environment) as house:
            yield replace(house, bodies={**house.bodies, **in_other_forms(house.installation)})


def in_other_forms(installation: Installation) -> dict[str, bytes]:
    installation.set_issuing(profile=IssuingProfile.VC_JWT, sd_jwt_vc=True)
    body = award(recipient={**award()["recipient"], "email": "in-other-forms@learners.example"})
    forms = {each.format: each.body for each in installation.issue(body).representations}
    return {"jwt": forms[Format.JWT], "sd-jwt": forms[Format.SD_JWT]}


def link(house: House) -> str:
    return house.installation.service.site.credential(house.uuids["valid"])


def opened(tab: Page, house: House, path: str, language: str) -> None:
    base = house.installation.service.site.base_url
    tab.goto(base + path + ("?lang=en" if language == "en" else ""))


def submit(tab: Page) -> None:
    with tab.expect_navigation():
        tab.locator("#verify .button-main").click()
