"""F-05: a process that dies in the middle of a change of keys leaves one active key, in the document, on record.

The next one can go on: nothing that is left behind stands in its way.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from jmc_vc.bootstrap import Service
from jmc_vc.custody.did_document import document_of
from jmc_vc.domain.signing_key import KEYS_CACHED, KeyState
from jmc_vc.formats.jcs import canonicalize
from jmc_vc.formats.transparency.entry_types import KeyChanged
from jmc_vc.formats.transparency.log_entry import read_log_entry
from tests.builders.installation import OPERATOR, Installation
from tests.faults.killed import killed_at_every_step

SLUG = "hoshimigaoka"


def nothing(service: Service, now: datetime) -> None:
    """The keys are as they were made."""


def stage(service: Service, now: datetime) -> None:
    service.stage_key(SLUG, actor=OPERATOR, now=now)


def published(service: Service, now: datetime) -> None:
    stage(service, now)
    service.publish_key(SLUG, "key-2", actor=OPERATOR, now=now)


def retired(service: Service, now: datetime) -> None:
    rotate_at_once(service, now)


def rotate_at_once(service: Service, now: datetime) -> None:
    service.rotate_key(SLUG, immediate=True, expected="key-1", actor=OPERATOR, now=now)


def rotate(service: Service, now: datetime) -> None:
    service.rotate_key(SLUG, expected="key-1", actor=OPERATOR, now=now)


def publish(service: Service, now: datetime) -> None:
    service.publish_key(SLUG, "key-2", actor=OPERATOR, now=now)


def activate(service: Service, now: datetime) -> None:
    service.activate_key(SLUG, "key-2", actor=OPERATOR, now=now)


def compromise(service: Service, now: datetime) -> None:
    service.compromise_key(SLUG, "key-1", since=now, reason="stolen", actor=OPERATOR, now=now)


def destroy(service: Service, now: datetime) -> None:
    service.destroy_key(SLUG, "key-1", actor=OPERATOR, now=now)


Act = Callable[[Service, datetime], None]
CASES: Mapping[str, tuple[Act, Act, Mapping[str, str]]] = {
    "stage": (nothing, stage, {"key-1": "active", "key-2": "created"}),
    "publish": (stage, publish, {"key-1": "active", "key-2": "published"}),
    "activate": (published, activate, {"key-1": "retired", "key-2": "active"}),
    "rotate: begin": (nothing, rotate, {"key-1": "active", "key-2": "published"}),
    "rotate: staged": (stage, rotate, {"key-1": "active", "key-2": "published"}),
    "rotate: finish": (published, rotate, {"key-1": "retired", "key-2": "active"}),
    "rotate at once": (nothing, rotate_at_once, {"key-1": "retired", "key-2": "active"}),
    "compromise": (published, compromise, {"key-1": "compromised", "key-2": "published"}),
    "destroy": (retired, destroy, {"key-1": "destroyed", "key-2": "active"}),
}
"""Act → what was before, the act, which is one transaction, and the states after it."""


def states_of(service: Service) -> dict[str, str]:
    """The states of the keys. Rows, private parts, document, public log and audit log have been held together."""
    with service.database.read() as snapshot:
        keys = snapshot.signing_keys.of_owner(SLUG)
        document = snapshot.did_documents.latest(SLUG)
        logged = [*snapshot.public_log.entries(0, 10_000), *snapshot.public_log.waiting(10_000)]
        audited = [each for each in snapshot.audit_log.entries(limit=10_000) if each.object.startswith(f"{SLUG}#")]
    assert document is not None
    assert document.body == canonicalize(document_of(SLUG, keys, service.site))
    active = [key for key in keys if key.state is KeyState.ACTIVE]
    assert len(active) == (0 if any(key.state is KeyState.COMPROMISED for key in keys) else 1)
    for key in active:
        service.status_list.keyring.signer(key).sign(b"it opens")
    read = [read_log_entry(each.body) for each in sorted(logged, key=lambda each: each.id) if each.kind == "key"]
    owner = service.site.owner_did(SLUG)
    told = [f"{each.kid} {each.event}" for each in read if isinstance(each, KeyChanged) and each.owner == owner]
    # The first key came with its issuer, whose registration is what is audited.
    assert told[3:] == [f"{each.object.partition('#')[2]} {each.action.removeprefix('key-')}" for each in audited]
    return {key.kid: key.state.value for key in keys}


@pytest.mark.parametrize("name", list(CASES))
def test_f_05_a_kill_at_any_step_loses_no_key_and_doubles_none(installation: Installation, name: str) -> None:
    prepare, act, after = CASES[name]
    service = installation.service
    prepare(service, installation.now)
    begun = states_of(service)
    now = installation.now + KEYS_CACHED

    def work() -> None:
        act(service, now)

    kills = 0
    service.database.close()  # a connection must not be in two processes
    for _ in killed_at_every_step(work):
        kills += 1
        found = states_of(service)
        service.database.close()
        assert found in (begun, after)
        if found == after:
            break  # all was done: the process died before it could say so
    assert kills >= 8, "the work was not interrupted where it matters"
    assert states_of(service) == after
