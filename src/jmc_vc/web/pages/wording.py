"""The words that an installation may choose: the organization's names and what it calls its 認証 (accreditation).

The catalogues have placeholders for them (domain ui-vocabulary, `configurable`): no template says "accreditation" or
the name of an organization itself.
"""

from dataclasses import dataclass

from jmc_vc.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Names of the organization; what it does with programs: in Japanese, as an English noun and adjective."""

    name_ja: str
    name_en: str
    short: str
    japanese: str
    noun: str
    adjective: str


def wording_of(settings: Settings) -> Wording:
    """The words in the settings."""
    return Wording(
        name_ja=settings.organization_name_ja,
        name_en=settings.organization_name_en,
        short=settings.organization_short_name,
        japanese=settings.accreditation_ja,
        noun=settings.accreditation_noun,
        adjective=settings.accreditation_adjective,
    )
