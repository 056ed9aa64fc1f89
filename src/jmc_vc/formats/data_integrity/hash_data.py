"""Transforming and hashing for the suites that canonicalize RDF: eddsa-rdfc-2022, ecdsa-rdfc-2019.

https://www.w3.org/TR/vc-di-eddsa/#hashing-eddsa-rdfc-2022: hashData is the hash of the proof's options followed by the
hash of the document, both as canonical N-Quads. The options are read under the document's own `@context`.
"""

import hashlib

from jmc_vc.errors import Error
from jmc_vc.formats.jsonld import ContextNotAllowed, Contexts, canonical_nquads
from jmc_vc.formats.jsonld.loss import locate
from jmc_vc.formats.strict_json import JsonObject

MOST_APPLIED = 24
"""Contexts that may be applied for the options of one proof: 7 are, under our four contexts. A document may have
sixteen proofs, so they are not granted what a document is."""


def rdfc_hash_data(document: JsonObject, options: JsonObject, contexts: Contexts, *, algorithm: str) -> bytes:
    """Both hashes with `algorithm` ("sha256" or "sha384"). Raises what `canonical_nquads` raises."""
    context = document.get("@context")
    if options.get("@context", context) != context:
        # The specification overwrites it with the document's: what it says there would not be signed.
        raise ContextNotAllowed(pointer="/proof/@context")
    configuration: JsonObject = {"@context": context, **options}
    try:
        signed_options = canonical_nquads(configuration, contexts, algorithm=algorithm, most_applied=MOST_APPLIED)
    except Error as err:
        locate(err, "proof")
        raise
    signed_document = canonical_nquads(document, contexts, algorithm=algorithm)
    return hash_of(signed_options, signed_document, algorithm=algorithm)


def hash_of(options: bytes, document: bytes, *, algorithm: str) -> bytes:
    """The hashData of two canonical forms."""
    hash_new = getattr(hashlib, algorithm)
    joined: bytes = hash_new(options).digest() + hash_new(document).digest()
    return joined
