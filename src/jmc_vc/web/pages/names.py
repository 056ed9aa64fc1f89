"""How a person's name stands on a page: the characters that were signed, never broken inside a part.

On Japanese pages family and given name stand apart by an ideographic space (U+3000), which is a matter of display: the
signed string has U+0020 there (domain journeys §3.5). The parts are used only if together they are the signed name.
"""

import re
from dataclasses import dataclass

from jmc_vc.formats.openbadges.subject import AchievementSubject, NameParts
from jmc_vc.web.pages.shown_text import MOST, displayable

_CJK = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, kw_only=True)
class ShownName:
    """`parts` with `separator` between them is the name; `readings` are its other writings, kana and Latin letters.
    `signed` is the whole of it as it was signed."""

    parts: tuple[str, ...]
    separator: str
    readings: tuple[str, ...]
    signed: str

    @property
    def text(self) -> str:
        return self.separator.join(self.parts)


def text_language(text: str) -> str | None:
    """The `lang` of a text whose language nobody stated: "ja" if it has Japanese characters, so that fonts draw their
    Japanese forms; None for Latin letters, which may be of any language."""
    return "ja" if _CJK.search(text) else None


def shown_name(subject: AchievementSubject, language: str) -> ShownName | None:
    """The recipient's name for a page in `language`; None if the credential carries no name in plain text."""
    signed = next((each.value for each in subject.identifiers if each.kind == "name" and not each.hashed), None)
    parts = subject.recipient_name
    if signed is None:
        return None
    if parts is None:
        return _shown((displayable(signed, most=MOST),), " ", (), signed)
    written = _parts(parts.ja, "family-first")
    latin = " ".join(_parts(parts.latn, parts.order))
    if not written or " ".join(written) != signed:
        kana = " ".join(_parts(parts.kana, parts.order)) if language == "ja" else ""
        return _shown(tuple(displayable(signed, most=MOST).split(" ")), " ", (kana,), signed)
    readings = (" ".join(_parts(parts.kana, "family-first")), latin) if language == "ja" else (latin,)
    separator = "\u3000" if language == "ja" else " "
    return _shown(tuple(displayable(part, most=MOST) for part in written), separator, readings, signed)


def _shown(parts: tuple[str, ...], separator: str, readings: tuple[str, ...], signed: str) -> ShownName:
    others = tuple(displayable(each, most=MOST) for each in readings if each)
    return ShownName(parts=parts, separator=separator, readings=others, signed=signed)


def _parts(name: NameParts | None, order: str | None) -> tuple[str, ...]:
    if name is None:
        return ()
    ordered = (
        (name.given, name.middle, name.family) if order == "given-first" else (name.family, name.middle, name.given)
    )
    return tuple(part for part in ordered if part)
