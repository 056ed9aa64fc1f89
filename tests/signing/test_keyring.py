"""A key signs in its own row, in its own state, and only when it is active."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from os import urandom
from threading import Event

import pytest
from nacl.signing import VerifyKey

from jmc_vc.domain.signing_key import JMC, KeyState, SigningKey
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.signature import verify
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.settings import Settings
from jmc_vc.signing import keyring as module
from jmc_vc.signing.file_signer import FILE_SIGNERS, FileKeys, NotASecret, file_signer, new_secret
from jmc_vc.signing.keyring import KeyNotActive, Keyring, KeyUnusable
from jmc_vc.signing.signer import Signer

NOW = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
KEK = KeyEncryptionKey(bytes(range(32)))


@pytest.fixture
def keyring() -> Keyring:
    return Keyring(KEK)


@pytest.fixture
def key(keyring: Keyring) -> SigningKey:
    return keyring.generate("hoshimigaoka", "key-1", now=NOW, state=KeyState.ACTIVE)


def test_what_a_key_signs_verifies_with_the_public_key_of_its_row(keyring: Keyring, key: SigningKey) -> None:
    signer = keyring.signer(key)
    signature = signer.sign(b"message")
    assert signer.public_key == decode_multikey(key.public_key)
    VerifyKey(signer.public_key.raw).verify(b"message", signature)
    assert len(signature) == 64


def test_a_key_is_made_from_the_randomness_that_is_given() -> None:
    # RFC 8032 §7.1, test 1
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    keyring = Keyring(KEK, random=lambda size: seed[:size])
    key = keyring.generate(JMC, "key-1", now=NOW, state=KeyState.ACTIVE)
    signer = keyring.signer(key)
    assert signer.public_key.raw.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert signer.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2465514"
        "1438e7a100b"
    )


def test_a_new_key_is_created_and_not_yet_active(keyring: Keyring) -> None:
    key = keyring.generate("hoshimigaoka", "key-1", now=NOW)
    assert (key.state, key.active_from, key.created_at, key.signer_uri) == (KeyState.CREATED, None, NOW, "file:")
    assert key.algorithm == "Ed25519"
    active = keyring.generate("hoshimigaoka", "key-2", now=NOW, state=KeyState.ACTIVE)
    assert active.active_from == NOW
    assert active.public_key != key.public_key


def test_a_key_of_an_algorithm_without_a_signer_is_not_made(keyring: Keyring) -> None:
    with pytest.raises(KeyUnusable):
        keyring.generate("hoshimigaoka", "key-1", "P-521", now=NOW)


@pytest.mark.parametrize("state", [state for state in KeyState if state is not KeyState.ACTIVE])
def test_only_an_active_key_signs(keyring: Keyring, key: SigningKey, state: KeyState) -> None:
    with pytest.raises(KeyNotActive):
        keyring.signer(keyring.rewrap(key, state))


def test_a_key_that_was_rewrapped_signs_when_it_is_active_again(keyring: Keyring) -> None:
    created = keyring.generate("hoshimigaoka", "key-1", now=NOW)
    published = keyring.rewrap(created, KeyState.PUBLISHED)
    active = keyring.rewrap(published, KeyState.ACTIVE)
    assert keyring.signer(active).public_key == decode_multikey(created.public_key)


@pytest.mark.parametrize(
    "change",
    [
        {"owner": "aoba"},
        {"kid": "key-2"},
        {"algorithm": "P-256"},
        {"signer_uri": "pkcs11:token=x"},
        {"signer_uri": ""},
        {"sealed_private": b""},
        {"public_key": Keyring(KEK).generate("aoba", "key-1", now=NOW).public_key},
    ],
)
@pytest.mark.parametrize("known", [False, True])
def test_db_06_a_row_with_one_changed_column_signs_nothing(
    keyring: Keyring, key: SigningKey, change: dict[str, str], known: bool
) -> None:
    if known:
        keyring.signer(key)  # that the true row is open helps nobody
    with pytest.raises(KeyUnusable):
        keyring.signer(replace(key, **change))  # type: ignore[arg-type]


def test_db_06_a_retired_key_set_back_to_active_by_hand_signs_nothing(keyring: Keyring, key: SigningKey) -> None:
    keyring.signer(key)
    retired = keyring.rewrap(key, KeyState.RETIRED)
    with pytest.raises(KeyUnusable):
        keyring.signer(replace(retired, state=KeyState.ACTIVE))


def test_f_18_a_damaged_ciphertext_signs_nothing_and_harms_no_other_key(keyring: Keyring, key: SigningKey) -> None:
    other = keyring.generate("aoba", "key-1", now=NOW, state=KeyState.ACTIVE)
    for position in range(len(key.sealed_private)):
        damaged = bytearray(key.sealed_private)
        damaged[position] ^= 0x80
        with pytest.raises(KeyUnusable):
            keyring.signer(replace(key, sealed_private=bytes(damaged)))
    assert len(keyring.signer(other).sign(b"message")) == 64


def test_cf_07_another_key_encryption_key_signs_nothing(key: SigningKey) -> None:
    other = Keyring(KeyEncryptionKey(b"x" * 32))
    with pytest.raises(KeyUnusable):
        other.signer(key)
    with pytest.raises(KeyUnusable):
        other.rewrap(key, KeyState.RETIRED)


def test_a_destroyed_key_has_no_private_part_and_gets_none_back(keyring: Keyring, key: SigningKey) -> None:
    destroyed = keyring.rewrap(keyring.rewrap(key, KeyState.RETIRED), KeyState.DESTROYED)
    assert destroyed.sealed_private == b""
    compromised = keyring.rewrap(destroyed, KeyState.COMPROMISED)
    assert (compromised.state, compromised.sealed_private) == (KeyState.COMPROMISED, b"")


def test_an_open_key_is_not_unsealed_again_and_not_all_stay_open(
    keyring: Keyring, key: SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_OPEN_KEYS", 2)
    first = keyring.signer(key)
    assert keyring.signer(key) is first
    for number in range(2, 4):
        keyring.signer(keyring.generate("aoba", f"key-{number}", now=NOW, state=KeyState.ACTIVE))
    assert len(keyring._open) == 2
    assert keyring.signer(key) is not first


def test_nothing_that_is_shown_tells_the_private_key(keyring: Keyring, key: SigningKey) -> None:
    signer = keyring.signer(key)
    secret = bytes(signer._key)  # type: ignore[attr-defined]  # what must not be seen
    for shown in (repr(signer), repr(key), str(signer.public_key)):
        assert secret.hex() not in shown
        assert repr(secret)[2:-1] not in shown
    assert secret not in key.sealed_private


@pytest.mark.parametrize("algorithm", FILE_SIGNERS)
@pytest.mark.parametrize("secret", [b"", b"0" * 31, b"\x30\x00", b"x" * 500])
def test_bytes_that_are_no_secret_become_no_signer(algorithm: KeyAlgorithm, secret: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - libsodium's own for a seed, ours for the rest
        file_signer(algorithm, secret)


@pytest.mark.parametrize(
    ("one", "other"), list(itertools.permutations([KeyAlgorithm.P256, KeyAlgorithm.P384, KeyAlgorithm.RSA], 2))
)
def test_the_secret_of_one_kind_makes_no_signer_of_another(one: KeyAlgorithm, other: KeyAlgorithm) -> None:
    with pytest.raises(NotASecret):
        file_signer(KeyAlgorithm(other), new_secret(KeyAlgorithm(one), urandom))


@pytest.mark.parametrize("algorithm", [KeyAlgorithm.P256, KeyAlgorithm.P384])
def test_an_ecdsa_signature_is_the_same_each_time(algorithm: KeyAlgorithm) -> None:
    """RFC 6979 needs no chance."""
    signer = file_signer(algorithm, new_secret(algorithm, lambda size: b"\x01" * size))
    assert signer.sign(b"m") == signer.sign(b"m") != signer.sign(b"n")


def test_a_p_256_signature_is_that_of_rfc_6979() -> None:
    # §A.2.5, SHA-256, message "sample": its s is the larger twin, so ours is n − s.
    x = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
    # The scalar is c mod (n − 1) + 1 of 40 bytes of chance.
    signer = file_signer(KeyAlgorithm.P256, new_secret(KeyAlgorithm.P256, (x - 1).to_bytes))
    n = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    s = 0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8
    signature = signer.sign(b"sample")
    assert signature[:32].hex() == "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
    assert int.from_bytes(signature[32:]) == min(s, n - s)


@pytest.mark.parametrize("algorithm", [KeyAlgorithm.P256, KeyAlgorithm.P384])
@pytest.mark.parametrize("byte", [b"\x00", b"\xff"])
def test_whatever_chance_gives_the_key_is_on_the_curve(algorithm: KeyAlgorithm, byte: bytes) -> None:
    signer = file_signer(algorithm, new_secret(algorithm, lambda size: byte * size))
    assert verify(signer.public_key, signer.sign(b"m"), b"m")


def test_who_signs_with_an_open_key_does_not_wait_for_one_that_is_being_opened(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, other = (keyring.generate("aoba", f"key-{n}", now=NOW, state=KeyState.ACTIVE) for n in (1, 2))
    keyring.signer(known)
    opening, opened = Event(), Event()

    class Slow(FileKeys):
        def signer(self, algorithm: KeyAlgorithm, uri: str, bound: bytes) -> Signer:
            opening.set()
            assert opened.wait(30)
            return super().signer(algorithm, uri, bound)

    monkeypatch.setitem(keyring._places, "file", Slow(Settings()))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(keyring.signer, other)
        assert opening.wait(30)
        assert keyring.signer(known).public_key == decode_multikey(known.public_key)
        opened.set()
        assert waiting.result().public_key == decode_multikey(other.public_key)
