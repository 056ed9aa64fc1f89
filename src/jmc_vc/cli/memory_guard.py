"""Keys stay in memory: no core dump of this process, and no other process of the same user looks into it.

RLIMIT_CORE alone does not do: where the kernel hands dumps to a program, it is not asked (core(5)). PR_SET_DUMPABLE is,
and takes ptrace and /proc/PID/mem from everybody but root as well (prctl(2)). Both are lost with the next program that
is executed, or inherited by it; each serving process calls this for itself.
"""

import ctypes
import resource
import sys

_PR_SET_DUMPABLE = 4  # linux/prctl.h


def protect_memory() -> None:
    """From now on. Elsewhere than on Linux only the limit is set."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
