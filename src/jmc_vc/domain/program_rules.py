"""The rules of the metadata profile beyond its schema, as one table (metadata profile §4 and §5).

`lint` walks the table. R-12, R-19 and R-22 ask for papers: a file alone cannot show them, so they are reported here and
stop a submission only when the record is not attached.
"""

from jmc_vc.domain.program_rule import Content, Draft, HourLimits, Rule, RuleFinding, Severity
from jmc_vc.domain.rules_on_alignment import (
    field_and_skill_are_aligned,
    guaranteed_pathways_are_confirmed,
    targets_are_known,
)
from jmc_vc.domain.rules_on_assessment import (
    ai_policy_is_stated,
    attendance_is_not_enough,
    codes_are_used_once,
    identity_is_verified,
    levels_are_used_once,
    outcomes_are_assessed,
    outcomes_are_three_to_eight,
    outcomes_say_can,
    partners_are_named,
    required_levels_exist,
    required_values_are_in_range,
    security_fits_the_mode,
)
from jmc_vc.domain.rules_on_texts import (
    both_languages_are_written,
    fees_are_complete,
    public_page_is_the_same,
    title_is_short,
    title_promises_no_degree,
    titles_are_sorted_alike,
)
from jmc_vc.domain.rules_on_workload import (
    certificate_program_is_lawful,
    credits_fit_the_hours,
    fast_fields_expire,
    hours_add_up,
    hours_are_within_policy,
    numbers_are_portable,
    review_is_frequent,
    term_is_computable,
    universities_are_evaluated,
)

PROFILE_VIOLATION = "profile_violation"

RULES: tuple[Rule, ...] = (
    Rule("R-01", Severity.ERROR, hours_add_up),
    Rule("R-02", Severity.ERROR, title_promises_no_degree),
    Rule("R-03", Severity.WARN, title_is_short),
    Rule("R-04", Severity.WARN, outcomes_say_can),
    Rule("R-05", Severity.WARN, outcomes_are_three_to_eight),
    Rule("R-06", Severity.ERROR, outcomes_are_assessed),
    Rule("R-07", Severity.ERROR, attendance_is_not_enough),
    Rule("R-08", Severity.ERROR, identity_is_verified),
    Rule("R-09", Severity.WARN, security_fits_the_mode),
    Rule("R-10", Severity.ERROR, certificate_program_is_lawful),
    Rule("R-11", Severity.ERROR, credits_fit_the_hours),
    Rule("R-12", Severity.RECORD, guaranteed_pathways_are_confirmed),
    Rule("R-13", Severity.ERROR, targets_are_known),
    Rule("R-14", Severity.WARN, field_and_skill_are_aligned),
    Rule("R-15", Severity.INFO, fast_fields_expire),
    Rule("R-16", Severity.WARN, review_is_frequent),
    Rule("R-17", Severity.WARN, both_languages_are_written),
    Rule("R-18", Severity.WARN, ai_policy_is_stated),
    Rule("R-19", Severity.RECORD, public_page_is_the_same),
    Rule("R-20", Severity.WARN, fees_are_complete),
    Rule("R-21", Severity.ERROR, partners_are_named),
    Rule("R-22", Severity.RECORD, universities_are_evaluated),
    Rule("R-23", Severity.ERROR, hours_are_within_policy),
    Rule(PROFILE_VIOLATION, Severity.ERROR, required_values_are_in_range),
    Rule(PROFILE_VIOLATION, Severity.ERROR, required_levels_exist),
    Rule(PROFILE_VIOLATION, Severity.ERROR, levels_are_used_once),
    Rule(PROFILE_VIOLATION, Severity.ERROR, codes_are_used_once),
    Rule(PROFILE_VIOLATION, Severity.ERROR, term_is_computable),
    Rule(PROFILE_VIOLATION, Severity.ERROR, numbers_are_portable),
    Rule(PROFILE_VIOLATION, Severity.ERROR, titles_are_sorted_alike),
)


def lint(content: Content, *, limits: HourLimits | None = None) -> tuple[RuleFinding, ...]:
    """Everything that the rules find, in the order of the table. `content` has passed the profile's JSON Schema."""
    draft = Draft(content, limits or HourLimits())
    return tuple(
        RuleFinding(
            rule=rule.code,
            severity=rule.severity,
            code=rule.code if breach.variant is None else f"{rule.code}.{breach.variant}",
            pointer=breach.pointer,
            params=breach.params,
        )
        for rule in RULES
        for breach in rule.check(draft)
    )
