"""Credentials as clients of the VC API write them out, and the calls by which they send them."""

import copy
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.formats.jose import vc_jose
from jmc_vc.formats.strict_json import JsonObject
from tests.builders.suites import HOLDER, V2, presentation, presented
from tests.web.conftest import Running

Json = dict[str, Any]
BASE = "http://localhost:8000"
VERSION = f"{BASE}/programs/JMC-P-900001/v/1"
CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    "https://ns.jmc.example/mc/v1/context.json",
]
DID = HOLDER.method.partition("#")[0]
ASKED = {"domain": "employer.example", "challenge": "u7Gk"}
NAME = {"ja": {"family": "𠮷野", "given": "葛󠄀葉"}, "order": "family-first"}


@dataclass
class VcApi:
    """The VC API of a running service."""

    running: Running
    _learners: Iterator[int] = field(default_factory=itertools.count)

    def email(self) -> str:
        return f"vc-api-{next(self._learners)}@learners.example"

    def posted(self, **changes: Any) -> Json:
        """The least that a credential has to say, for a new learner; None takes a member away."""
        document = {
            "@context": CONTEXTS,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "awardedDate": "2026-10-01",
            "credentialSubject": self.subject(),
            **changes,
        }
        return {name: member for name, member in document.items() if member is not None}

    def subject(self, **changes: Any) -> Json:
        subject = {
            "type": ["AchievementSubject"],
            "identifier": [identity("emailAddress", self.email())],
            "jmc:recipientName": NAME,
            "result": [
                {"type": ["Result"], "resultDescription": f"{VERSION}#A1", "value": "82"},
                {"type": ["Result"], "resultDescription": f"{VERSION}#A2", "achievedLevel": f"{VERSION}#A2-L3"},
            ],
            "achievement": {"id": VERSION},
            **changes,
        }
        return {name: member for name, member in subject.items() if member is not None}

    def call(self, path: str, body: Json, slug: str | None = None) -> httpx.Response:
        return self.running.post(f"/vc-api/{path}", body, slug)

    def issue(self, credential: Json, slug: str | None = None, **options: Any) -> httpx.Response:
        return self.call("credentials/issue", {"credential": credential, "options": options}, slug)

    def issued(self, **changes: Any) -> Json:
        answer = self.issue(self.posted(**changes))
        assert answer.status_code == 201, answer.text
        found: Json = answer.json()["verifiableCredential"]
        return found

    @contextmanager
    def as_tokens(self) -> Iterator[None]:
        """Meanwhile the program's credentials are tokens."""
        installation = self.running.installation
        installation.set_issuing(profile=IssuingProfile.VC_JWT)
        try:
            yield
        finally:
            installation.set_issuing(profile=IssuingProfile.DATA_INTEGRITY_EDDSA)

    def verify(self, credential: Any, **options: Any) -> httpx.Response:
        return self.call("credentials/verify", {"verifiableCredential": credential, "options": options})

    def present(self, presentation: Any, **options: Any) -> httpx.Response:
        return self.call("presentations/verify", {"verifiablePresentation": presentation, "options": options})


def identity(kind: str, text: str, **changes: Any) -> Json:
    entry = {"type": "IdentityObject", "hashed": False, "identityHash": text, "identityType": kind}
    return {**entry, **changes}


def altered(document: Json, *path: Any, to: Any) -> Json:
    """A copy with another value at `path`."""
    copied = copy.deepcopy(document)
    holder: Any = copied
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = to
    return copied


@pytest.fixture(scope="module")
def api(running: Running) -> VcApi:
    return VcApi(running)


@pytest.fixture(scope="module")
def badge(api: VcApi) -> Json:
    """A badge of the holder of the tests."""
    return api.issued(credentialSubject=api.subject(id=DID))


@pytest.fixture(scope="module")
def token(api: VcApi) -> Json:
    """A badge of theirs as a token in its envelope."""
    with api.as_tokens():
        return api.issued(credentialSubject=api.subject(id=DID), awardedDate="2026-10-02")


def shown(*credentials: Any, **changes: Any) -> JsonObject:
    """A presentation of the holder, made for ASKED."""
    return presented(presentation(*credentials, holder=DID), **{**ASKED, **changes})


@pytest.fixture(scope="module")
def holders_token(token: Json) -> Json:
    """A presentation in the form that a token may have: envelopes only."""
    return presentation(token, holder=DID)


def token_of(document: Json, **claims: Any) -> str:
    """The presentation `document` as a token of the holder, made for ASKED."""
    given = {"aud": ASKED["domain"], "nonce": ASKED["challenge"], **claims}
    return vc_jose.sign_presentation(document, kid=HOLDER.method, algorithm="EdDSA", sign=HOLDER.sign, claims=given)


def envelope(media_type: str, token: str) -> Json:
    """The envelope of a credential in a token."""
    return {"@context": V2, "type": "EnvelopedVerifiableCredential", "id": f"data:{media_type},{token}"}
