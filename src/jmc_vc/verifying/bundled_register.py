"""The register as a bundle has it: its extract read back into the values that the checks judge by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jmc_vc.domain.accreditation import Approval, ProgramState, Suspension
from jmc_vc.domain.issuer import Issuer, IssuerState
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.formats.openbadges.date_time import read_date_time_stamp

Members = Mapping[str, Any]
"""Of an extract that conforms to the schema of bundles."""


@dataclass(frozen=True, kw_only=True)
class BundledRegister:
    """`program` is the version that the bundle's credential names. Of its `siblings` only the windows are known."""

    issuer_did: str
    issuer: Issuer
    program: ProgramVersion
    siblings: tuple[ProgramVersion, ...]
    keys: tuple[SigningKey, ...]

    def of_owner(self, owner: str) -> tuple[SigningKey, ...]:
        """The keys of an issuer."""
        return self.keys if owner == self.issuer.slug else ()


def read_register(extract: Members) -> BundledRegister:
    """The register that `extract` tells of. Raises ValueError for a day or a state that is none, and
    NotADateTimeStamp."""
    issuer, program = extract["issuer"], extract["program"]
    slug = issuer["slug"]
    version = _version(program, slug)
    return BundledRegister(
        issuer_did=issuer["did"],
        issuer=_issuer(issuer),
        program=version,
        siblings=(version, *(_sibling(each, version) for each in extract["siblings"])),
        keys=tuple(_key(each, slug) for each in extract["keys"]),
    )


def _issuer(said: Members) -> Issuer:
    return Issuer(
        number=said["number"],
        slug=said["slug"],
        name_ja=said["name"]["ja"],
        name_en=said["name"]["en"],
        name_kana=None,
        org_type=said.get("organizationType", ""),
        country=said.get("country", ""),
        region=said.get("region"),
        url=said.get("url"),
        email=None,
        state=IssuerState(said["state"]),
        registered_from=date.fromisoformat(said["registeredFrom"]),
        registered_until=_day(said.get("registeredUntil")),
        fictional=said["fictional"],
    )


def _version(said: Members, slug: str) -> ProgramVersion:
    return ProgramVersion(
        number=said["number"],
        version=said["version"],
        issuer=slug,
        content=said["content"],
        content_digest=said["contentDigest"],
        submitted_at=_moment(said["submittedAt"]),
        state=ProgramState(said["state"]),
        approval=_approval(said),
        suspensions=tuple(
            Suspension(from_day=date.fromisoformat(each["from"]), until_day=_day(each.get("until")), reason="")
            for each in said["suspensions"]
        ),
        withdrawn_at=None if "withdrawnAt" not in said else _moment(said["withdrawnAt"]),
    )


def _sibling(said: Members, of: ProgramVersion) -> ProgramVersion:
    approval = _approval(said)
    return ProgramVersion(
        number=of.number,
        version=said["version"],
        issuer=of.issuer,
        content={},
        content_digest="",
        submitted_at=approval.approved_at,
        state=ProgramState.APPROVED,
        approval=approval,
    )


def _approval(said: Members) -> Approval:
    return Approval(
        decision=said["decision"],
        decided_on=date.fromisoformat(said["decidedOn"]),
        effective_from=date.fromisoformat(said["effectiveFrom"]),
        effective_until=date.fromisoformat(said["effectiveUntil"]),
        approved_at=_moment(said["approvedAt"]),
    )


def _key(said: Members, slug: str) -> SigningKey:
    created = _moment(said["createdAt"])
    since = said.get("compromisedSince")
    return SigningKey(
        owner=slug,
        kid=said["kid"],
        algorithm=said["algorithm"],
        public_key=said["publicKeyMultibase"],
        state=KeyState(said["state"]),
        created_at=created,
        published_at=created,
        active_from=created,
        retired_at=None,
        compromised_since=None if since is None else _moment(since),
        sealed_private=b"",
        signer_uri="",
    )


def _moment(text: str) -> datetime:
    return read_date_time_stamp(text).instant


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
