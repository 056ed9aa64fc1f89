"""What the check of the issuer finds of one that is not in the register: the codes, for all who tell of it."""

from typing import Final

NOT_REGISTERED: Final = "issuer.not_registered"
IMPERSONATION: Final = "issuer.impersonation_suspected"
"""It goes by the name, a number or an address of an issuer in the register."""
ADDRESS_BORROWED: Final = "issuer.address_borrowed"
"""Its credential has the address of one of ours, and there is no such."""
SUSPICIONS: Final = frozenset({IMPERSONATION, ADDRESS_BORROWED})
STRANGERS: Final = SUSPICIONS | {NOT_REGISTERED}
