"""openapi.yaml says what the code says, and its examples are true."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from jmc_vc.issuing.request import read_request
from jmc_vc.web.app import create_app
from jmc_vc.web.guessing import MOST_MISSES
from jmc_vc.web.openapi import as_yaml
from jmc_vc.web.openapi import examples as kept
from jmc_vc.web.openapi_route import description
from tests.builders.examples import examples, fixed_installation
from tests.builders.installation import Installation
from tests.builders.web import web_client

CONTRACT = Path(__file__).parents[2] / "openapi.yaml"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return fixed_installation(tmp_path_factory.mktemp("fixed"))


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
    return found


def test_the_file_is_what_the_code_exports(installation: Installation) -> None:
    exported = as_yaml(description(create_app(installation.service)))
    assert CONTRACT.read_text(encoding="utf-8") == exported, "run `make openapi`"


def test_the_examples_are_what_a_fixed_installation_answers(installation: Installation) -> None:
    assert examples(installation) == kept(), "run `python -m tests.builders.examples`"


def test_the_credential_in_the_examples_verifies(installation: Installation) -> None:
    for operation, part in (("createAssertion", "response"), ("getAssertion", "response")):
        body = json.dumps(kept()[operation][part]["credential"], ensure_ascii=False).encode()
        # The last example revokes it, which says nothing of its signature and its rules.
        checks = {check.id: check.finding.outcome.value for check in installation.verify(body).checks}
        assert {name for name, outcome in checks.items() if outcome == "fail"} <= {"status"}
        assert checks["proof"] == checks["schema"] == checks["program"] == "pass"
    assert kept()["verify"]["response"]["verdict"] == "valid"


def test_the_award_in_the_examples_can_be_read() -> None:
    read_request(json.dumps(kept()["createAssertion"]["request"]).encode())


def _operations(contract: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        operation["operationId"]: operation
        for path in contract["paths"].values()
        for method, operation in path.items()
        if method in ("get", "post")
    }


def test_every_example_fits_its_schema(contract: dict[str, Any]) -> None:
    for name, example in kept().items():
        operation = _operations(contract)[name]
        bodies = {"request": operation.get("requestBody", {}).get("content", {})}
        good = next(status for status in operation["responses"] if status.startswith("2"))
        bodies["response"] = operation["responses"][good].get("content", {})
        for part, value in example.items():
            for content in bodies[part].values():
                if content["schema"].get("type") == "string":
                    continue  # a text or a file, beside the JSON
                assert content["example"] == value
                whole = {"components": contract["components"], **content["schema"]}
                jsonschema_rs.Draft202012Validator(whole).validate(value)


def test_every_operation_lists_its_problems(contract: dict[str, Any]) -> None:
    for name, operation in _operations(contract).items():
        problems = {status: each for status, each in operation["responses"].items() if status >= "400"}
        if operation.get("tags") == ["published"]:
            continue  # pages and data at one address: pages answer with pages
        assert "500" in problems, name
        for status, each in problems.items():
            assert list(each["content"]) == ["application/problem+json"], (name, status)
            assert "`" in each["description"]
        if operation.get("security"):
            assert {"401", "403"} <= set(problems)
        if "requestBody" in operation:
            assert {"400", "413", "415"} <= set(problems)


def test_the_frameworks_own_errors_are_not_promised(contract: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in CONTRACT.read_text(encoding="utf-8")
    assert contract["openapi"].startswith("3.1")


HOST = (b"host", b"localhost:8000")
JSON = (b"content-type", b"application/json")
REFUSED: dict[str, tuple[str, list[tuple[bytes, bytes]], bytes]] = {
    "no host": ("", [], b""),
    "another host": ("", [(b"host", b"evil.test")], b""),
    "a header twice": ("", [HOST, JSON, JSON], b""),
    "two lengths": ("", [HOST, (b"content-length", b"1"), (b"transfer-encoding", b"chunked")], b"{"),
    "compressed": ("", [HOST, (b"content-encoding", b"gzip")], b"x"),
}
"""Of any operation: query, headers, body."""
OF_VERIFYING: dict[str, tuple[str, list[tuple[bytes, bytes]], bytes]] = {
    "an unknown parameter": ("polcy=x", [HOST, JSON], b""),
    "a parameter twice": ("receipt=1&receipt=1", [HOST, JSON], b""),
    "a parameter that cannot be read": ("receipt=x", [HOST, JSON], b""),
    "no media type": ("", [HOST], b"x"),
    "another media type": ("", [HOST, (b"content-type", b"text/html")], b"x"),
    "too large": ("", [HOST, JSON, (b"content-length", b"99999999")], b"x"),
    "no JSON": ("", [HOST, JSON], b"{"),
    "nothing": ("", [HOST, JSON], b""),
}
LOOKING_UP = ("/v1/verify", "/credentials/{uuid}", "/credentials/{uuid}/bundle")
UNKNOWN = "9f0d8b52-5c5b-4f0e-8d5e-1f1a3a0c7b11"
WRONG_POLICY = ("policy=x", [HOST, JSON], b"{}")


@pytest.mark.parametrize("name", [*REFUSED, *OF_VERIFYING, "another policy", "guessing"])
def test_what_an_operation_refuses_is_told_of_it(
    installation: Installation, contract: dict[str, Any], name: str
) -> None:
    """Of every operation what any request can be refused for, and of verifying all that its request can be."""
    with web_client(installation.service) as client:
        if name == "guessing":
            for _ in range(MOST_MISSES):
                client.get(f"/credentials/{UNKNOWN}", client="192.0.2.1")
        for path, operations in contract["paths"].items():
            for method, operation in operations.items():
                if name in REFUSED:
                    query, headers, body = REFUSED[name]
                elif name == "guessing" and path in LOOKING_UP:
                    query, headers, body = "", [HOST, (b"content-type", b"text/plain")], UNKNOWN.encode()
                elif name == "another policy" and "parameters" in operation and path.startswith("/v1/verify"):
                    query, headers, body = WRONG_POLICY
                elif name in OF_VERIFYING and path.startswith("/v1/verify"):
                    query, headers, body = OF_VERIFYING[name]
                else:
                    continue
                place = path.replace("{uuid}", UNKNOWN).replace("{", "").replace("}", "") + (
                    f"?{query}" if query else ""
                )
                answer = client.raw(method.upper(), place, headers, [body])
                code = json.loads(answer.body)["code"]
                told = operation["responses"].get(str(answer.status), {"description": ""})["description"]
                assert f"`{code}`" in told, (path, answer.status, code)
