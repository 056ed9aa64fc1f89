r"""The address of a document, read strictly. It comes from a stranger's credential, and URL libraries disagree about
what is odd (`https://good\@evil`, `https://good#@evil`): what is odd is refused before any of them sees it.

Taken are `https://` (and `http://`, of which `pinning` decides), a host name or the address of a machine, a port, a
path and a query, in ASCII. Not taken: users and passwords, fragments, backslashes, blanks and control characters, a
closing dot, escapes in the host, escapes that hide a slash, a dot or a control character, and steps of dots.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from jmc_vc.fetching.ip_address import Address, read_ip_address
from jmc_vc.fetching.unavailable import BadAddress
from jmc_vc.formats.host_name import ends_in_a_number, is_host_name

LONGEST: Final = 2_048
"""Characters. Nobody's documents lie deeper, and servers refuse longer request lines."""

DEFAULT_PORTS: Final = {"https": 443, "http": 80}
_CHARACTERS: Final = r"[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2}"
_ADDRESS: Final = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
    rf"(?P<path>/(?:{_CHARACTERS})*)?"
    rf"(?P<query>\?(?:{_CHARACTERS}|\?)*)?",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(r"%(?:[01][0-9A-Fa-f]|2[EeFf]|5[Cc]|7[Ff])")
"""Control characters, and those that some server behind the first would undo into a step of the path."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """An address in its one spelling: `host` in lower case, or the address of a machine; `target` is path and query."""

    scheme: Literal["https", "http"]
    host: str | Address
    port: int
    target: str

    @property
    def name(self) -> str:
        """The host as a certificate names it."""
        return str(self.host)

    @property
    def authority(self) -> str:
        """Host and port as the header `Host` has them."""
        host = f"[{self.host}]" if ":" in self.name else self.name
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def read_address(text: str) -> Place:
    """The place that `text` names. Raises BadAddress."""
    found = _ADDRESS.fullmatch(text) if len(text) <= LONGEST and text.isascii() else None
    if found is None:
        raise BadAddress
    scheme: Literal["https", "http"] = "https" if found["scheme"].lower() == "https" else "http"
    port = int(found["port"] or DEFAULT_PORTS[scheme])
    path, query = found["path"] or "/", found["query"] or ""
    if port > 65_535 or _HIDDEN.search(path) or any(step in {".", ".."} for step in path.split("/")):
        raise BadAddress
    return Place(scheme=scheme, host=_host(found["host"]), port=port, target=path + query)


def _host(text: str) -> str | Address:
    if text.startswith("[") or ends_in_a_number(text):
        address = read_ip_address(text)
        if address is None:
            raise BadAddress
        return address
    if not is_host_name(text):
        raise BadAddress
    return text.lower()
