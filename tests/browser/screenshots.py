"""Pictures of every public page for people to look at: `python -m tests.browser.screenshots [NAME …]`.

Writes build/screenshots/{name}.{language}-{phone|desktop}.png; without names, all pages.
"""

import sys
import tempfile
from pathlib import Path

from tests.browser.pages import DESKTOP, LANGUAGES, PHONE, SUBMITTED, addresses, chromium, open_page, served_house
from tests.parts import PARTS

FOLDER = Path(__file__).parents[2] / "build" / "screenshots"


def run(names: list[str]) -> int:
    program = PARTS["chromium"].find()
    if program is None:
        sys.stderr.write(f"Chromium not found: {PARTS['chromium'].remedy}\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served_house(Path(folder) / "house") as house,
        chromium(program) as browser,
    ):
        for size, device in ((PHONE, "phone"), (DESKTOP, "desktop")):
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]}, java_script_enabled=False, locale="ja-JP"
            )
            page = context.new_page()
            for name in names or [*addresses(house), *SUBMITTED]:
                for language in LANGUAGES:
                    open_page(page, house, name, language)
                    page.screenshot(path=FOLDER / f"{name}.{language}-{device}.png", full_page=True)
            context.close()
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
