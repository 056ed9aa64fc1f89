"""The rules that every verifiable credential keeps, whoever issued it."""

import copy
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.errors import Error
from jmc_vc.formats.data_model.credential import Credential, check_credential
from jmc_vc.formats.data_model.shape import BASE_CONTEXT_V1, BASE_CONTEXT_V2, DataModel
from jmc_vc.formats.jsonld import Contexts, canonical_nquads
from jmc_vc.formats.jsonld.inline_contexts import ContextsOfOneDocument
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.sentences import SENTENCES
from tests.builders.contexts import shipped_contexts

MISSING: Any = object()
NO_URL = "https ://issuer.example/1"

CREDENTIAL: dict[str, Any] = {
    "@context": [BASE_CONTEXT_V2, {"@vocab": "https://issuer.example/terms#"}],
    "id": "https://issuer.example/credentials/1",
    "type": ["VerifiableCredential", "CourseCredential"],
    "issuer": {"id": "did:web:issuer.example", "name": "大学"},
    "validFrom": "2026-10-01T00:00:00+09:00",
    "credentialSubject": {"id": "did:web:learner.example", "course": "データ分析"},
}
CREDENTIAL_1_1: dict[str, Any] = {
    "@context": [BASE_CONTEXT_V1],
    "type": ["VerifiableCredential"],
    "issuer": "did:web:issuer.example",
    "issuanceDate": "2022-04-01T00:00:00Z",
    "credentialSubject": {"id": "did:web:learner.example"},
}
STATUS: JsonObject = {"id": "https://issuer.example/status/1#5", "type": "SomeStatus"}


def changed(credential: dict[str, Any], **members: Any) -> dict[str, Any]:
    document = copy.deepcopy(credential) | members
    return {name: value for name, value in document.items() if value is not MISSING}


def refusal(document: dict[str, Any], *, offset_required: bool = False) -> tuple[str, str | None]:
    with pytest.raises(Error) as refused:
        check_credential(document, offset_required=offset_required)
    assert refused.value.code in SENTENCES
    return refused.value.code, refused.value.pointer


GOOD: dict[str, dict[str, Any]] = {
    "VC-01 only the base context": {"@context": [BASE_CONTEXT_V2]},
    "VC-01 further URLs and objects": {"@context": [BASE_CONTEXT_V2, "https://a.example/v1", {"a": "urn:a"}, "urn:b"]},
    "VC-02 no id": {"id": MISSING},
    "VC-02 id is a URN": {"id": "urn:uuid:6f1d2c9e-4b7a-4c38-9e52-1a0f7d3b8e64"},
    "VC-02 subject without id": {"credentialSubject": {"course": "x"}},
    "VC-03 one type as text": {"type": "VerifiableCredential"},
    "VC-03 types in another order": {"type": ["urn:t:A", "VerifiableCredential", "https://t.example/#B"]},
    "VC-04 name and description as text": {"name": "証明", "description": "説明"},
    "VC-04 name with its language": {"name": {"@value": "証明", "@language": "ja"}},
    "VC-04 name with language and direction": {"name": {"@value": "x", "@language": "ar-EG", "@direction": "rtl"}},
    "VC-04 name without language": {"name": {"@value": "x"}},
    "VC-04 names in two languages": {
        "name": [{"@value": "証明", "@language": "ja"}, {"@value": "Award", "@language": "en"}]
    },
    "VC-05 issuer as URL": {"issuer": "https://issuer.example/"},
    "VC-05 issuer with description": {"issuer": {"id": "did:web:a.example", "description": {"@value": "x"}}},
    "VC-06 two subjects": {"credentialSubject": [{"id": "did:web:a.example"}, {"course": "x"}]},
    "VC-06 an id alone is a claim": {"credentialSubject": {"id": "did:web:a.example"}},
    "VC-07 no period": {"validFrom": MISSING},
    "VC-07 milliseconds": {"validFrom": "2026-10-01T00:00:00.447Z"},
    "VC-07 begins in two thousand years": {"validFrom": "4026-10-01T00:00:00Z"},
    "VC-07 ends when it begins": {"validUntil": "2026-09-30T15:00:00Z"},
    "VC-07 compared by instant and not by text": {
        "validFrom": "2026-10-01T09:00:00+09:00", "validUntil": "2026-10-01T00:00:01Z",
    },
    "VC-08 status with id": {"credentialStatus": STATUS},
    "VC-08 status without id": {"credentialStatus": {"type": "SomeStatus"}},
    "VC-08 two states": {"credentialStatus": [STATUS, {**STATUS, "id": "urn:s:2"}]},
    "VC-09 schemas": {"credentialSchema": [{"id": "https://a.example/s.json", "type": "JsonSchema"}]},
    "VC-12 refresh service": {"refreshService": {"type": "urn:t:Refresh", "id": "https://a.example/refresh"}},
    "VC-12 two terms of use": {"termsOfUse": [{"type": "Policy"}, {"type": "Policy", "id": "urn:p:1"}]},
    "VC-12 evidence": {"evidence": {"type": ["Evidence"], "id": "https://a.example/e"}},
}  # fmt: skip

BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "VC-01 no context": ({"@context": MISSING}, "vc.context", "/@context"),
    "VC-01 empty": ({"@context": []}, "vc.context", "/@context"),
    "VC-01 a text is no ordered set": ({"@context": BASE_CONTEXT_V2}, "vc.context", "/@context"),
    "VC-01 no base context": ({"@context": ["https://a.example/v1"]}, "vc.context", "/@context/0"),
    "VC-01 base context second": ({"@context": ["https://a.example/v1", BASE_CONTEXT_V2]}, "vc.context",
                                  "/@context/0"),
    "VC-01 object first": ({"@context": [{"a": "urn:a"}, BASE_CONTEXT_V2]}, "vc.context", "/@context/0"),
    "VC-01 no URL": ({"@context": [BASE_CONTEXT_V2, NO_URL]}, "vc.context", "/@context/1"),
    "VC-01 relative": ({"@context": [BASE_CONTEXT_V2, "v1.json"]}, "vc.context", "/@context/1"),
    "VC-01 number": ({"@context": [BASE_CONTEXT_V2, 5]}, "vc.context", "/@context/1"),
    "VC-01 null": ({"@context": [BASE_CONTEXT_V2, None]}, "vc.context", "/@context/1"),
    "VC-01 list in the list": ({"@context": [BASE_CONTEXT_V2, [BASE_CONTEXT_V2]]}, "vc.context", "/@context/1"),
    "VC-02 two ids": ({"id": ["urn:a:1", "urn:a:2"]}, "vc.id", "/id"),
    "VC-02 id is null": ({"id": None}, "vc.id", "/id"),
    "VC-02 id is no URL": ({"id": NO_URL}, "vc.id", "/id"),
    "VC-02 id is relative": ({"id": "credentials/1"}, "vc.id", "/id"),
    "VC-02 id of the subject is a list": ({"credentialSubject": {"id": ["urn:a:1", "urn:a:2"]}}, "vc.id",
                                          "/credentialSubject/id"),
    "VC-02 id of the second subject": ({"credentialSubject": [{"a": 1}, {"id": "x"}]}, "vc.id",
                                       "/credentialSubject/1/id"),
    "VC-03 no type": ({"type": MISSING}, "vc.type", "/type"),
    "VC-03 empty": ({"type": []}, "vc.type", "/type"),
    "VC-03 not VerifiableCredential": ({"type": ["CourseCredential"]}, "vc.type", "/type"),
    "VC-03 a presentation": ({"type": ["VerifiablePresentation"]}, "vc.type", "/type"),
    "VC-03 an envelope": ({"type": "EnvelopedVerifiableCredential"}, "vc.type", "/type"),
    "VC-03 a number among the types": ({"type": ["VerifiableCredential", 1]}, "vc.type", "/type"),
    "VC-03 an object as type": ({"type": {"a": "VerifiableCredential"}}, "vc.type", "/type"),
    "VC-04 url in the name": ({"name": {"@value": "x", "@language": "en", "url": "urn:x"}}, "vc.text", "/name"),
    "VC-04 type in the name": ({"name": {"@value": "x", "@type": "urn:t"}}, "vc.text", "/name"),
    "VC-04 no value": ({"name": {"@language": "en"}}, "vc.text", "/name"),
    "VC-04 value is a number": ({"name": {"@value": 5}}, "vc.text", "/name"),
    "VC-04 language is none": ({"name": {"@value": "x", "@language": "日本語"}}, "vc.text", "/name"),
    "VC-04 language is null": ({"name": {"@value": "x", "@language": None}}, "vc.text", "/name"),
    "VC-04 direction is none": ({"name": {"@value": "x", "@direction": "up"}}, "vc.text", "/name"),
    "VC-04 direction is a list": ({"name": {"@value": "x", "@direction": ["rtl"]}}, "vc.text", "/name"),
    "VC-04 name is a number": ({"name": 5}, "vc.text", "/name"),
    "VC-04 name is null": ({"name": None}, "vc.text", "/name"),
    "VC-04 no names": ({"name": []}, "vc.text", "/name"),
    "VC-04 one bad of two": ({"description": ["x", {"a": "x"}]}, "vc.text", "/description"),
    "VC-04 of the issuer": ({"issuer": {"id": "did:web:a.example", "name": {"@value": "x", "url": "urn:x"}}}, "vc.text",
                            "/issuer/name"),
    "VC-05 no issuer": ({"issuer": MISSING}, "vc.issuer", "/issuer"),
    "VC-05 null": ({"issuer": None}, "vc.issuer", "/issuer"),
    "VC-05 no URL": ({"issuer": "some-issuer"}, "vc.issuer", "/issuer"),
    "VC-05 object without id": ({"issuer": {"name": "大学"}}, "vc.issuer", "/issuer"),
    "VC-05 object with null": ({"issuer": {"id": None}}, "vc.issuer", "/issuer"),
    "VC-05 object with no URL": ({"issuer": {"id": "some-issuer"}}, "vc.issuer", "/issuer"),
    "VC-05 two issuers": ({"issuer": ["did:web:a.example", "did:web:b.example"]}, "vc.issuer", "/issuer"),
    "VC-06 no subject": ({"credentialSubject": MISSING}, "vc.subject", "/credentialSubject"),
    "VC-06 says nothing": ({"credentialSubject": {}}, "vc.subject", "/credentialSubject"),
    "VC-06 no subjects": ({"credentialSubject": []}, "vc.subject", "/credentialSubject"),
    "VC-06 second says nothing": ({"credentialSubject": [{"id": "urn:a:1"}, {}]}, "vc.subject",
                                  "/credentialSubject/1"),
    "VC-06 a URL": ({"credentialSubject": "did:web:a.example"}, "vc.subject", "/credentialSubject"),
    "VC-06 null": ({"credentialSubject": None}, "vc.subject", "/credentialSubject"),
    "VC-07 begins as people write": ({"validFrom": "Thu 1 Oct 2026 07:16:31 PM CST"}, "schema.datetime", "/validFrom"),
    "VC-07 ends as e-mails write": ({"validUntil": "Thu, 01 Oct 2026 01:22:14 +0000"}, "schema.datetime",
                                    "/validUntil"),
    "VC-07 a date": ({"validFrom": "2026-10-01"}, "schema.datetime", "/validFrom"),
    "VC-07 a number": ({"validFrom": 1790000000}, "schema.datetime", "/validFrom"),
    "VC-07 null": ({"validUntil": None}, "schema.datetime", "/validUntil"),
    "VC-07 ends before it begins": ({"validUntil": "2026-09-30T14:59:59Z"}, "validity.reversed", "/validUntil"),
    "VC-08 no type": ({"credentialStatus": {"id": "urn:s:1"}}, "vc.type", "/credentialStatus/type"),
    "VC-08 type is a number": ({"credentialStatus": {**STATUS, "type": 2}}, "vc.type", "/credentialStatus/type"),
    "VC-08 two ids": ({"credentialStatus": {**STATUS, "id": ["urn:s:1", "urn:s:2"]}}, "vc.id", "/credentialStatus/id"),
    "VC-08 id is no URL": ({"credentialStatus": {**STATUS, "id": NO_URL}}, "vc.id", "/credentialStatus/id"),
    "VC-08 second of two": ({"credentialStatus": [STATUS, {}]}, "vc.type", "/credentialStatus/1/type"),
    "VC-08 a URL": ({"credentialStatus": "urn:s:1"}, "vc.member", "/credentialStatus"),
    "VC-08 a list of URLs": ({"credentialStatus": ["urn:s:1"]}, "vc.member", "/credentialStatus/0"),
    "VC-08 no entry": ({"credentialStatus": []}, "vc.member", "/credentialStatus"),
    "VC-08 null": ({"credentialStatus": None}, "vc.member", "/credentialStatus"),
    "VC-09 no id": ({"credentialSchema": {"type": "JsonSchema"}}, "vc.id", "/credentialSchema/id"),
    "VC-09 no type": ({"credentialSchema": {"id": "urn:s:1"}}, "vc.type", "/credentialSchema/type"),
    "VC-09 id is no URL": ({"credentialSchema": {"id": NO_URL, "type": "JsonSchema"}}, "vc.id",
                           "/credentialSchema/id"),
    "VC-12 refresh service without type": ({"refreshService": {"id": "urn:r:1"}}, "vc.type", "/refreshService/type"),
    "VC-12 terms of use without type": ({"termsOfUse": {"id": "urn:p:1"}}, "vc.type", "/termsOfUse/type"),
    "VC-12 empty terms of use": ({"termsOfUse": {}}, "vc.type", "/termsOfUse/type"),
    "VC-12 evidence without type": ({"evidence": {"id": "urn:e:1"}}, "vc.type", "/evidence/type"),
    "VC-12 empty evidence": ({"evidence": {}}, "vc.type", "/evidence/type"),
    "VC-12 evidence is a text": ({"evidence": ["x"]}, "vc.member", "/evidence/0"),
}  # fmt: skip


@pytest.mark.parametrize("members", GOOD.values(), ids=GOOD)
def test_a_credential_that_keeps_the_rules_is_read(members: dict[str, Any]) -> None:
    found = check_credential(changed(CREDENTIAL, **members), offset_required=True)
    assert found.data_model is DataModel.V2_0


@pytest.mark.parametrize(("members", "code", "pointer"), BAD.values(), ids=BAD)
def test_a_credential_that_breaks_a_rule_is_refused_with_the_place(
    members: dict[str, Any], code: str, pointer: str
) -> None:
    assert refusal(changed(CREDENTIAL, **members)) == (code, pointer)


def test_what_a_verifier_needs_is_handed_out() -> None:
    found = check_credential(changed(CREDENTIAL, credentialStatus=[STATUS], validUntil="2027-10-01T00:00:00Z"))
    assert found == Credential(
        data_model=DataModel.V2_0,
        id="https://issuer.example/credentials/1",
        types=("VerifiableCredential", "CourseCredential"),
        issuer="did:web:issuer.example",
        subject_ids=("did:web:learner.example",),
        valid_from=found.valid_from,
        valid_until=found.valid_until,
        statuses=(STATUS,),
        related_resources=(),
    )
    assert found.valid_from
    assert found.valid_until
    assert (found.valid_from.text, found.valid_from.instant) == (
        "2026-10-01T00:00:00+09:00", datetime(2026, 9, 30, 15, tzinfo=UTC),
    )  # fmt: skip
    assert found.valid_until.instant == datetime(2027, 10, 1, tzinfo=UTC)


def test_the_place_in_a_greater_document_is_told() -> None:
    with pytest.raises(Error) as refused:
        check_credential(changed(CREDENTIAL, id=5), pointer="/verifiableCredential/3")
    assert refused.value.pointer == "/verifiableCredential/3/id"


def test_a_missing_offset_is_utc_for_a_verifier_and_a_mistake_for_an_issuer() -> None:
    # VC-07
    document = changed(CREDENTIAL, validFrom="2026-10-01T00:00:00")
    valid_from = check_credential(document).valid_from
    assert valid_from
    assert (valid_from.text, valid_from.instant) == ("2026-10-01T00:00:00", datetime(2026, 10, 1, tzinfo=UTC))
    assert refusal(document, offset_required=True) == ("schema.datetime", "/validFrom")


GOOD_1_1: dict[str, dict[str, Any]] = {
    "OB-47 with expirationDate": {"expirationDate": "2032-04-01T00:00:00Z"},
    "with status, refresh and schema": {
        name: {"id": "https://issuer.example/x", "type": "X"}
        for name in ("credentialStatus", "refreshService", "credentialSchema")
    },
    "a name is whatever its context says": {"name": {"ja": "証明"}},
}
BAD_1_1: dict[str, tuple[dict[str, Any], str, str]] = {
    "OB-47 no issuanceDate": ({"issuanceDate": MISSING}, "schema.datetime", "/issuanceDate"),
    "validFrom is no issuanceDate": ({"issuanceDate": MISSING, "validFrom": "2022-04-01T00:00:00Z"},
                                     "schema.datetime", "/issuanceDate"),
    "issuanceDate is a date": ({"issuanceDate": "2022-04-01"}, "schema.datetime", "/issuanceDate"),
    "expires before it is issued": ({"expirationDate": "2021-04-01T00:00:00Z"}, "validity.reversed",
                                    "/expirationDate"),
    "status needs an id": ({"credentialStatus": {"type": "X"}}, "vc.id", "/credentialStatus/id"),
    "refresh service needs an id": ({"refreshService": {"type": "X"}}, "vc.id", "/refreshService/id"),
    "both base contexts, the newer second": ({"@context": [BASE_CONTEXT_V1, BASE_CONTEXT_V2],
                                              "issuanceDate": MISSING}, "schema.datetime", "/issuanceDate"),
}  # fmt: skip


@pytest.mark.parametrize("members", GOOD_1_1.values(), ids=GOOD_1_1)
def test_a_credential_of_version_1_1_is_read(members: dict[str, Any]) -> None:
    found = check_credential(changed(CREDENTIAL_1_1, **members))
    assert found.data_model is DataModel.V1_1
    assert found.valid_from
    assert found.valid_from.text == CREDENTIAL_1_1["issuanceDate"]


@pytest.mark.parametrize(("members", "code", "pointer"), BAD_1_1.values(), ids=BAD_1_1)
def test_a_credential_of_version_1_1_keeps_the_rules_of_its_version(
    members: dict[str, Any], code: str, pointer: str
) -> None:
    assert refusal(changed(CREDENTIAL_1_1, **members)) == (code, pointer)


def test_of_two_periods_in_version_1_1_the_narrower_counts() -> None:
    found = check_credential(
        changed(CREDENTIAL_1_1, expirationDate="2040-01-01T00:00:00Z", validUntil="2023-01-01T00:00:00Z",
                validFrom="2022-05-01T00:00:00Z")
    )  # fmt: skip
    assert found.valid_from
    assert found.valid_until
    assert (found.valid_from.text, found.valid_until.text) == ("2022-05-01T00:00:00Z", "2023-01-01T00:00:00Z")


def converted(document: dict[str, Any]) -> str:
    check_credential(document)
    contexts: Contexts = ContextsOfOneDocument(shipped_contexts())
    try:
        canonical_nquads(document, contexts)
    except Error as err:
        return err.code
    return "converted"


@pytest.mark.parametrize(
    ("contexts", "types", "found"),
    [
        pytest.param([{"Course": "https://a.example/#Course"}], ["Course"], "converted", id="VC-03 CX-04 defined"),
        pytest.param([], ["https://a.example/#Course"], "converted", id="VC-03 a URL"),
        pytest.param([], ["Course"], "proof.coverage", id="VC-03 defined nowhere"),
        pytest.param(["https://a.example/v1"], [], "context.unknown", id="CX-04 unknown context is not fetched"),
        pytest.param([{"VerifiableCredential": "https://a.example/#Bad"}], [], "context.conflict",
                     id="VC-15 redefines a protected term"),
        pytest.param([{"@protected": True, "A": "urn:t:A"}, {"A": "urn:t:B"}], [], "context.conflict",
                     id="VC-15 redefines its own protected term"),
    ],
)  # fmt: skip
def test_what_the_contexts_mean_is_for_the_conversion_to_refuse(
    contexts: list[Any], types: list[str], found: str
) -> None:
    document = changed(CREDENTIAL, type=["VerifiableCredential", *types])
    document["@context"] = [BASE_CONTEXT_V2, *contexts]
    document["credentialSubject"] = {"id": "did:web:learner.example"}
    assert converted(document) == found


@pytest.mark.parametrize("name", ["credentialStatus", "credentialSchema", "evidence", "refreshService", "termsOfUse"])
@pytest.mark.parametrize(
    ("kind", "found"), [("https://a.example/#Kind", "converted"), ("Kind", "proof.coverage")], ids=["url", "unmapped"]
)
def test_vc_03_the_types_of_its_parts_have_to_be_defined_too(name: str, kind: str, found: str) -> None:
    document = changed(CREDENTIAL, type=["VerifiableCredential"], **{name: {"id": "urn:p:1", "type": kind}})
    document["@context"] = [BASE_CONTEXT_V2]
    document["credentialSubject"] = {"id": "did:web:learner.example"}
    assert converted(document) == found


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(
        ["", "x", "urn:a:1", "VerifiableCredential", "2026-10-01T00:00:00Z", "sha256-x", BASE_CONTEXT_V2]
    ),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(
        st.sampled_from(["id", "type", "name", "@value", "@language", "digestSRI", "digestMultibase"]), inner,
        max_size=3,
    ),
    max_leaves=6,
)  # fmt: skip


@given(
    name=st.sampled_from(
        [*CREDENTIAL, "validUntil", "name", "credentialStatus", "credentialSchema", "evidence", "relatedResource"]
    ),
    value=_JSON,
    base=st.sampled_from([CREDENTIAL, CREDENTIAL_1_1]),
)
def test_nothing_but_a_typed_refusal_comes_of_any_value_in_any_place(
    name: str, value: Any, base: dict[str, Any]
) -> None:
    with suppress(Error):
        check_credential(changed(base, **{name: value}))
