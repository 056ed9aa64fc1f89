"""What follows from the approved content alone, worked out once and not for every credential.

A row may be altered behind our back, so nothing is remembered by the version's name, its digest or the object that was
read: the key is the content itself as it was read for this credential, byte for byte. An altered row is another key.
The answer is made from those bytes, so nothing that is changed later can change it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import orjson

from jmc_vc.domain.achievement import achievement
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.portable import unportable_number
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.formats import jcs
from jmc_vc.formats.strict_json import JsonObject, JsonValue
from jmc_vc.issuing.lints.statement_order import reordered_id, reordered_member

_ACHIEVEMENT = "/credentialSubject/achievement"
_REMEMBERED = 128
"""Contents, of 25 kB each with their achievements: more programs than are awarded in one hour."""


@dataclass(frozen=True, kw_only=True)
class Approved:
    """The digest of the content, and its achievement as `written`. `unportable` and `reordered` are pointers of what in
    it processors write or sort in different ways; `ids` are its ids with their pointers."""

    content_digest: str
    achievement: bytes
    unportable: str | None
    reordered: str | None
    ids: Mapping[str, str]


def written(value: JsonValue) -> bytes:
    """`value` in one form, whatever the order of its members. Other than for `==`, 1, 1.0 and true are three values."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def approved(version: ProgramVersion, site: Site) -> Approved:
    """What follows from the content that was read with `version`."""
    return _worked_out(orjson.dumps(dict(version.content)), site)


def beside_achievement(document: JsonObject, approved: Approved) -> JsonObject | None:
    """The rest of a credential whose achievement is the approved one, which was looked through already; None if it is
    another."""
    subject = document.get("credentialSubject")
    if not isinstance(subject, dict) or written(subject.get("achievement")) != approved.achievement:
        return None
    return {**document, "credentialSubject": {**subject, "achievement": None}}


@lru_cache(_REMEMBERED)
def _worked_out(content: bytes, site: Site) -> Approved:
    value = orjson.loads(content)
    made = achievement(value, site)
    number = unportable_number(made)
    ids: dict[str, str] = {}
    return Approved(
        content_digest=jcs.digest(value),
        achievement=written(made),
        unportable=None if number is None else f"{_ACHIEVEMENT}{number}",
        reordered=reordered_member(made, ids, _ACHIEVEMENT) or reordered_id(ids),
        ids=MappingProxyType(ids),
    )
