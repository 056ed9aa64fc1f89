"""did:web: a DID that is a place on the web. https://w3c-ccg.github.io/did-method-web/

The host of such a DID comes from a stranger's document and becomes an outbound request, so its syntax is read narrowly,
before any resolver or URL library with ideas of its own sees it: host names of letters, digits and hyphens, a port only
as `%3A`, path steps without any percent escape (a `%2F` or `%2e%2e` would be undone by some server behind us).
Addresses of machines and names that mean this machine or this network are refused here already (did.forbidden); that a
harmless name does not lead to a private address is the business of the gateway.
"""

import re
from urllib.parse import unquote, urlsplit

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.host_name import ends_in_a_number, is_host_name, means_this_network

PREFIX = "did:web:"

LONGEST = 1_000
"""Characters of a DID: a host name has 253, and nobody needs more than a few steps of path."""

_STEP = re.compile(r"(?=.*[^.])[A-Za-z0-9._-]+")
_HOST = re.compile(r"([^%:]+)(?:%3[Aa]([1-9][0-9]{0,4}))?")


class BadDid(Unacceptable):
    """The text is no DID that we read."""

    code = "did.syntax"


class ForbiddenHost(Unacceptable):
    """The DID names a machine's address, or a name that only means something on this machine or network."""

    code = "did.forbidden"


def did_of_url(base_url: str, *path: str) -> str:
    """The DID whose document is served under `base_url`: `https://mc.example.jp` and the steps `issuers`, `abc` give
    `did:web:mc.example.jp:issuers:abc`.

    For our own base URL, so plain http and localhost are taken; the caller has checked it as a setting. Raises
    did.syntax for a base URL with more than scheme, host, port and path, and for steps that a did:web cannot hold."""
    parts = urlsplit(base_url)
    if parts.scheme not in ("https", "http") or parts.username is not None or parts.query or parts.fragment:
        raise BadDid
    try:
        host, port = parts.hostname, parts.port
    except ValueError as err:
        raise BadDid from err
    steps = [*(step for step in parts.path.split("/") if step), *path]
    if not host or not is_host_name(host) or not all(_STEP.fullmatch(step) for step in steps):
        raise BadDid
    return ":".join([PREFIX + (host if port is None else f"{host}%3A{port}"), *steps])


def document_url(did: str) -> str:
    """The https address of the document of `did`. Raises did.syntax and did.forbidden.

    Ports are 443 or those from 1024 on: below live the services of others that must not be talked to by way of us."""
    if not did.startswith(PREFIX) or len(did) > LONGEST:
        raise BadDid
    place, *steps = did.removeprefix(PREFIX).split(":")
    # did:web §3.1 takes no addresses of machines. Only to refuse them is every spelling read, also `%5B%3A%3A1%5D`.
    readable = unquote(place)
    if readable.startswith("[") or ends_in_a_number(readable.partition(":")[0]):
        raise ForbiddenHost
    found = _HOST.fullmatch(place)
    if found is None or not is_host_name(found[1]) or not all(_STEP.fullmatch(step) for step in steps):
        raise BadDid
    host, port = found[1].lower(), int(found[2] or 443)
    if means_this_network(host):
        raise ForbiddenHost
    if port > 65_535 or (port < 1_024 and port != 443):
        raise BadDid
    authority = host if port == 443 else f"{host}:{port}"
    return f"https://{authority}/{'/'.join(steps) if steps else '.well-known'}/did.json"
