"""The published schema of a report says what the messages say, is served, and every report fits it."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from jmc_vc import vendored
from jmc_vc.web.verify_api.report_schema import FILE, ID, report_schema, written
from tests.builders.installation import Installation
from tests.builders.web import web_client

SCHEMAS = Path(__file__).parents[2] / "schemas"


def test_the_file_is_what_the_messages_say() -> None:
    made = "run `python -m jmc_vc.web.verify_api.report_schema schemas`"
    assert (SCHEMAS / FILE).read_text(encoding="utf-8") == written(report_schema()), made
    assert json.loads(vendored.json_schema(ID)) == report_schema()


@pytest.mark.parametrize("body", [b"", b"{}x"], ids=["as it is", "changed"])
def test_a_report_fits_the_schema_that_is_served(sqlite_installation: Installation, body: bytes) -> None:
    credential = sqlite_installation.issue().body
    spoiled = credential.replace(b'"82"', b'"92"') if body else credential
    with web_client(sqlite_installation.service) as client:
        served = client.get("/schema/verification-report/1.0/report.json")
        schema: dict[str, Any] = served.json()
        report = client.post(
            "/v1/verify?receipt=true", content=spoiled, headers={"content-type": "application/json"}
        ).json()
    assert served.headers["content-type"] == "application/schema+json"
    assert schema["$id"] == "http://localhost:8000/schema/verification-report/1.0/report.json"
    validator = jsonschema_rs.Draft202012Validator(schema)
    validator.validate(report)
    validator.validate({**report, "addedLater": 1})
    assert not validator.is_valid({**report, "verdict": "perhaps"})
