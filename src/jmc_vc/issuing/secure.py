"""From a linted credential to the signed bytes of each form, proved to ourselves before anything leaves.

An embedded proof is eddsa-rdfc-2022 or ecdsa-rdfc-2019 (VC Data Integrity); a token is a VC-JWT of Open Badges 3.0 with
ES256 or RS256. The bytes are then read back as any verifier would read them and verified with the public key: a broken
signer, a wrong key or a lossy serialization stops here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from jmc_vc.domain.credential import Format, Representation
from jmc_vc.domain.identifiers import Site
from jmc_vc.domain.issuing_settings import EMBEDDED_ECDSA, EMBEDDED_EDDSA, SELECTIVE, TOKEN, Securing
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.errors import Error, Unavailable
from jmc_vc.event_log import events
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jose import compact_jws, learning_credential, ob3_vc_jwt, sd_jwt, sd_jwt_vc
from jmc_vc.formats.jsonld import Contexts, require_covered
from jmc_vc.formats.status.token_status_list import TokenStatusReference, status_claim
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.issuing.holder_key import holder_key
from jmc_vc.issuing.lint import LintedCredential
from jmc_vc.issuing.templates import Templates
from jmc_vc.signing.keyring import Keyring, Signer

CRYPTOSUITES: Mapping[str, str] = {"Ed25519": "eddsa-rdfc-2022", "P-256": "ecdsa-rdfc-2019"}
"""Kind of key → the suite of an embedded proof."""
JWT_ALGORITHMS: Mapping[str, ob3_vc_jwt.Ob3Algorithm] = {"P-256": "ES256", "RSA": "RS256"}
"""Kind of key → the algorithm of a token."""
_SALT_BYTES = 16
"""128 bits, as RFC 9901 §9.3 recommends: nobody may guess what was kept back by trying."""


class SelfVerificationFailed(Unavailable):
    """Our own signature did not verify. The bytes were thrown away."""

    code = "issue.self_verification_failed"


@dataclass(frozen=True, kw_only=True)
class Key:
    """What signs, and the names under which others find its public key: `kid` in the issuer's own list, a DID URL for
    embedded proofs, and the `address` of the key alone for tokens (conformance OB-44)."""

    signer: Signer
    kid: str
    verification_method: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Signing:
    """What all forms of one credential are made with. `created` is the moment of signing; `list_number` and
    `status_index` are the place in the status list, of which each form speaks in its own way; `random` salts what the
    learner may keep back."""

    linted: LintedCredential
    created: datetime
    list_number: int
    status_index: int
    site: Site
    contexts: Contexts
    templates: Templates
    random: Callable[[int], bytes]


Make = Callable[[Signing, Key, Sequence[Representation]], bytes]
"""Makes one form with a key; it is told which forms of the credential were made before. Raises SelfVerificationFailed,
or the signer's Unavailable."""


def key_of(key: SigningKey, *, keyring: Keyring, site: Site) -> Key:
    """The key with the names under which others find it. Raises what the keyring raises."""
    return Key(
        signer=keyring.signer(key),
        kid=key.kid,
        verification_method=f"{site.issuer_did(key.owner)}#{key.kid}",
        address=site.issuer_key(key.owner, key.kid),
    )


def secure(
    signing: Signing,
    securings: Sequence[Securing],
    keys: Mapping[str, Key],
    *,
    kept: Mapping[Format, Representation] | None = None,
) -> tuple[Representation, ...]:
    """The credential in the form of each of `securings`, in their order; `keys` are by their algorithm. Forms that are
    `kept` are not made again. Raises SelfVerificationFailed, or a signer's Unavailable."""
    made: list[Representation] = []
    for securing in securings:
        if kept and securing.format in kept:
            made.append(kept[securing.format])
            continue
        key = keys[securing.algorithm]
        body = MAKE[securing](signing, key, made)
        made.append(Representation(format=securing.format, kid=key.kid, body=body))
    return tuple(made)


def _by_template(signing: Signing, key: Key, made: Sequence[Representation]) -> bytes:
    """What came from a template is proved like everything else, on the general path. Should it fail there, the general
    path signs, and somebody has to look."""
    body = signing.templates.secure(
        signing.linted.document,
        verification_method=key.verification_method,
        created=signing.created,
        sign=key.signer.sign,
    )
    if body is not None and _fault(body, key.signer.public_key, signing.contexts) is None:
        return body
    general = _embedded(signing, key, made)
    if body is not None:
        events.error("template-differs")
    return general


def _embedded(signing: Signing, key: Key, _: Sequence[Representation]) -> bytes:
    public_key = key.signer.public_key
    secured = add_proof(
        signing.linted.document,
        cryptosuite=CRYPTOSUITES[public_key.algorithm],
        verification_method=key.verification_method,
        created=signing.created,
        sign=key.signer.sign,
        contexts=signing.contexts,
        algorithm=public_key.algorithm,
    )
    body = orjson.dumps(secured)
    fault = _fault(body, public_key, signing.contexts)
    if fault is not None:
        raise SelfVerificationFailed from fault
    return body


def _token(signing: Signing, key: Key, made: Sequence[Representation]) -> bytes:
    """The token is put around the embedded proof, if there is one (OB-46). Its header names the key by the address of
    the key alone: some readers know no other place to look (OB-44)."""
    document = strict_json.parse_object(made[0].body) if made else signing.linted.document
    algorithm = JWT_ALGORITHMS[key.signer.public_key.algorithm]
    token = ob3_vc_jwt.sign(document, kid=key.address, algorithm=algorithm, sign=key.signer.sign)
    fault = _token_fault(token, document, key.signer.public_key, signing.contexts)
    if fault is not None:
        raise SelfVerificationFailed from fault
    return token.encode()


def _selective(signing: Signing, key: Key, _: Sequence[Representation]) -> bytes:
    """The key is named by its DID URL, as the issuer is by its DID."""
    document, site = signing.linted.document, signing.site
    place = TokenStatusReference(list_url=site.token_status_list(signing.list_number), index=signing.status_index)
    claims = learning_credential.claims_of(document, namespace=site.namespace, status=status_claim(place))
    binds = holder_key(document)
    token = sd_jwt_vc.issue(
        claims,
        kid=key.verification_method,
        algorithm=JWT_ALGORITHMS[key.signer.public_key.algorithm],
        sign=key.signer.sign,
        selectively_disclosable=learning_credential.withholdable(claims),
        salts=lambda: base64url.encode(signing.random(_SALT_BYTES)),
        holder_key=binds,
    )
    fault = _selective_fault(token, claims, key.signer.public_key, binds)
    if fault is not None:
        raise SelfVerificationFailed from fault
    return token.encode()


MAKE: Mapping[Securing, Make] = {
    EMBEDDED_EDDSA: _by_template,
    EMBEDDED_ECDSA: _embedded,
    **dict.fromkeys(TOKEN.values(), _token),
    SELECTIVE: _selective,
}
"""What makes each form. A template knows one suite; the others go the general path."""


def _fault(body: bytes, public_key: PublicKey, contexts: Contexts) -> Error | None:
    """Why `body`, read as any verifier reads it, does not verify; None when it does."""
    try:
        document = strict_json.parse_object(body)
        (proof,) = read_proofs(document)
        verify_proof(Unsecured(document, contexts), proof, public_key)
    except Error as err:
        return err
    return None


def _token_fault(token: str, document: JsonObject, public_key: PublicKey, contexts: Contexts) -> Error | None:
    """The same of a token: it verifies, its claims say what the credential says, and the credential is `document`. That
    no member of it is meaningless, which an embedded proof would find out, is asked too."""
    try:
        jws = compact_jws.read(token)
        compact_jws.verify(jws, public_key)
        found = ob3_vc_jwt.read(jws)
        require_covered(document, contexts)
        if ob3_vc_jwt.check_claims(found) or found.credential != document:
            return SelfVerificationFailed()
    except Error as err:
        return err
    return None


def _selective_fault(token: str, claims: JsonObject, public_key: PublicKey, binds: PublicKey | None) -> Error | None:
    """The same of an SD-JWT VC: with everything shown it says `claims`, and names the holder's key."""
    try:
        read = sd_jwt.read(token)
        compact_jws.verify(read.jws, public_key)
        found = sd_jwt_vc.read(read)
        said = {name: value for name, value in found.claims.items() if name != "cnf"}
        if said != claims or found.holder_key != binds:
            return SelfVerificationFailed()
    except Error as err:
        return err
    return None
