"""Keys as others look for them: one by its address, all of an issuer in a set (OB-44, OB-45)."""

import pytest

from jmc_vc.formats.did.document import VerificationMethod
from jmc_vc.formats.encoding.jwk import PRIVATE_MEMBERS, public_key_of_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose.jwks import jwks, single_jwk
from tests.builders.jose_keys import jose_key

ISSUER = "did:web:mc.example.jp:issuers:hoshimigaoka"


def method(algorithm: KeyAlgorithm, name: str = "key-1") -> VerificationMethod:
    return VerificationMethod(id=f"{ISSUER}#{name}", controller=ISSUER, public_key=jose_key(algorithm).public_key)


@pytest.mark.parametrize(
    ("algorithm", "alg", "kty"),
    [
        (KeyAlgorithm.ED25519, "EdDSA", "OKP"),
        (KeyAlgorithm.P256, "ES256", "EC"),
        (KeyAlgorithm.P384, "ES384", "EC"),
        (KeyAlgorithm.P521, "ES512", "EC"),
        (KeyAlgorithm.RSA, "RS256", "RSA"),
    ],
)
def test_ob_44_a_key_is_one_jwk_that_says_whose_it_is(algorithm: KeyAlgorithm, alg: str, kty: str) -> None:
    found = single_jwk(method(algorithm), iss=ISSUER)
    assert (found["alg"], found["kty"], found["kid"], found["use"], found["iss"]) == (alg, kty, "key-1", "sig", ISSUER)
    assert not PRIVATE_MEMBERS & found.keys()
    assert public_key_of_jwk(found) == jose_key(algorithm).public_key


def test_ob_45_the_set_has_every_key_and_each_names_its_issuer() -> None:
    keys = [method(algorithm, f"key-{number}") for number, algorithm in enumerate(KeyAlgorithm)]
    assert jwks(keys, iss=ISSUER) == {"keys": [single_jwk(each, iss=ISSUER) for each in keys]}
