"""did:jwk: a DID that is one JSON Web Key in base64url. https://github.com/quartzjer/did-jwk/blob/main/spec.md

The method asks for no canonical JSON: the same key with other members, or in another order, is another DID. That is
harmless, as a DID is only ever compared whole.
"""

from jmc_vc.errors import Malformed, TooLarge
from jmc_vc.formats.did.did_web import BadDid
from jmc_vc.formats.did.document import (
    ASSERTION_METHOD,
    AUTHENTICATION,
    CAPABILITY_DELEGATION,
    CAPABILITY_INVOCATION,
    KEY_AGREEMENT,
)
from jmc_vc.formats.did.key_material import contexts_of
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.jwk import public_key_of_jwk
from jmc_vc.formats.encoding.public_key import KeyNotForSigning
from jmc_vc.formats.strict_json import JsonObject, Limits, parse_object

PREFIX = "did:jwk:"

LONGEST = 2_048
"""Characters of a DID. An RSA key of 4096 bits makes 970, with all its members of RFC 7517 but certificates 1,200."""
_FOR_SIGNATURES = frozenset({"use", "key_ops", "alg"})
"""Members that say what a key is for; where they allow signatures, they allow nothing else."""
_LIMITS = Limits(bytes=LONGEST, depth=2, values=40)
"""A JWK has up to twelve members, one of them a list: `key_ops`."""


def document(did: str) -> JsonObject:
    """The DID document that `did` stands for: one method, `…#0`, with the key as it is written, for all that the JWK
    does not rule out: everything but key agreement when it says to be for signatures, nothing but key agreement when it
    says to be for something else. Ed25519 and RSA keys agree on nothing.

    Raises did.syntax; key.exposed for a JWK with a private member; key.invalid, key.unsupported, key.weak for all but
    the strength of an RSA key, which is judged when a signature is verified with it."""
    if not did.startswith(PREFIX) or len(did) > LONGEST:
        raise BadDid
    try:
        jwk = parse_object(base64url.decode(did.removeprefix(PREFIX)), _LIMITS)
    except (Malformed, TooLarge) as err:
        raise BadDid from err
    relationships = [ASSERTION_METHOD, AUTHENTICATION, CAPABILITY_INVOCATION, CAPABILITY_DELEGATION]
    try:
        public_key_of_jwk(jwk, judged=False)
        if jwk["kty"] == "EC" and not _FOR_SIGNATURES & jwk.keys():
            relationships.append(KEY_AGREEMENT)
    except KeyNotForSigning:
        relationships = [KEY_AGREEMENT]
    method: JsonObject = {"id": f"{did}#0", "type": "JsonWebKey", "controller": did, "publicKeyJwk": jwk}
    return {
        "@context": contexts_of([method]),
        "id": did,
        "verificationMethod": [method],
        **{relationship: [f"{did}#0"] for relationship in relationships},
    }
