"""The gateway follows the settings."""

from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from jmc_vc import settings
from jmc_vc.errors import Error
from jmc_vc.fetching.document_kind import DocumentKind
from jmc_vc.fetching.gateway import Gateway
from jmc_vc.fetching.hosts_file import read_hosts
from jmc_vc.fetching.opening import open_gateway
from tests.builders.refusals import refused_code


def gateway(*answers: str, **environ: str) -> Gateway:
    return open_gateway(
        settings.load({f"JMC_VC_{name}": value for name, value in environ.items()}),
        clock=lambda: datetime.now(UTC),
        random=bytes,
        resolve=lambda _: answers,
    )


def outcome(gateway: Gateway, address: str) -> str | None:
    return refused_code(lambda: gateway.get(address, DocumentKind.DID_DOCUMENT, deadline=monotonic() + 0.2))


@pytest.mark.loopback
def test_in_development_http_goes_to_this_machine_by_its_name_alone() -> None:
    assert outcome(gateway(), "http://localhost:9/") == "fetch.forbidden"
    assert outcome(gateway(), "http://localhost:60999/") == "fetch.unreachable"  # looked, and nobody was there
    assert outcome(gateway(), "http://127.0.0.1:60999/") == "fetch.tls"
    assert outcome(gateway("127.0.0.1"), "https://issuer.example:60999/") == "fetch.forbidden"


def test_in_a_test_network_and_in_production_it_goes_nowhere(tmp_path: Path) -> None:
    (tmp_path / "hosts").write_text("issuer.example 127.0.0.1:8443\n")
    production = {
        "ENVIRONMENT": "production",
        "BASE_URL": "https://mc.hoshimi-kiko.jp",
        "DATABASE_URL": "postgresql://jmc:a-password@db.internal/jmc",
        "KEK_FILE": "/etc/jmc-vc/kek",
        "DATA_DIR": "/var/lib/jmc-vc",
    }
    for strict in (gateway(FETCH_HOSTS_FILE=str(tmp_path / "hosts")), gateway(**production)):
        assert outcome(strict, "http://localhost:60999/") == "fetch.tls"
        assert outcome(strict, "https://other.example:8443/") == "fetch.forbidden"
        assert outcome(strict, "https://other.example/") == "fetch.unreachable"  # the resolver knows of none


GOOD_LINES = """
# a test network
issuer.example  127.0.0.1:8443
Issuer.Example\t[::1]:8443   # twice
other.example 93.184.216.34:443
"""


def test_a_hosts_file_names_the_endpoints(tmp_path: Path) -> None:
    file = tmp_path / "hosts"
    file.write_text(GOOD_LINES)
    assert {name: [str(each.address) for each in found] for name, found in read_hosts(file).items()} == {
        "issuer.example": ["127.0.0.1", "::1"],
        "other.example": ["93.184.216.34"],
    }


@pytest.mark.parametrize(
    "line",
    [
        "issuer.example", "issuer.example 127.0.0.1", "127.0.0.1 issuer.example:443", "issuer.example 127.1:443",
        "issuer.example 0x7f000001:443", "issuer.example ::1:443", "issuer.example [fe80::1%eth0]:443",
        "issuer.example 127.0.0.1:0", "issuer.example 127.0.0.1:70000", "issuer.example 127.0.0.1:443 more",
        "issuer.example other.example:443", "iss_uer.example 127.0.0.1:443", "10.0.0.1 127.0.0.1:443",
        "issuer.example. 127.0.0.1:443",
    ],
)  # fmt: skip
def test_a_line_of_another_form_stops_the_start(tmp_path: Path, line: str) -> None:
    file = tmp_path / "hosts"
    file.write_text(f"# first\n{line}\n")
    with pytest.raises(Error) as refused:
        gateway(FETCH_HOSTS_FILE=str(file))
    assert (refused.value.code, refused.value.params["line"]) == ("fetch.hosts_file", 2)


def test_a_file_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    assert refused_code(lambda: gateway(FETCH_HOSTS_FILE=str(tmp_path / "none"))) == "fetch.hosts_file"
    assert refused_code(lambda: gateway(FETCH_CA_FILE=str(tmp_path / "none"))) == "fetch.authorities"
    (tmp_path / "empty").write_text("no certificate\n")
    assert refused_code(lambda: gateway(FETCH_CA_FILE=str(tmp_path / "empty"))) == "fetch.authorities"
