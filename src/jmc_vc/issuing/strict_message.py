"""Bodies read strictly into messages: exact types, and no member that is not listed, which is refused by name.

JSON first (`strict_json`: encoding, doubles, depth, numbers), then the shape (pydantic in strict mode). Neither repeats
what was sent, except the name of a member, and that only if it looks like one of ours could."""

from typing import ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats import strict_json
from jmc_vc.formats.strict_json import JsonObject, Limits, shown_name


class ExtraMember(Unacceptable):
    """A member that callers may not send, because we make it ourselves."""

    code = "request.extra_member"


class UnknownMember(ExtraMember):
    """A member that nobody knows: a slip of the pen, or one of another message."""

    sentence_code: ClassVar[str] = "request.extra_member.unknown"


class MissingMember(Unacceptable):
    """A member that the request cannot do without."""

    code = "request.missing_member"


class WrongValue(Unacceptable):
    """A member of the wrong type, or outside its limits."""

    code = "request.value"


class TooManyMembers(Unacceptable):
    """More values than a body may hold: JSON, and refused like any other that is against a rule (AP-16)."""

    code = "parse.limit"


class StrictMessage(BaseModel):
    """A body. Names are camelCase on the wire. `GENERATED` are names that callers of other systems send and that this
    service makes itself."""

    GENERATED: ClassVar[frozenset[str]] = frozenset()

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, alias_generator=to_camel)


Message = TypeVar("Message", bound=StrictMessage)

_USUAL = Limits()


def read_document(body: bytes, limits: Limits = _USUAL) -> JsonObject:
    """The JSON object in `body`. Raises Malformed for what is no JSON or too deep, TooManyMembers, and WrongValue for a
    value that no member may have."""
    try:
        return strict_json.parse_object(body, limits)
    except (strict_json.BadNumber, strict_json.BadUnicode, strict_json.NotAnObject) as err:
        # JSON, but with a value that no member may have: the same answer as for any other wrong value.
        raise WrongValue(pointer=err.pointer) from err
    except strict_json.TooManyValues as err:
        raise TooManyMembers(limit=limits.values) from err


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
        raise _first_fault(err, kind.GENERATED) from None


def _first_fault(err: ValidationError, generated: frozenset[str]) -> Error:
    # Extra members first: "you may not send this" is the most telling answer.
    faults = sorted(
        err.errors(include_input=False, include_url=False), key=lambda fault: fault["type"] != "extra_forbidden"
    )
    fault = faults[0]
    steps = [str(step) for step in fault["loc"]]
    member = shown_name(steps[-1]) if steps else ""
    # Every step but an extra member's own is a name or a number of ours. What cannot be told is left out here too.
    told = steps[:-1] if fault["type"] == "extra_forbidden" and member != steps[-1] else steps
    pointer = "".join(f"/{step}" for step in told)
    match fault["type"]:
        case "extra_forbidden":
            return (ExtraMember if member in generated else UnknownMember)(pointer=pointer, member=member)
        case "missing":
            return MissingMember(pointer=pointer, member=member)
        case _:
            return WrongValue(pointer=pointer)
