"""JWS Compact Serialization (RFC 7515 §3.1, §7.1), read strictly: the one reader in front of every token.

Libraries take more than they should (security requirement SR-5): padded base64url, the JSON serialization with one good
signature of two, an algorithm that only the unprotected header names. Here a token is three parts of strict base64url;
its header and payload go through the one strict JSON reader; each kind of key has one algorithm, so that the header
cannot choose another; and a header that demands an extension (`crit`, and with it `b64`) is refused, as we know none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import orjson

from jmc_vc.errors import Malformed, TooLarge, Unacceptable
from jmc_vc.formats import signature, strict_json
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.base64url import NotBase64Url
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.signature import BadSignature
from jmc_vc.formats.strict_json import JsonObject

ALGORITHMS: Mapping[KeyAlgorithm, str] = {
    KeyAlgorithm.ED25519: "EdDSA",
    KeyAlgorithm.P256: "ES256",
    KeyAlgorithm.P384: "ES384",
    KeyAlgorithm.P521: "ES512",
    KeyAlgorithm.RSA: "RS256",
}
"""One signature algorithm for each kind of key (RFC 7518 §3.3 and §3.4, RFC 8037 §3.1)."""

SYNONYMS: Mapping[str, str] = {"Ed25519": "EdDSA"}
"""Newer names of the same algorithms, read and not written: RFC 9864 §2.2 gives `EdDSA` with this curve its own."""

NOT_OURS = frozenset(
    {"ES256K", "Ed448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87", "PS256", "PS384", "PS512", "RS384", "RS512"}
)
"""Signature algorithms with a public key that others verify (https://www.iana.org/assignments/jose/). `none` and those
with a shared secret (`HS256`) are not among them: no issuer is shown by them."""

LONGEST = 2 * 1024 * 1024
"""Characters of a token: what the service takes as a body."""
LONGEST_HEADER = 16_384
"""Characters of a header. An RSA key in a `jwk` has 700; certificate chains are not read."""


class NotAToken(Malformed):
    """Not three parts, a part that is no strict base64url, or a header that is no JSON object."""

    code = "token.syntax"


class TokenTooLong(TooLarge):
    """More characters than LONGEST or LONGEST_HEADER."""

    code = "token.size"


class TokenAlgorithm(Unacceptable):
    """`alg` is missing, `none`, no signature algorithm that exists, or not the one of the key."""

    code = "token.algorithm"


class AlgorithmUnsupported(Unacceptable):
    """`alg` is a good one that we do not have: the token is neither good nor bad, it cannot be judged."""

    code = "token.algorithm_unsupported"


class TokenCritical(Unacceptable):
    """The header demands an extension (`crit`, `b64`): who does not know it must refuse it (RFC 7515 §4.1.11)."""

    code = "token.critical"


@dataclass(frozen=True, kw_only=True)
class CompactJws:
    """A token as read, not yet verified. `payload` is the bytes as they were signed."""

    header: JsonObject
    payload: bytes
    signing_input: bytes
    signature: bytes
    algorithm: str
    """`alg` of the header by its name in ALGORITHMS."""

    def claims(self) -> JsonObject:
        """The payload as a JSON object. Raises what `strict_json.parse_object` raises."""
        return strict_json.parse_object(self.payload)


def read(token: str) -> CompactJws:
    """The token that `token` is. Raises NotAToken, TokenTooLong, TokenAlgorithm, AlgorithmUnsupported, TokenCritical,
    and for its header what `strict_json.parse_object` raises."""
    if len(token) > LONGEST:
        raise TokenTooLong(limit=strict_json.written_size(LONGEST))
    parts = token.split(".", 3)
    if len(parts) != 3:  # five are a JWE, which is never decrypted here
        raise NotAToken
    written_header, written_payload, written_signature = parts
    if not written_header or not written_payload:
        raise NotAToken
    if len(written_header) > LONGEST_HEADER:
        raise TokenTooLong(limit=strict_json.written_size(LONGEST_HEADER))
    try:
        header = strict_json.parse_object(base64url.decode(written_header))
        payload, signed = base64url.decode(written_payload), base64url.decode(written_signature)
    except NotBase64Url as err:
        raise NotAToken from err
    if "crit" in header or "b64" in header:
        raise TokenCritical
    algorithm = header.get("alg")
    if not isinstance(algorithm, str):
        raise TokenAlgorithm
    if algorithm in NOT_OURS:
        raise AlgorithmUnsupported
    algorithm = SYNONYMS.get(algorithm, algorithm)
    if algorithm not in ALGORITHMS.values():
        raise TokenAlgorithm
    if not signed:
        raise NotAToken
    signing_input = token[: len(written_header) + 1 + len(written_payload)].encode()
    return CompactJws(
        header=header, payload=payload, signing_input=signing_input, signature=signed, algorithm=algorithm
    )


def verify(jws: CompactJws, public_key: PublicKey) -> None:
    """Returns when `public_key` signed the token. Raises TokenAlgorithm, WeakKey and BadSignature."""
    if ALGORITHMS[public_key.algorithm] != jws.algorithm:
        raise TokenAlgorithm
    if not signature.verify(public_key, jws.signature, jws.signing_input):
        raise BadSignature


def write(header: JsonObject, payload: bytes, sign: Callable[[bytes], bytes]) -> str:
    """The token of `payload`, with `header` in the order of its members; `sign` answers the signature of its bytes."""
    signing_input = f"{base64url.encode(orjson.dumps(header))}.{base64url.encode(payload)}"
    return f"{signing_input}.{base64url.encode(sign(signing_input.encode()))}"
