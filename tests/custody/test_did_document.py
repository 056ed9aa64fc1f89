"""DID documents and JWK Sets through the life of a key: what was published stays, what was stolen counts no more."""

import pytest

from jmc_vc.custody.jwks import KeyNotFound
from jmc_vc.domain.signing_key import KEYS_CACHED
from jmc_vc.formats.did.document import KeyNotBound, UnknownKey, verification_method
from jmc_vc.formats.strict_json import JsonObject, parse_object
from tests.builders.installation import OPERATOR, Installation

SLUG = "hoshimigaoka"


def rotated(installation: Installation) -> None:
    """key-1 is retired, key-2 signs."""
    installation.service.rotate_key(SLUG, actor=OPERATOR, now=installation.now)
    installation.clock.now += KEYS_CACHED
    installation.service.rotate_key(SLUG, actor=OPERATOR, now=installation.now)


def destroyed(installation: Installation) -> None:
    rotated(installation)
    installation.service.destroy_key(SLUG, "key-1", actor=OPERATOR, now=installation.now)


@pytest.mark.parametrize("live", [lambda _: None, rotated, destroyed], ids=["active", "retired", "destroyed"])
def test_ob_45_a_key_that_signed_credentials_stays_published(installation: Installation, live: object) -> None:
    assert callable(live)
    live(installation)
    document = installation.service.did_document(SLUG)
    method = verification_method(document, f"{document['id']}#key-1")
    assert (method.expires, method.revoked) == (None, None)
    keys = installation.service.jwks(SLUG)["keys"]
    assert isinstance(keys, list)
    assert keys[0] == installation.service.key_jwk(SLUG, "key-1")


def test_a_stolen_key_is_shown_as_revoked_since_it_was_stolen_and_signs_for_nobody(installation: Installation) -> None:
    since = installation.now
    installation.clock.move(hours=5)
    installation.service.compromise_key(SLUG, "key-1", since=since, reason="test", actor=OPERATOR, now=installation.now)
    document = installation.service.did_document(SLUG)
    assert [each["revoked"] for each in methods(document)] == ["2026-11-23T03:00:00Z"]
    assert document["assertionMethod"] == []
    with pytest.raises(KeyNotBound):
        verification_method(document, f"{document['id']}#key-1")
    assert installation.service.jwks(SLUG) == {"keys": []}
    with pytest.raises(KeyNotFound):
        installation.service.key_jwk(SLUG, "key-1")


@pytest.mark.parametrize("end", ["none", "stolen", "destroyed"])
def test_a_key_that_was_only_made_is_not_published(installation: Installation, end: str) -> None:
    service, now = installation.service, installation.now
    service.stage_key(SLUG, actor=OPERATOR, now=now)
    if end == "destroyed":
        service.destroy_key(SLUG, "key-2", actor=OPERATOR, now=now)
    if end == "stolen":
        service.compromise_key(SLUG, "key-2", since=now, reason="test", actor=OPERATOR, now=now)
    document = service.did_document(SLUG)
    assert document["assertionMethod"] == [f"{document['id']}#key-1"]
    with pytest.raises(UnknownKey):
        verification_method(document, f"{document['id']}#key-2")
    with pytest.raises(KeyNotFound):
        service.key_jwk(SLUG, "key-2")
    assert len(service.jwks(SLUG)["keys"]) == 1  # type: ignore[arg-type]


def test_a_published_key_is_in_the_document_before_it_signs(installation: Installation) -> None:
    installation.service.rotate_key(SLUG, actor=OPERATOR, now=installation.now)
    document = installation.service.did_document(SLUG)
    assert document["assertionMethod"] == [f"{document['id']}#key-1", f"{document['id']}#key-2"]


def test_the_key_of_the_log_is_in_no_document(installation: Installation) -> None:
    with installation.service.database.begin() as tx:
        key = installation.service.status_list.keyring.generate("log", "key-9", now=installation.now)
        tx.signing_keys.add(key)
    for slug in (None, SLUG):
        shown = [each.get("publicKeyMultibase") for each in methods(installation.service.did_document(slug))]
        assert len(shown) == 1
        assert key.public_key not in shown


def test_a_suspended_issuers_keys_stay_published(installation: Installation) -> None:
    before = installation.service.did_document(SLUG)
    installation.service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    assert installation.service.did_document(SLUG) == before


def test_what_is_served_is_the_version_that_was_recorded(installation: Installation) -> None:
    rotated(installation)
    with installation.service.database.read() as snapshot:
        recorded = snapshot.did_documents.latest(SLUG)
    assert recorded is not None
    assert parse_object(recorded.body) == installation.service.did_document(SLUG)
    assert recorded.at == installation.now - KEYS_CACHED  # that a key retires is not seen in it


def methods(document: JsonObject) -> list[JsonObject]:
    listed = document["verificationMethod"]
    assert isinstance(listed, list)
    return [each for each in listed if isinstance(each, dict)]
