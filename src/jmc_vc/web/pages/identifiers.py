"""Identifiers as they stand in addresses. What has not exactly the form of one names nothing: it is not found."""

import re
from uuid import UUID

from jmc_vc.web.problems import NoSuchPage

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_ISSUER_NUMBER = re.compile(r"JMC-I-[0-9]{5,6}", re.ASCII)


def credential_uuid(text: str) -> UUID:
    """The id in lower case with hyphens, the one spelling that we issue. Raises NoSuchPage."""
    if not _UUID.fullmatch(text):
        raise NoSuchPage
    return UUID(text)


def is_issuer_number(text: str) -> bool:
    """Whether the text is an issuer's register number and not its slug."""
    return _ISSUER_NUMBER.fullmatch(text) is not None
