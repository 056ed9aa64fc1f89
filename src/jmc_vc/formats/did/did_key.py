"""did:key: a DID that is its own key. https://w3c-ccg.github.io/did-key-spec/ with Ed25519, P-256 and P-384."""

import re

from jmc_vc.formats.did.did_web import BadDid
from jmc_vc.formats.did.document import VerificationMethod, did_document
from jmc_vc.formats.encoding.multikey import decode_multikey, encode_multikey
from jmc_vc.formats.encoding.public_key import InvalidKey, PublicKey
from jmc_vc.formats.strict_json import JsonObject

PREFIX = "did:key:"

_FORM = re.compile(r"did:key:(z[1-9A-HJ-NP-Za-km-z]{1,127})")
_KEY_AGREEMENT = "z6LS"
"""How every X25519 key begins."""


def did_of_key(public_key: PublicKey) -> str:
    """The did:key of `public_key`."""
    return PREFIX + encode_multikey(public_key)


def document(did: str) -> JsonObject:
    """The DID document that `did` stands for: one method, `did:key:z…#z…`, for signing credentials and for logging in.

    Raises did.syntax; key.invalid for a point off the curve or a key that cannot sign; key.weak; key.unsupported."""
    found = _FORM.fullmatch(did)
    if found is None:
        raise BadDid
    multikey = found[1]
    if multikey.startswith(_KEY_AGREEMENT):  # it encrypts and can never sign, so it is no matter of more support later
        raise InvalidKey
    method = VerificationMethod(id=f"{did}#{multikey}", controller=did, public_key=decode_multikey(multikey))
    return did_document(did, [method], authentication_methods=[method.id])
