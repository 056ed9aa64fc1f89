"""The key-encryption key under a key on a token: made, opened, and not opened."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jmc_vc import settings
from jmc_vc.errors import Unavailable
from jmc_vc.formats.encoding import base64url
from jmc_vc.sealing import KekExists, KekMissing, KekReadableByOthers, KekUnreadable, KekWrapped, KeyEncryptionKey
from jmc_vc.settings import Settings
from jmc_vc.signing.pkcs11_kek import create_kek, load_kek
from jmc_vc.signing.pkcs11_signer import TokenKeyMissing
from jmc_vc.signing.signer import SignerUnavailable
from tests.simulators.softhsm import SoftHsm

_FORM = "jmc-vc-kek-pkcs11-1:"


def _at(softhsm: SoftHsm, kek: Path, **changes: str) -> Settings:
    return settings.load({**softhsm.settings(), "JMC_VC_KEK_ON_TOKEN": "true", "JMC_VC_KEK_FILE": str(kek), **changes})


def test_a_new_key_is_opened_by_the_token_alone(softhsm: SoftHsm, tmp_path: Path) -> None:
    file, secret = tmp_path / "kek", bytes(range(32))
    given = _at(softhsm, file)
    made = create_kek(file, given, lambda size: secret[:size])
    assert (file.stat().st_mode & 0o777, file.read_text()[: len(_FORM)]) == (0o600, _FORM)
    assert secret not in base64url.decode(file.read_text().removeprefix(_FORM).strip())
    assert load_kek(given).check_value == made.check_value == KeyEncryptionKey(secret).check_value
    with pytest.raises(KekWrapped):
        KeyEncryptionKey.load(file)
    with pytest.raises(KekExists):
        create_kek(file, given)


def test_two_files_have_two_keys_on_the_token(softhsm: SoftHsm, tmp_path: Path) -> None:
    for name in ("one", "two"):
        made = create_kek(tmp_path / name, _at(softhsm, tmp_path / name))
        assert load_kek(_at(softhsm, tmp_path / name)).check_value == made.check_value
    assert (tmp_path / "one").read_text()[20:31] != (tmp_path / "two").read_text()[20:31]


def test_a_plain_file_goes_on_working_beside_a_token(softhsm: SoftHsm, tmp_path: Path) -> None:
    made = create_kek(tmp_path / "kek", _at(softhsm, tmp_path / "kek", JMC_VC_KEK_ON_TOKEN="false"))
    assert KeyEncryptionKey.load(tmp_path / "kek").check_value == made.check_value
    assert load_kek(_at(softhsm, tmp_path / "kek")).check_value == made.check_value


def test_cf_05_a_wrapped_key_that_others_can_read_is_refused_all_the_same(softhsm: SoftHsm, tmp_path: Path) -> None:
    file = tmp_path / "kek"
    create_kek(file, _at(softhsm, file))
    file.chmod(0o644)
    with pytest.raises(KekReadableByOthers):
        load_kek(_at(softhsm, file))


def _flip(position: int) -> Callable[[bytes], bytes]:
    return lambda raw: raw[:position] + bytes([raw[position] ^ 1]) + raw[position + 1 :]


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        pytest.param(_flip(0), TokenKeyMissing, id="another-key"),
        pytest.param(_flip(8), KekUnreadable, id="nonce"),
        pytest.param(_flip(20), KekUnreadable, id="ciphertext"),
        pytest.param(_flip(67), KekUnreadable, id="tag"),
        pytest.param(lambda raw: raw[:-1], KekUnreadable, id="short"),
        pytest.param(lambda raw: raw + b"\0", KekUnreadable, id="long"),
    ],
)
def test_a_damaged_file_opens_nothing(
    softhsm: SoftHsm, tmp_path: Path, spoil: Callable[[bytes], bytes], kind: type[Unavailable]
) -> None:
    file = tmp_path / "kek"
    create_kek(file, _at(softhsm, file))
    raw = base64url.decode(file.read_text().removeprefix(_FORM).strip())
    file.write_text(_FORM + base64url.encode(spoil(raw)) + "\n")
    with pytest.raises(kind):
        load_kek(_at(softhsm, file))


def test_without_the_token_nothing_starts_and_nothing_is_written(softhsm: SoftHsm, tmp_path: Path) -> None:
    file = tmp_path / "kek"
    with pytest.raises(SignerUnavailable):
        create_kek(file, _at(softhsm, file, JMC_VC_PKCS11_TOKEN="nobody"))
    with pytest.raises(KekMissing):
        load_kek(_at(softhsm, file))
    create_kek(file, _at(softhsm, file))
    with pytest.raises(SignerUnavailable):
        load_kek(_at(softhsm, file, JMC_VC_PKCS11_TOKEN="nobody"))
