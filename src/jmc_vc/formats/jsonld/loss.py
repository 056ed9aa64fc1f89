"""What JSON-LD would drop in silence, said aloud.

A processor leaves out what it does not understand; a signature over the rest then says nothing about the part left out,
which anybody may alter (VC Data Integrity 1.0 §2.4.3, DATA_LOSS_DETECTION_ERROR). Here every such part is refused, on
signing and on verifying alike, with the place where it stands. So is a way of writing that could be exchanged for
another under the same signature, one in which readers find less or something else.
"""

from enum import StrEnum

from jmc_vc.errors import Error, Unacceptable


class Loss(StrEnum):
    """Why a part of the document would not be in the signed data."""

    UNDEFINED_TERM = "undefined_term"
    """No context defines the member's name."""
    UNDEFINED_TYPE = "undefined_type"
    """No context defines the type, or it is a blank node's label."""
    RELATIVE_IRI = "relative_iri"
    """An id without a scheme: it would mean something else at every place (the base is null)."""
    INVALID_IRI = "invalid_iri"
    """Characters that no IRI has; some writers drop the node, others write invalid N-Quads."""
    NULL = "null"
    """JSON-LD takes null for a member that is not there. Also anything else that is no value where one must be."""
    VALUE_OBJECT = "value_object"
    """A value object with members that do not belong there, or of the wrong type."""
    LANGUAGE = "language"
    """Not a well-formed BCP 47 tag, or in a language map one with capitals, or something else than one text."""
    NUMBER = "number"
    """The number is not the one that its RDF literal gives back (NaN, beyond ±2^53, more digits than are written)."""
    ID = "id"
    """An id that is no text, or one that begins like a blank node's label and is none; a label that stands in two
    graphs, or where only an IRI may stand."""
    TYPE = "type"
    """A type that is no text, or more types than any honest node has."""
    SPELLING = "spelling"
    """A second way to write what has a name of its own: `@id` for `id`, an IRI or a compact IRI for a term or an id, a
    class for a property, `{"@value": …}` or text around what is a plain value."""
    REPEATED = "repeated"
    """An item of an array, or a type, that stands there twice: it is stated once, so the other could come and go."""
    DESCRIBED_TWICE = "described_twice"
    """One node is described at two places, so its members could change places (`descriptions`)."""
    GRAPH = "graph"
    """A member that wants a graph holds nothing that can be stated in one."""
    CONTAINER = "container"
    """A list or set object, an array in an array, a list that is no array, or a container that we do not support."""
    NOTHING = "nothing"
    """The whole document states nothing."""
    NOTHING_MANDATORY = "nothing_mandatory"
    """Any statement could be withheld, so a credential inside the document could be shown as if it were the whole."""
    DEPTH = "depth"
    """Nested too deep, or more contexts applied than any honest document needs."""
    TEXT = "text"
    """Text that UTF-8 cannot carry."""


class DataLoss(Unacceptable):
    """A part of the document would not be covered by the proof; `reason` is a Loss, `pointer` the place."""

    code = "proof.coverage"

    def __init__(self, reason: Loss) -> None:
        super().__init__(reason=reason.value)


class KeywordRefused(Unacceptable):
    """A JSON-LD keyword that moves statements to another place than the one where a reader sees them."""

    code = "context.keyword"


def locate(error: Error, step: str | int) -> None:
    """Put `step` in front of the error's pointer. Long or unprintable names are not repeated: they may be data."""
    text = str(step)
    if len(text) > 64 or not text.isprintable():
        text = "…"
    error.pointer = "/" + text.replace("~", "~0").replace("/", "~1") + (error.pointer or "")
