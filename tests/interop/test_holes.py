"""What a peer cannot do, as the matrix says: each reason is tried, so that it goes when the peer has learned it.

Those of openvc-core stand in `test_openvc`, those about status in `test_revocation_lists`, those about DIDs in
`test_dids`.
"""

from collections.abc import Mapping

import pytest
from openbadgeslib.errors import ErrorSigningFile
from openbadgeslib.ob3.ldp import add_data_integrity_proof
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier
from openvc.errors import OpenvcError
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.vc_jwt import VcJwtProofSuite
from openvc.proof.vp_jwt import VpJwtProofSuite

from jmc_vc.domain.issuing_settings import IssuingProfile
from tests.interop.formats import FORMATS, P256, Family
from tests.interop.keys import header_of, jwk_of_did, key, pem_of_jwk
from tests.interop.matrix import HOLES, ONLY_VERIFIED, TABLE
from tests.interop.parties.openvc import Openvc
from tests.interop.parties.party import AUDIENCE, NONCE, OURS, Party, badge
from tests.interop.served import Served

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

NO_SUCH_SUITE = [
    pytest.param(format_, peer, id=f"{format_}-{peer}")
    for format_, peer in HOLES
    if FORMATS[format_].family is Family.EMBEDDED
    and peer in ("digitalcredentials-verifier-core", "openbadgeslib")
    and peer not in TABLE[format_]
    and format_ not in ONLY_VERIFIED
]
TOKENS = [format_ for format_, each in FORMATS.items() if each.family in (Family.VC_JOSE, Family.VP_JOSE)]


@pytest.mark.parametrize(("format_", "peer"), NO_SUCH_SUITE)
def test_it_does_not_verify_a_suite_that_it_does_not_have(sides: Mapping[str, Party], format_: str, peer: str) -> None:
    assert sides[peer].accept(FORMATS[format_], [sides[OURS].issue(FORMATS[format_])]) == [False]


def test_openbadgeslib_signs_documents_with_ed25519_alone() -> None:
    signing = key(P256, "openbadgeslib")
    with pytest.raises(ErrorSigningFile, match="requires an Ed25519"):
        add_data_integrity_proof(badge(signing.did_key), signing.pem, signing.did_key_method)


def test_openbadgeslib_and_openvc_do_not_verify_the_old_suite(sides: Mapping[str, Party]) -> None:
    format_ = FORMATS["openbadge-ed25519signature2020"]
    old = sides["digitalbazaar-vc"].issue(format_)
    assert sides[OURS].accept(format_, [old]) == [True]
    assert sides["openbadgeslib"].accept(format_, [old]) == [False]
    with pytest.raises(OpenvcError, match="unexpected proof type"):
        DataIntegrityProofSuite().verify(old)


@pytest.mark.parametrize("format_", TOKENS)
def test_openbadgeslib_and_openvc_read_no_token_of_vc_jose(sides: Mapping[str, Party], format_: str) -> None:
    token = sides[OURS].issue(FORMATS[format_])
    jwk = jwk_of_did(header_of(token)["kid"])
    with pytest.raises(OB3VerificationError):
        OB3Verifier(pem_of_jwk(jwk)).verify(token)
    with pytest.raises(OpenvcError):
        VcJwtProofSuite().verify(token, public_key_jwk=jwk)
    with pytest.raises(OpenvcError):
        VpJwtProofSuite().verify(token, audience=AUDIENCE, nonce=NONCE, holder_key_jwk=jwk)


def test_openvc_puts_a_presentation_into_a_claim_that_vc_jose_forbids(sides: Mapping[str, Party]) -> None:
    format_, signing = FORMATS["vp-jose-es256"], key(P256, "openvc")
    credential = sides[OURS].issue(FORMATS["vc-jose-es256"])
    theirs = VpJwtProofSuite().sign(
        [credential], holder_key=Openvc.key(format_, signing.did_jwk_method), audience=AUDIENCE, nonce=NONCE
    )
    assert header_of(theirs)["typ"] == "JWT"
    assert sides[OURS].accept(format_, [theirs]) == [False]


def test_openvc_has_no_rsa(sides: Mapping[str, Party]) -> None:
    token = sides[OURS].issue(FORMATS["openbadge-jwt-rs256"])
    with pytest.raises(OpenvcError, match="not permitted"):
        VcJwtProofSuite().verify(token, public_key_jwk=jwk_of_did(header_of(token)["kid"]))


def test_openbadgeslib_finds_no_key_by_its_address(served: Served) -> None:
    token = served.issue_as({"profile": IssuingProfile.VC_JWT})["credential"]
    issuer = f"did:web:{served.service.base_url.removeprefix('https://').replace(':', '%3A')}:issuers:hoshimigaoka"
    with pytest.raises(OB3VerificationError, match="names a different DID"):
        OB3Verifier.for_issuer_did(issuer, download=served.fetch).verify(token)
