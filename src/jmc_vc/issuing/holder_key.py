"""The key with which a learner shows that a token is theirs (RFC 9901 §4.1.2), where their DID itself says it."""

from jmc_vc.formats.did import Expanded, UnsupportedDid, did_method
from jmc_vc.formats.did.document import AUTHENTICATION, verification_method
from jmc_vc.formats.encoding.public_key import PublicKey
from jmc_vc.formats.strict_json import JsonObject


def holder_key(document: JsonObject) -> PublicKey | None:
    """The key of the subject of the credential `document`. None for a subject without a DID, for DIDs whose keys lie
    elsewhere, and for a key that only encrypts."""
    subject = document["credentialSubject"]
    did = subject.get("id") if isinstance(subject, dict) else None
    if not isinstance(did, str) or not did.startswith("did:"):
        return None
    try:
        method = did_method(did)
    except UnsupportedDid:
        return None  # an id all the same, but nobody can bind a token to it
    if not isinstance(method, Expanded):
        return None
    found = method.document(did)  # such a DID was read before it was awarded to
    names = found.get(AUTHENTICATION)
    if not isinstance(names, list):
        return None
    return verification_method(found, str(names[0]), relationship=AUTHENTICATION).public_key
