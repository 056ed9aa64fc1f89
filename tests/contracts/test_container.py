"""The container files, as far as they can be tested where there is no container engine.

The slow test replays the Dockerfile: it copies what the file copies, runs what it runs (with the image's folders moved
into a temporary one), and starts the installed command as a user who may write to the data folder alone.
"""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.parts import everything_is_required

ROOT = Path(__file__).parents[2]
NOBODY = 65534


@dataclass(frozen=True)
class Instruction:
    """One line of a Dockerfile, continuation lines joined."""

    name: str
    rest: str


def stages() -> list[list[Instruction]]:
    """The instructions of the Dockerfile by stage; each stage begins with its FROM."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    found: list[list[Instruction]] = []
    for line in filter(None, map(str.strip, text.replace("\\\n", " ").splitlines())):
        name, _, rest = line.partition(" ")
        if name == "FROM":
            found.append([])
        if found:
            found[-1].append(Instruction(name, rest.strip()))
    return found


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def final(name: str) -> list[str]:
    return [instruction.rest for instruction in stages()[-1] if instruction.name == name]


def test_the_image_runs_as_a_number_that_is_not_root() -> None:
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", final("USER")[-1])


def test_the_image_installs_nothing_without_a_hash() -> None:
    commands = [i.rest for stage in stages() for i in stage if i.name == "RUN" and "pip install" in i.rest]
    assert commands
    assert all("--require-hashes" in command or "--no-deps --no-index" in command for command in commands)


def test_the_image_and_compose_ask_the_same_question_about_health() -> None:
    command = json.loads(re.sub(r"^.*?CMD ", "", final("HEALTHCHECK")[0]))
    assert compose()["services"]["service"]["healthcheck"]["test"] == ["CMD", *command]


def test_the_builder_gets_what_it_copies() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for instruction in stages()[0]:
        if instruction.name == "COPY":
            assert set(instruction.rest.split()[:-1]) <= kept


@pytest.mark.parametrize("name", compose()["services"])
def test_a_service_is_hardened(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"[a-z-]+:\d[\w.-]*", service["image"]), "an image has a version"


@pytest.mark.parametrize("name", compose()["services"])
def test_a_service_gets_its_secrets_as_files(name: str) -> None:
    parsed = compose()
    service = parsed["services"][name]
    assert set(service["secrets"]) <= parsed["secrets"].keys()
    assert all(secret.keys() == {"file"} for secret in parsed["secrets"].values())
    for variable, value in service["environment"].items():
        if re.search("PASS|SECRET|KEY|KEK|TOKEN", variable):
            assert value.startswith("/run/secrets/")
        assert not re.search(r"://[^/@]*:[^/@]*@", value), "no password in an address"


def test_the_anchor_lies_apart_from_the_data() -> None:
    parsed = compose()
    service = parsed["services"]["service"]
    mounted = dict(reversed(volume.split(":")) for volume in service["volumes"])
    folder = str(Path(service["environment"]["JMC_VC_ANCHOR_FILE"]).parent)
    assert mounted[folder] not in {mounted["/data"], "database"}
    assert mounted[folder] in parsed["volumes"]
    assert any(folder in command.split() for command in final("RUN")), "the volume takes over the owner of this folder"


def test_only_the_service_can_be_reached_and_only_from_this_machine() -> None:
    services = compose()["services"]
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published == {"service": ["127.0.0.1:8000:8000"]}
    assert services["database"]["networks"] == ["inside"]
    assert compose()["networks"]["inside"]["internal"] is True


# --- replay -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The root folder that the Dockerfile leads to, as far as it is ours: /opt and /data."""
    if not everything_is_required():
        pytest.skip("installs everything once more, from a package registry: make container-check")
    root = tmp_path_factory.mktemp("image")
    for folder in [root, *root.parents][:3]:
        folder.chmod(folder.stat().st_mode | stat.S_IXGRP | stat.S_IXOTH)  # pytest makes them private
    python = root / "usr" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(_interpreter())
    for stage in stages():
        _replay(stage, root)
    yield root
    shutil.rmtree(root)


def _interpreter() -> str:
    """The interpreter that stands for the image's: one that an ordinary user may start, where there is one."""
    own = getattr(sys, "_base_executable", sys.executable)
    return next(filter(_starts_as_nobody, (own, "/usr/bin/python3")), own)


def _nobody() -> dict[str, Any]:
    """What makes `subprocess` start a program as a user who owns nothing; only root can."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def _starts_as_nobody(python: str) -> bool:
    question = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"
    try:
        return (
            subprocess.run([python, "-c", question], cwd="/", capture_output=True, check=False, **_nobody()).returncode
            == 0
        )
    except OSError:
        return False


def _replay(stage: list[Instruction], root: Path) -> None:
    workdir = root
    # The builder sees none of this project's files except those it copies; the machine's pip configuration stays.
    environment = {**os.environ, "PATH": f"{root}/usr/bin:{os.environ['PATH']}", "PYTHONPATH": ""}
    for instruction in stage:
        match instruction:
            case Instruction("WORKDIR", path):
                workdir = root / path.lstrip("/")
                workdir.mkdir(parents=True, exist_ok=True)
            case Instruction("ENV", assignments) if "PATH=" not in assignments:
                environment |= dict(part.split("=", 1) for part in shlex.split(assignments))
            case Instruction("COPY", rest) if not rest.startswith("--from"):
                *sources, target = rest.split()
                for source in sources:
                    _copy(ROOT / source, workdir / target)
            case Instruction("RUN", command):
                # Owners are the engine's business; all else runs as written, inside `root`.
                moved = re.sub(r"(?<![\w.])/(opt|data|anchor|build)\b", rf"{root}/\1", command)
                moved = re.sub(r" -[og] \d+", "", moved)
                done = subprocess.run(
                    ["sh", "-ec", moved], cwd=workdir, env=environment, capture_output=True, text=True, check=False
                )
                assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"), dirs_exist_ok=True)
    else:
        shutil.copy(source, target / source.name if target.is_dir() else target)


@pytest.mark.slow
@pytest.mark.loopback
@pytest.mark.timeout(280)
def test_the_steps_of_the_dockerfile_lead_to_a_service_that_writes_to_its_data_folder_alone(image: Path) -> None:
    shutil.rmtree(image / "build")  # a later stage has neither the sources nor the tools
    shutil.rmtree(image / "opt" / "build")
    data = image / "data"
    who = _nobody() if _starts_as_nobody(str(image / "usr" / "bin" / "python")) else {}
    if who:
        os.chown(data, NOBODY, NOBODY)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    environment = {
        "PATH": f"{image}/opt/jmc-vc/bin:/usr/bin:/bin",
        "PYTHONDONTWRITEBYTECODE": "1",
        "JMC_VC_DATA_DIR": str(data),
        "JMC_VC_BASE_URL": f"http://localhost:{port}",
        "JMC_VC_PORT": port,
    }

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=data, env=environment, capture_output=True, text=True, check=False, **who)

    (entry_point,) = json.loads(final("ENTRYPOINT")[0])
    assert "engine: compiled" in run(entry_point, "--version").stdout.splitlines()
    for arguments in (["--help"], ["vendored", "check"], ["init"]):
        done = run(entry_point, *arguments)
        assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"

    question = json.loads(re.sub(r"^.*?CMD ", "", final("HEALTHCHECK")[0]).replace(":8000/", f":{port}/"))
    with (image / "log").open("w+") as log:
        serve = [entry_point, *json.loads(final("CMD")[0])]
        with subprocess.Popen(serve, cwd=data, env=environment, stdout=log, stderr=log, **who) as service:
            deadline = time.monotonic() + 60
            while run(*question).returncode != 0:  # each asking takes a moment, so nothing spins
                log.seek(0)
                assert service.poll() is None, log.read()
                assert time.monotonic() < deadline, log.read()
            service.send_signal(signal.SIGTERM)
            assert service.wait(timeout=35) in {0, -signal.SIGTERM}
