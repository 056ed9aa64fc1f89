"""Signing anew while something else happens: each credential once, none lost, nothing brought back."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from jmc_vc.domain.credential import Representation, RevocationReason, StatusAction
from jmc_vc.errors import Error
from jmc_vc.issuing.command import IssuedAssertion
from jmc_vc.issuing.reissue import Reissue
from jmc_vc.issuing.secure import Key
from jmc_vc.issuing.sign_anew import Fate, SignAnew, Work
from tests.builders.installation import Installation
from tests.builders.stolen_key import change, compromise, fetched, issue_some, judged, rotate, run, steal


class Disturbed(SignAnew):
    """Between reading and recording something happens, once."""

    def disturb_by(self, what: Callable[[], object]) -> "Disturbed":
        object.__setattr__(self, "_what", [what])
        return self

    def make(self, work: Work, keys: Mapping[str, Key], now: datetime) -> tuple[Representation, ...] | Fate:
        while self._what:  # type: ignore[attr-defined]
            self._what.pop()()  # type: ignore[attr-defined]
        return super().make(work, keys, now)


def disturbed(installation: Installation, what: Callable[[], object]) -> Reissue:
    reissue = installation.service.reissue
    return replace(reissue, batch=2, sign_anew=Disturbed(**vars(reissue.sign_anew)).disturb_by(what))


def test_a_key_that_is_rotated_meanwhile_signs_nothing_more(installation: Installation) -> None:
    some = issue_some(installation, 3)
    steal(installation)
    fates, _ = run(installation, by=disturbed(installation, lambda: rotate(installation)))
    assert set(fates.values()) == {Fate.REISSUED}
    assert {form.kid for each in some for form in fetched(installation, each)} == {"key-3"}


def test_a_new_key_that_is_stolen_meanwhile_signs_nothing_more(installation: Installation) -> None:
    some = issue_some(installation, 3)
    steal(installation)
    with pytest.raises(Error, match=r"key\.none_active"):
        run(installation, by=disturbed(installation, lambda: compromise(installation, "key-2")))
    assert [fetched(installation, each) for each in some] == [each.representations for each in some]


def test_what_is_erased_or_revoked_meanwhile_is_not_brought_back(installation: Installation) -> None:
    erased, revoked = issue_some(installation, 2)

    def meanwhile() -> None:
        with installation.service.database.begin() as tx:
            tx.erasures.erase(erased.credential.uuid, installation.service.kek)
        change(installation, revoked, StatusAction.REVOKE, RevocationReason.HOLDER_REQUEST)

    steal(installation)
    fates, learners = run(installation, by=disturbed(installation, meanwhile))
    assert (set(fates.values()), learners) == ({Fate.OVERTAKEN}, 0)
    assert fetched(installation, revoked) == revoked.representations
    with installation.service.database.read() as snapshot:
        assert snapshot.credentials.sealed(erased.credential.uuid) is None


def reissues_of(installation: Installation, issued: IssuedAssertion) -> int:
    with installation.service.database.read() as snapshot:
        audited = snapshot.audit_log.of_object(str(issued.credential.uuid))
        logged = snapshot.public_log.of_credential(issued.credential.uuid)
    times = sum(each.action == "credential-reissued" for each in audited)
    assert len(logged) == 1 + times
    return times


def test_of_two_at_once_each_credential_is_signed_anew_by_one(installation: Installation) -> None:
    some = issue_some(installation, 12)
    steal(installation)
    found: list[dict[UUID, Fate]] = []
    threads = [threading.Thread(target=lambda: found.append(run(installation)[0])) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [reissues_of(installation, each) for each in some] == [1] * 12
    assert sum(fate is Fate.REISSUED for fates in found for fate in fates.values()) == 12


KILLED = """
import os, signal, sys
from dataclasses import replace
from datetime import datetime
from jmc_vc import bootstrap, settings
from jmc_vc.domain.actor import Actor, ActorKind

now, left = datetime.fromisoformat(sys.argv[1]), int(sys.argv[2])

def random(size):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.urandom(size)

service = bootstrap.build(settings.load(dict(os.environ)), clock=lambda: now)
reissue, after = replace(service.reissue, batch=2, random=random), None
while True:
    batch = reissue("hoshimigaoka", "key-1", after=after, actor=Actor(kind=ActorKind.OPERATOR, id="x"), now=now)
    if batch.last is None:
        break
    after = batch.last
"""
"""Ends with kill -9 in the middle of a transaction, when so many salts were made."""


@pytest.mark.parametrize("salts", [[1, 3, 0], [4, 0]], ids=["three times", "late, then at once"])
def test_killed_in_the_middle_and_run_again_each_is_signed_anew_once(
    installation: Installation, salts: list[int]
) -> None:
    some = issue_some(installation, 7)
    steal(installation)
    configured = installation.service.settings
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("JMC_VC_")
    } | {
        "JMC_VC_DATA_DIR": str(configured.data_dir),
        "JMC_VC_BASE_URL": configured.base_url,
        "JMC_VC_DATABASE_URL": configured.database_url,
    }  # fmt: skip
    for left in salts:
        command = [sys.executable, "-c", KILLED, installation.now.isoformat(), str(left)]
        killed = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        for each in some:
            assert judged(installation, fetched(installation, each)[0].body)[0] == "valid"
    done = sum(left - left % 2 for left in salts)
    assert sum(reissues_of(installation, each) for each in some) == done
    assert Counter(run(installation)[0].values()) == {Fate.REISSUED: 7 - done}
    assert [reissues_of(installation, each) for each in some] == [1] * 7
    for each in some:
        assert judged(installation, fetched(installation, each)[0].body) == ("valid", "key.bound")
        assert judged(installation, each.body) == ("valid", "key.revoked_logged_before")
