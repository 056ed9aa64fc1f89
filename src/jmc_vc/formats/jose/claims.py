"""The registered claims of a token (RFC 7519 §4.1), beside the credential that says the same in its own words.

Two readers of one token may look at either. So both have to say the same, or the token is refused.
"""

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.data_integrity.verify_proof import Expected, WrongChallenge, WrongDomain
from jmc_vc.formats.strict_json import JsonObject, JsonValue

REGISTERED = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti"})
"""The names of RFC 7519: no credential has a property of such a name, so in the payload they are the token's own."""


class ClaimMismatch(Unacceptable):
    """A claim says something else than the property of the credential that it repeats."""

    code = "claims.mismatch"


class AmbiguousClaims(Unacceptable):
    """The token holds two credentials that differ: which one is meant depends on the reader."""

    code = "claims.ambiguous"


class ClaimNotAllowed(Unacceptable):
    """A member that has no place in this kind of token."""

    code = "claims.not_allowed"


def require_same(claims: JsonObject, name: str, value: JsonValue) -> None:
    """Raises ClaimMismatch when the claim `name` is there and is not `value`."""
    if name in claims and claims[name] != value:
        raise ClaimMismatch(pointer=f"/{name}")


def require_meant_for(claims: JsonObject, expected: Expected) -> None:
    """Raises WrongDomain or WrongChallenge unless `aud` holds the domain and `nonce` is the challenge that was set
    (RFC 7519 §4.1.3). That they are signed is for the signature to tell."""
    if expected.domain is not None and expected.domain not in audience(claims):
        raise WrongDomain(pointer="/aud")
    if expected.challenge is not None and claims.get("nonce") != expected.challenge:
        raise WrongChallenge(pointer="/nonce")


def audience(claims: JsonObject) -> list[JsonValue]:
    """Whom the token is for: one or many (RFC 7519 §4.1.3); none when it does not say."""
    found = claims.get("aud", [])
    return found if isinstance(found, list) else [found]
