"""Bad input over HTTP, and the bounds that hold for every one of it: an answer within a second of work and 64 MiB above
what was there before, no 5xx, no connection and no name asked for, and the next good request works."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from jmc_vc.verifying.detect import is_token
from tests.builders.badges import small_badge
from tests.builders.forger import Stranger
from tests.builders.installation import Installation
from tests.builders.web import WebClient, web_client
from tests.simulators.connect_trace import traced

Json = dict[str, Any]
SECONDS = 1.0
"""Of processor time: the machines are shared, and what somebody else computes is no fault of ours."""
MEBIBYTES = 64


@dataclass(frozen=True)
class Found:
    """The outcome and code of one check."""

    outcome: str
    code: str


@dataclass(frozen=True)
class Checked:
    """One check by its id."""

    id: str
    finding: Found


class Refused(Exception):
    """An answer that is no report: a problem (RFC 9457)."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        self.code: str = answer.json()["code"]
        super().__init__(f"{self.status} {self.code}")


class Answer:
    """A report as it came."""

    def __init__(self, answer: httpx.Response) -> None:
        self.text = answer.text
        self.json: Json = answer.json()
        self.verdict: str = self.json["verdict"]
        self.summary: str = self.json["summary"]["code"]
        self.credential: Json | None = self.json["credential"]
        self.checks = tuple(Checked(each["id"], Found(each["outcome"], each["code"])) for each in self.json["checks"])

    def finding(self, name: str) -> Found:
        return next(each.finding for each in self.checks if each.id == name)


@dataclass
class OverHttp(Installation):
    """An installation whose verification is asked over HTTP, within the bounds."""

    client: WebClient = field(kw_only=True)

    def ask(self, body: bytes, policy: str = "default", media_type: str | None = None) -> httpx.Response:
        """The answer to `body`, sent as what it looks like."""
        headers = {"content-type": media_type or media_type_of(body)}
        with within_bounds():
            answer = self.client.post(f"/v1/verify?policy={policy}", content=body, headers=headers)
        assert answer.status_code < 500, answer.text
        good = self.client.post("/v1/verify?policy=technical", content=self._good(), headers={"content-type": JSON})
        assert good.json()["verdict"] == "valid", good.text
        return answer

    def verify(self, body: bytes, policy: str = "default") -> Any:
        """The report. Raises Refused."""
        answer = self.ask(body, policy)
        if answer.status_code != 200:
            raise Refused(answer)
        return Answer(answer)

    def _good(self) -> bytes:
        return Stranger().sign(self, small_badge())


JSON = "application/json"
_BEGINS = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"), (b"RIFF", "image/webp"),
           (b"%PDF", "application/pdf"))  # fmt: skip


def media_type_of(body: bytes) -> str:
    """What an honest client would say."""
    if found := next((name for begins, name in _BEGINS if body.startswith(begins)), None):
        return found
    if re.match(rb"(\xff\xfe|\xfe\xff|\xef\xbb\xbf)?[\s\0]*<", body):
        return "image/svg+xml"
    return "text/plain" if is_token(body) else JSON


@contextmanager
def over_http(installation: Installation) -> Iterator[OverHttp]:
    """`installation` as it is asked over HTTP."""
    with web_client(installation.service) as client:
        yield OverHttp(installation.service, installation.clock, installation.api_keys, client=client)


@contextmanager
def within_bounds(connections: Sequence[Any] = (), seconds: float = SECONDS) -> Iterator[None]:
    """What happens in the block keeps to the bounds; it may connect to `connections` alone, and asks for no name."""
    before = _reset_peak()
    started = time.process_time()
    with traced() as trace:
        yield
    used = time.process_time() - started
    assert used < seconds, f"{used:.2f} s"
    assert set(trace.connections) <= set(connections)
    assert trace.names == []
    if before is not None and (peak := _resident("VmHWM")) is not None:
        assert (peak - before) >> 20 <= MEBIBYTES, f"{(peak - before) >> 20} MiB"


def _reset_peak() -> int | None:
    """Forget the peak of this process's memory; what it has now. None where the system does not tell."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        return _resident("VmRSS")
    return None


def _resident(name: str) -> int | None:
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return None if found is None else int(found[1]) << 10
