"""Bitstring status lists of the running service as each peer reads them, and those of each peer as we do."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from openbadgeslib.ob3.credential import OpenBadgeCredential
from openbadgeslib.ob3.status import check_credential_status
from openbadgeslib.ob3.status_list import build_status_list_credential, sign_status_list_credential
from openbadgeslib.ob3.verifier import OB3VerificationError
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.status import issue as openvc_issue
from openvc.status.bitstring import new_bitstring, set_status_bit
from openvc.status.status_list import check_credential_status as openvc_status

from jmc_vc.errors import Error
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.encoding.jwk import public_key_of_jwk
from jmc_vc.formats.jose import compact_jws, ob3_vc_jwt
from jmc_vc.formats.status.entry import BitstringStatusListEntry, bitstring_entry, status_entry
from jmc_vc.formats.status.status_list_credential import read_status, read_status_list
from tests.interop.alterations import alterations
from tests.interop.formats import ED25519, FORMATS, P256
from tests.interop.keys import key, key_of_method
from tests.interop.matrix import BACK, THERE, row
from tests.interop.parties.openvc import Openvc
from tests.interop.parties.party import Party
from tests.interop.served import Badge, Node, Served, within_seconds

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

URL = "https://issuer.example/status/7"
"""Where a list of a peer would stand."""
SET, CLEAR, LENGTH = 8, 9, 131_072
BITSTRING = "bitstring-status-list"
Read = Callable[[list[Badge]], list[bool]]
"""Which of the credentials have their bit set. Fails when a list could not be read."""


class Readers:
    """How each peer reads the status that a credential names, each list fetched from the running service."""

    def __init__(self, served: Served, node: Node, sides: Mapping[str, Party], contexts: dict[str, Any]) -> None:
        self._served, self._node, self._sides, self._contexts = served, node, sides, contexts

    def digitalbazaar(self, credentials: list[Badge]) -> list[bool]:
        answers = self._node("checkStatuses", supplied=self._contexts, credentials=credentials)
        assert [each["error"] for each in answers] == [None] * len(credentials)
        return [each["set"] for each in answers]

    def verifier_core(self, credentials: list[Badge]) -> list[bool]:
        answers = self._node("verifyWithCore", credentials=credentials)
        assert {each["signature"] for each in answers} == {True}
        return [not each["status"] for each in answers]

    def openbadgeslib(self, credentials: list[Badge]) -> list[bool]:
        return [self._openbadgeslib(each) for each in credentials]

    def openvc(self, credentials: list[Badge]) -> list[bool]:
        found = [openvc_status(each, resolve_status_list=self._verified_list) for each in credentials]
        assert all(each.entries for each in found)
        return [each.revoked or each.suspended for each in found]

    def _openbadgeslib(self, credential: Badge) -> bool:
        try:
            check_credential_status(OpenBadgeCredential.from_vc_document(credential), download=self._served.fetch)
        except OB3VerificationError as err:
            if "is set" in str(err):
                return True
            raise
        return False

    def _verified_list(self, url: str) -> dict[str, Any]:
        found, openvc = self._served.fetch_json(url), self._sides["openvc-core"]
        assert isinstance(openvc, Openvc)
        DataIntegrityProofSuite().verify(found, resolver=openvc.resolver())
        return found


@pytest.fixture(scope="module")
def readers(
    served: Served, node: Node, sides: Mapping[str, Party], open_badges_contexts: dict[str, Any]
) -> Mapping[str, Read]:
    made = Readers(served, node, sides, open_badges_contexts)
    return {
        "digitalbazaar-vc": made.digitalbazaar,
        "digitalcredentials-verifier-core": made.verifier_core,
        "openbadgeslib": made.openbadgeslib,
        "openvc-core": made.openvc,
    }


ALL = ("digitalbazaar-vc", "digitalcredentials-verifier-core", "openbadgeslib", "openvc-core")
OF_ANY_ENTRY = tuple(each for each in ALL if each != "digitalcredentials-verifier-core")
"""Those that can be asked for the status alone. The other one first verifies the badge, whose one entry is for
revocation."""


def peers(names: tuple[str, ...]) -> list[Any]:
    return [pytest.param(name, marks=row(BITSTRING, name, THERE), id=name) for name in names]


@pytest.mark.parametrize("peer", peers(ALL))
def test_a_peer_sees_a_revocation_within_five_seconds(served: Served, readers: Mapping[str, Read], peer: str) -> None:
    badge, other = served.issue(), served.issue()
    assert readers[peer]([badge, other]) == [False, False]
    served.revoke(badge)
    assert within_seconds(5, lambda: readers[peer]([badge, other]) == [True, False])


@pytest.mark.parametrize("peer", peers(OF_ANY_ENTRY))
def test_a_peer_sees_a_suspension_and_its_end(served: Served, readers: Mapping[str, Read], peer: str) -> None:
    badge, other = served.issue(), served.issue()
    asked = [suspendable(badge), suspendable(other)]
    assert readers[peer](asked) == [False, False]
    served.change_status(badge["id"], {"action": "suspend"})
    assert within_seconds(5, lambda: readers[peer](asked) == [True, False])
    served.change_status(badge["id"], {"action": "reinstate"})
    assert within_seconds(5, lambda: readers[peer](asked) == [False, False])


def suspendable(badge: Badge) -> Badge:
    """The badge with the sibling entry of the same index, in the list of suspensions."""
    entry = badge["credentialStatus"]
    url = entry["statusListCredential"].replace("/revocation", "/suspension")
    sibling = bitstring_entry(list_url=url, index=int(entry["statusListIndex"]), purpose="suspension")
    return {**badge, "credentialStatus": sibling}


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
@row(BITSTRING, "digitalbazaar-vc", BACK)
def test_we_read_a_list_of_digitalbazaar(
    served: Served, node: Node, open_badges_contexts: dict[str, Any], purpose: str
) -> None:
    unsigned = node("listDocument", id=URL, length=LENGTH, statusPurpose=purpose, indexes=[SET])
    theirs = node("signDocument", supplied=open_badges_contexts, credential=unsigned, cryptosuite="eddsa-rdfc-2022")
    require_read(served, theirs, purpose)


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
@row(BITSTRING, "openvc-core", BACK)
def test_we_read_a_list_of_openvc(served: Served, purpose: str) -> None:
    signing = key(ED25519, "openvc")
    bits = new_bitstring(LENGTH)
    set_status_bit(bits, SET, 1)
    unsigned = openvc_issue.build_status_list_credential(
        id=URL, issuer=signing.did_key, bitstring=bits, status_purpose=purpose, valid_from=datetime.now(UTC), ttl=5_000
    )
    theirs = DataIntegrityProofSuite().add_proof(
        unsigned,
        signing_key=Openvc.key(FORMATS["openbadge-eddsa-rdfc-2022"], signing.did_key_method),
        verification_method=signing.did_key_method,
    )
    require_read(served, theirs, purpose)


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
@row(BITSTRING, "openbadgeslib", BACK)
def test_we_read_a_list_of_openbadgeslib(purpose: str) -> None:
    """Its list is a VC-JWT, with the key in its header."""
    signing = key(P256, "openbadgeslib")
    unsigned = build_status_list_credential(signing.did_jwk, URL, purpose, [SET], size_bits=LENGTH)
    theirs = sign_status_list_credential(unsigned, signing.pem, "ES256")

    def state(token: str, index: int) -> bool:
        jws = compact_jws.read(token)
        compact_jws.verify(jws, public_key_of_jwk(signing.jwk))
        return state_in(ob3_vc_jwt.read(jws).credential, purpose, index)

    assert [state(theirs, SET), state(theirs, CLEAR)] == [True, False]
    for what, changed in alterations(theirs).items():
        assert refuses(partial(state, changed, CLEAR)), what


def require_read(served: Served, theirs: dict[str, Any], purpose: str) -> None:
    contexts = served.service.installation.service.contexts

    def state(document: dict[str, Any], index: int) -> bool:
        (proof,) = read_proofs(document)
        verify_proof(Unsecured(document, contexts), proof, key_of_method(proof.verification_method))
        return state_in(document, purpose, index)

    assert [state(theirs, SET), state(theirs, CLEAR)] == [True, False]
    for what, changed in alterations(theirs).items():
        assert refuses(partial(state, changed, CLEAR)), what


def state_in(document: dict[str, Any], purpose: str, index: int) -> bool:
    found = read_status_list(document, url=URL, purpose=purpose)
    entry = status_entry(bitstring_entry(list_url=URL, index=index, purpose=purpose))
    assert isinstance(entry, BitstringStatusListEntry)
    return read_status(found, entry).invalidates


def refuses(judge: Callable[[], Any]) -> bool:
    try:
        judge()
    except Error:
        return True
    return False
