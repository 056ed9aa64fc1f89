"""RDF Dataset Canonicalization, RDFC-1.0, under a work budget.

https://www.w3.org/TR/rdf-canon/ (§4.4 the algorithm, §4.6 to §4.9 its hashes; numbers in comments are its steps)

Blank nodes have no names, so they are told apart by what is said of them. Where that is not enough, neighbours are
tried in every order, which grows with the factorial of the nodes that look alike: a dozen interlinked nodes take for
ever, and every signature reader must read what a stranger wrote. The work is therefore counted, and given up with a
typed error. Honest credentials are trees; they need next to nothing of the budget.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import permutations
from operator import itemgetter
from typing import Any, Final

from jmc_vc.errors import Unacceptable
from jmc_vc.formats.jsonld.quads import Quad, Quads

DEFAULT_BUDGET: Final = 10_000
"""Steps (a neighbour looked at, a place in an order tried), about 1 µs each, so that the hardest answer takes less than
20 ms. The hardest of W3C's positive vectors need 8,040."""
BUDGET_PER_NODE: Final = 10
"""Steps more for every node that looks like another: equal lists, of result descriptions say, need 8 each."""
MOST_ADDED: Final = 5_000
"""Steps at most for that. A hundred equal result descriptions with lists of eight need 8,100 in all."""
DEEPEST: Final = 300
"""Nodes in one chain of look-alikes. Neither Python's recursion limit nor, compiled, the end of the C stack may be what
stops us."""


class CanonicalizationLimit(Unacceptable):
    """Telling the blank nodes apart needs more work than any honest credential does."""

    code = "canon.limit"


def canonical_form(quads: Quads, *, algorithm: str = "sha256", budget: int = DEFAULT_BUDGET) -> bytes:
    """The canonical N-Quads of `quads`, in code point order. `algorithm` is "sha256" or "sha384". Raises
    CanonicalizationLimit."""
    return labelled_form(quads, canonical_labels(quads, algorithm=algorithm, budget=budget))


def labelled_form(quads: Quads, labels: dict[str, str]) -> bytes:
    """The N-Quads of `quads` in code point order, with these labels for its blank nodes.

    Sorted are the ends of each subject's lines and then the subjects, which gives the order of all lines: no subject
    with the space after it begins another.
    """
    linked: dict[str, list[str]] = {}
    for subject, predicate, object_, graph in quads.links:
        end = f"{predicate} {labels.get(object_, object_)} {labels.get(graph, graph) + ' ' if graph else ''}.\n"
        if subject in linked:
            linked[subject].append(end)
        else:
            linked[subject] = [end]
    blocks = []
    for subject, ends in quads.ends.items():
        if subject in linked:
            linked[subject] += ends
        else:
            blocks.append(_block(labels.get(subject, subject), ends))
    blocks += [_block(labels.get(subject, subject), ends) for subject, ends in linked.items()]
    blocks.sort()
    # Encoded one by one: a single Japanese text makes every character of a joined text wider.
    return b"".join([block.encode() for block in blocks])


def _block(subject: str, ends: list[str]) -> str:
    """All lines of one subject. Sorts `ends`."""
    ends.sort()
    begin = subject + " "
    return begin + begin.join(ends)


def canonical_labels(quads: Quads, *, algorithm: str = "sha256", budget: int = DEFAULT_BUDGET) -> dict[str, str]:
    """Every blank node of `quads` → its canonical label `_:c14nN`. Raises CanonicalizationLimit."""
    hash_new = getattr(hashlib, algorithm)
    # 3: the hash of what is said of each node alone.
    first_degree: dict[str, bytes] = {}
    by_hash: dict[bytes, list[str]] = {}
    for node, text in _first_degree_texts(quads):
        digest = first_degree[node] = hash_new(text.encode()).digest()
        if digest in by_hash:
            by_hash[digest].append(node)
        else:
            by_hash[digest] = [node]
    # 4: nodes that this tells apart, in the order of their hashes, which is that of the hexadecimal digits.
    labels: dict[str, str] = {}
    alike: list[list[str]] = []
    for digest in sorted(by_hash):
        nodes = by_hash[digest]
        if len(nodes) == 1:
            labels[nodes[0]] = f"_:c14n{len(labels)}"
        else:
            alike.append(nodes)
    if alike:
        budget += min(MOST_ADDED, BUDGET_PER_NODE * sum(map(len, alike)))
        hexadecimal = {node: digest.hex() for node, digest in first_degree.items()}
        _NDegree(quads.links, hexadecimal, labels, hash_new, budget).label(alike)
    return labels


def _first_degree_texts(quads: Quads) -> list[tuple[str, str]]:
    """4.6: each node with the lines that it is in, itself written `_:a` and every other blank node `_:z`, in order."""
    linked: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}  # node → lines with another subject
    for subject, predicate, object_, graph in quads.links:
        if not graph and subject[0] != "_":  # most: what a credential says of itself
            if object_ in others:
                others[object_].append(f"{subject} {predicate} _:a .\n")
            else:
                others[object_] = [f"{subject} {predicate} _:a .\n"]
            continue
        for node in {subject, object_, graph}:
            if node[:1] != "_":
                continue
            end = f"{predicate} {_shown(object_, node)} {_shown(graph, node) + ' ' if graph else ''}.\n"
            if subject == node:
                linked.setdefault(node, []).append(end)
            else:
                others.setdefault(node, []).append(f"{_shown(subject, node)} {end}")
    texts: list[tuple[str, str]] = []
    for node, ends in quads.ends.items():
        if node[0] == "_":
            said = ends + linked.pop(node) if node in linked else ends
            texts.append((node, _with_others(_block("_:a", said), others.pop(node, None))))
    for node, ends in linked.items():
        texts.append((node, _with_others(_block("_:a", ends), others.pop(node, None))))
    for node, lines in others.items():
        texts.append((node, _with_others("", lines)))
    return texts


def _with_others(block: str, lines: list[str] | None) -> str:
    """`block`, the lines that begin with the node, among `lines`, the others: an IRI stands before `_:a`, another blank
    node, `_:z`, after it."""
    if lines is None:
        return block
    if len(lines) == 1:  # every node of a tree
        return lines[0] + block if lines[0][0] == "<" else block + lines[0]
    lines.sort()
    split = next((place for place, line in enumerate(lines) if line[0] == "_"), len(lines))
    return "".join([*lines[:split], block, *lines[split:]])


def _shown(term: str, node: str) -> str:
    if term[:1] != "_":
        return term
    return "_:a" if term == node else "_:z"


class _NDegree:
    """4.4 step 5 with 4.8, Hash N-Degree Quads, for the nodes that look alike."""

    def __init__(
        self, links: list[Quad], first_degree: dict[str, str], labels: dict[str, str], hash_new: Any, budget: int
    ) -> None:
        self.first_degree = first_degree
        self.labels = labels
        self.hash_new = hash_new
        self.left = budget
        self.hashed: dict[str, str] = {}  # 4.7, done once for each input: the budget bounds how many there are
        # Node → what it is linked to, and how: the position of the other one and the predicate (4.7 steps 1 and 2).
        self.links: dict[str, list[tuple[str, str]]] = {}
        for subject, predicate, object_, graph in links:
            if not graph and (object_[0] != "_" or subject[0] != "_"):
                continue  # nearly all: one blank node alone has no neighbour
            terms = [(term, how) for term, how in ((subject, f"s{predicate}"), (object_, f"o{predicate}"), (graph, "g"))
                     if term[:1] == "_"]  # fmt: skip
            for node in {term for term, _ in terms}:
                self.links.setdefault(node, []).extend((other, how) for other, how in terms if other != node)

    def label(self, alike: list[list[str]]) -> None:
        """5: label every node of every group."""
        for group in alike:
            results: list[tuple[str, dict[str, str]]] = []
            for node in group:
                if node not in self.labels:
                    issued = {node: "_:b0"}
                    results.append((self._hash(node, issued, 0), issued))
            results.sort(key=itemgetter(0))
            for _, issued in results:
                for node in issued:
                    if node not in self.labels:
                        self.labels[node] = f"_:c14n{len(self.labels)}"

    def _hash(self, node: str, issued: dict[str, str], depth: int) -> str:
        """4.8 for `node`. `issued` are the temporary labels; those of the best path are added to it.

        One dictionary is extended and taken back instead of copied for each permutation: the copies would cost more
        than the steps that the budget counts.
        """
        if depth > DEEPEST:
            raise CanonicalizationLimit
        labels, first_degree, hash_new = self.labels, self.first_degree, self.hash_new
        related: dict[str, list[str]] = {}
        hashed = self.hashed
        links = self.links.get(node, ())
        self._spend(4 + len(links))
        for other, how in links:  # 3, with 4.7
            known = labels.get(other) or issued.get(other) or first_degree[other]
            key = how + known
            digest = hashed.get(key)
            if digest is None:
                digest = hashed[key] = str(hash_new(key.encode()).hexdigest())
            if digest in related:
                related[digest].append(other)
            else:
                related[digest] = [other]
        data: list[str] = []
        mark = len(issued)
        for digest in sorted(related):  # 5
            others = related[digest]
            if len(others) == 1:  # nothing to take back: a chain costs its length, not the square of it
                self._spend(1)
                only = self._path((others[0],), issued, None, depth)
                assert only is not None
                data += digest, only
                mark = len(issued)
                continue
            best: str | None = None
            best_issued: list[tuple[str, str]] = []
            for order in _orders(others):  # 5.4
                self._spend(len(order))
                path = self._path(order, issued, best, depth)
                taken = []
                while len(issued) > mark:
                    taken.append(issued.popitem())
                if path is not None and (best is None or path < best):
                    best, best_issued = path, taken
            assert best is not None
            data += digest, best  # 5.1, 5.5
            issued.update(reversed(best_issued))  # 5.6
            mark = len(issued)
        return str(hash_new("".join(data).encode()).hexdigest())

    def _path(self, order: tuple[str, ...], issued: dict[str, str], best: str | None, depth: int) -> str | None:
        """5.4.4 and 5.4.5: the path of one order of neighbours; None as soon as it cannot be better than `best`."""
        path = ""
        recursion = []
        for other in order:
            if label := self.labels.get(other):
                path += label
            else:
                if other not in issued:
                    issued[other] = f"_:b{len(issued)}"
                    recursion.append(other)
                path += issued[other]
            if best is not None and len(path) >= len(best) and path > best:
                return None
        for other in recursion:
            digest = self._hash(other, issued, depth + 1)
            path += f"{issued[other]}<{digest}>"
            if best is not None and len(path) >= len(best) and path > best:
                return None
        return path

    def _spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise CanonicalizationLimit


def _orders(nodes: list[str]) -> Iterable[tuple[str, ...]]:
    """Every order of `nodes` that looks different.

    A node stands there once for each statement that links it: the graph of a presented badge is linked to a node by all
    that is said of the node, and to try every order of nine times the same would be work for nothing.
    """
    distinct = list(dict.fromkeys(nodes))
    return permutations(nodes) if len(distinct) == len(nodes) else _orders_with_repeats(nodes, distinct)


def _orders_with_repeats(nodes: list[str], distinct: list[str]) -> Iterator[tuple[str, ...]]:
    """Each order from the one before it, in lexicographical order of the nodes' numbers."""
    numbers = {node: number for number, node in enumerate(distinct)}
    order = sorted(numbers[node] for node in nodes)
    while True:
        yield tuple([distinct[number] for number in order])
        # The last place where a number is followed by a larger one: it takes the next larger of those behind it, and
        # what is behind begins anew from the smallest.
        place = len(order) - 2
        while place >= 0 and order[place] >= order[place + 1]:
            place -= 1
        if place < 0:
            return
        larger = len(order) - 1
        while order[larger] <= order[place]:
            larger -= 1
        order[place], order[larger] = order[larger], order[place]
        order[place + 1 :] = order[:place:-1]
