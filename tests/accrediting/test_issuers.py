"""Registering issuers, suspending them, and the keys that they get."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jmc_vc.domain.actor import Scope
from jmc_vc.domain.issuer import Issuer, IssuerState
from jmc_vc.domain.signing_key import KeyState
from jmc_vc.errors import Error
from tests.builders.installation import OPERATOR, Installation

ISSUER = Issuer(
    number="JMC-I-90009",
    slug="minato",
    name_ja="みなと大学（架空）",
    name_en="Minato University (fictional)",
    name_kana=None,
    org_type="university",
    country="JP",
    region="JP-13",
    url=None,
    email=None,
    state=IssuerState.REGISTERED,
    registered_from=date(2026, 4, 1),
    registered_until=None,
    fictional=True,
)


def register(installation: Installation, issuer: Issuer) -> str:
    return installation.service.register_issuer(issuer, actor=OPERATOR, now=installation.now)


def test_a_registered_issuer_has_a_did_a_key_and_an_api_key(installation: Installation) -> None:
    api_key = register(installation, ISSUER)
    actor = installation.service.authenticate(api_key, now=installation.now)
    assert actor.issuer == "minato"
    assert actor.scopes == frozenset(Scope)
    document = installation.service.did_document("minato")
    assert document["id"] == "did:web:localhost%3A8000:issuers:minato"
    with installation.service.database.read() as snapshot:
        (key,) = snapshot.signing_keys.of_owner("minato")
        stored = snapshot.api_keys.get(actor.id)
    assert key.state is KeyState.ACTIVE
    assert stored is not None
    assert api_key.encode() not in stored.secret_hash


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"slug": "hoshimigaoka"}, "issuer.exists"),
        ({"number": "JMC-I-90001"}, "issuer.exists"),
        ({"slug": "jmc"}, "issuer.slug"),
        ({"slug": "Minato"}, "issuer.slug"),
        ({"slug": "../minato"}, "issuer.slug"),
        ({"number": "JMC-I-1"}, "identifier.number"),
        ({"registered_until": date(2026, 3, 31)}, "issuer.period"),
    ],
)
def test_slugs_and_numbers_are_given_once_and_have_their_form(
    sqlite_installation: Installation, changes: dict[str, str], code: str
) -> None:
    with pytest.raises(Error) as refused:
        register(sqlite_installation, replace(ISSUER, **changes))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert [issuer.slug for issuer in sqlite_installation.service.list_issuers()] == ["hoshimigaoka"]


def test_an_api_key_is_refused_when_it_is_wrong_expired_or_revoked(installation: Installation) -> None:  # AP-25
    service, key = installation.service, installation.api_keys["hoshimigaoka"]
    for wrong in ("", "x", key[:-1], key[:-9] + "00000000", "A" * 100_000, key + "\0", key.upper()):
        with pytest.raises(Error, match=r"auth\.api_key"):
            service.authenticate(wrong, now=installation.now)
    with pytest.raises(Error, match=r"auth\.api_key"):
        service.authenticate(key, now=installation.now + timedelta(days=90))
    actor = service.authenticate(key, now=installation.now)
    revoked = service.revoke_api_key(actor.id, actor=OPERATOR, now=installation.now)
    assert revoked.revoked_at == installation.now
    with pytest.raises(Error, match=r"auth\.api_key"):
        service.authenticate(key, now=installation.now)


def test_a_rotation_leaves_one_active_key_and_both_published(installation: Installation) -> None:
    done = installation.service.rotate_key("hoshimigaoka", immediate=True, actor=OPERATOR, now=installation.now)
    assert done.retired is not None
    assert (done.retired.state, done.new.state) == (KeyState.RETIRED, KeyState.ACTIVE)
    document = installation.service.did_document("hoshimigaoka")
    assert len(document["assertionMethod"]) == 2  # type: ignore[arg-type]
    with pytest.raises(Error, match=r"issuer\.not_found"):
        installation.service.rotate_key("nobody", immediate=True, actor=OPERATOR, now=installation.now)


def test_the_private_key_is_not_in_the_database(sqlite_installation: Installation) -> None:
    service = sqlite_installation.service
    with service.database.read() as snapshot:
        (key,) = snapshot.signing_keys.of_owner("hoshimigaoka")
    opened = service.issue.keyring._unwrap(key)  # the secret that must not be found
    service.database.close()
    stored = b"".join(path.read_bytes() for path in service.settings.data_dir.glob("*.sqlite3*"))
    assert opened not in stored
    assert opened.hex().encode() not in stored


def test_an_api_key_is_revoked_once_and_it_is_on_record(installation: Installation) -> None:
    service, actor = installation.service, installation.actor()
    first = service.revoke_api_key(actor.id, actor=OPERATOR, now=installation.now)
    later = installation.now + timedelta(hours=1)
    assert service.revoke_api_key(actor.id, actor=OPERATOR, now=later) == first
    with pytest.raises(Error, match=r"api_key\.not_found"):
        service.revoke_api_key("nobodys", actor=OPERATOR, now=installation.now)
    with service.database.read() as snapshot:
        (entry,) = snapshot.audit_log.of_object(f"hoshimigaoka {actor.id}")
    assert (entry.action, entry.at) == ("api-key-revoked", installation.now)
