"""Values made at random for generated badges: texts, addresses, numbers, dates, JSON; one of them or many."""

from collections.abc import Callable
from random import Random
from typing import Any

Json = dict[str, Any]

WORDS = (
    "", " ", "Robotics 101", "ロボット工学入門", "修了証 — Certificate", "ｱｲｳｴｵ", "ＡＢＣ１２３", "が と か\u3099",
    "e\u0301é", "\U0001f600", "👩\u200d🔬", "\U0002000b", "𠮷野家", "\ue000", "\ufffd", "عربى", "\u200e\u202b",
    'say "hi"', "back\\slash", "C:\\new\\table", "\\u0041", "a\tb", "line\nline", "a\r\nb", "\b\f", "\x01\x1f\x7f",
    "\x80\x85\x9f", "\u2028\u2029", "<p>&amp;</p>", "<a:s> <a:p> <a:o> .", "^^<urn:x>", "@ja", "_:b0",
    "https://x.example/", "null", "true", "5", "3.5E0", "@id", "%20{}|^`", "'", "#", "．", "\u3000",
)  # fmt: skip
_IRIS = (
    "https://issuer.example/{n}", "https://issuer.example/a/../b/./{n}", "https://issuer.example:443/{n}?q=a&b=%7e#frag",
    "https://例え.jp/バッジ/{n}", "HTTPS://Issuer.Example/{n}", "urn:uuid:00000000-0000-4000-8000-{n:012x}",
    "did:web:issuer.example%3A8000:issuers:{n}", "did:key:z6Mk{n}#z6Mk{n}", "mailto:{n}@learners.example",
    "tag:issuer.example,2026:{n}", "http://[2001:db8::1]/{n}", "https://issuer.example/({n})'~!$&*+,;=",
)  # fmt: skip
_DATES = ("2026-01-01T00:00:00Z", "2025-12-24T10:00:00+09:00", "1999-12-31T23:59:59.999999-14:00", "2026-01-01")
_LANGUAGES = ("ja", "en", "en-gb", "zh-hant", "ar", "x-jmc")
_NUMBERS = (
    0, 1, 3, -1, 90, 3.0, -0.0, 2.5, 0.1, 1.5, -0.5, 35.681236, 139.767125, 123456.789, 1e15, 0.000012345, 1.5e-7,
    999999999999999, 2**53, -(2**53), 123456789.012345, 1.00000000000001, 2.5e-9,
)  # fmt: skip


class Source:
    """Where values come from. One that is `plain` gives whole numbers only and no directions."""

    def __init__(self, chance: Random, *, plain: bool, number: int = 0) -> None:
        self.chance = chance
        self.plain = plain
        self.number = number

    def some(self, probability: float = 0.5) -> bool:
        return self.chance.random() < probability

    def next(self) -> int:
        """A number that was not yet given."""
        self.number += 1
        return self.number


Make = Callable[[Any], Any]
"""Makes a value from a Source."""


def text(writer: Source) -> str:
    chance = writer.chance
    if chance.random() < 0.02:
        return chance.choice(WORDS) * chance.randint(10, 60)
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 3)))


def iri(writer: Source) -> str:
    """An absolute IRI, or once in a while the label of a blank node."""
    written = "_:label-{n}.x" if writer.some(0.02) else writer.chance.choice(_IRIS)
    return written.format(n=writer.next())


def number(writer: Source) -> float:
    chance = writer.chance
    if writer.plain:
        return chance.choice((0, 1, 90, -5, 2**53))
    if chance.random() < 0.5:
        return chance.choice(_NUMBERS)
    return float(f"{chance.uniform(-1000, 1000):.{chance.randint(1, 15)}g}")


def whole(writer: Source) -> int:
    return writer.chance.choice((0, 1, 2, 60, 1_767_225_600, 2**53))


def truth(writer: Source) -> bool:
    return writer.some()


def date(writer: Source) -> str:
    return writer.chance.choice(_DATES)


def language(writer: Source) -> str:
    return writer.chance.choice(_LANGUAGES)


def spoken(writer: Source) -> Any:
    """A text, or texts with languages and directions (VCDM 2.0 §11.1)."""
    if writer.some(0.8):
        return text(writer)
    tags = writer.chance.sample(_LANGUAGES, writer.chance.randint(1, 3))
    made = []
    for tag in tags:
        value = {"@value": text(writer), "@language": tag}
        if writer.some(0.4) and not writer.plain:
            value["@direction"] = writer.chance.choice(("ltr", "rtl"))
            if writer.some(0.2):
                del value["@language"]
        made.append(value)
    # Two that differ in direction only are one for PyLD 3.3.0, which drops the second.
    distinct = list({(value["@value"], value.get("@language")): value for value in made}.values())
    return distinct[0] if len(distinct) == 1 and writer.some() else distinct


def by_language(writer: Source) -> Json:
    return {tag: text(writer) for tag in writer.chance.sample(_LANGUAGES, writer.chance.randint(1, 3))}


def anything(writer: Source) -> Any:
    """Any JSON value, for members that are JSON literals."""

    def value(depth: int) -> Any:
        chance = writer.chance
        match chance.randint(0, 7 if depth else 5):
            case 0:
                return None
            case 1:
                return truth(writer)
            case 2:
                return (
                    chance.choice((0, -7, 2**53 - 1)) if writer.plain else chance.choice((0, 0.1, -2.5, 1e21, 1.5e-7))
                )
            case 3 | 4 | 5:
                return text(writer)
            case 6:
                return [value(depth - 1) for _ in range(chance.randint(0, 3))]
            case _:
                names = {chance.choice(WORDS) for _ in range(chance.randint(0, 4))}
                return {
                    name: value(depth - 1)
                    for name in sorted(names)
                    if not writer.plain or max(name, default="") < "\ue000"
                }

    odd = {} if writer.plain else {"\ue000": 1, "\U0001f600": value(1)}
    return value(3) if writer.some(0.2) else {"id": iri(writer), "ja": value(2), **odd}


def many(make: Make) -> Make:
    """One value, or an array of none to three different ones."""

    def made(writer: Source) -> Any:
        if writer.some(0.4):
            return make(writer)
        values = [make(writer) for _ in range(writer.chance.randint(0, 3))]
        return [value for n, value in enumerate(values) if isinstance(value, dict) or value not in values[:n]]

    return made


def array(make: Make) -> Make:
    """An array in any case."""

    def made(writer: Source) -> Any:
        values = many(make)(writer)
        return values if isinstance(values, list) else [values]

    return made


def either(*makes: Make) -> Make:
    return lambda writer: writer.chance.choice(makes)(writer)


def reference(writer: Source) -> Any:
    return iri(writer) if writer.some() else {"id": iri(writer)}
