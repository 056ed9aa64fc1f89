"""What a token's header says about its key: a name to look up, or a key that proves nothing by itself.

https://www.rfc-editor.org/rfc/rfc7515#section-4.1.3 (`jwk`) and §4.1.4 (`kid`); Open Badges 3.0 §8.2 and OB-44 for the
address of one JWK. Whoever writes a token chooses both. A reference is therefore only read here, as text of a known
form; the key must then be found where the issuer publishes its keys, and a `jwk` must be among them. `jku`, `x5u`,
`x5c` and the like, which bring or fetch a key of the writer's choice, are not read at all.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from jmc_vc.formats.did.document import UnknownKey
from jmc_vc.formats.encoding.jwk import public_key_of_jwk
from jmc_vc.formats.encoding.public_key import InvalidKey, PublicKey
from jmc_vc.formats.strict_json import JsonObject


class KeyReferenceKind(StrEnum):
    """Where a `kid` wants to be looked up."""

    DID_URL = "did_url"
    """A verification method: `did:…#…`. With a path or query in it, which nobody looks up here."""
    ADDRESS = "address"
    """A single JWK at an http or https address, or a key in the document there, after `#`
    (https://www.w3.org/TR/vc-jose-cose/#key-discovery). Whether it may be opened is for the reader to judge."""
    NAME = "name"
    """One of the issuer's keys: the `kid` of a JWK, or the fragment of a verification method."""


@dataclass(frozen=True)
class KeyReference:
    """`text` as a reader compares it: the whole DID URL or address, or the bare name without `#`."""

    kind: KeyReferenceKind
    text: str


LONGEST = 2_176
"""Characters: a did:jwk has up to 2,048, and then comes the fragment."""

# RFC 3986 §3.3 and §3.4.
_CHARACTER = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_PATH_AND_QUERY = rf"(?:/{_CHARACTER}*)*(?:\?(?:{_CHARACTER}|[/?])*)?"
_FORMS = (
    (
        KeyReferenceKind.DID_URL,
        re.compile(rf"(did:[a-z0-9]+:[A-Za-z0-9._:%-]+{_PATH_AND_QUERY}#[A-Za-z0-9._~:=+-]{{1,100}})"),
    ),
    (
        KeyReferenceKind.ADDRESS,
        re.compile(rf"(https?://[A-Za-z0-9.-]+(?::[0-9]{{1,5}})?{_PATH_AND_QUERY}(?:#{_CHARACTER}{{1,100}})?)"),
    ),
    # A name has no colon, so that no malformed DID or address passes for one; not only dots, as it may become part of
    # an address; 100 characters hold a SHA-512 thumbprint.
    (KeyReferenceKind.NAME, re.compile(r"#?((?=.*[^.])[A-Za-z0-9._~=+-]{1,100})")),
)
_DOTS = re.compile(r"/(?:\.|%2[Ee]){1,2}(?:[/?#]|$)")
"""Steps that lead elsewhere, for some reader on the way."""


def key_reference(header: JsonObject) -> KeyReference | None:
    """What `kid` names, None when there is none. Raises UnknownKey for what has no form of a key's name (VW-09): no
    issuer publishes a key under it, and it never reaches a path, a query or a database."""
    if "kid" not in header:
        return None
    kid = header["kid"]
    if not isinstance(kid, str) or len(kid) > LONGEST or _DOTS.search(kid):
        raise UnknownKey(pointer="/kid")
    for kind, form in _FORMS:
        if found := form.fullmatch(kid):
            return KeyReference(kind, found[1])
    raise UnknownKey(pointer="/kid")


def claimed_key(header: JsonObject) -> PublicKey | None:
    """The key that the writer of the token says to have used, None when `jwk` is missing. It must be looked for among
    the issuer's keys before anything is verified with it (VW-05). The strength of an RSA key is judged when a
    signature is verified with it. Raises what `public_key_of_jwk` raises: for a
    private member too (OB-41)."""
    if "jwk" not in header:
        return None
    jwk = header["jwk"]
    if not isinstance(jwk, dict):
        raise InvalidKey(pointer="/jwk")
    return public_key_of_jwk(jwk, judged=False)
