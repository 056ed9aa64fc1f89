"""What the public log says of a credential: for each form that was signed an entry with a salted digest of the
signature, and one for each change of its status. No entry says whose credential it is, nor where it can be fetched."""

from collections.abc import Callable, Sequence
from datetime import datetime

from jmc_vc.domain.credential import Credential, Representation
from jmc_vc.domain.identifiers import Site
from jmc_vc.formats.issuer_signature import signature_bytes_of
from jmc_vc.formats.transparency.entry_types import CredentialIssued, StatusChanged
from jmc_vc.formats.transparency.log_entry import SALT_LENGTH, credential_digest
from jmc_vc.storage.public_log import NewEntry


def issued_entries(
    credential: Credential,
    representations: Sequence[Representation],
    *,
    site: Site,
    random: Callable[[int], bytes],
    at: datetime,
) -> list[NewEntry]:
    """That the issuer signed these forms. `random` makes the salts, which lie beside the entries until the credential
    is erased."""
    return [
        _issued(credential, representation, site=site, salt=random(SALT_LENGTH), at=at)
        for representation in representations
    ]


def status_entry(credential: Credential, *, site: Site, at: datetime) -> NewEntry:
    """That from now on the status list says the state that `credential` has. The row is not joined to the credential:
    the place in the list is enough for who holds it, and an erased one can be revoked, too."""
    entry = StatusChanged(
        at=at,
        issuer=site.issuer_did(credential.issuer),
        list_number=credential.list_number,
        status_index=credential.status_index,
        state=credential.state,
    )
    return NewEntry.of(entry)


def _issued(
    credential: Credential, representation: Representation, *, site: Site, salt: bytes, at: datetime
) -> NewEntry:
    entry = CredentialIssued(
        at=at,
        issuer=site.issuer_did(credential.issuer),
        kid=representation.kid,
        format=representation.format,
        list_number=credential.list_number,
        status_index=credential.status_index,
        digest=credential_digest(salt, signature_bytes_of(representation.format, representation.body)),
    )
    return NewEntry.of(entry, credential=credential.uuid, salt=salt)
