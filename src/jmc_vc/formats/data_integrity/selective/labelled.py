"""The statements of a document under labels that tell nothing, and which of them its parts make.

https://www.w3.org/TR/vc-di-ecdsa/#canonicalizeandgroup. A part is a document of its own (`pointers`), so what it states
is found by stating it. Each of its objects is taken from an object of the whole, and names the same node.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.proof import ProofError
from jmc_vc.formats.data_integrity.selective.labels import digests, label_of, number_of
from jmc_vc.formats.data_integrity.selective.pointers import Selection, select
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.jsonld.convert import Origin
from jmc_vc.formats.jsonld.statements import Statements, statements
from jmc_vc.formats.strict_json import JsonObject


class NotSelectable(ProofError):
    """The parts cannot be shown without the rest, because alone they would state something else: an item of a list, a
    piece of a JSON literal, one thing that is described at two places and would be shown differently there."""

    code = "proof.selection"


@dataclass(frozen=True)
class Part:
    """Some parts of a document, put together."""

    document: JsonObject
    lines: tuple[bytes, ...]
    """Its statements, in order."""
    _statements: Statements
    _digests: dict[str, bytes]

    def label_map(self) -> dict[int, bytes]:
        """The number of each canonical label that a verifier will find in this part → the digest that was signed.
        Raises CanonicalizationLimit."""
        numbers = {number_of(label): node for node, label in self._statements.canonical_labels().items()}
        return {number: self._digests[numbers[number]] for number in sorted(numbers)}


class LabelledDocument:
    """A document without proofs, every blank node of which is labelled by its HMAC under one key."""

    def __init__(self, document: JsonObject, contexts: Contexts, key: bytes) -> None:
        """Raises what `jsonld.canonical_nquads` raises."""
        self._contexts = contexts
        # A copy: a caller may have put one object at two places, which are two nodes.
        self._document = select(document, [""]).document
        stated = statements(self._document, contexts)
        numbers = stated.canonical_labels()
        by_node = digests(numbers, key)
        self._digests = {_identity(stated.origins[node]): digest for node, digest in by_node.items()}
        self.lines = tuple(stated.lines({node: label_of(digest) for node, digest in by_node.items()}))
        """All statements, in order."""
        self.labels = {number_of(label): by_node[node] for node, label in numbers.items()}
        """The number of each canonical label → its digest."""

    def part(self, *pointers: Sequence[str]) -> Part:
        """The parts that lists of `pointers`, one pointer at least, pick. Raises PointerRefused, TooManyPointers,
        NotSelectable."""
        selection = select(self._document, *pointers)
        try:
            stated = statements(selection.document, self._contexts)
            by_node = {node: self._digests[_source(origin, selection)] for node, origin in stated.origins.items()}
        except (Error, KeyError) as err:
            raise NotSelectable from err
        lines = tuple(stated.lines({node: label_of(digest) for node, digest in by_node.items()}))
        if not set(self.lines).issuperset(lines):
            raise NotSelectable
        return Part(selection.document, lines, stated, by_node)


def _identity(origin: Origin) -> tuple[str | int, int]:
    part, role = origin
    return part if isinstance(part, str) else id(part), role


def _source(origin: Origin, selection: Selection) -> tuple[str | int, int]:
    part, role = origin
    return part if isinstance(part, str) else selection.sources[id(part)], role
