"""A process that the modes of files and the rules for looking into others hold, even where the tests are root's."""

import ctypes
import os

_CAPABILITY_VERSION_3 = 0x20080522  # linux/capability.h
_PR_SET_SECUREBITS, _SECBIT_NOROOT = 28, 1  # linux/prctl.h, linux/securebits.h
_LIBC = ctypes.CDLL(None, use_errno=True)


def give_up_privileges() -> None:
    """No capability at all, for this process and the programs that it executes (capset(2), capabilities(7))."""
    if os.geteuid() == 0 and _LIBC.prctl(_PR_SET_SECUREBITS, _SECBIT_NOROOT, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    if _LIBC.capset(header, (ctypes.c_uint32 * 6)()):
        raise OSError(ctypes.get_errno(), "capset")
