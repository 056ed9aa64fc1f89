"""The benchmark compares like with like, and reports what it promises."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bench import drill, engine, formats, log, verification
from bench.contestants import Pyld, agree
from bench.format_peers import libraries
from bench.keys import new_rsa_pem
from bench.ours import Ours
from bench.poison import Edges, graphs
from bench.row import Better, Row
from bench.typical import Material, material
from tests.parts import missing

MEMBERS = {"id", "ours", "peer", "ratio", "target", "better", "met", "unit", "remark", "versions"}
TARGETS: dict[str, float | None] = {
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
SUITES = (
    "eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019-p256", "ecdsa-rdfc-2019-p384", "ecdsa-jcs-2019-p256",
    "ecdsa-jcs-2019-p384",
)  # fmt: skip
TOKENS = ("vc-jwt-es256", "vc-jwt-rs256", "vc-jose-es256", "vc-jose-es384", "vc-jose-es512", "vc-jose-eddsa")
FORMATS = {
    *(f"{suite}/{work}/digitalbazaar" for suite in SUITES for work in ("sign", "verify")),
    *(f"eddsa-jcs-2022/{work}/rfc8785" for work in ("sign", "verify")),
    *(f"ecdsa-sd-2023/{work}/digitalbazaar" for work in ("base", "derive", "verify")),
    *(f"{token}/{work}/{peer}" for token in TOKENS for work in ("sign", "verify") for peer in ("jwcrypto", "jose")),
    *(f"sd-jwt-vc/{work}/{peer}" for work in ("issue", "present", "verify") for peer in ("sd-jwt", "sd-jwt-js")),
}
"""The rows of formats, without those of TARGETS."""
FORMAT_TARGETS = {
    "eddsa-jcs-2022/sign/rfc8785": 5,
    "eddsa-jcs-2022/verify/rfc8785": 5,
    "vc-jwt-es256/verify/jwcrypto": 3,
    "vc-jwt-rs256/verify/jwcrypto": 3,
}
NODE = ("/node", "/digitalbazaar", "/jose", "/sd-jwt-js")
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


class Forger:
    """Makes tokens that nobody signed."""

    name = "forger"
    works = ("vc-jwt-es256/sign",)

    def make(self, work: str) -> str:
        return "e30.e30." + 86 * "A"

    def takes(self, work: str, text: str) -> bool:
        raise NotImplementedError


class Credulous:
    """Verifies nothing, which would be quicker."""

    name = "credulous"
    works = ("eddsa-jcs-2022/verify",)

    def make(self, work: str) -> str:
        raise NotImplementedError

    def takes(self, work: str, text: str) -> bool:
        return True


@pytest.fixture(scope="module")
def pool() -> Material:
    return material(new_rsa_pem())


@pytest.fixture(scope="module")
def ours(pool: Material) -> Ours:
    return Ours(pool)


def test_contestants_must_sign_the_same_thing(pool: Material, ours: Ours) -> None:
    agree([ours, Pyld(pool, ours.signed)])
    signed = ours.samples()[0]
    for otherwise in ({**signed, "proof": {"proofValue": "z1"}}, {**signed, "name": "Cheating 101"}):
        with pytest.raises(ValueError, match="cheat"):
            agree([ours, Cheat(otherwise)])


def test_contestants_must_take_what_others_make_of_a_format_and_nothing_else(pool: Material, ours: Ours) -> None:
    peers = libraries(pool, ours.pools())
    formats.agree([ours, *peers])
    with pytest.raises(ValueError, match="does not take what forger made: vc-jwt-es256/sign"):
        formats.agree([ours, *peers, Forger()])
    with pytest.raises(ValueError, match="credulous does not see what was altered"):
        formats.agree([ours, *peers, Credulous()])


def test_every_format_is_compared_with_a_peer_in_everything_that_is_done_with_it() -> None:
    compared = {each.id: each.target for each in formats.COMPARED}
    assert compared == {name: FORMAT_TARGETS.get(name) for name in FORMATS}
    assert all(each.inside for each in formats.COMPARED)


@pytest.mark.parametrize(
    ("rate", "ratio", "target", "better", "met"),
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
    rate: float, ratio: float | None, target: float | None, better: Better, met: bool | None
) -> None:
    row = Row(id="sign/pyld", ours=rate, peer=1, ratio=ratio, target=target, better=better, versions={"pyld": "3"})
    written = row.json()
    assert (set(written), written["met"]) == (MEMBERS, met)


def test_a_run_reports_every_row_of_both_engines_with_its_target() -> None:
    peers_here = not (missing("node") or missing("node-packages"))
    expected = {
        name + suffix: (target, "lower" if name in LOWER_IS_BETTER else "higher")
        for suffix in ("", "/source")
        for name, target in (TARGETS | {name: FORMAT_TARGETS.get(name) for name in FORMATS}).items()
        if peers_here or not name.endswith(NODE)
    }
    rows = engine.rows(rounds=1, seconds=0.01, random_graphs=1)
    assert {row.id: (row.target, row.better) for row in rows} == expected
    assert {row.id for row in rows if row.met is None} == {row.id for row in rows if row.target is None}
    assert {row.remark.partition(";")[0] for row in rows if row.id.endswith("/source")} == {"plain source"}


def test_the_rows_of_the_log_are_compared_with_the_smallest_log() -> None:
    rows = {row.id: row for row in log.rows(seconds=0, entries=1_000)}
    assert set(rows) == {"log/append/1000", "log/proof/1000"}
    assert {(row.unit, row.better, row.target) for row in rows.values()} == {("milliseconds", "lower", None)}


@pytest.mark.loopback
def test_verification_is_compared_with_the_peer_by_kind_of_credential_and_of_request() -> None:
    rows = {row.id: row for row in verification.rows(rounds=1, seconds=0.2, different=8, each_with=[1])}
    peer = "" if missing("node") or missing("node-packages") else "/node"
    services = ("verify/service-1", "verify/service-1-own", "verify/service-1-foreign")
    assert set(rows) == {*(f"{name}{peer}" for name in services), "verify/hostile-p99"}
    assert rows[f"verify/service-1{peer}"].target == (15 if peer else None)
    assert (rows["verify/hostile-p99"].target, rows["verify/hostile-p99"].better) == (2, "lower")
    assert all(row.ours > 0 for row in rows.values())


def test_a_drill_is_told_step_by_step() -> None:
    rows = {row.id: row for row in drill.rows(6)}
    assert {"drill/rotate", "drill/reissue", "drill/log_verify", "drill/all"} <= rows.keys()
    assert (rows["drill/all"].unit, rows["drill/all"].target, rows["drill/all"].met) == ("s", 900, True)
    assert (rows["drill/award"].remark, rows["drill/reissued"].better) == ("6", "higher")


def test_poison_is_the_same_each_time_and_random_graphs_are_regular() -> None:
    assert list(graphs(3)) == list(graphs(3))
    for graph in graphs(3):
        if graph.name.startswith(("random", "hypercube", "clique")):
            assert len({_degree(node, graph.edges) for node in range(graph.size)}) == 1


def _degree(node: int, edges: Edges) -> int:
    return sum(one == node for one, _ in edges)
