"""The real service on https://localhost with a certificate of a throw-away authority, so that others can fetch from it.

It runs in a thread of this process, on a free port, with its own database and keys in a folder that the caller gives.
The clock runs with the real one, because the peers that verify look at theirs. The namespace lies under its own
address: whoever has no copy of our context can fetch it like the rest.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import socket
from threading import Thread

import httpx
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from jmc_vc import bootstrap, settings
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program import unchecked_alignments
from jmc_vc.installation import initialize
from jmc_vc.web.app import create_app
from tests.builders.installation import OPERATOR, PROGRAMS, Installation, RunningClock

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
        authority, certificate = _certificates(folder)
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
        service = HttpsService(base_url=base_url, authority=authority, installation=installation)
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


def _certificates(folder: Path) -> tuple[Path, Path]:
    """PEM files of a new authority, and of a key with its certificate for `localhost`."""
    now = datetime.now(UTC)
    authority_key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "throw-away authority of a test run")])
    authority = (
        _certificate(authority_name, authority_name, authority_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, SHA256())
    )
    server_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        _certificate(server_name, authority_name, server_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .add_extension(names, critical=False)
        .sign(authority_key, SHA256())
    )
    authority_file, server_file = folder / "authority.pem", folder / "localhost.pem"
    authority_file.write_bytes(authority.public_bytes(Encoding.PEM))
    private = server_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    server_file.touch(mode=0o600)
    server_file.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    return authority_file, server_file


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
    )


def _usage(*, digital_signature: bool = False, key_cert_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        crl_sign=key_cert_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
