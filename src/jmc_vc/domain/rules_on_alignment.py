"""Rules on frameworks and pathways: R-12, R-13, R-14 (metadata profile §4)."""

import re
from collections.abc import Iterator

from jmc_vc.domain.framework import find_node
from jmc_vc.domain.program_rule import Breach, Draft, alignments, shown

_FIELD = "ext:FieldOfEducation"
_SKILL_OR_OCCUPATION = frozenset({"ext:Skill", "ext:SkillStandardItem", "ext:Occupation"})
_LAST_PART = re.compile(r"[A-Za-z0-9._-]{1,64}")


def guaranteed_pathways_are_confirmed(draft: Draft) -> Iterator[Breach]:
    """R-12: the awarding body's signed confirmation is a paper, so each guaranteed pathway is reported."""
    for i, pathway in enumerate(draft.content["stackability"].get("pathways", ())):
        if pathway.get("commitment") == "guaranteed":
            last = pathway["id"].rsplit("/", 1)[-1]
            name = last if _LAST_PART.fullmatch(last) else str(i + 1)
            yield Breach(f"/stackability/pathways/{i}", {"pathway": name})


def targets_are_known(draft: Draft) -> Iterator[Breach]:
    """R-13. A target flagged `confirmed: false` may be submitted; it blocks the approval instead (INV-36)."""
    for pointer, alignment in alignments(draft.content):
        if alignment.get("confirmed") is not False and find_node(alignment) is None:
            yield Breach(
                pointer,
                {
                    "code": shown(alignment.get("targetCode", alignment["targetName"])),
                    "framework": shown(alignment["framework"]),
                    "version": shown(alignment["frameworkVersion"]),
                },
            )


def field_and_skill_are_aligned(draft: Draft) -> Iterator[Breach]:
    """R-14: outcome-level alignments count too."""
    kinds = {alignment["targetType"] for _, alignment in alignments(draft.content)}
    if _FIELD not in kinds or not kinds & _SKILL_OR_OCCUPATION:
        yield Breach("/alignments")
