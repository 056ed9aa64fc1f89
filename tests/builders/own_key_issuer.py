"""An issuer with a key of its own, at its own did:web: makes its DID document, proves to have the key, signs."""

import copy
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

import orjson

from jmc_vc.domain.outside_did import OutsideDid
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.did.document import VerificationMethod, did_document
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.status import bitstring
from jmc_vc.formats.status.status_list_credential import status_list_credential
from jmc_vc.signing.file_signer import Ed25519Signer
from tests.builders.forger import unsigned
from tests.builders.installation import OPERATOR, Installation, award

DID = "did:web:vc.hoshimigaoka.example.ac.jp"
SLUG = "hoshimigaoka"


@dataclass(frozen=True)
class OwnKeyIssuer:
    """`did` with `key-1`; another `seed` is another key."""

    did: str = DID
    seed: str = "the university's own key"

    @property
    def signer(self) -> Ed25519Signer:
        return Ed25519Signer(sha256(self.seed.encode()).digest())

    def method(self, **dates: Any) -> VerificationMethod:
        return VerificationMethod(
            id=f"{self.did}#key-1", controller=self.did, public_key=self.signer.public_key, **dates
        )

    def document(self, **dates: Any) -> bytes:
        return orjson.dumps(did_document(self.did, [self.method(**dates)]))

    def proof(self, nonce: str, /, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """The answer to a challenge; `header` and `claims` change what is in it, None takes a claim away."""
        head = {"alg": "EdDSA", "typ": "jmc-key-possession+jwt", "kid": f"{self.did}#key-1", **(header or {})}
        said = {"iss": self.did, "aud": "did:web:localhost%3A8000", "nonce": nonce, **claims}
        payload = orjson.dumps({name: value for name, value in said.items() if value is not None})
        return compact_jws.write(head, payload, self.signer.sign)

    def challenge(self, installation: Installation, *, slug: str = SLUG, did: str | None = None) -> str:
        return installation.service.challenge_did(slug, did or self.did, now=installation.now).nonce

    def register(
        self,
        installation: Installation,
        *,
        slug: str = SLUG,
        did: str | None = None,
        document: bytes | None = None,
        proof: str | None = None,
    ) -> OutsideDid:
        """Registered with its document and a fresh proof, unless told otherwise."""
        answer = self.proof(self.challenge(installation, slug=slug)) if proof is None else proof
        return installation.service.register_did(
            slug,
            did or self.did,
            document=self.document() if document is None else document,
            proof=answer,
            reason="test",
            actor=OPERATOR,
            now=installation.now,
        )

    def signed(self, installation: Installation, **changes: Any) -> bytes:
        """A credential of the accredited program, made and signed without us; `changes` replace members of it."""
        document = copy.deepcopy(unsigned(installation.issue(award(retake=True)).body))
        document["issuer"]["id"] = self.did
        document["id"] = "https://vc.hoshimigaoka.example.ac.jp/credentials/1"
        del document["credentialStatus"]
        return self._secured(installation, document | changes)

    def status_list(self, installation: Installation, url: str, indexes: Collection[int]) -> bytes:
        """A list of theirs, to be served at `url`."""
        made = status_list_credential(
            id=url,
            issuer=self.did,
            purpose="revocation",
            encoded_list=bitstring.encode(indexes, bitstring.MINIMUM),
            valid_from=installation.now,
            valid_until=installation.now + timedelta(days=1),
            ttl_ms=60_000,
        )
        return self._secured(installation, made)

    def _secured(self, installation: Installation, document: dict[str, Any]) -> bytes:
        secured = add_proof(
            document,
            cryptosuite="eddsa-rdfc-2022",
            verification_method=f"{self.did}#key-1",
            created=installation.now,
            sign=self.signer.sign,
            contexts=installation.service.contexts,
        )
        return json.dumps(secured, ensure_ascii=False).encode()
