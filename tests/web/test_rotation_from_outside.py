"""An outside verifier keeps the issuer's keys for as long as the answer allows, and never meets a signature by a key
that it does not know: whenever it fetched them, through every step of a safe rotation (threat 18)."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jmc_vc.domain.signing_key import KEYS_CACHED
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.did.document import verification_method
from jmc_vc.formats.strict_json import parse_object
from tests.builders.installation import OPERATOR, Installation, award, make_installation
from tests.builders.web import WebClient, web_client

SLUG = "hoshimigaoka"
DOCUMENT = f"/issuers/{SLUG}/did.json"
SECOND = timedelta(seconds=1)


@dataclass
class Outside:
    """A verifier with a cache as RFC 9111 has it; `begins` is when it first needs the keys."""

    begins: datetime
    document: dict[str, Any] = field(default_factory=dict)
    etag: str = ""
    stale_at: datetime | None = None

    def knows(self, method_id: str, client: WebClient, now: datetime) -> bool:
        if self.stale_at is None or now >= self.stale_at:
            answer = client.get(DOCUMENT, headers={"if-none-match": self.etag} if self.etag else {})
            if answer.status_code == 200:
                self.document, self.etag = answer.json(), answer.headers["etag"]
            assert answer.status_code in {200, 304}
            self.stale_at = now + timedelta(seconds=int(answer.headers["cache-control"].rpartition("=")[2]))
        return method_id in self.document["assertionMethod"]


def rotated_while_watched(installation: Installation, client: WebClient, *, late: timedelta) -> set[str]:
    """Two rotations, an award in every second, and verifiers that came in each of the seconds before; the answer is the
    keys that signed. `late`: the rotation reads its clock so long before its commit."""
    began = installation.now
    verifiers = [Outside(begins=began + SECOND * second) for second in range(60)]
    signed_by = set()
    for second in range(190):
        now = installation.now
        if second >= 60:  # all of them hold the keys, each of another second
            installation.service.rotate_key(SLUG, actor=OPERATOR, now=now - late)
        document = parse_object(
            installation.issue(award(externalId=f"learner-{second}", recipient=learner(second))).body
        )
        (proof,) = read_proofs(document)
        signed_by.add(proof.verification_method)
        present = [each for each in verifiers if each.begins <= now]
        assert all(each.knows(proof.verification_method, client, now) for each in present), (second, signed_by)
        method = verification_method(parse_object(json.dumps(present[0].document).encode()), proof.verification_method)
        verify_proof(Unsecured(document, installation.service.contexts), proof, method.public_key)
        installation.clock.move(seconds=1)
    return signed_by


def learner(number: int) -> dict[str, Any]:
    return {"name": {"fullName": "Test Learner"}, "email": f"learner-{number}@learners.example"}


def test_nobody_outside_meets_a_key_that_it_does_not_know(installation: Installation) -> None:
    with web_client(installation.service) as client:
        assert len(rotated_while_watched(installation, client, late=timedelta(0))) == 3


def test_a_slow_commit_is_within_the_slack(sqlite_installation: Installation) -> None:
    with web_client(sqlite_installation.service) as client:
        assert len(rotated_while_watched(sqlite_installation, client, late=timedelta(seconds=10))) == 3


def test_what_is_kept_is_kept_for_less_than_a_new_key_waits(sqlite_installation: Installation) -> None:
    paths = [
        "/.well-known/did.json", "/.well-known/jwks.json", "/.well-known/did-history.json",
        "/.well-known/did-configuration.json", "/keys/key-1", DOCUMENT, f"/issuers/{SLUG}/jwks.json",
        f"/issuers/{SLUG}/did-history.json", f"/issuers/{SLUG}/keys/key-1",
    ]  # fmt: skip
    with web_client(sqlite_installation.service) as client:
        for path in paths:
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert answer.headers["cache-control"] == "public, max-age=45", path
            assert timedelta(seconds=45) < KEYS_CACHED
            again = client.get(path, headers={"if-none-match": answer.headers["etag"]})
            assert (again.status_code, again.content) == (304, b""), path


def test_another_base_url_is_in_every_id_that_is_served(tmp_path: Path) -> None:
    made = make_installation(tmp_path, base_url="https://vc.example.jp:8443")
    with web_client(made.service) as client:
        assert client.get("/.well-known/did.json").json()["id"] == "did:web:vc.example.jp%3A8443"
        issuer = client.get(DOCUMENT).json()
        assert issuer["id"] == f"did:web:vc.example.jp%3A8443:issuers:{SLUG}"
        history = client.get(f"/issuers/{SLUG}/did-history.json").json()
        assert history["id"] == f"https://vc.example.jp:8443/issuers/{SLUG}/did-history.json"
    made.service.database.close()
