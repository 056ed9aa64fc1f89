"""Keys on a token that is shared, slow, gone, back, or does not know us."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from pkcs11 import Attribute, ObjectClass
from pkcs11.exceptions import DeviceError

from jmc_vc import settings as settings_module
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.errors import Unavailable
from jmc_vc.formats.signature import verify
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.settings import Settings
from jmc_vc.signing.keyring import Keyring, KeyUnusable
from jmc_vc.signing.pkcs11_signer import TokenKeyMissing
from jmc_vc.signing.pkcs11_token import (
    LibraryUnusable,
    OpenToken,
    PinMissing,
    PinReadableByOthers,
    PinRefused,
    PinUnreadable,
    SignerNotConfigured,
    TokenAccess,
    read_pin,
)
from jmc_vc.signing.pkcs11_uri import TokenUri
from jmc_vc.signing.signer import SignerUnavailable
from tests.simulators.softhsm import PIN, SoftHsm

NOW = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
KEK = KeyEncryptionKey(bytes(range(32)))


@pytest.fixture
def keyring(token_settings: Settings) -> Keyring:
    return Keyring(KEK, settings=token_settings)


@pytest.fixture
def key(keyring: Keyring) -> SigningKey:
    return keyring.generate("hoshimigaoka", "key-1", "P-256", now=NOW, state=KeyState.ACTIVE, place="pkcs11")


def _on(token: str, softhsm: SoftHsm, **changes: str) -> Keyring:
    return Keyring(KEK, settings=settings_module.load({**softhsm.settings(token), **changes}))


def test_a_private_key_cannot_leave_the_token(token_settings: Settings, key: SigningKey) -> None:
    def look(opened: OpenToken) -> dict[Attribute, object]:
        uri = TokenUri.parse(key.signer_uri)
        (found,) = opened.session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: uri.id})
        names = [Attribute.SENSITIVE, Attribute.EXTRACTABLE, Attribute.NEVER_EXTRACTABLE, Attribute.LOCAL]
        names += [Attribute.SIGN, Attribute.DECRYPT, Attribute.UNWRAP, Attribute.DERIVE, Attribute.PRIVATE]
        return {name: found[name] for name in names}

    yes = {Attribute.SENSITIVE, Attribute.NEVER_EXTRACTABLE, Attribute.LOCAL, Attribute.SIGN, Attribute.PRIVATE}
    seen = TokenAccess.of(token_settings).run("jmc", look)
    assert {name for name, value in seen.items() if value} == yes


@pytest.mark.parametrize("content", [None, b"", b"no library"], ids=["missing", "empty", "something else"])
def test_what_is_no_library_is_not_taken_for_a_token_that_is_away(content: bytes | None, tmp_path: Path) -> None:
    module, pin = tmp_path / "lib.so", tmp_path / "pin"
    if content is not None:
        module.write_bytes(content)
    pin.touch(mode=0o600)
    pin.write_text("1234")
    names = {"PKCS11_MODULE": module, "PKCS11_PIN_FILE": pin, "PKCS11_TOKEN": "jmc"}
    keyring = Keyring(KEK, settings=settings_module.load({f"JMC_VC_{name}": str(at) for name, at in names.items()}))
    for _ in range(2):
        with pytest.raises(LibraryUnusable) as refused:
            keyring.generate("aoba", "key-1", now=NOW, place="pkcs11")
        assert refused.value.params == {"file": "lib.so"}


def test_many_threads_sign_at_once(keyring: Keyring, key: SigningKey) -> None:
    other = keyring.generate("aoba", "key-1", "Ed25519", now=NOW, state=KeyState.ACTIVE, place="pkcs11")
    keys = [key, other]

    def sign(number: int) -> bool:
        signer, message = keyring.signer(keys[number % 2]), b"%d" % number
        return verify(signer.public_key, signer.sign(message), message)

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(sign, range(320)))


def test_a_token_that_is_gone_is_told_and_used_again_when_it_is_back(
    softhsm: SoftHsm, keyring: Keyring, key: SigningKey, pauses: list[float]
) -> None:
    signer = keyring.signer(key)
    signer.sign(b"before")
    softhsm.remove_tokens()
    try:
        for _ in range(3):
            with pytest.raises(SignerUnavailable) as caught:
                signer.sign(b"gone")
            assert caught.value.params == {"token": "jmc"}
    finally:
        softhsm.bring_tokens_back()
    with pytest.raises(SignerUnavailable):
        signer.sign(b"too early")  # a hundred callers make no hundred tries
    pauses[0] += 2
    assert verify(signer.public_key, signer.sign(b"back"), b"back")
    assert verify(signer.public_key, keyring.signer(key).sign(b"back"), b"back")


def test_a_token_that_opens_and_always_fails_is_not_opened_for_each_call(
    token_settings: Settings, pauses: list[float]
) -> None:
    access = TokenAccess.of(token_settings)
    access.run("jmc", lambda _: None)
    tries = []

    def fail(_: OpenToken) -> None:
        tries.append(1)
        raise DeviceError

    for _ in range(10):
        with pytest.raises(SignerUnavailable):
            access.run("jmc", fail)
    assert len(tries) == 2  # in the session that was open, and in a new one
    pauses[0] += 2
    access.run("jmc", lambda _: None)


def test_a_token_that_hangs_keeps_nobody(token_settings: Settings, key: SigningKey, keyring: Keyring) -> None:
    signer, access = keyring.signer(key), TokenAccess.of(token_settings)
    begun, released = Event(), Event()

    def hang(_: OpenToken) -> None:
        begun.set()
        assert released.wait(30)

    with pytest.raises(SignerUnavailable):
        access.run("jmc", hang, seconds=1)
    assert begun.is_set()
    with pytest.raises(SignerUnavailable):
        signer.sign(b"not queued behind it")
    released.set()
    # Whoever comes first after it may still find it ending; from then on the thread is free.
    while True:
        try:
            signature = signer.sign(b"m")
        except SignerUnavailable:
            continue
        break
    assert verify(signer.public_key, signature, b"m")


def test_who_gave_up_waiting_signs_nothing_later(token_settings: Settings) -> None:
    access, begun, released, late = TokenAccess.of(token_settings), Event(), Event(), Event()

    def work(_: OpenToken) -> None:
        begun.set()
        assert released.wait(30)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(access.run, "jmc", work, 60)
        assert begun.wait(30)
        with pytest.raises(SignerUnavailable):
            access.run("jmc", lambda _: late.set(), seconds=0)
        released.set()
        first.result()
    access.run("jmc", lambda _: None)  # it would stand behind the one that was given up
    assert not late.is_set()


def test_a_key_that_is_not_on_the_token_any_more_is_told(softhsm: SoftHsm, keyring: Keyring, key: SigningKey) -> None:
    signer = keyring.signer(key)
    keyring.destroy(key)
    with pytest.raises(TokenKeyMissing):
        signer.sign(b"m")
    with pytest.raises(TokenKeyMissing):
        _on("jmc", softhsm).signer(key)


def test_the_same_name_on_a_token_twice_is_two_keys(keyring: Keyring, key: SigningKey) -> None:
    same = keyring.generate("hoshimigaoka", "key-1", "P-256", now=NOW, state=KeyState.ACTIVE, place="pkcs11")
    assert keyring.signer(same).public_key != keyring.signer(key).public_key


def test_a_public_key_that_is_not_the_rows_signs_nothing(keyring: Keyring, key: SigningKey) -> None:
    """The row says one key, the address that was sealed with it another."""
    other = keyring.generate("hoshimigaoka", "key-1", "P-256", now=NOW, state=KeyState.ACTIVE, place="pkcs11")
    with pytest.raises(KeyUnusable):
        keyring.signer(replace(other, public_key=key.public_key))


def test_a_wrong_pin_is_told_and_tried_once(
    softhsm: SoftHsm, tmp_path: Path, keyring: Keyring, key: SigningKey
) -> None:
    pin = tmp_path / "pin"
    pin.touch(0o600)
    pin.write_text("wrong\n")
    wrong = _on("spare", softhsm, JMC_VC_PKCS11_PIN_FILE=str(pin))
    with pytest.raises(PinRefused):
        wrong.generate("aoba", "key-1", now=NOW, place="pkcs11")
    pin.write_text(PIN)
    with pytest.raises(PinRefused):  # not before a restart
        wrong.generate("aoba", "key-1", now=NOW, place="pkcs11")
    assert keyring.signer(key).sign(b"the other token")


def test_a_token_that_is_not_there_is_told(softhsm: SoftHsm) -> None:
    with pytest.raises(SignerUnavailable):
        _on("nobody", softhsm).generate("aoba", "key-1", now=NOW, place="pkcs11")


def test_without_settings_no_key_is_made_on_a_token(softhsm: SoftHsm, key: SigningKey) -> None:
    with pytest.raises(SignerNotConfigured):
        Keyring(KEK).generate("aoba", "key-1", now=NOW, place="pkcs11")
    with pytest.raises(SignerNotConfigured):
        Keyring(KEK).signer(key)
    with pytest.raises(SignerNotConfigured):
        _on("", softhsm).generate("aoba", "key-1", now=NOW, place="pkcs11")
    assert _on("", softhsm).signer(key).sign(b"the row says which token")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o700, 0o777])
def test_cf_05_a_pin_file_that_others_can_read_is_refused_at_the_start(tmp_path: Path, mode: int) -> None:
    pin = tmp_path / "pin"
    pin.write_text(PIN)
    pin.chmod(mode)
    given = settings_module.load({"JMC_VC_PKCS11_MODULE": "/lib/x.so", "JMC_VC_PKCS11_PIN_FILE": str(pin)})
    with pytest.raises(PinReadableByOthers) as caught:
        Keyring(KEK, settings=given)
    assert caught.value.params == {"file": "pin", "mode": f"{mode:04o}"}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"", PinUnreadable, id="empty"),
        pytest.param(b"\n", PinUnreadable, id="an-empty-line"),
        pytest.param(b"1234\n5678\n", PinUnreadable, id="two-lines"),
        pytest.param(b"1234\r\n", PinUnreadable, id="a-carriage-return"),
        pytest.param(b"12\x0034", PinUnreadable, id="nul"),
        pytest.param(b"\xff\xfe", PinUnreadable, id="not-utf-8"),
        pytest.param(b"1" * 300, PinUnreadable, id="too-long"),
        pytest.param(None, PinMissing, id="none"),
    ],
)
def test_a_pin_file_holds_one_line(tmp_path: Path, content: bytes | None, kind: type[Unavailable]) -> None:
    pin = tmp_path / "pin"
    if content is not None:
        pin.touch(0o400)
        pin.write_bytes(content)
    with pytest.raises(kind) as caught:
        read_pin(pin)
    assert "1234" not in str(caught.value.params)


def test_a_pin_is_read_with_or_without_a_line_break(tmp_path: Path) -> None:
    pin = tmp_path / "pin"
    pin.touch(0o600)
    for content in ("12 34", "12 34\n"):
        pin.write_text(content)
        assert read_pin(pin) == "12 34"
