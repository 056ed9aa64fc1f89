"""One document stated by us and by two others: byte for byte the same, or refused by us for a reason that is known.

Where the others are known to be wrong they are not asked. pyoxigraph writes `3.5` with datatype float as `3.5`, a text
with a direction as RDF 1.2 does (`@ar--rtl`), and sorts the names in JSON literals by code points, not by UTF-16 as
RFC 8785 §3.2.3 has it; it gets `plain` documents only, without any of the three.
"""

import json
from typing import Any

from jmc_vc.formats.jsonld import DataLoss, Loss, canonical_nquads
from tests.builders.contexts import shipped_contexts
from tests.builders.independent import by_oxigraph, by_pyld
from tests.builders.smallest import smallest

Json = dict[str, Any]
KNOWN = frozenset({Loss.DEPTH})
"""Why a document of `generated_badges` may be refused: it uses more combinations of contexts than we apply."""


def check(document: Json, *, plain: bool) -> bool:
    """Whether we accept `document`. Raises AssertionError with a document made small when somebody states it
    otherwise."""
    try:
        ours = canonical_nquads(document, shipped_contexts())
    except DataLoss as refused:
        assert refused.params["reason"] in KNOWN, f"{refused.params} at {refused.pointer}"  # noqa: PT017 - one of its kinds
        return False
    for other in (by_pyld, by_oxigraph) if plain else (by_pyld,):
        if ours != other(document):
            small = smallest(document, lambda tried: _differs(tried, other))  # noqa: B023 - used at once
            raise AssertionError(f"{other.__name__} states this otherwise: {json.dumps(small)}")
    return True


def _differs(document: Json, other: Any) -> bool:
    try:
        return bool(canonical_nquads(document, shipped_contexts()) != other(document))
    except Exception:  # noqa: BLE001 - left out too much, whoever said so
        return False
