"""Two processes that change the same keys at the same moment (CL-02)."""

import pytest

from jmc_vc.domain.signing_key import KEYS_CACHED
from tests.builders.installation import OPERATOR, Installation
from tests.faults.processes import CHANGED, DONE, in_processes

SLUG = "hoshimigaoka"


@pytest.mark.parametrize("immediate", [True, False])
def test_cl_02_of_three_processes_that_rotate_at_once_one_wins(installation: Installation, immediate: bool) -> None:
    service = installation.service
    if not immediate:
        service.rotate_key(SLUG, actor=OPERATOR, now=installation.now)
    now = installation.now + KEYS_CACHED
    service.database.close()  # a connection must not be in two processes

    def rotate() -> None:
        service.rotate_key(SLUG, immediate=immediate, expected="key-1", actor=OPERATOR, now=now)

    assert sorted(in_processes(rotate, rotate, rotate)) == [DONE, CHANGED, CHANGED]
    with service.database.read() as snapshot:
        keys = snapshot.signing_keys.of_owner(SLUG)
    assert [key.state.value for key in keys] == ["retired", "active"]
