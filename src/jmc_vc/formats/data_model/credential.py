"""Whether a document is a verifiable credential: the rules of the data model 2.0, and of 1.1 for old badges.

https://www.w3.org/TR/vc-data-model-2.0/#basic-concepts and https://www.w3.org/TR/vc-data-model/#basic-concepts

This is the general rule for what anybody issues; Open Badges are stricter and are read by `formats.openbadges`. The
proof, the contexts and what stands behind the URLs are judged elsewhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.data_model.related_resource import RelatedResource, read_related_resources
from jmc_vc.formats.data_model.shape import (
    DataModel,
    data_model_of,
    id_in,
    id_of,
    parts_of,
    required_id_of,
    types_of,
)
from jmc_vc.formats.openbadges.date_time import DateTimeStamp, NotADateTimeStamp, read_date_time, read_date_time_stamp
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.strict_json import JsonObject, JsonValue

VERIFIABLE_CREDENTIAL = "VerifiableCredential"

_TYPED: Mapping[str, frozenset[DataModel]] = {
    "credentialStatus": frozenset({DataModel.V1_1}),
    "credentialSchema": frozenset(DataModel),
    "refreshService": frozenset({DataModel.V1_1}),
    "termsOfUse": frozenset(),
    "evidence": frozenset(),
}
"""Members that hold objects with a type (VC-03, VC-08, VC-09, VC-12) → the data models in which they need an id too."""

_PERIOD: Mapping[DataModel, tuple[tuple[str, ...], tuple[str, ...]]] = {
    DataModel.V1_1: (("issuanceDate", "validFrom"), ("expirationDate", "validUntil")),
    DataModel.V2_0: (("validFrom",), ("validUntil",)),
}
"""Where the period of validity begins, and where it ends. Version 1.1 reserved the newer names beside its own."""

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_LANGUAGE_VALUE = frozenset({"@value", "@language", "@direction"})


class BadText(Unacceptable):
    """A name or description is neither a text nor a language value object nor a list of those."""

    code = "vc.text"


class BadIssuer(Unacceptable):
    """`issuer` is neither a URL nor an object with a URL as its id."""

    code = "vc.issuer"


class BadSubject(Unacceptable):
    """`credentialSubject` is not an object, or a list of objects, that claims anything."""

    code = "vc.subject"


class ReversedPeriod(Unacceptable):
    """The validity ends before it begins."""

    code = "validity.reversed"


@dataclass(frozen=True, kw_only=True)
class Credential:
    """What a verifier needs of any credential, read from one that keeps the rules. `issuer` is its id; `statuses` are
    the entries as they stand, because each type of entry has a reader of its own."""

    data_model: DataModel
    id: str | None
    types: tuple[str, ...]
    issuer: str
    subject_ids: tuple[str, ...]
    valid_from: DateTimeStamp | None
    valid_until: DateTimeStamp | None
    statuses: tuple[JsonObject, ...]
    related_resources: tuple[RelatedResource, ...]


def check_credential(document: JsonObject, *, pointer: str = "", offset_required: bool = False) -> Credential:
    """What `document` says, if it keeps every rule; `pointer` is where it stands in a greater one.

    A time without an offset is read as UTC (VC-07) unless `offset_required`: a verifier has to take it, an issuer must
    not write it.

    Raises vc.context, vc.id, vc.type, vc.text, vc.issuer, vc.subject, vc.member, vc.related_resource, schema.datetime
    and validity.reversed."""
    node = Node(document, pointer)
    data_model = data_model_of(node)
    types = types_of(node, VERIFIABLE_CREDENTIAL)
    issuer = _issuer(node)
    if data_model is DataModel.V2_0:  # in 1.1 these names meant only what other contexts made of them
        _require_texts(node)
        if isinstance(node.members["issuer"], dict):
            _require_texts(node.node("issuer"))
    for name, id_required_in in _TYPED.items():
        for part in parts_of(node, name):
            types_of(part)
            (required_id_of if data_model in id_required_in else id_of)(part)
    valid_from, valid_until = _period(node, data_model, offset_required=offset_required)
    return Credential(
        data_model=data_model,
        id=id_of(node),
        types=types,
        issuer=issuer,
        subject_ids=tuple(found for each in _subjects(node) if (found := id_of(each)) is not None),
        valid_from=valid_from,
        valid_until=valid_until,
        statuses=tuple(each.members for each in parts_of(node, "credentialStatus")),
        related_resources=read_related_resources(node) if data_model is DataModel.V2_0 else (),
    )


def _issuer(node: Node) -> str:
    issuer = id_in(node.members.get("issuer"))
    if issuer is None:
        raise BadIssuer(pointer=node.at("issuer"))
    return issuer


def _subjects(node: Node) -> tuple[Node, ...]:
    """VC-06. An id alone is taken for a claim, as the test suite of W3C takes it: that there is such a subject."""
    value = node.members.get("credentialSubject")
    at = node.at("credentialSubject")
    listed = [(each, f"{at}/{place}") for place, each in enumerate(value)] if isinstance(value, list) else [(value, at)]
    if not listed:
        raise BadSubject(pointer=at)
    subjects = []
    for each, where in listed:
        if not isinstance(each, dict) or not each:
            raise BadSubject(pointer=where)
        subjects.append(Node(each, where))
    return tuple(subjects)


def _require_texts(node: Node) -> None:
    """VC-04: https://www.w3.org/TR/vc-data-model-2.0/#language-and-base-direction"""
    for name in ("name", "description"):
        if not node.has(name):
            continue
        value = node.members[name]
        texts = value if isinstance(value, list) else [value]
        if not texts or not all(map(_is_text, texts)):
            raise BadText(pointer=node.at(name))


def _is_text(value: JsonValue) -> bool:
    if not isinstance(value, dict):
        return isinstance(value, str)
    language = value.get("@language", "und")
    return (
        value.keys() <= _LANGUAGE_VALUE
        and isinstance(value.get("@value"), str)
        and isinstance(language, str)
        and _LANGUAGE_TAG.fullmatch(language) is not None
        and value.get("@direction", "ltr") in ("ltr", "rtl")
    )


def _period(
    node: Node, data_model: DataModel, *, offset_required: bool
) -> tuple[DateTimeStamp | None, DateTimeStamp | None]:
    """The latest beginning and the earliest end that the document states: nobody may choose the name that suits."""
    if data_model is DataModel.V1_1 and not node.has("issuanceDate"):
        raise NotADateTimeStamp(pointer=node.at("issuanceDate"))
    begins, ends = (
        [_moment(node, name, offset_required=offset_required) for name in names if node.has(name)]
        for names in _PERIOD[data_model]
    )
    valid_from = max(begins, key=lambda each: each.instant, default=None)
    valid_until = min(ends, key=lambda each: each.instant, default=None)
    if valid_from and valid_until and valid_until.instant < valid_from.instant:
        raise ReversedPeriod(pointer=node.at(_PERIOD[data_model][1][0]))
    return valid_from, valid_until


def _moment(node: Node, name: str, *, offset_required: bool) -> DateTimeStamp:
    read = read_date_time_stamp if offset_required else read_date_time
    return read(node.members[name], pointer=node.at(name))
