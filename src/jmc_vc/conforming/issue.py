"""Issue what a test suite posts: look it over, put in what an issuer puts in, and secure it.

1. Complete it: the issuer's name if there is none, the context of the proofs for the data model 1.1, a status entry.
2. Judge it: it has to be a credential by the data model, every word of it has to have a meaning, and digests of what it
   refers to have to be right.
3. Secure it, by the cryptosuite of the feature or in a token.

https://www.w3.org/TR/vc-data-model-2.0/, https://www.w3.org/TR/vc-data-integrity/#add-proof,
https://www.w3.org/TR/vc-jose-cose/
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jmc_vc.conforming.features import Feature
from jmc_vc.conforming.issuers import SuiteIssuer, SuiteIssuers
from jmc_vc.conforming.status_list import SuiteStatusList, require_shape
from jmc_vc.conforming.words import Words
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.selective.base_proof import CRYPTOSUITE as SELECTIVE
from jmc_vc.formats.data_integrity.selective.base_proof import add_base_proof
from jmc_vc.formats.data_model.credential import check_credential
from jmc_vc.formats.data_model.enveloped import ENVELOPED_CREDENTIAL, Token, TokenMediaType, write_envelope
from jmc_vc.formats.data_model.shape import BASE_CONTEXT_V1
from jmc_vc.formats.jose import vc_jose
from jmc_vc.formats.jose.compact_jws import ALGORITHMS
from jmc_vc.formats.jsonld import Contexts, require_covered
from jmc_vc.formats.strict_json import JsonObject

DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
"""Defines the words of a proof, which the data model 1.1 does not (https://www.w3.org/TR/vc-data-integrity/#context-injection)."""

_ALWAYS_SHOWN = (
    "issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus", "credentialSchema",
    "termsOfUse", "relatedResource",
)  # fmt: skip
"""Mandatory when nobody says what is: who issued the credential, and whether it counts."""


@dataclass(frozen=True, kw_only=True)
class IssueAnything:
    """Issue a credential that somebody else wrote. Nothing is stored."""

    issuers: SuiteIssuers
    words: Words
    status_list: SuiteStatusList
    random: Callable[[int], bytes]

    def __call__(
        self, feature: Feature, credential: JsonObject, *, mandatory_pointers: Sequence[str] = (), now: datetime
    ) -> JsonObject:
        """The secured credential, or the envelope around its token. Raises what `check_credential`, `require_covered`
        and the way of securing raise, ResourceChanged, and the errors of a Bitstring entry."""
        issuer = self.issuers.of(feature.algorithm)
        document = self._completed(credential, feature, issuer)  # 1
        contexts = self.words.of_one_document()
        self._judge(document, contexts)  # 2
        if feature.cryptosuite is None:  # 3
            return _in_a_token(document, issuer)
        if feature.cryptosuite == SELECTIVE:
            return add_base_proof(
                document,
                verification_method=issuer.key_id,
                created=now,
                sign=issuer.signer.sign,
                contexts=contexts,
                mandatory_pointers=mandatory_pointers or [f"/{name}" for name in _ALWAYS_SHOWN if name in document],
                random=self.random,
            )
        return add_proof(
            document,
            cryptosuite=feature.cryptosuite,
            verification_method=issuer.key_id,
            created=now,
            sign=issuer.signer.sign,
            contexts=contexts,
            algorithm=feature.algorithm,
        )

    def _completed(self, credential: JsonObject, feature: Feature, issuer: SuiteIssuer) -> JsonObject:
        document: JsonObject = {**credential}
        document.setdefault("issuer", issuer.did)
        contexts = document.get("@context")
        if isinstance(contexts, list) and contexts[:1] == [BASE_CONTEXT_V1] and DATA_INTEGRITY not in contexts:
            document["@context"] = [*contexts, DATA_INTEGRITY]
        if feature.with_status and "credentialStatus" not in document:
            document["credentialStatus"] = self.status_list.entry()
        return document

    def _judge(self, document: JsonObject, contexts: Contexts) -> None:
        read = check_credential(document, offset_required=True)
        for entry in read.statuses:
            require_shape(entry)
        self.words.compare(read.related_resources)
        require_covered({name: member for name, member in document.items() if name != "proof"}, contexts)


def _in_a_token(document: JsonObject, issuer: SuiteIssuer) -> JsonObject:
    algorithm = ALGORITHMS[issuer.signer.public_key.algorithm]
    token = vc_jose.sign_credential(document, kid=issuer.key_id, algorithm=algorithm, sign=issuer.signer.sign)
    return write_envelope(ENVELOPED_CREDENTIAL, Token(TokenMediaType.VC_JWT, token))
