"""Single edits of the bytes of good credentials: of what is said (each leaf changed, added, dropped, moved), of how it
is said (order, white space, escapes, spelling of numbers), and of the bytes, whatever they are. The same seed makes
the same."""

import json
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from jmc_vc.formats import baking
from jmc_vc.formats.encoding import base64url

Path = tuple[str | int, ...]
Edit = Callable[[bytes, Random], bytes]

_NAMES = ("id", "type", "name", "description", "validUntil", "credentialStatus", "@id", "@type", "@graph", "evidence",
          "identifier", "result", "value", "proof", "awardedDate", "endorsement", "image", "grade", "jmc:testData",
          "https://purl.imsglobal.org/spec/vc/ob/vocab.html#result", "https://schema.org/name", "", "a.b")  # fmt: skip
_VALUES: tuple[Any, ...] = (None, True, False, 0, 1, -1, 1.5, "", "x", "100", "did:example:bob", "2099-01-01T00:00:00Z",
           [], {}, ["x"], {"id": "urn:uuid:1"}, {"@value": "x"}, "https://x.example/1")  # fmt: skip


def edited(good: bytes, chance: Random) -> tuple[str, bytes]:
    """One edit of `good`, and what it is called. It may be none, where it changes what is there to the same."""
    begins = good.lstrip()[:1]
    if begins == b"{":
        kinds: dict[str, Edit] = SAID | SPELLED | BYTES
    elif begins in (b"<", b"\x89"):
        kinds = BAKED | BYTES
    else:
        kinds = IN_TOKEN | BYTES
    name = chance.choice(tuple(kinds))
    return name, kinds[name](good, chance)


# --- what is said -----------------------------------------------------------------------------------------------------


def _places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place but the root."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from _places(inner, (*path, key))


def _at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def _where(document: Any, chance: Random, kind: type | tuple[type, ...] | None = None) -> Path | None:
    found = [path for path in _places(document) if kind is None or isinstance(_at(document, path), kind)]
    return chance.choice(found) if found else None


def _of_document(change: Callable[[Any, Random], None]) -> Edit:
    def edit(good: bytes, chance: Random) -> bytes:
        document = json.loads(good)
        change(document, chance)
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    return edit


def _another(value: Any, chance: Random) -> Any:
    """A small change of a leaf."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + chance.choice((1, -1, 0.5, 10))
        case str():
            at = chance.randrange(len(value) + 1)
            return value[:at] + chance.choice(("", "0", "é", " ", "\u200b", "x")) + value[at + chance.randrange(2) :]
        case _:
            return "x"


def _change(document: Any, chance: Random) -> None:
    if (path := _where(document, chance, (str, int, float, bool))) is not None:
        _at(document, path[:-1])[path[-1]] = _another(_at(document, path), chance)


def _replace(document: Any, chance: Random) -> None:
    if (path := _where(document, chance)) is not None:
        _at(document, path[:-1])[path[-1]] = chance.choice(_VALUES)


def _drop(document: Any, chance: Random) -> None:
    if (path := _where(document, chance)) is not None:
        del _at(document, path[:-1])[path[-1]]


def _add(document: Any, chance: Random) -> None:
    path = _where(document, chance, (dict, list)) or ()
    place = _at(document, path)
    if isinstance(place, dict):
        place[chance.choice(_NAMES)] = chance.choice(_VALUES)
    else:
        place.insert(chance.randrange(len(place) + 1), chance.choice(_VALUES))


def _double(document: Any, chance: Random) -> None:
    if (path := _where(document, chance, list)) is not None:
        _at(document, path).extend(_at(document, path)[-1:])


def _move(document: Any, chance: Random) -> None:
    """A member of one object becomes a member of another."""
    source, target = _where(document, chance), _where(document, chance, dict) or ()
    if source is None or target[: len(source)] == source:
        return
    there, value = _at(document, target), _at(document, source)
    del _at(document, source[:-1])[source[-1]]
    there[source[-1] if isinstance(source[-1], str) else chance.choice(_NAMES)] = value


def _swap(document: Any, chance: Random) -> None:
    """Two leaves change places."""
    one, other = (_where(document, chance, (str, int, float, bool)) for _ in range(2))
    if one is not None and other is not None:
        first, second = _at(document, one), _at(document, other)
        _at(document, one[:-1])[one[-1]], _at(document, other[:-1])[other[-1]] = second, first


def _rename(document: Any, chance: Random) -> None:
    path = _where(document, chance)
    if path is not None and isinstance(path[-1], str):
        place = _at(document, path[:-1])
        place[chance.choice((*_NAMES, path[-1].upper(), f"jmc:{path[-1]}"))] = place.pop(path[-1])


def _turn(document: Any, chance: Random) -> None:
    """A list in another order."""
    if (path := _where(document, chance, list)) is not None:
        _at(document, path).reverse()


def _wrap(document: Any, chance: Random) -> None:
    """A value alone becomes one in an array, and the other way round."""
    if (path := _where(document, chance)) is not None:
        value = _at(document, path)
        alone = isinstance(value, list) and len(value) == 1
        _at(document, path[:-1])[path[-1]] = value[0] if alone else [value]


_CHANGES = (_change, _replace, _drop, _add, _double, _move, _swap, _rename, _turn, _wrap)
SAID: dict[str, Edit] = {change.__name__.strip("_"): _of_document(change) for change in _CHANGES}


# --- how it is said ---------------------------------------------------------------------------------------------------


def _shuffled(value: Any, chance: Random) -> Any:
    if isinstance(value, dict):
        names = list(value)
        chance.shuffle(names)
        return {name: _shuffled(value[name], chance) for name in names}
    return [_shuffled(item, chance) for item in value] if isinstance(value, list) else value


def _order(good: bytes, chance: Random) -> bytes:
    return json.dumps(_shuffled(json.loads(good), chance), ensure_ascii=False).encode()


def _space(good: bytes, chance: Random) -> bytes:
    """White space behind one comma, colon or bracket, also inside texts, where it counts."""
    at = chance.choice([found.end() for found in re.finditer(rb"[,:{}\[\]]", good)])
    return good[:at] + chance.choice((b" ", b"\n", b"\t", b"\r\n", b"\xc2\xa0", b"\x0c")) + good[at:]


def _escape(good: bytes, chance: Random) -> bytes:
    """One character as an escape, wherever it is."""
    text = good.decode()
    at = chance.randrange(len(text))
    units = text[at].encode("utf-16-be")
    escaped = "".join(f"\\u{units[n]:02x}{units[n + 1]:02X}" for n in range(0, len(units), 2))
    return (text[:at] + escaped + text[at + 1 :]).encode()


def _number(good: bytes, chance: Random) -> bytes:
    """A number in other digits, also where it stands in a text."""
    found = list(re.finditer(rb"\d+", good))
    if not found:
        return good
    one = chance.choice(found)
    other = chance.choice((b"%b.0", b"%be0", b"0%b", b"+%b", b"%b.", b"%bE+0", b"%b0e-1", b"-%b")) % one[0]
    return good[: one.start()] + other + good[one.end() :]


SPELLED: dict[str, Edit] = {
    "order": _order, "space": _space, "escape": _escape, "number": _number,
}  # fmt: skip


# --- bytes ------------------------------------------------------------------------------------------------------------


def _bit(good: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(good))
    return good[:at] + bytes([good[at] ^ 1 << chance.randrange(8)]) + good[at + 1 :]


def _byte(good: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(good))
    return good[:at] + bytes([chance.randrange(256)]) + good[at + 1 :]


def _insert(good: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(good) + 1)
    return good[:at] + chance.choice((chance.randbytes(1), b"0", b'"', b"=", b".", b"~", b"\0")) + good[at:]


def _delete(good: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(good))
    return good[:at] + good[at + chance.choice((1, 1, 1, 2, 8, 64)) :]


def _repeat(good: bytes, chance: Random) -> bytes:
    at, size = chance.randrange(len(good)), chance.choice((1, 2, 4, 16, 64))
    return good[: at + size] + good[at:]


def _cut(good: bytes, chance: Random) -> bytes:
    return good[: chance.randrange(len(good))]


BYTES: dict[str, Edit] = {
    "bit": _bit, "byte": _byte, "insert": _insert, "delete": _delete, "repeat": _repeat, "cut": _cut,
}  # fmt: skip


# --- tokens and pictures ----------------------------------------------------------------------------------------------


def _in_part(part: int, change: Edit) -> Edit:
    def edit(good: bytes, chance: Random) -> bytes:
        parts = good.decode().strip().split(".")
        parts[part] = base64url.encode(change(base64url.decode(parts[part]), chance))
        return ".".join(parts).encode()

    return edit


IN_TOKEN: dict[str, Edit] = {
    **{f"payload {name}": _in_part(1, change) for name, change in (SAID | SPELLED).items()},
    **{f"header {name}": _in_part(0, change) for name, change in (SAID | SPELLED).items()},
}


def _inside(change: Edit) -> Edit:
    def edit(good: bytes, chance: Random) -> bytes:
        baked = baking.unbake(good).data
        of_token = IN_TOKEN["payload change"]
        return good.replace(baked, (change if baked[:1] == b"{" else of_token)(baked, chance))

    return edit


BAKED: dict[str, Edit] = {f"inside {name}": _inside(change) for name, change in (SAID | SPELLED).items()}
