"""What is measured with: the typical credential of a university, a thousand of them, and the key that signs them.

`tests.builders.badges.typical_badge` describes it: 4.4 kB of Japanese and English, 113 statements, 10 blank nodes; an
achievement with alignments, result descriptions and a rubric, results, evidence and a status entry. Each one here has
another learner, id and place in the status list, so that nothing can be remembered from one to the next.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import orjson

from bench.keys import Keys, keys
from jmc_vc import vendored
from jmc_vc.formats.encoding.multikey import encode_multikey
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.signing.file_signer import Ed25519Signer
from tests.builders.badges import typical_badge

NAMESPACE = "https://ns.jmc.example/mc/v1"
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
SEED = sha256(b"a key that signs benchmarks and nothing else").digest()
DIFFERENT = 1_000
"""Credentials in the pool: 5 MB, more than a processor's cache holds."""
DIFFERENT_OF_A_FORMAT = 100
"""Credentials in the pool of each format; all formats together have 15 MB."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """The same for every contestant. `documents` are the contexts as JSON values, for those who read them themselves;
    `method` is the verification method of `signer`, a did:key. `keys` are those of `bench.formats`."""

    contexts: Contexts
    documents: dict[str, Any]
    signer: Ed25519Signer
    method: str
    unsigned: tuple[dict[str, Any], ...]
    keys: Keys

    def issued_by(self, did: str) -> tuple[dict[str, Any], ...]:
        """The credentials of a format, with `did` as their issuer."""
        return tuple(_credential(number, did) for number in range(DIFFERENT_OF_A_FORMAT))


def material(rsa_pem: bytes) -> Material:
    """The pool, the contexts and the keys."""
    signer = Ed25519Signer(SEED)
    did = f"did:key:{encode_multikey(signer.public_key)}"
    shipped = vendored.contexts(NAMESPACE)
    return Material(
        contexts=Contexts(shipped),
        documents={url: orjson.loads(data) for url, data in shipped.items()},
        signer=signer,
        method=f"{did}#{did.removeprefix('did:key:')}",
        unsigned=tuple(_credential(number, did) for number in range(DIFFERENT)),
        keys=keys(rsa_pem),
    )


def _credential(number: int, did: str) -> dict[str, Any]:
    badge = typical_badge(number)
    badge["issuer"]["id"] = did
    return badge
