"""A presentation in a claim `vp` is read from a plain JWT only, and never beside another document (JC-02)."""

from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.data_model.enveloped import TokenMediaType
from jmc_vc.formats.data_model.shape import BASE_CONTEXT_V2 as V2
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws, ob3_vc_jwt, vp_claim
from jmc_vc.formats.jose.token_kind import TokenKind
from tests.builders.jose_keys import jose_key
from tests.builders.open_badge import badge
from tests.builders.w3c_tokens import HOLDER, enveloped, presentation, token

Json = dict[str, Any]
CLAIMS: Json = {"iss": HOLDER, "aud": "example.com", "nonce": "123456789"}


def vp(*, header: Json | None = None, **beside: Any) -> str:
    inner = enveloped("eyJhbGciOiJFUzI1NiJ9.e30.AA", TokenMediaType.JWT)
    return token({"vp": presentation(inner), **CLAIMS, **beside}, {"typ": "JWT", **(header or {})})


def test_a_presentation_is_read_from_its_claim() -> None:
    found = vp_claim.read(compact_jws.read(vp()))
    assert found.kind is TokenKind.VP_JWT
    assert found.document == presentation(enveloped("eyJhbGciOiJFUzI1NiJ9.e30.AA", TokenMediaType.JWT))
    assert found.claims == CLAIMS
    assert found.signer == HOLDER


def test_any_algorithm_of_ours_signs_it() -> None:
    key = jose_key(KeyAlgorithm.ED25519)
    jws = compact_jws.read(compact_jws.write({"typ": "JWT", "alg": "EdDSA"}, compact_jws.read(vp()).payload, key.sign))
    compact_jws.verify(jws, key.public_key)
    assert vp_claim.read(jws).signer == HOLDER


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (vp(header={"typ": "vp+jwt"}), "token.type"),
        (vp(header={"typ": "at+jwt"}), "token.type"),
        (vp(iss="did:web:other.example"), "claims.mismatch"),
        (vp(vc=badge()), "claims.ambiguous"),
        (vp(verifiableCredential=[]), "claims.ambiguous"),
        (vp(holder=HOLDER), "claims.ambiguous"),
        (vp(vp="no object"), "schema.violation"),
        (vp(vp=presentation(badge())), "vp.credential"),
        (vp(vp={**presentation(), "vp": {}}), "claims.ambiguous"),
        (vp(vp={**presentation(), "vc": {}}), "claims.not_allowed"),
        (vp(vp={**presentation(), "exp": 1}), "claims.not_allowed"),
        (vp(vp={**presentation(), "cnf": {}}), "claims.not_allowed"),
        (vp(vp={"@context": [V2], "type": "VerifiablePresentation"}, holder=HOLDER), "claims.ambiguous"),
        (vp(id="urn:x:1"), "claims.ambiguous"),
        (vp(issuer=HOLDER), "claims.ambiguous"),
        (vp(vp={**presentation(), "verifiableCredential": ["eyJhbGciOiJFUzI1NiJ9.e30.AA"]}), "vp.credential"),
        (vp(vp={**presentation(), "iss": HOLDER}), "claims.ambiguous"),
        (vp(exp="soon"), "schema.numeric_date"),
        (token(badge(), {"typ": "JWT"}), "schema.violation"),
    ],
)
def test_any_other_token_is_refused(text: str, code: str) -> None:
    with pytest.raises(Error) as refusal:
        vp_claim.read(compact_jws.read(text))
    assert refusal.value.code == code


def test_a_presentation_is_no_badge() -> None:
    with pytest.raises(Error) as refusal:
        ob3_vc_jwt.read(compact_jws.read(vp()))
    assert refusal.value.code == "claims.not_allowed"
