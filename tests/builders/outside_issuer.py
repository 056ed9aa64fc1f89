"""An issuer elsewhere, whom JMC does not know: its DID document, its badges in both securings, its status lists."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.did.document import VerificationMethod, did_document
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws, ob3_vc_jwt
from jmc_vc.formats.status import bitstring, token_status_list
from jmc_vc.formats.status.entry import bitstring_entry
from jmc_vc.formats.status.status_list_credential import status_list_credential
from jmc_vc.formats.status.token_status_list import TokenStatusList
from jmc_vc.signing.file_signer import file_signer, new_secret
from tests.builders.contexts import shipped_contexts
from tests.builders.installation import NOON
from tests.builders.open_badge import badge

Json = dict[str, Any]

HOST = "https://badges.elsewhere.example"
LIST = f"{HOST}/status/1"
ISSUED = NOON - timedelta(days=30)


@dataclass(frozen=True)
class OutsideIssuer:
    """`id` is a did:web or an https address; another `seed` is other keys."""

    id: str = "did:web:badges.elsewhere.example"
    seed: str = "elsewhere"

    @property
    def document_url(self) -> str:
        return f"{HOST}/.well-known/did.json"

    def _signer(self, algorithm: KeyAlgorithm) -> Any:
        return file_signer(algorithm, new_secret(algorithm, lambda size: sha256(self.seed.encode()).digest()[:size]))

    @property
    def ed25519(self) -> Any:
        return self._signer(KeyAlgorithm.ED25519)

    @property
    def p256(self) -> Any:
        return self._signer(KeyAlgorithm.P256)

    def document(self, **dates: Any) -> Json:
        methods = [
            VerificationMethod(id=f"{self.id}#{name}", controller=self.id, public_key=signer.public_key, **dates)
            for name, signer in (("key-1", self.ed25519), ("key-2", self.p256))
        ]
        return did_document(self.id, methods)

    def jwk(self, **members: Any) -> Json:
        return {**public_jwk(self.p256.public_key), "kid": "key-2", **members}

    def badge(self, **changes: Any) -> Json:
        """A plain badge of theirs, unsigned."""
        made: Json = badge()
        made = {name: member for name, member in made.items() if not name.startswith("jmc:")}
        made["@context"] = made["@context"][:3]
        made["id"] = f"{HOST}/credentials/1"
        made["issuer"] = {"id": self.id, "type": ["Profile"], "name": "Elsewhere"}
        made["validFrom"] = ISSUED.isoformat()
        made["credentialSubject"] = {
            "id": "did:example:learner", "type": ["AchievementSubject"],
            "achievement": {
                "id": f"{HOST}/achievements/1", "type": ["Achievement"], "name": "Pottery", "description": "Clay.",
                "criteria": {"narrative": "Make a pot."},
            },
        }  # fmt: skip
        for name in ("credentialStatus", "awardedDate", "evidence", "refreshService", "credentialSchema"):
            made.pop(name, None)
        return {**made, **changes}

    def sign(self, document: Json, *, method: str | None = None, **options: Any) -> bytes:
        """With an embedded proof."""
        options.setdefault("cryptosuite", "eddsa-rdfc-2022")
        secured = add_proof(
            document,
            verification_method=method or f"{self.id}#key-1",
            created=options.pop("created", ISSUED),
            sign=self.ed25519.sign,
            contexts=shipped_contexts(),
            **options,
        )
        return json.dumps(secured).encode()

    def sign_token(self, document: Json, *, kid: str | None = None) -> bytes:
        """As a VC-JWT of Open Badges."""
        return ob3_vc_jwt.sign(document, kid=kid or f"{self.id}#key-2", algorithm="ES256", sign=self.p256.sign).encode()

    def entry(self, index: int = 7, *, purpose: str = "revocation", url: str = LIST, **members: Any) -> Json:
        return {**bitstring_entry(list_url=url, index=index, purpose=purpose), **members}

    def status_list(
        self,
        indexes: Collection[int] = (),
        *,
        url: str = LIST,
        purpose: str = "revocation",
        issued: datetime = NOON - timedelta(hours=1),
        **changes: Any,
    ) -> Json:
        """A list in which `indexes` are set, unsigned."""
        made: Json = status_list_credential(
            id=url,
            issuer=self.id,
            purpose=purpose,
            encoded_list=bitstring.encode(indexes, bitstring.MINIMUM),
            valid_from=issued,
            valid_until=issued + timedelta(days=1),
            ttl_ms=60_000,
        )
        subject = {**made["credentialSubject"], **changes.pop("subject", {})}
        return {**made, "credentialSubject": subject, **changes}

    def token_list(self, states: dict[int, int], *, url: str = LIST, kid: str | None = None, **changes: Any) -> bytes:
        """A Token Status List."""
        found = TokenStatusList(
            list_url=url,
            issued=NOON - timedelta(hours=1),
            expires=NOON + timedelta(hours=1),
            ttl=None,
            bits=2,
            packed=token_status_list.pack(states, size=1024, bits=2),
        )
        claims = {**token_status_list.status_list_claims(found, issuer=self.id), **changes}
        header: Json = {"alg": "ES256", "typ": token_status_list.TYP, "kid": kid or f"{self.id}#key-2"}
        return compact_jws.write(header, json.dumps(claims).encode(), self.p256.sign).encode()

    def serves(self, **documents: Any) -> dict[str, Any]:
        """What stands on its host: the DID document, and a list."""
        return {self.document_url: json.dumps(self.document()).encode(), **documents}
