"""Add Proof for documents of one template: the bytes that `add_proof` gives, worked out beforehand as far as possible.

https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022. Of the proof's options only `created` varies, so they are a template
too.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import sha256

import orjson

from jmc_vc.formats.data_integrity.proof import proof_options
from jmc_vc.formats.encoding import multibase
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.jsonld.template import Place, Template, compile_template
from jmc_vc.formats.openbadges.date_time import write_date_time_stamp
from jmc_vc.formats.strict_json import JsonObject

CRYPTOSUITE = "eddsa-rdfc-2022"


class ProofTemplate:
    """Secures the documents of one template under one verification method. `compile_proof_template` makes it."""

    __slots__ = ("_document", "_latest", "_options", "_template")

    def __init__(self, document: Template, options: JsonObject, template: Template) -> None:
        self._document = document
        self._options = options
        self._template = template
        self._latest: tuple[datetime, JsonObject, bytes] | None = None
        """The options of the latest moment, and the hash of their canonical form: many awards are secured at one."""

    def secure(
        self,
        values: Sequence[str],
        *,
        created: datetime,
        sign: Callable[[bytes], bytes],
        expected: bytes | None = None,
    ) -> tuple[bytes, bytes] | None:
        """The document with `values` at its places, as JSON: without a proof, and with it. None when only the general
        path can tell, and when it is not `expected`: then nothing is signed."""
        document = self._document.fill(values)
        if document is None:
            return None
        unsecured, canonical = document
        if expected is not None and unsecured != expected:
            return None
        options, options_hash = self._options_of(created)
        signature = sign(options_hash + sha256(canonical).digest())
        proof = orjson.dumps({**options, "proofValue": multibase.encode_base58(signature)})
        return unsecured, b'%b,"proof":%b}' % (unsecured[:-1], proof)

    def _options_of(self, created: datetime) -> tuple[JsonObject, bytes]:
        latest = self._latest
        created = created.astimezone(UTC)  # in another zone, both moments of the repeated hour are equal
        if latest is None or latest[0] != created:
            written = write_date_time_stamp(created)
            filled = self._template.fill([written])
            assert filled is not None  # one blank node, one text that is no id: nothing is left to tell
            latest = self._latest = (created, {**self._options, "created": written}, sha256(filled[1]).digest())
        return latest[1], latest[2]


def compile_proof_template(
    document: JsonObject,
    places: Sequence[Place],
    *,
    verification_method: str,
    created: datetime,
    contexts: Contexts,
    purpose: str = "assertionMethod",
) -> ProofTemplate | None:
    """A template of the unsecured `document` with what stands at `places`, a text each, left open. None when only the
    general path can tell its labels, or has proofs to add to. Raises what `canonical_nquads` raises."""
    options = proof_options(
        cryptosuite=CRYPTOSUITE, verification_method=verification_method, created=created, purpose=purpose
    )
    if "proof" in document:
        return None
    compiled = compile_template(document, places, contexts)
    compiled_options = compile_template({"@context": document.get("@context"), **options}, [("created",)], contexts)
    if compiled is None or compiled_options is None:
        return None
    return ProofTemplate(compiled, options, compiled_options)
