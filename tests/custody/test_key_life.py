"""Every state of a key and every act on it: what may be done is done, on record; the rest is refused and changes
nothing."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest

from jmc_vc.domain.signing_key import KEYS_CACHED, KeyState, SigningKey
from jmc_vc.errors import Error
from tests.builders.installation import OPERATOR, Installation, award

SLUG, KIND = "hoshimigaoka", "P-256"
STATES = tuple(KeyState)


def stage(installation: Installation) -> SigningKey:
    return installation.service.stage_key(SLUG, KIND, actor=OPERATOR, now=installation.now)


def publish(installation: Installation, kid: str) -> SigningKey:
    return installation.service.publish_key(SLUG, kid, actor=OPERATOR, now=installation.now)


def activate(installation: Installation, kid: str) -> SigningKey:
    return installation.service.activate_key(SLUG, kid, immediate=True, actor=OPERATOR, now=installation.now).key


def retire(installation: Installation, kid: str) -> SigningKey:
    return installation.service.retire_key(SLUG, kid, actor=OPERATOR, now=installation.now)


def destroy(installation: Installation, kid: str) -> SigningKey:
    return installation.service.destroy_key(SLUG, kid, actor=OPERATOR, now=installation.now)


def compromise(installation: Installation, kid: str) -> SigningKey:
    return installation.service.compromise_key(
        SLUG, kid, since=installation.now, reason="stolen", actor=OPERATOR, now=installation.now
    ).key


ACTS: Mapping[str, Callable[[Installation, str], SigningKey]] = {
    "publish": publish,
    "activate": activate,
    "retire": retire,
    "destroy": destroy,
    "compromise": compromise,
}
WAYS: Mapping[KeyState, tuple[str, ...]] = {
    KeyState.CREATED: (),
    KeyState.PUBLISHED: ("publish",),
    KeyState.ACTIVE: ("publish", "activate"),
    KeyState.RETIRED: ("publish", "activate", "retire"),
    KeyState.DESTROYED: ("publish", "activate", "retire", "destroy"),
    KeyState.COMPROMISED: ("publish", "activate", "compromise"),
}
NO = "key.move"
OUTCOMES: Mapping[KeyState, Mapping[str, str]] = {
    KeyState.CREATED: {
        "publish": "published", "activate": NO, "retire": NO, "destroy": "destroyed", "compromise": "compromised",
    },
    KeyState.PUBLISHED: {
        "publish": NO, "activate": "active", "retire": NO, "destroy": "destroyed", "compromise": "compromised",
    },
    KeyState.ACTIVE: {
        "publish": NO, "activate": NO, "retire": "retired", "destroy": NO, "compromise": "compromised",
    },
    KeyState.RETIRED: {
        "publish": NO, "activate": NO, "retire": NO, "destroy": "destroyed", "compromise": "compromised",
    },
    # Destroying what is destroyed changes nothing, and clears up what a crash may have left on a token.
    KeyState.DESTROYED: {
        "publish": NO, "activate": NO, "retire": NO, "destroy": "destroyed", "compromise": "compromised",
    },
    KeyState.COMPROMISED: {
        "publish": NO, "activate": NO, "retire": NO, "destroy": NO, "compromise": "key.since_later",
    },
}  # fmt: skip


def everything(installation: Installation) -> tuple[object, ...]:
    """All that a change of keys writes."""
    with installation.service.database.read() as snapshot:
        return (
            snapshot.signing_keys.of_owner(SLUG),
            snapshot.audit_log.entries(limit=10_000),
            snapshot.public_log.waiting(10_000),
            snapshot.did_documents.history(SLUG),
        )


def test_the_table_is_total() -> None:
    assert set(OUTCOMES) == set(WAYS) == set(STATES)
    assert all(set(row) == set(ACTS) for row in OUTCOMES.values())


def test_every_act_in_every_state_does_what_the_table_says_or_nothing(installation: Installation) -> None:
    for state in STATES:
        for name, act in ACTS.items():
            key = stage(installation)
            for step in WAYS[state]:
                ACTS[step](installation, key.kid)
            before, expected = everything(installation), OUTCOMES[state][name]
            try:
                outcome = act(installation, key.kid).state.value
            except Error as refused:
                outcome = refused.code
                assert everything(installation) == before, (state, name)
            assert outcome == expected, (state, name)


def test_cl_04_an_unknown_key_changes_nothing(installation: Installation) -> None:
    before = everything(installation)
    for name, act in ACTS.items():
        with pytest.raises(Error) as refused:
            act(installation, "key-9")
        assert refused.value.code == "key.unknown", name
    assert everything(installation) == before


def test_a_look_beforehand_says_the_same_and_changes_nothing(installation: Installation) -> None:
    service, now = installation.service, installation.now
    kid = stage(installation).kid
    before = everything(installation)
    assert service.publish_key(SLUG, kid, actor=OPERATOR, now=now, dry_run=True).state is KeyState.PUBLISHED
    assert everything(installation) == before
    publish(installation, kid)
    before = everything(installation)
    planned = service.activate_key(SLUG, kid, immediate=True, actor=OPERATOR, now=now, dry_run=True)
    assert planned.key.state is KeyState.ACTIVE
    assert everything(installation) == before


def test_each_move_has_its_date(installation: Installation) -> None:
    kid, begin, hour = stage(installation).kid, installation.now, timedelta(hours=1)
    for name in ("publish", "activate", "retire", "destroy", "compromise"):
        installation.clock.now += hour
        ACTS[name](installation, kid)
    with installation.service.database.read() as snapshot:
        key = snapshot.signing_keys.get(SLUG, kid)
    assert key is not None
    dates = (key.created_at, key.published_at, key.active_from, key.retired_at, key.destroyed_at, key.compromised_at)
    assert dates == tuple(begin + hour * number for number in range(6))
    assert key.compromised_since == key.compromised_at


def test_a_key_signs_only_once_everybody_can_know_it(installation: Installation) -> None:
    service, kid = installation.service, stage(installation).kid
    publish(installation, kid)
    installation.clock.now += KEYS_CACHED - timedelta(microseconds=1)
    before = everything(installation)
    with pytest.raises(Error) as refused:
        service.activate_key(SLUG, kid, actor=OPERATOR, now=installation.now)
    assert refused.value.code == "key.not_yet_known"
    assert everything(installation) == before
    installation.clock.move(microseconds=1)
    done = service.activate_key(SLUG, kid, actor=OPERATOR, now=installation.now)
    assert (done.key.state, done.retired) == (KeyState.ACTIVE, None)


def test_a_clock_that_jumps_back_keeps_a_key_waiting(installation: Installation) -> None:
    kid = stage(installation).kid
    publish(installation, kid)
    installation.clock.move(hours=-1)
    with pytest.raises(Error, match=r"key\.not_yet_known"):
        installation.service.activate_key(SLUG, kid, actor=OPERATOR, now=installation.now)


def test_the_active_key_retires_in_the_same_moment_in_which_the_next_is_activated(installation: Installation) -> None:
    first, second = stage(installation).kid, stage(installation).kid
    for kid in (first, second):
        publish(installation, kid)
    activate(installation, first)
    done = installation.service.activate_key(SLUG, second, immediate=True, actor=OPERATOR, now=installation.now)
    assert done.retired is not None
    assert (done.retired.kid, done.retired.state, done.key.kid) == (first, KeyState.RETIRED, second)
    with installation.service.database.read() as snapshot:
        active = snapshot.signing_keys.active(SLUG, KIND)
        other = snapshot.signing_keys.active(SLUG, "Ed25519")
    assert active == done.key
    assert other is not None  # another kind: not touched
    installation.service.status_list.keyring.signer(done.key)  # its private part is bound to the state that it has


def test_a_destroyed_key_has_no_private_part_and_what_it_signed_verifies(installation: Installation) -> None:
    service = installation.service
    issued = installation.issue()
    service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    key = destroy(installation, "key-1")
    assert (key.state, key.sealed_private) == (KeyState.DESTROYED, b"")
    assert service.verify(issued.representations[0].body, now=installation.now).verdict == "valid"


def test_what_was_done_is_on_record_with_who_did_it_and_why(installation: Installation) -> None:
    service, now = installation.service, installation.now
    service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=now, reason="yearly")
    service.destroy_key(SLUG, "key-1", actor=OPERATOR, now=now, reason="a year is over")
    with service.database.read() as snapshot:
        entries = snapshot.audit_log.entries()[-5:]
    assert [(each.action, each.object, each.reason) for each in entries] == [
        ("key-created", f"{SLUG}#key-2", "yearly"),
        ("key-published", f"{SLUG}#key-2", "yearly"),
        ("key-retired", f"{SLUG}#key-1", "yearly"),
        ("key-activated", f"{SLUG}#key-2", "yearly"),
        ("key-destroyed", f"{SLUG}#key-1", "a year is over"),
    ]
    assert {each.actor_id for each in entries} == {OPERATOR.id}


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384", "RSA"])
def test_keys_of_every_kind_go_all_the_way_and_sign(sqlite_installation: Installation, kind: str) -> None:
    service, now = sqlite_installation.service, sqlite_installation.now
    kid = service.stage_key(SLUG, kind, actor=OPERATOR, now=now).kid
    service.publish_key(SLUG, kid, actor=OPERATOR, now=now)
    key = service.activate_key(SLUG, kid, immediate=True, actor=OPERATOR, now=now).key
    assert service.status_list.keyring.signer(key).sign(b"message")
    assert service.retire_key(SLUG, kid, actor=OPERATOR, now=now).retired_at == now


def test_keys_are_made_for_those_who_exist_and_of_kinds_that_they_use(sqlite_installation: Installation) -> None:
    service, now = sqlite_installation.service, sqlite_installation.now
    for owner, kind, code in (
        ("nobody", "Ed25519", "issuer.not_found"),
        ("log", "P-256", "key.kind_unused"),
        (SLUG, "P-521", "key.unusable"),
    ):
        with pytest.raises(Error) as refused:
            service.stage_key(owner, kind, actor=OPERATOR, now=now)
        assert refused.value.code == code
    assert service.stage_key("jmc", "P-256", actor=OPERATOR, now=now).owner == "jmc"


def test_the_list_tells_how_many_credentials_rest_on_each_key(installation: Installation) -> None:
    installation.issue()
    installation.service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    installation.issue(award(retake=True))
    installation.issue(award(retake=True, externalId="x"))
    counts = {(each.key.owner, each.key.kid): each.credentials for each in installation.service.list_keys()}
    assert counts["jmc", "key-1"] == 0
    assert (counts[SLUG, "key-1"], counts[SLUG, "key-2"]) == (1, 2)
    with installation.service.database.read() as snapshot:
        assert all(snapshot.credentials.signed_with(*name) == count for name, count in counts.items())
