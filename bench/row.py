"""One line of the result."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Row:
    """`ours` and `peer` are per second; `ratio` is ours by peer, the median over rounds. `target` is None where none is
    set. `remark` is for the reader of the table alone."""

    id: str
    ours: float
    peer: float | None
    ratio: float | None
    versions: Mapping[str, str]
    unit: str = "per second"
    target: float | None = None
    remark: str = ""

    @property
    def met(self) -> bool | None:
        return None if self.target is None or self.ratio is None else self.ratio >= self.target

    def json(self) -> dict[str, Any]:
        members = asdict(self) | {"met": self.met}
        return {name: members[name] for name in ("id", "ours", "peer", "ratio", "target", "met", "unit", "versions")}
