"""The contexts of tests: those that we ship, under the default namespace, and further ones by URL."""

import json
from functools import cache
from typing import Any

from jmc_vc import vendored
from jmc_vc.formats.jsonld import Contexts

NAMESPACE = "https://ns.jmc.example/mc/v1"
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
OURS = f"{NAMESPACE}/context.json"


@cache
def shipped_contexts() -> Contexts:
    """What the service itself accepts."""
    return Contexts(vendored.contexts(NAMESPACE))


def contexts_with(**more: Any) -> Contexts:
    """The shipped contexts and, at `https://test.example/NAME`, each context object given by name."""
    documents = {f"https://test.example/{name}": json.dumps({"@context": body}).encode() for name, body in more.items()}
    return Contexts({**vendored.contexts(NAMESPACE), **documents})
