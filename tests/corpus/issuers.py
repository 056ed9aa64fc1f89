"""The issuers of the corpus, and how they sign: whatever they are given, good or bad."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.did.did_key import did_of_key
from jmc_vc.formats.did.document import VerificationMethod, did_document
from jmc_vc.formats.encoding import base64url, multibase
from jmc_vc.formats.encoding.jwk import public_jwk
from jmc_vc.formats.encoding.multikey import encode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import compact_jws, ob3_vc_jwt, vc_jose
from jmc_vc.formats.jsonld import canonical_nquads
from tests.builders.contexts import shipped_contexts
from tests.corpus.keys import ED25519, P256, P384, RSA, CorpusKey, key

Json = dict[str, Any]

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""When the corpus is judged, unless an entry says otherwise: 23 November 2026, noon in Japan."""
CREATED = NOW - timedelta(days=30)
"""When its proofs were made."""
NAMES = {ED25519: "ed25519", P256: "p256", P384: "p384", RSA: "rsa"}
"""The fragment of each kind of key."""


@dataclass(frozen=True)
class Issuer:
    """One with a did:web and a key of each kind, or with one of Ed25519 alone, whose `fragment` is told.
    `seed` names the keys."""

    host: str
    name: str
    seed: str
    fragment: str | None = None

    @property
    def did(self) -> str:
        return f"did:web:{self.host}"

    @property
    def base(self) -> str:
        return f"https://{self.host}"

    @property
    def document_url(self) -> str:
        return f"{self.base}/.well-known/did.json"

    def key(self, algorithm: KeyAlgorithm = ED25519) -> CorpusKey:
        return key(algorithm, self.seed)

    def method_id(self, algorithm: KeyAlgorithm = ED25519) -> str:
        return f"{self.did}#{self.fragment or NAMES[algorithm]}"

    @property
    def kinds(self) -> tuple[KeyAlgorithm, ...]:
        return tuple(NAMES) if self.fragment is None else (ED25519,)

    def document(self, **members: Any) -> Json:
        """Its DID document; `members` replace some."""
        methods = [
            VerificationMethod(id=self.method_id(kind), controller=self.did, public_key=self.key(kind).public_key)
            for kind in self.kinds
        ]
        return {**did_document(self.did, methods), **members}

    def sign(
        self,
        document: Json,
        algorithm: KeyAlgorithm = ED25519,
        *,
        suite: str | None = None,
        method: str | None = None,
        created: datetime = CREATED,
        purpose: str = "assertionMethod",
        **members: Any,
    ) -> Json:
        """`document` with a proof; by default in RDF canonical form with the suite of the key's kind."""
        return signed(
            document, self.key(algorithm), method or self.method_id(algorithm), suite=suite, created=created,
            purpose=purpose, **members,
        )  # fmt: skip

    def token(
        self,
        document: Json,
        algorithm: KeyAlgorithm = P256,
        *,
        kid: str | None = None,
        header: Json | None = None,
        claims: Json | None = None,
        sign: Callable[[bytes], bytes] | None = None,
    ) -> str:
        """The VC-JWT of Open Badges; `header` and `claims` set members in it, None takes one away."""
        made = ob3_vc_jwt.sign(
            document, kid=kid or self.method_id(algorithm), algorithm=_ob3(algorithm), sign=self.key(algorithm).sign
        )
        if header is None and claims is None and sign is None:
            return made
        head, payload = (json.loads(base64url.decode(part)) for part in made.split(".")[:2])
        for given, changes in ((head, header or {}), (payload, claims or {})):
            for name, value in changes.items():
                given.pop(name, None)
                if value is not None:
                    given[name] = value
        return jws(head, dumped(payload), sign or self.key(algorithm).sign)

    def in_claim(self, document: Json, algorithm: KeyAlgorithm = P256) -> str:
        """A VC-JWT of VCDM 1.1, with its credential in the claim `vc`."""
        began = int(datetime.fromisoformat(document["issuanceDate"]).timestamp())
        claims = {
            "iss": self.did, "jti": document["id"], "nbf": began, "sub": document["credentialSubject"]["id"],
            "vc": document,
        }  # fmt: skip
        signing = self.key(algorithm)
        header = {"alg": signing.alg, "typ": "JWT", "kid": self.method_id(algorithm)}
        return jws(header, dumped(claims), signing.sign)

    def vc_jose(self, document: Json, algorithm: KeyAlgorithm = P256) -> str:
        """The `vc+jwt` of W3C."""
        signing = self.key(algorithm)
        return vc_jose.sign_credential(
            document, kid=self.method_id(algorithm), algorithm=signing.alg, sign=signing.sign
        )


def _ob3(algorithm: KeyAlgorithm) -> Any:
    """Open Badges has RS256 and ES256; of the others their own name is written all the same."""
    return {P256: "ES256", RSA: "RS256"}.get(algorithm, "ES256")


def signed(
    document: Json,
    by: CorpusKey,
    method: str,
    *,
    suite: str | None = None,
    created: datetime = CREATED,
    purpose: str = "assertionMethod",
    **members: Any,
) -> Json:
    """`document` with a proof by `by`."""
    return add_proof(
        copy.deepcopy(document),
        cryptosuite=suite or ("eddsa-rdfc-2022" if by.algorithm is ED25519 else "ecdsa-rdfc-2019"),
        verification_method=method,
        created=created,
        sign=by.sign,
        contexts=shipped_contexts(),
        algorithm=by.algorithm,
        purpose=purpose,
        members=members,
    )


def signed_over_nothing(document: Json, issuer: Issuer) -> Json:
    """With a proof over the empty graph: what a processor signs that drops what it does not understand."""
    options = {
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "2026-10-24T03:00:00Z",
        "verificationMethod": issuer.method_id(), "proofPurpose": "assertionMethod",
    }  # fmt: skip
    stated = canonical_nquads({"@context": document["@context"], **options}, shipped_contexts())
    signature = issuer.key().sign(sha256(stated).digest() + sha256(b"").digest())
    return {**document, "proof": {**options, "proofValue": multibase.encode_base58(signature)}}


def signed_the_old_way(document: Json, by: CorpusKey, method: str, *, eddsa_2022: bool = False) -> Json:
    """With a proof of before the standard, which this service verifies and does not make."""
    options: Json = {
        "type": "DataIntegrityProof" if eddsa_2022 else "Ed25519Signature2020",
        **({"cryptosuite": "eddsa-2022"} if eddsa_2022 else {}),
        "created": "2026-10-24T03:00:00Z", "verificationMethod": method, "proofPurpose": "assertionMethod",
    }  # fmt: skip
    contexts = shipped_contexts()
    stated = canonical_nquads({"@context": document["@context"], **options}, contexts)
    hashed = sha256(stated).digest() + sha256(canonical_nquads(document, contexts)).digest()
    return {**document, "proof": {**options, "proofValue": multibase.encode_base58(by.sign(hashed))}}


def jws(header: Json, payload: bytes, sign: Callable[[bytes], bytes]) -> str:
    """A token of any header and payload."""
    return compact_jws.write(header, payload, sign)


def dumped(value: Any) -> bytes:
    """JSON as the files of the corpus have it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def did_key(by: CorpusKey) -> tuple[str, str]:
    """The did:key of a key, and its verification method."""
    return did_of_key(by.public_key), f"{did_of_key(by.public_key)}#{encode_multikey(by.public_key)}"


def did_jwk(by: CorpusKey) -> tuple[str, str]:
    """The did:jwk of a key, and its verification method."""
    did = f"did:jwk:{base64url.encode(dumped(public_jwk(by.public_key)))}"
    return did, f"{did}#0"


REGISTERED = Issuer("vc.hoshimigaoka.example.ac.jp", "星見ヶ丘大学（架空）", "hoshimigaoka")
"""In the register of the accrediting body, with a key of its own, and accredited for one program."""
POTTERY = Issuer("badges.pottery.example", "Pottery School", "pottery")
"""Not in the register: another vendor's."""
THIEF = Issuer("badges.thief.example", "Thief", "thief")
"""In nobody's name."""
GUILD = Issuer("guild.example", "Potters' Guild", "guild")
"""Endorses badges of others."""
JMC = Issuer(
    "register.jmc.example", "一般社団法人日本マイクロクレデンシャル機構（テスト用データ）", "register", "key-2"
)
"""The accrediting body, whose register it is and which gives the marks."""
ENDED = Issuer("old.hoshimigaoka.example.ac.jp", "星見ヶ丘大学（架空）", "hoshimigaoka old")
"""A DID of the same issuer, whose registration has ended."""
