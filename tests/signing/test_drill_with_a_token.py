"""A drill of an installation whose keys live on a token leaves the token as it is."""

from collections import Counter
from pathlib import Path

from jmc_vc import bootstrap
from jmc_vc.cli.drill import Drill, DrillClock
from jmc_vc.domain.signing_key import KEYS_CACHED, KeyState
from tests.builders.installation import OPERATOR, make_installation
from tests.simulators.softhsm import SoftHsm

SLUG = "hoshimigaoka"


def test_no_key_is_made_on_the_token_and_none_of_it_signs_when_it_is_over(softhsm: SoftHsm, tmp_path: Path) -> None:
    made = make_installation(tmp_path, environment=softhsm.settings())
    for _ in range(2):  # one that is active, and one that waits
        key = made.service.stage_key(SLUG, place="pkcs11", actor=OPERATOR, now=made.now)
        made.service.publish_key(SLUG, key.kid, actor=OPERATOR, now=made.now)
        made.clock.now += KEYS_CACHED
    made.service.activate_key(SLUG, "key-2", actor=OPERATOR, now=made.now)
    clock = DrillClock(made.now + KEYS_CACHED)
    service = bootstrap.build(made.service.settings, clock=clock)
    steps = list(Drill(service=service, clock=clock, credentials=3, rotations=1)())
    assert [step for step in steps if not step.ok] == []
    with service.database.read() as snapshot:
        keys = snapshot.signing_keys.of_owner(SLUG)
    places = Counter(key.signer_uri.partition(":")[0] for key in keys)
    assert places["pkcs11"] == 2
    (active,) = [key for key in keys if key.state is KeyState.ACTIVE]
    assert active.signer_uri == "file:"
    service.database.close()
    made.service.database.close()
