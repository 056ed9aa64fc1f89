"""All sides that issue or accept credentials, ready to be asked."""

from collections.abc import Mapping
from typing import Any

from tests.interop.parties.digitalbazaar import DigitalBazaar
from tests.interop.parties.jose import Jose
from tests.interop.parties.openbadgeslib import OpenBadgesLib
from tests.interop.parties.openvc import Openvc
from tests.interop.parties.ours import Ours
from tests.interop.parties.party import OURS, Party, World
from tests.interop.parties.sd_jwt_js import SdJwtJs
from tests.interop.parties.sd_jwt_python import SdJwtPython
from tests.interop.parties.verifier_core import VerifierCore
from tests.interop.served import Node, Served


def sides_of(served: Served, node: Node, open_badges_contexts: Mapping[str, Any]) -> Mapping[str, Party]:
    """Id in the matrix → the side."""
    world = World(
        open_badges=open_badges_contexts,
        own=served.context(),
        fetch=served.fetch,
        fetch_json=served.fetch_json,
        jwk=served.jwk,
    )
    return {
        OURS: Ours(served),
        "digitalbazaar-vc": DigitalBazaar(node, open_badges_contexts),
        "digitalcredentials-verifier-core": VerifierCore(node),
        "jose": Jose(node, world),
        "sd-jwt-js": SdJwtJs(node, world),
        "sd-jwt-python": SdJwtPython(world),
        "openbadgeslib": OpenBadgesLib(world),
        "openvc-core": Openvc(world),
    }
