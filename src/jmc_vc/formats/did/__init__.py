"""DID methods that we read. https://www.w3.org/TR/did-1.0/

A method either says all in the DID itself (`Expanded`) or names the address of a document (`Hosted`), which somebody
else then fetches: nothing here touches the network.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.did import did_jwk, did_key, did_web
from jmc_vc.formats.did.did_web import BadDid
from jmc_vc.formats.strict_json import JsonObject


class UnsupportedDid(Unacceptable):
    """A DID of a method that we do not read, or a DID URL with a path or query: what it leads to only a resolver of its
    method would know."""

    code = "did.unsupported"


@dataclass(frozen=True)
class Expanded:
    """`document(did)` gives the DID document without asking anyone."""

    document: Callable[[str], JsonObject]


@dataclass(frozen=True)
class Hosted:
    """`document_url(did)` gives the https address of the DID document."""

    document_url: Callable[[str], str]


DID_METHODS: Mapping[str, Expanded | Hosted] = {
    "jwk": Expanded(did_jwk.document),
    "key": Expanded(did_key.document),
    "web": Hosted(did_web.document_url),
}

_DID = re.compile(r"did:([a-z0-9]+):.")


def did_method(did: str) -> Expanded | Hosted:
    """The method of `did`, whose own reader judges the rest of the text. Raises did.syntax and did.unsupported."""
    found = _DID.match(did)
    if found is None:
        raise BadDid
    method = DID_METHODS.get(found[1])
    if method is None or "/" in did or "?" in did:
        raise UnsupportedDid
    return method
