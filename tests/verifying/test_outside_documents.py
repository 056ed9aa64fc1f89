"""DID documents, keys and status lists of other hosts: what they say of a badge, and what is said when they are silent.

The ids are those of the catalogue of bad inputs (DD, SL, VJ) and of the conformance list (OB, BS)."""

import base64
import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from jmc_vc.fetching import unavailable
from jmc_vc.formats.jose import vc_jose
from jmc_vc.formats.status.bitstring import MINIMUM
from jmc_vc.verifying.foreign_lists import NewestLists
from jmc_vc.verifying.report import NOTED, Report
from tests.builders.gathering import gather_of, gathering
from tests.builders.installation import NOON, Installation, make_installation
from tests.builders.outside_issuer import HOST, LIST, OutsideIssuer
from tests.simulators.network import Served, online, stale

Json = dict[str, Any]
ISSUER, THIEF = OutsideIssuer(), OutsideIssuer(seed="thief")
WEB, ROOT = OutsideIssuer(id=f"{HOST}/issuer"), OutsideIssuer(id=HOST)
KID, SET = f"{HOST}/keys/2", f"{HOST}/.well-known/jwks.json"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = make_installation(Path(tmp_path_factory.mktemp("outside")), empty=True)
    yield installation
    installation.service.database.close()


@pytest.fixture
def here(made: Installation) -> Installation:
    """Without a memory of the lists that other tests showed it."""
    verify = made.service.verify
    lists = replace(gather_of(verify).foreign_lists, newest=NewestLists())
    fresh = gathering(verify, foreign_lists=lists)
    return replace(made, service=replace(made.service, verify=fresh))


def dumped(document: Json) -> bytes:
    return json.dumps(document).encode()


def technical(here: Installation, body: bytes, served: Mapping[str, Served]) -> Report:
    online(here, served)
    return here.verify(body, "technical")


def test_dd_a_badge_of_a_did_web_elsewhere_is_genuine(here: Installation) -> None:  # VJ-77
    served = ISSUER.serves()
    for body in (ISSUER.sign(ISSUER.badge()), ISSUER.sign_token(ISSUER.badge())):
        report = technical(here, body, served)
        assert (report.verdict, report.finding("key").code) == ("valid", "key.bound")
        by_default = here.verify(body)
        assert (by_default.verdict, by_default.summary) == ("indeterminate", "issuer_not_registered")


DID_DOCUMENTS: dict[str, tuple[Served, str, str]] = {
    "DD-06 DD-07 a redirect": (unavailable.Redirected(), "unknown", "did.redirect"),
    "DD-02 a private address": (unavailable.ForbiddenAddress(), "unknown", "did.forbidden"),
    "DD-08 no TLS": (unavailable.NoTls(), "unknown", "did.tls"),
    "DD-09 DD-11 too large": (unavailable.PastLimit(), "unknown", "did.limit"),
    "DD-12 of another DID": (dumped({**ISSUER.document(), "id": "did:web:other.example"}), "fail", "did.mismatch"),
    "DD-14 404": (unavailable.NoSuchDocument(status=404), "unknown", "did.unavailable"),
    "DD-14 500": (unavailable.BadStatus(status=500), "unknown", "did.unavailable"),
    "DD-14 too late": (unavailable.TookTooLong(), "unknown", "did.unavailable"),
    "DD-17 a host that is no name": (unavailable.BadAddress(), "unknown", "did.syntax"),
    "DD-21 an old copy": (stale(dumped(ISSUER.document()), NOON), "unknown", "did.stale"),
    "DD-21 a copy too old": (unavailable.Unreachable(last_copy=NOON), "unknown", "did.stale"),
    "no JSON": (b"<html>", "unknown", "parse.syntax"),
    "no such key": (dumped({**ISSUER.document(), "verificationMethod": []}), "fail", "key.unknown"),
    "VJ-32 for another use": (dumped({**ISSUER.document(), "assertionMethod": []}), "fail", "key.relationship"),
}


@pytest.mark.parametrize("name", DID_DOCUMENTS)
def test_what_a_did_document_says(here: Installation, name: str) -> None:
    served, outcome, code = DID_DOCUMENTS[name]
    report = technical(here, ISSUER.sign(ISSUER.badge()), {ISSUER.document_url: served})
    assert (report.finding("key").outcome, report.finding("key").code) == (outcome, code)
    assert report.verdict == {"fail": "invalid", "unknown": "indeterminate"}[outcome]
    assert report.credential is None


def test_another_key_in_the_document_is_a_forgery(here: Installation) -> None:
    report = technical(here, THIEF.sign(THIEF.badge()), ISSUER.serves())
    assert (report.verdict, report.finding("proof").code) == ("invalid", "proof.crypto")


def test_dd_15_a_published_private_key_is_told_to_the_operator(here: Installation) -> None:
    document = ISSUER.document()
    method = document["verificationMethod"][0]
    del method["publicKeyMultibase"]
    key = {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43, "d": "A" * 43}
    document["verificationMethod"][0] = {**method, "type": "JsonWebKey", "publicKeyJwk": key}
    with capture_logs() as logs:
        report = technical(here, ISSUER.sign(ISSUER.badge()), {ISSUER.document_url: dumped(document)})
    assert (report.verdict, report.finding("key").code) == ("invalid", "key.exposed")
    assert [(each["event"], each["log_level"], each["issuer"]) for each in logs] == [
        ("foreign-key-exposed", "error", ISSUER.id)
    ]
    assert "AAAA" not in json.dumps(logs)


@pytest.mark.parametrize(
    "did",
    [
        "did:web:127.0.0.1", "did:web:localhost%3A8080", "did:web:[::1]", "did:web:2130706433",  # DD-01
        "did:web:a.test:..:x", "did:web:a.test:%2e%2e", "did:web:a.test%2Fx", "did:web:a.test%3A22",  # DD-16
        "did:web:xn--a.example", "did:foo:1",  # DD-17, DD-20
    ],
)  # fmt: skip
def test_a_did_that_must_not_be_opened_is_not(here: Installation, did: str) -> None:
    network = online(here, {})
    bad = OutsideIssuer(id=did)
    report = here.verify(bad.sign(bad.badge(), cryptosuite="eddsa-jcs-2022"), "technical")
    assert network.asked == []
    assert report.finding("key").code in {"did.forbidden", "did.syntax", "did.unsupported"}
    assert report.finding("key").outcome == "unknown"
    # Brackets stand in no IRI, so that one is no id either.
    assert report.verdict == ("invalid" if "[" in did else "indeterminate")


def test_vj_34_of_another_issuers_key_nobody_is_asked(here: Installation) -> None:
    network = online(here, ISSUER.serves(**{LIST: listed()}))
    body = ISSUER.sign(ISSUER.badge(credentialStatus=ENTRY), method="did:web:other.example#key-1")
    report = here.verify(body, "technical")
    assert (report.verdict, report.finding("key").code) == ("invalid", "key.binding")
    assert network.asked == []


KEYS: dict[str, tuple[OutsideIssuer, Mapping[str, Any], str, str]] = {
    "OB-44 one JWK, in the set of the host": (ROOT, {KID: WEB.jwk(), SET: {"keys": [WEB.jwk()]}}, "pass", "key.bound"),
    "OB-45 the host's, which may have many issuers": (
        WEB,
        {KID: WEB.jwk(), SET: {"keys": [WEB.jwk()]}},
        "unknown",
        "key.issuer_unstated",
    ),
    "OB-45 no set, and on a page of the host": (
        ROOT,
        {KID: WEB.jwk(), SET: unavailable.NoSuchDocument(status=404)},
        "unknown",
        "key.unavailable",
    ),
    "OB-45 that says whose it is": (
        WEB,
        {KID: WEB.jwk(iss=WEB.id), SET: {"keys": [WEB.jwk(iss=WEB.id)]}},
        "pass",
        "key.bound",
    ),
    "OB-45 that is another's": (WEB, {KID: WEB.jwk(), SET: {"keys": [WEB.jwk(iss="x:y")]}}, "fail", "key.binding"),
    "OB-45 that says so itself": (
        WEB,
        {KID: WEB.jwk(iss="x:y"), SET: {"keys": [WEB.jwk()]}},
        "fail",
        "key.binding",
    ),
    "OB-45 not in the set": (WEB, {KID: WEB.jwk(), SET: {"keys": [THIEF.jwk()]}}, "fail", "key.binding"),
    "OB-45 no set, and anywhere on the host": (
        WEB,
        {KID: WEB.jwk(), SET: unavailable.NoSuchDocument(status=404)},
        "unknown",
        "key.unavailable",
    ),
    "OB-44 no key there": (WEB, {SET: {"keys": [WEB.jwk()]}}, "unknown", "key.unavailable"),
    "OB-44 a set where one key is due": (WEB, {KID: {"keys": [WEB.jwk()]}}, "unknown", "key.unsupported"),
    "OB-41 a private key in the set": (
        WEB,
        {KID: WEB.jwk(), SET: {"keys": [WEB.jwk(d="A" * 43)]}},
        "fail",
        "key.exposed",
    ),
    "OB-44 of an issuer with a DID that lists it": (
        ISSUER,
        {KID: ISSUER.jwk(), ISSUER.document_url: ISSUER.document()},
        "pass",
        "key.bound",
    ),
    "OB-44 of an issuer with a DID that does not": (
        ISSUER,
        {KID: THIEF.jwk(), ISSUER.document_url: ISSUER.document()},
        "fail",
        "key.binding",
    ),
}


@pytest.mark.parametrize("name", KEYS)
def test_a_key_at_an_address(here: Installation, name: str) -> None:
    issuer, served, outcome, code = KEYS[name]
    network = {at: dumped(each) if isinstance(each, dict) else each for at, each in served.items()}
    report = technical(here, issuer.sign_token(issuer.badge(), kid=KID), network)
    assert (report.finding("key").outcome, report.finding("key").code) == (outcome, code)
    assert report.verdict == {"pass": "valid", "fail": "invalid", "unknown": "indeterminate"}[outcome]


def test_ob_45_below_the_issuers_own_address_a_key_may_be_anybodys(here: Installation) -> None:
    kid, none = f"{WEB.id}/keys/2", unavailable.NoSuchDocument(status=404)
    report = technical(here, WEB.sign_token(WEB.badge(), kid=kid), {kid: dumped(WEB.jwk(iss=WEB.id)), SET: none})
    assert (report.verdict, report.finding("key").code) == ("indeterminate", "key.unavailable")


@pytest.mark.parametrize("kid", [f"{HOST}/tenants/b/keys/2", "key-2"])
def test_ob_45_a_tenant_of_a_platform_does_not_sign_for_another(here: Installation, kid: str) -> None:
    one, other = OutsideIssuer(id=f"{HOST}/tenants/a", seed="a"), OutsideIssuer(id=f"{HOST}/tenants/b", seed="b")
    keys = {"keys": [one.jwk(kid="key-1"), other.jwk()]}
    served = {SET: dumped(keys), f"{HOST}/tenants/b/keys/2": dumped(other.jwk())}
    report = technical(here, other.sign_token(one.badge(), kid=kid), served)
    assert (report.verdict, report.finding("key").code) == ("indeterminate", "key.issuer_unstated")


def test_a_key_in_the_document_at_the_issuers_address(here: Installation) -> None:
    """https://www.w3.org/TR/cid-1.0/#retrieve-verification-method."""
    report = technical(here, WEB.sign(WEB.badge()), {WEB.id: dumped(WEB.document())})
    assert (report.verdict, report.finding("key").code) == ("valid", "key.bound")


def with_status(*entries: Json, issuer: OutsideIssuer = ISSUER) -> bytes:
    suite = "eddsa-jcs-2022" if entries[0]["type"] == UNDEFINED else "eddsa-rdfc-2022"
    return issuer.sign(
        issuer.badge(credentialStatus=entries[0] if len(entries) == 1 else list(entries)), cryptosuite=suite
    )


def bits(count: int) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(count // 8))).decode().rstrip("=")


def listed(**changes: Any) -> bytes:
    return ISSUER.sign(ISSUER.status_list({9}, **changes))


def token_of(document: Json) -> bytes:
    token = vc_jose.sign_credential(document, kid=f"{ISSUER.id}#key-2", algorithm="ES256", sign=ISSUER.p256.sign)
    return token.encode()


def altered() -> bytes:
    document = json.loads(listed())
    document["credentialSubject"]["encodedList"] = ISSUER.status_list({})["credentialSubject"]["encodedList"]
    return dumped(document)


ENTRY = ISSUER.entry()
UNDEFINED = "Foo2099"
LISTS: dict[str, tuple[Json, Served, str, str]] = {
    "BS-03 not set": (ENTRY, listed(), "pass", "status.clear"),
    "BS-03 revoked": (ISSUER.entry(9), listed(), "fail", "status.revoked"),
    "BS-03 suspended": (
        ISSUER.entry(9, purpose="suspension"),
        listed(purpose="suspension"),
        "fail",
        "status.suspended",
    ),
    "BS-03 its own": (ISSUER.entry(9, purpose="mine"), listed(purpose="mine"), "pass", "status.other_purpose"),
    "BS-03 a message": (ISSUER.entry(9, purpose="message"), listed(purpose="message"), "pass", "status.message"),
    "BS-03 a newer version": (ISSUER.entry(9, purpose="refresh"), listed(purpose="refresh"), "pass", "status.refresh"),
    "BS-03 as a token": (ISSUER.entry(9), b"", "fail", "status.revoked"),
    "SL-01 a gigabyte": (ENTRY, listed(subject={"encodedList": bits(1 << 28)}), "unknown", "status.limit"),
    "SL-02 unsigned": (ENTRY, dumped(ISSUER.status_list()), "unknown", "status.verification"),
    "SL-02 altered": (ISSUER.entry(9), altered(), "unknown", "status.verification"),
    "SL-02 by another key": (ENTRY, THIEF.sign(THIEF.status_list()), "unknown", "status.verification"),
    "SL-03 another issuer's": (
        ENTRY,
        WEB.sign(WEB.status_list()),
        "unknown",
        "status.issuer",
    ),
    "SL-04 another purpose": (ENTRY, listed(purpose="suspension"), "unknown", "status.purpose"),
    "SL-05 past the end": (ISSUER.entry(MINIMUM), listed(), "unknown", "status.range"),
    "SL-07 too short": (ENTRY, listed(subject={"encodedList": bits(MINIMUM // 2)}), "unknown", "status.length"),
    "SL-08 down": (ENTRY, unavailable.Unreachable(), "unknown", "status.retrieval"),
    "SL-08 404": (ENTRY, unavailable.NoSuchDocument(status=404), "unknown", "status.retrieval"),
    "SL-08 502": (ENTRY, unavailable.BadStatus(status=502), "unknown", "status.retrieval"),
    "SL-08 too late": (ENTRY, unavailable.TookTooLong(), "unknown", "status.retrieval"),
    "SL-10 of another address": (ENTRY, listed(url=f"{HOST}/status/2"), "unknown", "status.verification"),
    "SL-11 out of date": (ENTRY, listed(issued=NOON - timedelta(days=2)), "unknown", "status.stale"),
    "SL-11 an old copy": (ENTRY, stale(listed(), NOON), "unknown", "status.stale"),
    "SL-12 a list with a status": (ENTRY, listed(credentialStatus=ENTRY), "unknown", "status.nested"),
    "SL-13 two bits, three messages": (
        ISSUER.entry(statusSize=2, statusMessage=[{"status": hex(n), "message": "x"} for n in range(3)]),
        listed(),
        "unknown",
        "status.format",
    ),
    "SL-13 size 0": (ISSUER.entry(statusSize=0), listed(), "unknown", "status.format"),
    "SL-13 size 10^9": (ISSUER.entry(statusSize=10**9), listed(), "unknown", "status.format"),
    "SL-15 no prefix": (ENTRY, listed(subject={"encodedList": bits(MINIMUM)[1:]}), "unknown", "status.encoding"),
    "SL-15 padded": (ENTRY, listed(subject={"encodedList": bits(MINIMUM) + "="}), "unknown", "status.encoding"),
    "a page": (ENTRY, b"<!doctype html>", "unknown", "status.format"),
    "OB-34 not listed": ({"id": LIST, "type": "1EdTechRevocationList"}, b"[]", "pass", "status.clear"),
    "OB-34 revoked": ({"id": LIST, "type": "1EdTechRevocationList"}, b"[1]", "fail", "status.revoked"),
    "OB-34 another issuer's": ({"id": LIST, "type": "1EdTechRevocationList"}, b"[2]", "unknown", "status.issuer"),
    "VJ-62 another kind": ({"id": LIST, "type": UNDEFINED}, b"", "unknown", "status.unsupported"),
}
_REVOCATION_LISTS: dict[bytes, Json] = {
    b"[]": {"id": LIST, "issuer": ISSUER.id, "revokedCredential": []},
    b"[1]": {"id": LIST, "issuer": ISSUER.id, "revokedCredential": [{"id": f"{HOST}/credentials/1"}]},
    b"[2]": {"id": LIST, "issuer": "did:web:other.example", "revokedCredential": []},
}


@pytest.mark.parametrize("name", LISTS)
def test_what_a_status_list_says(here: Installation, name: str) -> None:
    entry, served, outcome, code = LISTS[name]
    if isinstance(served, bytes) and served in _REVOCATION_LISTS:
        served = dumped(_REVOCATION_LISTS[served])
    if name == "BS-03 as a token":
        served = token_of(ISSUER.status_list({9}))
    report = technical(here, with_status(entry), ISSUER.serves(**{LIST: served}))
    assert (report.finding("status").outcome, report.finding("status").code) == (outcome, code)
    assert report.verdict == {"pass": "valid", "fail": "invalid", "unknown": "indeterminate"}[outcome]
    assert report.finding("proof").code == "proof.verified"
    assert [each.code for each in report.notes] == ([code] if code in NOTED else [])


@pytest.mark.parametrize("ended", ["revoked", "expires"])
@pytest.mark.parametrize("served", [listed(), token_of(ISSUER.status_list({9}))], ids=["bits", "token"])
def test_a_list_by_a_key_that_has_ended_says_nothing_whatever_date_it_bears(
    here: Installation, served: bytes, ended: str
) -> None:
    """The badge has a key that counts; whoever has the other one can write a list of any date."""
    document = ISSUER.document()
    used = 0 if served.startswith(b"{") else 1
    document["verificationMethod"][used][ended] = (NOON - timedelta(minutes=30)).isoformat()
    entry = ISSUER.entry(9)
    body = ISSUER.sign_token(ISSUER.badge(credentialStatus=entry)) if used == 0 else with_status(entry)
    report = technical(here, body, {ISSUER.document_url: dumped(document), LIST: served})
    assert (report.verdict, report.finding("key").code) == ("indeterminate", "key.bound")
    assert report.finding("status").code == "status.verification"


def test_sl_11_an_older_list_than_one_seen_before_says_nothing(here: Installation) -> None:
    revoked, before = listed(issued=NOON - timedelta(hours=1)), listed(issued=NOON - timedelta(hours=2))
    body = with_status(ENTRY)
    assert technical(here, body, ISSUER.serves(**{LIST: before})).verdict == "valid"
    assert technical(here, body, ISSUER.serves(**{LIST: revoked})).verdict == "valid"
    report = technical(here, body, ISSUER.serves(**{LIST: before}))
    assert (report.verdict, report.finding("status").code) == ("indeterminate", "status.stale")


@pytest.mark.parametrize("order", [1, -1])
def test_vj_63_one_set_entry_of_two_is_found_in_whatever_order(here: Installation, order: int) -> None:
    other = f"{HOST}/status/2"
    entries = [ENTRY, ISSUER.entry(9, purpose="suspension", url=other)][::order]
    served = ISSUER.serves(**{LIST: listed(), other: listed(purpose="suspension", url=other)})
    report = technical(here, with_status(*entries), served)
    assert (report.verdict, report.finding("status").code) == ("invalid", "status.suspended")


def test_a_forged_badge_is_not_called_revoked(here: Installation) -> None:
    body = THIEF.sign(THIEF.badge(credentialStatus=ISSUER.entry(9)))
    report = technical(here, body, ISSUER.serves(**{LIST: listed()}))
    assert (report.verdict, report.summary) == ("invalid", "not_trustworthy")
    assert {axis.id: axis.code for axis in report.axes}["status"] == "axis.status.not_judged"


NOT_FETCHED: dict[str, Callable[[], Json]] = {
    "VJ-68 evidence": lambda: {"evidence": [{"id": "https://intra.example/e", "type": ["Evidence"]}]},
    "VJ-68 an image": lambda: {"image": {"id": "https://intra.example/i", "type": "Image"}},
}


@pytest.mark.parametrize("name", NOT_FETCHED)
def test_what_no_check_needs_is_never_fetched(here: Installation, name: str) -> None:
    network = online(here, ISSUER.serves())
    report = here.verify(ISSUER.sign(ISSUER.badge(**NOT_FETCHED[name]())), "technical")
    assert report.verdict == "valid"
    assert network.asked == [ISSUER.document_url]


def test_vj_67_a_schema_is_not_fetched_and_not_known(here: Installation) -> None:
    network = online(here, ISSUER.serves())
    schema = {"id": "http://169.254.169.254/", "type": "1EdTechJsonSchemaValidator2019"}
    report = here.verify(ISSUER.sign(ISSUER.badge(credentialSchema=[schema])), "technical")
    assert (report.verdict, report.finding("schema").code) == ("indeterminate", "schema_ref.not_held")
    assert network.asked == [ISSUER.document_url]


def test_vj_64_lists_on_many_hosts_cost_eight_documents(here: Installation) -> None:
    entries = [ISSUER.entry(url=f"https://h{number}.example/1") for number in range(8)]
    network = online(here, ISSUER.serves())
    report = here.verify(with_status(*entries), "technical")
    assert len(network.asked) == 8
    assert report.finding("status").code == "status.retrieval"
    assert report.verdict != "valid"
