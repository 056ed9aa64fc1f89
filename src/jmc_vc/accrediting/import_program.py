"""Take in a program version: validated, frozen, and identified by the digest of its content (INV-04).

The example data carry a placeholder host; it is replaced by this installation's identity first, because outcome ids and
digest follow from the addresses. What a version names at our own address and is not here is advice, no refusal: it may
be taken in next.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.accrediting.lint_program import LintProgram
from jmc_vc.accrediting.logged import program_entry
from jmc_vc.domain.accreditation import ProgramState
from jmc_vc.domain.actor import Actor
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.program import (
    ProgramVersion,
    RecordOnFile,
    RulesBroken,
    ensure_same_content,
    ensure_submittable,
)
from jmc_vc.domain.program_rule import Content, HourLimits, RuleFinding, Severity
from jmc_vc.domain.program_rules import PROFILE_VIOLATION
from jmc_vc.errors import Unacceptable
from jmc_vc.formats import jcs
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot

_RULES_ON_PAPER = ("R-12", "R-19", "R-22")
_VERSION = re.compile(r"/programs/([A-Z0-9-]+)/v/([0-9.]+)")
_ISSUER = re.compile(r"/issuers/([a-z0-9-]+)")
_REGISTER = "register"
"""Where findings come from that are about what is here, and not about the description itself."""
TEST_CONFIRMATION = "テスト用の確認 / test confirmation"


class WrongIdentifiers(Unacceptable):
    """The description's ids are not those that this installation gives to its number, version and issuer."""

    code = "program.identifiers"


class IssuerNotRegistered(Unacceptable):
    """The description's issuer is not registered here."""

    code = "program.issuer_not_registered"


@dataclass(frozen=True, kw_only=True)
class ImportProgram:
    """Import a version. `records` are the papers on file, by rule; those of fictional programs are confirmed as test
    data."""

    database: Database
    site: Site
    lint: LintProgram
    limits: HourLimits

    def __call__(
        self, document: JsonObject, *, records: Mapping[str, str], actor: Actor, now: datetime
    ) -> tuple[ProgramVersion, tuple[RuleFinding, ...]]:
        """The version, and what the rules and the register advise. The same content again changes nothing; other
        content under the same number and version is refused. Raises RulesBroken, RecordMissing, VersionImmutable,
        WrongIdentifiers, IssuerNotRegistered."""
        content = self.site.rebase(document)
        broken = tuple(finding for finding in self.lint(content) if finding.rule == PROFILE_VIOLATION)
        if broken:
            raise RulesBroken(broken)
        number, version = content["programNumber"], content["version"]
        slug = self._issuer_slug(content["issuer"]["id"])
        if content["id"] != self.site.program_version(number, version):
            raise WrongIdentifiers(pointer="/id")
        on_file = self._records(content, records, actor, now)
        advice = ensure_submittable(content, on_file, self.limits)
        submitted = ProgramVersion(
            number=number,
            version=version,
            issuer=slug,
            content=content,
            content_digest=jcs.digest(content),
            submitted_at=now,
            state=ProgramState.SUBMITTED,
            records=on_file,
        )
        with self.database.begin() as tx:
            if tx.issuers.get(slug) is None:
                raise IssuerNotRegistered(pointer="/issuer/id")
            advice += tuple(self._unresolved(tx, content))
            present = tx.programs.for_change(number, version)
            if present is not None:
                ensure_same_content(present, submitted.content_digest)
                return present, advice
            tx.programs.add(submitted, self.site)
            tx.audit_log.append("program-submitted", f"{number} v{version}", actor=actor, at=now)
            tx.public_log.append([program_entry(submitted, "submitted", at=now)])
        return submitted, advice

    def _unresolved(self, snapshot: Snapshot, content: Content) -> Iterator[RuleFinding]:
        """What every credential of this version will name at our address, and nobody would find there."""
        predecessor = content.get("supersedes")
        if predecessor is not None and self._is_ours(predecessor):
            named = _VERSION.fullmatch(predecessor.removeprefix(self.site.base_url))
            if named is None or snapshot.programs.get(named[1], named[2]) is None:
                yield _missing("program.predecessor_unknown", "/supersedes")
        for place, partner in enumerate(content.get("deliveryPartners", ())):
            if self._is_ours(partner.get("id", "")):
                named = _ISSUER.fullmatch(partner["id"].removeprefix(self.site.base_url))
                if named is None or snapshot.issuers.get(named[1]) is None:
                    yield _missing("program.partner_unknown", f"/deliveryPartners/{place}/id")

    def _is_ours(self, url: str) -> bool:
        return url.startswith(f"{self.site.base_url}/")

    def _issuer_slug(self, profile: str) -> str:
        prefix = self.site.issuer_profile("")
        if not profile.startswith(prefix):
            raise WrongIdentifiers(pointer="/issuer/id")
        return profile.removeprefix(prefix)

    def _records(
        self, content: JsonObject, records: Mapping[str, str], actor: Actor, now: datetime
    ) -> tuple[RecordOnFile, ...]:
        given = dict(records)
        if content.get("fictional") is True:
            given = dict.fromkeys(_RULES_ON_PAPER, TEST_CONFIRMATION) | given
        return tuple(
            RecordOnFile(rule=rule, reference=reference, by=actor.id, at=now)
            for rule, reference in sorted(given.items())
        )


def _missing(code: str, pointer: str) -> RuleFinding:
    return RuleFinding(rule=_REGISTER, severity=Severity.WARN, code=code, pointer=pointer, params={})
