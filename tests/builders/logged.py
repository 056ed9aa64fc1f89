"""Entries of the public log for what a test signed itself: as if the service had signed it."""

from datetime import datetime

from jmc_vc.formats.issuer_signature import of_jws, of_proof
from jmc_vc.formats.transparency.entry_types import CredentialIssued
from jmc_vc.formats.transparency.log_entry import SALT_LENGTH, credential_digest
from jmc_vc.storage.public_log import NewEntry
from jmc_vc.verifying.detect import detect
from jmc_vc.verifying.own_lists import own_uuid
from jmc_vc.verifying.presented import read_presented
from jmc_vc.verifying.presented_token import PresentedToken
from tests.builders.installation import Installation

_SALT = bytes(SALT_LENGTH)


def logged(installation: Installation, body: bytes, *, kid: str = "key-1", at: datetime | None = None) -> bytes:
    """`body`, whose signatures are now in the log as `kid`'s, if its id is that of a credential of ours."""
    service = installation.service
    presented = read_presented(detect(body))
    uuid = own_uuid(service.site, presented)
    with service.database.begin() as tx:
        row = None if uuid is None else tx.credentials.get(uuid)
        if row is None:
            return body
        proofs = presented.proofs if isinstance(presented.proofs, tuple) else ()
        signatures = [("json", of_proof(proof)) for proof in proofs]
        if isinstance(presented.token, PresentedToken):
            signatures.append(("jwt", of_jws(presented.token.jws)))
        tx.public_log.append(
            NewEntry.of(
                CredentialIssued(
                    at=at or installation.now,
                    issuer=service.site.issuer_did(row.issuer),
                    kid=kid,
                    format=form,
                    list_number=row.list_number,
                    status_index=row.status_index,
                    digest=credential_digest(_SALT, signature),
                ),
                credential=row.uuid,
                salt=_SALT,
            )
            for form, signature in signatures
        )
    return body
