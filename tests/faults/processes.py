"""Work that several processes do at the same moment."""

import os
from collections.abc import Callable

from jmc_vc.errors import Error

DONE, CHANGED, OTHER = 0, 3, 4


def in_processes(*works: Callable[[], object]) -> list[int]:
    """Do each of `works` in a child process of its own, all from one starting signal; the exit codes, in their order:
    DONE, CHANGED when somebody else was first with the keys, OTHER. The caller holds no connection meanwhile."""
    reading, writing = os.pipe()
    children = []
    for work in works:
        child = os.fork()
        if child == 0:
            os.close(writing)
            os.read(reading, 1)  # ends when the parent closes its end
            os._exit(_code_of(work))
        children.append(child)
    os.close(reading)
    os.close(writing)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def _code_of(work: Callable[[], object]) -> int:
    try:
        work()
    except Error as refused:
        return CHANGED if refused.code == "key.changed" else OTHER
    except BaseException:  # noqa: BLE001 - a child has nobody to tell but its parent
        return OTHER
    return DONE
