"""What the rows `verify/service…` are measured with: different credentials of two kinds, and what hostile clients send.

Half of the credentials are of an issuer that is hosted here: of JMC-P-900001, issued by the service itself, 13 kB. Half
are of an issuer elsewhere, whose DID document and status list lie on a host of its own: the typical credential, 4.9 kB.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, cycle
from pathlib import Path

from bench import poison
from bench.service import award
from jmc_vc.formats.encoding.multibase import encode_base58
from jmc_vc.issuing.command import Command, IssuedAssertion
from jmc_vc.issuing.request import read_request
from jmc_vc.verifying.detect import is_token
from tests.builders import codes
from tests.builders.badges import typical_badge
from tests.builders.forger import Stranger
from tests.builders.installation import Installation
from tests.builders.outside_issuer import HOST, LIST, OutsideIssuer
from tests.hostile.test_pictures import REFUSED as PICTURES
from tests.hostile.test_verify_json import REFUSED as NO_CREDENTIALS
from tests.simulators.outside import Host, Mode

CORPUS = Path(__file__).parents[1] / "tests" / "corpus" / "credentials" / "bad"
TOGETHER = 50
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Credentials:
    """The same number of each kind."""

    own: tuple[bytes, ...]
    foreign: tuple[bytes, ...]

    @property
    def mixed(self) -> tuple[bytes, ...]:
        """By turns."""
        return tuple(chain.from_iterable(zip(self.own, self.foreign, strict=True)))


def credentials(installation: Installation, host: Host, number: int) -> Credentials:
    """`number` of them, half of each kind; `host` serves what belongs to those from elsewhere."""
    own = chain.from_iterable(
        _issued(installation, range(first, min(first + TOGETHER, number // 2)))
        for first in range(0, number // 2, TOGETHER)
    )
    return Credentials(tuple(own), tuple(_foreign(installation, host, number // 2)))


def _issued(installation: Installation, numbers: range) -> Iterator[bytes]:
    actor = installation.actor()
    commands = [Command(request=read_request(award(each)), actor=actor, idempotency_key=None) for each in numbers]
    for outcome in installation.service.issue(commands, now=installation.now):
        assert isinstance(outcome, IssuedAssertion), outcome
        yield outcome.body


def _foreign(installation: Installation, host: Host, number: int) -> Iterator[bytes]:
    issuer, made = OutsideIssuer(f"did:web:{host.name}"), installation.now - AN_HOUR
    for address, document in foreign_documents(issuer, installation).items():
        host.serve(address.removeprefix(HOST), document)
    for each in range(number):
        badge = typical_badge(each)
        badge["issuer"]["id"] = issuer.id
        badge["credentialStatus"] = issuer.entry(each)
        yield issuer.sign(badge, created=made)


def foreign_documents(issuer: OutsideIssuer, installation: Installation) -> Mapping[str, bytes]:
    """What stands on the host of the issuer elsewhere: its keys, and a list in which nobody's place is set."""
    made = installation.now - AN_HOUR
    return {
        issuer.document_url: json.dumps(issuer.document()).encode(),
        LIST: issuer.sign(issuer.status_list({131_000}, issued=made), created=made),
    }


def hostile(installation: Installation, slow: Host) -> Iterator[tuple[bytes, str]]:
    """Bad input and its media type, without end: by turns one with a defect, one that is none, a poison graph, a bomb
    in a picture or a PDF, and a badge whose issuer's host answers nobody."""
    slow.mode = Mode.HANGS_AT_HEADERS
    kinds = (
        [file.read_bytes() for file in sorted(CORPUS.iterdir())],
        [data for data, *_ in NO_CREDENTIALS.values()],
        [_with_a_proof(data) for _, data in poison.documents(random_graphs=10)],
        [*(picture for _, picture in PICTURES.values()), *codes.bombs().values()],
        [*_of_a_slow_host(installation, slow)],
    )
    for data in chain.from_iterable(zip(*map(cycle, kinds), strict=False)):
        yield data, media_type(data)


def _with_a_proof(document: bytes) -> bytes:
    """`document` in a stranger's name, with 64 bytes for a signature: else nobody needs its canonical form."""
    stranger = Stranger()
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-01-01T00:00:00Z",
        "verificationMethod": stranger.method,
        "proofPurpose": "assertionMethod",
        "proofValue": encode_base58(bytes(64)),
    }
    read = json.loads(document)
    return json.dumps({**read, "issuer": {**read["issuer"], "id": stranger.did}, "proof": proof}).encode()


def _of_a_slow_host(installation: Installation, slow: Host) -> Iterator[bytes]:
    for number in range(50):
        issuer = OutsideIssuer(f"did:web:{slow.name}:issuers:{number}")
        yield issuer.sign(issuer.badge(), cryptosuite="eddsa-jcs-2022", created=installation.now - AN_HOUR)


def media_type(data: bytes) -> str:
    """What an honest client would call it."""
    if data.startswith(b"\x89PNG"):
        return "image/png"
    if data.startswith(b"%PDF"):
        return "application/pdf"
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \n").startswith(b"<"):
        return "image/svg+xml"
    return "text/plain" if is_token(data) else "application/json"
