"""Every sentence that goes with a stable code, in Japanese and English.

`sentence("validity.expired", end=date(2026, 3, 31))` looks the code up in the tables of this package and fills the
placeholders; dates are written as the language writes them. Labels of pages are no sentences with a code: they stand in
the gettext catalogues of `web/pages/locale`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache

from jmc_vc.errors import Param, Wording
from jmc_vc.sentences.approving import APPROVING
from jmc_vc.sentences.batch_table import BATCH_TABLE
from jmc_vc.sentences.check_names import CHECK_NAMES
from jmc_vc.sentences.commands import COMMANDS
from jmc_vc.sentences.drill import DRILL
from jmc_vc.sentences.findings import FINDINGS
from jmc_vc.sentences.formats import FORMATS
from jmc_vc.sentences.key_commands import KEY_COMMANDS
from jmc_vc.sentences.lapsed import LAPSED
from jmc_vc.sentences.next_steps import NEXT_STEPS
from jmc_vc.sentences.offline import OFFLINE
from jmc_vc.sentences.outside import OUTSIDE
from jmc_vc.sentences.own_keys import OWN_KEYS
from jmc_vc.sentences.program_rules import PROGRAM_RULES
from jmc_vc.sentences.receipts import RECEIPTS
from jmc_vc.sentences.records import RECORDS
from jmc_vc.sentences.refusals import REFUSALS
from jmc_vc.sentences.restoring import RESTORING
from jmc_vc.sentences.shown import SHOWN
from jmc_vc.sentences.story import STORY
from jmc_vc.sentences.verdicts import VERDICTS
from jmc_vc.sentences.viewer import VIEWER
from jmc_vc.sentences.worth import WORTH

SENTENCES: Mapping[str, tuple[str, str]] = {
    **REFUSALS, **FINDINGS, **OUTSIDE, **FORMATS, **PROGRAM_RULES, **VERDICTS, **COMMANDS, **KEY_COMMANDS, **APPROVING,
    **STORY, **OWN_KEYS, **WORTH, **RECEIPTS, **RECORDS, **RESTORING, **DRILL, **OFFLINE, **VIEWER, **SHOWN,
    **NEXT_STEPS,
    **BATCH_TABLE,
    **LAPSED, **CHECK_NAMES,
}  # fmt: skip
"""Code → (Japanese, English)."""

_JST = timezone(timedelta(hours=9))
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """One sentence in both languages."""

    ja: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in `language`, "ja" or "en"."""
        return self.ja if language == "ja" else self.en


def sentence(code: str, /, **params: Param) -> Sentence:
    """The sentence of `code` with its placeholders filled. Raises KeyError for an unknown code: a test walks them
    all."""
    if not params:
        return _plain(code)
    ja, en = SENTENCES[code]
    return Sentence(
        ja=ja.format_map({name: _written(value, "ja") for name, value in params.items()}),
        en=en.format_map({name: _written(value, "en") for name, value in params.items()}),
    )


@cache
def _plain(code: str) -> Sentence:
    ja, en = SENTENCES[code]
    return Sentence(ja=ja.format_map({}), en=en.format_map({}))


def written_date(day: date, language: str) -> str:
    """2026年10月1日, or 1 October 2026."""
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def written_time(moment: datetime, language: str) -> str:
    """2026年11月22日14時05分, or 22 November 2026, 14:05 JST: Japanese time always."""
    local = moment.astimezone(_JST)
    if language == "ja":
        return f"{written_date(local.date(), 'ja')}{local.hour}時{local.minute:02}分"
    return f"{written_date(local.date(), 'en')}, {local:%H:%M} JST"


def _written(value: Param, language: str) -> str:
    if isinstance(value, Wording):
        return value.ja if language == "ja" else value.en
    if isinstance(value, datetime):
        return written_time(value, language)
    if isinstance(value, date):
        return written_date(value, language)
    return str(value)
