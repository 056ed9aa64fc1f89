"""A software token for this folder's tests."""

import os
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from jmc_vc import settings
from jmc_vc.settings import Settings
from jmc_vc.signing import pkcs11_token
from tests.parts import require
from tests.simulators.softhsm import SoftHsm


@pytest.fixture(scope="session")
def softhsm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftHsm]:
    """Two tokens: `jmc` to work with, `spare` for a test that spoils it."""
    made = SoftHsm(require("softhsm"), Path(tmp_path_factory.mktemp("softhsm")))
    made.start()
    made.new_token("jmc")
    made.new_token("spare")
    yield made
    os.environ.pop("SOFTHSM2_CONF")


@pytest.fixture
def token_settings(softhsm: SoftHsm) -> Settings:
    """The settings of an installation that uses the token `jmc`."""
    return settings.load(softhsm.settings())


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The monotonic clock, which a test moves: `pauses[0] += 2`."""
    now = [monotonic()]  # what a token was told to wait for ends for later tests too
    monkeypatch.setattr(pkcs11_token, "monotonic", lambda: now[0])
    return now
