"""An installation whose database gets lost, with an anchor, a backup, and a partner who copies its log."""

from collections.abc import Callable
from pathlib import Path

from jmc_vc import bootstrap
from jmc_vc.auditing.mirror_log import Mirrored, MirrorLog
from jmc_vc.auditing.restore_log import Restored
from jmc_vc.formats.transparency.verifier_key import VerifierKey
from jmc_vc.storage.log_folder import LogFolder
from tests.builders.installation import OPERATOR, Installation, make_installation
from tests.builders.public_log import advance


class Machine:
    """An installation with an anchor, a backup of its database, and a partner who copies its log."""

    def __init__(self, folder: Path, url: str, save: Callable[[], None], put_back: Callable[[], None]) -> None:
        self.folder, self.save, self.put_back = folder, save, put_back
        self.anchor = folder / "elsewhere" / "head"
        self.anchor.parent.mkdir()
        self.mirror = LogFolder(folder / "mirror")
        environment = {"JMC_VC_ANCHOR_FILE": str(self.anchor)}
        self.installation = make_installation(folder, url, environment=environment)

    def close(self) -> None:
        self.installation.service.database.close()

    def start(self, *, rolled_back: bool = False) -> Installation:
        """Start again; raises what the start raises."""
        self.close()
        service = bootstrap.build(
            self.installation.service.settings, clock=self.installation.clock, rolled_back=rolled_back
        )
        self.installation.service = service
        return self.installation

    def back_up(self) -> None:
        self.close()
        self.save()
        self.start()

    def lose(self) -> None:
        """The old database is back."""
        self.close()
        self.put_back()

    def copy_log(self) -> Mirrored:
        log = self.installation.service.log
        with self.mirror as folder:
            folder.write("keys", "".join(f"{key.text}\n" for key in log.verifier_keys()).encode())
            return MirrorLog(source=_Local(self.installation), folder=folder, origin="localhost:8000/log")()

    def restore(self, log_key: VerifierKey | None = None) -> Restored:
        done = self.put_log_back(log_key)
        advance(self.installation)
        self._new_api_keys()
        return done

    def put_log_back(self, log_key: VerifierKey | None = None) -> Restored:
        self.start(rolled_back=True)
        restore = self.installation.service.records.restore
        self.installation.clock.move(hours=1)
        return restore(self.mirror, log_key=log_key, reason="the disk broke", actor=OPERATOR, now=self.installation.now)

    def _new_api_keys(self) -> None:
        """As the restore asks for it: all were revoked."""
        installation = self.installation
        with installation.service.database.read() as snapshot:
            slugs = [each.slug for each in snapshot.issuers.all()]
        for slug in slugs:
            installation.api_keys[slug] = installation.service.mint_api_key(
                slug, label="after the restore", actor=OPERATOR, now=installation.now
            )

    def findings(self) -> set[str]:
        return {each.code for each in self.installation.service.records.verify_log().findings}


class _Local:
    def __init__(self, installation: Installation) -> None:
        self._log = installation.service.log

    def checkpoint(self) -> bytes:
        return self._log.head().note

    def tile(self, path: str) -> bytes:
        return self._log.tile(path)
