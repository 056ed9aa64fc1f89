"""SoftHSM: a token in software behind a real PKCS#11 library. One for each process of the tests, in its own folder."""

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

PIN = "4711-pin"


@dataclass(frozen=True)
class SoftHsm:
    """`module` is the library; `folder` holds its configuration, its tokens and the PIN file of all of them."""

    module: Path
    folder: Path

    @property
    def pin_file(self) -> Path:
        return self.folder / "pin"

    def start(self) -> None:
        (self.folder / "tokens").mkdir()
        configuration = self.folder / "softhsm2.conf"
        configuration.write_text(f"directories.tokendir = {self.folder / 'tokens'}\nlog.level = ERROR\n")
        # The library asks the environment of its process, each time that it is initialised.
        os.environ["SOFTHSM2_CONF"] = str(configuration)
        self.pin_file.touch(0o600)
        self.pin_file.write_text(PIN + "\n")

    def new_token(self, label: str) -> None:
        """Before the library is opened, or while it is closed: a token of later it sees when it is opened anew."""
        arguments = ["--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "so-" + PIN]
        subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)

    def remove_tokens(self) -> None:
        """As when a card is pulled out, or a device on the network is gone."""
        (self.folder / "tokens").rename(self.folder / "elsewhere")
        (self.folder / "tokens").mkdir()

    def bring_tokens_back(self) -> None:
        shutil.rmtree(self.folder / "tokens")
        (self.folder / "elsewhere").rename(self.folder / "tokens")

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Every call waits while the block runs: the library asks for locks on its files, and we have them. For calls
        of other processes; one of this process would take the locks from us."""
        with ExitStack() as held:
            for path in (self.folder / "tokens").rglob("*"):
                if path.is_file():
                    fcntl.lockf(held.enter_context(path.open("r+b")), fcntl.LOCK_EX)
            yield

    @staticmethod
    def keeps_waiting(pid: int) -> bool:
        """Whether the process `pid` waits for a lock."""
        waiting = re.findall(r"^\d+: -> .*? (\d+) [0-9a-f]+:", Path("/proc/locks").read_text(), re.MULTILINE)
        return str(pid) in waiting

    def settings(self, token: str = "jmc") -> dict[str, str]:
        return {
            "JMC_VC_PKCS11_MODULE": str(self.module),
            "JMC_VC_PKCS11_PIN_FILE": str(self.pin_file),
            "JMC_VC_PKCS11_TOKEN": token,
        }
