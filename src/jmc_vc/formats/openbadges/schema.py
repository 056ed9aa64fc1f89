"""JSON Schema validation with our own schemas, compiled once. https://json-schema.org/draft/2020-12/json-schema-core

A violation says where and which rule, never what was found there: documents hold names and results of learners, and a
message of the validator library would repeat them.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Any

import jsonschema_rs

from jmc_vc import vendored
from jmc_vc.formats.openbadges.data_model import DataModel, data_model
from jmc_vc.formats.openbadges.member import pointer_step
from jmc_vc.formats.strict_json import JsonObject, JsonValue

AT_MOST = 50
"""Violations reported: an empty program version has 22, a document of a thousand does not make a thousand lines."""


class Schema(StrEnum):
    """The schemas that we ship, by file name."""

    OPEN_BADGE = "ob3-achievement-credential.json"
    OPEN_BADGE_1_1 = "ob3-achievement-credential-vcdm-1.1.json"
    ENDORSEMENT = "ob3-endorsement-credential.json"
    ENDORSEMENT_1_1 = "ob3-endorsement-credential-vcdm-1.1.json"
    PROFILE = "profile.json"
    STATUS_LIST = "bitstring-status-list-credential.json"
    PROGRAM_VERSION = "program-version-1.0.json"
    CREDENTIAL_BUNDLE = "credential-bundle-1.0.json"


@dataclass(frozen=True, kw_only=True)
class Violation:
    """`pointer` (RFC 6901) names the member at fault, also one that is missing; `keyword` the rule of JSON Schema;
    `code` is `schema.datetime`, `schema.id`, `schema.type` or, for all the rest, `schema.violation`."""

    pointer: str
    keyword: str
    code: str


def badge_schema(document: JsonObject) -> Schema:
    """The schema that a badge is held against, by its data model: 1.1 is for verifying only."""
    return Schema.OPEN_BADGE_1_1 if data_model(document) is DataModel.V1_1 else Schema.OPEN_BADGE


def endorsement_schema(document: JsonObject) -> Schema:
    """As `badge_schema`, for an endorsement."""
    return Schema.ENDORSEMENT_1_1 if data_model(document) is DataModel.V1_1 else Schema.ENDORSEMENT


def violations(document: JsonValue, schema: Schema) -> tuple[Violation, ...]:
    """What in `document` is against `schema`, at most AT_MOST of it; nothing when it conforms. Formats are checked."""
    validator = _validator(schema)
    if validator.is_valid(document):
        return ()
    return tuple(_violation(error) for error in islice(validator.iter_errors(document), AT_MOST))


@cache
def _validator(schema: Schema) -> jsonschema_rs.Draft202012Validator:
    """One registry for all, so that schemas refer to each other; nothing is ever fetched for a `$ref`."""
    documents = {each: _document(each) for each in Schema}
    registry = jsonschema_rs.Registry([(str(document["$id"]), document) for document in documents.values()])
    return jsonschema_rs.Draft202012Validator(documents[schema], validate_formats=True, registry=registry)


def _document(schema: Schema) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(vendored.json_schema(schema.value))
    return document


def _violation(error: jsonschema_rs.ValidationError) -> Violation:
    path = list(error.instance_path)
    keyword = str(error.schema_path[-1])
    missing = getattr(error.kind, "property", None) if keyword == "required" else None
    if isinstance(missing, str):
        path.append(missing)
    pointer = "".join(f"/{pointer_step(str(step))}" for step in path)
    return Violation(pointer=pointer, keyword=keyword, code=_code(path, error.schema_path))


def _code(path: list[Any], schema_path: list[Any]) -> str:
    members = [step for step in path if isinstance(step, str)]
    if "DateTimeStamp" in schema_path:
        return "schema.datetime"
    if members and members[-1] == "id":
        return "schema.id"
    if members and members[-1] == "type":
        return "schema.type"
    return "schema.violation"
