"""The register: which program versions are or were accredited, as of a day in Japan.

A version is in the register from its approval on, and for ever: withdrawn and ended ones are shown as what they are
(INV-24)."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jmc_vc.domain.accreditation import PublicState, is_public, public_state
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot

LONGEST_QUERY = 200
"""Characters of a query that are looked at: more than the longest title."""


@dataclass(frozen=True, kw_only=True)
class RegisterEntry:
    """One line of the register."""

    version: ProgramVersion
    issuer: Issuer
    state: PublicState


@dataclass(frozen=True, kw_only=True)
class SearchRegister:
    """Search the register. Empty filters let everything through."""

    database: Database

    def __call__(
        self,
        query: str = "",
        levels: frozenset[int] = frozenset(),
        modes: frozenset[str] = frozenset(),
        states: frozenset[PublicState] = frozenset(),
        *,
        today: date,
    ) -> tuple[RegisterEntry, ...]:
        """The entries that have every word of `query` in their titles, texts, issuers or numbers, in any script width
        or case, and a level, mode and state among the given ones."""
        with self.database.read() as snapshot:
            entries = entries_of(snapshot, snapshot.programs.all(), today=today)
        words = folded(query[:LONGEST_QUERY]).split()
        found = [
            entry
            for entry in entries
            if (not states or entry.state in states)
            and (not levels or _level(entry) in levels)
            and (not modes or _mode(entry) in modes)
            and _has_all(entry, words)
        ]
        return tuple(sorted(found, key=lambda entry: (_ORDER_OF[entry.state], entry.version.number)))


def entries_of(snapshot: Snapshot, versions: Iterable[ProgramVersion], *, today: date) -> tuple[RegisterEntry, ...]:
    """The entries of those of `versions` that are public today, in their order. The state of a version depends on its
    siblings, so all versions of a program must be given together."""
    known = tuple(versions)
    issuers: dict[str, Issuer] = {issuer.slug: issuer for issuer in snapshot.issuers.all()}
    siblings: dict[str, list[ProgramVersion]] = {}
    for version in known:
        siblings.setdefault(version.number, []).append(version)
    return tuple(
        RegisterEntry(
            version=version,
            issuer=issuers[version.issuer],
            state=public_state(version, today, siblings[version.number]),
        )
        for version in known
        if is_public(version, today)
    )


def folded(text: str) -> str:
    """The text as searches compare it: full and half width, upper and lower case are the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def _has_all(entry: RegisterEntry, words: list[str]) -> bool:
    if not words:
        return True
    content, issuer = entry.version.content, entry.issuer
    texts = [
        entry.version.number,
        issuer.number,
        issuer.name_ja,
        issuer.name_en,
        issuer.name_kana or "",
        *_both(content.get("title")),
        *_both(content.get("description")),
        *(text for outcome in content.get("learningOutcomes", ()) for text in _both(outcome.get("statement"))),
        *_both(content.get("fieldOfEducation", {}).get("label")),
        *(alignment.get("targetName", "") for alignment in content.get("alignments", ())),
    ]
    text = folded("\n".join(texts))
    return all(word in text for word in words)


def _both(text: Mapping[str, Any] | None) -> tuple[str, str]:
    return ("", "") if text is None else (text.get("ja", ""), text.get("en", ""))


def _level(entry: RegisterEntry) -> int | None:
    level: int | None = entry.version.content.get("level", {}).get("value")
    return level


def _mode(entry: RegisterEntry) -> str | None:
    mode: str | None = entry.version.content.get("participation", {}).get("mode")
    return mode


_ORDER_OF = {state: place for place, state in enumerate(
    (PublicState.EFFECTIVE, PublicState.UPCOMING, PublicState.SUSPENDED, PublicState.SUPERSEDED, PublicState.ENDED,
     PublicState.WITHDRAWN)
)}  # fmt: skip
"""What one can enrol in stands first."""
