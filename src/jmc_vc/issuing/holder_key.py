"""The key with which a learner shows that a token is theirs (RFC 9901 §4.1.2), where their DID itself says it."""

from jmc_vc.formats.did import Expanded, UnsupportedDid, did_method
from jmc_vc.formats.did.document import AUTHENTICATION, verification_method
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.strict_json import JsonObject


def holder_key(document: JsonObject) -> PublicKey | None:
    """The key of the subject of the credential `document`. None for a subject without a DID, and as `key_of_did`."""
    subject = document["credentialSubject"]
    did = subject.get("id") if isinstance(subject, dict) else None
    if not isinstance(did, str) or not did.startswith("did:"):
        return None
    return key_of_did(did)  # such a DID was read before it was awarded to


def key_of_did(did: str) -> PublicKey | None:
    """The key that `did` says, judged for its strength: a token that others could show would be bound to nobody. None
    for DIDs whose keys lie elsewhere, and for a key that only encrypts. Raises the errors of DIDs and keys."""
    try:
        method = did_method(did)
    except UnsupportedDid:
        return None  # an id all the same, but nobody can bind a token to it
    if not isinstance(method, Expanded):
        return None
    found = method.document(did)
    names = found.get(AUTHENTICATION)
    if not isinstance(names, list):
        return None
    key = verification_method(found, str(names[0]), relationship=AUTHENTICATION).public_key
    return PublicKey(key.algorithm, key.raw)
