"""SD-JWT: a signed token and the disclosures that its holder shows with it, `token~disclosure~…~` and, at the end, a
key binding when there is one.

RFC 9901 §4, https://www.rfc-editor.org/rfc/rfc9901. This is the envelope that IETF's SD-JWT VC (`sd_jwt_vc`) and W3C's
(`vc_sd_jwt`) share; what the disclosures do to the claims is told in `disclosures`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import orjson

from jmc_vc.errors import TooLarge
from jmc_vc.formats import strict_json
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.jose.compact_jws import CompactJws, NotAToken, TokenTooLong
from jmc_vc.formats.jose.disclosures import BadDisclosure, Disclosed, Path, conceal, reveal
from jmc_vc.formats.strict_json import JsonObject

MOST_DISCLOSURES = 500
"""A learning credential has up to 60; each costs a hash and a look into JSON."""


class TooManyDisclosures(TooLarge):
    """More than `limit` disclosures."""

    code = "disclosure.limit"


@dataclass(frozen=True, kw_only=True)
class SdJwt:
    """A token as read, not yet verified: `compact_jws.verify(sd_jwt.jws, key)`."""

    jws: CompactJws
    token: str
    disclosures: tuple[str, ...]
    key_binding: CompactJws | None
    """That one is there says nothing: whether it is asked for is the verifier's rule, and `key_binding` verifies it."""

    @property
    def presented(self) -> str:
        """All but the key binding: what a key binding signs the hash of (RFC 9901 §4.3.1)."""
        return "~".join((self.token, *self.disclosures, ""))

    def disclosed(self) -> Disclosed:
        """The claims with the disclosures put back. Raises the parse.* of the payload and what `reveal` raises."""
        return reveal(self.jws.claims(), self.disclosures)


def read(text: str) -> SdJwt:
    """The SD-JWT that `text` is, with or without a key binding. Raises NotAToken, TokenTooLong, TooManyDisclosures,
    BadDisclosure for an empty one, and what `compact_jws.read` raises."""
    if len(text) > compact_jws.LONGEST:
        raise TokenTooLong(limit=strict_json.written_size(compact_jws.LONGEST))
    separators = text.count("~")
    if separators == 0 or not text.isascii():
        raise NotAToken
    if separators > MOST_DISCLOSURES + 1:
        raise TooManyDisclosures(limit=MOST_DISCLOSURES)
    token, *disclosures, binding = text.split("~")
    if not all(disclosures):
        raise BadDisclosure
    return SdJwt(
        jws=compact_jws.read(token),
        token=token,
        disclosures=tuple(disclosures),
        key_binding=compact_jws.read(binding) if binding else None,
    )


def issue(
    header: JsonObject,
    claims: JsonObject,
    *,
    selectively_disclosable: Collection[Path],
    salts: Callable[[], str],
    sign: Callable[[bytes], bytes],
    decoys: int = 0,
) -> str:
    """The SD-JWT of `claims` with all its disclosures, for the holder. Raises TooManyDisclosures, as nobody could read
    it, and what `disclosures.conceal` raises."""
    if len(selectively_disclosable) > MOST_DISCLOSURES:
        raise TooManyDisclosures(limit=MOST_DISCLOSURES)
    payload, disclosures = conceal(claims, selectively_disclosable, salts, decoys=decoys)
    return "~".join((compact_jws.write(header, orjson.dumps(payload), sign), *disclosures, ""))


def withhold(sd_jwt: SdJwt, withheld: Collection[Path]) -> str:
    """What the holder shows when the claims at the paths `withheld`, and all inside them, are kept back. Without a key
    binding. Raises what `disclosed` raises; a path of what is not disclosable keeps nothing back."""
    places = sd_jwt.disclosed().places
    shown = [text for text in sd_jwt.disclosures if not any(places[text][: len(path)] == path for path in withheld)]
    return "~".join((sd_jwt.token, *shown, ""))
