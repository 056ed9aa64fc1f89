"""From a credential that an issuer wrote out itself to a request for one: nothing in it may say what was not approved.

1. Read the award (`posted_credential`), as strictly as one of our own API.
2. Write the credential that would be issued for it, from the approved version.
3. Compare: whatever was posted beside the award has to be in it, word for word. What was left out is put in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from jmc_vc.domain import award as awards
from jmc_vc.domain.accreditation import ensure_awardable
from jmc_vc.domain.actor import Actor, Scope, ensure_scope
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats.openbadges.member import Node
from jmc_vc.formats.strict_json import JsonObject, JsonValue
from jmc_vc.issuing.assemble import Place, assemble
from jmc_vc.issuing.posted_credential import (
    MADE_ANEW,
    award_in,
    beside_the_award,
    place_in_credential,
)
from jmc_vc.issuing.request import AssertionRequest, read_request
from jmc_vc.issuing.reserve import ProgramUnknown
from jmc_vc.storage.database import Database

_NOWHERE = Place(uuid=UUID(int=0), subject_id=None, list_number=1, status_index=0, status_form=StatusForm.BITSTRING)
"""The place of a credential that is only written to be compared with."""


class ContentDiffers(Unacceptable):
    """Something of the posted credential is not what the approved version says (INV-05)."""

    code = "program.content_differs"


@dataclass(frozen=True, kw_only=True)
class ReadPostedCredential:
    """Read a posted credential as the request that it stands for. Nothing is written."""

    database: Database
    site: Site

    def __call__(self, document: JsonObject, *, actor: Actor, now: datetime) -> AssertionRequest:
        """The request. Raises what `award_in` and `read_request` raise, ProgramUnknown, the refusals of an award that
        cannot be made, and ContentDiffers; pointers are those into `document`."""
        ensure_scope(actor, Scope.ISSUE)
        try:
            request = read_request(orjson.dumps(award_in(document, self.site)))  # 1
            made = self._made(request, actor, now)  # 2
        except Error as err:
            err.pointer = place_in_credential(err.pointer)
            raise
        differing = _difference(beside_the_award(document), made, "")  # 3
        if differing is not None:
            raise ContentDiffers(pointer=differing)
        return request

    def _made(self, request: AssertionRequest, actor: Actor, now: datetime) -> Mapping[str, Any]:
        award = request.award
        with self.database.read() as snapshot:
            version = snapshot.programs.get(award.program, award.version or "")
            issuer = None if version is None else snapshot.issuers.get(version.issuer)
        if version is None or issuer is None or version.issuer != actor.issuer:
            raise ProgramUnknown(award.program)
        ensure_awardable(version, jst_day(award.awarded_at))
        awards.check_results(award, version.content)
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
            _difference(member, made[name], node.at(name)) if name in made else node.at(name)
            for name, member in posted.items()
        )
    if isinstance(made, Mapping):
        made = made.get("id")  # a URL stands for the object that has it: an issuer, or an achievement
    return None if posted == made and isinstance(posted, bool) is isinstance(made, bool) else pointer


def _first(found: Iterable[str | None]) -> str | None:
    return next((each for each in found if each is not None), None)
