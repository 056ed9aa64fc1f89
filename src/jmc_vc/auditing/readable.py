"""An audit goes on, whatever it reads."""

from collections.abc import Callable, Iterator

from jmc_vc.auditing.finding import Finding, wrong


def readable(part: str, check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What `check` finds. A cell that says what no program of ours writes ends this `part` with a finding of its own,
    and nothing else: the mistakes are those that reading such values raises."""
    try:
        yield from check()
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
        yield wrong("record.part_unreadable", part=part)
