"""Who an award is for: a name, and at least one identifier by which the issuer or a wallet knows the person."""

import re
from dataclasses import dataclass
from unicodedata import category

from jmc_vc.domain import person_name
from jmc_vc.domain.person_name import PersonName
from jmc_vc.errors import Unacceptable

LONGEST_EMAIL = 254
"""RFC 5321 §4.5.3.1.3: 256 with the angle brackets."""

LONGEST_DID = 2_048
"""A did:jwk carries a whole key; more than this carries something else."""

LONGEST_EXTERNAL_ID = 200

# RFC 5321 without quoted local parts and address literals: nobody has such an address, and attackers like them.
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"(?=[^@]{{1,64}}@){_LOCAL}@(?:{_LABEL}\.)+(?![0-9]+$){_LABEL}")

# https://www.w3.org/TR/did-1.0/#did-syntax, without path, query and fragment: it names the holder, not a resource.
_IDCHAR = r"(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})"
_DID = re.compile(rf"did:[a-z0-9]+:(?:{_IDCHAR}*:)*{_IDCHAR}+")


class RecipientUnidentified(Unacceptable):
    """None of email, did and externalId: the holder could never be told apart or be found again."""

    code = "request.recipient_identifier"


class EmailRefused(Unacceptable):
    """Not an address that mail could be sent to."""

    code = "request.email"


class DidRefused(Unacceptable):
    """Not a DID, or one with path, query or fragment."""

    code = "request.did"


class ExternalIdRefused(Unacceptable):
    """Empty, too long, or with invisible characters."""

    code = "request.external_id"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """`email` as given; `did` of the holder's wallet; `external_id` is the issuer's own number for this award."""

    name: PersonName
    email: str | None = None
    did: str | None = None
    external_id: str | None = None


def check(recipient: Recipient) -> None:
    """Raises the first refusal, name first. Pointers are those of an assertion request."""
    person_name.check(recipient.name, pointer="/recipient/name")
    if recipient.email is not None and not _is_email(recipient.email):
        raise EmailRefused(pointer="/recipient/email")
    if recipient.did is not None and not _is_did(recipient.did):
        raise DidRefused(pointer="/recipient/did")
    if recipient.external_id is not None and not _is_external_id(recipient.external_id):
        raise ExternalIdRefused(pointer="/externalId")
    if recipient.email is None and recipient.did is None and recipient.external_id is None:
        raise RecipientUnidentified(pointer="/recipient")


def _is_email(text: str) -> bool:
    return len(text) <= LONGEST_EMAIL and _EMAIL.fullmatch(text) is not None


def _is_did(text: str) -> bool:
    return len(text) <= LONGEST_DID and _DID.fullmatch(text) is not None


def _is_external_id(text: str) -> bool:
    refused = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    return 0 < len(text) <= LONGEST_EXTERNAL_ID and bool(text.strip()) and not any(category(c) in refused for c in text)
