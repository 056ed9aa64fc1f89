"""One line of the result, and what it compares."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Better = Literal["higher", "lower"]


@dataclass(frozen=True)
class Comparison:
    """A row to be: our rate of `work` by the rate of `peer` at `theirs`; `inside` tells people what is timed."""

    id: str
    work: str
    peer: str
    theirs: str
    target: float | None = None
    inside: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """`ours` and `peer` are in `unit`; `ratio` is ours by peer, the median over rounds, and None without a peer.

    The target is one of the ratio, or of `ours` where there is no ratio, and None where none is set. `better` says on
    which side of it we want to be.
    """

    id: str
    ours: float
    peer: float | None
    ratio: float | None
    versions: Mapping[str, str]
    unit: str = "per second"
    target: float | None = None
    better: Better = "higher"
    remark: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without one."""
        if self.target is None:
            return None
        reached = self.ours if self.ratio is None else self.ratio
        return reached >= self.target if self.better == "higher" else reached <= self.target

    def json(self) -> dict[str, Any]:
        """As build/bench.json has it."""
        members = asdict(self) | {"met": self.met}
        names = ("id", "ours", "peer", "ratio", "target", "better", "met", "unit", "remark", "versions")
        return {name: members[name] for name in names}
