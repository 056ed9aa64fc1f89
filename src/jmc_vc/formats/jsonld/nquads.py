"""From a document to the bytes that are hashed: `convert`, then `canonicalize`."""

from jmc_vc.formats.jsonld.canonicalize import DEFAULT_BUDGET, canonical_form
from jmc_vc.formats.jsonld.context import Contexts
from jmc_vc.formats.jsonld.convert import MOST_APPLIED, to_quads
from jmc_vc.formats.jsonld.loss import DataLoss, Loss
from jmc_vc.formats.strict_json import JsonObject


def canonical_nquads(
    document: JsonObject,
    contexts: Contexts,
    *,
    algorithm: str = "sha256",
    budget: int = DEFAULT_BUDGET,
    most_applied: int = MOST_APPLIED,
) -> bytes:
    """The canonical N-Quads of `document`, UTF-8. `algorithm` is the hash inside RDFC-1.0: "sha256" or "sha384".

    `budget` bounds the work of telling blank nodes apart, `most_applied` that of compiling contexts.
    Raises DataLoss (`proof.coverage`), KeywordRefused, UnknownContext, ContextNotAllowed, ContextConflict,
    CanonicalizationLimit, and NotCanonicalizable for a JSON literal without canonical form.
    """
    try:
        quads = to_quads(document, contexts, most_applied=most_applied)
        return canonical_form(quads, algorithm=algorithm, budget=budget)
    except UnicodeEncodeError as err:
        raise DataLoss(Loss.TEXT) from err


def require_covered(document: JsonObject, contexts: Contexts) -> None:
    """Nothing in `document` is of the kind that a proof leaves out or leaves open, its proofs included.

    Conversion refuses each member, type, id and value that it would have to leave out, and each spelling for which it
    could be exchanged another. What it accepts, proofs over the document and over their own options state whole: every
    member but `proofValue`, which is the signature. Whether there is a proof, and whether it holds, is not asked here.
    Raises what `canonical_nquads` raises, except CanonicalizationLimit: the work of canonicalizing is not spent. Nor is
    text looked for that UTF-8 cannot carry: `strict_json` lets none in.
    """
    to_quads(document, contexts)
