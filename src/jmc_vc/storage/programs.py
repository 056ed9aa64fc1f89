"""Program versions, whole: their content, approval, suspensions, papers on file, and the ids that they publish."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, bindparam, select

from jmc_vc.domain.accreditation import Approval, ProgramState, Suspension
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.program import AlignmentCheck, ProgramVersion, RecordOnFile
from jmc_vc.storage.aggregate import Aggregate
from jmc_vc.storage.bulk import insert_rows
from jmc_vc.storage.tables import program_versions, published_ids

_VERSIONS = select(program_versions).where(program_versions.c.number == bindparam("number"))


class _Published(StrEnum):
    """Ids inside a version's content that must resolve on their own."""

    OUTCOME = "outcome"
    PATHWAY = "pathway"


class ReadPrograms(Aggregate):
    """Program versions."""

    def get(self, number: str, version: str) -> ProgramVersion | None:
        """One version."""
        found = self._select(
            select(program_versions).where(program_versions.c.number == number, program_versions.c.version == version)
        )
        return found[0] if found else None

    def versions(self, number: str) -> tuple[ProgramVersion, ...]:
        """All versions of the program `number`, newest first."""
        return self._select(_VERSIONS, number=number)

    def of_issuer(self, slug: str) -> tuple[ProgramVersion, ...]:
        """All versions of all programs of an issuer: by number, newest first."""
        return self._select(select(program_versions).where(program_versions.c.issuer == slug))

    def all(self) -> tuple[ProgramVersion, ...]:
        """All versions of all programs: by number, newest first."""
        return self._select(select(program_versions))

    def by_outcome(self, uuid: UUID) -> tuple[ProgramVersion, str] | None:
        """The version that has the learning outcome, and the outcome's code in it."""
        found = self._publishing(_Published.OUTCOME, str(uuid))
        return found[0] if found else None

    def by_decision(self, number: str) -> tuple[ProgramVersion, ...]:
        """The versions that the decision `number` approved."""
        return self._select(select(program_versions).where(program_versions.c.decision == number))

    def by_pathway(self, pathway_id: str) -> tuple[ProgramVersion, ...]:
        """The versions that lead into the pathway with the last part `pathway_id` in its URL."""
        return tuple(version for version, _ in self._publishing(_Published.PATHWAY, pathway_id))

    def _publishing(self, kind: _Published, value: str) -> list[tuple[ProgramVersion, str]]:
        ids = published_ids.c
        members = {
            (row["number"], row["version"]): row["member"]
            for row in self._all(select(published_ids).where(ids.kind == kind, ids.value == value))
        }
        found = (self.get(number, version) for number, version in members)
        return [(each, members[each.number, each.version]) for each in found if each]

    def _select(self, statement: Select[Any], **parameters: object) -> tuple[ProgramVersion, ...]:
        found = map(_version, self._all(self._shared(statement), **parameters))
        newest_first = sorted(found, key=lambda each: _parts_of(each.version), reverse=True)
        return tuple(sorted(newest_first, key=lambda each: each.number))


class Programs(ReadPrograms):
    """As read, and may be submitted and moved on."""

    locks = True

    def for_change(self, number: str, version: str) -> ProgramVersion | None:
        """One version, which this transaction is about to change, or to add. Waits its turn among those that rely on
        versions."""
        self._alone(program_versions)
        return self.get(number, version)

    def add(self, version: ProgramVersion, site: Site) -> None:
        """Submit a version; its content never changes after (INV-04). `site` tells the ids of its outcomes and
        pathways. Raises BrokenRule when there is such a version."""
        self._connection.execute(
            program_versions.insert().values(
                number=version.number,
                version=version.version,
                issuer=version.issuer,
                content=dict(version.content),
                content_digest=version.content_digest,
                submitted_at=version.submitted_at,
                **_progress(version),
            )
        )
        ids = [
            {"kind": kind, "value": value, "number": version.number, "version": version.version, "member": member}
            for kind, value, member in _ids_of(version, site)
        ]
        insert_rows(self._connection, published_ids, ids)
        self._wrote(program_versions, (version.number, version.version))
        self._wrote(published_ids, *((each["kind"], each["value"], each["number"], each["version"]) for each in ids))

    def save(self, version: ProgramVersion) -> None:
        """Write everything but the content of `version`, read `for_change`, over its row."""
        columns = program_versions.c
        self._connection.execute(
            program_versions.update()
            .where(columns.number == version.number, columns.version == version.version)
            .values(**_progress(version))
        )
        self._wrote(program_versions, (version.number, version.version))


def _ids_of(version: ProgramVersion, site: Site) -> Iterable[tuple[_Published, str, str]]:
    for outcome in version.content.get("learningOutcomes", ()):
        code = outcome["code"]
        yield _Published.OUTCOME, str(site.outcome_uuid(version.number, version.version, code)), code
    ours = site.pathway("")
    pathways = version.content.get("stackability", {}).get("pathways", ())
    for url in dict.fromkeys(pathway["id"] for pathway in pathways):
        if url.startswith(ours):
            yield _Published.PATHWAY, url.removeprefix(ours), url


def _parts_of(version: str) -> tuple[int, ...]:
    """1, 2, 10 and 10.1 in this order: the profile's versions are one or two numbers."""
    return tuple(int(part) for part in version.split("."))


def _progress(version: ProgramVersion) -> dict[str, Any]:
    approval = version.approval
    return {
        "state": version.state,
        "decision": approval and approval.decision,
        "decided_on": approval and approval.decided_on,
        "effective_from": approval and approval.effective_from,
        "effective_until": approval and approval.effective_until,
        "approved_at": approval and approval.approved_at,
        "withdrawn_at": version.withdrawn_at,
        "suspensions": [
            {
                "from_day": each.from_day.isoformat(),
                "until_day": each.until_day and each.until_day.isoformat(),
                "reason": each.reason,
            }
            for each in version.suspensions
        ],
        "records": [
            {"rule": each.rule, "reference": each.reference, "by": each.by, "at": each.at.isoformat()}
            for each in version.records
        ],
        "alignment_checks": [
            {"target_url": each.target_url, "note": each.note, "by": each.by, "at": each.at.isoformat()}
            for each in version.alignment_checks
        ],
    }


def _version(row: RowMapping) -> ProgramVersion:
    approval = None
    if row["decision"] is not None:
        approval = Approval(
            decision=row["decision"],
            decided_on=row["decided_on"],
            effective_from=row["effective_from"],
            effective_until=row["effective_until"],
            approved_at=row["approved_at"],
        )
    return ProgramVersion(
        number=row["number"],
        version=row["version"],
        issuer=row["issuer"],
        content=row["content"],
        content_digest=row["content_digest"],
        submitted_at=row["submitted_at"],
        state=ProgramState(row["state"]),
        approval=approval,
        suspensions=tuple(map(_suspension, row["suspensions"])),
        withdrawn_at=row["withdrawn_at"],
        records=tuple(RecordOnFile(**_with_moment(each)) for each in row["records"]),
        alignment_checks=tuple(AlignmentCheck(**_with_moment(each)) for each in row["alignment_checks"]),
    )


def _suspension(stored: Mapping[str, str | None]) -> Suspension:
    until = stored["until_day"]
    return Suspension(
        from_day=date.fromisoformat(stored["from_day"] or ""),
        until_day=date.fromisoformat(until) if until else None,
        reason=stored["reason"] or "",
    )


def _with_moment(stored: Mapping[str, str]) -> dict[str, Any]:
    return {**stored, "at": datetime.fromisoformat(stored["at"])}
