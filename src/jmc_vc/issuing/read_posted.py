"""From a credential that an issuer wrote out itself to a request for one: nothing in it may say what was not approved.

1. Read the award (`posted_credential`), as strictly as one of our own API.
2. Write the credential that would be issued for it, from the approved version.
3. Compare: whatever was posted beside the award has to be in it, word for word. What was left out is put in.

Whether the award may be made now is asked when it is reserved, and not here: a repeat of an earlier request gets its
answer whatever has happened since.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import orjson

from jmc_vc.domain import person_name
from jmc_vc.domain.actor import Actor, Scope, ensure_scope
from jmc_vc.domain.award import AssessmentResult
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats.data_model.shape import types_of
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.strict_json import JsonObject, JsonValue
from jmc_vc.issuing.assemble import Place, assemble
from jmc_vc.issuing.posted_credential import (
    MADE_ANEW,
    award_in,
    beside_the_award,
    name_in,
    place_in_credential,
)
from jmc_vc.issuing.request import AssertionRequest, read_request
from jmc_vc.issuing.reserve import ProgramUnknown, find_version
from jmc_vc.storage.database import Database

_NOWHERE = Place(uuid=UUID(int=0), subject_id=None, list_number=1, status_index=0, status_form=StatusForm.BITSTRING)
"""The place of a credential that is only written to be compared with."""


_SYNONYMS: Mapping[str, str] = {"AchievementCredential": "OpenBadgeCredential"}
"""Two names that the context of Open Badges has for one type."""


class ContentDiffers(Unacceptable):
    """Something of the posted credential is not what the approved version says (INV-05)."""

    code = "program.content_differs"


class TypeDiffers(ContentDiffers):
    """A type that what is issued here does not have."""

    sentence_code: ClassVar[str] = "program.content_differs.type"


class NameDiffers(ContentDiffers):
    """The name in one text is not the one that the name with its parts makes."""

    sentence_code: ClassVar[str] = "program.content_differs.name"


@dataclass(frozen=True, kw_only=True)
class ReadPostedCredential:
    """Read a posted credential as the request that it stands for. Nothing is written."""

    database: Database
    site: Site

    def __call__(self, document: JsonObject, *, actor: Actor, now: datetime) -> AssertionRequest:
        """The request. Raises what `award_in` and `read_request` raise, ProgramUnknown, VersionUnknown, and
        ContentDiffers; pointers are those into `document`."""
        ensure_scope(actor, Scope.ISSUE)
        award = award_in(document, self.site)  # 1
        try:
            request = read_request(orjson.dumps(award))
            made = self._made(request, actor, now)  # 2
        except Error as err:
            err.pointer = place_in_credential(err.pointer)
            raise
        name = name_in(document)  # 3
        if name is not None and name.text != person_name.signed_name(request.award.recipient.name):
            raise NameDiffers(pointer=name.pointer)
        differing = _difference(beside_the_award(document), made, "")
        if differing is not None:
            raise (TypeDiffers if differing.endswith("/type") else ContentDiffers)(pointer=differing)
        return request

    def _made(self, request: AssertionRequest, actor: Actor, now: datetime) -> Mapping[str, Any]:
        award = request.award
        if actor.issuer is None:
            raise ProgramUnknown(award.program)
        with self.database.read() as snapshot:
            versions = snapshot.programs.versions(award.program)
            issuer = snapshot.issuers.get(actor.issuer)
        version = find_version(versions, actor.issuer, award.program, award.version, jst_day(award.awarded_at))
        if issuer is None:
            raise ProgramUnknown(award.program)
        # The results are the caller's to say. Compared is what stands around them.
        results = tuple(AssessmentResult(assessment=each["id"], value="") for each in version.content["assessment"])
        award = replace(award, results=results)
        document = assemble(award, version, issuer, _NOWHERE, site=self.site, salt="", signed_at=now)
        return {name: member for name, member in document.items() if name not in MADE_ANEW}


def _difference(posted: JsonValue, made: Any, pointer: str) -> str | None:
    """Where `posted` says something that `made` does not; None when it is a part of it."""
    if isinstance(made, list):
        listed = posted if isinstance(posted, list) else [posted]
        if len(listed) != len(made):
            return pointer
        pairs = zip(listed, made, strict=True)
        return _first(_difference(one, other, f"{pointer}/{place}") for place, (one, other) in enumerate(pairs))
    if isinstance(posted, list) and len(posted) == 1:
        return _difference(posted[0], made, f"{pointer}/0")
    if isinstance(made, Mapping) and isinstance(posted, dict):
        node = Node(posted, pointer)
        return _first(
            _difference_at(name, member, made[name], node) if name in made else node.at(name)
            for name, member in posted.items()
        )
    if isinstance(made, Mapping):
        made = made.get("id")  # a URL stands for the object that has it: an issuer, or an achievement
    return None if posted == made and isinstance(posted, bool) is isinstance(made, bool) else pointer


def _difference_at(name: str, member: JsonValue, made: Any, node: Node) -> str | None:
    if name != "type":
        return _difference(member, made, node.at(name))
    # In no order, and those that it goes without saying may be left out.
    types = {_SYNONYMS.get(each, each) for each in types_of(node)}
    return None if types <= set(made if isinstance(made, list) else [made]) else node.at(name)


def _first(found: Iterable[str | None]) -> str | None:
    return next((each for each in found if each is not None), None)
