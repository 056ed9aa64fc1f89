"""did:key: a DID that is its own key. https://w3c-ccg.github.io/did-key-spec/ with Ed25519, P-256 and P-384."""

import re

from jmc_vc.formats.did.did_web import BadDid
from jmc_vc.formats.did.document import VerificationMethod, did_document
from jmc_vc.formats.encoding import multikey
from jmc_vc.formats.encoding.multikey import decode_multikey, encode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey, UnsupportedKey
from jmc_vc.formats.strict_json import JsonObject

PREFIX = "did:key:"
ALGORITHMS = frozenset({KeyAlgorithm.ED25519, KeyAlgorithm.P256, KeyAlgorithm.P384})
"""Those of CID 1.0 §2.2.2. Other keys have no settled text as a Multikey, and so none as a did:key."""

_FORM = re.compile(rf"did:key:(z[1-9A-HJ-NP-Za-km-z]{{1,{multikey.LONGEST - 1}}})")


def did_of_key(public_key: PublicKey) -> str:
    """The did:key of `public_key`."""
    return PREFIX + encode_multikey(public_key)


def document(did: str) -> JsonObject:
    """The DID document that `did` stands for: one method, `did:key:z…#z…`, for signing credentials and for logging in.

    Raises did.syntax; key.invalid for a point off the curve or a key that cannot sign; key.weak; key.unsupported."""
    found = _FORM.fullmatch(did)
    if found is None:
        raise BadDid
    public_key = decode_multikey(found[1], judged=False)
    if public_key.algorithm not in ALGORITHMS:
        raise UnsupportedKey
    method = VerificationMethod(id=f"{did}#{found[1]}", controller=did, public_key=public_key)
    return did_document(did, [method], authentication_methods=[method.id])
