"""What the check of the issuer finds of one that is not in the register: the codes, for all who tell of it."""

from typing import Final

NOT_REGISTERED: Final = "issuer.not_registered"
IMPERSONATION: Final = "issuer.impersonation_suspected"
"""It goes by the name, a number or an address of an issuer in the register."""
ADDRESS_BORROWED: Final = "issuer.address_borrowed"
"""Its credential has the address of one of ours, and there is no such."""
ACCREDITOR_BORROWED: Final = "issuer.accreditor_borrowed"
"""It goes by the name or an address of this organization."""
OTHER_IDENTIFIER: Final = "issuer.identifier_not_registered"
"""Its keys are found at the address of an issuer in the register, which registered another identifier."""
UNREGISTERED: Final = frozenset({NOT_REGISTERED, OTHER_IDENTIFIER})
"""Nothing is said against it."""
SUSPICIONS: Final = frozenset({IMPERSONATION, ADDRESS_BORROWED, ACCREDITOR_BORROWED})
STRANGERS: Final = SUSPICIONS | UNREGISTERED
