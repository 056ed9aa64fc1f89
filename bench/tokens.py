"""JOSE, profile by profile: ours, `jwcrypto` and `sd-jwt`.

Signing begins with a credential as a JSON value and ends with the token; verifying begins with the token and the
issuer's key, and ends with the answer: the signature holds and the payload is JSON. Of an Open Badge the key is a JWK,
which is what its `kid` leads to, and the claims say the same as the properties that they repeat (Open Badges 3.0
§8.2.4). Of the others it is at hand. Of an SD-JWT VC, the learner keeps some claims back and binds what is shown with a
key of its own; a verifier checks both signatures, the disclosures, audience and nonce.
"""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from jwcrypto.jwk import JWK  # type: ignore[import-untyped]
from jwcrypto.jws import JWS  # type: ignore[import-untyped]
from jwcrypto.jwt import JWT  # type: ignore[import-untyped]
from sd_jwt.common import SDObj  # type: ignore[import-untyped]
from sd_jwt.holder import SDJWTHolder  # type: ignore[import-untyped]
from sd_jwt.issuer import SDJWTIssuer  # type: ignore[import-untyped]
from sd_jwt.verifier import SDJWTVerifier  # type: ignore[import-untyped]

from bench.keys import ED25519, P256, P384, P521, RSA, signing
from bench.pace import Pace
from bench.typical import NAMESPACE, Material
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.jwk import public_jwk, public_key_of_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.formats.jose import compact_jws, key_binding, learning_credential, ob3_vc_jwt, sd_jwt, sd_jwt_vc, vc_jose

Json = dict[str, Any]

OPEN_BADGES: Mapping[str, KeyAlgorithm] = {"vc-jwt-es256": P256, "vc-jwt-rs256": RSA}
W3C: Mapping[str, KeyAlgorithm] = {
    "vc-jose-es256": P256,
    "vc-jose-es384": P384,
    "vc-jose-es512": P521,
    "vc-jose-eddsa": ED25519,
}
WITHOUT_DISCLOSURES = {**OPEN_BADGES, **W3C}
SD_JWT = "sd-jwt-vc"

ISSUER, KID = "did:web:issuer.example", "did:web:issuer.example#key-1"
NAME = {"family_name": "山田", "given_name": "花子", "family_name#und-Latn": "Yamada", "given_name#und-Latn": "Hanako"}
"""The typical badge has none, and those that are issued have."""
WITHHELD = ("assessment_grade", "results", "evidence", "sub")
AUDIENCE, NONCE = "https://verifier.example", "n-0S6_WzA2Mj"
SALT_BYTES = 16
REQUIRED = dict.fromkeys(("iss", "jti", "sub", "nbf"))
"""Claims that have to be there, with any value."""


def ours(given: Material) -> dict[str, Pace]:
    """Format and work → our pace of it."""
    paces: dict[str, Pace] = {}
    unsigned = given.issued_by(ISSUER)
    for name, algorithm in WITHOUT_DISCLOSURES.items():
        key = given.keys.issuer[algorithm]
        if name in OPEN_BADGES:
            sign, verify = (
                _sign_open_badge(compact_jws.ALGORITHMS[algorithm], signing(key)),
                _verify_open_badge(public_jwk(key.public)),
            )
        else:
            sign, verify = (
                _sign_credential(compact_jws.ALGORITHMS[algorithm], signing(key)),
                _verify_credential(key.public),
            )
        paces[f"{name}/sign"] = Pace(sign, unsigned)
        paces[f"{name}/verify"] = Pace(verify, [sign(each) for each in unsigned])
    return paces | _selective(given, unsigned)


def _sign_open_badge(algorithm: str, sign: Callable[[bytes], bytes]) -> Callable[[Json], str]:
    name: ob3_vc_jwt.Ob3Algorithm = "ES256" if algorithm == "ES256" else "RS256"
    return lambda credential: ob3_vc_jwt.sign(credential, kid=KID, algorithm=name, sign=sign)


def _verify_open_badge(jwk: dict[str, str]) -> Callable[[str], None]:
    def work(text: str) -> None:
        jws = compact_jws.read(text)
        compact_jws.verify(jws, public_key_of_jwk(jwk))
        ob3_vc_jwt.check_claims(ob3_vc_jwt.read(jws))

    return work


def _sign_credential(algorithm: str, sign: Callable[[bytes], bytes]) -> Callable[[Json], str]:
    return lambda credential: vc_jose.sign_credential(credential, kid=KID, algorithm=algorithm, sign=sign)


def _verify_credential(public_key: PublicKey) -> Callable[[str], None]:
    def work(text: str) -> None:
        jws = compact_jws.read(text)
        compact_jws.verify(jws, public_key)
        vc_jose.read(jws)

    return work


def _selective(given: Material, unsigned: tuple[Json, ...]) -> dict[str, Pace]:
    key, holder = given.keys.issuer[P256], given.keys.holder
    sign, bind = signing(key), signing(holder)

    def issue(claims: Json) -> str:
        return sd_jwt_vc.issue(
            claims,
            kid=KID,
            algorithm="ES256",
            sign=sign,
            selectively_disclosable=[(name,) for name in disclosable(claims)],
            salts=lambda: base64url.encode(os.urandom(SALT_BYTES)),
            holder_key=holder.public,
        )

    def present(issued: str) -> str:
        shown = sd_jwt.withhold(sd_jwt.read(issued), [(name,) for name in WITHHELD])
        return key_binding.bind(
            shown, audience=AUDIENCE, nonce=NONCE, now=datetime.now(UTC), algorithm="ES256", sign=bind
        )

    def verify(presented: str) -> None:
        token = sd_jwt.read(presented)
        compact_jws.verify(token.jws, key.public)
        key_binding.verify(
            token,
            sd_jwt_vc.read(token).holder_key,
            audience=AUDIENCE,
            nonce=NONCE,
            now=datetime.now(UTC),
            longest_age=timedelta(hours=1),
            skew=timedelta(minutes=1),
        )

    claims = [{**learning_credential.claims_of(each, namespace=NAMESPACE, status=None), **NAME} for each in unsigned]
    issued = [issue(each) for each in claims]
    return {
        f"{SD_JWT}/issue": Pace(issue, claims),
        f"{SD_JWT}/present": Pace(present, issued),
        f"{SD_JWT}/verify": Pace(verify, [present(each) for each in issued]),
    }


def disclosable(claims: Json) -> list[str]:
    """The claims that the learner may keep back, each as a whole."""
    described = learning_credential.CLAIMS
    return [name for name in claims if name in described and described[name].withholdable]


def kept(claims: Json) -> list[str]:
    """What the learner shows of them."""
    return [name for name in disclosable(claims) if name not in WITHHELD]


# --- peers ------------------------------------------------------------------------------------------------------------


def with_jwcrypto(given: Material, pools: Mapping[str, Sequence[Any]]) -> dict[str, Pace]:
    """All tokens without disclosures. Its reader takes padded base64url, and `json` takes a member named twice."""
    paces: dict[str, Pace] = {}
    for name, algorithm in WITHOUT_DISCLOSURES.items():
        key = given.keys.issuer[algorithm]
        sign, verify = _with_jwcrypto(
            compact_jws.ALGORITHMS[algorithm],
            JWK.from_pyca(key.private),
            JWK.from_pem(key.public_pem),
            open_badge=name in OPEN_BADGES,
        )
        paces[f"{name}/sign"] = Pace(sign, pools[f"{name}/sign"])
        paces[f"{name}/verify"] = Pace(verify, pools[f"{name}/verify"])
    return paces


def _with_jwcrypto(
    algorithm: str, private: JWK, public: JWK, *, open_badge: bool
) -> tuple[Callable[[Json], str], Callable[[str], None]]:
    header = {"alg": algorithm, "typ": "JWT" if open_badge else "vc+jwt", **({} if open_badge else {"cty": "vc"})}
    header["kid"] = KID

    def sign(credential: Json) -> str:
        payload = {**credential, **_claims_of(credential)} if open_badge else credential
        token = JWS(_written(payload))
        token.add_signature(private, None, _written(header))
        compact: str = token.serialize(compact=True)
        return compact

    def verify(text: str) -> None:
        token = JWS()
        token.allowed_algs = [algorithm]
        token.deserialize(text, public)
        json.loads(token.payload)

    jwk = public.export_public(as_dict=True)

    def verify_open_badge(text: str) -> None:
        token = JWT(jwt=text, key=JWK(**jwk), algs=[algorithm], check_claims=REQUIRED)
        payload = json.loads(token.claims)
        if any(payload[name] != value for name, value in _claims_of(payload).items()):
            raise ValueError

    return sign, verify_open_badge if open_badge else verify


def _claims_of(credential: Json) -> Json:
    """What the claims of an Open Badge repeat (Open Badges 3.0 §8.2.4)."""
    return {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        "nbf": int(datetime.fromisoformat(credential["validFrom"]).timestamp()),
        "exp": int(datetime.fromisoformat(credential["validUntil"]).timestamp()),
    }


def _written(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def with_sd_jwt(given: Material, pools: Mapping[str, Sequence[Any]]) -> dict[str, Pace]:
    """SD-JWT VC by the authors of RFC 9901, who made `sd-jwt` as its reference, for Python on top of jwcrypto."""
    key, holder = given.keys.issuer[P256], given.keys.holder
    private, public = JWK.from_pyca(key.private), JWK.from_pem(key.public_pem)
    binding, bound = JWK.from_pyca(holder.private), JWK.from_pem(holder.public_pem)

    def issue(claims: Json) -> str:
        withholdable = set(disclosable(claims))
        marked = {SDObj(name) if name in withholdable else name: value for name, value in claims.items()}
        header = {"typ": "dc+sd-jwt", "kid": KID}
        issued: str = SDJWTIssuer(marked, private, bound, extra_header_parameters=header).sd_jwt_issuance
        return issued

    def present(issued: str) -> str:
        learner = SDJWTHolder(issued)
        learner.create_presentation(shown, NONCE, AUDIENCE, binding)
        presented: str = learner.sd_jwt_presentation
        return presented

    def verify(presented: str) -> None:
        SDJWTVerifier(presented, lambda *_: public, AUDIENCE, NONCE).get_verified_payload()

    works: Mapping[str, Callable[[Any], object]] = {"issue": issue, "present": present, "verify": verify}
    shown = dict.fromkeys(kept(pools[f"{SD_JWT}/issue"][0]), True)
    return {f"{SD_JWT}/{work}": Pace(do, pools[f"{SD_JWT}/{work}"]) for work, do in works.items()}
