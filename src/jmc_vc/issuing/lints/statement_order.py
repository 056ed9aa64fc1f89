"""Which texts of a credential can change places when its statements are sorted in another order (`domain.portable`).

Only statements that begin alike can: the languages of one title, the items of one array, and those about two things
whose ids begin alike. In a document that can be signed one thing is described at one place, so nothing else shares a
beginning; a JSON literal is one text, in a form (RFC 8785) that has an order of its own.

https://www.w3.org/TR/rdf-canon/#canon-algo-algo step 6
"""

from typing import Any

from jmc_vc.domain.portable import misplaced

LANGUAGE_MAPS = frozenset({"jmc:title", "jmc:disclaimer"})
"""Members whose object holds one text for each language."""
JSON_LITERALS = frozenset(
    {
        "jmc:assessment", "jmc:credits", "jmc:deliveryPartners", "jmc:level", "jmc:participation", "jmc:prerequisites",
        "jmc:programVersion", "jmc:qualityAssurance", "jmc:recipientName", "jmc:stackability", "jmc:validity",
        "jmc:workload",
    }
)  # fmt: skip
"""Members whose value is stated as one text."""


def reordered_member(value: Any, ids: dict[str, str], pointer: str = "") -> str | None:
    """The pointer of the first member below `value`, which stands at `pointer`, whose texts change places. The ids that
    were met are added to `ids`, with their pointers: they are compared when all of them are known."""
    if isinstance(value, list):
        texts = [item for item in value if isinstance(item, str)]
        if misplaced(texts) is not None:
            return pointer
        members = [(str(position), item) for position, item in enumerate(value)]
    elif isinstance(value, dict):
        members = list(value.items())
    else:
        return None
    for name, member in members:
        fault = None
        if isinstance(member, str):
            if name == "id":
                ids[member] = f"{pointer}/id"
        elif name in LANGUAGE_MAPS and isinstance(member, dict):
            fault = reordered_member(list(member.values()), ids, f"{pointer}/{name}")
        elif name not in JSON_LITERALS:
            fault = reordered_member(member, ids, f"{pointer}/{name}")
        if fault is not None:
            return fault
    return None


def reordered_id(ids: dict[str, str]) -> str | None:
    """The pointer of an id of `ids` that changes its place among them."""
    found = misplaced(ids)
    return None if found is None else ids[found]
