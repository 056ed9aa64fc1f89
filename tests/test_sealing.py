"""What is sealed opens with its key and its context, or not at all; the key's file is its owner's alone."""

import base64
import os
import resource
import signal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmc_vc.sealing import (
    KekExists,
    KekMissing,
    KekReadableByOthers,
    KekUnreadable,
    KekUnwritable,
    KekWrapped,
    KeyEncryptionKey,
    SealBroken,
    WrongKey,
    seal,
    unseal,
)

KEY = bytes(range(32))
KEK = KeyEncryptionKey(KEY)


@given(plain=st.binary(max_size=300), context=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_what_is_sealed_opens_in_its_context(plain: bytes, context: str) -> None:
    sealed = seal(KEY, plain, context)
    assert unseal(KEY, sealed, context) == plain
    assert KEK.unwrap(KEK.wrap(plain, context), context) == plain
    with pytest.raises(SealBroken):
        unseal(KEY, sealed, context + "x")


def test_a_blob_is_version_nonce_ciphertext_tag() -> None:
    sealed = seal(KEY, b"secret", "award:1", random=lambda size: b"n" * size)
    assert sealed[:13] == b"\x01" + b"n" * 12
    assert len(sealed) == 1 + 12 + 6 + 16


def test_the_same_secret_is_sealed_differently_each_time() -> None:
    assert seal(KEY, b"secret", "award:1") != seal(KEY, b"secret", "award:1")


def test_f_18_no_blob_with_one_changed_byte_opens() -> None:
    sealed = seal(KEY, b"secret", "award:1")
    for position in range(len(sealed)):
        damaged = bytearray(sealed)
        damaged[position] ^= 0x01
        with pytest.raises(SealBroken):
            unseal(KEY, bytes(damaged), "award:1")
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            unseal(KEY, sealed[:length], "award:1")


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SealBroken):
        unseal(bytes(32), seal(KEY, b"secret", "award:1"), "award:1")
    with pytest.raises(SealBroken):
        KeyEncryptionKey(bytes(32)).unwrap(KEK.wrap(b"secret", "award:1"), "award:1")


def test_keys_for_different_purposes_have_nothing_in_common() -> None:
    values = {KEK.check_value, KEK.lookup_hash("api-key", "x"), KEK.api_key_hash("x"), KEY}
    assert len(values) == 4
    with pytest.raises(SealBroken):
        unseal(KEY, KEK.wrap(b"secret", "award:1"), "award:1")  # the KEK itself seals nothing


def test_a_lookup_hash_is_of_its_purpose_and_its_installation() -> None:
    same = KEK.lookup_hash("email", "hanako@example.jp")
    assert same == KeyEncryptionKey(KEY).lookup_hash("email", "hanako@example.jp")
    others = (
        KEK.lookup_hash("did", "hanako@example.jp"),
        KEK.lookup_hash("email", "taro@example.jp"),
        KeyEncryptionKey(bytes(32)).lookup_hash("email", "hanako@example.jp"),
    )
    assert same not in others
    assert len(same) == 32


def test_a_key_shows_nothing_of_itself() -> None:
    shown = f"{KEK!r} {KEK}"
    assert shown == "KeyEncryptionKey() KeyEncryptionKey()"
    assert not hasattr(KEK, "__dict__")


def test_a_new_key_is_in_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "kek"
    created = KeyEncryptionKey.create(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert KeyEncryptionKey.load(file).unwrap(created.wrap(b"secret", "c"), "c") == b"secret"
    file.chmod(0o400)
    assert KeyEncryptionKey.load(file).check_value == created.check_value


def test_a_key_is_made_from_the_randomness_that_is_given(tmp_path: Path) -> None:
    KeyEncryptionKey.create(tmp_path / "kek", random=lambda size: KEY[:size])
    assert (tmp_path / "kek").read_text() == "jmc-vc-kek-1:" + base64.urlsafe_b64encode(KEY).decode().rstrip("=") + "\n"
    assert KeyEncryptionKey.load(tmp_path / "kek").check_value == KEK.check_value


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    first = KeyEncryptionKey.create(tmp_path / "kek")
    with pytest.raises(KekExists):
        KeyEncryptionKey.create(tmp_path / "kek")
    assert KeyEncryptionKey.load(tmp_path / "kek").check_value == first.check_value


def test_a_key_takes_the_place_of_nothing_and_is_made_by_no_token_in_vain(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "file").write_text("mine")
    for path, refusal in (
        (tmp_path / "link", KekExists),
        (tmp_path / "file", KekExists),
        (tmp_path, KekExists),
        (tmp_path / "missing" / "kek", KekUnwritable),
        (tmp_path / "file" / "kek", KekUnwritable),
    ):
        with pytest.raises(refusal):
            KeyEncryptionKey.create(path, wrap=asked_for_nothing)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "link"]
    assert (tmp_path / "file").read_text() == "mine"


def asked_for_nothing(_: bytes) -> bytes:
    raise AssertionError("there is no place for the key")


def test_f_13_a_full_disk_leaves_no_file_that_blocks_the_next_try(tmp_path: Path) -> None:
    """No file of this process may grow, as on a disk without room."""
    child = os.fork()
    if child == 0:
        code = 2
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
            KeyEncryptionKey.create(tmp_path / "kek")
            code = 1
        except KekUnwritable:
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert list(tmp_path.iterdir()) == []
    assert KeyEncryptionKey.create(tmp_path / "kek").check_value


def test_a_key_that_its_token_does_not_wrap_leaves_no_file(tmp_path: Path) -> None:
    def refuse(_: bytes) -> bytes:
        raise KekWrapped

    with pytest.raises(KekWrapped):
        KeyEncryptionKey.create(tmp_path / "kek", wrap=refuse)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o606, 0o700, 0o604])
def test_cf_05_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    KeyEncryptionKey.create(tmp_path / "kek")
    (tmp_path / "kek").chmod(mode)
    with pytest.raises(KekReadableByOthers) as refused:
        KeyEncryptionKey.load(tmp_path / "kek")
    assert refused.value.params == {"file": "kek", "mode": f"{mode:04o}"}


@pytest.mark.parametrize(
    "content",
    [b"", b"jmc-vc-kek-1:", b"jmc-vc-kek-1:" + b"A" * 42, b"jmc-vc-kek-2:" + b"A" * 43, b"A" * 43, b"\xff" * 60,
     b"jmc-vc-kek-1:" + b"A" * 44, b"jmc-vc-kek-1:" + b"A" * 42 + b"+\n", b"jmc-vc-kek-1:" + b"A" * 43 + b"\n\n"],
)  # fmt: skip
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "kek"
    file.touch(mode=0o600)
    file.write_bytes(content)
    with pytest.raises(KekUnreadable):
        KeyEncryptionKey.load(file)


def test_a_missing_key_is_told(tmp_path: Path) -> None:
    with pytest.raises(KekMissing):
        KeyEncryptionKey.load(tmp_path / "kek")
    with pytest.raises(KekMissing):
        KeyEncryptionKey.load(tmp_path)
    with pytest.raises(KekUnreadable):
        KeyEncryptionKey(b"short")


def test_cf_07_a_key_of_another_database_makes_nothing_that_could_be_stored() -> None:
    wrong = KeyEncryptionKey(bytes(32))
    assert not wrong.hold_against(KEK.check_value)
    with pytest.raises(WrongKey):
        wrong.wrap(b"secret", "c")
    with pytest.raises(WrongKey):
        wrong.lookup_hash("email", "x")
    with pytest.raises(WrongKey):
        wrong.api_key_hash("x")
    with pytest.raises(SealBroken):
        wrong.unwrap(KEK.wrap(b"secret", "c"), "c")
    assert wrong.hold_against(wrong.check_value)
    assert wrong.unwrap(wrong.wrap(b"secret", "c"), "c") == b"secret"


def test_a_key_that_follows_another_hashes_as_that_one_did() -> None:
    first, second, third = (KeyEncryptionKey(bytes([number]) * 32) for number in (1, 2, 3))
    expected = first.lookup_hash("email", "a@example.jp"), first.api_key_hash("secret")
    assert second.lookup_hash("email", "a@example.jp") != expected[0]
    assert second.hold_against(second.check_value, first.hand_on_hash_keys(second))
    assert third.hold_against(third.check_value, second.hand_on_hash_keys(third))
    for kek in (second, third):
        assert (kek.lookup_hash("email", "a@example.jp"), kek.api_key_hash("secret")) == expected


def test_what_was_handed_on_to_one_key_opens_with_no_other() -> None:
    first, second, third = (KeyEncryptionKey(bytes([number]) * 32) for number in (1, 2, 3))
    with pytest.raises(SealBroken):
        third.hold_against(third.check_value, first.hand_on_hash_keys(second))
    assert not third.hold_against(second.check_value, first.hand_on_hash_keys(second))
