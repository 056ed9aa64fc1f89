"""What somebody wants to know beyond the credential itself: whose it is, and who shows it."""

from dataclasses import dataclass, field

from jmc_vc.formats.data_integrity.verify_proof import Expected


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whose credential it should be, by what a caller knows of them. Personal data: compared, and neither kept nor
    told."""

    name: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    did: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`recipient`: is it the credential of this person? `for_us`: does its holder show it, to us and now? What was
    asked for is in it, domain and challenge."""

    recipient: Person | None = None
    for_us: Expected | None = None


NOTHING_MORE = Wanted()
