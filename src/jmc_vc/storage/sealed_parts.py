"""What each sealed part of a credential is bound to: its kind and its row (associated data; DB-06).

Issuing seals and publishing opens, so the words stand here, between them: a change would close every credential for
good."""

from uuid import UUID

from jmc_vc.domain.credential import Format


def key_context(uuid: UUID) -> str:
    """Of the recipient's data key under the key-encryption key."""
    return f"recipient-key:{uuid}"


def award_context(uuid: UUID) -> str:
    """Of the award as it was sent."""
    return f"award:{uuid}"


def status_text_context(uuid: UUID) -> str:
    """Of the note that came with the last change of the status."""
    return f"status-text:{uuid}"


def salt_context(uuid: UUID, entry: int) -> str:
    """Of the salt of an entry of the public log, kept when the credential was erased."""
    return f"log-salt:{uuid}:{entry}"


def document_context(uuid: UUID, form: Format) -> str:
    """Of the issued bytes of one form."""
    # JSON was the only form once, and has no name in what was sealed then.
    return f"document:{uuid}" if form is Format.JSON else f"document:{uuid}:{form}"
