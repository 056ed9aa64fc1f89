"""Keeps the Japanese catalogue in step with the templates: `python -m jmc_vc.web.pages.catalogue`.

Takes the English texts out of the templates, merges them into `pages.po` (new ones without a translation, unused ones
dropped) and compiles `pages.mo`. Both files are committed; a test holds them against the templates.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

_PAGES = Path(__file__).parent
PO = _PAGES / "locale" / "ja" / "LC_MESSAGES" / "pages.po"
MO = PO.with_suffix(".mo")
_EXTRACTION = {"extensions": "jinja2.ext.i18n", "trimmed": "true", "silent": "false", "newstyle_gettext": "true"}
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed time in the header: the file changes when its texts do, not when it is written."""


def extracted() -> Catalog:
    """Every text in the templates, without translations."""
    found = Catalog(
        locale="ja",
        domain="pages",
        project="jmc-vc",
        version="",
        header_comment="# The pages in Japanese. Placeholders such as %(accreditation)s are configurable words.",
        copyright_holder="",
        msgid_bugs_address="",
        last_translator="",
        language_team="",
        creation_date=_BEGINNING,
        revision_date=_BEGINNING,
        fuzzy=False,
    )
    messages = extract_from_dir(
        _PAGES / "templates",
        method_map=[("**.html", "jinja2")],
        options_map={"**.html": _EXTRACTION},
        keywords={"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)},
    )
    for name, _, text, comments, context in messages:
        found.add(text, locations=[(name, 0)], auto_comments=comments, context=context)
    return found


def translated() -> Catalog:
    """The catalogue as it is committed."""
    with PO.open("rb") as file:
        return read_po(file, locale="ja", domain="pages")


def merged() -> Catalog:
    """Today's texts with the translations that exist."""
    known = translated() if PO.exists() else Catalog(locale="ja")
    found = extracted()
    for message in found:
        if message.id and (before := known.get(message.id, message.context)):
            message.string = before.string
    return found


def compiled(catalog: Catalog) -> bytes:
    """The bytes of `pages.mo`."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """The texts without a translation."""
    return [
        str(message.id)
        for message in catalog
        if message.id and not all(message.string if isinstance(message.string, tuple) else [message.string])
    ]


def run() -> int:
    """Write both files; 1 if a translation is missing."""
    catalog = merged()
    with PO.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
    MO.write_bytes(compiled(translated()))
    missing = untranslated(catalog)
    sys.stdout.write("".join(f"no translation: {text}\n" for text in missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(run())
