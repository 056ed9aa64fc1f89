"""No core dump of a process that holds keys, and no look into it."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from time import monotonic

import pytest

from tests.cli.test_serve import PROGRAM
from tests.simulators.privileges import give_up_privileges

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc and prctl")

_ASK = """
import ctypes, resource
from jmc_vc.cli.memory_guard import protect_memory
resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
protect_memory()
print(before, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_a_protected_process_is_not_dumpable() -> None:
    """3 is PR_GET_DUMPABLE of linux/prctl.h."""
    asked = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=True)
    assert asked.stdout == "1 0 (0, 0)\n"


@pytest.mark.loopback
def test_every_serving_process_is_protected(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    environment = {
        "PATH": os.defpath,
        "JMC_VC_DATA_DIR": str(tmp_path / "data"),
        "JMC_VC_BASE_URL": f"http://localhost:{port}",
        "JMC_VC_WORKERS": "2",
    }
    subprocess.run([*PROGRAM, "init"], env=environment, check=True, capture_output=True)
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=give_up_privileges,  # noqa: PLW1509 - two system calls, and no lock is asked for
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=60) as answer:
            assert answer.status == 200  # one of the serving processes is there
        serving = [process.pid, *_workers(process.pid)]
        assert len(serving) == 3
        until = monotonic() + 60
        while any(map(_may_be_looked_into, serving)):  # the other one may still be starting, and has no key yet
            assert monotonic() < until
        assert {_core_limits(pid) for pid in serving} == {("0", "0")}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        process.stdout.close()


def test_other_processes_may_be_looked_into_here() -> None:
    """What the refusal above is held against."""
    process = subprocess.Popen(
        [sys.executable, "-c", "input()"],
        stdin=subprocess.PIPE,
        preexec_fn=give_up_privileges,  # noqa: PLW1509 - as above
    )
    try:
        assert _may_be_looked_into(process.pid)
    finally:
        process.communicate(b"\n")


def _may_be_looked_into(pid: int) -> bool:
    """Whether a process of the same user, without privileges, may: /proc asks as ptrace does (proc(5), environ)."""
    child = os.fork()
    if child == 0:
        code = 2
        try:
            give_up_privileges()
            Path(f"/proc/{pid}/environ").read_bytes()
            code = 1
        except PermissionError:
            code = 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 1)
    return code == 1


def _workers(pid: int) -> list[int]:
    """The children that serve; Python has one of its own beside them, which has no key."""
    children = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return [child for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def _core_limits(pid: int) -> tuple[str, str]:
    found = re.search(r"^Max core file size +(\S+) +(\S+)", Path(f"/proc/{pid}/limits").read_text(), re.MULTILINE)
    assert found is not None
    return found[1], found[2]
