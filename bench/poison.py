"""Documents that cost for ever wherever blank nodes are told apart without a bound, and how long we need for each.

Such a graph needs explicit blank node ids, which JSON-LD allows: profiles that name each other as `parentOrg`,
achievements that are `related`. Each document goes the whole way from bytes, and the same graph as N-Quads goes through
canonicalization alone, without the limits that JSON has. An answer is a canonical form or a typed error; any other
exception ends the benchmark.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product
from time import process_time
from typing import Any, NamedTuple

import orjson

from jmc_vc.errors import Error
from jmc_vc.formats import strict_json
from jmc_vc.formats.jsonld import Contexts, canonical_form, canonical_nquads
from tests.builders.badges import small_badge
from tests.builders.nquads import read_nquads
from tests.parts import PARTS

SEED = 20_260_101
SLOWEST, PASSES = 12, 6
"""So often the slowest so far are tried again, and the quickest time of each counts; and it is processor time. What is
asked is how much work an answer is, and others work on this machine too."""
Edges = frozenset[tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Graph:
    """Blank nodes 0 … size-1, the links between them, and links of a second kind."""

    name: str
    size: int
    edges: Edges
    others: Edges = field(default=frozenset())


class Answer(NamedTuple):
    """What became of one document: its name, the milliseconds that it took, and the code of the error if it was one."""

    name: str
    milliseconds: float
    code: str | None


def answers(contexts: Contexts, random_graphs: int) -> list[Answer]:
    """Every document, so many random graphs among them, the slowest answer first."""

    def from_json(data: bytes) -> object:
        return canonical_nquads(strict_json.parse_object(data), contexts)

    works: dict[str, tuple[Callable[[Any], object], object]] = {
        **{name: (from_json, data) for name, data in documents(random_graphs)},
        **{name: (canonical_form, read_nquads(text)) for name, text in nquads(random_graphs)},
    }
    found = {name: _timed(name, *work) for name, work in works.items()}
    for _ in range(PASSES):
        for slow in sorted(found.values(), key=_slowness)[:SLOWEST]:
            again = _timed(slow.name, *works[slow.name])
            found[slow.name] = min(slow, again, key=lambda answer: answer.milliseconds)
    return sorted(found.values(), key=_slowness)


def _slowness(answer: Answer) -> float:
    return -answer.milliseconds


def _timed(name: str, work: Callable[[Any], object], document: object) -> Answer:
    code = None
    begun = process_time()
    try:
        work(document)
    except Error as err:
        code = err.code
    return Answer(name, (process_time() - begun) * 1000, code)


# --- documents --------------------------------------------------------------------------------------------------------


def documents(random_graphs: int) -> Iterator[tuple[str, bytes]]:
    """Name and JSON text of each."""
    for graph in graphs(random_graphs):
        yield f"{graph.name}, parentOrg", orjson.dumps(_profiles(graph))
        if graph.name.startswith("clique"):
            yield f"{graph.name}, related", orjson.dumps(_achievements(graph))
    yield "2 hubs of 600", orjson.dumps(_hubs(2, 600))
    yield "100 equal lists of 8", orjson.dumps(_lists(100, 8))
    yield "20 equal lists of 99", orjson.dumps(_lists(20, 99))


def nquads(random_graphs: int) -> Iterator[tuple[str, str]]:
    """Name and text of each; with W3C's own poison where its vectors are."""
    for graph in graphs(random_graphs):
        lines = [f"_:n{one} <a:p> _:n{other} ." for one, other in sorted(graph.edges)]
        lines += [f"_:n{one} <a:q> _:n{other} ." for one, other in sorted(graph.others)]
        yield f"{graph.name}, N-Quads", "\n".join(lines)
    if data := PARTS["test-data"].find():
        vector = data / "vectors" / "rdf-canon" / "tests" / "rdfc10" / "test074-in.nq"
        yield "W3C test074, N-Quads", vector.read_text(encoding="utf-8")


def graphs(random_graphs: int) -> Iterator[Graph]:
    """Cliques, rings, hypercubes, and random regular graphs, the same ones each time."""
    for size in range(5, 13):
        yield Graph(name=f"clique of {size}", size=size, edges=_both_ways(combinations(range(size), 2)))
    rings = {(base + i, base + (i + 1) % 9) for base in (0, 9) for i in range(9)}
    across = {(i, 9 + 2 * i % 9) for i in range(9)} | {(9 + i, 4 * i % 9) for i in range(9)}
    yield Graph(name="2 interlinked rings of 9", size=18, edges=frozenset(rings), others=frozenset(across))
    for dimension in (3, 4, 5, 6, 8):
        pairs = product(range(2**dimension), range(dimension))
        cube = frozenset((node, node ^ 1 << axis) for node, axis in pairs)
        yield Graph(name=f"hypercube of {2**dimension}", size=2**dimension, edges=cube)
    chance = random.Random(SEED)
    for number in range(random_graphs):
        degree = chance.randint(3, 6)
        size = 2 * chance.randint(degree // 2 + 1, 20)
        edges = _regular(size, degree, chance)
        yield Graph(name=f"random graph {number}: {size} nodes of degree {degree}", size=size, edges=edges)
    ring = frozenset((i, (i + 1) % 300) for i in range(300))
    yield Graph(name="5 rings of 300", size=1_500, edges=_copies(ring, 300, 5))
    yield Graph(name="40 chains of 60", size=2_400, edges=_copies(frozenset(pairwise(range(60))), 60, 40))
    star = frozenset((0, leaf) for leaf in range(1, 200))
    yield Graph(name="20 stars of 200", size=4_000, edges=_copies(star, 200, 20))
    yield Graph(name="random graph of 500 nodes of degree 3", size=500, edges=_regular(500, 3, chance))


def _copies(edges: Edges, size: int, number: int) -> Edges:
    """So many graphs side by side that look alike."""
    return frozenset((copy * size + one, copy * size + other) for copy in range(number) for one, other in edges)


def _both_ways(edges: Iterator[tuple[int, int]]) -> Edges:
    return frozenset(edge for one, other in edges for edge in ((one, other), (other, one)))


def _regular(size: int, degree: int, chance: random.Random) -> Edges:
    """A graph in which each node has `degree` neighbours: a circle's, after many exchanges of two edges' ends."""
    steps = [*range(1, degree // 2 + 1), *([size // 2] if degree % 2 else [])]
    edges = sorted({(min(i, (i + d) % size), max(i, (i + d) % size)) for i in range(size) for d in steps})
    present = set(edges)
    for _ in range(20 * len(edges)):
        i, j = chance.sample(range(len(edges)), 2)
        (a, b), (c, d) = edges[i], edges[j] if chance.random() < 0.5 else edges[j][::-1]
        one, other = (min(a, d), max(a, d)), (min(b, c), max(b, c))
        if a == d or b == c or one in present or other in present or one == other:
            continue
        present -= {edges[i], edges[j]}
        present |= {one, other}
        edges[i], edges[j] = one, other
    return _both_ways(iter(edges))


def _profiles(graph: Graph) -> dict[str, Any]:
    linked, crossed = _targets(graph.edges), _targets(graph.others)
    badge = small_badge()
    badge["issuer"]["parentOrg"] = [
        {
            "id": f"_:n{node}",
            "type": ["Profile"],
            "parentOrg": linked.get(node, []),
            **({"address": crossed[node]} if node in crossed else {}),
        }
        for node in range(graph.size)
    ]
    return badge


def _achievements(graph: Graph) -> dict[str, Any]:
    linked = _targets(graph.edges)
    badge = small_badge()
    badge["credentialSubject"]["achievement"]["related"] = [
        {"id": f"_:n{node}", "type": ["Achievement"], "related": [{"id": target} for target in linked.get(node, [])]}
        for node in range(graph.size)
    ]
    return badge


def _targets(edges: Edges) -> Mapping[int, Sequence[str]]:
    targets: dict[int, list[str]] = {}
    for one, other in sorted(edges):
        targets.setdefault(one, []).append(f"_:n{other}")
    return targets


def _hubs(hubs: int, leaves: int) -> dict[str, Any]:
    badge = small_badge()
    badge["issuer"]["parentOrg"] = [
        {"type": ["Profile"], "parentOrg": [{"type": ["Profile"]} for _ in range(leaves)]} for _ in range(hubs)
    ]
    return badge


def _lists(lists: int, length: int) -> dict[str, Any]:
    badge = small_badge()
    badge["credentialSubject"]["achievement"]["resultDescription"] = [
        {"type": ["ResultDescription"], "name": "Grade", "allowedValue": [str(cell) for cell in range(length)]}
        for _ in range(lists)
    ]
    return badge
