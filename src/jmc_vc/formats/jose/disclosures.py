"""Selective disclosure: claims replaced by digests, and put back from the disclosures that the holder shows.

RFC 9901 §4.2 and §7.1, https://www.rfc-editor.org/rfc/rfc9901. A disclosure is the base64url of `[salt, name, value]`,
or of `[salt, value]` for an element of an array. Its digest stands in the `_sd` of the object that it was taken from,
or as `{"...": digest}` in the array. A disclosure may itself hold digests.

Putting back is strict: every disclosure is used, no digest occurs twice (decoys included), no name is put over another
one, and the words of the mechanism stand nowhere else. The work is linear in what was sent; the result keeps the limits
of any document.
"""

from bisect import insort
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256, sha384, sha512
from typing import Any, TypeAlias

import orjson

from jmc_vc.errors import Unacceptable
from jmc_vc.formats import strict_json
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.strict_json import JsonObject, JsonValue, Limits, TooDeep, TooManyValues

Path: TypeAlias = tuple[str | int, ...]
"""Where a claim stands: names of members and positions in arrays."""

_HASHES: Mapping[str, Callable[[bytes], Any]] = {"sha-256": sha256, "sha-384": sha384, "sha-512": sha512}
"""By their names at IANA. We write the first, which everybody has to know (RFC 9901 §4.1.1)."""
_ALGORITHM, _DIGESTS, _ELEMENT = "_sd_alg", "_sd", "..."
_WORDS = frozenset({_ALGORITHM, _DIGESTS, _ELEMENT})
_LIMITS = Limits()


class BadDisclosure(Unacceptable):
    """A disclosure is no `[salt, name, value]` or `[salt, value]` where it belongs, or its name is not allowed."""

    code = "disclosure.syntax"


class RepeatedDisclosure(Unacceptable):
    """A digest occurs twice, a disclosure is shown twice, or two claims have one name."""

    code = "disclosure.repeated"


class UnreferencedDisclosure(Unacceptable):
    """A disclosure whose digest the issuer did not sign: anybody may have written it."""

    code = "disclosure.unreferenced"


class BadDigests(Unacceptable):
    """`_sd`, `...` or `_sd_alg` stand where they may not, or hold something else than digests."""

    code = "disclosure.digests"


class UnsupportedHash(Unacceptable):
    """`_sd_alg` names a hash function that we do not know."""

    code = "disclosure.hash"


class NoSuchClaim(Unacceptable):
    """There is no claim at the path that was to be made disclosable."""

    code = "disclosure.path"


@dataclass(frozen=True)
class Disclosed:
    """The claims with everything put back that was shown, and where each disclosure went."""

    claims: JsonObject
    places: Mapping[str, Path]
    """Disclosure → the place of its claim in `claims`."""


def conceal(
    claims: JsonObject, paths: Collection[Path], salts: Callable[[], str], *, decoys: int = 0
) -> tuple[JsonObject, tuple[str, ...]]:
    """The payload that is signed, and the disclosures that the holder gets.

    Each of `paths` becomes disclosable for itself; one inside another makes a disclosure within a disclosure. `salts`
    answers another text of 128 random bits at every call (RFC 9901 §9.3); `decoys` digests of nothing hide at the top
    how many there are. Raises NoSuchClaim, and BadDigests when the claims use the words of the mechanism."""
    _require_no_words(claims)
    payload: Any = orjson.loads(orjson.dumps(claims))
    disclosures: list[str] = []
    # The inner before the outer, which take them along.
    for path in sorted(dict.fromkeys(paths), key=len, reverse=True):
        if not path:  # the whole is what is signed
            raise NoSuchClaim(pointer="")
        *steps, last = path
        holder = payload
        for step in steps:
            holder = _child(holder, step, path)
        value = _child(holder, last, path)
        text = base64url.encode(orjson.dumps([salts(), last, value] if isinstance(last, str) else [salts(), value]))
        disclosures.append(text)
        digest = hash_of(text.encode(), "sha-256")
        if isinstance(last, str):
            del holder[last]
            insort(holder.setdefault(_DIGESTS, []), digest)
        else:
            holder[last] = {_ELEMENT: digest}
    if decoys:
        random = [hash_of(salts().encode(), "sha-256") for _ in range(decoys)]
        payload[_DIGESTS] = sorted([*payload.get(_DIGESTS, []), *random])
    if disclosures or decoys:
        payload[_ALGORITHM] = "sha-256"
    return payload, tuple(disclosures)


def reveal(payload: JsonObject, disclosures: Sequence[str]) -> Disclosed:
    """The claims of `payload` with `disclosures` put back (RFC 9901 §7.1, step 3).

    Raises disclosure.syntax, .repeated, .unreferenced, .digests and .hash, encoding.base64url, the parse.* of a
    disclosure, and TooDeep and TooManyValues for the result."""
    algorithm = hash_name(payload)
    contents = {text: base64url.decode(text) for text in disclosures}
    if len(contents) != len(disclosures):
        raise RepeatedDisclosure
    walk = _Walk(contents, {hash_of(text.encode(), algorithm): text for text in contents})
    claims = walk.object({name: value for name, value in payload.items() if name != _ALGORITHM}, ())
    if walk.waiting:
        raise UnreferencedDisclosure
    return Disclosed(claims, walk.places)


def hash_name(payload: JsonObject) -> str:
    """The hash function that `payload` declares. Raises UnsupportedHash."""
    name = payload.get(_ALGORITHM, "sha-256")
    if not isinstance(name, str) or name not in _HASHES:
        raise UnsupportedHash(pointer=f"/{_ALGORITHM}")
    return name


def hash_of(data: bytes, name: str) -> str:
    """The digest in base64url."""
    digest: bytes = _HASHES[name](data).digest()
    return base64url.encode(digest)


@dataclass
class _Walk:
    """The state of one `reveal`; `waiting` are the disclosures by their digests, until they are used."""

    contents: Mapping[str, bytes]
    waiting: dict[str, str]
    places: dict[str, Path] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    values: int = 0

    def value(self, value: JsonValue, path: Path) -> JsonValue:
        self.values += 1
        if self.values > _LIMITS.values:
            raise TooManyValues(limit=_LIMITS.values)
        if isinstance(value, dict | list) and len(path) >= _LIMITS.depth:
            raise TooDeep(limit=_LIMITS.depth)
        if isinstance(value, dict):
            return self.object(value, path)
        return self._array(value, path) if isinstance(value, list) else value

    def object(self, members: JsonObject, path: Path) -> JsonObject:
        if _ELEMENT in members or _ALGORITHM in members:
            raise BadDigests
        found = {name: self.value(value, (*path, name)) for name, value in members.items() if name != _DIGESTS}
        digests = members.get(_DIGESTS, [])
        if not isinstance(digests, list):
            raise BadDigests
        for digest in digests:
            text = self._shown(digest)
            if text is None:
                continue
            name, value = self._read(text, 3)
            if not isinstance(name, str) or name in _WORDS:
                raise BadDisclosure
            if name in members or name in found:
                raise RepeatedDisclosure
            self.places[text] = (*path, name)
            found[name] = self.value(value, (*path, name))
        return found

    def _array(self, elements: list[JsonValue], path: Path) -> list[JsonValue]:
        found: list[JsonValue] = []
        for element in elements:
            place = (*path, len(found))
            if not isinstance(element, dict) or _ELEMENT not in element:
                found.append(self.value(element, place))
                continue
            if len(element) != 1:
                raise BadDigests
            text = self._shown(element[_ELEMENT])
            if text is not None:
                (value,) = self._read(text, 2)
                self.places[text] = place
                found.append(self.value(value, place))
        return found

    def _shown(self, digest: JsonValue) -> str | None:
        """The disclosure of `digest`, or None when it is withheld or a decoy. No digest may come twice."""
        if not isinstance(digest, str):
            raise BadDigests
        if digest in self.seen:
            raise RepeatedDisclosure
        self.seen.add(digest)
        return self.waiting.pop(digest, None)

    def _read(self, text: str, length: int) -> list[JsonValue]:
        """The disclosure without its salt."""
        found = strict_json.parse(self.contents[text])
        if not isinstance(found, list) or len(found) != length or not isinstance(found[0], str):
            raise BadDisclosure
        return found[1:]


def _child(holder: Any, step: str | int, path: Path) -> Any:
    if isinstance(holder, dict) and step in holder:
        return holder[step]
    if isinstance(holder, list) and isinstance(step, int) and 0 <= step < len(holder):
        return holder[step]
    raise NoSuchClaim(pointer="/" + "/".join(map(str, path)))


def _require_no_words(value: JsonValue) -> None:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            if item.keys() & _WORDS:
                raise BadDigests
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
