"""Addresses of machines: read in every notation that some resolver or library takes, and judged by a list of our own.

The list follows the registries of special addresses (https://www.iana.org/assignments/iana-ipv4-special-registry,
https://www.iana.org/assignments/iana-ipv6-special-registry). It is kept here because what the standard library calls
global changes with its version, and means "routed", not "a stranger may make us go there": it lets pass multicast, the
wire server of a large cloud, and IPv6 addresses that carry a private IPv4 address inside.
"""

import re
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

Address = IPv4Address | IPv6Address

_NOT_PUBLIC_V4: Final = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # "this host": Linux connects to itself
        "10.0.0.0/8",  # private, RFC 1918
        "100.64.0.0/10",  # behind a carrier's NAT, RFC 6598; the metadata address of one cloud
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # public by number, and the wire server inside every machine of one cloud
        "169.254.0.0/16",  # link-local; metadata of most clouds
        "172.16.0.0/12",  # private, RFC 1918
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.0.2.0/24",  # documentation, RFC 5737
        "192.31.196.0/24",  # AS112, RFC 7535: answered by whoever is nearest
        "192.52.193.0/24",  # AMT, RFC 7450
        "192.88.99.0/24",  # relays of 6to4, RFC 7526
        "192.168.0.0/16",  # private, RFC 1918
        "192.175.48.0/24",  # AS112, RFC 7534
        "198.18.0.0/15",  # benchmarking, RFC 2544
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_PUBLIC_V6: Final = IPv6Network("2000::/3")
"""All of the global unicast space that is given out. Everything outside is not public, named or not: loopback, unique
local, link-local, site-local, multicast, discard-only, mapped, compatible, translated, SRv6."""
_NOT_PUBLIC_V6: Final = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo (an IPv4 address inside), benchmarking, ORCHID
        "2001:db8::/32",  # documentation, RFC 3849
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # 6bone, returned
        "3fff::/20",  # documentation, RFC 9637
    )
)
_NAT64: Final = IPv6Network("64:ff9b::/96")
"""RFC 6052: what a network without IPv4 gives as the address of an IPv4 host; judged as the address inside."""

_DOTTED: Final = re.compile(r"[0-9A-Fa-fxX]{1,13}(?:\.[0-9A-Fa-fxX]{1,13}){0,3}")
"""Decimal or octal or hexadecimal; no part of an address that fits into 32 bits is longer, leading zeros aside."""
_OCTAL: Final = re.compile(r"0[0-7]*")
_HEXADECIMAL: Final = re.compile(r"0[xX][0-9A-Fa-f]*")
_DECIMAL: Final = re.compile(r"[1-9][0-9]*")
_LONGEST: Final = 53
"""Characters: four parts of thirteen and two dots between more than IPv6 needs in any form."""


def read_ip_address(text: str) -> Address | None:
    """The address that `text` writes, as `inet_aton` reads it (`127.1`, `0x7f000001`, `017700000001`, `2130706433`) or
    as IPv6, with or without brackets. None for what is no address, and for one with a zone: that names an interface."""
    if len(text) > _LONGEST or not text.isascii():
        return None
    if ":" in text:
        if text.startswith("[") and text.endswith("]"):
            text = text[1:-1]
        try:
            return None if "%" in text else IPv6Address(text)
        except AddressValueError:
            return None
    return _read_v4(text)


def is_public(address: Address) -> bool:
    """Whether a stranger may make us connect there."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_V4)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return address in _PUBLIC_V6 and not any(address in network for network in _NOT_PUBLIC_V6)


def _read_v4(text: str) -> IPv4Address | None:
    """Up to four numbers; the last fills the bytes that are left."""
    if not _DOTTED.fullmatch(text):
        return None
    numbers = [_number(part) for part in text.split(".")]
    *firsts, last = numbers
    if last is None or last >= 256 ** (4 - len(firsts)):
        return None
    value = last
    for place, number in enumerate(firsts):
        if number is None or number > 255:
            return None
        value |= number << 8 * (3 - place)
    return IPv4Address(value)


def _number(part: str) -> int | None:
    if _HEXADECIMAL.fullmatch(part):
        return int(part[2:] or "0", 16)
    if _OCTAL.fullmatch(part):
        return int(part, 8)
    return int(part) if _DECIMAL.fullmatch(part) else None
