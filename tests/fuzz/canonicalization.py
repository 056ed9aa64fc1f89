"""Graphs of blank nodes, poison among them: one canonical form for all ways to write a graph, or none, and soon."""

import re
from random import Random
from time import process_time

from hypothesis import strategies as st

from jmc_vc.formats.jsonld import CanonicalizationLimit, canonical_form
from tests.builders.independent import canonical_by_oxigraph, canonical_by_pyld
from tests.builders.nquads import NotNQuads, read_nquads

# One graph at most has a blank node for a name. With two, RDFC-1.0 itself leaves some graphs open: where `_:a` and
# `_:b` link to each other, once in either graph, §4.8 hashes both alike though they are not, and the order of the input
# decides (PyLD and we give the same two answers). Documents have such graphs only when a label stands in two of theirs.
SECONDS = 1.0
SMALL = 14
"""Statements up to which others are asked; they have no budget, and poison would never end there."""
_BLANK_GRAPH = re.compile(r"^\S+ \S+ \S+ _:[a-z][0-9]* \.$", re.MULTILINE)
"""pyoxigraph labels look-alikes wrongly there, see `tests.builders.independent`."""
_LABEL = re.compile(r"_:[a-z][0-9]*")


def inputs() -> st.SearchStrategy[bytes]:
    terms = st.sampled_from(["<a:x>", "<a:y>", '"1"', *(f"_:n{n}" for n in range(5))])
    quads = st.tuples(
        terms.filter(lambda term: term[0] != '"'),
        st.sampled_from(["<a:p>", "<a:q>"]),
        terms,
        st.sampled_from(["", "", "", "<a:g>", "_:g"]),
    )
    small = st.lists(quads, max_size=SMALL).map(lambda found: "".join(f"{s} {p} {o} {g} .\n" for s, p, o, g in found))
    return (small | st.integers(0, 2**64 - 1).map(_shape)).map(str.encode)


def _shape(seed: int) -> str:
    """Nodes that look alike: a ring with chords, cliques side by side, a tree, a grid, twins with many texts."""
    chance = Random(seed)
    size = chance.choice((3, 4, 6, 9, 12, 30, 100))
    match chance.choice(("ring", "cliques", "tree", "grid", "random", "twins")):
        case "ring":
            steps = chance.sample(range(1, 8), chance.randint(1, 4))
            edges = [(n, (n + step) % size) for n in range(size) for step in steps]
        case "cliques":
            each = min(size, 10)
            edges = [
                (k * each + i, k * each + j)
                for k in range(chance.randint(1, 3))
                for i in range(each)
                for j in range(each)
                if i != j
            ]
        case "tree":
            edges = [((n - 1) // chance.choice((1, 2, 5)), n) for n in range(1, size)]
        case "grid":
            edges = [(n, n + 1) for n in range(size)] + [(n, n + 5) for n in range(size)]
        case "random":
            edges = [(chance.randrange(size), chance.randrange(size)) for _ in range(2 * size)]
        case _:
            texts = "".join(f'_:n{n} <a:t{k}> "{k}" _:g .\n' for n in (0, 1) for k in range(chance.randint(0, 5)))
            return (
                texts
                + "_:n2 <a:x> _:n0 _:g .\n_:n3 <a:x> _:n1 _:g .\n"
                + '_:n2 <a:y> "1" _:g .\n_:n3 <a:y> "2" _:g .\n'
            )
    graph = chance.choice(("", "", "_:g", "<a:g>"))
    predicates = chance.choice((["<a:p>"], ["<a:p>", "<a:q>"]))
    return "".join(f"_:n{one} {chance.choice(predicates)} _:n{other} {graph} .\n" for one, other in edges)


def check(data: bytes) -> None:
    """Raises AssertionError, or whatever escapes the canonicalization."""
    try:
        text = data.decode()
        found = _canonical(text)
        chance = Random(data)
        for _ in range(2):
            assert _canonical(_rewritten(text, chance)) == found
    except (NotNQuads, UnicodeDecodeError):
        return
    if found is None:
        return
    assert _canonical(found.decode()) == found
    if text.count("\n") <= SMALL:
        if not _BLANK_GRAPH.search(text):
            assert found == canonical_by_oxigraph(text)
        if "\\" not in text:  # whose reader takes escapes for what they are written with
            assert found == canonical_by_pyld(text)


def _canonical(text: str) -> bytes | None:
    """The canonical form, or None when it is too much work."""
    quads = read_nquads(text)
    started = process_time()
    try:
        return canonical_form(quads)
    except CanonicalizationLimit:
        return None
    finally:
        assert process_time() - started < SECONDS


def _rewritten(text: str, chance: Random) -> str:
    """The same statements in another order and with other labels."""
    lines = [line for line in text.split("\n") if line]
    chance.shuffle(lines)
    labels = sorted(set(_LABEL.findall(text)))
    others = dict(zip(labels, chance.sample([f"_:z{n}" for n in range(len(labels) * 2)], len(labels)), strict=True))
    return "".join(_LABEL.sub(lambda found: others[found[0]], line) + "\n" for line in lines)
