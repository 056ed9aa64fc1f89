"""The benchmark compares like with like, and reports what it promises."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bench import engine
from bench.contestants import Pyld, agree
from bench.ours import Ours
from bench.poison import Edges, graphs
from bench.row import Better, Row
from bench.typical import material
from tests.parts import missing

MEMBERS = {"id", "ours", "peer", "ratio", "target", "better", "met", "unit", "remark", "versions"}
TARGETS: Mapping[str, float | None] = {
    "issue-template/node": 140,
    "issue-template/raw-ed25519": 0.45,
    "sign/pyld": 30,
    "sign/node": None,
    "verify/node": 35,
    "verify/raw-ed25519": 0.40,
    "verify/pyld": None,
    "growth/100k-10k": 11,
    "poison/ms": 20,
}
LOWER_IS_BETTER = {"growth/100k-10k", "poison/ms"}


class Cheat:
    """Signs something else, which would be quicker."""

    name = "cheat"

    def __init__(self, sample: dict[str, Any]) -> None:
        self.versions: Mapping[str, str] = {}
        self._sample = sample

    def measure(self, work: str, seconds: float) -> float:
        return 1e6

    def samples(self) -> Sequence[dict[str, Any]]:
        return [self._sample]


def test_contestants_must_sign_the_same_thing() -> None:
    pool = material()
    ours = Ours(pool)
    agree([ours, Pyld(pool, ours.signed)])
    signed = ours.samples()[0]
    for otherwise in ({**signed, "proof": {"proofValue": "z1"}}, {**signed, "name": "Cheating 101"}):
        with pytest.raises(ValueError, match="cheat"):
            agree([ours, Cheat(otherwise)])


@pytest.mark.parametrize(
    ("ours", "ratio", "target", "better", "met"),
    [
        pytest.param(2.0, 2.0, None, "higher", None, id="no target"),
        pytest.param(2.0, 2.0, 1.5, "higher", True, id="above"),
        pytest.param(2.0, 1.0, 1.5, "higher", False, id="below"),
        pytest.param(99.0, 10.0, 11.0, "lower", True, id="lower is better, below"),
        pytest.param(9.0, 12.0, 11.0, "lower", False, id="lower is better, above"),
        pytest.param(19.0, None, 20.0, "lower", True, id="without a peer, below"),
        pytest.param(21.0, None, 20.0, "lower", False, id="without a peer, above"),
    ],
)
def test_a_row_says_whether_its_target_is_met(
    ours: float, ratio: float | None, target: float | None, better: Better, met: bool | None
) -> None:
    row = Row(id="sign/pyld", ours=ours, peer=1, ratio=ratio, target=target, better=better, versions={"pyld": "3"})
    written = row.json()
    assert (set(written), written["met"]) == (MEMBERS, met)


def test_a_run_reports_every_row_of_both_engines_with_its_target() -> None:
    peers_here = not (missing("node") or missing("node-packages"))
    expected = {
        name + suffix: (target, "lower" if name in LOWER_IS_BETTER else "higher")
        for suffix in ("", "/source")
        for name, target in TARGETS.items()
        if peers_here or not name.endswith("/node")
    }
    rows = engine.rows(rounds=1, seconds=0.01, random_graphs=1)
    assert {row.id: (row.target, row.better) for row in rows} == expected
    assert {row.id for row in rows if row.met is None} == {row.id for row in rows if row.target is None}
    assert {row.remark.partition(";")[0] for row in rows if row.id.endswith("/source")} == {"plain source"}


def test_poison_is_the_same_each_time_and_random_graphs_are_regular() -> None:
    assert list(graphs(3)) == list(graphs(3))
    for graph in graphs(3):
        if graph.name.startswith(("random", "hypercube", "clique")):
            assert len({_degree(node, graph.edges) for node in range(graph.size)}) == 1


def _degree(node: int, edges: Edges) -> int:
    return sum(one == node for one, _ in edges)
