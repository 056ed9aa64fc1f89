"""What a document states: RDF quads, by subject (https://www.w3.org/TR/rdf11-concepts/#section-dataset).

Terms are written as canonical N-Quads has them. A credential is a few nodes of which much is said, so statements stand
under their subject, without it: most need not be written out one by one, neither to hash a blank node nor to join the
whole.
"""

from collections.abc import Iterable

Quad = tuple[str, str, str, str]
"""Subject, predicate, object and graph; the graph is "" for the default graph. Blank nodes begin with `_:`."""


class Quads:
    """Statements as a set. Labels of blank nodes hold inside this value only."""

    __slots__ = ("ends", "links")

    def __init__(self, ends: dict[str, list[str]], links: list[Quad]) -> None:
        self.ends = ends
        """Subject → the ends of its lines, `predicate object .` or `predicate object graph .` and a line feed: what is
        said without any blank node but the subject."""
        self.links = links
        """Statements with a blank node as object or graph."""


def quads_of(statements: Iterable[Quad]) -> Quads:
    """These statements, each once."""
    ends: dict[str, list[str]] = {}
    links: list[Quad] = []
    for statement in dict.fromkeys(statements):
        subject, predicate, object_, graph = statement
        if object_[0] == "_" or graph[:1] == "_":
            links.append(statement)
        else:
            ends.setdefault(subject, []).append(f"{predicate} {object_} {graph + ' ' if graph else ''}.\n")
    return Quads(ends, links)
