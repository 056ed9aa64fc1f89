"""Rules on outcomes and assessment: R-04 to R-09, R-18, R-21 (metadata profile §4) and what §5 says of results."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from jmc_vc.domain.exact_number import exact, written
from jmc_vc.domain.program_rule import Breach, Draft, shown

MOST_ATTENDANCE_WEIGHT = 20

_LEVEL_THAT_NEEDS_IDENTITY = 5
_WRITTEN_WORK = frozenset({"written_examination", "quiz", "marked_assignment", "project_work", "portfolio"})

_POTENTIAL = re.compile(r"(?:できる|[えけげせてねべめれ]る)$")
"""できる, and the potential form of godan verbs (選べる, 取れる, つなげる) and of ichidan verbs (述べられる)."""

_NO_POTENTIAL = re.compile(
    r"(?:述べる|調べる|比べる|並べる|考える|覚える|伝える|与える|支える|整える|加える|備える|捉える|踏まえる"
    r"|求める|進める|まとめる|深める|高める|決める|認める|集める|始める|努める|確かめる|受ける|続ける|付ける|つける|分ける"
    r"|設ける|届ける|避ける|助ける|上げる|挙げる|下げる|合わせる|任せる|育てる|立てる|捨てる|入れる|触れる|慣れる)$"
)
"""Verbs that end like a potential form but only say that something is done."""


def outcomes_say_can(draft: Draft) -> Iterator[Breach]:
    """R-04: a look at the ending, hence a warning only."""
    for i, outcome in enumerate(draft.outcomes):
        ja = outcome["statement"]["ja"].strip().rstrip("。．. ")
        if not _POTENTIAL.search(ja) or _NO_POTENTIAL.search(ja):
            yield Breach(f"/learningOutcomes/{i}/statement/ja")
        if not re.match(r"Can\b", outcome["statement"]["en"]):
            yield Breach(f"/learningOutcomes/{i}/statement/en")


def outcomes_are_three_to_eight(draft: Draft) -> Iterator[Breach]:
    """R-05."""
    if not 3 <= len(draft.outcomes) <= 8:
        yield Breach("/learningOutcomes", {"count": len(draft.outcomes)})


def outcomes_are_assessed(draft: Draft) -> Iterator[Breach]:
    """R-06, INV-11: every outcome by at least one assessment, every assessment for outcomes that exist, weights 100."""
    codes = {outcome["code"] for outcome in draft.outcomes}
    covered = {code for assessment in draft.assessments for code in assessment["outcomes"]}
    for i, outcome in enumerate(draft.outcomes):
        if outcome["code"] not in covered:
            yield Breach(f"/learningOutcomes/{i}", {"LO": outcome["code"]})
    for i, assessment in enumerate(draft.assessments):
        for j, code in enumerate(assessment["outcomes"]):
            if code not in codes:
                yield Breach(
                    f"/assessment/{i}/outcomes/{j}", {"LO": code, "assessment": assessment["id"]}, "unknown_outcome"
                )
    weight = sum((exact(assessment["weight"]) for assessment in draft.assessments), Decimal(0))
    if weight != 100:
        yield Breach("/assessment", {"sum": written(weight)}, "weights")


def attendance_is_not_enough(draft: Draft) -> Iterator[Breach]:
    """R-07, INV-11: never alone, at most a fifth."""
    attendance = [assessment for assessment in draft.assessments if assessment["method"] == "attendance"]
    weight = sum((exact(assessment["weight"]) for assessment in attendance), Decimal(0))
    if attendance and len(attendance) == len(draft.assessments):
        yield Breach("/assessment")
    elif weight > MOST_ATTENDANCE_WEIGHT:
        yield Breach("/assessment", {"max": MOST_ATTENDANCE_WEIGHT, "weight": written(weight)}, "weight")


def identity_is_verified(draft: Draft) -> Iterator[Breach]:
    """R-08."""
    credit_bearing = any(credit["status"] == "awarded" for credit in draft.credits)
    demanding = draft.content["level"]["value"] >= _LEVEL_THAT_NEEDS_IDENTITY or credit_bearing
    if demanding and "id_verified" not in draft.security:
        yield Breach("/assessmentSecurity")


def security_fits_the_mode(draft: Draft) -> Iterator[Breach]:
    """R-09."""
    if draft.content["participation"]["mode"] == "online" and "_onsite_" in draft.security:
        yield Breach("/assessmentSecurity")


def ai_policy_is_stated(draft: Draft) -> Iterator[Breach]:
    """R-18."""
    if draft.security.startswith("unsupervised_"):
        for i, assessment in enumerate(draft.assessments):
            if assessment["method"] in _WRITTEN_WORK and "generativeAiPolicy" not in assessment:
                yield Breach(f"/assessment/{i}")


def partners_are_named(draft: Draft) -> Iterator[Breach]:
    """R-21."""
    if not draft.content.get("deliveryPartners"):
        for i, assessment in enumerate(draft.assessments):
            if assessment.get("assessedBy") == "delivery_partner":
                yield Breach(f"/assessment/{i}/assessedBy")


def required_values_are_in_range(draft: Draft) -> Iterator[Breach]:
    """The value to reach lies between the least and the greatest."""
    for i, assessment in enumerate(draft.assessments):
        result = assessment["result"]
        if result["type"] in ("Percent", "RawScore") and not (
            exact(result["min"]) <= exact(result["requiredValue"]) <= exact(result["max"])
        ):
            yield Breach(f"/assessment/{i}/result/requiredValue", {"assessment": assessment["id"]}, "required_value")


def required_levels_exist(draft: Draft) -> Iterator[Breach]:
    """The level to reach is one of the levels."""
    for i, assessment in enumerate(draft.assessments):
        result = assessment["result"]
        if result["type"] == "RubricCriterionLevel" and result["requiredLevel"] not in {
            level["code"] for level in result["levels"]
        }:
            yield Breach(f"/assessment/{i}/result/requiredLevel", {"assessment": assessment["id"]}, "required_level")


def levels_are_used_once(draft: Draft) -> Iterator[Breach]:
    """Neither a level's code nor its order comes twice: else "at least L2" means nothing."""
    for i, assessment in enumerate(draft.assessments):
        levels = assessment["result"].get("levels", ())
        for member in ("code", "order"):
            if max(Counter(level[member] for level in levels).values(), default=0) > 1:
                yield Breach(f"/assessment/{i}/result/levels", {"assessment": assessment["id"]}, "level_twice")
                break


def codes_are_used_once(draft: Draft) -> Iterator[Breach]:
    """An outcome's or an assessment's code names one thing: it becomes a permanent identifier."""
    for member, things in (("code", draft.outcomes), ("id", draft.assessments)):
        place = "/learningOutcomes" if member == "code" else "/assessment"
        for code, count in Counter(thing[member] for thing in things).items():
            if count > 1:
                yield Breach(place, {"code": shown(code)}, "code_twice")
