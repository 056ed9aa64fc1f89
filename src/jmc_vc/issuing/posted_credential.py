"""A credential that an issuer has written out itself, as protocols of others send it: read for the award in it.

It is never signed (INV-05). What says who was awarded, when, with which results and evidence becomes an award, as if it
had been asked for in our own words; where our words stand in it tells `place_in_credential`. Everything else is the
approved version's, and may only repeat it: `read_posted` compares.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import Unacceptable
from jmc_vc.formats.data_model.credential import VERIFIABLE_CREDENTIAL
from jmc_vc.formats.data_model.shape import BASE_CONTEXT_V2, BadContext, parts_of, types_of
from jmc_vc.formats.jsonld import ContextNotAllowed
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.strict_json import JsonObject, JsonValue
from jmc_vc.issuing.assemble import contexts_of
from jmc_vc.issuing.strict_message import ExtraMember, MissingMember, WrongValue

MADE_ANEW = ("id", "validFrom", "issuanceDate", "credentialStatus", "proof")
"""Members that every credential gets when it is issued: the caller's would not be the ones that are signed."""

_OF_THE_AWARD = frozenset({"@context", "awardedDate", "evidence"})
_OF_THE_RECIPIENT = frozenset(
    {"id", "identifier", "jmc:recipientName", "activityStartDate", "activityEndDate", "result"}
)
"""Members of the subject that say the award."""
_RESULT_MEMBERS = frozenset({"type", "resultDescription", "value", "achievedLevel", "status"})
_COMPLETED = "Completed"
"""The status of every result that is issued."""
_IDENTITY_MEMBERS = frozenset({"type", "hashed", "identityHash", "identityType"})

_PLACES: Mapping[str, str] = {
    "/recipient/name": "/credentialSubject/jmc:recipientName",
    "/recipient/email": "/credentialSubject/identifier",
    "/recipient/did": "/credentialSubject/id",
    "/recipient": "/credentialSubject",
    "/externalId": "/credentialSubject",
    "/activityStartDate": "/credentialSubject/activityStartDate",
    "/activityEndDate": "/credentialSubject/activityEndDate",
    "/results": "/credentialSubject/result",
    "/program": "/credentialSubject/achievement/id",
    "/version": "/credentialSubject/achievement/id",
}
"""Where a member of an award stands in a credential, the longer names first; all others have one name in both."""


class ProgramNotNamed(Unacceptable):
    """Neither the achievement nor jmc:programVersion is a version of a program of this installation."""

    code = "program.not_named"


@dataclass(frozen=True)
class Identity:
    """An identifier of the learner: its text, and where that stands."""

    text: str
    pointer: str


def award_in(document: JsonObject, site: Site) -> JsonObject:
    """The award that `document` states, in the words of an assertion request.

    Raises BadContext, ContextNotAllowed, BadType, BadMember, ExtraMember for what is made anew, MissingMember,
    WrongValue, ProgramNotNamed."""
    node = Node(document)
    _require_contexts(document, site)
    types_of(node, VERIFIABLE_CREDENTIAL)
    for name in MADE_ANEW:
        if name in document:
            raise ExtraMember(pointer=f"/{name}", member=name)
    if "awardedDate" not in document:
        raise MissingMember(pointer="/awardedDate", member="awardedDate")
    subjects = parts_of(node, "credentialSubject")
    if len(subjects) != 1:
        raise WrongValue(pointer="/credentialSubject")
    subject = subjects[0].members
    number, version = _program(document, subject, site)
    identities = _identities(subject)
    recipient: JsonObject = {"name": _name(subject, identities)}
    if "emailAddress" in identities:
        recipient["email"] = identities["emailAddress"].text
    if "id" in subject:
        recipient["did"] = subject["id"]
    award: JsonObject = {
        "program": number,
        "version": version,
        "recipient": recipient,
        "awardedDate": document["awardedDate"],
        "results": [
            _result(each, f"{site.program_version(number, version)}#") for each in parts_of(subjects[0], "result")
        ],
    }
    for name in ("activityStartDate", "activityEndDate"):
        if name in subject:
            award[name] = subject[name]
    if document.get("evidence", []) != []:  # none, written as an empty list
        award["evidence"] = [_evidence(each) for each in parts_of(node, "evidence")]
    return award


def name_in(document: JsonObject) -> Identity | None:
    """The name as an Open Badge has it, in one text, if `document`, from which `award_in` has read an award, says it.
    It may stand beside the name with its parts, and must not say another."""
    return _identities(parts_of(Node(document), "credentialSubject")[0].members).get("name")


def beside_the_award(document: JsonObject) -> JsonObject:
    """What `document`, from which `award_in` has read an award, says otherwise."""
    rest = {name: member for name, member in document.items() if name not in _OF_THE_AWARD}
    subject = parts_of(Node(document), "credentialSubject")[0].members
    rest["credentialSubject"] = {name: member for name, member in subject.items() if name not in _OF_THE_RECIPIENT}
    return rest


def place_in_credential(pointer: str | None) -> str | None:
    """Where in the credential stands what an award has at `pointer`."""
    if pointer is None:
        return None
    name = next((each for each in _PLACES if pointer == each or pointer.startswith(f"{each}/")), None)
    return pointer if name is None else _PLACES[name]


def _require_contexts(document: JsonObject, site: Site) -> None:
    """Contexts of the caller's would change what the words mean: those that we sign under, or the first of them."""
    contexts = document.get("@context")
    if not isinstance(contexts, list) or contexts[:1] != [BASE_CONTEXT_V2]:
        raise BadContext(pointer="/@context")
    for position, each in enumerate(contexts):
        if each not in contexts_of(site):
            raise ContextNotAllowed(pointer=f"/@context/{position}")


def _program(document: JsonObject, subject: JsonObject, site: Site) -> tuple[str, str]:
    named = [_id(subject.get("achievement")), _id(document.get("jmc:programVersion"))]
    form = re.compile(re.escape(f"{site.base_url}/programs/") + r"([A-Za-z0-9-]{1,32})/v/([0-9.]{1,16})")
    found = {each: form.fullmatch(each) for each in named if each is not None}
    if len(found) != 1:
        raise ProgramNotNamed(pointer="/credentialSubject/achievement/id")
    (program,) = found.values()
    if program is None:
        raise ProgramNotNamed(pointer="/credentialSubject/achievement/id")
    return program[1], program[2]


def _id(value: JsonValue) -> str | None:
    if isinstance(value, list) and len(value) == 1:
        (value,) = value  # one, written as a list of one
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else None


def _name(subject: JsonObject, identities: Mapping[str, Identity]) -> JsonValue:
    """The name with its parts, or the one text that an Open Badge has for it."""
    if "jmc:recipientName" in subject:
        return subject["jmc:recipientName"]
    if "name" not in identities:
        raise MissingMember(pointer="/credentialSubject/jmc:recipientName", member="jmc:recipientName")
    return {"fullName": identities["name"].text}


def _identities(subject: JsonObject) -> Mapping[str, Identity]:
    """The identifiers by their type, in plain text: from a hash nobody could tell it."""
    found: dict[str, Identity] = {}
    for each in parts_of(Node(subject, "/credentialSubject"), "identifier"):
        members = each.members
        for name in members:
            if name not in _IDENTITY_MEMBERS:
                raise WrongValue(pointer=each.at(name))
        if not each.has("type") or types_of(each) != ("IdentityObject",):
            raise WrongValue(pointer=each.at("type"))
        kind, text = members.get("identityType"), members.get("identityHash")
        if kind not in ("name", "emailAddress"):
            raise WrongValue(pointer=each.at("identityType"))
        if members.get("hashed") is not False:
            raise WrongValue(pointer=each.at("hashed"))
        if not isinstance(text, str):
            raise WrongValue(pointer=each.at("identityHash"))
        if kind in found:
            raise WrongValue(pointer="/credentialSubject/identifier")
        found[kind] = Identity(text, each.at("identityHash"))
    return found


def _evidence(evidence: Node) -> JsonObject:
    _require_type(evidence, "Evidence")
    return {name: member for name, member in evidence.members.items() if name != "type"}


def _result(result: Node, prefix: str) -> JsonObject:
    """Which assessment, and its value: a number in text, the code of a level, or the status."""
    members: Mapping[str, Any] = result.members
    _require_type(result, "Result")
    for name in members:
        if name not in _RESULT_MEMBERS:
            raise WrongValue(pointer=result.at(name))
    if {"value", "achievedLevel"} <= members.keys():
        raise WrongValue(pointer=result.at("value"))
    if members.keys() & {"value", "achievedLevel"} and members.get("status", _COMPLETED) != _COMPLETED:
        raise WrongValue(pointer=result.at("status"))
    assessment = _after(prefix, members.get("resultDescription"), result.at("resultDescription"))
    if "achievedLevel" in members:
        level = _after(f"{prefix}{assessment}-", members["achievedLevel"], result.at("achievedLevel"))
        return {"assessment": assessment, "value": level}
    if "value" in members:
        return {"assessment": assessment, "value": members["value"]}
    if "status" in members:
        return {"assessment": assessment, "value": members["status"]}
    raise MissingMember(pointer=result.at("value"), member="value")


def _require_type(node: Node, expected: str) -> None:
    if node.has("type") and types_of(node) != (expected,):
        raise WrongValue(pointer=node.at("type"))


def _after(prefix: str, value: object, pointer: str) -> str:
    if not isinstance(value, str) or not value.startswith(prefix):
        raise WrongValue(pointer=pointer)
    return value.removeprefix(prefix)
