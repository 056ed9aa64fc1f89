"""A presentation in the claim `vp` of a plain JWT, as the data model 1.1 had it: for verifying, never written.

https://www.w3.org/TR/vc-data-model/#jwt-encoding. Wallets still send it, and the W3C test suite of the data model does
(JC-02). It is told from a badge by the claim alone, so one token cannot be both.

That version also allowed tokens as plain texts, and credentials with a proof of their own, in `verifiableCredential`;
read here are enveloped credentials alone, as in a `vp+jwt`.
"""

from jmc_vc.formats.jose.claims import AmbiguousClaims, ClaimNotAllowed
from jmc_vc.formats.jose.compact_jws import CompactJws
from jmc_vc.formats.jose.token_kind import TokenKind, TokenType, kind_of
from jmc_vc.formats.jose.vc_jose import EMBEDDED, OF_THE_TOKEN, VcJoseToken, from_payload
from jmc_vc.formats.openbadges.member import Node

CLAIM = "vp"
_MAKES_A_DOCUMENT = frozenset({"vc", "@context", "id", "type", "holder", "issuer", "verifiableCredential"})


def read(jws: CompactJws) -> VcJoseToken:
    """The presentation in `jws`, whose signature is verified apart, in any algorithm of `compact_jws`.

    Raises token.type unless the type is that of a plain JWT, parse.* for the payload, schema.violation without the
    claim, claims.ambiguous when anything of a presentation or credential stands beside it, claims.not_allowed for a
    claim of the token or a proof in it, vp.credential for one that is not enveloped, and what `vc_jose.from_payload`
    raises."""
    if kind_of(jws.header) is not TokenKind.OB3_VC_JWT:
        raise TokenType(pointer="/typ")
    payload = jws.claims()
    presentation = Node(payload).node(CLAIM).members
    doubled = sorted(payload.keys() & (presentation.keys() | _MAKES_A_DOCUMENT))
    if doubled:
        raise AmbiguousClaims(pointer=Node(payload).at(doubled[0]))
    misplaced = sorted(presentation.keys() & (OF_THE_TOKEN | EMBEDDED))
    if misplaced:  # one reader would take it for the token's, another for nothing
        raise ClaimNotAllowed(pointer=Node(presentation, f"/{CLAIM}").at(misplaced[0]))
    claims = {name: value for name, value in payload.items() if name in OF_THE_TOKEN}
    return from_payload({**presentation, **claims}, TokenKind.VP_JWT, jws.header)
