"""What people hand in where a credential is wanted, and what has a place of its own: told where that is.

Never found to be a bad credential, which it is not: neither forged nor invalid, and there is nothing to report on.
"""

from typing import Final

from jmc_vc.errors import Error, Unacceptable
from jmc_vc.formats import strict_json
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jose.compact_jws import LONGEST_HEADER
from jmc_vc.formats.jose.token_kind import TokenKind, TokenType, kind_of, media_type

RECEIPT: Final = "verification-receipt+jwt"
"""`typ` of a receipt."""
_OF_CREDENTIALS: Final = (b'"credentialSubject"', b'"vc"', b'"vct"')
_MEMBERS: Final = frozenset({"@context", "_sd", "credentialSubject", "type", "vc", "vct", "verifiableCredential", "vp"})
"""Of which every credential and presentation has one, also a bad one."""
OFFICE_PARTS: Final = frozenset({"[Content_Types].xml", "META-INF/manifest.xml"})
"""Names of files that lie in every document of an office program, which is an archive (OPC, OpenDocument)."""
_OLDER_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""As documents begin of before 2007, and those under a password."""
_ARCHIVE: Final = (b"PK\x03\x04", b"PK\x05\x06")


class AReceipt(Unacceptable):
    """The receipt of a verification."""

    code = "verify.a_receipt"


class ABundle(Unacceptable):
    """A credential with all that its verification needs, for machines without a network."""

    code = "verify.a_bundle"


class AnArchive(Unacceptable):
    """A zip archive, of which many files are verified at once."""

    code = "verify.an_archive"


class AnOfficeFile(Unacceptable):
    """A spreadsheet or a text of an office program."""

    code = "verify.an_office_file"


class OtherToken(Unacceptable):
    """A token with no credential in it, of a type that no credential has or of none: one of access or of a login, for
    example (RFC 8725 §3.11)."""

    code = "verify.other_token"


def is_archive(data: bytes) -> bool:
    """Whether `data` begins as a zip archive does."""
    return data.startswith(_ARCHIVE)


def is_office_file(data: bytes) -> bool:
    """Whether `data` is a document of an office program: by what it begins with, or by names in an archive."""
    return data.startswith(_OLDER_OFFICE) or (is_archive(data) and any(each.encode() in data for each in OFFICE_PARTS))


def require_no_other_token(text: str) -> None:
    """Raises AReceipt or OtherToken for a token that is no credential: by its type, or for want of everything that one
    says where `typ` tells nothing. One whose header cannot be read is for others to judge."""
    written = text.partition(".")[0]
    try:
        header = {} if len(written) > LONGEST_HEADER else strict_json.parse_object(base64url.decode(written))
    except Error:
        return
    try:
        kind = kind_of(header)
    except TokenType as err:
        if media_type(header, "typ") == RECEIPT:
            raise AReceipt from err
        if err.pointer == "/typ" and not _holds_a_credential(text):
            raise OtherToken from err
        return
    if kind is TokenKind.OB3_VC_JWT and not _might_be_a_credential(text):
        raise OtherToken


def _holds_a_credential(text: str) -> bool:
    """Whether it says what a credential says, under whatever type: that one is judged, and not valid (VW-22)."""
    payload = _payload(text)
    return payload is None or any(member in payload for member in _OF_CREDENTIALS)


def _might_be_a_credential(text: str) -> bool:
    """Whether it has anything of a credential at all, or cannot be read: a bad one is judged."""
    payload = _payload(text)
    try:
        claims = None if payload is None else strict_json.parse_object(payload)
    except Error:
        return True
    return claims is None or not _MEMBERS.isdisjoint(claims)


def _payload(text: str) -> bytes | None:
    try:
        return base64url.decode(text.split(".")[1])
    except (Error, IndexError):
        return None
