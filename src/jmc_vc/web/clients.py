"""Who asks, as far as limits count.

The address that the server saw, which behind a proxy is the caller's only where the proxy is named
(`JMC_VC_TRUSTED_PROXIES`). Of IPv6 the /64 counts: that is one customer's line, and each of its 2^64 addresses is
theirs for the taking (RFC 6177 §2).
"""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection
from starlette.types import Scope


def client_of(request: HTTPConnection) -> str:
    """Whoever sent `request`."""
    return client_in(request.scope)


def client_in(scope: Scope) -> str:
    """The same, of an ASGI scope; "" if the server does not tell."""
    client = scope.get("client")
    return counted_as(client[0]) if client else ""


@lru_cache(maxsize=4_096)
def counted_as(host: str) -> str:
    """`host` as it is counted: IPv4 by address, also where IPv6 wraps it up, and IPv6 by network."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address) or address.is_loopback:
        return host
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), 64), strict=False))


@lru_cache(maxsize=4_096)
def on_this_machine(client: str) -> bool:
    """Whether `client`, as it is counted, is this machine."""
    try:
        return ip_network(client).is_loopback
    except ValueError:
        return False
