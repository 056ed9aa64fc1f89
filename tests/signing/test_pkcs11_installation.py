"""A whole installation with its keys on a token: from `init` to a credential that verifies."""

from pathlib import Path
from typing import Any

import pytest

from jmc_vc import bootstrap, settings
from jmc_vc.domain.issuing_settings import IssuingProfile, JwtAlgorithm
from jmc_vc.domain.signing_key import KEYS_CACHED, SigningKey
from jmc_vc.formats.encoding import base64url
from jmc_vc.sealing import KekWrapped, KeyEncryptionKey
from jmc_vc.signing.pkcs11_kek import create_kek
from jmc_vc.signing.signer import SignerUnavailable
from tests.builders.installation import OPERATOR, Installation, award, make_installation
from tests.simulators.softhsm import SoftHsm


def _on_token(made: Installation, algorithm: str) -> SigningKey:
    """The issuer of the example program signs with a new key on the token, as an administrator brings it there."""
    service, owner = made.service, "hoshimigaoka"
    staged = service.stage_key(owner, algorithm, place="pkcs11", actor=OPERATOR, now=made.now)
    service.publish_key(owner, staged.kid, actor=OPERATOR, now=made.now)
    made.clock.move(seconds=KEYS_CACHED.total_seconds())
    service.activate_key(owner, staged.kid, actor=OPERATOR, now=made.now)
    made.clock.move(seconds=KEYS_CACHED.total_seconds())
    return staged


PROFILES: dict[str, dict[str, Any]] = {
    "P-256": {"profile": IssuingProfile.DATA_INTEGRITY_ECDSA},
    "RSA": {"profile": IssuingProfile.VC_JWT, "jwt_algorithm": JwtAlgorithm.RS256},
}


@pytest.mark.parametrize("algorithm", ["Ed25519", "P-256", "RSA"])
def test_what_a_key_on_the_token_signs_verifies(softhsm: SoftHsm, tmp_path: Path, algorithm: str) -> None:
    """The key-encryption key, too, is on the token: from `init` on nothing plain is in any file."""
    kek = tmp_path / "kek"
    on_token = {**softhsm.settings(), "JMC_VC_KEK_ON_TOKEN": "true", "JMC_VC_KEK_FILE": str(kek)}
    made = make_installation(tmp_path / "data", environment=on_token)
    assert made.service.kek_matches
    with pytest.raises(KekWrapped):
        KeyEncryptionKey.load(kek)
    key = _on_token(made, algorithm)
    assert key.signer_uri.startswith("pkcs11:token=jmc;object=hoshimigaoka:key-2;id=%")
    if algorithm in PROFILES:
        assert made.set_issuing(**PROFILES[algorithm]).keys == ()
    issued = made.issue()
    assert made.verify(issued.body).verdict == "valid"
    header = base64url.decode(issued.body.split(b".")[0].decode()) if algorithm == "RSA" else issued.body
    assert key.kid.encode() in header
    made.service.database.close()


def test_an_installation_goes_under_a_key_on_the_token(softhsm: SoftHsm, tmp_path: Path) -> None:
    made = make_installation(tmp_path / "data", environment=softhsm.settings())
    issued, wrapped = made.issue(), tmp_path / "wrapped"
    new = create_kek(wrapped, made.service.settings.model_copy(update={"kek_on_token": True}))
    made.service.rotate_kek(new, reason="to the token", actor=OPERATOR, now=made.now)
    made.service.database.close()
    (tmp_path / "data" / "kek").unlink()
    moved = {**softhsm.settings(), "JMC_VC_KEK_FILE": str(wrapped), "JMC_VC_DATA_DIR": str(tmp_path / "data")}
    service = bootstrap.build(settings.load(moved), clock=made.clock)
    again = Installation(service=service, clock=made.clock, api_keys=made.api_keys)
    assert service.kek_matches
    service.fetch_credential(issued.credential.uuid, now=made.now)  # what the old key sealed opens
    assert again.verify(again.issue(award(retake=True)).body).verdict == "valid"
    service.database.close()


def test_while_the_token_is_away_nothing_is_issued_and_everything_verifies(
    softhsm: SoftHsm, tmp_path: Path, pauses: list[float]
) -> None:
    made = make_installation(tmp_path / "data", environment=softhsm.settings())
    _on_token(made, "Ed25519")
    issued = made.issue()
    softhsm.remove_tokens()
    try:
        for _ in range(2):
            with pytest.raises(SignerUnavailable):
                made.issue(award(retake=True), key="again")
        assert made.verify(issued.body).verdict == "valid"
    finally:
        softhsm.bring_tokens_back()
    pauses[0] += 2
    assert made.verify(made.issue(award(retake=True), key="again").body).verdict == "valid"
    made.service.database.close()
