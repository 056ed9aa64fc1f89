"""What a rule of the metadata profile is, what it finds, and the draft that it looks at (metadata profile §4).

The content is validated by the profile's JSON Schema before; the rules see what a schema cannot say.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from jmc_vc.errors import Param

Content = Mapping[str, Any]


class Severity(StrEnum):
    """`error` cannot be submitted; `record` cannot be submitted unless the paper is attached."""

    ERROR = "error"
    RECORD = "record"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True)
class HourLimits:
    """Policy limits of the total learning hours, both included (R-23)."""

    least: int = 1
    most: int = 400


@dataclass(frozen=True)
class Breach:
    """Where a rule is broken; `variant` picks a more exact sentence of the same rule."""

    pointer: str
    params: Mapping[str, Param] = field(default_factory=dict)
    variant: str | None = None


@dataclass(frozen=True)
class RuleFinding:
    """One finding of the lint: `rule` is `R-01` or `profile_violation`, `code` has its sentence, `pointer` is RFC
    6901."""

    rule: str
    severity: Severity
    code: str
    pointer: str
    params: Mapping[str, Param]


@dataclass(frozen=True)
class Draft:
    """A program version as the rules see it."""

    content: Content
    limits: HourLimits

    @property
    def outcomes(self) -> Sequence[Content]:
        return self.content["learningOutcomes"]  # type: ignore[no-any-return]

    @property
    def assessments(self) -> Sequence[Content]:
        return self.content["assessment"]  # type: ignore[no-any-return]

    @property
    def credits(self) -> Sequence[Content]:
        return self.content["workload"].get("credits", ())  # type: ignore[no-any-return]

    @property
    def hours(self) -> Any:
        return self.content["workload"]["notionalHours"]

    @property
    def security(self) -> str:
        return self.content["assessmentSecurity"]  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Rule:
    """A code, how much it weighs, and the function that looks."""

    code: str
    severity: Severity
    check: Callable[[Draft], Iterator[Breach]]


def alignments(content: Content) -> Iterator[tuple[str, Content]]:
    """Every alignment with its pointer: the outcomes' first, then the program's."""
    for i, outcome in enumerate(content["learningOutcomes"]):
        for j, alignment in enumerate(outcome.get("alignments", ())):
            yield f"/learningOutcomes/{i}/alignments/{j}", alignment
    for j, alignment in enumerate(content["alignments"]):
        yield f"/alignments/{j}", alignment


def shown(text: str) -> str:
    """`text` if it is short and printable, else an ellipsis: a message never carries what a stranger wants it to
    say."""
    return text if len(text) <= 64 and text.isprintable() else "…"
