"""Host names as a stranger's document may write them. RFC 1123 §2.1, RFC 6761, RFC 5890.

Read narrowly, before any resolver or URL library with ideas of its own sees them: letters, digits and hyphens, no
closing dot, no escapes, and nothing that anybody could take for an address of a machine.
"""

import re
from typing import Final

import idna

LONGEST: Final = 253
"""Characters of a name (RFC 1035 §2.3.4, without the closing dot)."""

_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE | re.ASCII)
_NUMBER: Final = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)\.?", re.DOTALL)
_OF_THIS_NETWORK: Final = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa", "onion")


def is_host_name(host: str) -> bool:
    """Letters, digits, hyphens; a label `xn--…` must be one that IDNA knows, because HTTP clients fail on others with
    errors of their own."""
    labels = host.split(".")
    if len(host) > LONGEST or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    try:
        for label in labels:
            if label.lower().startswith("xn--"):
                idna.ulabel(label.lower())
    except (idna.IDNAError, UnicodeError):
        return False
    return True


def ends_in_a_number(host: str) -> bool:
    """Whether a URL parser would take `host` for an IPv4 address in some notation, good or bad: its last label is a
    number (https://url.spec.whatwg.org/#ends-in-a-number-checker)."""
    return bool(_NUMBER.fullmatch(host))


def means_this_network(host: str) -> bool:
    """Whether the name means something on this machine or network alone: one label, or a special ending."""
    host = host.lower()
    return "." not in host or any(host == name or host.endswith(f".{name}") for name in _OF_THIS_NETWORK)
