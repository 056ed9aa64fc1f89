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


class Unsecured:
    """A document without its proofs. Its canonical form is worked out once, or refused once, for all its proofs: a
    document may have sixteen, and who sends it chooses how dear it is."""

    __slots__ = ("_hashes", "contexts", "document")

    def __init__(self, document: JsonObject, contexts: Contexts) -> None:
        self.document = {name: value for name, value in document.items() if name != "proof"}
        self.contexts = contexts
        self._hashes: dict[str, bytes | Error] = {}

    def rdfc_hash(self, algorithm: str) -> bytes:
        """The hash of the canonical form. Raises what `canonical_nquads` raises."""
        if algorithm not in self._hashes:
            try:
                canonical = canonical_nquads(self.document, self.contexts, algorithm=algorithm)
                self._hashes[algorithm] = getattr(hashlib, algorithm)(canonical).digest()
            except Error as err:
                self._hashes[algorithm] = err
        found = self._hashes[algorithm]
        if isinstance(found, Error):
            raise found
        return found


def rdfc_hash_data(unsecured: Unsecured, options: JsonObject, *, algorithm: str) -> bytes:
    """Both hashes with `algorithm` ("sha256" or "sha384"). Raises what `canonical_nquads` raises."""
    context = unsecured.document.get("@context")
    if options.get("@context", context) != context:
        # The specification overwrites it with the document's: what it says there would not be signed.
        raise ContextNotAllowed(pointer="/proof/@context")
    configuration: JsonObject = {"@context": context, **options}
    try:
        canonical = canonical_nquads(configuration, unsecured.contexts, algorithm=algorithm, most_applied=MOST_APPLIED)
    except Error as err:
        locate(err, "proof")
        raise
    digest: bytes = getattr(hashlib, algorithm)(canonical).digest()
    return digest + unsecured.rdfc_hash(algorithm)
