"""The names of a test network: a file that says where a name leads, in the place of the resolver.

Each line is `name address:port`, such as `issuer.example 127.0.0.1:8443` or `issuer.example [::1]:8443`; a name with
several lines has several addresses; `#` begins a comment.
"""

import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from jmc_vc.configuration_errors import ConfigurationError
from jmc_vc.fetching.pinning import Endpoint
from jmc_vc.formats.host_name import ends_in_a_number, is_host_name

_LINE: Final = re.compile(r"(?P<name>\S+)[ \t]+(?:\[(?P<v6>[^\]\s%]+)\]|(?P<v4>[0-9.]+)):(?P<port>[1-9][0-9]{0,4})")


class BadHostsFile(ConfigurationError):
    """The file is not there, or a line has another form."""

    code = "fetch.hosts_file"


def read_hosts(file: Path) -> Mapping[str, Sequence[Endpoint]]:
    """The endpoints of each name. Raises BadHostsFile with the number of the line, 0 for a file that is not there."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        raise BadHostsFile(file=str(file), line=0) from err
    found: dict[str, list[Endpoint]] = {}
    for number, line in enumerate(lines, start=1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        try:
            name, endpoint = _read(said)
        except ValueError as err:
            raise BadHostsFile(file=str(file), line=number) from err
        found.setdefault(name, []).append(endpoint)
    return found


def _read(line: str) -> tuple[str, Endpoint]:
    parts = _LINE.fullmatch(line)
    if parts is None or not is_host_name(parts["name"]) or ends_in_a_number(parts["name"]):
        raise ValueError
    port = int(parts["port"])
    if port > 65_535:
        raise ValueError
    return parts["name"].lower(), Endpoint(ip_address(parts["v6"] or parts["v4"]), port)
