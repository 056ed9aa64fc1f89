"""Look a program's description over before anybody submits it: the profile's JSON Schema first, then its rules.

Nothing is stored. The rules see only what the schema lets through, because they take its members for granted.
"""

from dataclasses import dataclass

from jmc_vc.domain.program_rule import HourLimits, RuleFinding, Severity
from jmc_vc.domain.program_rules import PROFILE_VIOLATION, lint
from jmc_vc.formats.openbadges.schema import Schema, violations
from jmc_vc.formats.strict_json import JsonObject


@dataclass(frozen=True, kw_only=True)
class LintProgram:
    """Everything that the metadata profile has to say of a description."""

    limits: HourLimits

    def __call__(self, content: JsonObject) -> tuple[RuleFinding, ...]:
        """Findings of the schema as `profile_violation`; if there are none, those of the rules R-01 to R-23."""
        found = violations(content, Schema.PROGRAM_VERSION)
        if found:
            return tuple(
                RuleFinding(
                    rule=PROFILE_VIOLATION,
                    severity=Severity.ERROR,
                    code=PROFILE_VIOLATION if each.keyword == "required" else "profile_violation.value",
                    pointer=each.pointer,
                    params={"field": each.pointer.rpartition("/")[2]},
                )
                for each in found
            )
        return lint(content, limits=self.limits)
