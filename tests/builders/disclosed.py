"""Credentials under ecdsa-sd-2023: issued by throw-away P-256 keys, shown in part, and all pointers into a document."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.selective.base_proof import add_base_proof
from jmc_vc.formats.data_integrity.selective.derive import derive
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding.multikey import encode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.jsonld import Contexts
from tests.builders.contexts import shipped_contexts

Json = dict[str, Any]
CREATED = datetime(2026, 1, 1, tzinfo=UTC)


class P256Key:
    """A key pair that is always the same for the same number, or for the same private scalar."""

    def __init__(self, number: int = 0, *, scalar: int | None = None) -> None:
        if scalar is None:
            scalar = int.from_bytes(sha256(f"test P-256 key {number}".encode()).digest()) >> 1
        self.scalar = scalar
        self.private_key = ec.derive_private_key(scalar, ec.SECP256R1())
        point = self.private_key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        self.public_key = PublicKey(KeyAlgorithm.P256, point)
        multikey = encode_multikey(self.public_key)
        self.method = f"did:key:{multikey}#{multikey}"

    def sign(self, message: bytes) -> bytes:
        der = self.private_key.sign(message, ec.ECDSA(SHA256(), deterministic_signing=True))
        r, s = decode_dss_signature(der)
        return r.to_bytes(32) + s.to_bytes(32)


def issued(
    document: Json,
    mandatory: Sequence[str],
    *,
    key: P256Key | None = None,
    contexts: Contexts | None = None,
    seed: int = 0,
    **members: Any,
) -> Json:
    """`document` with a base proof. `seed` decides the proof's own keys."""
    key = key or P256Key()
    return add_base_proof(
        document,
        verification_method=key.method,
        created=CREATED,
        sign=key.sign,
        contexts=contexts or shipped_contexts(),
        mandatory_pointers=mandatory,
        random=Random(seed).randbytes,
        members=members,
    )


def shown(base: Json, *pointers: str) -> Json:
    """What a verifier receives: the derived credential, sent as JSON."""
    derived = derive(base, selective_pointers=pointers, contexts=shipped_contexts())
    return strict_json.parse_object(json.dumps(derived).encode())


def verify(document: Json, key: P256Key | None = None, *, contexts: Contexts | None = None) -> None:
    """Raises when a proof of `document` does not hold."""
    unsecured = Unsecured(document, contexts or shipped_contexts())
    for proof in read_proofs(document):
        verify_proof(unsecured, proof, (key or P256Key()).public_key)


def pointers_into(value: Any, at: str = "") -> Iterator[str]:
    """A pointer to `value` itself and to everything in it."""
    yield at
    if isinstance(value, dict):
        for name, member in value.items():
            yield from pointers_into(member, f"{at}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from pointers_into(item, f"{at}/{position}")
