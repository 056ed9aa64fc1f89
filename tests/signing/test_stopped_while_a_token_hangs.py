"""A service that is told to stop while a call to its token hangs (F-26): it stops, and whoever waited hears why."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic

import orjson
import pytest

from jmc_vc.domain.credential import RevocationReason, StatusAction
from tests.builders.installation import OPERATOR, make_installation
from tests.builders.stolen_key import SLUG, change
from tests.cli.test_serve import PROGRAM
from tests.simulators.softhsm import SoftHsm

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.skipif(sys.platform != "linux", reason="asks /proc who waits for a lock"),
]


def test_f_26_sigterm_ends_a_service_whose_token_hangs(softhsm: SoftHsm, tmp_path: Path) -> None:
    made = make_installation(tmp_path / "data", environment=softhsm.settings())
    issued = made.issue()
    made.service.stage_key(SLUG, place="pkcs11", actor=OPERATOR, now=made.now)
    made.service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=made.now)
    change(made, issued, StatusAction.REVOKE, RevocationReason.ISSUED_IN_ERROR)  # so its list has to be signed
    made.service.database.close()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    environment = {**softhsm.settings(), "JMC_VC_DATA_DIR": str(tmp_path / "data"), "PATH": os.defpath}
    environment |= {"SOFTHSM2_CONF": os.environ["SOFTHSM2_CONF"]}
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--port", str(port)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline()
        with softhsm.hanging(), closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("GET", "/status/1/revocation", headers={"host": "localhost:8000"})
            until = monotonic() + 60
            while not softhsm.keeps_waiting(process.pid):
                assert monotonic() < until
            process.send_signal(signal.SIGTERM)
            answer = connection.getresponse()
            assert (answer.status, orjson.loads(answer.read())["code"]) == (503, "signer.unavailable")
            assert process.wait(timeout=30) == 0  # while the call still hangs
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
