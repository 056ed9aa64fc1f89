"""The examples of openapi.yaml, from an installation with a fixed clock and fixed chance: the same in every run.

`python -m tests.builders.examples` writes src/jmc_vc/web/examples.json anew.
"""

import itertools
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from jmc_vc import bootstrap, settings
from jmc_vc.installation import initialize
from tests.builders.installation import PROGRAMS, Clock, Installation, award
from tests.builders.web import WebClient, web_client

FILE = Path(__file__).parents[2] / "src" / "jmc_vc" / "web" / "examples.json"


@dataclass
class Chance:
    """Chance that is the same in every run: SHA-256 of a counter."""

    _counter: Iterator[int] = field(default_factory=itertools.count)

    def __call__(self, count: int) -> bytes:
        made = b""
        while len(made) < count:
            made += sha256(f"example {next(self._counter)}".encode()).digest()
        return made[:count]

    def uuid(self) -> UUID:
        return UUID(bytes=self(16), version=4)


def fixed_installation(folder: Path) -> Installation:
    """The installation in which the examples come about."""
    chance, clock = Chance(), Clock()
    configured = settings.load({"JMC_VC_DATA_DIR": str(folder)})
    initialize(configured, clock=clock, random=chance)
    service = bootstrap.build(configured, clock=clock, random=chance, new_uuid=chance.uuid)
    installation = Installation(service=service, clock=clock)
    installation.register()
    installation.import_program()
    installation.approve()
    return installation


def examples(installation: Installation) -> dict[str, Any]:
    """Operation → example bodies, as they go over the wire."""
    sent = award(externalId="A-2026-0001")
    profile = {**PROGRAMS["JMC-P-900001"], "workload": {**PROGRAMS["JMC-P-900001"]["workload"], "notionalHours": 80}}
    change = {"action": "revoke", "reasonCode": "issued_in_error", "reason": "Awarded to the wrong person."}
    headers = {"authorization": f"Bearer {installation.api_keys['hoshimigaoka']}"}
    # The log keeper works all the time. What it finds to do is done before, so that it finds nothing.
    installation.service.log.advance(now=installation.now)
    with web_client(installation.service) as client:
        issued = client.post("/v1/assertions", json=sent, headers=headers).json()
        installation.clock.move(seconds=1)
        installation.service.log.advance(now=installation.now)
        own = issued["links"]["self"]
        logged = client.get(issued["links"]["log"], headers=headers).json()
        return {
            "createAssertion": {"request": sent, "response": issued},
            "listAssertions": {"response": client.get("/v1/assertions", headers=headers).json()},
            "getAssertion": {"response": client.get(own, headers=headers).json()},
            "getAssertionLog": {"response": logged},
            "getLogEntry": {"response": client.get(logged["entries"][0]["entry"]).json()},
            "lintProgram": {"request": profile, "response": client.post("/v1/programs/lint", json=profile).json()},
            "verify": {
                "request": issued["credential"],
                "response": client.post("/v1/verify", json=issued["credential"]).json(),
            },
            **receipt_and_batch(client, issued["credential"]),
            "changeStatus": {
                "request": change,
                "response": client.post(f"{own}/status", json=change, headers=headers).json(),
            },
        }


def receipt_and_batch(client: WebClient, credential: dict[str, Any]) -> dict[str, Any]:
    """Those of a batch, of which the first line is shown, and of a receipt."""
    sent = [{"reference": "applicant 7", "url": credential["id"]}]
    receipt = client.post("/v1/verify?receipt=true", json=credential).json()["receipt"]
    return {
        "verifyBatch": {
            "request": sent,
            "response": json.loads(client.post("/v1/verify/batch", json=sent).text.splitlines()[0]),
        },
        "verifyReceipt": {
            "request": {"receipt": receipt},
            "response": client.post("/v1/verify/receipt", json={"receipt": receipt}).json(),
        },
    }


def written(made: dict[str, Any]) -> str:
    """The text of the file."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        FILE.write_text(written(examples(fixed_installation(Path(folder)))), encoding="utf-8")
