"""DID documents and JWK Sets through the life of a key: what was published stays, what was stolen counts no more."""

from dataclasses import replace

import pytest

from jmc_vc.domain.signing_key import KeyState
from jmc_vc.formats.did.document import KeyNotBound, UnknownKey, verification_method
from jmc_vc.publishing.jwks import KeyNotFound
from tests.builders.installation import OPERATOR, Installation

SLUG = "hoshimigaoka"


def _set(installation: Installation, state: KeyState) -> None:
    with installation.service.database.begin() as tx:
        key = tx.signing_keys.get(SLUG, "key-1")
        assert key is not None
        tx.signing_keys.save(replace(key, state=state, retired_at=installation.now))


@pytest.mark.parametrize("state", [KeyState.ACTIVE, KeyState.RETIRED, KeyState.DESTROYED])
def test_a_key_that_signed_credentials_stays_published(installation: Installation, state: KeyState) -> None:
    _set(installation, state)
    document = installation.service.did_document(SLUG)
    method = verification_method(document, f"{document['id']}#key-1")
    assert (method.expires, method.revoked) == (None, None)
    assert installation.service.jwks(SLUG) == {"keys": [installation.service.key_jwk(SLUG, "key-1")]}


def test_a_stolen_key_is_shown_as_revoked_and_signs_for_nobody(installation: Installation) -> None:
    _set(installation, KeyState.COMPROMISED)
    document = installation.service.did_document(SLUG)
    methods = document["verificationMethod"]
    assert isinstance(methods, list)
    assert [each["revoked"] for each in methods if isinstance(each, dict)] == ["2026-11-23T03:00:00Z"]
    assert document["assertionMethod"] == []
    with pytest.raises(KeyNotBound):
        verification_method(document, f"{document['id']}#key-1")
    assert installation.service.jwks(SLUG) == {"keys": []}
    with pytest.raises(KeyNotFound):
        installation.service.key_jwk(SLUG, "key-1")


def test_a_key_that_was_only_made_is_not_published(installation: Installation) -> None:
    with installation.service.database.begin() as tx:
        tx.signing_keys.add(installation.service.status_list.keyring.generate(SLUG, "key-2", now=installation.now))
    document = installation.service.did_document(SLUG)
    with pytest.raises(UnknownKey):
        verification_method(document, f"{document['id']}#key-2")
    with pytest.raises(KeyNotFound):
        installation.service.key_jwk(SLUG, "key-2")


def test_a_suspended_issuers_keys_stay_published(installation: Installation) -> None:
    before = installation.service.did_document(SLUG)
    installation.service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=installation.now)
    assert installation.service.did_document(SLUG) == before
