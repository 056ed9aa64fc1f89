"""JWK Sets of our issuers: the same public keys as in the DID documents, for readers of VC-JWT badges.

https://www.rfc-editor.org/rfc/rfc7517 and Open Badges 3.0 section 8.2. `kid` is the fragment of the verification
method's DID URL (`key-1` of `did:web:…#key-1`): it is also the last step of the address of the single key, so that one
name finds a key in the DID document, in the set and on its own. A reader that dereferences the `kid` of a JWS header
gets one JWK from that address, not a set (OB-44). Each key says whose it is in `iss`, because one set serves many
issuers (OB-45).
"""

from collections.abc import Iterable

from jmc_vc.formats.did.document import VerificationMethod
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.jose.compact_jws import ALGORITHMS
from jmc_vc.formats.strict_json import JsonObject


def single_jwk(method: VerificationMethod, *, iss: str) -> JsonObject:
    """The key of `method` as one JWK; `iss` is the issuer's id as its credentials write it."""
    return {
        **public_jwk(method.public_key),
        "kid": method.id.partition("#")[2],
        "use": "sig",
        "alg": ALGORITHMS[method.public_key.algorithm],
        "iss": iss,
    }


def jwks(keys: Iterable[VerificationMethod], *, iss: str) -> JsonObject:
    """The JWK Set of one issuer, retired keys included: badges that they signed live on."""
    return {"keys": [single_jwk(method, iss=iss) for method in keys]}
