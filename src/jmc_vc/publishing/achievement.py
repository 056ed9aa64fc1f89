"""The Achievement at a version's address: what a credential of that version says was achieved."""

from dataclasses import dataclass
from typing import Any

from jmc_vc.domain.achievement import achievement
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.program import ProgramNotFound
from jmc_vc.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class PublishAchievement:
    """The Open Badges Achievement of a version, as JSON-LD."""

    database: Database
    site: Site

    def __call__(self, number: str, version: str, language: str = "ja") -> dict[str, Any]:
        """The achievement with its `@context`, in the edition of `language` (ja, en). Raises ProgramNotFound."""
        with self.database.read() as snapshot:
            found = snapshot.programs.get(number, version)
        if found is None or found.approval is None:
            raise ProgramNotFound
        return {"@context": contexts_of(self.site), **achievement(found, self.site, language)}


def contexts_of(site: Site) -> list[str]:
    """The contexts that give an Achievement or a Profile of ours its meaning."""
    return [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        site.context_url,
    ]
