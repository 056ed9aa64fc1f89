"""The words that a test credential may use: our contexts, the one of W3C's examples, and those that it brings itself.

https://www.w3.org/TR/vc-data-model-2.0/#base-context. Every document gets contexts of its own, because what it defines
itself must not be there for the next (`formats.jsonld.inline_contexts`).

Digests of related resources (https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources) are compared with
what we ship, for nothing is fetched. What lies elsewhere cannot be compared, which is told.
"""

from collections.abc import Mapping, Sequence

from jmc_vc.errors import Unavailable
from jmc_vc.formats.data_model.related_resource import Digest, RelatedResource, check_resource
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.formats.jsonld.inline_contexts import ContextsOfOneDocument

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
"""Under it every name is a word, so that no member is ever undefined: it is known here and nowhere else."""

_EXAMPLES = b'{"@context":{"@vocab":"https://www.w3.org/ns/credentials/examples#"}}'

_EARLIER: Mapping[str, frozenset[Digest]] = {
    "https://www.w3.org/ns/credentials/v2": frozenset(
        {
            Digest("sha256", bytes.fromhex("24a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9")),
            Digest(
                "sha384",
                bytes.fromhex(
                    "35239c36999d2155312091af194a1edb61634d6ad789a5e5b19f2aebdd762dd9d1dcaada40eda7ef921c6b8c0ae107a0"
                ),
            ),
        }
    ),
}
"""Of renditions that were published before the one that we ship. The suite for the data model states these."""


class NotCompared(Unavailable):
    """A related resource that is not shipped with us: nothing was fetched, so its digest says nothing here."""

    code = "vc.related_not_compared"


class Words:
    """Our contexts and that of the examples; `documents` are the bytes of all of them by URL."""

    def __init__(self, documents: Mapping[str, bytes]) -> None:
        self._documents = {**documents, EXAMPLES: _EXAMPLES}
        self._shared = Contexts(self._documents)

    def of_one_document(self) -> ContextsOfOneDocument:
        """What one document may use."""
        return ContextsOfOneDocument(self._shared)

    def compare(self, resources: Sequence[RelatedResource]) -> tuple[NotCompared, ...]:
        """Those of `resources` that cannot be compared. Raises ResourceChanged for one with another digest."""
        left_out = []
        for resource in resources:
            data = self._documents.get(resource.id)
            if data is None:
                left_out.append(NotCompared(pointer=resource.pointer))
            elif not self._was_published(resource):
                check_resource(resource, data)
        return tuple(left_out)

    @staticmethod
    def _was_published(resource: RelatedResource) -> bool:
        earlier = _EARLIER.get(resource.id, frozenset())
        return all(not earlier.isdisjoint(strongest) for strongest in resource.digests)
