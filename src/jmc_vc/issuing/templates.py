"""The compiled templates of what we issue, made when first needed and kept while they are used.

The credentials of one program version by one issuer are the same but for the award: with `ProofTemplate` each costs a
sixth of what the general path costs before the signature. A template is no second source of content. The credential is
assembled and linted as ever, its texts are read out of it, and what the template makes of them must be that very
credential, byte for byte; else the template is made anew from it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson

from jmc_vc.formats.data_integrity.proof_template import ProofTemplate, compile_proof_template
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.jsonld.recent import Recent
from jmc_vc.formats.jsonld.template import Place
from jmc_vc.formats.strict_json import JsonObject

MOST_KEPT = 128
"""Templates, of 100 to 300 kB each: a busy hour's programs, each in the few shapes that its awards have (with a DID,
with an e-mail address, with evidence)."""

_OF_THE_AWARD = ("id", "awardedDate", "validFrom", "validUntil", "evidence", "credentialStatus")
_OF_THE_LEARNER = ("id", "identifier", "jmc:recipientName", "activityStartDate", "activityEndDate", "result")
"""Members of the credential, and of its subject, that differ from award to award. The rest is the version's."""
_CONSTANT = frozenset({"type", "hashed", "identityType", "statusPurpose"})
"""Members in there that say of what kind something is."""


class Templates:
    """The templates of all issuers. Safe for many threads: two may both make what neither found."""

    def __init__(self, contexts: Contexts) -> None:
        self._contexts = contexts
        self._kept: Recent[ProofTemplate] = Recent(MOST_KEPT)

    def secure(
        self, document: JsonObject, *, verification_method: str, created: datetime, sign: Callable[[bytes], bytes]
    ) -> bytes | None:
        """`document` with its proof, as JSON. None when only the general path can tell. Raises what `add_proof`
        raises."""
        places, values = _what_varies(document)
        name = (verification_method, _version_of(document), tuple(places))
        try:
            written = orjson.dumps(document)
        except orjson.JSONEncodeError:  # the general path says why
            return None
        template = self._kept.get(name)
        if template is not None:
            secured = template.secure(values, created=created, sign=sign, expected=written)
            if secured is not None:
                return secured[1]
        template = compile_proof_template(
            document, places, verification_method=verification_method, created=created, contexts=self._contexts
        )
        if template is None:
            return None
        secured = self._kept.keep(name, template).secure(values, created=created, sign=sign, expected=written)
        return None if secured is None else secured[1]


def _version_of(document: JsonObject) -> str:
    version = document.get("jmc:programVersion")
    return str(version.get("id")) if isinstance(version, dict) else ""


def _what_varies(document: JsonObject) -> tuple[list[Place], list[str]]:
    """The texts of `document` that are the award's: where they stand, and what they say."""
    places: list[Place] = []
    values: list[str] = []
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    for members, names, around in ((document, _OF_THE_AWARD, ()), (subject, _OF_THE_LEARNER, ("credentialSubject",))):
        for name in names:
            if name in members:
                _collect(members[name], (*around, name), places, values)
    return places, values


def _collect(value: Any, place: Place, places: list[Place], values: list[str]) -> None:
    if isinstance(value, str):
        places.append(place)
        values.append(value)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            _collect(item, (*place, position), places, values)
    elif isinstance(value, dict):
        for name, member in value.items():
            if name not in _CONSTANT:
                _collect(member, (*place, name), places, values)
