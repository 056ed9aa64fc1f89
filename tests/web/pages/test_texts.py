"""Texts: the catalogue is whole, words that may be chosen stand nowhere else; dates and Markdown."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from jmc_vc.sentences import SENTENCES
from jmc_vc.web.pages import catalogue, dates
from jmc_vc.web.pages.markdown import inert
from jmc_vc.web.pages.rendering import _environment
from jmc_vc.web.pages.verdict import _FIRST_SENTENCE
from jmc_vc.web.pages.wording import Wording
from tests.web.pages.house import HOSTILE

TEMPLATES = sorted((Path(catalogue.__file__).parent / "templates").glob("*.html"))


def texts(catalog: Catalog) -> dict[tuple[str | None, str], tuple[str, ...]]:
    """The translations, by context and English text (the plural, where there are two)."""
    return {
        (_text(message.context), _all(message.id)[-1]): _all(message.string or ())
        for message in catalog
        if _all(message.id)[0]
    }


def _text(context: str | bytes | None) -> str | None:
    return context.decode() if isinstance(context, bytes) else context  # babel leaves those of a .mo file in bytes


def _all(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_the_catalogue_has_exactly_the_texts_of_the_templates() -> None:
    """`python -m jmc_vc.web.pages.catalogue` brings it up to date."""
    assert texts(catalogue.translated()).keys() == texts(catalogue.extracted()).keys()


def test_every_text_is_translated_with_the_same_placeholders() -> None:
    """Japanese needs no adjective where English has one."""
    assert catalogue.untranslated(catalogue.translated()) == []
    for (_, english), (japanese, *_) in texts(catalogue.translated()).items():
        wanted, given = (set(re.findall(r"%\((\w+)\)s", text)) for text in (english, japanese))
        assert wanted - {"Accredited", "accredited"} <= given <= wanted, english


def test_the_compiled_catalogue_is_fresh() -> None:
    with catalogue.MO.open("rb") as file:
        assert texts(read_mo(file)) == texts(catalogue.translated())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_says_the_words_that_an_installation_may_choose(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.findall(r"\bJMC\b(?!-)", text)
    assert not re.findall("日本マイクロ", text)


def test_no_text_says_them_either() -> None:
    for _, text in texts(catalogue.extracted()):
        assert not re.search("accredit|JMC(?!-)", re.sub(r"%\(\w+\)s", "", text), re.IGNORECASE), text


def test_other_words_reach_the_page() -> None:
    wording = Wording(
        name_ja="試験機構", name_en="Test Body", short="TB", japanese="認定", noun="recognition", adjective="recognized"
    )
    english = _environment("en", wording).get_template("parts.html").module
    japanese = _environment("ja", wording).get_template("parts.html").module
    assert "This recognition is a private third-party recognition." in english.disclaimer()  # type: ignore[attr-defined]
    assert "この認定は民間の第三者認定であり" in japanese.disclaimer()  # type: ignore[attr-defined]
    assert english.state_word("effective") == "Recognized"  # type: ignore[attr-defined]


def test_every_verdict_begins_with_a_sentence_that_can_stand_alone() -> None:
    for code, pair in SENTENCES.items():
        if code.startswith("verdict.") and code.count(".") == 1:
            assert all(_FIRST_SENTENCE.fullmatch(text) for text in pair), code


@pytest.mark.parametrize(
    ("day", "era"),
    [
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2026, 10, 1), "令和8年10月1日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1900, 1, 1), None),
        (datetime(2026, 3, 31, 15, 0, tzinfo=UTC), "令和8年4月1日"),
    ],
)
def test_a_day_in_its_era(day: date, era: str | None) -> None:
    assert dates.era(day) == era


def test_markdown_of_others_leads_nowhere() -> None:
    rendered = str(inert(HOSTILE))
    assert re.findall(r"<(\w+)", rendered) == ["h3", "p", "strong", "ul", "li"]
    assert inert('<img src=x onerror="alert(1)">[a]: javascript:x') == (
        '<p>&lt;img src=x onerror="alert(1)"&gt;[a]: javascript:x</p>\n'
    )
