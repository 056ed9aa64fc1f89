"""A key from elsewhere comes in unused, once, and signs like one of our own."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from jmc_vc.custody.export_public_key import PublicForm
from jmc_vc.custody.private_key_file import PrivateKey, read_private_key
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.errors import Error
from jmc_vc.formats.encoding.multikey import encode_multikey
from tests.builders.installation import OPERATOR, Installation
from tests.builders.own_key_issuer import OwnKeyIssuer
from tests.builders.refusals import refused_code
from tests.custody.test_private_key_file import jwk, pem
from tests.storage.together import together

SLUG = "hoshimigaoka"


def brought() -> PrivateKey:
    return read_private_key(pem(ed25519.Ed25519PrivateKey.generate()))


def take_in(installation: Installation, private: PrivateKey, owner: str = SLUG, **options: object) -> SigningKey:
    return installation.service.import_key(owner, private, **options, actor=OPERATOR, now=installation.now)  # type: ignore[arg-type]


def test_a_key_comes_in_unpublished_and_goes_the_way_of_all_keys(installation: Installation) -> None:
    private = brought()
    key = take_in(installation, private)
    assert (key.kid, key.state) == ("key-2", KeyState.CREATED)
    assert key.public_key == encode_multikey(private.public_key)
    assert private.secret not in key.sealed_private
    service, now = installation.service, installation.now
    service.publish_key(SLUG, key.kid, actor=OPERATOR, now=now)
    service.activate_key(SLUG, key.kid, immediate=True, actor=OPERATOR, now=now)
    issued = installation.issue()
    assert issued.representations[0].kid == key.kid
    assert service.verify(issued.representations[0].body, now=now).verdict == "valid"
    with service.database.read() as snapshot:
        actions = [each.action for each in snapshot.audit_log.of_object(f"{SLUG}#key-2")]
    assert actions == ["key-imported", "key-published", "key-activated"]


def test_a_key_may_have_been_stolen_before_it_came_here(installation: Installation) -> None:
    """And its DID document says so, to whoever met it elsewhere."""
    key, service, now = take_in(installation, brought()), installation.service, installation.now
    service.publish_key(SLUG, key.kid, actor=OPERATOR, now=now)
    since = now - timedelta(days=400)
    done = service.compromise_key(SLUG, key.kid, since=since, reason="stolen", actor=OPERATOR, now=now).key
    assert done.compromised_since == since.replace(microsecond=0)
    methods: Any = service.did_document(SLUG)["verificationMethod"]
    (shown,) = (each for each in methods if each["id"].endswith(f"#{key.kid}"))
    assert datetime.fromisoformat(shown["revoked"]) == done.compromised_since


def test_a_key_comes_in_once_whoever_brings_it(installation: Installation) -> None:
    private = brought()
    take_in(installation, private)
    for owner in (SLUG, "jmc"):
        with pytest.raises(Error, match=r"key\.exists"):
            take_in(installation, private, owner)


def test_a_key_that_signs_under_an_issuers_own_did_comes_in_when_the_did_has_ended(installation: Installation) -> None:
    """And then for this issuer alone: what is reported of a key has to hold wherever it signs."""
    own = OwnKeyIssuer()
    own.register(installation)
    other = installation.register("JMC-P-900003")
    private = own.private_key
    for owner in (SLUG, other):
        with pytest.raises(Error, match=r"key\.pinned"):
            take_in(installation, private, owner)
    installation.clock.move(hours=1)
    installation.service.end_did(SLUG, own.did, reason="moves here", actor=OPERATOR, now=installation.now)
    with pytest.raises(Error, match=r"key\.pinned"):
        take_in(installation, private, other)
    assert take_in(installation, private).kid == "key-2"
    installation.clock.move(hours=1)
    assert refused_code(lambda: own.register(installation)) == "did.key_is_ours"


def test_of_those_who_bring_the_same_key_at_once_one_is_heard(installation: Installation) -> None:
    private = brought()

    def work(number: int) -> str:
        try:
            return take_in(installation, private, ("jmc", SLUG)[number % 2]).state.value
        except Error as refused:
            return refused.code

    assert sorted(together(4, work)) == ["created", "key.exists", "key.exists", "key.exists"]


def test_what_is_brought_is_what_was_announced(installation: Installation) -> None:
    private, other = brought(), brought()
    with pytest.raises(Error, match=r"key\.other_key"):
        take_in(installation, private, expected=encode_multikey(other.public_key))
    assert take_in(installation, private, expected=encode_multikey(private.public_key)).kid == "key-2"


def test_a_key_comes_in_for_those_who_exist_and_can_use_it(installation: Installation) -> None:
    with pytest.raises(Error, match=r"issuer\.not_found"):
        take_in(installation, brought(), "nobody")
    with pytest.raises(Error, match=r"key\.kind_unused"):
        take_in(installation, read_private_key(pem(ec.generate_private_key(ec.SECP256R1()))), "log")


@pytest.mark.parametrize(
    "key",
    [
        ed25519.Ed25519PrivateKey.generate(),
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP384R1()),
        rsa.generate_private_key(65_537, 2048),
    ],
    ids=["Ed25519", "P-256", "P-384", "RSA"],
)
def test_a_public_key_goes_out_in_every_form_and_the_private_one_in_none(
    sqlite_installation: Installation, key: ed25519.Ed25519PrivateKey
) -> None:
    service = sqlite_installation.service
    row = take_in(sqlite_installation, read_private_key(pem(key)))
    texts = {form: service.export_public_key(SLUG, row.kid, form) for form in PublicForm}
    assert texts[PublicForm.MULTIKEY] == row.public_key + "\n"
    loaded = load_pem_public_key(texts[PublicForm.PEM].encode())
    assert loaded == key.public_key()
    members = json.loads(texts[PublicForm.JWK])
    private = json.loads(jwk(key))
    assert {name: members[name] for name in private if name in members}.items() <= private.items()
    assert not {"d", "p", "q", "dp", "dq", "qi"} & members.keys()
    assert members["kid"] == row.kid
    with pytest.raises(Error, match=r"key\.unknown"):
        service.export_public_key(SLUG, "key-9", PublicForm.PEM)
