"""`jmc-vc keys drill` over a new installation, timed step by step: rotations, a theft, and all that follows from it."""

import json
import os
import subprocess
import tempfile
from importlib.metadata import version
from itertools import groupby

from bench.row import Row
from bench.service import PROGRAM_NAME

ROTATIONS = 5
LONGEST_SECONDS = 900
"""A quarter of an hour for everything (security goals §6)."""
REISSUED = 100_000 / 3_600
"""As many a second are to be signed anew (security goals §6)."""


def rows(credentials: int) -> list[Row]:
    """A row for each kind of step, in seconds; one for the whole, and one for how fast credentials are signed anew."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = {**os.environ, "JMC_VC_DATA_DIR": folder}
        subprocess.run([PROGRAM_NAME, "init"], env=environment, check=True, stdout=subprocess.DEVNULL)
        arguments = ["keys", "drill", "--credentials", str(credentials), "--rotations", str(ROTATIONS), "--json"]
        told = subprocess.run([PROGRAM_NAME, *arguments], env=environment, check=True, stdout=subprocess.PIPE)
    drill, versions = json.loads(told.stdout), {"jmc-vc": version("jmc-vc")}
    steps = sorted(drill["steps"], key=lambda each: str(each["step"]))
    by_step = {name: list(each) for name, each in groupby(steps, key=lambda each: str(each["step"]))}
    order = dict.fromkeys(str(each["step"]) for each in drill["steps"])
    found = [
        Row(
            id=f"drill/{name}",
            ours=sum(each["seconds"] for each in by_step[name]),
            peer=None,
            ratio=None,
            better="lower",
            unit="s",
            versions=versions,
            remark=f"{sum(each['count'] for each in by_step[name]):,}",
        )
        for name in order
    ]
    whole = f"{credentials:,} credentials, {ROTATIONS} rotations"
    (reissue,) = by_step["reissue"]
    return [
        *found,
        Row(id="drill/all", ours=drill["seconds"], peer=None, ratio=None, target=LONGEST_SECONDS, better="lower",
            unit="s", versions=versions, remark=whole),
        Row(id="drill/reissued", ours=reissue["count"] / reissue["seconds"], peer=None, ratio=None, target=REISSUED,
            versions=versions, remark="credentials of the stolen key"),
    ]  # fmt: skip
