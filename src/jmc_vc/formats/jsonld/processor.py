"""Context processing by the specification, which PyLD implements, over documents that we have.

https://www.w3.org/TR/json-ld11-api/#context-processing-algorithms
"""

from collections.abc import Mapping
from copy import deepcopy
from threading import RLock
from typing import Any

from pyld.jsonld import JsonLdError, JsonLdProcessor  # type: ignore[import-untyped]

from jmc_vc.errors import Unacceptable


class UnknownContext(Unacceptable):
    """The document names a context that we do not have. It is not fetched: the meaning cannot be checked."""

    code = "context.unknown"


class ContextConflict(Unacceptable):
    """The contexts contradict each other: one redefines a protected term of another (JSON-LD 1.1 §4.1.11)."""

    code = "context.conflict"


class ContextProcessor:
    """PyLD's processor with the contexts that documents may name, URL → JSON. Thread-safe."""

    def __init__(self, documents: dict[str, Any]) -> None:
        self.documents = documents
        self._processor = JsonLdProcessor()
        # PyLD resolves relative addresses against `base`; ours are all absolute.
        self._options = {"base": "", "processingMode": "json-ld-1.1", "isFrame": False, "contextResolver": self}
        self._lock = RLock()

    def initial(self) -> Any:
        """PyLD's active context before any other."""
        return self._processor._get_initial_context(self._options)  # noqa: SLF001 - PyLD has no public name for it

    def processed(self, active: Any, local: Any, **how: bool) -> Any:
        """`local` applied to PyLD's active context `active`. Raises ContextConflict, and UnknownContext for a URL in a
        context that a document defines itself."""
        with self._lock:
            try:
                return self._processor._process_context(active, local, self._options, **how)  # noqa: SLF001 - as above
            except JsonLdError as err:
                if isinstance(err.__cause__, UnknownContext):
                    raise UnknownContext from err
                raise ContextConflict from err

    def resolve(self, _active: Any, context: Any, _base: str, cycles: object = None) -> list["_Resolved"]:  # noqa: ARG002 - PyLD gives it
        """PyLD's resolver interface, over our documents only. A URL that we do not have can only come from a
        context that a document defines itself (`inline_contexts`). Raises UnknownContext."""
        if isinstance(context, Mapping) and "@context" in context:
            context = context["@context"]
        resolved: list[_Resolved] = []
        for item in context if isinstance(context, list) else [context]:
            if isinstance(item, str):
                if item not in self.documents:
                    raise UnknownContext
                resolved += self.resolve(_active, deepcopy(self.documents[item]["@context"]), _base)
            else:
                resolved.append(_Resolved(False if item is None else item))
        return resolved


class _Resolved:
    """A context document as PyLD wants it. It keeps nothing: PyLD's own cache knows two results apart by the context
    before only, not by how a context is applied, and so mixes up what ends at the next node with what does not."""

    __slots__ = ("document",)

    def __init__(self, document: Any) -> None:
        self.document = document

    def get_processed(self, _active: Any) -> None:
        return None

    def set_processed(self, _active: Any, _processed: Any) -> None:
        return None
