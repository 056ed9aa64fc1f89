"""Witnesses and copies of a log that is really served, by this program at the other end of a line."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jmc_vc.auditing.mirror_log import MirrorLog
from jmc_vc.auditing.witness_log import WitnessLog
from jmc_vc.cli.witness_key import load_witness_key, new_witness_key
from jmc_vc.fetching.http_log import HttpLog
from jmc_vc.formats.transparency.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from jmc_vc.formats.transparency.cosignature import cosign, cosigned_at
from jmc_vc.formats.transparency.merkle import leaf_hash, root_of
from jmc_vc.formats.transparency.signed_note import Sign, SignedNote
from jmc_vc.formats.transparency.tile import WIDTH, tiles_added
from jmc_vc.formats.transparency.verifier_key import VerifierKey
from jmc_vc.publishing.take_cosignature import TakeCosignature
from jmc_vc.storage.log_folder import LogFolder
from tests.builders.installation import Installation
from tests.builders.lived_in import fill_tiles, learner
from tests.builders.public_log import published_entries
from tests.builders.refusals import refused_code
from tests.cli.conftest import Command
from tests.simulators.https_service import HttpsService, https_service

pytestmark = pytest.mark.loopback


@dataclass(frozen=True)
class Partner:
    """A partner authority with a witness."""

    served: HttpsService
    folder: Path
    key: VerifierKey
    sign: Sign

    @property
    def log(self) -> HttpLog:
        return HttpLog(self.served.base_url, authority=self.served.authority)

    @property
    def installation(self) -> Installation:
        return self.served.installation

    def grow(self, count: int = 1) -> None:
        for n in range(count):
            self.installation.issue(learner(f"{self.installation.now.timestamp()}-{n}"))
        log, at = self.installation.service.log, datetime.now(UTC)
        while self._waits():  # the service's own thread does the same
            at += timedelta(seconds=1)
            log.advance(now=at)
        self.installation.clock.now = datetime.now(UTC)

    def _waits(self) -> bool:
        with self.installation.service.database.read() as snapshot:
            return bool(snapshot.public_log.waiting(1))

    def witness(self) -> Checkpoint:
        log = self.log
        with LogFolder(self.folder / "state") as state:
            if not state.has("keys"):
                state.write("keys", self.installation.service.log.verifier_keys()[0].text.encode())
            look = WitnessLog(log=log, state=state, origin=log.origin, key=self.key, sign=self.sign)
            return look(now=datetime.now(UTC))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsService]:
    with https_service(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture
def partner(served: HttpsService, tmp_path: Path) -> Partner:
    key = new_witness_key(tmp_path / "witness.key", "witness.example/w1")
    loaded, sign = load_witness_key(tmp_path / "witness.key")
    assert loaded == key
    log = served.installation.service.log
    taken = TakeCosignature(database=served.installation.service.database, witnesses=(key,))
    object.__setattr__(log, "take_cosignature", taken)  # as if the setting named it
    made = Partner(served, tmp_path, key, sign)
    made.grow()
    return made


def test_a_witness_signs_what_only_grew_and_its_line_is_served(partner: Partner) -> None:
    (log_key,) = partner.installation.service.log.verifier_keys()
    for _ in range(3):
        head = partner.witness()
        log = partner.log
        signed = open_checkpoint(log.checkpoint(), origin=log.origin, key=log_key)
        assert signed.checkpoint == head
        assert cosigned_at(signed, [partner.key]).keys() == {partner.key}
        partner.grow(2)
    partner.witness()
    partner.witness()  # again, of the same head: nothing is wrong with that


def test_a_forked_log_is_refused_and_kept_as_evidence(partner: Partner) -> None:
    """Somebody with the log's key, and a database set back, shows the witness another history."""
    seen = partner.witness()
    installation = partner.installation
    entries = published_entries(installation, seen.size)
    forged = [*entries[:-1], entries[-2]] + [entries[0]] * 5

    class Forked:
        def checkpoint(self) -> bytes:
            with installation.service.database.read() as snapshot:
                key = snapshot.signing_keys.active("log")
            assert key is not None
            signer = installation.service.log.advance.keyring.signer(key)
            root = root_of(map(leaf_hash, forged))
            (name,) = installation.service.log.verifier_keys()
            return sign_checkpoint(Checkpoint(seen.origin, len(forged), root), name, signer.sign).note.encoded

        def tile(self, path: str) -> bytes:
            (wanted,) = [each for each in tiles_added(0, len(forged)) if each.path == path]
            assert (wanted.level, len(forged) < WIDTH) == (0, True)
            return b"".join(map(leaf_hash, forged))

        def cosign(self, text: str) -> None:
            raise AssertionError("nothing may be signed")

    with LogFolder(partner.folder / "state") as state:
        look = WitnessLog(log=Forked(), state=state, origin=seen.origin, key=partner.key, sign=partner.sign)
        assert refused_code(lambda: look(now=datetime.now(UTC))) == "log.consistency"
        assert state.read(f"contradicts-{seen.size}").startswith(seen.origin.encode())
        forged = forged[: seen.size - 1]
        assert refused_code(lambda: look(now=datetime.now(UTC))) == "log.shrank"
    partner.grow()
    assert partner.witness().size > seen.size  # the honest log is signed on


def test_only_a_witness_that_was_named_is_heard_and_only_on_a_head_of_ours(partner: Partner) -> None:
    log = partner.installation.service.log
    (log_key,) = log.verifier_keys()
    signed = open_checkpoint(log.head().note, origin=log_key.name, key=log_key)
    now = datetime.now(UTC)
    line = cosign(signed, key=partner.key, sign=partner.sign, now=now)
    good = SignedNote(signed.note.text, (line,)).encoded
    with partner.served.client() as client:

        def post(data: bytes, media_type: str = "text/plain") -> tuple[int, str]:
            answer = client.post("/log/cosignatures", content=data, headers={"content-type": media_type})
            return answer.status_code, answer.json()["code"] if answer.content else ""

        assert post(good) == (204, "")
        assert post(good) == (204, "")
        assert post(good, "application/json") == (415, "request.content_type")
        assert post(b"x") == (400, "log.note")
        assert post(signed.note.encoded) == (403, "log.witness_unknown")
        stranger = new_witness_key(partner.folder / "other.key", "witness.example/w1")
        _, strange = load_witness_key(partner.folder / "other.key")
        foreign = cosign(signed, key=stranger, sign=strange, now=now)
        assert post(SignedNote(signed.note.text, (foreign,)).encoded) == (403, "log.witness_unknown")
        spoiled = replace(line, signature=line.signature[:-1] + bytes([line.signature[-1] ^ 1]))
        assert post(SignedNote(signed.note.text, (spoiled,)).encoded) == (422, "log.cosignature")
        other = replace(signed.checkpoint, root=bytes(32))
        unknown = replace(signed, checkpoint=other, note=replace(signed.note, text=other.text))
        elsewhere = cosign(unknown, key=partner.key, sign=partner.sign, now=now)
        assert post(SignedNote(other.text, (elsewhere,)).encoded) == (404, "log.head_unknown")
        future = cosign(signed, key=partner.key, sign=partner.sign, now=now + timedelta(hours=1))
        assert post(SignedNote(signed.note.text, (future,)).encoded) == (422, "log.cosigned_in_future")


def test_a_copy_grows_with_the_log_and_can_be_served_in_its_place(partner: Partner) -> None:
    folder = partner.folder / "copy"
    service = partner.installation.service
    (folder).mkdir()
    (folder / "keys").write_text(service.log.verifier_keys()[0].text)

    def copied() -> tuple[int, int]:
        log = partner.log
        with LogFolder(folder) as copy:
            done = MirrorLog(source=log, folder=copy, origin=log.origin)()
        return done.before, done.head.size

    _, first = copied()
    fill_tiles(partner.installation)
    partner.grow()
    before, size = copied()
    assert before == first < size
    assert copied() == (size, size)
    for tile in tiles_added(0, size):
        assert (folder / tile.path).read_bytes() == service.log.tile(tile.path)
    # and it is a source itself
    again = partner.folder / "again"
    again.mkdir()
    (again / "keys").write_bytes((folder / "keys").read_bytes())
    with LogFolder(again) as copy:
        done = MirrorLog(source=LogFolder(folder), folder=copy, origin=service.site.log_origin)()
        assert done.head.size == size
        # a source that is older than the copy is refused
        (again / "checkpoint").write_bytes((folder / "checkpoint").read_bytes())
    partner.grow()
    copied()
    with LogFolder(folder) as copy:
        look = MirrorLog(source=LogFolder(again), folder=copy, origin=service.site.log_origin)
        assert refused_code(look) == "log.shrank"


def test_a_copy_with_another_past_takes_nothing_over(partner: Partner) -> None:
    folder = partner.folder / "copy"
    folder.mkdir()
    (folder / "keys").write_text(partner.installation.service.log.verifier_keys()[0].text)
    log = partner.log
    with LogFolder(folder) as copy:
        size = MirrorLog(source=log, folder=copy, origin=log.origin)().head.size
    for tile in tiles_added(0, size):
        if tile.level == 0 and not tile.full:
            hashes = bytearray((folder / tile.path).read_bytes())
            hashes[0] ^= 1
            (folder / tile.path).write_bytes(hashes)
    before = (folder / "checkpoint").read_bytes()
    partner.grow()
    log = partner.log
    with LogFolder(folder) as copy:
        assert refused_code(MirrorLog(source=log, folder=copy, origin=log.origin)) == "log.consistency"
    assert (folder / "checkpoint").read_bytes() == before


def test_the_commands_of_a_witness(partner: Partner, command: Command) -> None:
    url, authority = partner.served.base_url, str(partner.served.authority)
    key, state = partner.folder / "w.key", partner.folder / "w"
    made = command("log", "witness-keygen", "witness.example/w2", "--out", str(key), "--json")
    assert made.code == 0, made.err
    assert key.stat().st_mode & 0o777 == 0o600
    witness = ("log", "witness", url, "--key", str(key), "--state", str(state), "--authority", authority, "--json")
    assert (command(*witness).code, "mirror.no_key" in command(*witness).err) == (1, True)
    log_key = partner.installation.service.log.verifier_keys()[0].text
    refused = command(*witness, "--log-key", log_key)
    assert (refused.code, "log.unreachable" in refused.err) == (2, True)  # the log was not told of this witness
    named = TakeCosignature(
        database=partner.installation.service.database, witnesses=(partner.key, load_witness_key(key)[0])
    )
    object.__setattr__(partner.installation.service.log, "take_cosignature", named)
    ran = command(*witness)
    assert ran.code == 0, ran.err
    assert made.json["verifierKey"] == load_witness_key(key)[0].text
    with LogFolder(state) as folder:
        assert folder.checkpoint().startswith(f"{url.removeprefix('https://')}/log\n".encode())
    copy = command(
        "log", "mirror", url, "--out", str(partner.folder / "m"), "--log-key", log_key, "--authority", authority,
        "--json",
    )  # fmt: skip
    assert copy.code == 0, copy.err
    assert (partner.folder / "m" / "checkpoint").read_bytes().startswith((state / "checkpoint").read_bytes()[:20])
    key.chmod(0o644)
    assert "witness.key_mode" in command(*witness).err
    key.chmod(0o600)
    key.write_text("PRIVATE+KEY+x+00000000+AAAA")
    assert "witness.key_file" in command(*witness).err
    assert command("log", "mirror", "ftp://x", "--out", str(partner.folder / "m")).code == 2
    assert command("log", "mirror", "--out", str(partner.folder / "m")).code == 64
