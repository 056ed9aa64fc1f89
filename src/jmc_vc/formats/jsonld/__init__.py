"""JSON-LD in safe mode: a document and the contexts that it may name → canonical N-Quads, the bytes that are hashed.

    canonical_nquads(document, Contexts(vendored.contexts(namespace)))

Three steps, each a module: `context` compiles what names mean, `convert` states a document as quads and refuses
whatever it would lose and whatever could be written otherwise, `canonicalize` orders and labels them (RDFC-1.0) under a
work budget. `template` does all three beforehand for documents that differ in some texts only; `statements` gives the
lines one by one, and tells which part of the document each blank node stands for.
"""

from jmc_vc.formats.jsonld.canonicalize import DEFAULT_BUDGET, CanonicalizationLimit, canonical_form
from jmc_vc.formats.jsonld.context import ContextNotAllowed, Contexts
from jmc_vc.formats.jsonld.convert import to_quads
from jmc_vc.formats.jsonld.loss import DataLoss, KeywordRefused, Loss
from jmc_vc.formats.jsonld.nquads import canonical_nquads, require_covered
from jmc_vc.formats.jsonld.processor import ContextConflict, UnknownContext
from jmc_vc.formats.jsonld.quads import Quads

__all__ = [
    "DEFAULT_BUDGET",
    "CanonicalizationLimit",
    "ContextConflict",
    "ContextNotAllowed",
    "Contexts",
    "DataLoss",
    "KeywordRefused",
    "Loss",
    "Quads",
    "UnknownContext",
    "canonical_form",
    "canonical_nquads",
    "require_covered",
    "to_quads",
]
