"""What the process that reads a stranger's bytes can do: compute."""

import ast
import platform
from collections.abc import Iterator

import pytest

from jmc_vc.isolation.confinement import _MACHINES
from jmc_vc.isolation.pool import Pool
from jmc_vc.isolation.worker import Fate
from tests.isolation.misbehaving import ATTEMPTS

REFUSED = {"OSError", "PermissionError", "ValueError"}
HARMLESS = {"know the environment", "what is open"}


@pytest.fixture(scope="module")
def confined() -> Iterator[Pool]:
    pool = Pool("tests.isolation.misbehaving:attempt", workers=1)
    yield pool
    pool.close()


def tried(confined: Pool, name: str) -> str:
    fate, answer = confined(name.encode())
    assert fate is Fate.ANSWERED
    return answer.decode()


@pytest.mark.parametrize("name", sorted(ATTEMPTS.keys() - HARMLESS))
def test_a_worker_cannot(confined: Pool, name: str) -> None:
    assert tried(confined, name) in REFUSED


def test_a_worker_has_nothing_open_but_its_answer(confined: Pool) -> None:
    assert len(ast.literal_eval(tried(confined, "what is open"))) == 1


def test_a_worker_knows_nothing_of_the_environment(confined: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JMC_VC_KEK_FILE", "/nowhere")
    pool = Pool("tests.isolation.misbehaving:attempt", workers=1)
    known = ast.literal_eval(tried(pool, "know the environment"))
    pool.close()
    assert known.keys() <= {"LC_CTYPE"}  # which Python sets for itself


def test_the_system_calls_of_this_machine_are_known() -> None:
    """On others the limits hold, and the filter is missing: a test that says on which."""
    assert platform.machine() in _MACHINES
