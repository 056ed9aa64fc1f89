"""OB-47: badges of VCDM 1.1, which are verified and never issued."""

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings

from jmc_vc.errors import Error
from jmc_vc.formats.openbadges.credential import read_credential
from jmc_vc.formats.openbadges.data_model import BASE_CONTEXT_V1, DataModel, data_model
from jmc_vc.formats.openbadges.endorsement import read_endorsement
from jmc_vc.formats.openbadges.schema import Schema, badge_schema, endorsement_schema, violations
from jmc_vc.formats.strict_json import parse_object
from tests.builders.drawn_badges import badges
from tests.builders.open_badge import badge
from tests.test_data import vectors

OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OURS = ("jmc:programVersion", "jmc:testData")


def _in_1_1(document: dict[str, Any]) -> dict[str, Any]:
    """A badge or endorsement as another issuer would have written it before VCDM 2.0."""
    dates = {"validFrom": "issuanceDate", "validUntil": "expirationDate"}
    written = {dates.get(name, name): value for name, value in document.items() if name not in OURS}
    written["@context"] = [BASE_CONTEXT_V1, OPEN_BADGES]
    written["credentialSubject"].pop("jmc:recipientName", None)
    return {name: _endorsements_in_1_1(value, name) for name, value in written.items()}


def _endorsements_in_1_1(value: Any, name: str = "") -> Any:
    if isinstance(value, list):
        return [_in_1_1(each) if name == "endorsement" else _endorsements_in_1_1(each) for each in value]
    if isinstance(value, dict):
        return {name: _endorsements_in_1_1(inner, name) for name, inner in value.items()}
    return value


def _old(pointer: str | None = None, value: Any = None) -> dict[str, Any]:
    document = _in_1_1(badge())
    if pointer is not None:
        *path, last = pointer.removeprefix("/").split("/")
        target = document
        for step in path:
            target = target[step]
        target[last] = value
    return document


def _endorsement(**changes: Any) -> dict[str, Any]:
    return {
        "@context": [BASE_CONTEXT_V1, OPEN_BADGES],
        "id": "urn:uuid:6f1d2c9e-4b7a-4c38-9e52-1a0f7d3b8e64",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsed",
        "issuer": {"id": "https://a.example", "type": ["Profile"]},
        "issuanceDate": "2022-04-01T00:00:00Z",
        "credentialSubject": {"id": "https://b.example", "type": ["EndorsementSubject"]},
        **changes,
    }


@pytest.fixture(scope="module")
def published() -> jsonschema_rs.Draft201909Validator:
    """1EdTech's schema for badges of either data model, formats checked."""
    file = vectors("ob3-schemas") / "ob_v3p0_anyachievementcredential_schema.json"
    return jsonschema_rs.Draft201909Validator(parse_object(file.read_bytes()), validate_formats=True)


def test_an_old_badge_is_read_into_the_same_value() -> None:
    document = _old("/expirationDate", "2030-01-01T00:00:00Z")
    assert badge_schema(document) is Schema.OPEN_BADGE_1_1
    assert violations(document, Schema.OPEN_BADGE_1_1) == ()
    old, new = read_credential(document), read_credential(badge())
    assert (old.data_model, new.data_model) == (DataModel.V1_1, DataModel.V2_0)
    assert old.valid_from == new.valid_from
    assert old.valid_until is not None
    assert old.valid_until.text == "2030-01-01T00:00:00Z"
    assert old.subject.achievement == new.subject.achievement


def test_an_old_endorsement_is_read_too() -> None:
    assert endorsement_schema(_endorsement()) is Schema.ENDORSEMENT_1_1
    assert violations(_endorsement(), Schema.ENDORSEMENT_1_1) == ()
    read = read_endorsement(_endorsement())
    assert (read.data_model, read.valid_from.text) == (DataModel.V1_1, "2022-04-01T00:00:00Z")


@pytest.mark.parametrize(
    "context",
    [
        ["https://www.w3.org/ns/credentials/v2", BASE_CONTEXT_V1],
        [{"id": BASE_CONTEXT_V1}],
        BASE_CONTEXT_V1,
        [],
        None,
        7,
    ],
    ids=repr,
)
def test_only_the_first_context_makes_a_badge_old(context: Any) -> None:
    assert data_model({"@context": context}) is DataModel.V2_0


REFUSED: dict[str, tuple[str, Any, str]] = {
    "no issuanceDate": ("/issuanceDate", None, "schema.datetime"),
    "VJ-51 a date only": ("/issuanceDate", "2022-04-01", "schema.datetime"),
    "VJ-51 expires without a zone": ("/expirationDate", "2030-01-01T00:00:00", "schema.datetime"),
    "valid by the dates of both models": ("/validUntil", "2099-01-01T00:00:00Z", "schema.violation"),
    "validFrom beside issuanceDate": ("/validFrom", "2022-04-01T00:00:00Z", "schema.violation"),
    "VJ-72 type": ("/type", ["VerifiableCredential"], "schema.type"),
    "VJ-69 two subjects": ("/credentialSubject", [{}, {}], "schema.violation"),
    "issuer is an address": ("/issuer", "https://a.example", "schema.violation"),
}


@pytest.mark.parametrize(("pointer", "value", "code"), REFUSED.values(), ids=REFUSED)
def test_a_bad_old_badge_is_refused_by_schema_and_reader(pointer: str, value: Any, code: str) -> None:
    document = _old(pointer, value)
    assert code in {each.code for each in violations(document, Schema.OPEN_BADGE_1_1)}
    with pytest.raises(Error) as refusal:
        read_credential(document)
    assert refusal.value.code == code


ONLY_THE_SCHEMA_REFUSES: dict[str, tuple[str, Any]] = {
    "a member that the subject does not have": ("/credentialSubject/grade", "A"),
    "our name in parts": ("/credentialSubject/jmc:recipientName", {"fullName": "X"}),
    "an unknown achievement type": ("/credentialSubject/achievement/achievementType", "NanoCredential"),
    "an endorsement of VCDM 2.0 inside": (
        "/issuer/endorsement",
        [{**_endorsement(), "issuanceDate": None, "validFrom": "2022-04-01T00:00:00Z"}],
    ),
}


@pytest.mark.parametrize(("pointer", "value"), ONLY_THE_SCHEMA_REFUSES.values(), ids=ONLY_THE_SCHEMA_REFUSES)
def test_what_the_old_data_model_forbids_is_against_the_schema(pointer: str, value: Any) -> None:
    assert violations(_old(pointer, value), Schema.OPEN_BADGE_1_1)


def test_an_old_badge_needs_a_name() -> None:
    document = _old()
    del document["name"]
    assert {each.pointer for each in violations(document, Schema.OPEN_BADGE_1_1)} == {"/name"}


def test_neither_schema_takes_a_badge_of_the_other_model() -> None:
    assert violations(_old(), Schema.OPEN_BADGE)
    assert violations(badge(), Schema.OPEN_BADGE_1_1)
    assert violations(_endorsement(), Schema.ENDORSEMENT)


def test_an_endorsement_inside_is_of_the_model_of_what_it_stands_in() -> None:
    assert violations(_old("/issuer/endorsement", [_endorsement()]), Schema.OPEN_BADGE_1_1) == ()
    assert violations(badge("/issuer/endorsement", [_endorsement()]), Schema.OPEN_BADGE)


@settings(max_examples=50)
@given(document=badges())
def test_what_our_schema_accepts_the_published_schema_accepts_and_we_can_read(
    published: jsonschema_rs.Draft201909Validator, document: dict[str, Any]
) -> None:
    # CX-03, for the older form
    old = _in_1_1(document)
    assert violations(old, Schema.OPEN_BADGE_1_1) == ()
    assert [error.instance_path for error in published.iter_errors(old)] == []
    assert read_credential(old).valid_from == read_credential(document).valid_from


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/issuanceDate", "2022-04-01"),
        ("/type", ["VerifiableCredential"]),
        ("/credentialSubject/grade", "A"),
        ("/credentialSubject/achievement/achievementType", "NanoCredential"),
        ("/credentialStatus", [badge()["credentialStatus"]]),
        ("/issuer", "https://a.example"),
    ],
)
def test_what_the_published_schema_refuses_ours_refuses(
    published: jsonschema_rs.Draft201909Validator, pointer: str, value: Any
) -> None:
    document = _old(pointer, value)
    assert not published.is_valid(document)
    assert violations(document, Schema.OPEN_BADGE_1_1)
