"""jsonld.js: the canonical form, which is what a proof signs, is the same bytes there and here."""

from typing import Any

import pytest

from jmc_vc.formats.jsonld import canonical_nquads
from tests.interop.conftest import Node, Served
from tests.interop.matrix import CANONICAL, OURS_TO_PEER

pytestmark = [pytest.mark.interop, pytest.mark.loopback]


@pytest.mark.row(f"{CANONICAL}/jsonld.js/{OURS_TO_PEER}")
def test_a_badge_of_each_program_has_the_same_canonical_form(
    served: Served, node: Node, open_badges_contexts: dict[str, Any]
) -> None:
    badges = served.issue_one_of_each()
    theirs = node("canonize.mjs", {"supplied": {**open_badges_contexts, **served.context()}, "documents": badges})
    contexts = served.service.installation.service.contexts
    assert theirs == [canonical_nquads(badge, contexts).decode() for badge in badges]
