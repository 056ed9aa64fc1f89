"""Texts that every processor sorts alike, because a signature is over sorted statements (`statement_order`).

Nothing that a caller sends comes to stand where it matters (a name is a JSON literal, each evidence is a thing of its
own, addresses are ASCII), and programs with such titles are not taken in: so this stops slips of our own and older
rows.
"""

import orjson

from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.issuing.lints.approved import beside_achievement
from jmc_vc.issuing.lints.facts import Facts
from jmc_vc.issuing.lints.statement_order import reordered_id, reordered_member

_BEYOND_U_FFFF = (b"\xf0", b"\xf1", b"\xf2", b"\xf3", b"\xf4")
_FROM_U_E000 = (b"\xee", b"\xef")
"""First bytes of such characters in UTF-8; no other byte of any character is one of them."""


def lint(document: JsonObject, facts: Facts) -> str | None:
    """The order of all statements is the same everywhere. Returns the pointer of what is not so."""
    ids: dict[str, str] = {}
    rest = beside_achievement(document, facts.approved)
    if rest is not None:
        if facts.approved.reordered is not None:
            return facts.approved.reordered
        document, ids = rest, dict(facts.approved.ids)
    text = orjson.dumps([document, ids])
    if not (any(byte in text for byte in _BEYOND_U_FFFF) and any(byte in text for byte in _FROM_U_E000)):
        return None
    return reordered_member(document, ids) or reordered_id(ids)
