"""What a side says of a credential, as it is and after each alteration."""

from typing import Any

from tests.interop.alterations import alterations
from tests.interop.formats import FORMATS
from tests.interop.parties.party import Party

AS_IT_IS = "as it is"


def judged(verifier: Party, format_: str, shown: Any) -> dict[str, bool]:
    """What was changed → whether `verifier` accepts it."""
    changed = alterations(shown)
    accepted = verifier.accept(FORMATS[format_], [shown, *changed.values()])
    return dict(zip([AS_IT_IS, *changed], accepted, strict=True))


def as_it_should(shown: Any) -> dict[str, bool]:
    """The same of a verifier that makes no mistake."""
    changed = alterations(shown)
    assert len(changed) >= 6
    return {AS_IT_IS: True, **dict.fromkeys(changed, False)}
