"""The description of the API. The code is the source, `openapi.yaml` is the contract; a test compares the two.

Every endpoint lists the problems that it can answer with. The examples come from a demonstration instance with a fixed
clock and fixed keys (`examples.json` beside this file), so that the credential in them verifies."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import yaml
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic.json_schema import models_json_schema

from jmc_vc.errors import Error
from jmc_vc.web.limits import AmbiguousRequest, EncodedBody, WrongHost
from jmc_vc.web.problems import MEDIA_TYPE, HeadTooLarge, Internal, Unreadable, status_of

_PARAGRAPH_BREAKS = re.compile(r"(?<!\n)\n(?!\n|$)")
_REF = "#/components/schemas/{model}"
_DESCRIPTION = """\
Issues and verifies Open Badges 3.0 credentials of accredited micro-credential programs.
認証されたプログラムのマイクロクレデンシャル（Open Badges 3.0）を発行し、検証する API です。

Every error is an `application/problem+json` document (RFC 9457) with a stable `code` and a sentence in Japanese and
English. Bodies are read strictly: UTF-8, no member twice, no member that is not listed, exact types. Whoever
looks up many credentials that do not exist has to wait before the next look-up (`link.too_many_misses`).
"""


_OF_ANY_REQUEST: tuple[type[Error], ...] = (
    Internal, WrongHost, AmbiguousRequest, EncodedBody, HeadTooLarge, Unreadable,
)  # fmt: skip
"""What any request can be answered with, whatever it asks for."""


class _Message(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class MessageInBoth(_Message):
    """One sentence in Japanese and English."""

    ja: str
    en: str


class Fault(_Message):
    """What is wrong with one member of the request; `pointer` is a JSON Pointer (RFC 6901)."""

    pointer: str
    code: str
    message: MessageInBoth


class Problem(_Message):
    """RFC 9457. `type` is an address that explains `code`; `traceId` is the number to quote when you ask us."""

    type: str = Field(json_schema_extra={"format": "uri"})
    title: str
    status: int
    detail: str
    code: str
    message: MessageInBoth
    errors: list[Fault]
    trace_id: str


SECURED: dict[str, Any] = {"security": [{"apiKey": []}]}
"""For `openapi_extra` of endpoints that need an API key."""


def answers(
    good: Mapping[int, type[BaseModel] | str], *problems: type[Error], content: Mapping[str, type[BaseModel]] = {}
) -> dict[int | str, dict[str, Any]]:
    """For `responses`: the models of the good answers (or what they are, in words), and the problems by status.
    `content` has the model of a good answer that is no JSON, by its media type."""
    codes: dict[int, set[str]] = defaultdict(set)
    every: list[type[Error]] = [*problems, *_OF_ANY_REQUEST]
    for error in every:
        codes[status_of(error)].add(error.code)
    listed: dict[int | str, dict[str, Any]] = {}
    for status, model in good.items():
        listed[status] = (
            {"description": model} if isinstance(model, str) else {"model": model, "description": _said(model)}
        )
        if content:
            listed[status]["content"] = {
                each: {"schema": {"$ref": _REF.format(model=line.__name__)}} for each, line in content.items()
            }
    for status, found in sorted(codes.items()):
        listed[status] = {
            "description": "Problem: " + ", ".join(f"`{code}`" for code in sorted(found)),
            "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}},
        }
    return listed


def body_of(*media_types: str, model: type[BaseModel] | None = None) -> dict[str, Any]:
    """For `openapi_extra`: a body that the endpoint reads itself, of `model`, or any JSON object, or, where the media
    type says so, a text or a file."""
    content = {each: {"schema": _schema_of(each, model)} for each in media_types}
    return {"requestBody": {"required": True, "content": content}}


def _schema_of(media_type: str, model: type[BaseModel] | None) -> dict[str, Any]:
    if model is not None and media_type.endswith("json"):
        return {"$ref": _REF.format(model=model.__name__)}
    if media_type.endswith("json") or media_type in ("application/vc", "application/vp"):
        return {"type": "object"}
    file = media_type.startswith("image/") or media_type == "application/pdf"
    return {"type": "string", "format": "binary"} if file else {"type": "string"}


def export(app: FastAPI, *, base_url: str, models: tuple[type[BaseModel], ...]) -> dict[str, Any]:
    """The OpenAPI document of `app`. `models` are those of bodies that endpoints read themselves."""
    document = get_openapi(
        title="JMC-VC",
        version=version("jmc-vc"),
        description=_DESCRIPTION,
        routes=app.routes,
        servers=[{"url": base_url}],
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    every: tuple[type[BaseModel], ...] = (Problem, *models)
    _, own = models_json_schema([(model, "validation") for model in every], ref_template=_REF)
    schemas.update(own["$defs"])
    # What FastAPI adds for parameters is never answered: problems.py answers in its place.
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for operation in _operations(document).values():
        if "HTTPValidationError" in json.dumps(operation["responses"].get("422", {})):
            del operation["responses"]["422"]
    components["schemas"] = dict(sorted(schemas.items()))
    components["securitySchemes"] = {
        "apiKey": {"type": "http", "scheme": "bearer", "description": "An API key of the issuer."}
    }
    _add_examples(document)
    joined: dict[str, Any] = _with_joined_lines(document)
    return joined


def as_yaml(document: Mapping[str, Any]) -> str:
    """The text of openapi.yaml."""
    text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
    return text


def _with_joined_lines(value: Any) -> Any:
    """`value` with the line breaks taken out of paragraphs: where our source wraps says nothing to a reader."""
    if isinstance(value, dict):
        return {
            name: _PARAGRAPH_BREAKS.sub(" ", member)
            if name == "description" and isinstance(member, str)
            else member
            if name == "example"
            else _with_joined_lines(member)
            for name, member in value.items()
        }
    return [_with_joined_lines(item) for item in value] if isinstance(value, list) else value


@cache
def examples() -> Mapping[str, Any]:
    """Example bodies: operation → {"request": …, "response": …}."""
    found: dict[str, Any] = json.loads((files("jmc_vc.web") / "examples.json").read_bytes())
    return found


def _add_examples(document: dict[str, Any]) -> None:
    operations = _operations(document)
    for name, example in examples().items():
        operation = operations[name]
        if "request" in example:
            for content in operation["requestBody"]["content"].values():
                if content["schema"].get("type") != "string":  # a token or a picture would be another example
                    content["example"] = example["request"]
        if "response" in example:
            status = next(status for status in operation["responses"] if status.startswith("2"))
            for content in operation["responses"][status]["content"].values():
                content["example"] = example["response"]


def _operations(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {operation["operationId"]: operation for path in document["paths"].values() for operation in path.values()}


def _said(model: type[BaseModel]) -> str:
    """The first paragraph of its docstring, on one line."""
    return " ".join((model.__doc__ or "").partition("\n\n")[0].split())
