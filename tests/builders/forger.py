"""Somebody with a signing key and bad intentions: signs whatever a test wants, and changes what was signed."""

import copy
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.did.did_key import did_of_key
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from jmc_vc.signing.file_signer import Ed25519Signer
from tests.builders.installation import Installation
from tests.builders.logged import logged

Change = Callable[[dict[str, Any]], None]


def unsigned(body: bytes) -> dict[str, Any]:
    """The credential without its proof."""
    document: dict[str, Any] = json.loads(body)
    del document["proof"]
    return document


def changed(body: bytes, change: Change) -> bytes:
    """The signed credential with one change, the proof kept."""
    document = json.loads(body)
    change(document)
    return json.dumps(document, ensure_ascii=False).encode()


def signed_by_issuer(
    installation: Installation,
    document: dict[str, Any],
    *,
    slug: str = "hoshimigaoka",
    created: datetime | None = None,
    method: str | None = None,
    on_record: bool = True,
    suite: str = "eddsa-rdfc-2022",
    **options: Any,
) -> bytes:
    """The document signed with the issuer's own active key, and logged as if the service had done so: what an issuer
    could do that went round the rules of the service. A thief of the key is not `on_record`."""
    service = installation.service
    with service.database.read() as snapshot:
        key = snapshot.signing_keys.active(slug)
    assert key is not None
    signer = service.issue.keyring.signer(key)
    secured = add_proof(
        copy.deepcopy(document),
        cryptosuite=suite,
        verification_method=method or f"{service.site.issuer_did(slug)}#{key.kid}",
        created=created or installation.now,
        sign=signer.sign,
        contexts=service.contexts,
        **options,
    )
    body = json.dumps(secured, ensure_ascii=False).encode()
    return logged(installation, body, kid=key.kid) if on_record else body


class Stranger:
    """An issuer that JMC does not know, with a did:key."""

    def __init__(self, seed: bytes = bytes(range(32))) -> None:
        self._signer = Ed25519Signer(seed)
        self.did = did_of_key(PublicKey(KeyAlgorithm.ED25519, self._signer.public_key.raw))
        self.method = f"{self.did}#{self.did.removeprefix('did:key:')}"

    def sign(
        self,
        installation: Installation,
        document: dict[str, Any],
        *,
        as_issuer: bool = True,
        suite: str = "eddsa-rdfc-2022",
    ) -> bytes:
        """The document in the stranger's name, unless it is to keep the issuer that it states."""
        mine = copy.deepcopy(document)
        if as_issuer:
            mine["issuer"]["id"] = self.did
        secured = add_proof(
            mine,
            cryptosuite=suite,
            verification_method=self.method,
            created=installation.now,
            sign=self._signer.sign,
            contexts=installation.service.contexts,
        )
        return json.dumps(secured, ensure_ascii=False).encode()
