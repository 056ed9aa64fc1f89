"""No core dump of a process that holds keys, and no look into it."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.test_serve import PROGRAM

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
        [*PROGRAM, "serve", "--port", str(port)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=60) as answer:
            assert answer.status == 200  # one of the serving processes is there
        assert _core_limits(process.pid) == ("0", "0")
        serving = [int(each) for each in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
        assert ("0", "0") in map(_core_limits, serving)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        process.stdout.close()


def _core_limits(pid: int) -> tuple[str, str]:
    found = re.search(r"^Max core file size +(\S+) +(\S+)", Path(f"/proc/{pid}/limits").read_text(), re.MULTILINE)
    assert found is not None
    return found[1], found[2]
