"""Picking parts of a document by JSON pointers (https://www.w3.org/TR/vc-di-ecdsa/#selectjsonld).

A pointer (RFC 6901) picks a member or an item with all that is in it. What lies on the way is kept as far as needed to
say the same as before: `@context`, `id` and `type` of each object. The empty pointer picks everything.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from jmc_vc.formats.data_integrity.proof import ProofError
from jmc_vc.formats.jsonld import DataLoss, Loss
from jmc_vc.formats.jsonld.convert import MOST_NESTED
from jmc_vc.formats.strict_json import JsonObject, JsonValue

MOST_POINTERS = 1_000
"""In one list: as many as there may be statements, so that even every single leaf can be picked."""
LONGEST_POINTER = 1_000
"""Characters. A document has at most 32 levels; the longest names in our contexts have some 30 characters."""
KEPT = frozenset({"@context", "id", "type"})
"""Members of objects on the way (§3.4.11). `@context` too: a credential in a credential has its own. An id is kept even
when it is a blank node's label, because others may refer to it."""

_is_pointer = re.compile(r"(?:/(?:[^/~]|~[01])*)*").fullmatch
_is_index = re.compile(r"0|[1-9][0-9]{0,5}").fullmatch

Choice: TypeAlias = dict[str, "Choice | None"]
"""Members or items that were picked, by name or index; None: with all that is in it."""


class PointerRefused(ProofError):
    """A pointer that is malformed or matches nothing; `position` is its place in the lists, from 1."""

    code = "proof.pointer"


class TooManyPointers(ProofError):
    """More than `limit`."""

    code = "proof.pointers"


@dataclass(frozen=True)
class Selection:
    """A part of a document as a document of its own."""

    document: JsonObject
    sources: Mapping[int, int]
    """For each object and array in it, the one that it is taken from: both as `id()`."""


def select(document: JsonObject, *pointers: Sequence[str]) -> Selection:
    """The parts of `document` that lists of `pointers`, one pointer at least, pick, in the order of the document,
    whatever the order of the pointers. Every object in it is new, and stands in it once. Raises PointerRefused,
    TooManyPointers, DataLoss."""
    if any(len(each) > MOST_POINTERS for each in pointers):
        raise TooManyPointers(limit=MOST_POINTERS)
    chosen: Choice = {}
    for position, pointer in enumerate(chain(*pointers), 1):
        if len(pointer) > LONGEST_POINTER or not _is_pointer(pointer):
            raise PointerRefused(position=position)
        root, *steps = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/"))
        if not _matches(document, steps):
            raise PointerRefused(position=position)
        _choose(chosen, [root, *steps])
    sources: dict[int, int] = {}
    copy = _copy(document, chosen[""], sources, 0)
    assert isinstance(copy, dict)
    return Selection(copy, sources)


def _matches(value: JsonValue, steps: list[str]) -> bool:
    for step in steps:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and _is_index(step) and int(step) < len(value):
            value = value[int(step)]
        else:
            return False
    return True


def _choose(chosen: Choice, steps: list[str]) -> None:
    for step in steps[:-1]:
        inner = chosen.setdefault(step, {})
        if inner is None:
            return
        chosen = inner
    chosen[steps[-1]] = None


def _copy(value: JsonValue, chosen: Choice | None, sources: dict[int, int], depth: int) -> JsonValue:
    if not isinstance(value, dict | list):
        return value
    if depth > MOST_NESTED:
        raise DataLoss(Loss.DEPTH)
    copy: JsonValue
    if isinstance(value, dict):
        copy = {
            name: _copy(member, None if chosen is None or name in KEPT else chosen[name], sources, depth + 1)
            for name, member in value.items()
            if chosen is None or name in chosen or name in KEPT
        }
    else:
        copy = [
            _copy(item, None if chosen is None else chosen[str(position)], sources, depth + 1)
            for position, item in enumerate(value)
            if chosen is None or str(position) in chosen
        ]
    sources[id(copy)] = id(value)
    return copy
