"""Transforming and hashing: hashData is the hash of the proof's options followed by the hash of the document.

https://www.w3.org/TR/vc-di-eddsa/#hashing-eddsa-rdfc-2022. Both are brought into canonical form first: as N-Quads
(RDFC-1.0), the options being read under the document's own `@context`, or as JSON (JCS).
"""

import hashlib
import operator
from collections.abc import Callable

from jmc_vc.errors import Error
from jmc_vc.formats import jcs
from jmc_vc.formats.jsonld import ContextNotAllowed, Contexts, canonical_nquads
from jmc_vc.formats.jsonld.statements import Statements, statements
from jmc_vc.formats.strict_json import JsonObject, JsonValue

MOST_APPLIED = 24
"""Contexts that may be applied for the options of one proof: 7 are, under our four contexts. A document may have
sixteen proofs, so they are not granted what a document is."""


class Unsecured:
    """A document as its proofs cover it: without any proof, or, under a proof that names previous ones, with those.

    Its canonical form is worked out once, or refused once, for all its proofs: a document may have sixteen, and who
    sends it chooses how dear it is."""

    __slots__ = ("_chained", "_hashes", "_proofs", "_statements", "contexts", "document")

    def __init__(self, document: JsonObject, contexts: Contexts) -> None:
        self.document = {name: value for name, value in document.items() if name != "proof"}
        self.contexts = contexts
        present = document.get("proof", [])
        self._proofs = present if isinstance(present, list) else [present]
        self._hashes: dict[str, bytes | Error] = {}
        self._statements: tuple[Statements, dict[str, str]] | Error | None = None
        self._chained: dict[tuple[str, ...], Unsecured] = {}

    def under(self, previous_proofs: tuple[str, ...]) -> "Unsecured":
        """What a proof covers that names `previous_proofs` by their ids: the document with just those
        (https://www.w3.org/TR/vc-data-integrity/#add-proof-set-chain). `read_proofs` has seen that they are there."""
        if not previous_proofs:
            return self
        if previous_proofs not in self._chained:
            named: list[JsonValue] = [
                proof for proof in self._proofs if isinstance(proof, dict) and proof.get("id") in previous_proofs
            ]
            self._chained[previous_proofs] = self._with("proof", named)
        return self._chained[previous_proofs]

    def beginning(self, context: JsonValue) -> "Unsecured":
        """What a JCS proof with this `@context` covers: the document with just that. The document's own must begin with
        it; others may have added to it since (VC-DI-EdDSA §3.3.2, step 4). Raises ContextNotAllowed."""
        own = self.document.get("@context")
        before, begun = _listed(own), _listed(context)
        # Compared as they are signed: for Python, 1 equals true.
        if not begun or jcs.canonicalize(before[: len(begun)]) != jcs.canonicalize(begun):
            raise ContextNotAllowed(pointer="/@context")
        if len(before) == len(begun) and isinstance(own, list) == isinstance(context, list):
            return self
        return self._with("@context", context)

    def rdfc_hash(self, algorithm: str) -> bytes:
        """The hash of the canonical N-Quads. Raises what `canonical_nquads` raises."""
        return self._hash(f"rdfc {algorithm}", algorithm, lambda: self.rdfc(algorithm))

    def rdfc(self, algorithm: str) -> bytes:
        """The canonical N-Quads. Raises what `canonical_nquads` raises."""
        return canonical_nquads(as_json_ld(self.document), self.contexts, algorithm=algorithm)

    def jcs_hash(self, algorithm: str) -> bytes:
        """The hash of the canonical JSON. Raises NotCanonicalizable."""
        return self._hash(f"jcs {algorithm}", algorithm, lambda: jcs.canonicalize(self.document))

    def statements(self) -> tuple[Statements, dict[str, str]]:
        """What the document states, and the canonical label of each blank node. Raises what `canonical_nquads`
        raises."""
        if self._statements is None:
            try:
                stated = statements(as_json_ld(self.document), self.contexts)
                self._statements = (stated, stated.canonical_labels())
            except Error as err:
                self._statements = err
        if isinstance(self._statements, Error):
            raise self._statements
        return self._statements

    def _with(self, name: str, value: JsonValue) -> "Unsecured":
        changed = Unsecured({}, self.contexts)
        changed.document = {**self.document, name: value}
        return changed

    def _hash(self, name: str, algorithm: str, canonical: Callable[[], bytes]) -> bytes:
        if name not in self._hashes:
            try:
                self._hashes[name] = getattr(hashlib, algorithm)(canonical()).digest()
            except Error as err:
                self._hashes[name] = err
        found = self._hashes[name]
        if isinstance(found, Error):
            raise found
        return found


def rdfc_hash_data(unsecured: Unsecured, options: JsonObject, *, algorithm: str, pointer: str = "/proof") -> bytes:
    """Both hashes of N-Quads with `algorithm` ("sha256" or "sha384"); the proof stands at `pointer`. Raises what
    `canonical_nquads` raises."""
    return rdfc_options_hash(unsecured, options, algorithm=algorithm, pointer=pointer) + unsecured.rdfc_hash(algorithm)


def rdfc_options_hash(unsecured: Unsecured, options: JsonObject, *, algorithm: str, pointer: str = "/proof") -> bytes:
    """The hash of the options alone, for proofs that cover the document in another way. Raises what `canonical_nquads`
    raises."""
    canonical = rdfc_options(unsecured, options, algorithm=algorithm, pointer=pointer)
    digest: bytes = getattr(hashlib, algorithm)(canonical).digest()
    return digest


def rdfc_options(unsecured: Unsecured, options: JsonObject, *, algorithm: str, pointer: str = "/proof") -> bytes:
    """The canonical N-Quads of the options. Raises what `canonical_nquads` raises."""
    context = unsecured.document.get("@context")
    if "@context" in options and jcs.canonicalize(options["@context"]) != jcs.canonicalize(context):
        # The specification overwrites it with the document's: what it says there would not be signed.
        raise ContextNotAllowed(pointer=f"{pointer}/@context")
    configuration: JsonObject = {**options, "@context": context}
    try:
        return canonical_nquads(configuration, unsecured.contexts, algorithm=algorithm, most_applied=MOST_APPLIED)
    except Error as err:
        err.pointer = pointer + (err.pointer or "")
        raise


def jcs_hash_data(unsecured: Unsecured, options: JsonObject, *, algorithm: str, pointer: str = "/proof") -> bytes:
    """Both hashes of canonical JSON with `algorithm`; the proof stands at `pointer`. Raises NotCanonicalizable, and
    ContextNotAllowed when the contexts of the options are not those with which the document's begin."""
    try:
        canonical = jcs.canonicalize(options)
        covered = unsecured.beginning(options["@context"]) if "@context" in options else unsecured
    except Error as err:
        err.pointer = pointer + (err.pointer or "")
        raise
    digest: bytes = getattr(hashlib, algorithm)(canonical).digest()
    return digest + covered.jcs_hash(algorithm)


def as_json_ld(document: JsonObject) -> JsonObject:
    """`document` as it is read under its contexts, and the credentials in it under theirs. A JCS proof repeats those of
    what it stands in: once more they change no meaning, but inside other nodes than credentials no context is taken.
    Raises NotCanonicalizable."""
    return _rewritten(document) if _secured_inside(document) else document


def _secured_inside(value: JsonValue) -> bool:
    """Whether there is a `proof` beside an `@context` anywhere. Most documents that are hashed have none, and a copy of
    them would cost a tenth of their verification."""
    if isinstance(value, dict):
        if "proof" in value and "@context" in value:
            return True
        for member in value.values():
            if isinstance(member, (dict, list)) and _secured_inside(member):
                return True
    elif isinstance(value, list):
        for each in value:
            if isinstance(each, (dict, list)) and _secured_inside(each):
                return True
    return False


def _rewritten(document: JsonObject) -> JsonObject:
    changed: JsonObject = {}
    for name, value in document.items():
        read = _inside(value)
        if read is not value:
            changed[name] = read
    if "proof" in document and "@context" in document:
        present, context = changed.get("proof", document["proof"]), jcs.canonicalize(document["@context"])
        changed["proof"] = (
            [_without(context, each) for each in present] if isinstance(present, list) else _without(context, present)
        )
    return {**document, **changed} if changed else document


def _inside(value: JsonValue) -> JsonValue:
    """The same of what a member holds: the very value, if nothing in it is read otherwise."""
    if isinstance(value, dict):
        return _rewritten(value)
    if not isinstance(value, list):
        return value
    read = [_inside(each) for each in value]
    return value if all(map(operator.is_, read, value)) else read


def _without(context: bytes, proof: JsonValue) -> JsonValue:
    """`proof` without the `@context` that, in canonical form, is `context`."""
    if not isinstance(proof, dict) or "@context" not in proof or jcs.canonicalize(proof["@context"]) != context:
        return proof
    return {name: member for name, member in proof.items() if name != "@context"}


def _listed(value: JsonValue) -> list[JsonValue]:
    """What a member holds, as a list: nothing for null and for a member that is not there."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
