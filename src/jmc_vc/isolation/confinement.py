"""What a process gives up before it reads what a stranger sent.

What holds, on every Linux and without any privilege (a container with all capabilities dropped included):

- No descriptor but the one for the answer, and RLIMIT_NOFILE 0: nothing can be opened any more, no file and no socket,
  since both need a descriptor. Not a filter of bad addresses: there is nothing to connect with.
- An end to memory and processor time, no core dump, no file that grows; no new privileges, no capabilities (root
  included, who could raise every limit again), an empty environment (`pool`).

What comes on top on x86-64 and arm64, where the numbers of the system calls are known: seccomp lets only those through
that computing needs. It takes from a decoder that was taken over what needs no descriptor: to signal, trace or start
processes, and to remove files.

getrlimit(2), prctl(2), capset(2), seccomp(2).
"""

import ctypes
import os
import platform
import resource
import signal
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38  # linux/prctl.h
_SECCOMP_MODE_FILTER: Final = 2
_CAPABILITY_VERSION_3: Final = 0x20080522  # linux/capability.h

# linux/seccomp.h, linux/errno.h, linux/filter.h
_KILL, _ALLOW, _REFUSE = 0x80000000, 0x7FFF0000, 0x00050000 | 1
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _ARCHITECTURE = 0, 4
"""Where a system call's number and architecture stand in `struct seccomp_data`."""


@dataclass(frozen=True)
class _Machine:
    """`audit` is its name in filters (linux/audit.h); `calls` are the numbers of what computing needs, in this order:
    read, write, close, mmap, mprotect, munmap, mremap, brk, madvise, futex, rt_sigaction, rt_sigprocmask, rt_sigreturn,
    sigaltstack, sched_yield, clock_gettime, getrandom, getpid, gettid, exit, exit_group."""

    audit: int
    calls: tuple[int, ...]


_MACHINES: Mapping[str, _Machine] = {
    "x86_64": _Machine(
        0xC000003E, (0, 1, 3, 9, 10, 11, 25, 12, 28, 202, 13, 14, 15, 131, 24, 228, 318, 39, 186, 60, 231)
    ),
    "aarch64": _Machine(
        0xC00000B7, (63, 64, 57, 222, 226, 215, 216, 214, 233, 98, 134, 135, 139, 132, 124, 113, 278, 172, 178, 93, 94)
    ),
}

_libc = ctypes.CDLL(None, use_errno=True)
_libc.prctl.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong)


def confine(kept: int, *, seconds: float, growth: int) -> None:
    """From now on and for good: no descriptor but `kept`, at most `seconds` of processor time (then SIGPROF ends it),
    at most `growth` bytes more of address space than now, and no life beyond the parent's. Raises OSError where the
    system does not let us; then nothing may be read."""
    _require(_libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, None, 0, 0))
    os.closerange(0, kept)
    address_space = _address_space() + growth  # the last file that is opened
    os.closerange(kept + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    for limit, most in (
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, int(seconds) + 1),  # for what a decoder that was taken over does to the timer
        (resource.RLIMIT_AS, address_space),
    ):
        resource.setrlimit(limit, (most, most))
    drop_privileges()
    signal.setitimer(signal.ITIMER_PROF, seconds)
    _filter_calls()


def drop_privileges() -> None:
    """No capabilities, none to be had by executing something, and no look into this process from beside it. Raises
    OSError."""
    _require(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, None, 0, 0))
    _require(_libc.prctl(_PR_SET_DUMPABLE, 0, None, 0, 0))
    _require(_libc.capset(struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), bytes(24)))


def _filter_calls() -> None:
    """Let through what computing needs and answer EPERM to all other system calls, so that a library which would have
    liked to look for a font goes on without; a call by the rules of another architecture ends the process."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return
    rules = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_IF_EQUAL, 1, 0, machine.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        *((_JUMP_IF_EQUAL, len(machine.calls) - at, 0, call) for at, call in enumerate(machine.calls)),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *rule) for rule in rules))
    header = struct.pack("@HP", len(rules), ctypes.addressof(program))
    _require(_libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, header, 0, 0))


def _address_space() -> int:
    """Bytes of address space that this process has now (proc_pid_statm(5))."""
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - pathlib opens it no other way
        return int(file.read().split()[0]) * resource.getpagesize()


def _require(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), "a confinement was refused")
