"""A document as single statements, for proofs that sign each of them: the lines of its N-Quads, and which part of the
document each blank node stands for.

https://www.w3.org/TR/vc-di-ecdsa/#selective-disclosure-functions. The specification gives every object without an id an
address (it "skolemizes" the document), to know it again in a part of the document. Here the conversion tells which
object became which node, so that neither text is written into the document and taken out again, nor are the nodes
forgotten that no object names: graphs and the cells of lists.
"""

from jmc_vc.formats.jsonld.canonicalize import canonical_labels, labelled_form
from jmc_vc.formats.jsonld.context import Contexts
from jmc_vc.formats.jsonld.convert import Origin, to_quads_with_origins
from jmc_vc.formats.jsonld.loss import DataLoss, Loss
from jmc_vc.formats.jsonld.quads import Quads
from jmc_vc.formats.strict_json import JsonObject


class Statements:
    """What one document states. Labels of blank nodes hold inside this value only."""

    __slots__ = ("_quads", "origins")

    def __init__(self, quads: Quads, origins: dict[str, Origin]) -> None:
        self._quads = quads
        self.origins = origins
        """Where each blank node comes from."""

    def canonical_labels(self) -> dict[str, str]:
        """Every blank node → its canonical label `_:c14nN`. Raises CanonicalizationLimit, DataLoss."""
        try:
            return canonical_labels(self._quads)
        except UnicodeEncodeError as err:
            raise DataLoss(Loss.TEXT) from err

    def lines(self, labels: dict[str, str]) -> list[bytes]:
        """Every statement as a line of N-Quads with its line feed, in code point order, with these labels for blank
        nodes. Raises DataLoss."""
        try:
            written = labelled_form(self._quads, labels)
        except UnicodeEncodeError as err:
            raise DataLoss(Loss.TEXT) from err
        return written.splitlines(keepends=True)


def statements(document: JsonObject, contexts: Contexts) -> Statements:
    """What `document` states. Raises DataLoss, KeywordRefused, UnknownContext, ContextNotAllowed, ContextConflict, and
    NotCanonicalizable for a JSON literal."""
    quads, origins = to_quads_with_origins(document, contexts)
    return Statements(quads, origins)
