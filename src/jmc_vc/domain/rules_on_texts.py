"""Rules on what a program says of itself: R-02, R-03, R-17, R-19, R-20 (metadata profile §4)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from unicodedata import category, normalize

import regex

from jmc_vc.domain.portable import misplaced
from jmc_vc.domain.program_rule import Breach, Draft

JAPANESE_WORDS = ("学士", "修士", "博士", "学位", "国家資格", "免許")
ENGLISH_WORDS = ("degree", "bachelor", "master", "diploma", "national")
"""Words that could be taken for a degree or a national qualification; English ones as whole words, in any case."""

LONGEST_TITLE: Mapping[str, int] = {"ja": 60, "en": 120}

_JAPANESE = regex.compile(r"[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]")
_LATIN = regex.compile(r"\p{Script=Latin}")
_REFUND = re.compile(r"返金|返還|払戻|払い戻|refund", re.IGNORECASE)


def title_promises_no_degree(draft: Draft) -> Iterator[Breach]:
    """R-02, in both titles; full-width letters and invisible characters do not hide a word."""
    for language in ("ja", "en"):
        title = _visible(draft.content["title"][language])
        for word in JAPANESE_WORDS:
            if word in title:
                yield Breach(f"/title/{language}", {"word": word})
        for word in ENGLISH_WORDS:
            if re.search(rf"(?<![A-Za-z]){word}(?![A-Za-z])", title, re.IGNORECASE):
                yield Breach(f"/title/{language}", {"word": word})


def title_is_short(draft: Draft) -> Iterator[Breach]:
    """R-03, in characters as people count them."""
    for language, most in LONGEST_TITLE.items():
        if len(regex.findall(r"\X", draft.content["title"][language])) > most:
            yield Breach(f"/title/{language}")


def both_languages_are_written(draft: Draft) -> Iterator[Breach]:
    """R-17, for every pair of texts: the one is no copy of the other, and the Japanese one is in Japanese."""
    for pointer, ja, en in _pairs(draft.content, ""):
        if ja == en or (_LATIN.search(ja) and not _JAPANESE.search(ja)):
            yield Breach(pointer)


def public_page_is_the_same(_: Draft) -> Iterator[Breach]:
    """R-19: only a look at the public page can show it, so it is reported for every program."""
    yield Breach("")


def fees_are_complete(draft: Draft) -> Iterator[Breach]:
    """R-20: where something is to be paid, with tax and with refund terms."""
    fees = draft.content.get("fees")
    if not fees or not fees["amount"]:
        return
    note = fees.get("note", {})
    if "taxIncluded" not in fees or not any(_REFUND.search(text) for text in note.values()):
        yield Breach("/fees")


def titles_are_sorted_alike(draft: Draft) -> Iterator[Breach]:
    """Both titles are statements of one thing in every credential: their order must be the same everywhere."""
    if misplaced(draft.content["title"].values()) is not None:
        yield Breach("/title", variant="title_order")


def _visible(text: str) -> str:
    return "".join(character for character in normalize("NFKC", text) if category(character) not in ("Cf", "Mn"))


def _pairs(value: Any, pointer: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, Mapping):
        if isinstance(value.get("ja"), str) and isinstance(value.get("en"), str):
            yield pointer, value["ja"], value["en"]
            return
        for name, member in value.items():
            yield from _pairs(member, f"{pointer}/{name}")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for i, item in enumerate(value):
            yield from _pairs(item, f"{pointer}/{i}")
