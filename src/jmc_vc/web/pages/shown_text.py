"""How a text is shown that anybody may have written: visible, in its own direction, and no longer than is read.

What a credential says was signed by somebody, and that somebody may be an attacker. A control that turns the direction
of writing makes "invalid" read "valid"; characters without a form make two names look the same; a thousand accents on a
letter cover the page. So what cannot be seen is shown as U+FFFD, and accents beyond any orthography too. The bytes
themselves are never changed: only what a page, a table or a file for people says of them. The offline page has the same
rules (`viewer/script/text.js`); both are held to one table by tests. Kept are the selectors by which Japanese names
choose their form (ideographic variation sequences, UTS 37) and the joiner inside emoji.
"""

import re
from dataclasses import dataclass
from typing import Final
from unicodedata import category

MOST: Final = 200
"""Clusters of a name or a title: five lines of a page."""
WHOLE: Final = 20_000
"""Clusters of what is called the full text, which a reader has to open, and characters of any text that are looked at:
work is bounded, whatever a cluster is made of."""
REPLACEMENT: Final = "\ufffd"

_LONGEST_CLUSTER: Final = 16
"""Characters on average, so that a text of accents alone ends too."""
_MOST_MARKS: Final = 8
"""On one letter. Vietnamese has two, Hebrew with its cantillation four."""
_HIDDEN: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls
    r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    r"\u2028-\u202e"  # separators of lines and paragraphs, directions
    r"\u2800\U0001d159"  # drawn, and empty
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
"""Controls, and the default-ignorable characters (Unicode, DerivedCoreProperties) less those that select a form."""
_SELECTORS: Final = re.compile(r"[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SKIN_TONES: Final = re.compile(r"[\U0001f3fb-\U0001f3ff]")
_JOINER: Final = "\u200d"
_SPACES: Final = frozenset("\t\n\r")


@dataclass(frozen=True, kw_only=True)
class ShownText:
    """`text` ends in an ellipsis if it is `cut`; `altered`: something in it could not be seen as it was; `legible`:
    there is something to read in it."""

    text: str
    cut: bool
    altered: bool
    legible: bool


def displayable(text: str, *, most: int) -> str:
    """`text` as it can be shown, at most `most` clusters of it, on one line. Never blank unless it is empty."""
    found = shown_text(text, most=most)
    return found.text if found.legible or not text else REPLACEMENT


def shown_text(text: str, *, most: int = MOST, lines: bool = False) -> ShownText:
    """`text` as it can be shown, at most `most` clusters of it; `lines`: its lines stay apart."""
    made: list[str] = []
    clusters = marks = 0
    is_open = cut = altered = legible = joined = False  # `is_open`: marks and selectors can follow
    within = text[: min(most * _LONGEST_CLUSTER, WHOLE)]
    is_longer, text = len(text) > len(within), within.replace("\r\n", "\n")
    for place, character in enumerate(text):
        kind = category(character)
        if kind == "Zs" or character in _SPACES:
            is_open = False
            space = "\n" if lines and character == "\n" else " " if character in _SPACES else character
            if not made or not made[-1].isspace():
                made.append(space)
            elif space == "\n" and made[-2:] != ["\n", "\n"]:
                made.append("\n")
            continue
        if is_open and _follows(text, place, character, kind, marks):
            marks += kind[0] == "M"
            joined = character == _JOINER
            made.append(character)
            continue
        if kind[0] == "M" or character == _JOINER or _HIDDEN.match(character) or _SELECTORS.match(character):
            altered, is_open, shown = True, False, REPLACEMENT
        else:
            is_open = character != REPLACEMENT
            legible, shown = legible or is_open, character
        if shown == REPLACEMENT and made[-1:] == [REPLACEMENT]:
            continue
        marks, clusters, joined = 0, clusters + (not joined), False
        if clusters > most:
            cut = True
            break
        made.append(shown)
    cut = cut or is_longer
    said = "".join(made).strip()
    return ShownText(text=f"{said}…" if cut else said, cut=cut, altered=altered, legible=legible)


def _follows(text: str, place: int, character: str, kind: str, marks: int) -> bool:
    """Whether `character` may stand behind the one before it, as a part of the same cluster."""
    before = text[place - 1]
    if _SELECTORS.match(character):
        return not _SELECTORS.match(before) and before != _JOINER
    if character == _JOINER:
        after = text[place + 1 : place + 2]
        return after != "" and category(after) == "So" and _is_emoji(text, place - 1)
    return kind[0] == "M" and marks < _MOST_MARKS and not _HIDDEN.match(character)


def _is_emoji(text: str, place: int) -> bool:
    if _SELECTORS.match(text[place]):
        place -= 1
    return place >= 0 and (category(text[place]) == "So" or _SKIN_TONES.match(text[place]) is not None)
