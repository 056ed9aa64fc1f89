"""The credential has the shape of Open Badges 3.0: our own JSON Schema of the data model (OB-20 to OB-33)."""

from jmc_vc.formats.openbadges.schema import Schema, violations
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.issuing.lints.facts import Facts


def lint(document: JsonObject, facts: Facts) -> str | None:
    """No violation of the schema. Returns the pointer of what is not so."""
    found = violations(document, Schema.OPEN_BADGE)
    return found[0].pointer if found else None
