"""Proof of possession: who names a DID of theirs shows that they have a key which that DID signs credentials with.

A compact JWS of a type of its own (RFC 8725 §3.11), so that nothing else that the key ever signed is taken for it. It
names in `iss` the DID, in `aud` whom it was made for and in `nonce` what it answers; `kid` in the header is the DID URL
of the key, or its fragment alone.
"""

from dataclasses import dataclass

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.did.document import UnknownKey
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.jose.compact_jws import CompactJws
from jmc_vc.formats.jose.token_kind import require_type

TYPE = "jmc-key-possession+jwt"


class OtherPossession(Unacceptable):
    """The proof was made of another DID or for another reader, or answers nothing."""

    code = "did.possession_claims"


@dataclass(frozen=True, kw_only=True)
class PossessionProof:
    """A proof as read, not yet verified: `method_id` is the DID URL of the key that is to have signed `jws`."""

    jws: CompactJws
    method_id: str
    nonce: str


def read(text: str, *, did: str, audience: str) -> PossessionProof:
    """The proof that `text` is, of a key of `did` and for `audience`. Raises OtherPossession, UnknownKey for a `kid`
    that names no key of the DID, token.type and what `compact_jws.read` and its claims raise."""
    jws = compact_jws.read(text)
    require_type(jws.header, TYPE)
    claims = jws.claims()
    for claim, expected in (("iss", did), ("aud", audience)):
        if claims.get(claim) != expected:
            raise OtherPossession(pointer=f"/{claim}")
    nonce, kid = claims.get("nonce"), jws.header.get("kid")
    if not isinstance(nonce, str):
        raise OtherPossession(pointer="/nonce")
    if not isinstance(kid, str) or kid.partition("#")[0] not in {"", did}:
        raise UnknownKey(pointer="/kid")
    return PossessionProof(jws=jws, method_id=did + kid if kid.startswith("#") else kid, nonce=nonce)
