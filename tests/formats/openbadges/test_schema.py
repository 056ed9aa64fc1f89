"""The schemas that we ship: each is a schema, compiles, and refuses what it is for."""

import json
from typing import Any

import jsonschema_rs
import pytest

from jmc_vc import vendored
from jmc_vc.formats.openbadges.schema import Schema, violations


@pytest.mark.parametrize("schema", Schema)
def test_every_schema_is_valid_and_refuses_an_empty_object(schema: Schema) -> None:
    jsonschema_rs.meta.validate(json.loads(vendored.json_schema(schema.value)))
    assert violations({}, schema)
    assert violations([], schema)


@pytest.mark.parametrize("schema", Schema)
def test_a_schema_names_the_placeholder_host_that_the_service_replaces(schema: Schema) -> None:
    document = json.loads(vendored.json_schema(schema.value))
    assert document["$id"].startswith("https://mc.example.jp/schema/")
    assert "placeholder" in document["description"]


@pytest.mark.parametrize(
    ("member", "value", "pointer"),
    [
        ("programNumber", "JMC-P-1", "/programNumber"),
        ("assessmentSecurity", "trust us", "/assessmentSecurity"),
        ("learningOutcomes", [], "/learningOutcomes"),
        ("title", {"ja": "題名"}, "/title/en"),
        ("id", "not an address", "/id"),
    ],
)
def test_a_program_version_against_the_profile_is_told_where(member: str, value: Any, pointer: str) -> None:
    assert pointer in {each.pointer for each in violations({member: value}, Schema.PROGRAM_VERSION)}
