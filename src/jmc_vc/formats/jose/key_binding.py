"""Key binding: the holder proves, for one verifier and one moment, to have the key that the credential names.

RFC 9901 §4.3 and §7.3, https://www.rfc-editor.org/rfc/rfc9901. A short JWT (`kb+jwt`) over the hash of all that is
shown. Whether it is asked for is the verifier's rule, made before looking: never because one happens to be there.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import orjson

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.encoding.jwk import public_jwk, public_key_of_jwk
from jmc_vc.formats.encoding.public_key import InvalidKey, PublicKey
from jmc_vc.formats.jose import compact_jws, sd_jwt
from jmc_vc.formats.jose.compact_jws import ALGORITHMS, TokenAlgorithm
from jmc_vc.formats.jose.disclosures import hash_name, hash_of
from jmc_vc.formats.jose.numeric_date import read_numeric_date, write_numeric_date
from jmc_vc.formats.jose.sd_jwt import SdJwt
from jmc_vc.formats.jose.token_kind import require_type
from jmc_vc.formats.strict_json import JsonObject

TYPE = "kb+jwt"


class KeyBindingMissing(Unacceptable):
    """The presentation has no key binding, or the credential no key that it could be made with."""

    code = "holder.no_binding"


class OtherPresentation(Unacceptable):
    """The key binding was made for other disclosures or another credential."""

    code = "holder.binding_hash"


class OtherTransaction(Unacceptable):
    """The key binding was made for another verifier or another request: perhaps a copy of one shown elsewhere."""

    code = "holder.binding_audience"


class BindingNotFresh(Unacceptable):
    """The key binding is older than the verifier takes, or of a time to come."""

    code = "holder.binding_age"


def bind(
    presentation: str, *, audience: str, nonce: str, now: datetime, algorithm: str, sign: Callable[[bytes], bytes]
) -> str:
    """`presentation`, an SD-JWT without a key binding, with one made by the holder's `sign`.

    Raises what `sd_jwt.read` raises, and TokenAlgorithm."""
    if algorithm not in ALGORITHMS.values():
        raise TokenAlgorithm
    shown = sd_jwt.read(presentation)
    claims = {
        "iat": write_numeric_date(now, pointer="/iat"),
        "aud": audience,
        "nonce": nonce,
        "sd_hash": _hash(shown),
    }
    return shown.presented + compact_jws.write({"alg": algorithm, "typ": TYPE}, orjson.dumps(claims), sign)


def verify(
    token: SdJwt,
    holder_key: PublicKey | None,
    *,
    audience: str,
    nonce: str,
    now: datetime,
    longest_age: timedelta,
    skew: timedelta,
) -> None:
    """Returns when the holder of `holder_key`, the key that the verified credential names, made the key binding of
    `token` for `audience` and `nonce`, at most `longest_age` ago; clocks may differ by `skew`.

    Raises KeyBindingMissing, OtherPresentation, OtherTransaction, BindingNotFresh, token.type, the errors of
    `compact_jws` and schema.numeric_date."""
    if token.key_binding is None or holder_key is None:
        raise KeyBindingMissing
    binding = token.key_binding
    require_type(binding.header, TYPE)
    compact_jws.verify(binding, holder_key)
    claims = binding.claims()
    if claims.get("sd_hash") != _hash(token):
        raise OtherPresentation
    if claims.get("aud") != audience or claims.get("nonce") != nonce:
        raise OtherTransaction
    made = read_numeric_date(claims.get("iat"), pointer="/iat")
    # Differences of moments, which every calendar has: a sum may lie behind its end.
    age = now - made
    if -age > skew or (age > longest_age and age - longest_age > skew):
        raise BindingNotFresh
    if "exp" in claims and now - read_numeric_date(claims["exp"], pointer="/exp") >= skew:
        raise BindingNotFresh
    if "nbf" in claims and read_numeric_date(claims["nbf"], pointer="/nbf") - now > skew:
        raise BindingNotFresh


def confirmation(holder_key: PublicKey) -> JsonObject:
    """What `cnf` says of the key that the holder is to bind with (RFC 7800 §3.2)."""
    return {"jwk": {**public_jwk(holder_key)}}


def holder_key_of(claims: JsonObject) -> PublicKey | None:
    """The key in `cnf`; the strength of an RSA key is judged when a binding is verified with it. None when there is
    none, and for the ways that name it by an address or a number, because nothing is fetched for it. Raises InvalidKey
    and what `public_key_of_jwk` raises."""
    if "cnf" not in claims:
        return None
    found = claims["cnf"]
    if not isinstance(found, dict) or not isinstance(found.get("jwk", {}), dict):
        raise InvalidKey(pointer="/cnf")
    jwk = found.get("jwk")
    return public_key_of_jwk(jwk, judged=False) if isinstance(jwk, dict) else None


def _hash(token: SdJwt) -> str:
    return hash_of(token.presented.encode(), hash_name(token.jws.claims()))
