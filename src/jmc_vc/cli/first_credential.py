"""What the demonstration gives whoever starts it: an API key, kept in the data folder, and a line of curl that issues
a first credential."""

import json
import os
import shlex
from datetime import datetime
from pathlib import Path

from jmc_vc.bootstrap import Service
from jmc_vc.cli.demo_site import PROGRAM, SCHOOL
from jmc_vc.domain.actor import Actor, ActorKind
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.errors import Unauthenticated

KEY_FILE = "demo-api-key"

_DEMO = Actor(kind=ActorKind.SYSTEM, id="demo")


def demo_api_key(service: Service, *, now: datetime) -> str:
    """The API key of the demonstration's school: the one in the data folder, or a new one if that is lost or expired.
    Nobody else can read the file (mode 0600)."""
    path = service.settings.data_dir / KEY_FILE
    if path.exists():
        text = path.read_text(encoding="ascii", errors="replace").strip()
        try:
            service.authenticate(text, now=now)
        except Unauthenticated:
            pass
        else:
            path.chmod(0o600)
            return text
    text = service.mint_api_key(SCHOOL, label="demo", actor=_DEMO, now=now)
    _keep(path, text)
    return text


def curl(service: Service, api_key: str, *, now: datetime) -> str:
    """One line for a shell. Pasted twice on one day it answers twice with the same credential, byte for byte."""
    with service.database.read() as snapshot:
        approvals = [each.approval for each in snapshot.programs.versions(PROGRAM) if each.approval is not None]
    last = max(approval.effective_until for approval in approvals)
    awarded = min(jst_day(now), last).isoformat()
    body = {
        "program": PROGRAM,
        "recipient": {
            "name": {"ja": {"family": "見本", "given": "太郎"}, "latn": {"family": "MIHON", "given": "Taro"}},
            "email": "mihon@learners.example",
        },
        "awardedDate": awarded,
        "results": [{"assessment": "A1", "value": "82"}, {"assessment": "A2", "value": "L3"}],
    }
    headers = (
        f"Authorization: Bearer {api_key}",
        "Content-Type: application/json",
        f"Idempotency-Key: first-credential-{awarded}",
    )
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    options = " ".join(f"-H {shlex.quote(header)}" for header in headers)
    return f"curl -sS {service.site.base_url}/v1/assertions {options} -d {shlex.quote(written)}"


def _keep(path: Path, text: str) -> None:
    # Beside it first and then moved: a crash leaves the old file or the new one, and it is never readable by others.
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"{text}\n")
    beside.replace(path)
