"""Bodies read strictly into messages: exact types, and no member that is not listed, which is refused by name.

JSON first (`strict_json`: encoding, doubles, depth, numbers), then the shape (pydantic in strict mode). Neither repeats
what was sent, except the name of a member, and that only as long as a name of ours could be."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats import strict_json
from jmc_vc.formats.strict_json import JsonObject

_NAMEABLE = 64
"""Longest member name that an error repeats: enough for every name of ours, too short to carry personal data far."""


class ExtraMember(Unacceptable):
    """A member that callers may not send."""

    code = "request.extra_member"


class MissingMember(Unacceptable):
    """A member that the request cannot do without."""

    code = "request.missing_member"


class WrongValue(Unacceptable):
    """A member of the wrong type, or outside its limits."""

    code = "request.value"


class StrictMessage(BaseModel):
    """A body. Names are camelCase on the wire."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, alias_generator=to_camel)


Message = TypeVar("Message", bound=StrictMessage)


def read_document(body: bytes) -> JsonObject:
    """The JSON object in `body`. Raises Malformed for what is no JSON, WrongValue for a value that no member may
    have."""
    try:
        return strict_json.parse_object(body)
    except (
        strict_json.BadNumber,
        strict_json.BadUnicode,
        strict_json.NotAnObject,
        strict_json.TooManyValues,
    ) as err:
        # JSON, but with a value that no member may have, or more of them: the same answer as for any other wrong value.
        raise WrongValue(pointer=err.pointer) from err


def read_message(kind: type[Message], body: bytes) -> Message:
    """The message of `kind` in `body`. Raises what `read_document` raises, ExtraMember, MissingMember, WrongValue."""
    read_document(body)
    return validated(kind, body)


def validated(kind: type[Message], body: bytes) -> Message:
    """The message in a `body` that `read_document` has read. Raises ExtraMember, MissingMember, WrongValue."""
    try:
        # From the bytes, not from the parsed value: pydantic's strict mode takes arrays for tuples only when it reads
        # JSON.
        return kind.model_validate_json(body)
    except ValidationError as err:
        raise _first_fault(err) from None


def _first_fault(err: ValidationError) -> Error:
    # Extra members first: "you may not send this" is the most telling answer.
    faults = sorted(
        err.errors(include_input=False, include_url=False), key=lambda fault: fault["type"] != "extra_forbidden"
    )
    fault = faults[0]
    pointer = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')[:_NAMEABLE]}" for step in fault["loc"])
    member = _shown(str(fault["loc"][-1])) if fault["loc"] else ""
    match fault["type"]:
        case "extra_forbidden":
            return ExtraMember(pointer=pointer, member=member)
        case "missing":
            return MissingMember(pointer=pointer, member=member)
        case _:
            return WrongValue(pointer=pointer)


def _shown(name: str) -> str:
    return name if len(name) <= _NAMEABLE and name.isprintable() else "…"
