"""An issuer: an organization whose identity JMC checked, and which may sign through this service.

Registration is of issuers, accreditation (認証) of programs: the two words are never mixed (domain model §2, §5-A).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from jmc_vc.domain.signing_key import JMC, LOG
from jmc_vc.errors import Conflict, Forbidden, NotFound, Unacceptable


class IssuerState(StrEnum):
    """The registration as it stands now."""

    REGISTERED = "registered"
    SUSPENDED = "suspended"


MOVES: Mapping[IssuerState, frozenset[IssuerState]] = {
    IssuerState.REGISTERED: frozenset({IssuerState.SUSPENDED}),
    IssuerState.SUSPENDED: frozenset({IssuerState.REGISTERED}),
}

RESERVED_SLUGS = frozenset({JMC, LOG})
"""JMC's own name: it never signs a learner's credential (INV-03), and its keys are kept under this owner."""

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


class IssuerNotFound(NotFound):
    """No issuer has this slug or number."""

    code = "issuer.not_found"


class IllegalMove(Conflict):
    """The issuer is not in a state from which this is possible."""

    code = "issuer.move"


class IssuerSuspended(Forbidden):
    """The registration is suspended now; what was issued before stays untouched (INV-25)."""

    code = "issuer_suspended"


class NotRegisteredOnAwardDate(Conflict):
    """The award date lies outside the registration."""

    code = "issuer.not_registered_on_award_date"


class RegistrationEnded(Conflict):
    """The registration has run out: nothing is signed any more (domain model §5-A)."""

    code = "issuer.registration_ended"


class PeriodUnusable(Unacceptable):
    """The last day of the registration lies before its first."""

    code = "issuer.period"


class UnusableSlug(Unacceptable):
    """Not 1–63 lower-case ASCII letters, digits and inner hyphens, or a name that is taken by JMC itself."""

    code = "issuer.slug"


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """`slug` is the last part of its did:web and of its profile's address; `registered_*` are Japanese calendar
    dates."""

    number: str
    slug: str
    name_ja: str
    name_en: str
    name_kana: str | None
    org_type: str
    country: str
    region: str | None
    url: str | None
    email: str | None
    state: IssuerState
    registered_from: date
    registered_until: date | None
    fictional: bool


def suspend(issuer: Issuer) -> Issuer:
    """Signing stops at once. Raises IllegalMove if it is suspended already."""
    return _move(issuer, IssuerState.SUSPENDED)


def reinstate(issuer: Issuer) -> Issuer:
    """Signing is possible again. Raises IllegalMove unless it is suspended."""
    return _move(issuer, IssuerState.REGISTERED)


def ensure_may_sign(issuer: Issuer, award_day: date, today: date) -> None:
    """INV-02: registered and not suspended now, and registered on the award date. All dates are Japanese ones."""
    if issuer.state is IssuerState.SUSPENDED:
        raise IssuerSuspended
    if issuer.registered_until is not None and today > issuer.registered_until:
        raise RegistrationEnded(registeredUntil=issuer.registered_until)
    if award_day < issuer.registered_from or (issuer.registered_until and award_day > issuer.registered_until):
        raise NotRegisteredOnAwardDate(awardedDate=award_day, registeredFrom=issuer.registered_from)


def check_slug(slug: str) -> None:
    """A slug becomes a did:web path segment for ever: what needs no encoding, in no script but one."""
    if not _SLUG.fullmatch(slug) or slug in RESERVED_SLUGS:
        raise UnusableSlug


def check_period(issuer: Issuer) -> None:
    """A registration has at least one day. Raises PeriodUnusable."""
    if issuer.registered_until is not None and issuer.registered_until < issuer.registered_from:
        raise PeriodUnusable


def _move(issuer: Issuer, state: IssuerState) -> Issuer:
    if state not in MOVES[issuer.state]:
        raise IllegalMove
    return replace(issuer, state=state)
