"""Opening an installation: what must not have changed, and what still works with the wrong key."""

from dataclasses import replace
from pathlib import Path

import pytest

from jmc_vc import bootstrap, settings
from jmc_vc.errors import Error
from jmc_vc.installation import initialize
from jmc_vc.issuing.command import Command
from jmc_vc.issuing.request import read_request
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.sentences import sentence
from jmc_vc.signing.keyring import Keyring
from tests.builders.installation import OPERATOR, Clock, award, encode, make_installation


def environment(folder: Path, **changes: str) -> dict[str, str]:
    return {"JMC_VC_DATA_DIR": str(folder), **changes}


def test_a_database_that_was_not_made_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(Error, match=r"config\.not_initialized"):
        bootstrap.build(settings.load(environment(tmp_path)), clock=Clock())


def test_an_installation_is_made_once(tmp_path: Path) -> None:
    make_installation(tmp_path).service.database.close()
    before = (tmp_path / "kek").read_bytes()
    with pytest.raises(Error, match=r"config\.already_initialized"):
        initialize(settings.load(environment(tmp_path)), clock=Clock())
    assert (tmp_path / "kek").read_bytes() == before
    assert (tmp_path / "kek").stat().st_mode & 0o777 == 0o600


def test_a_lost_key_is_not_replaced_by_a_second_init(tmp_path: Path) -> None:
    make_installation(tmp_path).service.database.close()
    (tmp_path / "kek").unlink()
    with pytest.raises(Error, match=r"config\.already_initialized"):
        initialize(settings.load(environment(tmp_path)), clock=Clock())
    assert not (tmp_path / "kek").exists()


@pytest.mark.parametrize(
    ("changes", "code", "stored"),
    [
        ({"JMC_VC_BASE_URL": "https://other.example.com"}, "config.identity_changed", "http://localhost:8000"),
        (
            {"JMC_VC_NAMESPACE": "https://ns.other.example/mc/v1"},
            "config.namespace_changed",
            "https://ns.jmc.example/mc/v1",
        ),
    ],
)
def test_another_identity_than_the_databases_is_refused(
    tmp_path: Path, changes: dict[str, str], code: str, stored: str
) -> None:
    make_installation(tmp_path).service.database.close()
    with pytest.raises(Error) as refused:
        bootstrap.build(settings.load(environment(tmp_path, **changes)), clock=Clock())
    assert refused.value.code == code
    assert refused.value.params["stored"] == stored
    assert stored in sentence(code, **refused.value.params).ja


def test_with_the_wrong_key_verifying_works_and_nothing_is_signed(tmp_path: Path) -> None:  # CF-07
    made = make_installation(tmp_path)
    issued, actor = made.issue(), made.actor()
    made.service.database.close()
    (tmp_path / "kek").unlink()
    KeyEncryptionKey.create(tmp_path / "kek")
    service = bootstrap.build(settings.load(environment(tmp_path)), clock=Clock())
    assert not service.kek_matches
    assert service.verify(issued.body, now=made.now).verdict == "valid"
    with pytest.raises(Error, match=r"auth\.keys_unreadable"):
        service.authenticate(made.api_keys["hoshimigaoka"], now=made.now)
    (hoshimigaoka,) = service.list_issuers()
    aoba = replace(hoshimigaoka, slug="aoba", number="JMC-I-90002")
    with pytest.raises(Error, match=r"seal\.wrong_key"):
        service.register_issuer(aoba, actor=OPERATOR, now=made.now)
    with pytest.raises(Error, match=r"seal\.wrong_key"):
        service.mint_api_key("hoshimigaoka", label="x", actor=OPERATOR, now=made.now)
    with pytest.raises(Error, match=r"seal\.wrong_key"):
        Keyring(service.kek).generate("hoshimigaoka", "key-2", now=made.now)
    with pytest.raises(Error, match=r"seal\.wrong_key"):
        service.rotate_key("hoshimigaoka", immediate=True, actor=OPERATOR, now=made.now)
    command = Command(request=read_request(encode(award())), actor=actor, idempotency_key="k")
    (refused,) = service.issue([command], now=made.now)
    assert isinstance(refused, Error)
    assert refused.code == "seal.wrong_key"
    assert service.list_issuers() == (hoshimigaoka,)
    service.database.close()


def test_a_second_start_opens_the_same_installation(tmp_path: Path) -> None:
    made = make_installation(tmp_path)
    issued = made.issue(key="k")
    made.service.database.close()
    again = bootstrap.build(settings.load(environment(tmp_path)), clock=Clock())
    assert again.fetch_credential(issued.credential.uuid, now=made.now).body == issued.body
    assert again.authenticate(made.api_keys["hoshimigaoka"], now=made.now).issuer == "hoshimigaoka"
    again.database.close()
