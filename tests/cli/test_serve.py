"""`serve`, as `make run` starts it: a real process, a real port, the printed line really used."""

import json
import os
import shlex
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jmc_vc import bootstrap, settings
from jmc_vc.cli.opening import clock
from jmc_vc.domain.credential import RowState
from jmc_vc.installation import initialize
from tests.builders.rows import credential, reservation

PROGRAM = [sys.executable, "-c", "from jmc_vc.cli.main import run; run()"]

pytestmark = pytest.mark.loopback


@dataclass(frozen=True)
class Site:
    """A data folder and a free port."""

    folder: Path
    port: int

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.defpath,
            "JMC_VC_DATA_DIR": str(self.folder),
            "JMC_VC_BASE_URL": f"http://localhost:{self.port}",
            "JMC_VC_PORT": str(self.port),
        }


@pytest.fixture
def site(tmp_path: Path) -> Site:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return Site(tmp_path / "data", taken.getsockname()[1])


@contextmanager
def serving(site: Site, *arguments: str, **variables: str) -> Iterator[list[str]]:
    """The lines that a starting service says, up to the curl line; it is stopped at the end, and stops well."""
    process = subprocess.Popen(
        [*PROGRAM, "serve", *arguments],
        env={**site.environment, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        lines = []
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if line.startswith("curl ") or "--demo" not in arguments:
                break
        yield lines
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=30)
        process.stdout.close()
    assert code == 0


def use(line: str) -> Any:
    """What the shell and curl make of a printed line."""
    words = shlex.split(line)
    assert words[:2] == ["curl", "-sS"]
    headers = dict(words[i + 1].split(": ", 1) for i, word in enumerate(words) if word == "-H")
    body = words[words.index("-d") + 1].encode()
    with urllib.request.urlopen(urllib.request.Request(words[2], body, headers)) as answer:
        assert answer.status == 201
        return json.load(answer)


def get(url: str) -> tuple[int, str]:
    with urllib.request.urlopen(urllib.request.Request(url, headers={"accept": "text/html"})) as answer:
        return answer.status, answer.read().decode()


def test_the_printed_line_issues_a_credential_and_a_second_start_prints_it_again(site: Site) -> None:
    with serving(site, "--demo") as lines:
        first = use(lines[-1])
        assert use(lines[-1]) == first
        assert first["credential"]["proof"]
        pages = [line.split()[0] for line in lines if line.startswith("  http")]
        assert len(pages) == 13
        for page in (*pages[:4], first["id"]):
            status, text = get(page)
            assert status == 200
            assert "<html" in text
        assert get(f"http://localhost:{site.port}/readyz")[0] == 200
    key_file = site.folder / "demo-api-key"
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert key_file.read_text(encoding="ascii").strip() in lines[-1]

    left = leave_reserved(site)
    with serving(site, "--demo") as again:
        assert again[-1] == lines[-1]
        assert use(again[-1])["id"] == first["id"]
    with opened(site) as service, service.database.read() as snapshot:
        found = snapshot.credentials.get(left)
    assert found is not None
    assert found.row_state is RowState.ABANDONED


@contextmanager
def opened(site: Site) -> Iterator[bootstrap.Service]:
    configured = settings.load({name: value for name, value in site.environment.items() if name != "PATH"})
    service = bootstrap.build(configured, clock=clock)
    yield service
    service.database.close()


def leave_reserved(site: Site) -> Any:
    """What a crash in the middle of the issuance cycle leaves behind."""
    with opened(site) as service, service.database.begin() as tx:
        (place,) = tx.status_lists.allot("hoshimigaoka", 1, random=bytes)
        row = credential(place, reserved_at=clock() - timedelta(minutes=5))
        tx.credentials.reserve([reservation(row)])
    return row.uuid


def test_the_port_of_another_service_is_told_before_anything_is_made(site: Site) -> None:
    with socket.create_server(("127.0.0.1", site.port)):
        done = subprocess.run(
            [*PROGRAM, "serve", "--demo", "--json"], env=site.environment, capture_output=True, check=False
        )
    assert done.returncode == 2
    assert json.loads(done.stderr)["error"]["code"] == "cli.cannot_listen"
    assert not site.folder.exists()


def test_without_demo_nothing_is_made(site: Site) -> None:
    done = subprocess.run([*PROGRAM, "serve", "--json"], env=site.environment, capture_output=True, check=False)
    assert done.returncode == 2
    assert json.loads(done.stderr)["error"]["code"] == "config.not_initialized"


def test_two_processes_serve_one_port(site: Site) -> None:
    initialize(settings.load({name: value for name, value in site.environment.items() if name != "PATH"}), clock=clock)
    with serving(site, "--lang", "en", JMC_VC_WORKERS="2") as lines:
        assert lines == [f"The service answers at http://localhost:{site.port} (Ctrl+C stops it)."]
        assert get(f"http://localhost:{site.port}/healthz")[0] == 200


@pytest.mark.parametrize("folder", [None, "given"])
def test_a_demonstration_follows_its_port_and_lies_where_it_is_told_to(
    site: Site, tmp_path: Path, folder: str | None
) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--demo", "--port", str(site.port), *(["--data", folder] if folder else []), "--json"],
        env={"PATH": os.defpath},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line == "}\n":
            break
    said = json.loads("".join(lines))
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    process.stdout.close()
    assert said["baseUrl"] == f"http://localhost:{site.port}"
    assert (tmp_path / (folder or f".data/localhost-{site.port}") / "kek").is_file()
    assert (tmp_path / ".data").exists() is (folder is None)
