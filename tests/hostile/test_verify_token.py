"""Bad tokens and bad pictures over HTTP, by the ids of the catalogue of bad inputs, and good ones beside them."""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.custody.announce import Announce
from jmc_vc.domain.signing_key import KeyState
from jmc_vc.formats import baking
from jmc_vc.formats.did.did_key import did_of_key
from jmc_vc.formats.did.document import VerificationMethod, did_document
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import ob3_vc_jwt, vc_jose
from jmc_vc.signing.file_signer import file_signer, new_secret
from tests.builders.forger import unsigned
from tests.builders.gathering import gather_of, gathering
from tests.builders.installation import award, make_installation
from tests.builders.logged import logged
from tests.builders.pictures import SVG_NAMESPACE, png
from tests.hostile.over_http import OverHttp, Refused, over_http


def unbase64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def inbase64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


PNG = png()
SVG = f'<svg xmlns="{SVG_NAMESPACE}"><g/></svg>'.encode()
STRANGER = file_signer(KeyAlgorithm.P256, new_secret(KeyAlgorithm.P256, lambda size: bytes(range(size))))
ELLIPTIC = public_jwk(STRANGER.public_key)
JWE_HEADER = b'{"alg":"dir","enc":"A256GCM","zip":"DEF"}'
SHORT_RSA = {"kty": "RSA", "n": inbase64(b"\xff" * 64), "e": "AQAB"}
LONG_RSA = {"kty": "RSA", "n": inbase64(b"\xff" * 2048), "e": inbase64(b"\xff" * 2048)}
Made = dict[str, Any]


class Case:
    """An issuer with an elliptic key beside its own, and one credential of it, as a token in any shape."""

    def __init__(self, installation: OverHttp) -> None:
        self.installation = installation
        service = self.installation.service
        issued = self.installation.issue(
            award(recipient={**award()["recipient"], "did": did_of_key(STRANGER.public_key)})
        )
        self.document = unsigned(issued.body)
        self.secured = issued.body
        keyring = service.issue.keyring
        key = keyring.generate("hoshimigaoka", "key-9", "P-256", now=self.installation.now, state=KeyState.ACTIVE)
        with service.database.begin() as tx:
            tx.signing_keys.add(key)
            Announce(site=service.site)(tx, "hoshimigaoka", [], self.installation.now)
        self.sign = keyring.signer(key).sign
        self.public_key = keyring.signer(key).public_key
        self.did = service.site.issuer_did("hoshimigaoka")
        self.kid = f"{service.site.base_url}/issuers/hoshimigaoka/keys/key-9"

    def badge(self, **changes: Any) -> str:
        """A good VC-JWT badge, but for `changes` in the document."""
        return ob3_vc_jwt.sign({**self.document, **changes}, kid=self.kid, algorithm="ES256", sign=self.sign)

    def on_record(self, token: str) -> bytes:
        """The same, with its signature in the public log."""
        return logged(self.installation, token.encode(), kid="key-9")

    def token(
        self, header: Made | None = None, claims: Made | None = None, sign: Callable[[bytes], bytes] | None = None
    ) -> str:
        """The badge with members of its header or claims set, or left out where None, and signed after that."""
        written = self.badge().split(".")
        head, payload = (json.loads(unbase64(part)) for part in written[:2])
        for members, changes in ((head, header or {}), (payload, claims or {})):
            for name, value in changes.items():
                members.pop(name, None)
                if value is not None:
                    members[name] = value
        return signed(head, json.dumps(payload).encode(), sign or self.sign)


def signed(header: Made, payload: bytes, sign: Callable[[bytes], bytes]) -> str:
    signing_input = f"{inbase64(json.dumps(header).encode())}.{inbase64(payload)}"
    return f"{signing_input}.{inbase64(sign(signing_input.encode()))}"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with over_http(make_installation(Path(tmp_path_factory.mktemp("tokens")))) as installation:
        yield Case(installation)
        installation.service.database.close()


def w3c(case: Case) -> str:
    kid = f"{case.did}#key-9"
    return vc_jose.sign_credential(case.document, kid=kid, algorithm="ES256", sign=case.sign)


def around_the_proof(case: Case) -> str:
    return ob3_vc_jwt.sign(json.loads(case.secured), kid=case.kid, algorithm="ES256", sign=case.sign)


def enveloped(case: Case) -> str:
    envelope = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": f"data:application/vc+jwt,{w3c(case)}",
        "type": "EnvelopedVerifiableCredential",
    }
    return json.dumps(envelope)


GOOD: dict[str, Callable[[Case], str]] = {
    "OB-41 a badge as VC-JWT": lambda case: case.badge(),
    "a line feed at its end": lambda case: case.badge() + "\n",
    "VW-28 a DID URL as kid": lambda case: case.token({"kid": f"{case.did}#key-9"}),
    "VW-28 no typ": lambda case: case.token({"typ": None}),
    "VW-28 typ vc+jwt": w3c,
    "the key in the header, which is one of the issuer's": (
        lambda case: case.token({"kid": None, "jwk": public_jwk(case.public_key)})
    ),
    "OB-46 a token around an embedded proof": around_the_proof,
    "VC-10 enveloped": enveloped,
    "OB-43 without the claims that repeat the credential": lambda case: case.token(claims={"iss": None, "jti": None}),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_token_is_valid(case: Case, name: str) -> None:
    report = case.installation.verify(case.on_record(GOOD[name](case)))
    assert {each.id for each in report.checks if each.finding.outcome != "pass"} == {
        "mark", "endorsement", "recipient", "holder", "refresh",
    }  # fmt: skip
    assert report.verdict == "valid"
    assert report.credential is not None
    assert report.credential["id"] == case.document["id"]


@pytest.mark.parametrize("picture", [PNG, SVG], ids=["PN-15 PNG", "SV-13 SVG"])
@pytest.mark.parametrize("form", ["token", "json"])
def test_a_good_badge_in_a_picture_is_valid(case: Case, picture: bytes, form: str) -> None:
    credential = case.on_record(case.badge()) if form == "token" else case.secured
    assert case.installation.verify(baking.bake(picture, credential)).verdict == "valid"


def with_hmac(case: Case) -> str:
    secret = json.dumps(public_jwk(case.public_key)).encode()
    return case.token({"alg": "HS256"}, sign=lambda message: hmac.digest(secret, message, "sha256"))


def unencoded_payload(case: Case) -> str:
    header = inbase64(json.dumps({"alg": "ES256", "b64": False, "crit": ["b64"], "kid": case.kid}).encode())
    return f"{header}.{{}}.{inbase64(case.sign(b'x'))}"


def json_serialization(case: Case) -> str:
    header, payload, signature = case.badge().split(".")
    good = {"protected": header, "signature": signature}
    return json.dumps({"payload": payload, "signatures": [good, {"protected": header, "signature": "AAAA"}]})


def algorithm_unprotected(case: Case) -> str:
    header, payload, signature = case.token({"alg": None}).split(".")
    return json.dumps({"protected": header, "payload": payload, "signature": signature, "header": {"alg": "ES256"}})


def one_character_changed(case: Case) -> str:
    header, payload, signature = case.badge().split(".")
    name = case.document["name"].encode()
    changed = unbase64(payload).replace(name, name[:-3] + "士".encode())
    return f"{header}.{inbase64(changed)}.{signature}"


def by_the_stranger(case: Case) -> str:
    return case.token({"kid": None, "jwk": ELLIPTIC}, sign=STRANGER.sign)


BAD: dict[str, tuple[Callable[[Case], str], str, str]] = {
    "VW-01 alg none": (lambda c: c.token({"alg": "none"}, sign=lambda _: b""), "proof", "token.algorithm"),
    "VW-03 HS256 with the public key as secret": (with_hmac, "proof", "token.algorithm"),
    "VW-04 ES384 on a P-256 key": (lambda c: c.token({"alg": "ES384"}), "proof", "token.algorithm"),
    "VW-04 RS256 on a P-256 key": (lambda c: c.token({"alg": "RS256"}), "proof", "token.algorithm"),
    "VW-05 a key of its own in the header": (by_the_stranger, "key", "key.binding"),
    "VW-07 crit": (lambda c: c.token({"crit": ["foo"]}), "proof", "token.critical"),
    "VW-08 b64 false, payload unencoded": (unencoded_payload, "parse", "token.syntax"),
    "VW-09 kid is a path": (lambda c: c.token({"kid": "../../etc/passwd"}), "key", "key.unknown"),
    "VW-09 kid is SQL": (lambda c: c.token({"kid": "' OR 1=1 --"}), "key", "key.unknown"),
    "VW-09 kid of 10 kB": (lambda c: c.token({"kid": "k" * 10_000}), "key", "key.unknown"),
    "VW-09 kid that nobody has": (lambda c: c.token({"kid": f"{c.did}#key-77"}), "key", "key.unknown"),
    "VW-10 another's key, signature good": (
        lambda c: c.token({"kid": f"{did_of_key(STRANGER.public_key)}#{did_of_key(STRANGER.public_key)[8:]}"},
                          sign=STRANGER.sign),
        "key", "key.binding",
    ),
    "VW-10 a key at an address elsewhere": (
        lambda c: c.token({"kid": "https://elsewhere.example/key"}), "key", "key.binding",
    ),
    "VW-11 two segments": (lambda c: c.badge().rpartition(".")[0], "parse", "token.syntax"),
    "VW-11 four segments": (lambda c: c.badge() + ".AA", "parse", "token.syntax"),
    "VW-11 an empty payload": (
        lambda c: ".".join([c.badge().split(".")[0], "", "AA"]), "parse", "token.syntax",
    ),
    "VW-11 an empty signature": (lambda c: c.badge().rpartition(".")[0] + ".", "parse", "token.syntax"),
    "white space inside": (lambda c: c.badge().replace(".", ".\r\n "), "parse", "token.syntax"),
    "VW-12 padding": (lambda c: c.badge() + "==", "parse", "token.syntax"),
    "VW-14 JSON serialization": (json_serialization, "parse", "token.syntax"),
    "VW-15 alg in the unprotected header": (algorithm_unprotected, "parse", "token.syntax"),
    "VW-16 a JWE": (lambda _: f"{inbase64(JWE_HEADER)}.AA.AA.AA.AA", "parse", "token.syntax"),
    "VW-18 vc beside another credential": (
        lambda c: c.token(claims={"vc": {**c.document, "name": "博士"}}), "claims", "claims.ambiguous",
    ),
    "OB-43 iss of another": (lambda c: c.token(claims={"iss": "did:web:evil.example"}), "claims", "claims.mismatch"),
    "OB-43 jti of another": (lambda c: c.token(claims={"jti": "urn:uuid:1"}), "claims", "claims.mismatch"),
    "OB-43 sub of another": (lambda c: c.token(claims={"sub": "did:key:z6MkOther"}), "claims", "claims.mismatch"),
    "VW-21 exp as text": (lambda c: c.token(claims={"exp": "soon"}), "schema", "schema.numeric_date"),
    "VW-21 exp of 1e308": (lambda c: c.token(claims={"exp": 1e308}), "schema", "schema.numeric_date"),
    "VW-21 exp negative": (lambda c: c.token(claims={"exp": -1}), "schema", "schema.numeric_date"),
    "VW-21 exp true": (lambda c: c.token(claims={"exp": True}), "schema", "schema.numeric_date"),
    "VW-22 an access token": (lambda c: c.token({"typ": "at+jwt"}), "proof", "token.type"),
    "VW-22 a proof of a wallet's key": (lambda c: c.token({"typ": "openid4vci-proof+jwt"}), "proof", "token.type"),
    "VW-23 a payload that is no JSON": (
        lambda c: signed({"alg": "ES256", "kid": c.kid}, b"hello", c.sign), "parse", "parse.syntax",
    ),
    "VW-23 a payload that is an array": (
        lambda c: signed({"alg": "ES256", "kid": c.kid}, b"[]", c.sign), "parse", "parse.not_an_object",
    ),
    "VW-24 an RSA key of 512 bits": (
        lambda c: c.token({"alg": "RS256", "kid": None, "jwk": SHORT_RSA}),
        "key", "key.weak",
    ),
    "VW-25 an RSA key of 16,384 bits": (
        lambda c: c.token({"alg": "RS256", "kid": None, "jwk": LONG_RSA}),
        "key", "key.weak",
    ),
    "one character of the payload changed": (
        one_character_changed, "proof", "proof.crypto",
    ),
    "the signature of another badge": (
        lambda c: c.badge().rpartition(".")[0] + "." + c.badge(name="x").rpartition(".")[2], "proof", "proof.crypto",
    ),
    "an embedded proof that does not hold inside a good token": (
        lambda c: ob3_vc_jwt.sign(
            {**json.loads(c.secured), "name": "博士"}, kid=c.kid, algorithm="ES256", sign=c.sign
        ),
        "proof", "proof.crypto",
    ),
    "an achievement that was never approved, in a good token": (
        lambda c: c.on_record(c.badge(credentialSubject={
            **c.document["credentialSubject"],
            "achievement": {**c.document["credentialSubject"]["achievement"], "name": "医学博士"},
        })).decode(),
        "program", "program.match",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_token_is_invalid_for_the_right_reason(case: Case, name: str) -> None:
    make, check, code = BAD[name]
    text = make(case).encode()
    report = case.installation.verify(text)
    assert report.verdict == "invalid"
    assert report.finding(check).code == code
    assert report.finding(check).outcome == "fail"
    if check != "program":
        assert report.credential is None
    if report.finding("proof").outcome != "pass":
        assert report.finding("coverage").outcome == "unknown"  # nothing is covered by a signature that does not hold


@pytest.mark.parametrize("typ", ["at+jwt", "openid4vci-proof+jwt", "kb+jwt", "application/AT+JWT"])
def test_a_token_for_another_use_is_no_credential_and_no_forged_one(case: Case, typ: str) -> None:
    with pytest.raises(Refused, match=r"422 verify\.other_token"):
        case.installation.verify(signed({"alg": "ES256", "kid": case.kid, "typ": typ}, b"{}", case.sign).encode())


@pytest.mark.parametrize("header", [{}, {"typ": "JWT"}])
def test_a_token_of_a_login_is_no_credential_and_no_forged_one(case: Case, header: dict[str, Any]) -> None:
    claims = b'{"iss":"https://login.example","aud":"a","sub":"u-1","iat":1,"exp":4000000000,"name":"\xe5\xb1\xb1"}'
    with pytest.raises(Refused, match=r"422 verify\.other_token"):
        case.installation.verify(signed({"alg": "ES256", "kid": case.kid, **header}, claims, case.sign).encode())


@pytest.mark.parametrize("member", ["vc", "vct", "credentialSubject", "@context", "type"])
def test_a_token_with_anything_of_a_credential_is_judged(case: Case, member: str) -> None:
    claims = json.dumps({"iss": "https://elsewhere.example", member: {}}).encode()
    assert case.installation.verify(signed({"alg": "ES256"}, claims, case.sign).encode()).verdict == "invalid"


def test_of_a_token_that_cannot_be_read_nothing_is_said_of_its_issuer(case: Case) -> None:
    report = case.installation.verify(case.badge().rpartition(".")[0].encode())
    assert [report.finding(name).code for name in ("issuer", "program")] == ["issuer.not_read", "program.not_read"]


def test_vw_19_a_token_past_its_exp_is_expired_though_the_credential_is_not(case: Case) -> None:
    soon = int((case.installation.now + timedelta(minutes=1)).timestamp())
    token = case.on_record(case.token(claims={"exp": soon}))
    assert case.installation.verify(token).verdict == "valid"
    case.installation.clock.now += timedelta(minutes=10)
    report = case.installation.verify(token)
    case.installation.clock.now -= timedelta(minutes=10)
    assert (report.verdict, report.finding("validity").code) == ("invalid", "validity.expired")


@pytest.mark.parametrize("ended", ["expires", "revoked"])
@pytest.mark.parametrize(
    ("claims", "of_expired"),
    [
        ({"nbf": None, "iat": None}, ("key.time_unknown", "unknown")),
        ({"nbf": None, "iat": "2026-10-05T00:00:00Z"}, ("key.time_unknown", "unknown")),
        ({"nbf": None, "iat": -60}, ("key.time_unknown", "unknown")),
        ({"nbf": None, "iat": 60}, ("key.binding", "fail")),
        ({"iat": 60}, ("key.time_unknown", "unknown")),  # nbf goes before
    ],
    ids=["says no time", "a time that is none", "iat before the end", "iat after the end", "nbf before, iat after"],
)
def test_no_word_of_a_token_speaks_for_a_key_that_has_ended(
    case: Case, ended: str, claims: Made, of_expired: tuple[str, str]
) -> None:
    end = case.installation.now + timedelta(minutes=1)
    outside = "did:web:vc.hoshimigaoka.example.ac.jp"  # of ours the register knows the end, and the log the time
    method = VerificationMethod(
        id=f"{outside}#key-1", controller=outside, public_key=case.public_key, **{ended: end.replace(microsecond=0)}
    )
    verify = case.installation.service.verify
    documents = replace(gather_of(verify).documents, pinned=lambda *_: did_document(outside, [method]))
    later = gathering(verify, documents=documents)
    at = {name: int(end.timestamp()) + value if isinstance(value, int) else value for name, value in claims.items()}
    theirs = {"iss": outside, "issuer": {**case.document["issuer"], "id": outside}}
    token = case.token({"kid": method.id}, {**theirs, **at}).encode()
    finding = later(token, now=case.installation.now + timedelta(days=1)).finding("key")
    expected = of_expired if ended == "expires" else ("key.revoked_by_issuer", "fail")
    assert (finding.code, finding.outcome) == expected


def test_the_key_of_a_stranger_at_an_address_elsewhere_is_not_asked_for(case: Case) -> None:
    document = {**case.document, "issuer": {**case.document["issuer"], "id": "did:web:elsewhere.example"}}
    kid = "https://elsewhere.example/keys/1"
    text = ob3_vc_jwt.sign(document, kid=kid, algorithm="ES256", sign=STRANGER.sign)
    report = case.installation.verify(text.encode())
    assert (report.verdict, report.finding("key").code) == ("indeterminate", "key.unavailable")
    assert report.credential is None


REFUSED: dict[str, tuple[Callable[[Case], bytes], str]] = {
    "VW-26 a token of 2 MiB": (lambda c: c.badge().encode() + b"A" * 2_100_000, "request.body_size"),
    "VW-27 an SD-JWT": (lambda c: c.badge().encode() + b"~WyJhIl0~", "verify.unsupported_token"),
    "PN-01 a PNG without a badge": (lambda _: PNG, "image.not_baked"),
    "SV-07 an SVG without a badge": (lambda _: SVG, "image.not_baked"),
    "PN-10 a JPEG": (lambda _: b"\xff\xd8\xff\xe0" + bytes(20), "image.damaged"),
    "SV-01 an external entity": (
        lambda _: b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        "image.dtd_forbidden",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_credential_is_refused_with_a_typed_error(case: Case, name: str) -> None:
    make, code = REFUSED[name]
    with pytest.raises(Refused) as refused:
        case.installation.verify(make(case))
    assert refused.value.code == code
