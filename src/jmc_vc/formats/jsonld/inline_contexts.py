"""Contexts written into a document, for verifiers that take any: bounded, and forgotten with the document.

https://www.w3.org/TR/json-ld11/#the-context

A document that defines its own terms decides what they mean, so nothing of it may be kept where others are read, and
nobody who shows credentials by the names of their members may take it. Open Badges are never read like this. What the
document names by URL are our contexts as ever, compiled once; only what it defines itself is worked out for it alone.
"""

from typing import Any

import orjson

from jmc_vc.formats.jsonld.context import MOST_CONTEXTS, ActiveContext, ContextNotAllowed, Contexts
from jmc_vc.formats.jsonld.processor import UnknownContext

LARGEST = 8_192
"""Bytes of JSON of all contexts in one document, some 150 terms. The test suites of W3C send a few hundred bytes."""
MOST_INNER = 16
"""Contexts inside the contexts of one document: terms with their own, lists, imports. The processor applies each while
it reads the term, a dear one of ours in 2 ms."""
BYTES_OF_ONE = 512
"""An inline context counts as one applied context for each of these (`convert.MOST_APPLIED`): both cost about 1 ms."""


class ContextsOfOneDocument(Contexts):
    """What one document may use: our contexts, and those that it defines. Make one for each document."""

    in_any_node = True

    def __init__(self, ours: Contexts) -> None:
        self._ours = ours
        self._written: dict[str, Any] = {}
        self._bytes = 0
        self._inner = 0
        self._start(ours.processor)

    def urls(self, value: object) -> tuple[str, ...]:
        """URLs, and for each inline context its own JSON. Raises ContextNotAllowed, UnknownContext."""
        items = value if isinstance(value, list) else [value]
        if not items or len(items) > MOST_CONTEXTS:
            raise ContextNotAllowed(pointer="/@context")
        names: list[str] = []
        for position, item in enumerate(items):
            pointer = f"/@context/{position}" if isinstance(value, list) else "/@context"
            if isinstance(item, str):
                if item not in self.processor.documents:
                    raise UnknownContext(pointer=pointer)
                names.append(item)
            elif isinstance(item, dict):
                names.append(self._name_of(item, pointer))
            else:  # null would forget the terms that secure the document
                raise ContextNotAllowed(pointer=pointer)
        return tuple(names)

    def _name_of(self, inline: dict[str, Any], pointer: str) -> str:
        name = orjson.dumps(inline).decode()
        if name not in self._written:
            self._bytes += len(name)
            self._inner += _inner_contexts(inline)
            if self._bytes > LARGEST or self._inner > MOST_INNER:
                raise ContextNotAllowed(pointer=pointer)
            self.weight = 1 + self._bytes // BYTES_OF_ONE
            self._written[name] = inline
        return name

    def applied_to(self, active: ActiveContext, urls: tuple[str, ...]) -> ActiveContext:
        """The URLs at the beginning of a document as they are compiled for all; the rest for this document alone."""
        shared = 0
        if active is self.initial:
            while shared < len(urls) and urls[shared] not in self._written:
                shared += 1
        begun = self._ours.root(list(urls[:shared])) if shared else active
        own = ActiveContext(self, begun.raw, cost=begun.cost)
        return own.applied([[self._written.get(name, name) for name in urls[shared:]]], cost=len(urls) - shared)

    def processed(self, active: Any, local: Any, **how: bool) -> Any:
        """As ever. Raises ContextNotAllowed too, for what is no context at all."""
        try:
            return super().processed(active, local, **how)
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as err:
            # The processor trusts the shape of contexts more than that of documents.
            raise ContextNotAllowed(pointer="/@context") from err


def _inner_contexts(context: Any) -> int:
    """How many contexts stand inside `context`."""
    found = 0
    waiting = [context]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            for name, value in item.items():
                if name in ("@context", "@import"):
                    found += len(value) if isinstance(value, list) else 1
                waiting.append(value)
        elif isinstance(item, list):
            found += len(item)
            waiting.extend(item)
    return found
