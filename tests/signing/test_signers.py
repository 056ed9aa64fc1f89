"""What every signer of the table owes, for every kind of key: in the database, and on a token."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.signature import signature_length, verify
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.settings import Settings
from jmc_vc.signing.file_signer import FILE_SIGNERS
from jmc_vc.signing.keyring import SIGNERS, KeyNotActive, Keyring, KeyUnusable

NOW = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
KEK = KeyEncryptionKey(bytes(range(32)))
ORDERS = {
    KeyAlgorithm.P256: 2**256 - 2**224 + 2**192 - 89188191075325690597107910205041859247,
    KeyAlgorithm.P384: 2**384 - 1388124618062372383947042015309946732620727252194336364173,
}
"""As FIPS 186 and SEC 2 write them."""

pytestmark = pytest.mark.parametrize(
    ("place", "algorithm"),
    [pytest.param(place, kind, id=f"{place}-{kind}") for place in SIGNERS for kind in FILE_SIGNERS],
)


@pytest.fixture
def keyring(request: pytest.FixtureRequest, place: str) -> Keyring:
    settings: Settings | None = request.getfixturevalue("token_settings") if place == "pkcs11" else None
    return Keyring(KEK, settings=settings)


@pytest.fixture
def key(keyring: Keyring, place: str, algorithm: KeyAlgorithm) -> SigningKey:
    return keyring.generate("hoshimigaoka", "key-2", algorithm, now=NOW, state=KeyState.ACTIVE, place=place)


def test_a_key_signs_from_its_row(keyring: Keyring, key: SigningKey, place: str, algorithm: KeyAlgorithm) -> None:
    assert (key.algorithm, key.signer_uri.partition(":")[0]) == (algorithm, place)
    signer = keyring.signer(key)
    assert signer.public_key == decode_multikey(key.public_key)
    for message in (b"", b"message", b"m" * 100_000):
        signature = signer.sign(message)
        assert len(signature) == signature_length(signer.public_key)
        assert verify(signer.public_key, signature, message)
        assert not verify(signer.public_key, signature, message + b".")


def test_an_ecdsa_signature_has_the_smaller_s(keyring: Keyring, key: SigningKey, algorithm: KeyAlgorithm) -> None:
    signer = keyring.signer(key)
    for number in range(16):  # half of all raw signatures would have the larger one
        signature = signer.sign(b"%d" % number)
        if algorithm in ORDERS:
            half = len(signature) // 2
            assert half == (32 if algorithm is KeyAlgorithm.P256 else 48)
            assert 0 < int.from_bytes(signature[half:]) <= ORDERS[algorithm] // 2


def test_db_06_a_row_that_was_changed_by_hand_signs_nothing(keyring: Keyring, key: SigningKey, place: str) -> None:
    keyring.signer(key)
    another = keyring.generate("aoba", "key-2", key.algorithm, now=NOW, state=KeyState.ACTIVE, place=place)
    other_kind = next(kind for kind in FILE_SIGNERS if kind != key.algorithm)
    for changed in (
        replace(key, owner="aoba"),
        replace(key, kid="key-3"),
        replace(key, algorithm=other_kind.value),
        replace(key, public_key=another.public_key),
        replace(key, sealed_private=another.sealed_private),
        replace(key, sealed_private=b""),
        replace(key, signer_uri="file:" if place == "pkcs11" else "pkcs11:token=jmc;object=x;id=%00"),
        replace(key, signer_uri=another.signer_uri + "x"),
        replace(key, signer_uri=""),
        replace(another, owner=key.owner, kid=key.kid, sealed_private=key.sealed_private),
    ):
        with pytest.raises(KeyUnusable):
            keyring.signer(changed)


def test_db_06_a_retired_key_set_back_to_active_by_hand_signs_nothing(keyring: Keyring, key: SigningKey) -> None:
    retired = keyring.rewrap(key, KeyState.RETIRED)
    with pytest.raises(KeyNotActive):
        keyring.signer(retired)
    with pytest.raises(KeyUnusable):
        keyring.signer(replace(retired, state=KeyState.ACTIVE))


def test_a_key_that_was_moved_on_by_the_keyring_signs_when_it_is_active(
    keyring: Keyring, place: str, algorithm: KeyAlgorithm
) -> None:
    created = keyring.generate("hoshimigaoka", "key-1", algorithm, now=NOW, place=place)
    active = keyring.rewrap(keyring.rewrap(created, KeyState.PUBLISHED), KeyState.ACTIVE)
    assert verify(decode_multikey(created.public_key), keyring.signer(active).sign(b"m"), b"m")


def test_cf_07_another_key_encryption_key_signs_nothing(
    request: pytest.FixtureRequest, key: SigningKey, place: str
) -> None:
    settings = request.getfixturevalue("token_settings") if place == "pkcs11" else None
    with pytest.raises(KeyUnusable):
        Keyring(KeyEncryptionKey(b"x" * 32), settings=settings).signer(key)


def test_a_destroyed_key_is_gone_for_good(keyring: Keyring, key: SigningKey) -> None:
    destroyed = keyring.rewrap(keyring.rewrap(key, KeyState.RETIRED), KeyState.DESTROYED)
    assert destroyed.sealed_private == b""
    keyring.destroy(destroyed)
    keyring.destroy(destroyed)  # after a crash one does it again
    with pytest.raises(KeyUnusable):
        keyring.signer(replace(destroyed, state=KeyState.ACTIVE))


def test_nothing_that_is_shown_tells_what_is_sealed(keyring: Keyring, key: SigningKey) -> None:
    assert "PublicKey" in repr(keyring.signer(key))
    assert key.signer_uri == "file:" or key.signer_uri not in repr(key)
    assert key.signer_uri.encode() not in key.sealed_private
