"""A failing document, made small: members and items are left out as long as it still fails."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]


def smallest(document: Json, fails: Callable[[Json], bool]) -> Json:
    """`document` without any member or item that its failing does not need."""
    found = copy.deepcopy(document)
    shorter = True
    while shorter:
        shorter = False
        for path in sorted(_places(found), key=len):
            tried = copy.deepcopy(found)
            if _left_out(tried, path) and fails(tried):
                found, shorter = tried, True
    return found


def _places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield (*path, step)
        yield from _places(item, (*path, step))


def _left_out(document: Any, path: tuple[str | int, ...]) -> bool:
    """Take away what stands at `path`, if it is still there."""
    for step in path[:-1]:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return False
    try:
        del document[path[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    return True
