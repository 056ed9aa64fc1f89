"""A learning outcome under an address of its own, for people and as a CFItem of 1EdTech CASE 1.0.

https://www.imsglobal.org/sites/default/files/CASE/casev1p0/information_model/caseservicev1p0_infomodelv1p0.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.errors import NotFound
from jmc_vc.formats.openbadges.date_time import write_date_time_stamp
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.storage.database import Database


class OutcomeNotFound(NotFound):
    """No accredited version has this outcome."""

    code = "outcome.not_found"


@dataclass(frozen=True, kw_only=True)
class OutcomeEntry:
    """`outcome` is the entry of the version's content whose code is `code`."""

    version: ProgramVersion
    code: str
    outcome: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class FindOutcome:
    """Find a learning outcome by its UUID."""

    database: Database

    def __call__(self, uuid: UUID) -> OutcomeEntry:
        """The outcome of a version that was approved once. Raises OutcomeNotFound."""
        with self.database.read() as snapshot:
            found = snapshot.programs.by_outcome(uuid)
        if found is None or found[0].approval is None:
            raise OutcomeNotFound
        version, code = found
        outcome = next(each for each in version.content["learningOutcomes"] if each["code"] == code)
        return OutcomeEntry(version=version, code=code, outcome=outcome)


@dataclass(frozen=True, kw_only=True)
class PublishCaseItem:
    """The outcome as CASE writes it."""

    find_outcome: FindOutcome
    site: Site

    def __call__(self, uuid: UUID) -> JsonObject:
        """The CFItem. Its text is Japanese, the language of the program; the English one stands in `notes`.
        Raises OutcomeNotFound."""
        entry = self.find_outcome(uuid)
        version, outcome = entry.version, entry.outcome
        document_url = self.site.program_version(version.number, version.version)
        levels = (
            {"educationLevel": [f"{level['scheme']} {level['value']}"]}
            if (level := version.content.get("level"))
            else {}
        )
        return {
            "identifier": str(uuid),
            "uri": self.site.outcome(version.number, version.version, entry.code),
            "fullStatement": outcome["statement"]["ja"],
            "notes": outcome["statement"]["en"],
            "humanCodingScheme": entry.code,
            "CFItemType": "Learning Outcome",
            "language": "ja",
            **levels,
            "CFDocumentURI": {
                "title": version.content["title"]["ja"],
                "identifier": str(uuid5(NAMESPACE_URL, document_url)),
                "uri": document_url,
            },
            # The content of a version never changes after its submission (INV-04).
            "lastChangeDateTime": write_date_time_stamp(version.submitted_at),
        }
