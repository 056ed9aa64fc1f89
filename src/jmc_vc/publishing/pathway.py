"""A pathway, and the programs that lead into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jmc_vc.domain.identifiers import Site
from jmc_vc.errors import NotFound
from jmc_vc.publishing.register import RegisterEntry, entries_of
from jmc_vc.storage.database import Database


class PathwayNotFound(NotFound):
    """No accredited version leads into this pathway."""

    code = "pathway.not_found"


@dataclass(frozen=True, kw_only=True)
class PathwayEntry:
    """`pathway` as the first of `programs` describes it (metadata profile, `stackability.pathways`)."""

    pathway: Mapping[str, Any]
    programs: tuple[RegisterEntry, ...]


@dataclass(frozen=True, kw_only=True)
class FindPathway:
    """Find a pathway by the last part of its address."""

    database: Database
    site: Site

    def __call__(self, pathway_id: str, *, today: date) -> PathwayEntry:
        """The pathway. Raises PathwayNotFound."""
        url = self.site.pathway(pathway_id)
        with self.database.read() as snapshot:
            leading = {(each.number, each.version) for each in snapshot.programs.by_pathway(pathway_id)}
            numbers = sorted({number for number, _ in leading})
            versions = [version for number in numbers for version in snapshot.programs.versions(number)]
            entries = entries_of(snapshot, versions, today=today)
        found = tuple(entry for entry in entries if (entry.version.number, entry.version.version) in leading)
        if not found:
            raise PathwayNotFound
        pathways = found[0].version.content["stackability"]["pathways"]
        return PathwayEntry(pathway=next(each for each in pathways if each["id"] == url), programs=found)
