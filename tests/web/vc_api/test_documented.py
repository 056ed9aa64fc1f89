"""What the VC API refuses, it has said in `openapi.yaml` that it would: the code, under the status."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml
from anyio.from_thread import start_blocking_portal

from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jose import compact_jws
from jmc_vc.web.app import create_app
from jmc_vc.web.verify_api.gate import Gate
from tests.builders.suites import HOLDER, V2, own, presentation
from tests.builders.web import WebClient
from tests.web.vc_api.conftest import BASE, VERSION, Json, VcApi, altered
from tests.web.vc_api.test_own_credentials import base

CONTRACT = Path(__file__).parents[3] / "openapi.yaml"
DID = HOLDER.method.partition("#")[0]


@pytest.fixture(scope="module")
def described() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))["paths"]
    return found


def token(payload: Any, **header: Any) -> str:
    data = payload if isinstance(payload, bytes) else orjson.dumps(payload)
    return compact_jws.write({"alg": "EdDSA", "typ": "vp+jwt", "kid": HOLDER.method, **header}, data, HOLDER.sign)


def shown(*disclosures: Any, **payload: Any) -> str:
    written = [each if isinstance(each, str) else base64url.encode(orjson.dumps(each)) for each in disclosures]
    return "~".join((token({**presentation(), **payload}, typ="vp+sd-jwt"), *written, ""))


def envelope(kind: str, text: str, media_type: str = "application/vp+jwt", **changes: Any) -> Json:
    return {"@context": V2, "type": f"EnvelopedVerifiable{kind}", "id": f"data:{media_type},{text}", **changes}


def inside(**changes: Any) -> str:
    return token(presentation({**envelope("Credential", token(own()), "application/vc+jwt"), **changes}))


PRESENTATIONS: dict[str, tuple[Any, str]] = {
    "disclosure no base64url": (shown("!"), "encoding.base64url"),
    "disclosure no JSON": (shown("AAAA"), "disclosure.unreferenced"),
    "disclosure added": (shown(["salt", "name", "value"]), "disclosure.unreferenced"),
    "disclosure twice": (shown(["salt", "name", "value"], ["salt", "name", "value"]), "disclosure.repeated"),
    "disclosure empty": (shown("", "AA"), "disclosure.syntax"),
    "disclosures too many": (shown(*[["salt", "name", "value"]] * 501), "disclosure.limit"),
    "hash unknown": (shown(_sd_alg="md5"), "disclosure.hash"),
    "digests no list": (shown(_sd=7), "disclosure.digests"),
    "key binding": (shown() + token({}, typ="kb+jwt"), "verify.unsupported_token"),
    "of another kind": (token(presentation(), typ="vc+jwt"), "token.type"),
    "key without a form": (token(presentation(), kid="a b"), "key.unknown"),
    "crit": (token(presentation(), crit=["b64"], b64=False), "token.critical"),
    "alg none": (token(presentation(), alg="none"), "token.algorithm"),
    "alg of others": (token(presentation(), alg="ES256K"), "token.algorithm_unsupported"),
    "no token": ("eyJ.x", "token.syntax"),
    "header twice": (base64url.encode(b'{"alg":"EdDSA","alg":"EdDSA"}') + ".e30.AA", "parse.duplicate_key"),
    "payload a list": (token(b"[]"), "parse.not_an_object"),
    "payload no JSON": (token(b"x"), "parse.syntax"),
    "payload not UTF-8": (token(b'{"a":"\xff"}'), "parse.encoding"),
    "payload too deep": (token(b'{"a":' + b"[" * 50 + b"]" * 50 + b"}"), "parse.depth"),
    "payload too many": (token(b'{"a":[' + b"1," * 30_000 + b"1]}"), "parse.limit"),
    "payload number": (token(b'{"a":1e999}'), "parse.number"),
    "payload surrogate": (token(b'{"a":"\\ud800"}'), "parse.unicode"),
    "claim vp": (token({"vp": presentation()}), "claims.not_allowed"),
    "embedded proof": (token({**presentation(), "proof": {}}), "claims.not_allowed"),
    "two ids": (token({**presentation(id="urn:x:1"), "jti": "urn:x:2"}), "claims.mismatch"),
    "nbf a text": (token({**presentation(), "nbf": "1"}), "schema.numeric_date"),
    "credential not enveloped": (token(presentation(own())), "vp.credential"),
    "member beside the token": (inside(name="x"), "envelope.member"),
    "address no data": (inside(id="https://x.example"), "envelope.data_url"),
    "contexts of the envelope": (inside(**{"@context": "https://x.example"}), "vc.context"),
    "types of the envelope": (inside(type=["EnvelopedVerifiableCredential", "X"]), "vc.type"),
    "no presentation": ({}, "vc.context"),
    "no type": ({"@context": [V2]}, "vc.type"),
    "id": (presentation(id="x"), "vc.id"),
    "holder": (presentation(holder=[]), "vp.holder"),
    "terms": (presentation(termsOfUse="x"), "vc.member"),
    "credential a text": (presentation("https://x.example"), "vp.credential"),
    "nested": (presentation(presentation()), "vp.nested"),
    "too many": (presentation(*[own()] * 21), "vp.limit"),
    "envelope of another media type": (envelope("Presentation", "x", "text/plain"), "envelope.media_type"),
    "envelope of a credential": (envelope("Credential", token(presentation())), "envelope.media_type"),
    "envelope with more": (envelope("Presentation", token(presentation()), name="x"), "envelope.member"),
    "neither": (7, "request.value"),
}  # fmt: skip

CREDENTIALS: dict[str, tuple[Any, str]] = {
    "nothing": ({}, "verify.not_a_credential"),
    "Open Badges 2": ({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"}, "verify.open_badges_2"),
    "a presentation": (presentation(), "verify.presentation"),
    "too many parts": ({**own(), "credentialStatus": [{}] * 9}, "verify.too_many_parts"),
    "a presentation's token": (
        envelope("Credential", "eyJhbGciOiJFZERTQSIsInR5cCI6InZwK2p3dCJ9.e30.AA", "application/jwt"),
        "verify.unsupported_token",
    ),
    "media type": (envelope("Credential", "x", "text/plain"), "envelope.media_type"),
    "no data": (envelope("Credential", "x", id="x"), "envelope.data_url"),
    "too long": (envelope("Credential", "A" * 100, "application/vc+jwt", name="x"), "envelope.member"),
    "context": ({**envelope("Credential", "x"), "@context": []}, "vc.context"),
    "types": (envelope("Credential", "x", type=["EnvelopedVerifiableCredential", "X"]), "vc.type"),
    "long header": (envelope("Credential", "A" * 20_000 + ".AA.AA", "application/vc+jwt"), "token.size"),
    "too deep": ({"a": orjson.loads("[" * 40 + "]" * 40)}, "parse.depth"),
    "too many": ({"a": [1] * 6_000}, "parse.limit"),
}  # fmt: skip

_BASE = base()
DERIVED: dict[str, tuple[Any, list[str], str]] = {
    "no pointer": (_BASE, ["x"], "proof.pointer"),
    "nothing there": (_BASE, ["/nothing"], "proof.pointer"),
    "too many": (_BASE, ["/issuer"] * 3_000, "request.value"),
    "no proof": (own(), ["/issuer"], "proof.missing"),
    "proof a text": ({**_BASE, "proof": "x"}, ["/issuer"], "proof.not_an_object"),
    "proofs too many": ({**_BASE, "proof": [_BASE["proof"]] * 17}, ["/issuer"], "proof.limit"),
    "proof cut": (altered(_BASE, "proof", "proofValue", to=_BASE["proof"]["proofValue"][:50]), [], "proof.encoding"),
    "proof of no time": (altered(_BASE, "proof", "created", to="x"), ["/issuer"], "schema.datetime"),
    "proof after another": (altered(_BASE, "proof", "previousProof", to="urn:x:1"), ["/issuer"], "proof.chain"),
    "another suite": (altered(_BASE, "proof", "cryptosuite", to="eddsa-rdfc-2022"), ["/issuer"], "proof.no_base"),
    "another type": (altered(_BASE, "proof", "type", to="OtherProof"), ["/issuer"], "proof.suite_unsupported"),
    "unknown context": ({**_BASE, "@context": ["https://x.example"]}, ["/issuer"], "context.unknown"),
    "context in place": ({**_BASE, "@context": [V2, {"a": "b"}]}, ["/issuer"], "context.not_allowed"),
    "no context": ({"proof": _BASE["proof"]}, ["/issuer"], "context.not_allowed"),
    "unknown word": ({**_BASE, "word": 1}, ["/issuer"], "proof.coverage"),
    "graph": ({**_BASE, "@graph": []}, ["/issuer"], "context.keyword"),
    "altered": ({**_BASE, "credentialSubject": {"id": "did:example:bob"}}, ["/issuer"], "proof.crypto"),
}  # fmt: skip

ISSUED: dict[str, tuple[Callable[[VcApi], Json], str]] = {
    "context": (lambda api: api.posted(**{"@context": [V2, "https://x.example"]}), "context.not_allowed"),
    "first context": (lambda api: api.posted(**{"@context": "x"}), "vc.context"),
    "type": (lambda api: api.posted(type=[]), "vc.type"),
    "subject": (lambda api: api.posted(credentialSubject="x"), "vc.member"),
    "program": (lambda api: api.posted(credentialSubject=api.subject(achievement={})), "program.not_named"),
    "id": (lambda api: api.posted(id="urn:x:1"), "request.extra_member"),
    "no date": (lambda api: api.posted(awardedDate=None), "request.missing_member"),
    "date": (lambda api: api.posted(awardedDate="x"), "request.date"),
    "future": (lambda api: api.posted(awardedDate="2026-12-31"), "request.awarded_in_future"),
    "name": (lambda api: api.posted(name="x"), "program.content_differs"),
    "result": (lambda api: api.posted(credentialSubject=api.subject(result=None)), "request.result_missing"),
    "DID": (lambda api: api.posted(credentialSubject=api.subject(id="did:key:x")), "request.did"),
    "evidence": (lambda api: api.posted(evidence=[{"id": "ftp://x", "name": "x"}]), "request.evidence_url"),
    "version": (
        lambda api: api.posted(credentialSubject=api.subject(achievement={"id": VERSION + "9"}, result=None)),
        "program.unknown",
    ),
}  # fmt: skip

_ENTRY: Json = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}
_SUSPENSION: Json = {**_ENTRY, "statusPurpose": "suspension"}
CHANGED: dict[str, tuple[Json, str]] = {
    "no reason": ({}, "status.reason_required"),
    "unknown reason": ({"reasonCode": "x"}, "status.reason_unknown"),
    "taken back": ({"status": False}, "request.value"),
    "not suspended": ({"credentialStatus": _SUSPENSION, "status": False}, "credential.not_suspended"),
    "nobody's": ({"credentialId": "x"}, "credential.not_found"),
    "allocator": ({"indexAllocator": "x"}, "request.extra_member"),
    "unknown member": ({"credentialStatus": {**_ENTRY, "note": "x"}}, "request.extra_member"),
    "no purpose": ({"credentialStatus": {"type": "BitstringStatusListEntry"}}, "request.missing_member"),
    "another place": (
        {"credentialStatus": {**_ENTRY, "statusListIndex": "x"}, "reasonCode": "issued_in_error"}, "request.value"
    ),
    "My Number": ({"reasonCode": "issued_in_error", "reason": "1234 5678 9018"}, "my_number_rejected"),
}  # fmt: skip


def require_described(described: dict[str, dict[str, Any]], answer: Any, path: str, code: str) -> None:
    found = answer.json()["code"]
    assert found == code
    assert f"`{found}`" in described[f"/vc-api/{path}"]["post"]["responses"][str(answer.status_code)]["description"]


@pytest.mark.parametrize("name", PRESENTATIONS)
def test_presentations_verify_tells_what_it_refuses(
    api: VcApi, described: dict[str, dict[str, Any]], name: str
) -> None:
    """VA-03."""
    document, code = PRESENTATIONS[name]
    require_described(described, api.present(document), "presentations/verify", code)


@pytest.mark.parametrize("name", CREDENTIALS)
def test_credentials_verify_tells_what_it_refuses(api: VcApi, described: dict[str, dict[str, Any]], name: str) -> None:
    """VA-02."""
    document, code = CREDENTIALS[name]
    require_described(described, api.verify(document), "credentials/verify", code)


@pytest.mark.parametrize("name", DERIVED)
def test_credentials_derive_tells_what_it_refuses(api: VcApi, described: dict[str, dict[str, Any]], name: str) -> None:
    """VA-03, DI-08."""
    document, pointers, code = DERIVED[name]
    body = {"verifiableCredential": document, "options": {"selectivePointers": pointers}}
    require_described(described, api.call("credentials/derive", body), "credentials/derive", code)


@pytest.mark.parametrize("name", ISSUED)
def test_credentials_issue_tells_what_it_refuses(api: VcApi, described: dict[str, dict[str, Any]], name: str) -> None:
    """VA-01."""
    make, code = ISSUED[name]
    require_described(described, api.issue(make(api)), "credentials/issue", code)


@pytest.mark.parametrize("name", CHANGED)
def test_credentials_status_tells_what_it_refuses(
    api: VcApi, described: dict[str, dict[str, Any]], badge: Json, name: str
) -> None:
    """VA-03."""
    changes, code = CHANGED[name]
    body = {"credentialId": badge["id"], "credentialStatus": _ENTRY, "status": True, **changes}
    require_described(described, api.call("credentials/status", body), "credentials/status", code)


def test_the_example_of_how_to_issue_works_on_any_day(api: VcApi) -> None:
    """VA-01: a day that was written down would lie outside the program's accreditation in the end."""
    text = (CONTRACT.parent / "docs/how-to/use-the-vc-api.md").read_text(encoding="utf-8")
    example = text.partition("post credentials/issue '")[2].partition("' > issued.json")[0]
    assert not re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", example)
    today = api.running.installation.now.date().isoformat()
    body = example.replace("'$BASE'", BASE).replace("'$(TZ=Asia/Tokyo date +%F)'", today)
    assert api.call("credentials/issue", orjson.loads(body)).status_code == 201


@pytest.mark.parametrize("path", ["credentials/verify", "presentations/verify", "credentials/derive"])
def test_dear_work_waits_at_one_gate(api: VcApi, described: dict[str, dict[str, Any]], path: str) -> None:
    """SR-3: an honest refusal when too much is under way."""
    service = api.running.installation.service
    app = create_app(service)
    body = {"verifiableCredential": _BASE, "options": {}}
    if path == "presentations/verify":
        body = {"verifiablePresentation": presentation(), "options": {}}
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        app.state.gate.close()
        app.state.gate = Gate(most=0)
        client = WebClient(app, portal, service.site.base_url)
        answer = client.post(f"/vc-api/{path}", json=body, headers=api.running.bearer())
    assert answer.status_code == 503
    require_described(described, answer, path, "verify.crowded")
