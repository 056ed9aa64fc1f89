"""OB-36: our extension has a context and a schema that anyone may fetch, and extensions of anybody are kept."""

import json
from typing import Any

import pytest

from jmc_vc import vendored
from jmc_vc.formats.jsonld import canonical_nquads
from jmc_vc.formats.openbadges.credential import read_credential
from jmc_vc.formats.openbadges.schema import Schema, violations
from tests.builders.contexts import NAMESPACE, OURS, contexts_with
from tests.builders.open_badge import badge


def test_the_context_that_our_credentials_name_is_among_what_the_namespace_publishes() -> None:
    assert OURS in badge()["@context"]
    assert json.loads(vendored.namespace_files(NAMESPACE)["context.json"]).keys() == {"@context"}


def test_the_schema_that_we_publish_describes_our_extension() -> None:
    schema = json.loads(vendored.json_schema(f"https://mc.example.jp/schema/{Schema.OPEN_BADGE}"))
    assert {"jmc:programVersion", "jmc:testData"} <= schema["properties"].keys()
    assert "jmc:recipientName" in schema["$defs"]["AchievementSubject"]["properties"]


def test_a_further_schema_may_be_named_beside_that_of_open_badges() -> None:
    own = {
        "id": "https://mc.example.jp/schema/ob3-achievement-credential.json",
        "type": "1EdTechJsonSchemaValidator2019",
    }
    document = badge("/credentialSchema", [*badge()["credentialSchema"], own])
    assert violations(document, Schema.OPEN_BADGE) == ()
    assert [each.id for each in read_credential(document).schemas][-1] == own["id"]


def test_our_members_are_kept_as_they_were_signed() -> None:
    document = badge("/credentialSubject/achievement/jmc:assessment", [{"id": "urn:a", "weight": 100}])
    read = read_credential(document)
    assert read.extensions.keys() == {"jmc:programVersion", "jmc:testData"}
    assert read.subject.achievement.extensions["jmc:assessment"] == [{"id": "urn:a", "weight": 100}]


PLACES = {
    "credential": ("", None),
    "subject": ("/credentialSubject", None),
    "achievement": ("/credentialSubject/achievement", None),
    "result": ("/credentialSubject/result/0", None),
    "issuer": ("/issuer", None),
}


@pytest.mark.parametrize("place", [place for place, _ in PLACES.values()], ids=PLACES)
def test_a_member_of_another_extension_is_taken_and_covered_by_the_proof(place: str) -> None:
    extended: dict[str, Any] = badge(f"{place}/campus", "Tokyo")
    extended["@context"].append("https://test.example/campus")
    contexts = contexts_with(campus={"campus": "https://a.example/terms#campus"})
    assert violations(extended, Schema.OPEN_BADGE) == ()
    assert read_credential(extended) == read_credential(badge())
    assert '"Tokyo"' in canonical_nquads(extended, contexts).decode()
