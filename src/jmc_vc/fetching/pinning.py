"""Where a request may go: all rules about destinations, and the only place that turns a name into addresses.

A name is resolved once, every address among the answers is judged, and the connection is made to one of them: who
answers differently the second time (DNS rebinding) is not asked a second time. One address that is not public, and the
whole name is refused: a public one beside it may be there just to pass.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Final

from jmc_vc.fetching.ip_address import Address, is_public, read_ip_address
from jmc_vc.fetching.resolving import Resolver
from jmc_vc.fetching.unavailable import ForbiddenAddress, NoTls, Unreachable
from jmc_vc.fetching.web_address import Place
from jmc_vc.formats.host_name import means_this_network

_LOOPBACK: Final = (IPv4Address("127.0.0.1"), IPv6Address("::1"))
_HTTPS: Final = 443
_FIRST_OF_EVERYBODY: Final = 1_024
"""Below live the services of the system, whose ports no program of a developer has."""
_MOST_ANSWERS: Final = 64
"""Addresses of one name; a resolver gives what fits into a packet."""


@dataclass(frozen=True)
class Endpoint:
    """An address that was judged, and a port."""

    address: Address
    port: int


@dataclass(frozen=True, kw_only=True)
class Reach:
    """One row of the policy. `public_only`: no machine's address in the place of a name, no name of this network, no
    address that is not public behind a name, and no port but 443; `other_ports` adds those from 1024 on.
    `plain_loopback`: http to this machine, by the name localhost, on those ports."""

    public_only: bool = True
    other_ports: bool = False
    plain_loopback: bool = False


STRANGERS: Final = Reach()
"""For addresses that stand in somebody's document."""
DEVELOPERS: Final = Reach(other_ports=True, plain_loopback=True)
"""The same on a developer's machine, where the other service runs beside this one."""
OPERATORS: Final = Reach(public_only=False, plain_loopback=True)
"""For an address that who runs the command has named: a partner's log may lie in the same private network."""


class Pinning:
    """Places to endpoints. `named` are the names of a test network (`hosts_file`), which are not resolved."""

    def __init__(self, reach: Reach, resolver: Resolver, named: Mapping[str, Sequence[Endpoint]] | None = None) -> None:
        self._reach = reach
        self._resolver = resolver
        self._named = named or {}

    def __call__(self, place: Place, deadline: float) -> Sequence[Endpoint]:
        """Where to connect for `place`, in the order of trying. Raises NoTls, ForbiddenAddress, Unreachable and
        TookTooLong."""
        if place.scheme == "http":
            return self._plain(place)
        if place.name in self._named:
            endpoints = self._named[place.name]
            # A name of the file stands for this machine, or is judged as if the resolver had answered so.
            if not all(endpoint.address.is_loopback for endpoint in endpoints):
                self._judge([endpoint.address for endpoint in endpoints])
            return endpoints
        if place.port != _HTTPS:
            self._judge_port(place)
        return [Endpoint(address, place.port) for address in self._addresses(place, deadline)]

    def _plain(self, place: Place) -> Sequence[Endpoint]:
        local = place.host == "localhost" or (not self._reach.public_only and place.host in _LOOPBACK)
        if not (self._reach.plain_loopback and local):
            raise NoTls
        self._judge_port(place)
        return [Endpoint(address, place.port) for address in _LOOPBACK if place.host in {"localhost", address}]

    def _addresses(self, place: Place, deadline: float) -> Sequence[Address]:
        if not isinstance(place.host, str):
            if self._reach.public_only:
                raise ForbiddenAddress
            return [place.host]
        if self._reach.public_only and means_this_network(place.host):
            raise ForbiddenAddress
        answers = self._resolver(place.host, deadline)
        found = [read_ip_address(answer) for answer in answers[:_MOST_ANSWERS]]
        addresses = [address for address in found if address is not None]
        if len(addresses) < len(answers):  # one with a zone, or more than anybody has
            raise ForbiddenAddress
        if not addresses:
            raise Unreachable
        if self._reach.public_only:
            self._judge(addresses)
        return addresses

    def _judge_port(self, place: Place) -> None:
        if self._reach.public_only and not (self._reach.other_ports and place.port >= _FIRST_OF_EVERYBODY):
            raise ForbiddenAddress

    def _judge(self, addresses: Sequence[Address]) -> None:
        if not all(is_public(address) for address in addresses):
            raise ForbiddenAddress
