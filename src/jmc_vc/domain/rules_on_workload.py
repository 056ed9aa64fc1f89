"""Rules on hours, credits, law and terms: R-01, R-10, R-11, R-15, R-16, R-22, R-23 (metadata profile §4)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from unicodedata import normalize

from jmc_vc.domain.exact_number import exact, written
from jmc_vc.domain.organization import UNIVERSITY_TYPE
from jmc_vc.domain.portable import unportable_number
from jmc_vc.domain.program_rule import Breach, Draft

HOURS_OF_A_CREDIT = 45
"""One 単位 stands for 45 hours of study (大学設置基準第21条)."""

LEAST_HOURS_OF_A_CERTIFICATE_PROGRAM = 60
"""履修証明プログラム: 60 hours or more (学校教育法施行規則第164条)."""

LONGEST_TERM_MONTHS = 1200
"""A hundred years: the end of a longer term may have no calendar date."""

_FAST_FIELDS = re.compile(
    r"(?<![A-Za-z])(?:AI|artificial intelligence|(?:cyber)?security)(?![A-Za-z])|人工知能|セキュリティ", re.IGNORECASE
)
_FAST_FIELD_MONTHS = 24
_USUAL_REVIEW_MONTHS = 36


def hours_add_up(draft: Draft) -> Iterator[Breach]:
    """R-01."""
    total = sum((exact(part) for part in draft.content["workload"]["breakdown"].values()), Decimal(0))
    if total != exact(draft.hours):
        yield Breach("/workload/breakdown", {"sum": written(total), "total": written(draft.hours)})


def hours_are_within_policy(draft: Draft) -> Iterator[Breach]:
    """R-23."""
    least, most = draft.limits.least, draft.limits.most
    if not least <= exact(draft.hours) <= most:
        yield Breach("/workload/notionalHours", {"min": least, "max": most})


def credits_fit_the_hours(draft: Draft) -> Iterator[Breach]:
    """R-11, INV-10."""
    awarded = [c for c in draft.credits if c["system"] == "JP_TANI" and c["status"] == "awarded"]
    if sum((exact(c["value"]) for c in awarded), Decimal(0)) * HOURS_OF_A_CREDIT > exact(draft.hours):
        yield Breach("/workload/credits")


def certificate_program_is_lawful(draft: Draft) -> Iterator[Breach]:
    """R-10, INV-10. Professional training colleges: their law is another one, so they are not let through here."""
    if draft.content["legalBasis"] != "certificate_program_art105":
        return
    if draft.content["issuer"]["orgType"] not in UNIVERSITY_TYPE:
        yield Breach("/issuer/orgType")
    elif exact(draft.hours) < LEAST_HOURS_OF_A_CERTIFICATE_PROGRAM:
        yield Breach("/workload/notionalHours")


def fast_fields_expire(draft: Draft) -> Iterator[Breach]:
    """R-15: by the words of title and description, because no code of the field says "artificial intelligence"."""
    validity = draft.content["validity"]
    short = validity["kind"] == "period" and validity["months"] <= _FAST_FIELD_MONTHS
    texts = (draft.content[name][language] for name in ("title", "description") for language in ("ja", "en"))
    if not short and any(_FAST_FIELDS.search(normalize("NFKC", text)) for text in texts):
        yield Breach("/validity")


def term_is_computable(draft: Draft) -> Iterator[Breach]:
    """A term so long that its end has no calendar date."""
    if draft.content["validity"].get("months", 0) > LONGEST_TERM_MONTHS:
        yield Breach("/validity/months", {"max": LONGEST_TERM_MONTHS}, "term")


def numbers_are_portable(draft: Draft) -> Iterator[Breach]:
    """Every number, wherever it stands: most of them go into credentials."""
    pointer = unportable_number(dict(draft.content))
    if pointer is not None:
        yield Breach(pointer, variant="number")


def review_is_frequent(draft: Draft) -> Iterator[Breach]:
    """R-16."""
    if draft.content["review"]["periodMonths"] > _USUAL_REVIEW_MONTHS:
        yield Breach("/review/periodMonths")


def universities_are_evaluated(draft: Draft) -> Iterator[Breach]:
    """R-22."""
    if draft.content["issuer"]["orgType"] in UNIVERSITY_TYPE and not any(
        qa["type"] == "external_institution" for qa in draft.content["qualityAssurance"]
    ):
        yield Breach("/qualityAssurance")
