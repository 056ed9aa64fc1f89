"""RDFC-1.0: W3C's vectors byte for byte, our own, and the poison that has no end elsewhere."""

import contextlib
import json
import random
from collections.abc import Iterable
from itertools import pairwise, permutations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.formats.jsonld.canonicalize import CanonicalizationLimit, _orders, canonical_form, canonical_labels
from jmc_vc.formats.jsonld.quads import Quad, quads_of
from tests.builders.nquads import NotNQuads, read_nquads
from tests.test_data import vectors

EVALUATED, MAPPED, REFUSED = "rdfc:RDFC10EvalTest", "rdfc:RDFC10MapTest", "rdfc:RDFC10NegativeEvalTest"


def test_all_w3c_vectors_hold() -> None:
    folder = vectors("rdf-canon") / "tests"
    entries = json.loads((folder / "manifest.json").read_bytes())["entries"]
    counted = dict.fromkeys((EVALUATED, MAPPED, REFUSED), 0)
    for entry in entries:
        quads = read_nquads((folder / entry["action"]).read_text(encoding="utf-8"))
        algorithm = entry.get("hashAlgorithm", "SHA256").lower()
        name = f"{entry['id']} {entry['name']}"
        if entry["type"] == EVALUATED:
            expected = (folder / entry["result"]).read_bytes()
            assert canonical_form(quads, algorithm=algorithm) == expected, name
        elif entry["type"] == MAPPED:
            labels = canonical_labels(quads, algorithm=algorithm)
            mapped = {node[2:]: label[2:] for node, label in labels.items()}
            assert mapped == json.loads((folder / entry["result"]).read_bytes()), name
        else:
            started = process_time()
            with pytest.raises(CanonicalizationLimit):
                canonical_form(quads, algorithm=algorithm)
            assert process_time() - started < 1, name
        counted[entry["type"]] += 1
    assert counted == {EVALUATED: 64, MAPPED: 21, REFUSED: 1}


OWN = [
    pytest.param("", "", id="nothing"),
    pytest.param('<a:s> <a:p> "x" .\n<a:s> <a:p> "x" .\n', '<a:s> <a:p> "x" .\n', id="the same statement twice"),
    pytest.param(
        '<a:s> <a:p> "\\u0008\\t\\n\\u000B\\f\\r\\u0000\\u001F\\u007F\\u0080\\"\\\\é" .\n',
        '<a:s> <a:p> "\\b\\t\\n\\u000B\\f\\r\\u0000\\u001F\\u007F\x80\\"\\\\é" .\n',
        id="DI-03 controls escaped, others not",
    ),
    pytest.param(
        '<a:s> <a:p> "\U0001f600" .\n<a:s> <a:p> "\uff21" .\n',
        '<a:s> <a:p> "\uff21" .\n<a:s> <a:p> "\U0001f600" .\n',
        id="code point order, not UTF-16",
    ),
    pytest.param(
        '_:x <a:p> "1"^^<http://www.w3.org/2001/XMLSchema#string> .\n', '_:c14n0 <a:p> "1" .\n', id="xsd:string"
    ),
    pytest.param("_:x <a:p> _:x .\n", "_:c14n0 <a:p> _:c14n0 .\n", id="a node linked to itself"),
    pytest.param(
        '<a:s> <a:proof> _:g .\n_:p <a:created> "now" _:g .\n',
        '<a:s> <a:proof> _:c14n1 .\n_:c14n0 <a:created> "now" _:c14n1 .\n',
        id="a graph named by a blank node",
    ),
    pytest.param('<a:s> <a:p> "x" <a:g> .\n', '<a:s> <a:p> "x" <a:g> .\n', id="a graph with a name"),
]


@pytest.mark.parametrize(("given_text", "expected"), OWN)
def test_own_vectors_hold(given_text: str, expected: str) -> None:
    found = canonical_form(read_nquads(given_text)).decode()
    if "_:g" in given_text:  # which of the two labels comes first is for the hashes to say; both forms are one graph
        assert canonical_form(read_nquads(found)).decode() == found
        assert canonical_form(read_nquads(expected)).decode() == found
    else:
        assert found == expected


def linked(edges: Iterable[tuple[int, int]], predicate: str = "<a:p>") -> set[Quad]:
    return {(f"_:n{one}", predicate, f"_:n{other}", "") for one, other in edges}


def clique(size: int) -> set[Quad]:
    return linked((i, j) for i in range(size) for j in range(size) if i != j)


POISON = [
    *(pytest.param(clique(n), id=f"VJ-22 clique of {n}") for n in (6, 7, 8, 10, 12, 70)),
    pytest.param(
        linked((i, (i + 1) % 9) for i in range(9))
        | linked((9 + i, 9 + (i + 1) % 9) for i in range(9))
        | linked(((i, 9 + (i * 2) % 9) for i in range(9)), "<a:q>")
        | linked(((9 + i, (i * 4) % 9) for i in range(9)), "<a:q>"),
        id="VJ-23 two interlinked rings of 9",
    ),
    pytest.param(linked(pairwise(range(300))), id="chain of 300"),
    pytest.param(linked(pairwise(range(2_500))), id="chain of 2,500"),
    pytest.param(linked((i, (i + 1) % 2_500) for i in range(2_500)), id="ring of 2,500"),
    pytest.param({(f"_:h{k}", "<a:p>", f"_:l{k}_{i}", "") for k in (0, 1) for i in range(1_000)}, id="two hubs"),
    pytest.param({(a, p, b, "_:g" + a[2:]) for a, p, b, _ in clique(8)}, id="clique in named graphs"),
]


@pytest.mark.parametrize("quads", POISON)
def test_poison_costs_less_than_a_second_of_work(quads: set[Quad]) -> None:
    started = process_time()
    with contextlib.suppress(CanonicalizationLimit):
        canonical_form(quads_of(quads))
    assert process_time() - started < 1


@pytest.mark.parametrize("seed", range(20))
def test_random_regular_graphs_are_answered_in_time(seed: int) -> None:
    chance = random.Random(seed)
    size, steps = chance.randint(6, 80), chance.sample(range(1, 12), chance.randint(1, 5))
    started = process_time()
    with contextlib.suppress(CanonicalizationLimit):
        canonical_form(quads_of(linked((i, (i + d) % size) for i in range(size) for d in steps)))
    assert process_time() - started < 1


def test_a_hundred_equal_descriptions_with_lists_are_no_poison() -> None:
    quads = {("<a:s>", "<a:d>", f"_:r{k}", "") for k in range(100)}
    for k in range(100):
        quads.add((f"_:r{k}", "<a:v>", f"_:c{k}_0", ""))
        for cell in range(8):
            quads.add((f"_:c{k}_{cell}", "<a:first>", f'"{cell}"', ""))
            quads.add((f"_:c{k}_{cell}", "<a:rest>", f"_:c{k}_{cell + 1}" if cell < 7 else "<a:nil>", ""))
    assert canonical_form(quads_of(quads)).count(b"\n") == len(quads)


terms = st.sampled_from(["<a:x>", "<a:y>", '"1"', "_:a", "_:b", "_:c", "_:d", "_:e"])
graphs = st.frozensets(
    st.tuples(
        terms.filter(lambda term: term[0] != '"'),
        st.sampled_from(["<a:p>", "<a:q>"]),
        terms,
        st.sampled_from(["", "", "<a:g>", "_:a", "_:g"]),
    ).filter(lambda quad: "_" in (quad[0][0], quad[2][0], quad[3][:1])),
    max_size=12,
)


@given(graphs, st.randoms(use_true_random=False))
def test_labels_and_order_of_the_input_do_not_matter(quads: frozenset[Quad], chance: random.Random) -> None:
    names = [f"_:{letter}" for letter in "abcdeg"]
    renamed = dict(zip(names, chance.sample([f"_:z{n}" for n in range(20)], len(names)), strict=True))
    others = [tuple(renamed.get(term, term) for term in quad) for quad in quads]
    chance.shuffle(others)
    try:
        expected = canonical_form(quads_of(quads))
    except CanonicalizationLimit:
        return
    assert canonical_form(quads_of(others)) == expected  # type: ignore[arg-type]


@given(graphs)
def test_an_independent_canonicalizer_agrees(quads: frozenset[Quad]) -> None:
    oxigraph = pytest.importorskip("pyoxigraph")
    text = "".join(f"{s} {p} {o} {g} .\n" for s, p, o, g in quads)
    dataset = oxigraph.Dataset(oxigraph.parse(text, format=oxigraph.RdfFormat.N_QUADS))
    dataset.canonicalize(oxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = oxigraph.serialize(dataset, format=oxigraph.RdfFormat.N_QUADS).decode().splitlines(keepends=True)
    assert canonical_form(quads_of(quads)).decode() == "".join(sorted(lines))


@pytest.mark.parametrize(
    "line", ["<a:s> <a:p> .", '<a:s> _:b "x" .', '"x" <a:p> "x" .', "<a b> <a:p> <a:o> .", '<a:s> <a:p> "x" . .', "x"]
)
def test_what_is_no_nquads_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(NotNQuads, match="line 2"):
        read_nquads("<a:s> <a:p> <a:o> .\n" + line)


def test_thousands_of_statements_between_two_nodes_are_one_neighbour() -> None:
    said = [(node, "<a:p>", f'"{n}"', "_:g" + node[2:]) for node in ("_:a", "_:b") for n in range(2_000)]
    with contextlib.suppress(CanonicalizationLimit):
        canonical_form(quads_of(said))


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=6))
def test_the_orders_of_neighbours_are_all_that_differ(nodes: list[str]) -> None:
    found = list(_orders(nodes))
    assert len(found) == len(set(found))
    assert set(found) == set(permutations(nodes))
