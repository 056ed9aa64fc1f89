"""What the register says of one credential's issuer and program version, as JSON: what is public there, and no more.

Left out although it stands in the rows: the address of a person to write to, and why something was suspended. Moments
are written with all their digits, so that who reads them judges as the register would.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from jmc_vc.domain.accreditation import Approval, PublicState, is_public
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuer import Issuer
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.program import ProgramVersion
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.formats.strict_json import JsonObject, JsonValue


def register_extract(
    *,
    issuer: Issuer,
    entry: tuple[ProgramVersion, PublicState],
    versions: Iterable[ProgramVersion],
    keys: Iterable[SigningKey],
    site: Site,
    as_of: datetime,
) -> JsonObject:
    """The extract, not signed yet. `entry` is the version that the credential names, as the register shows it;
    `versions` are all of that program, and `keys` all of the issuer: those that were never shown to anybody are left
    out."""
    version, state = entry
    today = jst_day(as_of)
    return {
        "asOf": moment(as_of),
        "issuer": _issuer(issuer, site),
        "program": _version(version, state),
        "siblings": [
            _window(each.version, each.approval)
            for each in versions
            if each.version != version.version and each.approval is not None and is_public(each, today)
        ],
        "keys": [_key(each) for each in keys if each.published_at is not None or each.active_from is not None],
    }


def moment(at: datetime) -> str:
    """In UTC, with a fraction of the second if there is one."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _issuer(issuer: Issuer, site: Site) -> JsonObject:
    return _without_nothing(
        {
            "number": issuer.number,
            "slug": issuer.slug,
            "did": site.issuer_did(issuer.slug),
            "name": {"ja": issuer.name_ja, "en": issuer.name_en},
            "organizationType": issuer.org_type,
            "country": issuer.country,
            "region": issuer.region,
            "url": issuer.url,
            "state": issuer.state.value,
            "registeredFrom": issuer.registered_from.isoformat(),
            "registeredUntil": None if issuer.registered_until is None else issuer.registered_until.isoformat(),
            "fictional": issuer.fictional,
        }
    )


def _version(version: ProgramVersion, state: PublicState) -> JsonObject:
    if version.approval is None:
        raise ValueError("a version that was never approved is not in the register")
    return _without_nothing(
        {
            "number": version.number,
            **_window(version.version, version.approval),
            "contentDigest": version.content_digest,
            "content": dict(version.content),
            "state": version.state.value,
            "publicState": state.value,
            "submittedAt": moment(version.submitted_at),
            "withdrawnAt": None if version.withdrawn_at is None else moment(version.withdrawn_at),
            "suspensions": [
                _without_nothing(
                    {
                        "from": each.from_day.isoformat(),
                        "until": None if each.until_day is None else each.until_day.isoformat(),
                    }
                )
                for each in version.suspensions
            ],
        }
    )


def _window(version: str, approval: Approval) -> JsonObject:
    return {
        "version": version,
        "decision": approval.decision,
        "decidedOn": approval.decided_on.isoformat(),
        "effectiveFrom": approval.effective_from.isoformat(),
        "effectiveUntil": approval.effective_until.isoformat(),
        "approvedAt": moment(approval.approved_at),
    }


def _key(key: SigningKey) -> JsonObject:
    since = key.stolen_since
    return _without_nothing(
        {
            "kid": key.kid,
            "algorithm": key.algorithm,
            "publicKeyMultibase": key.public_key,
            "state": key.state.value,
            "createdAt": moment(key.created_at),
            "compromisedSince": None if since is None else moment(since),
        }
    )


def _without_nothing(members: dict[str, JsonValue]) -> JsonObject:
    return {name: value for name, value in members.items() if value is not None}
