"""Bad credentials over HTTP, one row a case, by the ids of the catalogue of bad inputs."""

import copy
import itertools
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders.forger import Stranger, changed, signed_by_issuer, unsigned
from tests.builders.installation import Installation, make_installation
from tests.hostile.over_http import OverHttp, Refused, over_http

Make = Callable[[Installation, bytes], bytes]


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, bytes]]:
    """One installation and one good credential for all cases: none of them may change either."""
    with over_http(make_installation(Path(tmp_path_factory.mktemp("hostile")))) as installation:
        yield installation, installation.issue().body
        installation.service.database.close()


def edit(change: Callable[[dict[str, Any]], Any]) -> Make:
    """Changed after signing."""
    return lambda _, body: changed(body, lambda document: change(document) and None)


def resign(change: Callable[[dict[str, Any]], Any], **options: Any) -> Make:
    """Changed and signed again by the issuer's own key."""

    def make(installation: Installation, body: bytes) -> bytes:
        document = unsigned(body)
        change(document)
        return signed_by_issuer(installation, document, **options)

    return make


def put(document: dict[str, Any], pointer: str, value: Any) -> None:
    *path, last = pointer.strip("/").split("/")
    place: Any = document
    for step in path:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[last] = value


def setting(pointer: str, value: Any) -> Make:
    return edit(lambda document: put(document, pointer, value))


def resigned_with(pointer: str, value: Any) -> Make:
    return resign(lambda document: put(document, pointer, value))


def clique(size: int) -> list[dict[str, Any]]:
    """Blank nodes that all point at all: a graph on which canonicalization without a budget never ends."""
    names = [f"_:n{n}" for n in range(size)]
    return [
        {"id": name, "type": ["Profile"], "parentOrg": {"id": other, "type": ["Profile"]}}
        for name in names
        for other in names
    ]


def with_proof(change: Callable[[dict[str, Any]], Any]) -> Make:
    return edit(lambda document: change(document["proof"]))


def stranger_signs(installation: Installation, body: bytes) -> bytes:
    return Stranger().sign(installation, unsigned(body), as_issuer=False)


INVALID: dict[str, tuple[Make, str, str]] = {
    "VJ-01 undefined top-level term": (setting("grade", "A+"), "coverage", "proof.coverage"),
    "VJ-01 undefined term deep inside": (
        setting("credentialSubject/achievement/criteria/grade", "A+"), "coverage", "proof.coverage",
    ),
    "VJ-03 top-level id is no IRI": (setting("id", "not an iri"), "schema", "schema.id"),
    "VJ-06 inline context appended": (
        edit(lambda d: d["@context"].append({"name": None})), "context", "context.not_allowed",
    ),
    "VJ-09 contexts in another order": (
        edit(lambda d: d["@context"].insert(0, d["@context"].pop(1))), "context", "context.order",
    ),
    "VJ-10 base context as an object": (
        edit(lambda d: d["@context"].__setitem__(0, {"id": "@id", "type": "@type"})), "context", "context.not_allowed",
    ),
    "VJ-27 no proof": (edit(lambda d: d.pop("proof")), "proof", "proof.missing"),
    "VJ-29 two proofs, one broken": (
        edit(lambda d: d.update(proof=[d["proof"], {**d["proof"], "created": "2026-11-22T00:00:00Z"}])),
        "proof", "proof.crypto",
    ),
    "VJ-30 a proof that is its own predecessor": (
        with_proof(lambda p: p.update(id="urn:uuid:1", previousProof="urn:uuid:1")), "proof", "proof.chain",
    ),
    "VJ-32 proof for authentication": (
        with_proof(lambda p: p.update(proofPurpose="authentication")), "proof", "proof.purpose",
    ),
    "VJ-34 key of another DID": (
        with_proof(lambda p: p.update(verificationMethod=Stranger().method)), "key", "key.binding",
    ),
    "VJ-36 self-made did:key for a did:web issuer": (stranger_signs, "key", "key.binding"),
    "VJ-37 proofValue with another multibase prefix": (
        with_proof(lambda p: p.update(proofValue="u" + p["proofValue"][1:])), "proof", "proof.encoding",
    ),
    "VJ-37 proofValue without a prefix": (
        with_proof(lambda p: p.update(proofValue=p["proofValue"][1:])), "proof", "proof.encoding",
    ),
    "VJ-38 proofValue of 400 kB": (
        with_proof(lambda p: p.update(proofValue="z" + "2" * 400_000)), "proof", "proof.encoding",
    ),
    "VJ-39 signature of 63 bytes": (
        with_proof(lambda p: p.update(proofValue=p["proofValue"][:-2])), "proof", "proof.encoding",
    ),
    "VJ-46 created one day ahead": (
        lambda i, b: signed_by_issuer(i, unsigned(b), created=i.now + timedelta(days=1)), "proof", "proof.created",
    ),
    "VJ-47 proof expired": (
        lambda i, b: signed_by_issuer(
            i, unsigned(b), created=i.now - timedelta(days=2), members={"expires": "2026-11-22T00:00:00Z"}
        ),
        "proof", "proof.expired",
    ),
    "VJ-48 created changed after signing": (
        with_proof(lambda p: p.update(created="2026-11-23T02:59:59Z")), "proof", "proof.crypto",
    ),
    "VJ-49 validFrom in the future": (
        resigned_with("validFrom", "2027-01-01T00:00:00+09:00"), "validity", "validity.not_yet",
    ),
    "VJ-49 validUntil in the past": (
        resign(lambda d: d.update(validFrom="2026-10-05T00:00:00Z", validUntil="2026-11-01T00:00:00Z")),
        "validity", "validity.expired",
    ),
    "VJ-50 validFrom as a number": (resigned_with("validFrom", 99999999999), "schema", "schema.datetime"),
    "VJ-50 validFrom as digits": (resigned_with("validFrom", "99999999999"), "schema", "schema.datetime"),
    "VJ-51 validFrom without a zone": (resigned_with("validFrom", "2026-10-05T10:00:00"), "schema", "schema.datetime"),
    "VJ-51 validFrom as a date": (resigned_with("validFrom", "2026-10-05"), "schema", "schema.datetime"),
    "VJ-51 blank instead of T": (resigned_with("validFrom", "2026-10-05 10:00:00Z"), "schema", "schema.datetime"),
    "VJ-53 leap second": (resigned_with("validUntil", "2016-12-31T23:59:60Z"), "schema", "schema.datetime"),
    "VJ-54 validUntil before validFrom": (
        resigned_with("validUntil", "2020-01-01T00:00:00Z"), "validity", "validity.reversed",
    ),
    "VJ-55 issuer swapped": (
        setting("issuer/id", "did:web:localhost%3A8000:issuers:hekiha-care"), "proof", "proof.crypto",
    ),
    "VJ-61 status deleted": (edit(lambda d: d.pop("credentialStatus")), "proof", "proof.crypto"),
    "VJ-69 two subjects": (
        resign(lambda d: d.update(credentialSubject=[d["credentialSubject"], copy.deepcopy(d["credentialSubject"])])),
        "schema", "schema.violation",
    ),
    "VJ-71 @graph in the badge": (setting("@graph", []), "context", "context.keyword"),
    "VJ-71 @reverse in the badge": (setting("credentialSubject/@reverse", {}), "context", "context.keyword"),
    "VJ-71 @included in the badge": (setting("@included", []), "context", "context.keyword"),
    "VJ-71 @nest in the badge": (setting("credentialSubject/@nest", {"name": "x"}), "context", "context.keyword"),
    "VJ-72 no Open Badge type": (
        resigned_with("type", ["VerifiableCredential"]), "schema", "schema.type",
    ),
    "a result changed": (setting("credentialSubject/result/0/value", "100"), "proof", "proof.crypto"),
    "a name changed": (
        setting("credentialSubject/identifier/0/identityHash", "SUKARTO"), "proof", "proof.crypto",
    ),
    "AP-07 relative subject id": (setting("credentialSubject/id", "learner"), "schema", "schema.id"),
}  # fmt: skip


@pytest.mark.parametrize("case", INVALID)
def test_a_bad_credential_is_invalid_for_the_right_reason(one: tuple[Installation, bytes], case: str) -> None:
    installation, body = one
    make, check, code = INVALID[case]
    report = installation.verify(make(installation, body))
    assert report.verdict == "invalid"
    assert report.finding(check).code == code
    assert report.credential is None or check in {"validity", "proof"}


INDETERMINATE: dict[str, tuple[Make, str, str]] = {
    "VJ-07 a context that we do not hold": (
        edit(lambda d: d["@context"].append("https://contexts.example/v1")), "context", "context.unknown",
    ),
    "VJ-44 an unknown cryptosuite": (
        with_proof(lambda p: p.update(cryptosuite="foo-2099")), "proof", "proof.suite_unsupported",
    ),
    "VJ-62 an unknown status type": (
        resign(lambda d: d.update(credentialStatus={"id": "https://s.example/1", "type": "https://s.example/Other"})),
        "status", "status.unsupported",
    ),
    "VJ-65 status index -1": (resigned_with("credentialStatus/statusListIndex", "-1"), "status", "status.index"),
    "VJ-65 status index 2^63": (
        resigned_with("credentialStatus/statusListIndex", str(2**63)), "status", "status.index",
    ),
    "VJ-65 status index 1e3": (resigned_with("credentialStatus/statusListIndex", "1e3"), "status", "status.index"),
    "VJ-65 status index 0x10": (resigned_with("credentialStatus/statusListIndex", "0x10"), "status", "status.index"),
    "SL-05 index past the end": (
        resigned_with("credentialStatus/statusListIndex", "131072"), "status", "status.range",
    ),
    "DD-20 an unknown DID method": (
        resign(lambda d: d["issuer"].update(id="did:foo:1"), method="did:foo:1#key-1"), "key", "did.unsupported",
    ),
    "DD-01 a DID at a loopback address": (
        resign(lambda d: d["issuer"].update(id="did:web:127.0.0.1"), method="did:web:127.0.0.1#key-1"),
        "key", "did.forbidden",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", INDETERMINATE)
def test_what_cannot_be_checked_is_never_called_valid_or_forged(one: tuple[Installation, bytes], case: str) -> None:
    installation, body = one
    make, check, code = INDETERMINATE[case]
    report = installation.verify(make(installation, body))
    assert report.verdict == "indeterminate"
    assert report.finding(check).code == code
    assert report.finding(check).outcome == "unknown"


REFUSED: dict[str, tuple[bytes, int, str]] = {
    "VJ-13 NaN": (b'{"type":["VerifiableCredential"],"@context":["x"],"a":NaN}', 400, "parse.number"),
    "VJ-14 1e999": (b'{"type":["VerifiableCredential"],"@context":["x"],"a":1e999}', 400, "parse.number"),
    "VJ-15 an integer of 5,000 digits": (b'{"a":' + b"9" * 5_000 + b"}", 400, "parse.number"),
    "VJ-16 a lone surrogate": (b'{"name":"\\ud800"}', 400, "parse.unicode"),
    "VJ-17 NUL": (b'{"name":"\\u0000"}', 400, "parse.unicode"),
    "VJ-18 100,000 nested arrays": (b"[" * 100_000, 400, "parse.depth"),
    "VJ-19 600 nested objects": (b'{"evidence":' * 600 + b"1" + b"}" * 600, 400, "parse.depth"),
    "VJ-20 10 MiB": (b'{"a":"' + b"x" * (10 << 20) + b'"}', 413, "request.body_size"),
    "VJ-21 20,000 small nodes": (b'{"evidence":[' + b",".join([b'{"a":1}'] * 20_000) + b"]}", 400, "parse.limit"),
    "VJ-24 UTF-16": ('{"name":"x"}'.encode("utf-16"), 400, "parse.encoding"),
    "VJ-25 invalid UTF-8": (b'{"name":"\xff"}', 400, "parse.encoding"),
    "VJ-26 a number": (b"1", 400, "parse.not_an_object"),
    "VJ-26 a string": (b'"x"', 400, "parse.not_an_object"),
    "VJ-26 an array": (b"[]", 400, "parse.not_an_object"),
    "VJ-26 an empty object": (b"{}", 422, "verify.not_a_credential"),
    "VJ-26 nothing": (b"", 400, "parse.syntax"),
    "VJ-75 an Open Badges 2.0 assertion": (
        b'{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://x.example/1"}',
        422, "verify.open_badges_2",
    ),
    "VJ-74 a presentation in presentations, 30 deep": (
        b'{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":'
        * 30
        + b"{}"
        + b"}" * 30,
        422, "vp.nested",
    ),
    "a JWT of a presentation that is none": (b"eyJ0eXAiOiJ2cCtqd3QiLCJhbGciOiJFUzI1NiJ9.e30.AA", 422, "vc.context"),
    "VW-27 an SD-JWT that says of no kind that it is one": (
        b"eyJhbGciOiJFUzI1NiJ9.e30.AA~WyJhIl0~", 422, "verify.unsupported_token",
    ),
    "PN-09 only the signature of a PNG": (b"\x89PNG\r\n\x1a\n", 422, "image.damaged"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_credential_is_refused_with_a_typed_error(one: tuple[Installation, bytes], case: str) -> None:
    installation, _ = one
    data, status, code = REFUSED[case]
    with pytest.raises(Refused) as refused:
        installation.verify(data)
    assert (refused.value.status, refused.value.code) == (status, code)


def test_vj_73_of_two_presented_badges_each_has_its_verdict(one: tuple[OverHttp, bytes]) -> None:
    installation, body = one
    forged = changed(body, lambda d: d.update(name="博士"))
    presentation = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [json.loads(body), json.loads(forged)],
    }
    report = installation.verify(json.dumps(presentation).encode())
    assert [each["verdict"] for each in report.json["credentials"]] == ["valid", "invalid"]
    assert report.verdict != "valid"


def test_vj_11_a_member_named_twice_is_refused(one: tuple[Installation, bytes]) -> None:
    installation, body = one
    with pytest.raises(Refused) as refused:
        installation.verify(body.replace(b'{"@context"', b'{"name":"x","@context"', 1))
    assert refused.value.code == "parse.duplicate_key"


def test_vj_64_a_thousand_status_entries_are_refused(one: tuple[Installation, bytes]) -> None:
    installation, body = one
    many = changed(body, lambda d: d.update(credentialStatus=[d["credentialStatus"]] * 1_000))
    with pytest.raises(Refused) as refused:
        installation.verify(many)
    assert refused.value.code in {"verify.too_many_parts", "parse.limit"}


def test_vj_31_two_hundred_proofs_are_not_looked_at(one: tuple[Installation, bytes]) -> None:
    installation, body = one
    report = installation.verify(changed(body, lambda d: d.update(proof=[d["proof"]] * 200)))
    assert report.finding("proof").code == "proof.limit"
    assert report.verdict == "indeterminate"  # they were not looked at


@pytest.mark.parametrize("size", [6, 8, 10, 20])
def test_vj_22_vj_23_a_poison_graph_is_refused_at_once(one: tuple[Installation, bytes], size: int) -> None:
    """Without labels the nodes of a document form trees, so no document gets to the work that has no end. What the
    canonicalization does with such graphs is shown on graphs."""
    installation, body = one

    def poison(document: dict[str, Any]) -> None:
        document["credentialSubject"]["achievement"]["creator"] = {
            "type": ["Profile"], "id": "https://x.example", "parentOrg": clique(size),
        }  # fmt: skip

    report = installation.verify(changed(body, poison))
    assert report.verdict == "invalid"
    assert report.finding("coverage").code == "proof.coverage"


def endorsed(number: int, urls: list[str], types: list[str]) -> dict[str, Any]:
    return {"@context": urls, "id": f"urn:uuid:{number}", "type": ["VerifiableCredential", *types]}


COSTLY = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1",
          "https://w3id.org/security/data-integrity/v2"]  # fmt: skip
TYPES = ["Achievement", "AchievementSubject", "Address", "Alignment", "Profile", "Related", "Image"]


@pytest.mark.parametrize("proofs", [1, 16])
def test_contexts_cannot_be_made_to_cost_seconds(one: tuple[Installation, bytes], proofs: int) -> None:
    installation, body = one

    def burden(document: dict[str, Any]) -> None:
        base = document["@context"]
        orders = itertools.permutations([*base[1:], *COSTLY])
        document["evidence"] = [
            endorsed(n, [base[0], *order], list(itertools.islice(itertools.cycle(TYPES), n % 7, n % 7 + 5)))
            for n, order in enumerate(itertools.islice(orders, 120))
        ]
        own = {**document["proof"], "verificationMethod": Stranger().method}
        costly = [{**own, "name": document["evidence"][n * 7 : n * 7 + 7]} for n in range(16)]
        document["proof"] = costly[:proofs]

    report = installation.verify(changed(body, burden))
    assert report.verdict == "invalid"
    assert report.finding("coverage").code in {"proof.coverage", "coverage.not_checked"}


def test_vj_67_vj_68_addresses_inside_a_credential_are_never_opened(one: tuple[Installation, bytes]) -> None:
    installation, body = one

    def lure(document: dict[str, Any]) -> None:
        document["credentialSchema"].append({"id": "http://169.254.169.254/", "type": "1EdTechJsonSchemaValidator2019"})
        document["refreshService"] = {"id": "http://10.0.0.1/", "type": "1EdTechCredentialRefresh"}
        document["evidence"] = [{"id": "http://127.0.0.1/", "type": ["Evidence"]}]

    # Sockets are closed in this test run: an attempt to connect would raise.
    report = installation.verify(resign(lure)(installation, body))
    assert (report.verdict, report.finding("schema").code) == ("indeterminate", "schema_ref.not_held")
    left = {check.id: check.finding.code for check in report.checks if check.finding.outcome in {"fail", "unknown"}}
    assert [name for name, code in left.items() if not code.endswith(".not_judged")] == ["schema"]


def test_vj_79_a_big_picture_does_no_harm(one: tuple[Installation, bytes]) -> None:
    installation, body = one
    picture = {"id": "data:image/png;base64," + "A" * 400_000, "type": "Image"}
    report = installation.verify(resigned_with("image", picture)(installation, body))
    assert report.verdict == "valid"


def test_vj_52_the_far_end_of_the_calendar_is_no_error(one: tuple[Installation, bytes]) -> None:
    installation, body = one
    report = installation.verify(resigned_with("validUntil", "9999-12-31T23:59:59-14:00")(installation, body))
    assert report.verdict == "valid"


def test_no_error_repeats_what_was_sent(one: tuple[Installation, bytes]) -> None:
    installation, body = one
    canary = "canary-4711"
    spoiled = json.loads(body)
    spoiled[canary + " " * 80] = canary
    report = installation.verify(json.dumps(spoiled).encode())
    assert canary not in repr([check.finding for check in report.checks])


def test_vj_73_a_presentation_of_nothing_by_nobody_is_invalid(one: tuple[Installation, bytes]) -> None:
    installation, _ = one
    assert isinstance(installation, OverHttp)
    shown = b'{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiablePresentation"}'
    assert installation.ask(shown).json()["verdict"] == "invalid"
