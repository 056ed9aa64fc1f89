"""Reading, status and derivation through the VC API (VA-03)."""

from functools import partial
from urllib.parse import quote

import pytest

from jmc_vc.domain.status_list import StatusForm
from jmc_vc.formats.data_integrity.selective.base_proof import add_base_proof
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from tests.builders.contexts import shipped_contexts
from tests.builders.installation import NOON, OPERATOR
from tests.builders.signers import signer
from tests.builders.suites import credential as plain
from tests.web.vc_api.conftest import Json, VcApi


def update(
    api: VcApi, credential_id: str, purpose: str, status: object, slug: str | None = None, **more: object
) -> Json:
    entry = {"type": "BitstringStatusListEntry", "statusPurpose": purpose}
    body = {"credentialId": credential_id, "credentialStatus": entry, "status": status, **more}
    answer = api.call("credentials/status", body, slug)
    return {"http": answer.status_code, **answer.json()}


def test_one_of_ones_own_credentials_is_read_as_it_was_issued(api: VcApi) -> None:
    """VA-03."""
    issued = api.issued()
    path = f"/vc-api/credentials/{issued['id'].rpartition('/')[2]}"
    answer = api.running.client.get(path, headers=api.running.bearer())
    assert answer.json() == {"verifiableCredential": issued}
    assert api.running.client.get(path, headers=api.running.bearer(api.running.other)).status_code == 404
    assert api.running.client.get("/vc-api/credentials/none", headers=api.running.bearer()).status_code == 404


def test_a_credential_is_suspended_reinstated_and_revoked(api: VcApi) -> None:
    """VA-03."""
    issued = api.issued()
    for purpose, status, more, verified in (
        ("suspension", True, {}, False),
        ("suspension", False, {}, True),
        ("revocation", True, {"reasonCode": "issued_in_error", "reason": "誤発行のため"}, False),
    ):
        answer = update(api, issued["id"], purpose, status, **more)
        assert (answer["http"], answer["credentialId"], answer["status"]) == (200, issued["id"], status)
        assert api.verify(issued).json()["verified"] is verified
    problems = [each["code"] for each in api.verify(issued).json()["problemDetails"]]
    assert problems == ["status.revoked"]


def test_the_last_part_of_the_id_will_do_and_the_whole_entry_may_be_sent(api: VcApi) -> None:
    issued = api.issued()
    uuid = issued["id"].rpartition("/")[2]
    body = {
        "credentialId": uuid,
        "credentialStatus": issued["credentialStatus"],
        "status": True,
        "reasonCode": "holder_request",
    }
    assert api.call("credentials/status", body).status_code == 200


def test_a_revocation_needs_a_reason_and_is_final(api: VcApi) -> None:
    """INV-26."""
    issued = api.issued()
    answer = update(api, issued["id"], "revocation", True)
    assert (answer["http"], answer["code"]) == (422, "status.reason_required")
    assert update(api, issued["id"], "revocation", False)["code"] == "request.value"
    assert update(api, issued["id"], "suspension", False)["code"] == "credential.not_suspended"
    assert update(api, issued["id"], "revocation", True, reasonCode="x")["http"] == 422
    assert update(api, issued["id"], "revocation", True, reasonCode="identity_fraud")["http"] == 200
    assert update(api, issued["id"], "suspension", True)["code"] == "credential.revoked_final"


def test_nobody_changes_the_status_of_anothers_credential(api: VcApi) -> None:
    issued = api.issued()
    assert update(api, issued["id"], "suspension", True, api.running.other)["code"] == "credential.not_found"
    for unknown in ("urn:uuid:1", "https://elsewhere.example/credentials/" + issued["id"][-36:], "x" * 36):
        assert update(api, unknown, "suspension", True)["code"] == "credential.not_found"


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "true"},
        {"status": None},
        {"credentialStatus": {"type": "Other", "statusPurpose": "revocation"}},
        {"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "message"}},
        {"credentialStatus": "revocation"},
        {"more": 1},
        {"indexAllocator": "https://issuer.example/allocator"},
        {"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "suspension", "note": "x"}},
    ],
)
def test_a_change_that_cannot_be_read_is_refused(api: VcApi, changes: Json) -> None:
    entry = {"type": "BitstringStatusListEntry", "statusPurpose": "suspension"}
    body = {"credentialId": "7", "credentialStatus": entry, "status": True, **changes}
    assert api.call("credentials/status", body).status_code == 422


@pytest.mark.parametrize("form", StatusForm)
def test_every_form_of_status_is_changed_by_its_entry(api: VcApi, form: StatusForm) -> None:
    """OB-34, BS-01: the answer says where the status stands, from what is stored."""
    installation = api.running.installation
    change = partial(installation.service.set_issuing_settings, "JMC-P-900001", actor=OPERATOR)
    change(status_form=form, now=installation.now)
    try:
        issued = api.issued()
    finally:
        change(status_form=StatusForm.BITSTRING, now=installation.now)
    entry = issued["credentialStatus"]
    body = {"credentialId": issued["id"], "credentialStatus": entry, "status": True, "reasonCode": "holder_request"}
    other = "1EdTechRevocationList" if form is StatusForm.BITSTRING else "BitstringStatusListEntry"
    for wrong in ({"type": other}, {"id": f"{entry['id']}0"}):
        answer = api.call("credentials/status", {**body, "credentialStatus": {**entry, **wrong}})
        assert (answer.status_code, answer.json()["code"]) in ((422, "request.value"), (422, "request.missing_member"))
    suspended = {**entry, "statusPurpose": "suspension"}
    assert api.call("credentials/status", {**body, "credentialStatus": suspended}).status_code == 422
    answer = api.call("credentials/status", body)
    assert (answer.status_code, answer.json()) == (
        200,
        {"credentialId": issued["id"], "credentialStatus": entry, "status": True},
    )
    assert api.verify(issued).json()["problemDetails"][0]["code"] == "status.revoked"


@pytest.mark.parametrize("name", ["statusListIndex", "statusListCredential", "id"])
def test_what_is_said_of_the_place_has_to_be_right_and_is_not_said_back(api: VcApi, name: str) -> None:
    issued = api.issued()
    stated = {**issued["credentialStatus"], name: "http://localhost:8000/status/9/revocation"}
    body = {"credentialId": issued["id"], "credentialStatus": stated, "status": True, "reasonCode": "holder_request"}
    answer = api.call("credentials/status", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/credentialStatus/{name}")
    assert api.verify(issued).json()["verified"] is True
    minimal = {"type": "BitstringStatusListEntry", "statusPurpose": "suspension"}
    answer = api.call("credentials/status", {**body, "credentialStatus": minimal})
    entry = issued["credentialStatus"]
    address = entry["statusListCredential"].replace("revocation", "suspension")
    assert answer.json()["credentialStatus"] == {
        "id": f"{address}#{entry['statusListIndex']}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "suspension",
        "statusListIndex": entry["statusListIndex"],
        "statusListCredential": address,
    }


@pytest.mark.parametrize("name", ["urn:uuid:own-7", "https://issuer.example/awards/7?x=%2F", "7"])
def test_a_credential_is_found_by_what_the_caller_called_it(api: VcApi, name: str) -> None:
    """VA-03."""
    issued = api.issue(api.posted(), credentialId=name).json()["verifiableCredential"]
    path = f"/vc-api/credentials/{quote(name, safe=':/')}"
    assert api.running.client.get(path, headers=api.running.bearer()).json() == {"verifiableCredential": issued}
    other = api.running.bearer(api.running.other)
    assert api.running.client.get(path, headers=other).status_code == 404
    assert update(api, name, "suspension", True, api.running.other)["code"] == "credential.not_found"
    assert update(api, name, "suspension", True)["credentialId"] == issued["id"]
    assert api.verify(issued).json()["verified"] is False


@pytest.mark.parametrize("whole", [True, False])
def test_no_name_of_the_callers_stands_before_another_credential_of_theirs(api: VcApi, whole: bool) -> None:
    """A name that is another credential's id must not keep that one from being revoked."""
    meant = api.issued()
    name = meant["id"] if whole else meant["id"].rpartition("/")[2]
    shield = api.issue(api.posted(), credentialId=name).json()["verifiableCredential"]
    path = f"/vc-api/credentials/{quote(name, safe=':/')}"
    assert api.running.client.get(path, headers=api.running.bearer()).json() == {"verifiableCredential": meant}
    answer = update(api, name, "revocation", True, reasonCode="issued_in_error")
    assert (answer["http"], answer["credentialId"]) == (200, meant["id"])
    assert [api.verify(each).json()["verified"] for each in (meant, shield)] == [False, True]


def test_a_name_that_looks_like_an_id_of_nobody_is_found(api: VcApi) -> None:
    name = "00000000-0000-4000-8000-000000000007"
    issued = api.issue(api.posted(), credentialId=name).json()["verifiableCredential"]
    assert update(api, name, "suspension", True)["credentialId"] == issued["id"]


def test_members_that_an_entry_of_this_form_does_not_have_are_refused(api: VcApi) -> None:
    """OB-34: nothing that is said of the place goes unread."""
    installation = api.running.installation
    change = partial(installation.service.set_issuing_settings, "JMC-P-900001", actor=OPERATOR, now=installation.now)
    change(status_form=StatusForm.REVOCATION_LIST)
    try:
        issued = api.issued()
    finally:
        change(status_form=StatusForm.BITSTRING)
    entry = {**issued["credentialStatus"], "statusPurpose": "revocation"}
    body = {"credentialId": issued["id"], "status": True, "reasonCode": "holder_request"}
    for wrong in ({"statusListIndex": "7"}, {"statusListIndex": None}):
        answer = api.call("credentials/status", {**body, "credentialStatus": {**entry, **wrong}})
        assert (answer.status_code, answer.json()["code"]) == (422, "request.value")
    assert api.call("credentials/status", {**body, "credentialStatus": entry}).status_code == 200


def base() -> Json:
    issuer = signer(KeyAlgorithm.P256)
    document = plain(issuer=issuer.method.partition("#")[0])
    return dict(
        add_base_proof(
            document,
            verification_method=issuer.method,
            created=NOON,
            sign=issuer.sign,
            contexts=shipped_contexts(),
            mandatory_pointers=["/issuer"],
            random=lambda size: b"7" * size,
        )
    )


def derive(api: VcApi, document: object, *pointers: str) -> Json:
    body = {"verifiableCredential": document, "options": {"selectivePointers": [*pointers]}}
    answer = api.call("credentials/derive", body)
    return {"http": answer.status_code, **answer.json()}


def test_a_part_is_derived_and_nothing_more_is_in_it(api: VcApi) -> None:
    """VA-03, DI-08."""
    answer = derive(api, base(), "/credentialSubject/name")
    assert answer["http"] == 201
    shown = answer["verifiableCredential"]
    assert shown["credentialSubject"] == {"id": "did:example:alice", "name": "Alice"}
    assert shown["proof"]["cryptosuite"] == "ecdsa-sd-2023"
    hidden = derive(api, base())["verifiableCredential"]
    assert "credentialSubject" not in hidden
    checks = {each["id"]: each["outcome"] for each in api.verify(shown).json()["report"]["checks"]}
    assert checks["proof"] == "pass"


@pytest.mark.parametrize(
    ("document", "pointers", "code"),
    [
        (base(), ["/nothing"], "proof.pointer"),
        (base(), ["credentialSubject"], "proof.pointer"),
        ({**base(), "credentialSubject": {"id": "did:example:bob"}}, ["/issuer"], "proof.crypto"),
        ({**base(), "proof": {**base()["proof"], "cryptosuite": "eddsa-rdfc-2022"}}, ["/issuer"], "proof.no_base"),
        (plain(), ["/issuer"], "proof.missing"),
        ([], ["/issuer"], "request.value"),
    ],
    ids=["nothing", "no-pointer", "altered", "other-suite", "no-proof", "list"],
)
def test_what_cannot_be_derived_is_refused(api: VcApi, document: object, pointers: list[str], code: str) -> None:
    """DI-08."""
    answer = derive(api, document, *pointers)
    assert (answer["http"], answer["code"]) == (422, code)
