"""Tokens that must not be accepted: of another algorithm, type or key, or that say one thing in two ways."""

import hmac
import json
from collections.abc import Callable
from typing import Any

from jmc_vc.formats.data_model.enveloped import TokenMediaType
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.jwk import public_jwk
from tests.corpus.bad_documents import ALTERED, KEYLESS, bad
from tests.corpus.case import AS_TOKEN, Case, Findings, fails, unknown
from tests.corpus.documents import pottery
from tests.corpus.good import in_envelope, vc_sd
from tests.corpus.issuers import NOW, POTTERY, THIEF, Json, dumped, jws
from tests.corpus.keys import P256

UNREADABLE: Findings = {
    "context": unknown("context.not_read"), "schema": unknown("schema.not_read"),
    "coverage": unknown("coverage.not_checked"), "proof": unknown("proof.not_checked"), "key": unknown("key.no_proof"),
    "claims": unknown("claims.not_read"), "validity": unknown("validity.not_read"),
        "status": unknown("status.not_read"),
    "issuer": unknown("issuer.not_read"), "program": unknown("program.not_read"),
}  # fmt: skip
"""Of a token that is none, nothing else is said."""


def _token(
    name: str, defect: str, body: Callable[[], Any], fault: str, found: Findings, *ids: str, **more: Any
) -> Case:
    return bad(
        name, more.pop("what", "a VC-JWT"), defect, body, fault, {**AS_TOKEN, **found}, *ids,
        suffix=more.pop("suffix", "jwt"), **more,
    )  # fmt: skip


def unread(check: str, code: str) -> Findings:
    return {**UNREADABLE, check: fails(code)}


def made(header: Json | None = None, claims: Json | None = None, **options: Any) -> Callable[[], str]:
    return lambda: POTTERY.token(pottery(), header=header or {}, claims=claims or {}, **options)


def cut(change: Callable[[str], str]) -> Callable[[], str]:
    return lambda: change(POTTERY.token(pottery()))


def with_hmac() -> str:
    """The public key, which everybody has, as the secret of HS256."""
    secret = dumped(public_jwk(POTTERY.key(P256).public_key))
    return POTTERY.token(
        pottery(), header={"alg": "HS256"}, sign=lambda message: hmac.digest(secret, message, "sha256")
    )


def one_character_changed() -> str:
    header, payload, signature = POTTERY.token(pottery()).split(".")
    changed = base64url.decode(payload).replace(b'"82"', b'"92"')
    return f"{header}.{base64url.encode(changed)}.{signature}"


def json_serialization() -> str:
    header, payload, signature = POTTERY.token(pottery()).split(".")
    good = {"protected": header, "signature": signature}
    return json.dumps({"payload": payload, "signatures": [good, {"protected": header, "signature": "AAAA"}]})


def unprotected() -> str:
    header, payload, signature = POTTERY.token(pottery(), header={"alg": None}).split(".")
    return json.dumps({"protected": header, "payload": payload, "signature": signature, "header": {"alg": "ES256"}})


def unencoded_payload() -> str:
    header = base64url.encode(dumped({"alg": "ES256", "b64": False, "crit": ["b64"], "kid": POTTERY.method_id(P256)}))
    return f"{header}.{{}}.{base64url.encode(POTTERY.key(P256).sign(b'x'))}"


def of_payload(payload: bytes) -> Callable[[], str]:
    header = {"alg": "ES256", "kid": POTTERY.method_id(P256)}
    return lambda: jws(header, payload, POTTERY.key(P256).sign)


def rsa_jwk(bits: int, exponent: bytes) -> Json:
    return {"kty": "RSA", "n": base64url.encode(b"\xff" * (bits // 8)), "e": base64url.encode(exponent)}


def by_the_thief() -> str:
    own = dict(public_jwk(THIEF.key(P256).public_key))
    return POTTERY.token(pottery(), header={"kid": None, "jwk": own}, sign=THIEF.key(P256).sign)


def forged_jose() -> str:
    return THIEF.vc_jose(pottery())


def spoiled(token: str) -> str:
    """With one character of the signature changed, not the last, whose bits do not all count."""
    head, _, signature = token.rpartition(".")
    return f"{head}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"


SHORT, LONG = rsa_jwk(512, b"\1\0\1"), rsa_jwk(16_384, b"\xff" * 2_048)
UNBOUND: Findings = {**KEYLESS, "key": fails("key.binding")}
TOKENS: tuple[Case, ...] = (
    _token("alg-none", "not signed, and it says so", made({"alg": "none"}, sign=lambda _: b""), "proof",
           unread("proof", "token.algorithm"), "VW-01"),
    _token("hs256-with-the-public-key", "signed with HS256, and the public key as the secret", with_hmac, "proof",
           unread("proof", "token.algorithm"), "VW-03"),
    _token("es384-on-p256", "the header names ES384, the key is P-256", made({"alg": "ES384"}), "proof",
           unread("proof", "token.algorithm"), "VW-04"),
    _token("rs256-on-p256", "the header names RS256, the key is P-256", made({"alg": "RS256"}), "proof",
           {"coverage": unknown("coverage.not_checked"), "proof": fails("token.algorithm")}, "VW-04"),
    _token("own-key-in-the-header", "the key stands in the header, and is not the issuer's", by_the_thief, "key",
        UNBOUND, "VW-05"),
    _token("crit", "an extension that has to be understood, and nobody knows", made({"crit": ["foo"]}), "proof",
           unread("proof", "token.critical"), "VW-07"),
    _token("b64-false", "the payload is not encoded", unencoded_payload, "parse", unread("parse", "token.syntax"),
        "VW-08"),
    _token("kid-path", "`kid` is a path of files", made({"kid": "../../etc/passwd"}), "key",
           unread("key", "key.unknown"),
           "VW-09"),
    _token("kid-sql", "`kid` is SQL", made({"kid": "' OR 1=1 --"}), "key", unread("key", "key.unknown"), "VW-09"),
    _token("kid-10-kb", "`kid` of 10 kB", made({"kid": "k" * 10_000}), "key", unread("key", "key.unknown"), "VW-09"),
    _token("kid-of-nobody", "`kid` is a key that the issuer does not have", made({"kid": f"{POTTERY.did}#key-77"}),
        "key",
           {**KEYLESS, "key": fails("key.unknown")}, "VW-09"),
    _token("kid-of-another", "`kid` is another issuer's key, and the signature is right",
           lambda: THIEF.token(pottery()), "key", UNBOUND, "VW-10"),
    _token("two-segments", "two parts", cut(lambda t: t.rpartition(".")[0]), "parse", unread("parse", "token.syntax"),
        "VW-11"),
    _token("four-segments", "four parts", cut(lambda t: t + ".AA"), "parse", unread("parse", "token.syntax"), "VW-11"),
    _token("trailing-dot", "a dot at the end", cut(lambda t: t + "."), "parse", unread("parse", "token.syntax"),
        "VW-11"),
    _token("empty-signature", "no signature", cut(lambda t: t.rpartition(".")[0] + "."), "parse",
           unread("parse", "token.syntax"),
           "VW-11"),
    _token("padding", "padding at the end", cut(lambda t: t + "=="), "parse", unread("parse", "token.syntax"), "VW-12"),
    _token("white-space-inside", "white space inside", cut(lambda t: t.replace(".", ".\r\n ")), "parse",
           unread("parse", "token.syntax")),
    _token("json-serialization", "as JSON with two signatures, one of nobody", json_serialization, "parse",
           unread("parse", "token.syntax"), "VW-14", suffix="json"),
    _token("alg-unprotected", "the algorithm stands where nothing is signed", unprotected, "parse",
           unread("parse", "token.syntax"), "VW-15", suffix="json"),
    _token("jwe", "five parts, of which one would unpack without end",
           lambda: base64url.encode(b'{"alg":"dir","enc":"A256GCM","zip":"DEF"}') + ".AA.AA.AA.AA", "parse",
           unread("parse", "token.syntax"), "VW-16"),
    _token("vc-beside-another", "the claim `vc` has one badge, and the payload is another",
           made(claims={"vc": pottery(name="Doctor of Pottery")}), "claims", unread("claims", "claims.ambiguous"),
           "VW-18"),
    _token("iss-of-another", "`iss` is another's", made(claims={"iss": THIEF.did}), "claims",
        {"claims": fails("claims.mismatch")}),
    _token("jti-of-another", "`jti` is another credential's", made(claims={"jti": "urn:uuid:1"}), "claims",
           {"claims": fails("claims.mismatch")}),
    _token("sub-of-another", "`sub` is another learner's", made(claims={"sub": "did:example:bob"}), "claims",
           {"claims": fails("claims.mismatch")}),
    _token("exp-passed", "`exp` is over, and the credential's own period is not",
           made(claims={"exp": int(NOW.timestamp()) - 3_600}), "validity", {"validity": fails("validity.expired")},
           "VW-19"),
    *(
        _token(f"exp-{name}", f"`exp` is {what}", made(claims={"exp": value}), "schema",
               {**UNREADABLE, "schema": fails("schema.numeric_date")}, "VW-21")
        for name, what, value in (("text", "a text", "soon"), ("huge", "1e308", 1e308), ("negative", "negative", -1),
                                  ("true", "true", True))
    ),
    _token("access-token", "the type is that of an access token", made({"typ": "at+jwt"}), "proof",
           unread("proof", "token.type"),
           "VW-22"),
    _token("proof-of-a-wallet", "the type is that of a wallet's proof", made({"typ": "openid4vci-proof+jwt"}), "proof",
           unread("proof", "token.type"), "VW-22"),
    _token("payload-no-json", "the payload is no JSON", of_payload(b"hello"), "parse", unread("parse", "parse.syntax"),
        "VW-23"),
    _token("payload-array", "the payload is an array", of_payload(b"[]"), "parse",
           unread("parse", "parse.not_an_object"), "VW-23"),
    _token("payload-duplicate", "a member stands twice in the payload",
           of_payload(dumped(pottery()).replace(b'{"@context"', b'{"name":"x","@context"', 1)), "parse",
           unread("parse", "parse.duplicate_key")),
    _token("rsa-512", "an RSA key of 512 bits", made({"alg": "RS256", "kid": None, "jwk": SHORT}), "key",
           unread("key", "key.weak"), "VW-24"),
    _token("rsa-16384", "an RSA key of 16,384 bits with an exponent of as many",
           made({"alg": "RS256", "kid": None, "jwk": LONG}), "key", unread("key", "key.weak"), "VW-25"),
    _token("payload-altered", "a mark was raised", one_character_changed, "proof", ALTERED),
    _token("signature-of-another-token", "the signature of another badge",
           lambda: POTTERY.token(pottery()).rpartition(".")[0] + "."
           + POTTERY.token(pottery(name="x")).rpartition(".")[2],
           "proof", ALTERED),
    _token("broken-proof-inside", "the proof inside does not hold, the token around it does",
           lambda: POTTERY.token({**POTTERY.sign(pottery()), "name": "Doctor of Pottery"}), "proof", ALTERED),
    _token("vc-jwt-expired", "its time is over", lambda: POTTERY.token(pottery(validUntil="2026-11-01T00:00:00Z")),
        "validity",
           {"validity": fails("validity.expired")}),
    _token("vc+jwt-altered", "the issuer is another", forged_jose, "key", UNBOUND, what="a `vc+jwt`"),
    _token("sd-jwt-foreign-disclosure", "a disclosure that the issuer did not sign",
           lambda: vc_sd() + base64url.encode(b'["salt","grade","A+"]') + "~", "parse",
           unread("parse", "disclosure.unreferenced"), "VW-27", what="a `vc+sd-jwt`"),
    _token("enveloped-altered", "the signature in the envelope is another's",
           lambda: in_envelope(spoiled(POTTERY.vc_jose(pottery()))), "proof", ALTERED, what="an enveloped credential",
           suffix="json"),
    _token("enveloped-other-type", "the envelope holds another type than it says",
           lambda: in_envelope(POTTERY.vc_jose(pottery()), TokenMediaType.VC_SD_JWT), "parse", {},
           what="an enveloped credential",
           suffix="json", refused="envelope.media_type"),
)  # fmt: skip
