"""After the key-encryption key was replaced everything opens with the new one and nothing with the old one; before the
commit everything is as it was."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

import pytest

from jmc_vc import bootstrap
from jmc_vc.authorizing.authenticate import KeysUnreadable
from jmc_vc.bootstrap import Service
from jmc_vc.custody.rotate_kek import KekRotation, SameKek
from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.signing_key import JMC, KeyState
from jmc_vc.errors import Error
from jmc_vc.issuing.command import IssuedAssertion
from jmc_vc.issuing.reserve import DuplicateAward
from jmc_vc.sealing import KeyEncryptionKey, WrongKey
from jmc_vc.signing.keyring import KeyUnusable
from jmc_vc.storage.data_keys import DataKey
from jmc_vc.storage.faults import DatabaseBusy
from jmc_vc.storage.sealed_parts import key_context
from tests.builders.installation import OPERATOR, Installation, award
from tests.storage.together import together

SLUG = "hoshimigaoka"


@dataclass
class Vault:
    """An installation with three credentials and a staged key beside those in use."""

    installation: Installation
    folder: Path
    bodies: dict[UUID, bytes]
    opened: list[Service] = field(default_factory=list)

    @property
    def service(self) -> Service:
        return self.installation.service

    def new_kek(self, name: str = "next") -> KeyEncryptionKey:
        return KeyEncryptionKey.create(self.folder / name)

    def rotate(self, kek: KeyEncryptionKey, service: Service | None = None) -> KekRotation:
        rotation = replace((service or self.service).rotate_kek, batch=2)
        return rotation(kek, reason="yearly", actor=OPERATOR, now=self.installation.now)

    def reopened(self, name: str = "next") -> Installation:
        """The same database, with the key in another file."""
        settings = self.service.settings.model_copy(update={"kek_file": self.folder / name})
        service = bootstrap.build(settings, clock=self.installation.clock)
        self.opened.append(service)
        return replace(self.installation, service=service)

    def data_keys(self) -> tuple[DataKey, ...]:
        with self.service.database.read() as snapshot:
            return snapshot.data_keys.page(100)


@pytest.fixture
def vault(installation: Installation, tmp_path: Path) -> Iterator[Vault]:
    yield from _furnished(installation, tmp_path)


@pytest.fixture
def sqlite_vault(sqlite_installation: Installation, tmp_path: Path) -> Iterator[Vault]:
    """On SQLite only, for claims that no database can change."""
    yield from _furnished(sqlite_installation, tmp_path)


def _furnished(installation: Installation, folder: Path) -> Iterator[Vault]:
    issued = [installation.issue(_award(number), key=f"request-{number}") for number in range(3)]
    installation.service.stage_key(SLUG, actor=OPERATOR, now=installation.now)
    made = Vault(installation, folder, {each.credential.uuid: each.representations[0].body for each in issued})
    yield made
    for service in made.opened:
        service.database.close()


def _award(number: int) -> dict[str, object]:
    recipient = {**award()["recipient"], "email": f"learner-{number}@learners.example"}
    return award(recipient=recipient)


def ensure_whole(vault: Vault, name: str) -> None:
    """Everything opens with the key in that file: credentials, keys, people and API keys are found."""
    there = vault.reopened(name)
    assert there.service.kek_matches
    for uuid, body in vault.bodies.items():
        assert there.service.fetch_credential(uuid, now=there.now).body == body
    with pytest.raises(DuplicateAward):
        there.issue(_award(1))
    repeated = there.issue(_award(1), key="request-1")
    assert repeated.representations[0].body == vault.bodies[repeated.credential.uuid]
    with there.service.database.read() as snapshot:
        keys = snapshot.signing_keys.all()
    keyring = there.service.rotate_kek.keyring
    for key in keys:
        assert keyring.under(there.service.kek, key).public_key == key.public_key
        if key.state is KeyState.ACTIVE:
            keyring.signer(key)


def test_everything_opens_with_the_new_key_and_what_was_hashed_is_found(vault: Vault) -> None:
    with vault.service.database.read() as snapshot:
        private = sum(bool(key.sealed_private) for key in snapshot.signing_keys.all())
    kek = vault.new_kek()
    expected = KekRotation(signing_keys=private, credentials=3, unreadable=0)
    assert vault.service.rotate_kek.plan(kek) == expected
    assert vault.rotate(kek) == expected
    ensure_whole(vault, "next")
    there = vault.reopened()
    assert there.verify(there.issue(_award(7)).representations[0].body).verdict == "valid"
    kid = there.service.stage_key(SLUG, actor=OPERATOR, now=there.now).kid
    there.service.publish_key(SLUG, kid, actor=OPERATOR, now=there.now)
    with vault.service.database.read() as snapshot:
        (entry,) = snapshot.audit_log.of_object("kek")
    assert (entry.action, entry.reason, entry.details["credentials"]) == ("kek-rotated", "yearly", 3)


def test_a_second_change_keeps_the_hashes_too(sqlite_vault: Vault) -> None:
    sqlite_vault.rotate(sqlite_vault.new_kek())
    sqlite_vault.rotate(sqlite_vault.new_kek("third"), sqlite_vault.reopened().service)
    ensure_whole(sqlite_vault, "third")


def test_the_old_key_opens_nothing_any_more(sqlite_vault: Vault) -> None:
    sqlite_vault.rotate(sqlite_vault.new_kek())
    there = sqlite_vault.reopened("kek")
    assert not there.service.kek_matches
    with pytest.raises(KeysUnreadable):
        there.actor()
    for uuid in sqlite_vault.bodies:
        with pytest.raises(Error):
            there.service.fetch_credential(uuid, now=there.now)
    with there.service.database.read() as snapshot:
        key = snapshot.signing_keys.active(SLUG)
    assert key is not None
    with pytest.raises(KeyUnusable):
        there.service.rotate_kek.keyring.signer(key)


def test_a_process_with_the_old_key_seals_nothing_more_and_goes_on_to_know_its_callers(vault: Vault) -> None:
    vault.rotate(vault.new_kek())
    before = vault.data_keys()
    service, now = vault.service, vault.installation.now
    assert vault.installation.actor().issuer == SLUG
    with pytest.raises(WrongKey):
        vault.installation.issue(_award(8))
    with pytest.raises(WrongKey):
        service.stage_key(SLUG, actor=OPERATOR, now=now)
    with pytest.raises(WrongKey):
        vault.installation.register("JMC-P-900002")
    with pytest.raises(KeyUnusable):
        service.publish_key(SLUG, "key-2", actor=OPERATOR, now=now)
    with pytest.raises(WrongKey):
        vault.rotate(vault.new_kek("third"))
    assert vault.data_keys() == before
    ensure_whole(vault, "next")


def test_a_process_with_the_old_key_still_revokes_and_reports_a_stolen_key(vault: Vault) -> None:
    vault.rotate(vault.new_kek())
    service, now = vault.service, vault.installation.now
    uuid = next(iter(vault.bodies))
    service.change_status(
        uuid,
        StatusAction.REVOKE,
        reason=RevocationReason.HOLDER_REQUEST,
        text=None,
        actor=vault.installation.actor(),
        now=now,
    )
    service.compromise_key(SLUG, "key-2", since=now, reason="lost", actor=OPERATOR, now=now)


def test_of_two_changes_at_once_one_is_made(vault: Vault) -> None:
    keks = [vault.new_kek("one"), vault.new_kek("two")]
    services = [vault.reopened("kek").service for _ in keks]

    def change(position: int) -> str:
        try:
            vault.rotate(keks[position], services[position])
        except WrongKey:
            return "refused"
        return "made"

    outcomes = together(2, change)
    assert sorted(outcomes) == ["made", "refused"]
    ensure_whole(vault, ("one", "two")[outcomes.index("made")])


def test_what_is_issued_while_the_key_changes_is_refused_or_opens_with_the_new_one(vault: Vault) -> None:
    kek = vault.new_kek()

    def work(position: int) -> list[IssuedAssertion | Error]:
        if position == 0:
            vault.rotate(kek)
            return []
        made: list[IssuedAssertion | Error] = []
        for number in range(8):
            try:
                made += vault.installation.issue_all([_award(100 * position + number)])
            except (WrongKey, DatabaseBusy) as refusal:
                made.append(refusal)
        return made

    outcomes = [each for group in together(3, work) for each in group]
    there = vault.reopened()
    for each in outcomes:
        if isinstance(each, IssuedAssertion):
            body = there.service.fetch_credential(each.credential.uuid, now=there.now).body
            assert body == each.representations[0].body
        else:
            assert isinstance(each, WrongKey | DatabaseBusy | KeyUnusable), each
    for data_key in vault.data_keys():
        kek.unwrap(data_key.sealed_key, key_context(data_key.credential))


def test_what_did_not_open_before_stays_as_it_is_and_is_counted(sqlite_vault: Vault) -> None:
    damaged = replace(sqlite_vault.data_keys()[1], sealed_key=b"\x01" + bytes(60))
    with sqlite_vault.service.database.begin() as tx:
        tx.data_keys.save([damaged])
        key = tx.signing_keys.active(JMC)
        assert key is not None
        tx.signing_keys.save(replace(key, sealed_private=b"\x01" + bytes(60)))
    kek = sqlite_vault.new_kek()
    assert sqlite_vault.service.rotate_kek.plan(kek).unreadable == 2
    done = sqlite_vault.rotate(kek)
    assert (done.credentials, done.unreadable) == (2, 2)
    assert sqlite_vault.data_keys()[1] == damaged


def test_the_key_in_use_is_no_next_key(sqlite_vault: Vault) -> None:
    before = sqlite_vault.data_keys()
    with pytest.raises(SameKek):
        sqlite_vault.service.rotate_kek.plan(sqlite_vault.service.kek)
    with pytest.raises(SameKek):
        sqlite_vault.rotate(sqlite_vault.service.kek)
    assert sqlite_vault.data_keys() == before


# Every secret that is wrapped asks the source of chance first; it ends the process at the N-th question.
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from jmc_vc import bootstrap, settings
from jmc_vc.custody.rotate_kek import RotateKek
from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.signing.keyring import Keyring

new = KeyEncryptionKey.load(Path(sys.argv[1]))
steps = int(sys.argv[2])
now = datetime.fromisoformat(sys.argv[3])
for step in range(steps):
    child = os.fork()
    if child == 0:
        service = bootstrap.build(settings.load(os.environ), clock=lambda: now)
        left = step
        def chance(size):
            global left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return os.urandom(size)
        keyring = Keyring(service.kek, chance, service.settings)
        rotate = RotateKek(database=service.database, kek=service.kek, keyring=keyring, random=chance, batch=1)
        rotate(new, reason="x", actor=Actor(kind=ActorKind.SYSTEM, id="test"), now=now)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, (step, status)
"""


def test_killed_at_any_step_it_has_changed_nothing_and_can_be_done_again(vault: Vault) -> None:
    before = vault.data_keys()
    with vault.service.database.read() as snapshot:
        keys = snapshot.signing_keys.all()
    kek = vault.new_kek()
    settings = vault.service.settings
    subprocess.run(
        [
            sys.executable,
            "-c",
            KILLED,
            str(vault.folder / "next"),
            str(len(keys) + len(before) + 1),
            vault.installation.now.isoformat(),
        ],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("JMC_VC_")},
            "JMC_VC_DATA_DIR": str(settings.data_dir),
            "JMC_VC_DATABASE_URL": settings.database_url,
            "JMC_VC_BASE_URL": settings.base_url,
        },
        check=True,
        timeout=60,
    )
    assert vault.data_keys() == before
    with vault.service.database.read() as snapshot:
        assert snapshot.signing_keys.all() == keys
    ensure_whole(vault, "kek")
    vault.rotate(kek)
    ensure_whole(vault, "next")
