"""Numbers that every processor writes alike (`domain.portable` says which do not, and how it was found out).

With any other a credential would verify in one place and fail in another. Awards carry no numbers and programs with
such numbers are not taken in: so this stops slips of our own and older rows.
"""

from jmc_vc.domain.portable import unportable_number
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.issuing.lints.approved import beside_achievement
from jmc_vc.issuing.lints.facts import Facts


def lint(document: JsonObject, facts: Facts) -> str | None:
    """Every number is one that all processors write alike. Returns the pointer of what is not so."""
    rest = beside_achievement(document, facts.approved)
    if rest is None:
        return unportable_number(document)
    return facts.approved.unportable or unportable_number(rest)
