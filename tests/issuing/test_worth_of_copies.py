"""A copy that was signed anew is worth what the credential is that it was made of: the first entry decides."""

from datetime import timedelta

import pytest

from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.issuing.sign_anew import Fate
from tests.builders.forger import signed_by_issuer, unsigned
from tests.builders.installation import Installation
from tests.builders.stolen_key import SLUG, compromise, fetched, judged, learner, rotate, run, steal


def test_an_earlier_theft_takes_the_copies_with_it(installation: Installation) -> None:
    """Reported again, since a moment before the second credential came into being."""
    installation.clock.move(hours=1)
    before = installation.issue(learner(1))
    installation.clock.move(hours=1)
    theft = installation.now
    installation.clock.move(minutes=5)
    after = installation.issue(learner(2))
    steal(installation)
    assert set(run(installation)[0].values()) == {Fate.REISSUED}
    compromise(installation, since=theft)
    assert judged(installation, after.body) == ("invalid", "key.revoked")
    assert judged(installation, fetched(installation, after)[0].body) == ("invalid", "key.revoked")
    assert judged(installation, before.body) == ("valid", "key.revoked_logged_before")
    assert judged(installation, fetched(installation, before)[0].body) == ("valid", "key.bound")
    copies = installation.service.reissue.copies(SLUG, "key-1")
    assert (copies.count, len(copies.learners), copies.too_late) == (2, 2, (after.credential.uuid,))


def test_a_second_theft_takes_nothing_that_was_there_before_the_first(installation: Installation) -> None:
    installation.clock.move(hours=1)
    issued = installation.issue(learner(1))
    installation.clock.move(days=10)
    steal(installation)
    run(installation)
    second = fetched(installation, issued)[0].body
    compromise(installation, "key-2", since=installation.now)  # the thief took this one in the same moment
    rotate(installation)
    assert judged(installation, second) == ("valid", "key.revoked_issued_before")
    assert judged(installation, issued.body) == ("valid", "key.revoked_logged_before")
    assert run(installation, "key-2")[0] == {issued.credential.uuid: Fate.REISSUED}
    assert judged(installation, fetched(installation, issued)[0].body) == ("valid", "key.bound")


def test_no_reissue_of_a_copy_makes_good_what_came_from_the_first_theft(installation: Installation) -> None:
    installation.clock.move(hours=1)
    theft = installation.now
    issued = installation.issue(learner(1))
    steal(installation)
    run(installation)
    compromise(installation, since=theft)
    compromise(installation, "key-2")
    rotate(installation)
    assert run(installation, "key-2")[0] == {issued.credential.uuid: Fate.TOO_LATE}


def test_who_has_the_second_key_makes_no_copy_of_a_good_credential(sqlite_installation: Installation) -> None:
    """What counts is what we entered: the thief's copy under a good id is in no log."""
    issued = sqlite_installation.issue(learner(1))
    steal(sqlite_installation)
    run(sqlite_installation)
    forged = signed_by_issuer(
        sqlite_installation,
        unsigned(issued.body),
        created=sqlite_installation.now - timedelta(days=1),
        on_record=False,
    )
    assert judged(sqlite_installation, forged) == ("invalid", "key.unlogged")
    compromise(sqlite_installation, "key-2")
    assert judged(sqlite_installation, forged) == ("invalid", "key.revoked")


@pytest.mark.parametrize("late", ["Ed25519", "P-256"])
def test_each_form_counts_from_its_own_first_entry(sqlite_installation: Installation, late: str) -> None:
    """Of JSON and token, one key was stolen before the issue, as is learned after both were signed anew."""
    sqlite_installation.set_issuing(profile=IssuingProfile.BOTH)
    theft = sqlite_installation.now
    issued = sqlite_installation.issue()
    kids = {"Ed25519": "key-1", "P-256": "key-2"}
    sqlite_installation.clock.move(hours=1)
    for algorithm, kid in kids.items():
        compromise(sqlite_installation, kid)
        rotate(sqlite_installation, algorithm)
    for kid in kids.values():
        run(sqlite_installation, kid)
    as_json, token = fetched(sqlite_installation, issued)
    assert judged(sqlite_installation, token.body) == ("valid", "key.bound")
    compromise(sqlite_installation, kids[late], since=theft)
    assert judged(sqlite_installation, token.body) == ("invalid", "key.revoked")  # it has both signatures in it
    assert judged(sqlite_installation, as_json.body)[0] == ("invalid" if late == "Ed25519" else "valid")
