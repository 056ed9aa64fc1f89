"""DIDs and their documents: peers find our keys by them, and we find theirs."""

from collections.abc import Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from openbadgeslib.ob3 import did as their_did
from openbadgeslib.ob3.verifier import OB3VerificationError
from openvc.keys import jwk_thumbprint

from jmc_vc.domain.issuing_settings import IssuingProfile, JwtAlgorithm
from jmc_vc.formats.did.did_jwk import document as did_jwk_document
from jmc_vc.formats.did.document import verification_method
from jmc_vc.formats.encoding.jwk import public_jwk, thumbprint
from jmc_vc.formats.encoding.multikey import encode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm, PublicKey
from tests.interop.formats import ED25519, P256, P384, P521, RSA
from tests.interop.keys import Jwk, key, key_of_method, pem_of_jwk
from tests.interop.matrix import BACK, BOTH, THERE, row
from tests.interop.parties.openvc import Openvc
from tests.interop.parties.party import Party
from tests.interop.served import Node, Served

pytestmark = [pytest.mark.interop, pytest.mark.loopback]

OF_DID_KEY = (ED25519, P256, P384)
EVERY = (ED25519, P256, P384, P521, RSA)
SLUG = "hoshimigaoka"


@pytest.fixture(scope="module")
def openvc(sides: Mapping[str, Party]) -> Openvc:
    found = sides["openvc-core"]
    assert isinstance(found, Openvc)
    return found


@row("did-key", "digitalbazaar-vc", BOTH)
def test_digitalbazaar_writes_the_same_multikey_of_the_same_key(node: Node) -> None:
    keys = [key(each) for each in OF_DID_KEY]
    theirs = node("multikeys", jwks=[each.jwk for each in keys])
    assert theirs == [encode_multikey(each.public) for each in keys]
    assert [key_of_method(f"did:key:{each}#{each}") for each in theirs] == [each.public for each in keys]


def test_jose_and_openvc_find_the_same_thumbprint_of_the_same_key(node: Node) -> None:
    keys = [key(each) for each in EVERY]
    ours = [thumbprint(each.public) for each in keys]
    assert node("thumbprints", jwks=[each.jwk for each in keys]) == ours
    assert [jwk_thumbprint(each.jwk) for each in keys] == ours


@row("did-key", "openvc-core", THERE)
@pytest.mark.parametrize("algorithm", OF_DID_KEY)
def test_openvc_finds_our_key_by_its_did_key(openvc: Openvc, algorithm: KeyAlgorithm) -> None:
    ours = key(algorithm)
    assert found_by(openvc, ours.did_key_method) == ours.jwk


@row("did-key", "openvc-core", THERE)
def test_openvc_finds_no_key_under_the_name_of_another(openvc: Openvc) -> None:
    document, another = openvc.resolver().resolve(key(P256).did_key), key(P384).did_key_method
    assert document.key_by_kid(f"{key(P256).did_key}#{another.partition('#')[2]}") is None


@row("did-jwk", "openvc-core", THERE)
@pytest.mark.parametrize("algorithm", EVERY)
def test_openvc_finds_our_key_by_its_did_jwk(openvc: Openvc, algorithm: KeyAlgorithm) -> None:
    ours = key(algorithm)
    assert found_by(openvc, ours.did_jwk_method) == ours.jwk
    relationships = openvc.resolver().resolve(ours.did_jwk).relationships
    for name in ("assertionMethod", "authentication"):
        assert did_jwk_document(ours.did_jwk)[name] == relationships[name]


@row("did-web", "openvc-core", THERE)
def test_openvc_finds_every_key_of_an_issuer_in_the_document_that_the_service_publishes(
    served: Served, openvc: Openvc
) -> None:
    for method_id, public in published_keys(served).items():
        assert found_by(openvc, method_id) == dict(public_jwk(public))
    with pytest.raises(AssertionError):
        found_by(openvc, f"{next(iter(published_keys(served)))}0")


@row("did-key", "openbadgeslib", BOTH)
@pytest.mark.parametrize("algorithm", [ED25519, P256])
def test_openbadgeslib_writes_and_reads_the_same_did_key(algorithm: KeyAlgorithm) -> None:
    ours, theirs = key(algorithm), key(algorithm, "openbadgeslib")
    assert der(their_did.resolve_verification_method(ours.did_key_method)) == der(ours.public_pem)
    did = their_did.did_key_from_pem(theirs.public_pem)
    assert key_of_method(f"{did}#{did.rpartition(':')[2]}") == theirs.public
    with pytest.raises(OB3VerificationError):
        their_did.resolve_verification_method(f"{ours.did_key}#{did.rpartition(':')[2]}")


def test_openbadgeslib_has_no_p_384_and_no_did_jwk() -> None:
    for method in (key(P384).did_key_method, key(P256).did_jwk_method):
        with pytest.raises(OB3VerificationError, match="unsupported"):
            their_did.resolve_verification_method(method)


@row("did-jwk", "openbadgeslib", BACK)
@pytest.mark.parametrize("algorithm", EVERY)
def test_we_find_the_key_of_its_did_jwk(algorithm: KeyAlgorithm) -> None:
    theirs = key(algorithm, "openbadgeslib")
    assert key_of_method(f"{their_did.did_jwk_from_jwk(theirs.jwk)}#0") == theirs.public


@row("did-web", "openbadgeslib", THERE)
def test_openbadgeslib_finds_every_key_of_an_issuer_that_it_can_read(served: Served) -> None:
    for method_id, public in published_keys(served).items():
        found = their_did.resolve_verification_method(method_id, download=served.fetch)
        assert der(found) == der(pem_of_jwk(dict(public_jwk(public))))
    with pytest.raises(OB3VerificationError, match="no verificationMethod with id"):
        their_did.resolve_verification_method(f"{next(iter(published_keys(served)))}0", download=served.fetch)


@row("did-web", "openbadgeslib", BACK)
def test_we_find_the_keys_in_the_document_that_it_writes() -> None:
    did = their_did.did_web_from_url("https://issuer.example:8443/badges")
    theirs = {f"key-{number}": key(each, "openbadgeslib") for number, each in enumerate(EVERY)}
    document = their_did.build_did_document(did, [(name, each.jwk) for name, each in theirs.items()])
    for name, each in theirs.items():
        assert verification_method(document, f"{did}#{name}").public_key == each.public


def published_keys(served: Served) -> Mapping[str, PublicKey]:
    """Method → key, as the service has them: by now of all kinds that it signs with."""
    for settings in ({"sd_jwt_vc": True}, {"profile": IssuingProfile.VC_JWT, "jwt_algorithm": JwtAlgorithm.RS256}):
        served.issue_as(settings)
    document = served.fetch_json(f"{served.service.base_url}/issuers/{SLUG}/did.json")
    ids = [method["id"] for method in document["verificationMethod"]]
    found = {method_id: verification_method(document, method_id).public_key for method_id in ids}
    assert {each.algorithm for each in found.values()} == {ED25519, P256, RSA}
    return found


def found_by(openvc: Openvc, method_id: str) -> Jwk:
    method = openvc.resolver().resolve(method_id.partition("#")[0]).key_by_kid(method_id)
    assert method is not None
    jwk: dict[str, Any] = method.public_key_jwk
    return jwk


def der(pem: bytes) -> bytes:
    return load_pem_public_key(pem).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
