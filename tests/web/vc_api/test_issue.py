"""Issuing through the VC API: an award in the shape of a credential, never the credential itself (VA-01, INV-05)."""

from typing import Any

import pytest

from jmc_vc.accrediting.sanction_program import Sanction
from tests.builders.installation import OPERATOR
from tests.web.vc_api.conftest import CONTEXTS, VERSION, Json, VcApi, altered, identity


def test_the_least_that_is_posted_becomes_a_whole_badge(api: VcApi) -> None:
    """VA-01."""
    answer = api.issue(api.posted())
    assert answer.status_code == 201
    assert set(answer.json()) == {"verifiableCredential"}
    credential = answer.json()["verifiableCredential"]
    assert credential["credentialSubject"]["achievement"]["criteria"]
    assert credential["jmc:programVersion"]["id"] == VERSION
    assert api.running.installation.verify(answer.content.removeprefix(b'{"verifiableCredential":')[:-1]).verdict == (
        "valid"
    )


def test_an_issued_credential_can_be_posted_again_for_another_learner(api: VcApi) -> None:
    first = api.issued(evidence=[{"type": ["Evidence"], "id": "https://works.example/1", "name": "作品"}])
    again = {
        name: member
        for name, member in first.items()
        if name not in {"id", "validFrom", "validUntil", "credentialStatus", "proof"}
    }
    subject = again["credentialSubject"]
    subject["identifier"] = [each for each in subject["identifier"] if each["identityType"] == "name"]
    subject["identifier"].append(identity("emailAddress", api.email()))
    answer = api.issue(again)
    assert answer.status_code == 201, answer.text
    issued = answer.json()["verifiableCredential"]
    assert issued["id"] != first["id"]
    for name in ("name", "description", "issuer", "awardedDate", "evidence", "jmc:programVersion"):
        assert issued[name] == first[name]


def test_one_thing_may_be_written_as_a_list_of_one_and_nothing_as_an_empty_list(api: VcApi) -> None:
    """VA-01: as everywhere in JSON-LD; and `/v1` takes no evidence as an empty list too."""
    achievement = api.issued()["credentialSubject"]["achievement"]
    for one in (achievement, {"id": VERSION}, VERSION):
        answer = api.issue(api.posted(credentialSubject=api.subject(achievement=[one]), evidence=[]))
        assert answer.status_code == 201, answer.text
        assert "evidence" not in answer.json()["verifiableCredential"]
    two = api.issue(api.posted(credentialSubject=api.subject(achievement=[VERSION, VERSION])))
    assert (two.status_code, two.json()["code"]) == (422, "program.not_named")
    assert api.issue(api.posted(evidence={})).status_code == 422


def test_the_name_of_an_open_badge_and_a_did_are_read(api: VcApi) -> None:
    did = "did:key:z6Mkg1xSqhZN1tBd7nzFXKR8uFnnVN9oYdnrkjko475VZW5c"
    subject = api.subject(**{"jmc:recipientName": None, "identifier": [identity("name", "Ada Lovelace")], "id": did})
    issued = api.issued(credentialSubject=[subject])["credentialSubject"]
    assert issued["id"] == did
    assert issued["jmc:recipientName"] == {"fullName": "Ada Lovelace"}


def test_the_same_credential_id_gives_the_same_credential(api: VcApi) -> None:
    posted = api.posted()
    first, again = (api.issue(posted, credentialId="urn:uuid:7").content for _ in range(2))
    assert first == again
    answer = api.issue(api.posted(), credentialId="urn:uuid:7")
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_conflict")


def test_a_repeat_gets_its_answer_though_the_program_is_suspended_since(api: VcApi) -> None:
    """INV-01 is asked for what is new; the version that is not there, as /v1 asks it."""
    posted, installation = api.posted(), api.running.installation
    first = api.issue(posted, credentialId="before").content

    def sanction(move: Sanction) -> None:
        installation.service.sanction_program(
            "JMC-P-900001", "1", move, reason="調査", actor=OPERATOR, now=installation.now
        )

    sanction(Sanction.SUSPEND)
    try:
        assert api.issue(posted, credentialId="before").content == first
        assert api.issue(api.posted()).json()["code"] == "program.suspended"
    finally:
        sanction(Sanction.REINSTATE)


@pytest.mark.parametrize(
    ("types", "status"),
    [
        (["OpenBadgeCredential", "VerifiableCredential"], 201),
        (["VerifiableCredential", "AchievementCredential"], 201),
        (["VerifiableCredential"], 201),
        (["VerifiableCredential", "EndorsementCredential"], 422),
    ],
)
def test_types_are_compared_without_their_order_and_some_may_be_left_out(
    api: VcApi, types: list[str], status: int
) -> None:
    answer = api.issue(api.posted(type=types))
    assert answer.status_code == status, answer.text
    if status == 201:
        assert answer.json()["verifiableCredential"]["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    else:
        assert "type" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["results", "version", "program", "recipient"])
def test_a_member_with_the_name_of_one_of_ours_is_blamed_where_it_stands(api: VcApi, name: str) -> None:
    answer = api.issue(api.posted(**{name: "x"}))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/credential/{name}")


def test_the_name_in_one_text_may_only_repeat_the_name_with_its_parts(api: VcApi) -> None:
    """INV-33."""

    def named(text: str) -> Json:
        entries = [identity("emailAddress", api.email()), identity("name", text)]
        return api.posted(credentialSubject=api.subject(identifier=entries))

    assert api.issue(named("𠮷野 葛󠄀葉")).status_code == 201
    answer = api.issue(named("別人 太郎"))
    assert (answer.status_code, answer.json()["code"]) == (422, "program.content_differs")
    assert answer.json()["errors"][0]["pointer"] == "/credential/credentialSubject/identifier/1/identityHash"


_DIFFERENT: dict[str, tuple[tuple[Any, ...], Any, str]] = {
    "name": (("name",), "博士", "/credential/name"),
    "description": (("description",), "x", "/credential/description"),
    "issuer": (("issuer",), "did:web:elsewhere.example", "/credential/issuer"),
    "issuer-object": (("issuer",), {"id": "did:web:elsewhere.example"}, "/credential/issuer/id"),
    "issuer-name": (("issuer",), {"name": "Other"}, "/credential/issuer/name"),
    "type": (("type",), ["VerifiableCredential", "OpenBadgeCredential", "Other"], "/credential/type"),
    "achievement-name": (
        ("credentialSubject", "achievement", "name"), "博士", "/credential/credentialSubject/achievement/name",
    ),
    "achievement-criteria": (
        ("credentialSubject", "achievement", "criteria"), {"narrative": "none"},
        "/credential/credentialSubject/achievement/criteria/narrative",
    ),
    "achievement-more": (
        ("credentialSubject", "achievement", "image"), {"id": "https://x.example/1.png", "type": "Image"},
        "/credential/credentialSubject/achievement/image",
    ),
    "achievement-alignment": (
        ("credentialSubject", "achievement", "alignment"), [], "/credential/credentialSubject/achievement/alignment",
    ),
    "credits": (("credentialSubject", "creditsEarned"), 99, "/credential/credentialSubject/creditsEarned"),
    "subject-more": (("credentialSubject", "narrative"), "x", "/credential/credentialSubject/narrative"),
    "digest": (
        ("jmc:programVersion",), {"id": VERSION, "contentDigest": "sha-256:0"},
        "/credential/jmc:programVersion/contentDigest",
    ),
    "valid-until": (("validUntil",), "2099-01-01T00:00:00Z", "/credential/validUntil"),
    "no-test-data": (("jmc:testData",), False, "/credential/jmc:testData"),
    "test-data-as-number": (("jmc:testData",), 1, "/credential/jmc:testData"),
    "terms": (("termsOfUse",), {"type": "x"}, "/credential/termsOfUse"),
}  # fmt: skip


@pytest.mark.parametrize("name", _DIFFERENT)
def test_what_differs_from_the_approved_content_is_refused(api: VcApi, name: str) -> None:
    path, value, pointer = _DIFFERENT[name]
    answer = api.issue(altered(api.posted(), *path, to=value))
    assert (answer.status_code, answer.json()["code"]) == (422, "program.content_differs")
    assert answer.json()["errors"][0]["pointer"] == pointer


_REFUSED: dict[str, tuple[tuple[Any, ...], Any, str | None, str]] = {
    "own-id": (("id",), "urn:uuid:1", "request.extra_member", "/credential/id"),
    "valid-from": (("validFrom",), "2026-10-01T00:00:00Z", "request.extra_member", "/credential/validFrom"),
    "proof": (("proof",), {"type": "DataIntegrityProof"}, "request.extra_member", "/credential/proof"),
    "status": (("credentialStatus",), {"type": "X"}, "request.extra_member", "/credential/credentialStatus"),
    "inline-context-CX-04": (
        ("@context",), [*CONTEXTS, {"@vocab": "https://x.example/#"}], "context.not_allowed",
        f"/credential/@context/{len(CONTEXTS)}",
    ),
    "other-context": (
        ("@context",), [CONTEXTS[0], "https://www.w3.org/ns/credentials/examples/v2"], "context.not_allowed",
        "/credential/@context/1",
    ),
    "no-base-context": (("@context",), CONTEXTS[1:], "vc.context", "/credential/@context"),
    "no-credential": (("type",), ["OpenBadgeCredential"], "vc.type", "/credential/type"),
    "no-program": (
        ("credentialSubject", "achievement"), {}, "program.not_named",
        "/credential/credentialSubject/achievement/id",
    ),
    "foreign-program": (
        ("credentialSubject", "achievement"), {"id": "https://elsewhere.example/programs/1/v/1"}, "program.not_named",
        "/credential/credentialSubject/achievement/id",
    ),
    "two-programs": (
        ("jmc:programVersion",), {"id": VERSION[:-1] + "2"}, "program.not_named",
        "/credential/credentialSubject/achievement/id",
    ),
    "program-of-another": (
        ("credentialSubject", "achievement"), {"id": "http://localhost:8000/programs/JMC-P-900003/v/1"}, None,
        "/credential/credentialSubject/",
    ),
    "date": (("awardedDate",), "soon", "request.date", "/credential/awardedDate"),
    "date-before-accreditation": (("awardedDate",), "2026-03-31", None, "/credential/awardedDate"),
    "date-to-come": (("awardedDate",), "2027-03-31", None, "/credential/awardedDate"),
    "hashed-email": (
        ("credentialSubject", "identifier"), [identity("emailAddress", "sha256$00", hashed=True)], "request.value",
        "/credential/credentialSubject/identifier/0/hashed",
    ),
    "identity-that-is-no-text": (
        ("credentialSubject", "identifier"), [identity("emailAddress", "x", identityHash=7)], "request.value",
        "/credential/credentialSubject/identifier/0/identityHash",
    ),
    "identity-of-another-type": (
        ("credentialSubject", "identifier"), [identity("emailAddress", "x@a.example", type="Other")], "request.value",
        "/credential/credentialSubject/identifier/0/type",
    ),
    "identity-with-more": (
        ("credentialSubject", "identifier"), [identity("emailAddress", "x@a.example", salt="7")], "request.value",
        "/credential/credentialSubject/identifier/0/salt",
    ),
    "two-emails": (
        ("credentialSubject", "identifier"),
        [identity("emailAddress", "x@a.example"), identity("emailAddress", "y@a.example")], "request.value",
        "/credential/credentialSubject/identifier",
    ),
    "other-identifier": (
        ("credentialSubject", "identifier"), [identity("nationalIdentityNumber", "1")], "request.value",
        "/credential/credentialSubject/identifier/0/identityType",
    ),
    "bad-email": (
        ("credentialSubject", "identifier"), [identity("emailAddress", "nobody")], "request.email",
        "/credential/credentialSubject/identifier",
    ),
    "nobody": (
        ("credentialSubject", "identifier"), [identity("name", "Ada")], "request.recipient_identifier",
        "/credential/credentialSubject",
    ),
    "bad-did": (("credentialSubject", "id"), "did:x", "request.did", "/credential/credentialSubject/id"),
    "result-below": (
        ("credentialSubject", "result", 0, "value"), "1", "request.result_not_met",
        "/credential/credentialSubject/result",
    ),
    "result-of-elsewhere": (
        ("credentialSubject", "result", 0, "resultDescription"), "https://x.example/#A1", "request.value",
        "/credential/credentialSubject/result/0/resultDescription",
    ),
    "result-missing": (
        ("credentialSubject", "result"), [], None, "/credential/credentialSubject/result",
    ),
    "result-more": (
        ("credentialSubject", "result", 0, "note"), "x", "request.value",
        "/credential/credentialSubject/result/0/note",
    ),
    "result-of-another-type": (
        ("credentialSubject", "result", 0, "type"), ["Other"], "request.value",
        "/credential/credentialSubject/result/0/type",
    ),
    "result-that-failed": (
        ("credentialSubject", "result", 0, "status"), "Failed", "request.value",
        "/credential/credentialSubject/result/0/status",
    ),
    "result-with-two-values": (
        ("credentialSubject", "result", 1, "value"), "82", None, "/credential/credentialSubject/result",
    ),
    "evidence-of-another-type": (
        ("evidence",), [{"type": ["Other"], "name": "x"}], "request.value", "/credential/evidence/0/type",
    ),
    "evidence-without-content": (("evidence",), [{"type": ["Evidence"]}], "request.value", "/credential/evidence/0"),
    "two-subjects": (
        ("credentialSubject",), [{"id": "a:1"}, {"id": "a:2"}], "request.value", "/credential/credentialSubject",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", _REFUSED)
def test_what_is_no_award_is_refused_where_it_stands(api: VcApi, name: str) -> None:
    path, value, code, pointer = _REFUSED[name]
    answer = api.issue(altered(api.posted(), *path, to=value))
    problem = answer.json()
    assert 400 <= answer.status_code < 500, answer.text
    assert code in (None, problem["code"])
    assert problem["errors"][0]["pointer"].startswith(pointer)


def test_a_version_that_is_not_there_is_refused(api: VcApi) -> None:
    subject = api.subject(achievement={"id": VERSION[:-1] + "9"}, result=None)
    answer = api.issue(api.posted(credentialSubject=subject))
    assert (answer.status_code, answer.json()["code"]) == (422, "program.unknown")


def test_a_member_that_is_needed_is_named(api: VcApi) -> None:
    answer = api.issue(api.posted(awardedDate=None))
    assert (answer.status_code, answer.json()["code"]) == (422, "request.missing_member")


def test_the_same_award_twice_is_refused(api: VcApi) -> None:
    posted = api.posted()
    assert [api.issue(posted).status_code for _ in range(2)] == [201, 409]


def test_errors_have_the_types_of_w3c(api: VcApi) -> None:
    """VA-04, VC-14."""
    problem = api.issue(api.posted(**{"@context": []})).json()
    assert problem["type"] == "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"
    problem = api.issue(altered(api.posted(), "name", to="x")).json()
    assert problem["type"] == "http://localhost:8000/problems/program.content_differs"
    assert set(problem) >= {"type", "title", "status", "detail", "code"}


@pytest.mark.parametrize(
    "options", [{"mandatoryPointers": ["/issuer"]}, {"credentialId": ""}, {"credentialId": "日本"}, {"other": 1}]
)
def test_options_that_are_not_offered_are_refused(api: VcApi, options: Json) -> None:
    assert api.issue(api.posted(), **options).status_code == 422


PATHS = [
    ("POST", "credentials/issue"),
    ("POST", "credentials/verify"),
    ("POST", "presentations/verify"),
    ("POST", "credentials/status"),
    ("POST", "credentials/derive"),
    ("GET", "credentials/3978344f-8596-4c3a-a978-8fcaba3903c5"),
]


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_without_a_key_nothing_is_done(api: VcApi, method: str, path: str) -> None:
    client = api.running.client
    for headers in ({}, {"authorization": "Bearer nonsense"}):
        answer = client.request(method, f"/vc-api/{path}", json={} if method == "POST" else None, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_program_whose_credentials_are_tokens_answers_an_envelope(api: VcApi) -> None:
    with api.as_tokens():
        envelope = api.issued()
    assert envelope["type"] == "EnvelopedVerifiableCredential"
    assert envelope["id"].startswith("data:application/jwt,eyJ")
    assert api.verify(envelope).json()["verified"] is True
