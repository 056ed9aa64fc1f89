"""From a linted credential to the signed bytes, proved to ourselves before anything leaves.

The proof is eddsa-rdfc-2022 (Data Integrity EdDSA Cryptosuites §3.2). The bytes are then read back as any verifier
would read them and verified with the public key: a broken signer, a wrong key or a lossy serialization stops here.
"""

from datetime import datetime

import orjson

from jmc_vc.errors import Error, Unavailable
from jmc_vc.event_log import events
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.add_proof import add_proof
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.jsonld import Contexts
from jmc_vc.issuing.lint import LintedCredential
from jmc_vc.issuing.templates import Templates
from jmc_vc.signing.keyring import Signer

CRYPTOSUITE = "eddsa-rdfc-2022"


class SelfVerificationFailed(Unavailable):
    """Our own signature did not verify. The bytes were thrown away."""

    code = "issue.self_verification_failed"


def secure(
    linted: LintedCredential,
    signer: Signer,
    *,
    verification_method: str,
    created: datetime,
    contexts: Contexts,
    templates: Templates,
) -> bytes:
    """The signed credential as UTF-8 JSON. Raises SelfVerificationFailed, or the signer's Unavailable.

    What came from a template is proved like everything else, on the general path. Should it fail there, the general
    path signs, and somebody has to look.
    """
    body = templates.secure(linted.document, verification_method=verification_method, created=created, sign=signer.sign)
    if body is not None and _fault(body, signer.public_key, contexts) is None:
        return body
    secured = add_proof(
        linted.document,
        cryptosuite=CRYPTOSUITE,
        verification_method=verification_method,
        created=created,
        sign=signer.sign,
        contexts=contexts,
    )
    general = orjson.dumps(secured)
    fault = _fault(general, signer.public_key, contexts)
    if fault is not None:
        raise SelfVerificationFailed from fault
    if body is not None:
        events.error("template-differs")
    return general


def _fault(body: bytes, public_key: PublicKey, contexts: Contexts) -> Error | None:
    """Why `body`, read as any verifier reads it, does not verify; None when it does."""
    try:
        document = strict_json.parse_object(body)
        (proof,) = read_proofs(document)
        verify_proof(Unsecured(document, contexts), proof, public_key)
    except Error as err:
        return err
    return None
