"""OB-01 to OB-04 on what we issue, and how strictly others are read."""

import json
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.openbadges.credential import read_credential
from jmc_vc.formats.openbadges.schema import Schema, violations
from tests.builders.open_badge import badge

SETS = {
    "alignment", "allowedValue", "credentialSchema", "endorsement", "endorsementJwt", "evidence", "identifier",
    "otherIdentifier", "related", "result", "resultDescription", "rubricCriterionLevel", "tag", "type",
}  # fmt: skip
"""Members that Open Badges lets stand several times, and of which we always write a list."""

SINGLE_TYPE = {
    "Image", "IdentityObject", "IdentifierEntry", "BitstringStatusListEntry", "1EdTechRevocationList",
    "1EdTechJsonSchemaValidator2019", "DataIntegrityProof", "GeoCoordinates",
}  # fmt: skip
"""Classes whose `type` is one text in the data model."""

SAME_NAME = re.compile(r"/otherIdentifier/[0-9]+/identifier$|/result/[0-9]+/resultDescription$")
"""One text or address in the class where they stand."""


def _issued() -> dict[str, Any]:
    """A credential that the service issued: the one that openapi.yaml shows."""
    examples = json.loads(resources.files("jmc_vc.web").joinpath("examples.json").read_bytes())
    credential: dict[str, Any] = examples["createAssertion"]["response"]["credential"]
    return credential


CREDENTIALS = {"issued": _issued(), "assembled": badge()}


def _members(value: Any, pointer: str = "") -> Iterator[tuple[str, str, Any]]:
    """Pointer, name and value of every member, those inside our own JSON literals left out."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield f"{pointer}/{name}", name, each
            if not name.startswith("jmc:"):
                yield from _members(each, f"{pointer}/{name}")
    elif isinstance(value, list):
        for position, each in enumerate(value):
            yield from _members(each, f"{pointer}/{position}")


@pytest.mark.parametrize("document", CREDENTIALS.values(), ids=CREDENTIALS)
def test_ob_02_what_we_issue_has_nothing_empty_in_it(document: dict[str, Any]) -> None:
    assert [pointer for pointer, _, value in _members(document) if value is None or value in ([], {}, "")] == []


@pytest.mark.parametrize("document", CREDENTIALS.values(), ids=CREDENTIALS)
def test_ob_02_what_can_be_several_is_a_list_in_what_we_issue(document: dict[str, Any]) -> None:
    bare = [
        pointer
        for pointer, name, value in _members(document)
        if name in SETS and not isinstance(value, list)
        if not (name == "type" and value in SINGLE_TYPE) and not SAME_NAME.search(pointer)
    ]
    assert bare == []


@pytest.mark.parametrize("document", CREDENTIALS.values(), ids=CREDENTIALS)
def test_ob_03_and_what_is_one_is_an_object(document: dict[str, Any]) -> None:
    lists = {name for _, name, value in _members(document) if isinstance(value, list)}
    assert lists <= SETS | {"@context", "jmc:deliveryPartners", *(name for name in lists if name.startswith("jmc:"))}
    assert isinstance(document["credentialSubject"], dict)
    assert isinstance(document["credentialStatus"], dict)


@pytest.mark.parametrize("document", CREDENTIALS.values(), ids=CREDENTIALS)
def test_ob_04_what_we_issue_has_the_contexts_in_their_order(document: dict[str, Any]) -> None:
    assert document["@context"][:3] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    ]


@pytest.mark.parametrize("version", ["context.json", "context-3.0.1.json", "context-3.0.2.json", "context-3.0.3.json"])
def test_ob_04_every_version_of_the_context_is_verified(version: str) -> None:
    document = badge("/@context/1", f"https://purl.imsglobal.org/spec/ob/v3p0/{version}")
    assert violations(document, Schema.OPEN_BADGE) == ()


SCHEMA = badge()["credentialSchema"][0]
EVIDENCE = {"id": "https://a.example/1", "type": ["Evidence"]}

READ_EITHER_WAY: dict[str, tuple[str, Any, Any]] = {
    "type of an object": ("/issuer/type", "Profile", ["Profile"]),
    "credentialSchema": ("/credentialSchema", SCHEMA, [SCHEMA]),
    "proof": ("/proof", {"type": "DataIntegrityProof"}, [{"type": "DataIntegrityProof"}]),
    "termsOfUse": ("/termsOfUse", {"type": "Terms"}, [{"type": "Terms"}]),
}


@pytest.mark.parametrize(("pointer", "one", "several"), READ_EITHER_WAY.values(), ids=READ_EITHER_WAY)
def test_ob_03_what_may_be_one_or_several_is_read_either_way(pointer: str, one: Any, several: Any) -> None:
    documents = [badge(pointer, one), badge(pointer, several)]
    assert [violations(document, Schema.OPEN_BADGE) for document in documents] == [(), ()]
    bare, listed = map(read_credential, documents)
    assert bare == listed


FOLDED: dict[str, tuple[str, Any]] = {
    "evidence": ("/evidence", EVIDENCE),
    "result": ("/credentialSubject/result", badge()["credentialSubject"]["result"][0]),
    "identifier": ("/credentialSubject/identifier", badge()["credentialSubject"]["identifier"][0]),
    "tag": ("/credentialSubject/achievement/tag", "data"),
    "otherIdentifier": ("/issuer/otherIdentifier", badge()["issuer"]["otherIdentifier"][0]),
    "an object folded into its address": ("/issuer", badge()["issuer"]["id"]),
    "the subject in a list": ("/credentialSubject", [badge()["credentialSubject"]]),
    "a number folded into a text": ("/credentialSubject/creditsEarned", "2"),
}


@pytest.mark.parametrize(("pointer", "value"), FOLDED.values(), ids=FOLDED)
def test_ob_02_what_json_ld_tools_fold_is_refused(pointer: str, value: Any) -> None:
    document = badge(pointer, value)
    assert violations(document, Schema.OPEN_BADGE)
    with pytest.raises(Error) as refusal:
        read_credential(document)
    assert refusal.value.code == "schema.violation"
