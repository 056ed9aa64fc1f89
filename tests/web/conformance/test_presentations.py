"""Presentations with proofs and in tokens (VC-10, JC-02, JC-03)."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws, vc_jose
from tests.builders.signers import TestSigner, signer
from tests.builders.suites import (
    EXAMPLES,
    HOLDER,
    V2,
    Json,
    Suite,
    credential,
    own,
    presentation,
    presented,
    require_refused,
    secured,
)

ASKED = {"domain": "suite.example", "challenge": "uABC"}


def test_presentations_of_all_kinds_verify(suite: Suite) -> None:
    """VC-10."""
    holder = HOLDER.method.partition("#")[0]
    inline = {"Shown": "https://words.example/#Shown"}
    for document in (
        presentation(),
        presentation(id="urn:uuid:3978344f-8596-4c3a-a978-8fcaba3903c5"),
        presentation(holder=holder),
        presentation(secured(own()), secured(own(), suite="eddsa-jcs-2022"), holder={"id": holder}),
        presentation(suite.issued("EnvelopingProof"), suite.issued("vc2.0")),
        presentation(own(), holder=holder),
    ):
        answer = suite.present(presented(document, **ASKED), **ASKED)
        assert answer.status_code == 200, answer.text
        assert answer.json()["mediaType"] == "application/vp"
    plain = presented(presentation(), **ASKED)
    assert suite.present(plain).status_code == 200
    other = {**presentation(), "@context": [V2, inline], "type": ["VerifiablePresentation", "Shown"]}
    assert suite.present(presented(other)).status_code == 200


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (presented(presentation(), domain="suite.example", challenge="other"), "proof.challenge"),
        (presented(presentation(), domain="other.example", challenge="uABC"), "proof.domain"),
        (secured(presentation(), domain="suite.example", challenge="uABC"), "proof.purpose"),
        (presentation(), "proof.missing"),
        ({**presented(presentation(), **ASKED), "holder": "did:example:bob"}, "proof.crypto"),
        (presented(presentation(holder="did:example:bob"), **ASKED), "vp.holder_key"),
        ({**presentation(), "@context": [EXAMPLES, V2]}, "vc.context"),
        ({**presentation(), "type": ["Other"]}, "vc.type"),
        (presented(presentation(own()), **ASKED), "vp.unsecured"),
        (presented(presentation(credential(issuer="did:example:bob"), holder="did:example:bob"), **ASKED),
         "vp.holder_key"),
        ({**presented(presentation(), **ASKED), "verifiableCredential": ["https://x.example"]}, "vp.credential"),
        (presented(presentation(secured(own(validUntil="2025-01-01T00:00:00Z"))), **ASKED), "validity.expired"),
        (presented(presentation({**secured(own()), "name": "x"}), **ASKED), "proof.crypto"),
        ({**presentation({**presentation()})}, "vp.nested"),
    ],
    ids=["challenge", "domain", "purpose", "no-proof", "altered", "holder", "context-order", "type", "unsecured",
         "self-asserted", "text", "expired-inside", "altered-inside", "nested"],
)  # fmt: skip
def test_a_presentation_that_does_not_hold_is_refused(suite: Suite, document: Json, code: str) -> None:
    """VC-10."""
    require_refused(suite.present(document, **ASKED), code)


def _enveloped(token: str, media_type: str = "application/vp+jwt") -> Json:
    return {"@context": V2, "type": "EnvelopedVerifiablePresentation", "id": f"data:{media_type},{token}"}


def _token(document: Json, **claims: Any) -> str:
    return vc_jose.sign_presentation(
        document, kid=HOLDER.method, algorithm="EdDSA", sign=HOLDER.sign, claims={"nonce": "123", **claims}
    )


def test_a_presentation_in_a_token_verifies(suite: Suite) -> None:
    """JC-03."""
    document = presentation(suite.issued("EnvelopingProof"))
    assert suite.present(_enveloped(_token(document)), "EnvelopingProof", challenge="123").status_code == 200
    require_refused(suite.present(_enveloped(_token(document)), "EnvelopingProof", challenge="4"), "proof.challenge")
    require_refused(suite.present(_enveloped(_token(document)), domain="a.example"), "proof.domain")
    meant = _enveloped(_token(document, aud=["a.example", "b.example"]))
    assert suite.present(meant, domain="a.example").status_code == 200
    late = _enveloped(_token(document, exp=int(datetime(2025, 1, 1, tzinfo=UTC).timestamp())))
    require_refused(suite.present(late), "token.period")


def test_a_token_of_another_holder_is_refused(suite: Suite) -> None:
    """JC-03."""
    document = presentation(suite.issued("EnvelopingProof"), holder="did:example:bob")
    require_refused(suite.present(_enveloped(_token(document)), "EnvelopingProof"), "vp.holder_key")


@pytest.mark.parametrize("media_type", ["application/vc+sd-jwt", "application/dc+sd-jwt", "application/vp+jwt"])
def test_a_token_is_what_its_envelope_declares(suite: Suite, media_type: str) -> None:
    """VC-10: neither the media type nor `typ` may say something else."""
    issued = suite.issued("EnvelopingProof")
    token = issued["id"].partition(",")[2]
    require_refused(suite.verify({**issued, "id": f"data:{media_type},{token}"}), "envelope.media_type")
    untyped = _signed({"alg": "EdDSA"}, {"vp": presentation()}, HOLDER)
    require_refused(suite.present(_enveloped(untyped)), "envelope.media_type")


def test_who_says_to_be_the_holder_has_to_be_who_signed(suite: Suite) -> None:
    """JC-03: `iss` names the holder where the presentation does not."""
    shown = presentation(suite.issued("EnvelopingProof"))
    holder = HOLDER.method.partition("#")[0]
    older = _signed({"typ": "JWT", "alg": "EdDSA"}, {"vp": shown, "iss": "did:example:bob"}, HOLDER)
    for envelope in (_enveloped(_token(shown, iss="did:example:bob")), _enveloped(older, "application/jwt")):
        found = require_refused(suite.present(envelope), "vp.holder_key")
        assert found["problemDetails"][0]["pointer"] == "/iss"
    assert suite.present(_enveloped(_token(shown, iss=holder))).status_code == 200
    require_refused(suite.present(_enveloped(_token(shown, iss=[holder]))), "claims.not_allowed")


def test_an_embedded_proof_that_nobody_verifies_is_refused(suite: Suite) -> None:
    """JC-03."""
    shown = {**presentation(suite.issued("EnvelopingProof")), "proof": {"type": "DataIntegrityProof"}}
    require_refused(
        suite.present(_enveloped(_signed({"typ": "vp+jwt", "alg": "EdDSA"}, shown, HOLDER))), "claims.not_allowed"
    )
    older = _signed({"typ": "JWT", "alg": "EdDSA"}, {"vp": shown}, HOLDER)
    require_refused(suite.present(_enveloped(older, "application/jwt")), "claims.not_allowed")


def test_a_key_binding_that_nobody_verifies_is_refused(suite: Suite) -> None:
    """JC-03: of a presentation and of a credential."""
    shown = presentation(suite.issued("EnvelopingProof"))
    header = {"typ": "vp+sd-jwt", "alg": "EdDSA"}
    binding = _signed({"typ": "kb+jwt", "alg": "EdDSA"}, {}, signer(KeyAlgorithm.ED25519, 8))
    plain = _signed(header, shown, HOLDER) + "~"
    assert suite.present(_enveloped(plain, "application/vp+sd-jwt")).status_code == 200
    bound = _signed(header, {**shown, "cnf": {"kid": "x"}}, HOLDER) + "~"
    for token in (plain + binding, bound):
        require_refused(suite.present(_enveloped(token, "application/vp+sd-jwt")), "token.binding")
    token = _signed({"typ": "vc+sd-jwt", "alg": "EdDSA"}, own(), HOLDER) + "~"
    envelope = {**_enveloped(token, "application/vc+sd-jwt"), "type": "EnvelopedVerifiableCredential"}
    assert suite.verify(envelope).status_code == 200
    require_refused(suite.verify({**envelope, "id": envelope["id"] + binding}), "token.binding")


def test_another_key_in_the_header_is_refused(suite: Suite) -> None:
    """VW-05."""
    shown = presentation(suite.issued("EnvelopingProof"))
    header = {"typ": "vp+jwt", "alg": "EdDSA", "jwk": public_jwk(HOLDER.public_key)}
    assert suite.present(_enveloped(_signed(header, shown, HOLDER))).status_code == 200
    header["jwk"] = public_jwk(signer(KeyAlgorithm.ED25519, 8).public_key)
    require_refused(suite.present(_enveloped(_signed(header, shown, HOLDER))), "key.binding")


def _signed(header: Json, payload: Json, by: TestSigner) -> str:
    return compact_jws.write({"kid": by.method, **header}, orjson.dumps(payload), by.sign)


def test_the_older_form_is_read_of_untyped_tokens_alone(suite: Suite) -> None:
    """JC-02."""
    issuer = signer(KeyAlgorithm.P256)
    inner = credential(issuer="https://issuer.example/1", id="https://issuer.example/c/1")
    inside = _signed({"alg": "ES256"}, {"vc": inner}, issuer)
    envelope = {"@context": V2, "type": "EnvelopedVerifiableCredential", "id": f"data:application/jwt,{inside}"}
    shown = presentation(envelope, holder=HOLDER.method.partition("#")[0])
    for header in ({"typ": "JWT", "alg": "EdDSA"}, {"alg": "EdDSA"}):
        token = _signed(header, {"vp": shown, "nonce": "123"}, HOLDER)
        assert suite.present(_enveloped(token, "application/jwt"), challenge="123").status_code == 200
    typed = _signed({"typ": "vp+jwt", "alg": "EdDSA"}, {"vp": shown}, HOLDER)
    require_refused(suite.present(_enveloped(typed)), "claims.not_allowed")
    nothing = _signed({"typ": "JWT", "alg": "EdDSA"}, {"nonce": "123"}, HOLDER)
    require_refused(suite.present(_enveloped(nothing, "application/jwt")), "schema.violation")
    of_another = _signed({"typ": "JWT", "alg": "EdDSA"}, {"vp": shown, "iss": "did:example:bob"}, HOLDER)
    require_refused(suite.present(_enveloped(of_another, "application/jwt")), "claims.mismatch")
    require_refused(suite.verify({**envelope, "id": f"data:application/jwt,{nothing}"}))
