"""Which certificates are believed: those that an authority of the machine, or of one file in its place, has signed."""

import ssl
from pathlib import Path

from jmc_vc.configuration_errors import ConfigurationError


class UnreadableAuthorities(ConfigurationError):
    """The file of certificate authorities is not there or is no PEM with a certificate."""

    code = "fetch.authorities"


def trusting(authorities: Path | None = None) -> ssl.SSLContext:
    """TLS from 1.2 on, names and times checked, HTTP/1.1. Raises UnreadableAuthorities.

    Made by hand: `create_default_context` also writes session keys to a file if the environment says so."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.hostname_checks_common_name = False
    context.set_alpn_protocols(["http/1.1"])
    if authorities is None:
        context.load_default_certs()
        return context
    try:
        context.load_verify_locations(cafile=str(authorities))
    except (OSError, ValueError) as err:  # an SSLError is an OSError
        raise UnreadableAuthorities(file=str(authorities)) from err
    return context
