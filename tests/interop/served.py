"""The running service seen from outside, and the process of the peers on npm."""

import itertools
import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import httpx

from jmc_vc.domain.issuing_settings import DEFAULT
from jmc_vc.domain.japan_time import jst_day
from jmc_vc.domain.signing_key import KEYS_CACHED
from tests.builders.awards import award_of, slug_of
from tests.builders.installation import OPERATOR, PROGRAMS
from tests.interop.keys import Jwk, jwk_of_did
from tests.parts import require
from tests.simulators.https_service import HttpsService

Badge = dict[str, Any]
MEDIA_TYPES: Mapping[bytes, str] = {
    b"{": "application/json",
    b"eyJ": "application/jwt",
    b"\x89PNG": "image/png",
    b"<": "image/svg+xml",
}
"""How a credential begins → what it is sent as."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """The running service, seen from outside."""

    service: HttpsService
    client: httpx.Client
    _learners: Iterator[int] = field(default_factory=itertools.count)

    def issue(self, number: str = "JMC-P-900001") -> Badge:
        """A badge of the example program `number`, for another learner each time."""
        credential: Badge = self._award(number)["credential"]
        return credential

    def issue_as(self, settings: Mapping[str, Any], *, did: str | None = None) -> dict[str, Any]:
        """The answer to an award while the program has the issuing settings `settings`: its member `credential` is the
        primary form, and `links.forms` has the addresses of all. `did` is the learner's."""
        service, number = self.service.installation.service, "JMC-P-900001"
        then = datetime.now(UTC) - KEYS_CACHED  # so that they hold now, also those that need a new key
        service.set_issuing_settings(number, **settings, actor=OPERATOR, now=then)
        try:
            return self._award(number, did)
        finally:
            service.set_issuing_settings(number, **vars(DEFAULT), actor=OPERATOR, now=datetime.now(UTC))

    def issue_one_of_each(self) -> list[Badge]:
        return [self.issue(number) for number in PROGRAMS]

    def revoke(self, badge: Badge, number: str = "JMC-P-900001") -> None:
        self.change_status(badge["id"], {"action": "revoke", "reasonCode": "issued_in_error"}, number)

    def change_status(self, id_: str, change: dict[str, str], number: str = "JMC-P-900001") -> None:
        self._post(f"/v1/assertions/{id_.rpartition('/')[2]}/status", change, number)

    def verify(self, document: Badge, policy: str) -> dict[str, Any]:
        """Our own report on `document`."""
        return self.verify_bytes(json.dumps(document, ensure_ascii=False).encode(), policy)

    def verify_bytes(self, credential: bytes, policy: str) -> dict[str, Any]:
        """Our own report on a credential in whatever form."""
        media_type = next(name for begins, name in MEDIA_TYPES.items() if credential.startswith(begins))
        answer = self.client.post(
            "/v1/verify", params={"policy": policy}, content=credential, headers={"content-type": media_type}
        )
        report: dict[str, Any] = answer.raise_for_status().json()
        return report

    def fetch(self, url: str) -> bytes:
        """What stands at `url`, got over https as everybody else gets it."""
        return self.client.get(url).raise_for_status().content

    def fetch_json(self, url: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.fetch(url))
        return document

    def jwk(self, kid: str) -> Jwk:
        """The key that `kid` names: a did:jwk, an address of one key, or a method of an issuer of ours."""
        if kid.startswith("did:jwk:"):
            return jwk_of_did(kid)
        if kid.startswith("https:"):
            return self.fetch_json(kid)
        slug, _, name = kid.rpartition(":")[2].partition("#")
        return self.fetch_json(f"{self.service.base_url}/issuers/{slug}/keys/{name}")

    def context(self) -> dict[str, dict[str, Any]]:
        """Our own context by its address, as the service publishes it."""
        url = self.service.installation.service.site.context_url
        return {url: self.fetch_json(url)}

    def _award(self, number: str, did: str | None = None) -> dict[str, Any]:
        email = f"learner-{next(self._learners)}@learners.example"
        awarded = jst_day(datetime.now(UTC)) - timedelta(days=3)
        award = award_of(number, awarded, email=email)
        if did is not None:
            award["recipient"]["did"] = did
            award["retake"] = True  # the same learner, again
        return self._post("/v1/assertions", award, number)

    def _post(self, path: str, body: dict[str, Any], number: str) -> dict[str, Any]:
        headers = self.service.bearer(slug_of(number))
        answer: dict[str, Any] = self.client.post(path, json=body, headers=headers).raise_for_status().json()
        return answer


class Node:
    """The peers on npm: one process, which answers line by line what `peers.mjs` says. It starts with the first
    question, so that the peers in Python are asked also where Node is not installed."""

    def __init__(self, authority: Path) -> None:
        """`authority` is the certificate of the service's authority, which Node trusts then."""
        self._authority = authority
        self._process: subprocess.Popen[str] | None = None

    def __call__(self, act: str, **sent: Any) -> Any:
        """What `act` answers to `sent`, both JSON."""
        if self._process is None:
            self._process = self._started()
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(json.dumps({"act": act, **sent}) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        assert line, process.stderr.read()
        said = json.loads(line)
        assert "failed" not in said, said["failed"]
        return said["answer"]

    def close(self) -> None:
        if self._process is not None:
            self._process.communicate()

    def _started(self) -> subprocess.Popen[str]:
        program = require("node")
        require("node-packages")
        return subprocess.Popen(
            [program, "peers.mjs"],
            cwd=Path(__file__).parent,
            env={**os.environ, "NODE_EXTRA_CA_CERTS": str(self._authority)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def within_seconds(seconds: float, holds: Callable[[], bool]) -> bool:
    """Ask again until `holds` or the time is over. Each asking is a request or a run of a peer, so nothing spins."""
    end = monotonic() + seconds
    while not holds():
        if monotonic() > end:
            return False
    return True
