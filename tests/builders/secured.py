"""A credential as we issue it, secured by a template and on the general path, by throw-away keys."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

import orjson

from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.issuing.templates import Templates
from tests.builders.badges import typical_badge
from tests.builders.contexts import shipped_contexts
from tests.builders.keys import did_key_method, ed25519_private_key

Json = dict[str, Any]
CREATED = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def example() -> Json:
    """An unsigned credential as we issue it, as far as templates look at it."""
    badge = typical_badge(1)
    badge["@context"].append("https://ns.jmc.example/mc/v1/context.json")
    badge["jmc:programVersion"] = {"id": "https://issuer.example/programs/1/v/1", "contentDigest": "sha-256:0", "n": 1}
    badge["credentialSubject"]["jmc:recipientName"] = {
        "ja": {"family": "山田", "given": "花子"},
        "order": "family-first",
    }
    return badge


def secured_by(
    templates: Templates, document: Json, *, method: str = did_key_method(0), key: int = 0
) -> tuple[bytes | None, int]:
    """What the templates make of `document`, and how often the signer was asked."""
    asked = 0

    def sign(data: bytes) -> bytes:
        nonlocal asked
        asked += 1
        return ed25519_private_key(key).sign(data)

    found = templates.secure(document, verification_method=method, created=CREATED, sign=sign)
    return found, asked


def general(document: Json, *, method: str = did_key_method(0), key: int = 0) -> bytes:
    return orjson.dumps(
        add_proof(
            document,
            cryptosuite="eddsa-rdfc-2022",
            verification_method=method,
            created=CREATED,
            sign=ed25519_private_key(key).sign,
            contexts=shipped_contexts(),
        )
    )
