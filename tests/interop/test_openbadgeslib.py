"""openbadgeslib: an independent Open Badges implementation in Python.

Its verifier of whole credentials knows its bundled contexts only, and ours is not among them; so its three checks are
called one by one: the key that the DID document names, the proof, the place in the status list.
"""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from openbadgeslib.ob3.credential import OpenBadgeCredential
from openbadgeslib.ob3.did import did_key_from_pem, resolve_verification_method
from openbadgeslib.ob3.ldp import OB3LdpVerifier, add_data_integrity_proof, verify_data_integrity_proof
from openbadgeslib.ob3.status import check_credential_status
from openbadgeslib.ob3.verifier import OB3VerificationError

from tests.builders.badges import typical_badge
from tests.interop.alterations import PLACES, altered
from tests.interop.conftest import Badge, Served, within_seconds
from tests.interop.matrix import BADGE, LIST, OURS_TO_PEER, PEER_TO_OURS

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

ISSUED = pytest.mark.row(f"{BADGE}/openbadgeslib/{OURS_TO_PEER}")
SIGNED_BY_PEER = pytest.mark.row(f"{BADGE}/openbadgeslib/{PEER_TO_OURS}")
STATUS = pytest.mark.row(f"{LIST}/openbadgeslib/{OURS_TO_PEER}")


def verify_proof(served: Served, badge: Badge) -> None:
    key = resolve_verification_method(badge["proof"]["verificationMethod"], download=served.fetch)
    verify_data_integrity_proof(badge, key, extra_contexts=served.context())


@pytest.fixture(scope="module")
def signed_by_peer() -> Badge:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    did = did_key_from_pem(public)
    unsigned = typical_badge()
    del unsigned["credentialStatus"]  # its list stands on a host that nobody can ask
    unsigned["issuer"]["id"] = did
    signed: Badge = add_data_integrity_proof(unsigned, private, f"{did}#{did.removeprefix('did:key:')}")
    return signed


@ISSUED
def test_it_verifies_a_badge_of_each_program(served: Served) -> None:
    for badge in served.issue_one_of_each():
        verify_proof(served, badge)


@ISSUED
@pytest.mark.parametrize("what", PLACES)
def test_it_refuses_one_changed_character_anywhere(served: Served, what: str) -> None:
    badge = altered(served.issue(), *PLACES[what])
    with pytest.raises(OB3VerificationError, match="signature"):
        verify_proof(served, badge)


@STATUS
def test_it_sees_a_revocation_within_five_seconds(served: Served) -> None:
    badge, other = served.issue(), served.issue()

    def is_revoked(badge: Badge) -> bool:
        try:
            check_credential_status(OpenBadgeCredential.from_vc_document(badge), download=served.fetch)
        except OB3VerificationError as err:
            if "'revocation' is set" in str(err):
                return True
            raise
        return False

    assert (is_revoked(badge), is_revoked(other)) == (False, False)
    served.revoke(badge)
    assert within_seconds(5, lambda: is_revoked(badge))
    assert not is_revoked(other)


@SIGNED_BY_PEER
def test_we_find_its_badge_technically_valid(served: Served, signed_by_peer: Badge) -> None:
    OB3LdpVerifier().verify(signed_by_peer)
    assert served.verify(signed_by_peer, "technical")["verdict"] == "valid"


@SIGNED_BY_PEER
def test_we_say_that_its_issuer_is_unknown_to_jmc(served: Served, signed_by_peer: Badge) -> None:
    report = served.verify(signed_by_peer, "default")
    codes = {each["id"]: each["code"] for each in report["checks"]}
    assert (report["verdict"], codes["issuer"]) == ("indeterminate", "issuer.not_registered")


@SIGNED_BY_PEER
@pytest.mark.parametrize(
    "pointer", ["/id", "/credentialSubject/id", "/credentialSubject/achievement/name", "/proof/proofValue"]
)
def test_we_refuse_its_badge_after_one_changed_character(served: Served, signed_by_peer: Badge, pointer: str) -> None:
    assert served.verify(altered(signed_by_peer, pointer, -1), "technical")["verdict"] == "invalid"
