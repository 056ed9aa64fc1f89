"""How these tests sign and verify: with throw-away keys under did:key, all proofs of a document, one after another."""

import copy
from datetime import UTC, datetime
from typing import Any

from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from tests.builders.badges import small_badge
from tests.builders.contexts import shipped_contexts
from tests.builders.signers import TestSigner, signer

Json = dict[str, Any]
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
ED25519, P256, P384 = KeyAlgorithm.ED25519, KeyAlgorithm.P256, KeyAlgorithm.P384
SIGNING = [
    # suite, the keys that sign with it
    ("eddsa-rdfc-2022", ED25519),
    ("eddsa-jcs-2022", ED25519),
    ("ecdsa-rdfc-2019", P256),
    ("ecdsa-rdfc-2019", P384),
    ("ecdsa-jcs-2019", P256),
    ("ecdsa-jcs-2019", P384),
]
"""The suites whose proof is one signature; ecdsa-sd-2023 has tests of its own."""


def signed(
    document: dict[str, Any] | None = None,
    *,
    suite: str = "eddsa-rdfc-2022",
    key: TestSigner | None = None,
    purpose: str = "assertionMethod",
    **members: Any,
) -> dict[str, Any]:
    """`document`, or a small badge, with a proof more."""
    used = key or signer()
    return add_proof(
        small_badge() if document is None else document,
        cryptosuite=suite,
        verification_method=used.method,
        created=CREATED,
        sign=used.sign,
        contexts=shipped_contexts(),
        algorithm=used.algorithm,
        purpose=purpose,
        members=members,
    )


def by(suite: str, algorithm: KeyAlgorithm, document: Json | None = None, **members: Any) -> Json:
    """The same with key 0 of this kind."""
    return signed(document, suite=suite, key=signer(algorithm), **members)


def spoiled(*path: str | int, value: Any, document: Json | None = None) -> Json:
    """`document`, or a signed badge, with another value at `path`."""
    changed = copy.deepcopy(document or signed())
    place: Any = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return changed


def verified(document: dict[str, Any], key: PublicKey | None = None, **expected: Any) -> None:
    """Every proof of `document` holds, under `key` or the one that its did:key says."""
    unsecured = Unsecured(document, shipped_contexts())
    for proof in read_proofs(document):
        verify_proof(unsecured, proof, key or decode_multikey(proof.verification_method.partition("#")[2]), **expected)
