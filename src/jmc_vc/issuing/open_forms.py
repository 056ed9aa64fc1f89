"""The signed forms of a credential out of their seals: the very bytes that were recorded."""

from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from jmc_vc.domain.credential import Representation
from jmc_vc.sealing import KeyEncryptionKey, SealBroken, unseal
from jmc_vc.storage.credentials import Sealed
from jmc_vc.storage.sealed_parts import document_context, key_context


@dataclass(frozen=True, kw_only=True)
class OpenForms:
    """The primary form first. `data_key` is the one under which they were sealed."""

    representations: tuple[Representation, ...]
    data_key: bytes = field(repr=False)


def open_forms(kek: KeyEncryptionKey, uuid: UUID, sealed: Sealed) -> OpenForms:
    """The forms of credential `uuid`. Raises SealBroken, also for bytes that are not those that were recorded."""
    data_key = kek.unwrap(sealed.sealed_key, key_context(uuid))
    representations = []
    for each in sealed.documents:
        body = unseal(data_key, each.sealed_document, document_context(uuid, each.format))
        if sha256(body).digest() != each.digest:
            raise SealBroken
        representations.append(Representation(format=each.format, kid=each.kid, body=body))
    return OpenForms(representations=tuple(representations), data_key=data_key)
