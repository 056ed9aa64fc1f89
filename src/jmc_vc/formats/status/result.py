"""What a Bitstring Status List or a revocation list says of one credential. Bitstring Status List 1.0 section 3.2."""

from dataclasses import dataclass

REVOCATION = "revocation"
SUSPENSION = "suspension"
REFRESH = "refresh"
MESSAGE = "message"

_INVALIDATING = frozenset({REVOCATION, SUSPENSION})


@dataclass(frozen=True, kw_only=True)
class StatusResult:
    """`value` is the entry's number, `message` its text where the entry names one; developers read it, it is not for
    the public (section 2.1)."""

    purpose: str
    value: int
    message: str | None

    @property
    def valid(self) -> bool:
        """The member `valid` of the specification's result: nothing is set, whatever the purpose is."""
        return self.value == 0

    @property
    def invalidates(self) -> bool:
        """The credential does not count. `refresh` and `message` never take that away, nor does a purpose of the
        issuer's own, whose meaning nobody but the issuer knows."""
        return not self.valid and self.purpose in _INVALIDATING
