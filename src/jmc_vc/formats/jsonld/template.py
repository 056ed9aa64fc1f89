"""Documents that differ in some texts only, compiled: the canonical N-Quads of each by filling in.

The credentials of one program are the same but for the learner, the dates, the results and the place in the status
list. So a document is converted once, with a mark wherever a text varies, and its statements are kept as they stand in
the canonical form. What remains to do for each:

- the few blank nodes of which something varies are hashed anew; the others' hashes are known;
- the hashes, put in order, give the labels (RDFC-1.0 §4.4, steps 3 and 4);
- the lines of each subject are put together, and the subjects in order.

Where filling in could give another result than the general path there is none, and the caller takes that path: when
two blank nodes look alike and would have to be told apart (step 5), when a text makes two nodes one or a statement
stand twice, when an id is none. A template that gives another result than the general path for the document that it
was made of is not made, nor one of which a text may be a word of a vocabulary, or the type of a node or literal: what
they may say depends on the contexts at their place.
"""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

import orjson

from jmc_vc.errors import Error
from jmc_vc.formats import jcs
from jmc_vc.formats.jsonld import canonical_nquads
from jmc_vc.formats.jsonld.context import Contexts
from jmc_vc.formats.jsonld.convert import to_quads
from jmc_vc.formats.jsonld.datatypes import NATIVE
from jmc_vc.formats.jsonld.iri import is_absolute_iri
from jmc_vc.formats.jsonld.literal import JSON_SUFFIX, escaped, needs_no_escape
from jmc_vc.formats.jsonld.quads import Quads
from jmc_vc.formats.strict_json import JsonObject

Place = tuple[str | int, ...]
"""Where a text stands in a document: names of members and positions in arrays, from the outermost."""

# A mark is an absolute IRI, so that it can stand for an id and for a text alike. The private-use characters keep it
# apart from all that documents say; one that has them is not compiled.
_OPENING: Final = "\ue000"
_MARK: Final = re.compile("urn:\ue000([0-9]+)\ue001")
_MARKED_ID: Final = re.compile("<urn:\ue000([0-9]+)\ue001>")
_WHOLE: Final = ' "urn:\ue000'
"""Begins a literal that is a mark; in JSON there is a backslash before the quote."""
_DATATYPE: Final = re.compile(r'"\^\^<[^>]*#([A-Za-z]+)> \.\n')


class Template:
    """A document in which some texts vary. `compile_template` makes it."""

    __slots__ = ("_blank", "_constant", "_ids", "_json", "_named", "_names", "_size")

    def __init__(self, marked: JsonObject, values: Sequence[str], contexts: Contexts) -> None:
        """`marked` has a mark for each of `values`, which stood there. Raises Undecided, and what `to_quads` raises."""
        size = len(values)
        quads = to_quads(marked, contexts)
        numbers: dict[str, int] = {}
        for subject, _, object_, graph in quads.links:
            if graph or subject == object_:
                raise Undecided
            numbers.setdefault(object_, len(numbers))
        for subject in _subjects(quads):
            if subject[0] == "_":
                numbers.setdefault(subject, len(numbers))
        named = [_Node(subject, quads, numbers, size) for subject in _subjects(quads) if subject[0] == "<"]
        self._size = size
        written = orjson.dumps(marked).decode()
        self._json = _Text(written, size)
        self._blank = [_BlankNode(subject, quads, numbers, size) for subject in numbers]
        self._named = [node for node in named if not node.is_constant]
        self._constant = [node.block(node.name.parts[0], node.ends, []) for node in named if node.is_constant]
        self._names = [node.name for node in named]
        """Of all described nodes with an id: what varies in them must not make two of them one."""
        ids = _marked_ids(quads)
        _require_ids(written, ids, contexts)
        if _has_silent_node(marked):
            raise Undecided
        self._ids = [(number, _schemes(values[number])) for number in sorted(ids)]
        """Where ids vary, and the schemes that are known to be no prefixes there."""

    def fill(self, values: Sequence[str]) -> tuple[bytes, bytes] | None:
        """The document with `values` at its places: as JSON, and its canonical N-Quads. None when only the general path
        can tell. Raises ValueError for another number of values than places."""
        if len(values) != self._size:
            raise ValueError("one value for each place")
        try:
            for number, schemes in self._ids:
                _require_iri(values[number], schemes)
            written = _written(values)
            return self._json.filled(written), self._canonical(written)
        except (Error, Undecided, UnicodeEncodeError):
            return None

    def _canonical(self, written: list[bytes]) -> bytes:
        names = {name.filled(written) for name in self._names}
        if len(names) != len(self._names):
            raise Undecided
        said = [node.said(written) for node in self._blank]
        digests = [node.digest or node.first_degree(said[number], written) for number, node in enumerate(self._blank)]
        order = sorted(digests)
        labels = {digest: b"_:c14n%d" % rank for rank, digest in enumerate(order)}
        if len(labels) != len(digests):
            raise Undecided
        label_of = [labels[digest] for digest in digests]
        blocks = self._constant.copy()
        for node in self._named:
            blocks.append(node.block(node.name.filled(written), node.said(written), label_of))
        for number, blank in enumerate(self._blank):
            blocks.append(blank.block(label_of[number], said[number], label_of))
        blocks.sort()
        return b"".join(blocks)


def compile_template(document: JsonObject, places: Sequence[Place], contexts: Contexts) -> Template | None:
    """A template of `document` with what stands at `places`, a text each, left open. None when only the general
    path can tell. Raises what `canonical_nquads` raises for `document`."""
    expected = canonical_nquads(document, contexts)
    body = orjson.dumps(document)
    if _OPENING in body.decode():
        return None
    marked: JsonObject = orjson.loads(body)
    values = [_exchange(marked, place, f"urn:\ue000{number}\ue001") for number, place in enumerate(places)]
    try:
        template = Template(marked, values, contexts)
    except (Error, Undecided):
        return None
    return template if template.fill(values) == (body, expected) else None


class Undecided(Exception):
    """Only the general path can tell. It does not leave this module."""


class _Text:
    """A text with holes, as UTF-8 bytes with empty parts for the holes."""

    __slots__ = ("holes", "parts")

    def __init__(self, text: str, shift: int = 0) -> None:
        pieces = _MARK.split(text)
        self.parts = [b"" if position % 2 else piece.encode() for position, piece in enumerate(pieces)]
        self.holes = [(position, shift + int(pieces[position])) for position in range(1, len(pieces), 2)]
        """Where each hole is, and what of `_written` comes there."""

    def filled(self, written: list[bytes]) -> bytes:
        if not self.holes:
            return self.parts[0]
        parts = self.parts.copy()
        for position, number in self.holes:
            parts[position] = written[number]
        return b"".join(parts)


class _Node:
    """What is said of one node, in order."""

    __slots__ = ("ends", "is_constant", "links", "name", "ordered", "varying")

    def __init__(self, subject: str, quads: Quads, numbers: dict[str, int], size: int) -> None:
        self.name = _Text(subject)
        said = [(end, "") for end in quads.ends.get(subject, ())]
        said += [(f"{link[1]} _:z .\n", link[2]) for link in quads.links if link[0] == subject]
        said.sort()
        self.ends = [end.encode() for end, _ in said]
        """The ends of its lines; other blank nodes are written `_:z`, as for the first-degree hash (§4.6)."""
        self.varying = [
            (position, _Text(end, 2 * size if end.endswith(f"{JSON_SUFFIX} .\n") else 0))
            for position, (end, _) in enumerate(said)
            if _MARK.search(end)
        ]
        self.links = [
            (position, end.removesuffix("_:z .\n").encode(), numbers[target])
            for position, (end, target) in enumerate(said)
            if target
        ]
        self.is_constant = not (self.varying or self.links or self.name.holes)
        predicates = [end.partition(" ")[0] for end, _ in said]
        changing = [predicates[each[0]] for each in self.varying] + [predicates[each[0]] for each in self.links]
        self.ordered = all(predicates.count(predicate) == 1 for predicate in changing)
        """What varies keeps its place: the predicate decides it."""
        for position, _ in self.varying:
            end = said[position][0]
            datatype = _DATATYPE.search(end)
            if datatype and datatype[1] in NATIVE:
                raise Undecided  # a text that looks like a number is refused there
            if datatype and _WHOLE in end and end.endswith(f"{JSON_SUFFIX} .\n"):
                raise Undecided  # a text that is said to be JSON, not one inside JSON

    def said(self, written: list[bytes]) -> list[bytes]:
        """The ends with their texts, for `block` to change when there are links."""
        if not self.varying and not self.links:
            return self.ends
        ends = self.ends.copy()
        for position, text in self.varying:
            ends[position] = text.filled(written)
        return ends

    def block(self, name: bytes, ends: list[bytes], labels: list[bytes]) -> bytes:
        """All lines, with the labels of the nodes that it links to. Raises Undecided for a line that stands twice."""
        for position, opening, number in self.links:
            ends[position] = b"%b%b .\n" % (opening, labels[number])
        if not self.ordered:
            ends.sort()
            if len(set(ends)) != len(ends):
                raise Undecided
        if not ends:
            return b""
        begin = name + b" "
        return begin + begin.join(ends)


class _BlankNode(_Node):
    """A blank node: it has a hash, from which its label comes."""

    __slots__ = ("after", "before", "blocks", "digest")

    def __init__(self, subject: str, quads: Quads, numbers: dict[str, int], size: int) -> None:
        super().__init__(subject, quads, numbers, size)
        others = [(link[0], link[1]) for link in quads.links if link[2] == subject]
        self.before = [_Text(f"{name} {predicate} _:a .\n") for name, predicate in others if name[0] == "<"]
        after = sorted(f"_:z {predicate} _:a .\n" for name, predicate in others if name[0] == "_")
        self.after = "".join(after).encode()
        self.digest = b""
        if not self.varying and not any(line.holes for line in self.before):
            self.digest = self.first_degree(self.ends, [])
        self.blocks: dict[bytes, bytes] = {}
        """Label → the lines, when they are constant; there are no more labels than blank nodes."""

    def first_degree(self, ends: list[bytes], written: list[bytes]) -> bytes:
        """The hash of what is said of the node alone (§4.6)."""
        lines = sorted([line.filled(written) for line in self.before])
        if ends:
            lines.append(b"_:a " + b"_:a ".join(ends if self.ordered else sorted(ends)))
        lines.append(self.after)
        return sha256(b"".join(lines)).digest()

    def block(self, name: bytes, ends: list[bytes], labels: list[bytes]) -> bytes:
        if not self.is_constant:
            return super().block(name, ends, labels)
        if name not in self.blocks:
            self.blocks[name] = super().block(name, ends, labels)
        return self.blocks[name]


def _subjects(quads: Quads) -> list[str]:
    return list(dict.fromkeys([*quads.ends, *(link[0] for link in quads.links)]))


def _marked_ids(quads: Quads) -> set[int]:
    """Where the marks are that stand for IRIs."""
    texts = [*quads.ends, *(end for ends in quads.ends.values() for end in ends), *(link[0] for link in quads.links)]
    return {int(number) for text in texts for number in _MARKED_ID.findall(text)}


def _require_ids(written: str, ids: set[int], contexts: Contexts) -> None:
    """Each of `ids` names a node. Where the label of a blank node is refused, there is a word of a vocabulary or a
    type: `vocabulary_iri` takes fewer IRIs. Raises DataLoss."""
    labelled = _MARK.sub(lambda mark: f"_:template{mark[1]}" if int(mark[1]) in ids else mark[0], written)
    to_quads(orjson.loads(labelled), contexts)


def _has_silent_node(value: Any) -> bool:
    """Whether some object has an id and empty arrays only: it describes a node for `descriptions`, and no statement
    shows that."""
    if isinstance(value, list):
        return any(_has_silent_node(item) for item in value)
    if not isinstance(value, dict):
        return False
    members = [member for name, member in value.items() if name != "@context"]
    said = [member for member in members if member != []]
    if len(said) == 1 < len(members) and isinstance(said[0], str):
        return True
    return any(_has_silent_node(member) for member in members)


def _schemes(before: str) -> frozenset[str]:
    """The schemes that are no prefixes of the contexts where `before` stood as an id: its own, and that of a mark."""
    scheme, _, rest = before.partition(":")
    return frozenset({"urn"} if rest[:2] == "//" else {"urn", scheme})


def _require_iri(text: str, schemes: frozenset[str]) -> None:
    """`text` is an id that `ActiveContext.iri` takes wherever ids of `schemes` are taken. Raises Undecided."""
    scheme, _, rest = text.partition(":")
    if (rest[:2] != "//" and scheme not in schemes) or not is_absolute_iri(text):
        raise Undecided


def _exchange(document: JsonObject, place: Place, mark: str) -> str:
    """Put `mark` at `place`; answers the text that stood there."""
    around: Any = document
    for step in place[:-1]:
        around = around[step]
    text = around[place[-1]]
    assert isinstance(text, str)
    around[place[-1]] = mark
    return text


def _written(values: Sequence[str]) -> list[bytes]:
    """Every value as N-Quads escapes it, then every one as JSON does, then every one as JSON inside N-Quads."""
    if needs_no_escape("".join(values)):
        return [value.encode() for value in values] * 3
    return [
        *(escaped(value).encode() for value in values),
        *(orjson.dumps(value)[1:-1] for value in values),
        *(escaped(jcs.canonicalize(value).decode()[1:-1]).encode() for value in values),
    ]
