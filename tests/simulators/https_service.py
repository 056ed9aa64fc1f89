"""The real service on https://localhost with a certificate of a throw-away authority, so that others can fetch from it.

It runs in a thread of this process, on a free port, with its own database and keys in a folder that the caller gives.
The clock runs with the real one, because the peers that verify look at theirs. The namespace lies under its own
address: whoever has no copy of our context can fetch it like the rest.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from socket import socket
from threading import Thread

import httpx
import uvicorn

from jmc_vc import bootstrap, settings
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program import unchecked_alignments
from jmc_vc.installation import initialize
from jmc_vc.web.app import create_app
from tests.builders.installation import OPERATOR, PROGRAMS, Installation, RunningClock
from tests.simulators.certificates import CertificateAuthority

_START_SECONDS = 20
_HALF_A_YEAR = timedelta(days=180)
_KNOWN = timedelta(minutes=5)
"""After which the issuers' keys are known to everybody."""


@dataclass(frozen=True, kw_only=True)
class HttpsService:
    """`authority` is the PEM file of the certificate authority; `installation` is the service itself, from inside."""

    base_url: str
    authority: Path
    installation: Installation

    def client(self) -> httpx.Client:
        """A client that trusts the authority, and no other."""
        return httpx.Client(base_url=self.base_url, verify=ssl.create_default_context(cafile=str(self.authority)))

    def bearer(self, slug: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self.installation.api_keys[slug]}"}


@contextmanager
def https_service(
    folder: Path,
    database_url: str | None = None,
    *,
    conformance: bool = False,
    behind: timedelta = timedelta(0),
) -> Iterator[HttpsService]:
    """The service with all example programs, accredited since half a year; with `conformance`, also the facade for the
    public test suites. Its clock starts so far `behind` the real one: that much time a test can let pass without that
    anything bears a time that has not come for the peers. It stops when the block ends."""
    with socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # from now on a client waits for its turn instead of being refused
        base_url = f"https://localhost:{listening.getsockname()[1]}"
        environment = {
            "JMC_VC_DATA_DIR": str(folder / "data"),
            "JMC_VC_BASE_URL": base_url,
            "JMC_VC_NAMESPACE": f"{base_url}/ns/mc/v1",
        }
        if database_url is not None:
            environment["JMC_VC_DATABASE_URL"] = database_url
        if conformance:
            environment["JMC_VC_CONFORMANCE"] = "1"
        installation = _installation(settings.load(environment), behind)
        authority = CertificateAuthority(folder / "authority.pem")
        certificate = authority.certify(folder / "localhost.pem", "localhost", "127.0.0.1")
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(installation.service),
                ssl_certfile=str(certificate),
                ws="none",
                access_log=False,
                log_config=None,
            )
        )
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, name="https-service", daemon=True)
        thread.start()
        service = HttpsService(base_url=base_url, authority=authority.file, installation=installation)
        try:
            with service.client() as client:
                client.get("/healthz", timeout=_START_SECONDS).raise_for_status()
            yield service
        finally:
            server.should_exit = True
            thread.join()
            installation.service.database.close()


def _installation(configured: settings.Settings, behind: timedelta) -> Installation:
    clock = RunningClock(-behind - _KNOWN)
    initialize(configured, clock=clock)
    installation = Installation(service=bootstrap.build(configured, clock=clock), clock=clock)
    for number in PROGRAMS:
        installation.register(number)
        _accredit(installation, number)
    clock.now += _KNOWN
    return installation


def _accredit(installation: Installation, number: str) -> None:
    service, now = installation.service, installation.now
    version, _ = service.import_program(PROGRAMS[number], records={}, actor=OPERATOR, now=now)
    for alignment in unchecked_alignments(version):
        service.confirm_alignment(number, version.version, alignment["targetUrl"], note="test", actor=OPERATOR, now=now)
    installation.approve(
        number,
        version=version.version,
        effective_from=jst_day(now) - _HALF_A_YEAR,
        effective_until=jst_day(now) + _HALF_A_YEAR,
        decision=f"JMC-D-{number[-6:]}",
    )
