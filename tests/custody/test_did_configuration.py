"""The linked-domain file (DIF Well Known DID Configuration), read as the specification tells a verifier to."""

from collections.abc import Mapping
from typing import Any

import orjson

from jmc_vc.custody.did_configuration import VALID_FOR
from jmc_vc.domain.signing_key import JMC, KEYS_CACHED
from jmc_vc.formats.did.document import verification_method
from jmc_vc.formats.jose import compact_jws
from tests.builders.installation import OPERATOR, Installation

SLUG = "hoshimigaoka"


def linked(installation: Installation) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """DID → the key that signed its credential, and the claims, each verified with the DID's own document."""
    resource = orjson.loads(installation.service.did_configuration(now=installation.now))
    assert resource.keys() == {"@context", "linked_dids"}
    assert resource["@context"] == "https://identity.foundation/.well-known/did-configuration/v1"
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for token in resource["linked_dids"]:
        jws = compact_jws.read(token)
        assert jws.header.keys() == {"alg", "kid"}
        kid, claims = str(jws.header["kid"]), jws.claims()
        did = kid.partition("#")[0]
        slug = None if did == installation.service.site.did else did.rpartition(":")[2]
        compact_jws.verify(jws, verification_method(installation.service.did_document(slug), kid).public_key)
        found[did] = (kid.partition("#")[2], claims)
    return found


def test_each_did_of_this_origin_links_itself_to_it(installation: Installation) -> None:
    site = installation.service.site
    found = linked(installation)
    assert list(found) == [site.did, site.issuer_did(SLUG)]
    for did, (_, claims) in found.items():
        credential = claims["vc"]
        assert claims.keys() == {"iss", "sub", "nbf", "exp", "vc"}
        assert (claims["iss"], claims["sub"], credential["issuer"]) == (did, did, did)
        assert credential["credentialSubject"] == {"id": did, "origin": "http://localhost:8000"}
        assert credential["type"] == ["VerifiableCredential", "DomainLinkageCredential"]
        assert (credential["issuanceDate"], credential["expirationDate"]) == (
            "2026-11-23T03:00:00Z", "2026-11-24T03:00:00Z",
        )  # fmt: skip
        assert claims["exp"] - claims["nbf"] == VALID_FOR.total_seconds()


def test_it_is_signed_anew_when_half_of_its_time_is_spent(installation: Installation) -> None:
    first = linked(installation)
    installation.clock.move(hours=11, minutes=59)
    assert linked(installation) == first
    installation.clock.move(minutes=1)
    assert linked(installation) != first


def test_a_key_that_signs_no_more_is_out_of_it_at_once(installation: Installation) -> None:
    service, now = installation.service, installation.now
    did = service.site.issuer_did(SLUG)
    assert linked(installation)[did][0] == "key-1"
    service.rotate_key(SLUG, actor=OPERATOR, now=now)
    installation.clock.now += KEYS_CACHED
    service.rotate_key(SLUG, actor=OPERATOR, now=installation.now)
    assert linked(installation)[did][0] == "key-2"
    service.compromise_key(SLUG, "key-2", since=now, reason="test", actor=OPERATOR, now=installation.now)
    assert list(linked(installation)) == [service.site.did]


def test_a_suspended_issuer_is_still_here(installation: Installation) -> None:
    installation.service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    assert installation.service.site.issuer_did(SLUG) in linked(installation)


def test_our_own_key_is_named_first_and_the_log_is_no_did(installation: Installation) -> None:
    with installation.service.database.read() as snapshot:
        owners = {key.owner for key in snapshot.signing_keys.active_of_all()}
    assert owners >= {JMC, SLUG}
    assert len(linked(installation)) == 2
