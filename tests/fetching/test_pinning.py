"""Where a request may go, by the row of the policy."""

from collections.abc import Mapping, Sequence
from functools import partial
from ipaddress import ip_address
from threading import Event
from time import monotonic

import pytest

from jmc_vc.fetching.pinning import DEVELOPERS, OPERATORS, STRANGERS, Endpoint, Pinning, Reach
from jmc_vc.fetching.resolving import Resolver
from jmc_vc.fetching.web_address import read_address
from tests.builders.refusals import refused_code

PUBLIC = "93.184.216.34"


def pinned(
    address: str, *answers: str, reach: Reach = STRANGERS, named: Mapping[str, Sequence[Endpoint]] | None = None
) -> list[str]:
    pinning = Pinning(reach, Resolver(lambda _: answers), named)
    endpoints = pinning(read_address(address), monotonic() + 5)
    return [f"{endpoint.address} {endpoint.port}" for endpoint in endpoints]


def refused(address: str, *answers: str, reach: Reach = STRANGERS) -> str | None:
    return refused_code(lambda: pinned(address, *answers, reach=reach))


@pytest.mark.parametrize("reach", [STRANGERS, DEVELOPERS])
@pytest.mark.parametrize(
    "answers",
    [
        ["10.0.0.5"], ["169.254.169.254"], ["100.64.0.1"], ["127.0.0.1"], ["::1"], ["fd00::1"], ["::ffff:127.0.0.1"],
        ["64:ff9b::10.0.0.5"], ["fe80::1%eth0"], ["0.0.0.0"], ["not an address"],
        [PUBLIC, "10.0.0.5"], ["10.0.0.5", PUBLIC], [PUBLIC] * 9 + ["::1"], [PUBLIC] * 100,
    ],
)  # fmt: skip
def test_a_name_with_one_address_that_is_not_public_is_refused(reach: Reach, answers: list[str]) -> None:
    """DD-02, DD-05"""
    assert refused("https://issuer.example/", *answers, reach=reach) == "fetch.forbidden"


@pytest.mark.parametrize("reach", [STRANGERS, DEVELOPERS])
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.5", "169.254.169.254",
        PUBLIC, "[2606:2800:220:1::1]", "localhost", "intranet", "printer.local", "db.internal", "router.lan",
        "nas.home.arpa", "a.localhost", "hidden.onion",
    ],
)  # fmt: skip
def test_a_machine_in_the_place_of_a_name_is_refused(reach: Reach, host: str) -> None:
    """DD-01: whatever the address, and in every notation. The resolver is not asked."""

    def resolve(_: str) -> Sequence[str]:
        raise AssertionError

    pinning = Pinning(reach, Resolver(resolve))
    assert refused_code(lambda: pinning(read_address(f"https://{host}/"), monotonic() + 5)) == "fetch.forbidden"


def test_all_addresses_of_a_public_name_are_there_in_the_resolvers_order() -> None:
    assert pinned("https://issuer.example/", "2606:2800::1", PUBLIC) == ["2606:2800::1 443", f"{PUBLIC} 443"]


def test_a_name_is_resolved_once() -> None:
    """DD-04: the second answer, which would be an address of this machine, is never asked for."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    pinning = Pinning(STRANGERS, Resolver(lambda _: next(answers)))
    endpoints = pinning(read_address("https://rebinding.example/"), monotonic() + 5)
    assert endpoints == [Endpoint(ip_address(PUBLIC), 443)]
    assert next(answers) == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("address", "reach", "outcome"),
    [
        ("https://issuer.example:22/", STRANGERS, "fetch.forbidden"),
        ("https://issuer.example:8443/", STRANGERS, "fetch.forbidden"),
        ("https://issuer.example:22/", DEVELOPERS, "fetch.forbidden"),
        ("https://issuer.example:8443/", DEVELOPERS, [f"{PUBLIC} 8443"]),
        ("https://issuer.example:444/", OPERATORS, [f"{PUBLIC} 444"]),
        ("http://issuer.example/", STRANGERS, "fetch.tls"),
        ("http://issuer.example:8080/", DEVELOPERS, "fetch.tls"),
        ("http://issuer.example/", OPERATORS, "fetch.tls"),
        ("http://localhost:8080/", STRANGERS, "fetch.tls"),
        ("http://127.0.0.1:8080/", STRANGERS, "fetch.tls"),
        ("http://localhost:8080/", DEVELOPERS, ["127.0.0.1 8080", "::1 8080"]),
        ("http://localhost/", DEVELOPERS, "fetch.forbidden"),
        ("http://localhost:22/", DEVELOPERS, "fetch.forbidden"),
        ("http://127.0.0.1:8080/", DEVELOPERS, "fetch.tls"),
        ("http://[::1]:8080/", DEVELOPERS, "fetch.tls"),
        ("http://127.0.0.1:8080/", OPERATORS, ["127.0.0.1 8080"]),
        ("http://10.0.0.5:8080/", OPERATORS, "fetch.tls"),
        ("https://10.0.0.5:8443/", OPERATORS, ["10.0.0.5 8443"]),
        ("https://log/", OPERATORS, [f"{PUBLIC} 443"]),
    ],
)
def test_scheme_and_port(address: str, reach: Reach, outcome: str | list[str]) -> None:
    if isinstance(outcome, str):
        assert refused(address, PUBLIC, reach=reach) == outcome
    else:
        assert pinned(address, PUBLIC, reach=reach) == outcome


def test_an_operators_name_may_lie_in_a_private_network() -> None:
    assert pinned("https://log.internal/", "10.0.0.5", reach=OPERATORS) == ["10.0.0.5 443"]


def test_a_name_of_a_test_network_stands_for_this_machine_or_is_judged() -> None:
    here, private, public = (Endpoint(ip_address(address), 8443) for address in ("127.0.0.1", "10.0.0.5", PUBLIC))
    named = {
        "here.example": [here],
        "private.example": [private],
        "both.example": [public, here],
        "out.example": [public],
    }
    assert pinned("https://here.example/", named=named) == ["127.0.0.1 8443"]
    assert pinned("https://here.example:9443/", named=named) == ["127.0.0.1 8443"]
    assert pinned("https://out.example/", named=named) == [f"{PUBLIC} 8443"]
    for name in ("private.example", "both.example"):
        assert refused_code(partial(pinned, f"https://{name}/", named=named)) == "fetch.forbidden"
    assert refused_code(lambda: pinned("http://here.example/", named=named)) == "fetch.tls"


def test_a_name_that_nobody_knows_is_unreachable() -> None:
    assert refused("https://issuer.example/") == "fetch.unreachable"

    def resolve(_: str) -> Sequence[str]:
        raise OSError(-2, "Name or service not known")

    pinning = Pinning(STRANGERS, Resolver(resolve))
    assert (
        refused_code(lambda: pinning(read_address("https://issuer.example/"), monotonic() + 5)) == "fetch.unreachable"
    )


def test_a_resolver_that_hangs_holds_nobody() -> None:
    """F-28"""
    back = Event()

    def resolve(_: str) -> Sequence[str]:
        back.wait(60)
        return [PUBLIC]

    pinning = Pinning(STRANGERS, Resolver(resolve))
    place = read_address("https://issuer.example/")
    try:
        for _ in range(70):  # more than threads are started
            assert refused_code(lambda: pinning(place, monotonic() + 0.01)) == "fetch.timeout"
    finally:
        back.set()
    assert pinning(place, monotonic() + 10)  # and when it is back, so are we
