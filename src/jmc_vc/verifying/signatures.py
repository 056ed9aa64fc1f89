"""The signatures of a document: for each the key that belongs to it, whether it is right, and what our log says of it.

The same for a credential, a status list and an endorsement: all are documents that somebody signed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.signing_key import JMC, KeyState, SigningKey
from jmc_vc.errors import Error, Unacceptable
from jmc_vc.event_log import events
from jmc_vc.formats.data_integrity.hash_data import Unsecured, as_json_ld
from jmc_vc.formats.data_integrity.proof import Proof
from jmc_vc.formats.data_integrity.verify_proof import covers_bytes, verify_proof
from jmc_vc.formats.did.document import KeyNotBound, VerificationMethod
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.encoding.public_key import KeyExposed, PublicKey, WeakKey
from jmc_vc.formats.issuer_signature import of_jws, of_proof
from jmc_vc.formats.jose import learning_credential
from jmc_vc.formats.jsonld import Contexts, require_covered
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.verifying.evidence import LogAnswer, Logged, ProofEvidence
from jmc_vc.verifying.keys import Documents, FindKey, own_slug
from jmc_vc.verifying.known_signatures import KnownSignatures
from jmc_vc.verifying.outside import Need
from jmc_vc.verifying.presented import Secured
from jmc_vc.verifying.presented_token import PresentedToken
from jmc_vc.verifying.signature_log import CredentialLog
from jmc_vc.verifying.work import Work


class CredentialTypeUnknown(Unacceptable):
    """An SD-JWT VC of a type that is not ours: what its claims mean we do not know."""

    code = "context.type_unknown"


class OwnKeys(Protocol):
    """The rows of our own keys: those of storage, or those that a bundle has of them."""

    def of_owner(self, owner: str) -> tuple[SigningKey, ...]: ...


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What signatures are judged by: the rows of our own keys and the DID documents, of one moment; what our log says
    of the document, None for one of a kind that is not logged; and the work of the request so far."""

    keys: OwnKeys
    documents: Documents
    log: CredentialLog | None
    work: Work


@dataclass(frozen=True, kw_only=True)
class Signatures:
    """Judges signatures."""

    site: Site
    contexts: Contexts
    find_key: FindKey

    def needs(self, secured: Secured) -> tuple[Need | None, ...]:
        """The documents elsewhere that have the issuer's keys. Keys of others prove nothing about it, so nobody is
        asked for them."""
        issuer_id = secured.issuer_id
        token = secured.token if isinstance(secured.token, PresentedToken) else None
        of_token = () if token is None else self.find_key.token_needs(token.kid, issuer_id)
        of_proofs = None if issuer_id is None or not _by(issuer_id, secured) else self.find_key.document_need(issuer_id)
        return (of_proofs, *of_token)

    def may_hold(self, secured: Secured) -> bool:
        """Whether there is a signature that names its issuer's keys, and these can be had. If not, the document will
        not be believed, and nobody needs to be asked about it."""
        issuer_id = secured.issuer_id
        signed = isinstance(secured.token, PresentedToken) or (issuer_id is not None and _by(issuer_id, secured))
        return signed and issuer_id is not None and self.find_key.can_have(issuer_id)

    def __call__(
        self, secured: Secured, grounds: Grounds, known: KnownSignatures | None = None
    ) -> tuple[ProofEvidence, ...]:
        """Those of the embedded proofs, in their order, and then that of the token. Never raises for what is wrong with
        them. `known` are those that need not be verified again; all of the document has to be in `secured.data`."""
        found = []
        if isinstance(secured.proofs, tuple):
            unsecured = Unsecured(secured.document, self.contexts)
            for place, proof in enumerate(secured.proofs):
                verify: Callable[[PublicKey], None] = partial(verify_proof, unsecured, proof)
                if known is not None:
                    verify = partial(known.require, secured.data, place, verify)
                found.append(self._proof(proof, grounds, verify))
        if isinstance(secured.token, PresentedToken):
            found.append(self._token(secured.token, secured.issuer_id, grounds))
        return tuple(found)

    def read_as_linked_data(
        self, secured: Secured, signatures: tuple[ProofEvidence, ...]
    ) -> tuple[Error | None, Error | None]:
        """What is wrong with the contexts, and what of the credential is under no signature. The claims of an SD-JWT VC
        are no linked data: all that was shown of them is signed, and `vct` says what they mean."""
        claims = secured.token.claims if isinstance(secured.token, PresentedToken) else None
        if claims is not None:
            known = learning_credential.vct(self.site.namespace) == claims.types[0]
            return (None if known else CredentialTypeUnknown(pointer="/vct")), None
        proofs = secured.proofs if isinstance(secured.proofs, tuple) else ()
        by_bytes = secured.token is not None or any(
            covers_bytes(proof) and each.signature is None for proof, each in zip(proofs, signatures, strict=False)
        )
        if proofs and not by_bytes and all(each.signature is None for each in signatures):
            return None, None  # each was verified over the whole credential, which refuses what it would lose
        return linked_data_faults(secured.document, self.contexts, by_bytes=by_bytes)

    def _proof(self, proof: Proof, grounds: Grounds, verify: Callable[[PublicKey], None]) -> ProofEvidence:
        own_key = self._own_key(grounds.keys, proof.verification_method)
        method = _reported(own_key, proof.verification_method) or self._or_why_not(
            lambda: self.find_key.named(proof.verification_method, grounds.documents), _signer(proof)
        )
        created = proof.created.instant if proof.created else None
        fault = _fault(method, verify)
        logged = _on_record(grounds.log, own_key, fault, lambda: of_proof(proof))
        return ProofEvidence(
            signer=_signer(proof),
            method=method,
            own_key=own_key,
            log=logged,
            first_key=_first_key(grounds.keys, own_key, logged),
            signature=fault,
            made=created,
            created=created,
            expires=proof.expires.instant if proof.expires else None,
        )

    def _token(self, token: PresentedToken, issuer_id: str | None, grounds: Grounds) -> ProofEvidence:
        method_id = self.find_key.method_of_token(token.kid, issuer_id)
        own_key = None if method_id is None else self._own_key(grounds.keys, method_id)
        method = _reported(own_key, method_id, token.jwk) or self._or_why_not(
            lambda: self.find_key.of_token(token.kid, token.jwk, issuer_id, grounds.documents), issuer_id
        )
        if method_id is None and isinstance(method, VerificationMethod):
            method_id = method.id  # found by its value or its address, among the issuer's own
            own_key = self._own_key(grounds.keys, method_id)
        fault = _fault(method, lambda key: grounds.work.rsa_keys.verify(token.jws, key))
        logged = _on_record(grounds.log, own_key, fault, lambda: of_jws(token.jws))
        return ProofEvidence(
            signer=_of_token(method, method_id),
            method=fault if isinstance(fault, WeakKey) else method,  # judged no sooner than used
            own_key=own_key,
            log=logged,
            first_key=_first_key(grounds.keys, own_key, logged),
            signature=fault,
            made=token.not_before or token.issued_at,
            created=None,
            expires=None,
        )

    def _own_key(self, keys: OwnKeys, method_id: str) -> SigningKey | None:
        did, _, kid = method_id.partition("#")
        owner = JMC if did == self.site.did else own_slug(self.site, did)
        return None if owner is None else _row(keys, owner, kid)

    def _or_why_not(self, find: Callable[[], VerificationMethod], controller: str | None) -> VerificationMethod | Error:
        try:
            return find()
        except KeyExposed as err:
            # Whoever runs this service may know whom to call: everybody can sign in that issuer's name now.
            events.error("foreign-key-exposed", code=err.code, issuer=controller)
            return err
        except Error as err:
            return err


def linked_data_faults(
    document: JsonObject, contexts: Contexts, *, by_bytes: bool
) -> tuple[Error | None, Error | None]:
    """What is wrong with the contexts of `document`, and what in it means nothing under them: the second is no fault
    of what is signed `by_bytes`, whole, as the JSON that it is."""
    try:
        require_covered(as_json_ld(document), contexts)
    except Error as err:
        return (err if err.code.startswith("context.") else None), (None if by_bytes else err)
    return None, None


def _row(keys: OwnKeys, owner: str, kid: str) -> SigningKey | None:
    return next((key for key in keys.of_owner(owner) if key.kid == kid), None)


def _reported(
    key: SigningKey | None, method_id: str | None, claimed: PublicKey | None = None
) -> VerificationMethod | Error | None:
    """A key of ours that was reported as compromised, by its row; None if `key` is another. The DID document shows it
    as revoked and for no use: that is for readers who have nothing else to go by. `claimed` is the key that a token
    says to be signed with."""
    if key is None or method_id is None or key.state is not KeyState.COMPROMISED:
        return None
    if not key.was_published:
        return None  # it was never shown to anybody, and never signed anything
    public_key = decode_multikey(key.public_key)
    if claimed is not None and claimed != public_key:
        return KeyNotBound(pointer="/jwk")
    return VerificationMethod(id=method_id, controller=method_id.partition("#")[0], public_key=public_key)


def _on_record(
    log: CredentialLog | None, key: SigningKey | None, fault: Error | None, signature: Callable[[], bytes]
) -> LogAnswer | None:
    return None if log is None or key is None or fault is not None else log.answer(key, signature())


def _first_key(keys: OwnKeys, key: SigningKey | None, log: LogAnswer | None) -> SigningKey | None:
    if key is None or not isinstance(log, Logged):
        return None
    return key if log.first_kid == key.kid else _row(keys, key.owner, log.first_kid)


def _fault(method: VerificationMethod | Error, verify: Callable[[PublicKey], None]) -> Error | None:
    """Why the signature is not right, if it is not; without a key, why there is none."""
    if isinstance(method, Error):
        return method
    try:
        verify(method.public_key)
    except Error as err:
        return err
    return None


def _by(issuer_id: str, secured: Secured) -> bool:
    return isinstance(secured.proofs, tuple) and any(_signer(each) == issuer_id for each in secured.proofs)


def _signer(proof: Proof) -> str:
    return proof.verification_method.partition("#")[0]


def _of_token(method: VerificationMethod | Error, method_id: str | None) -> str | None:
    """Whose key a token names: the controller where the key was found, and the DID in its name where it was not."""
    if isinstance(method, VerificationMethod):
        return method.controller
    return None if method_id is None else method_id.partition("#")[0]
