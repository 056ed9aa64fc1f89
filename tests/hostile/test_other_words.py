"""The same statements in other words: what the signature does not notice, and readers of plain JSON would."""

import copy
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.errors import Error
from tests.builders.forger import Change, changed, signed_by_issuer, unsigned
from tests.builders.installation import Installation, award, make_installation
from tests.hostile.over_http import over_http

Make = Callable[[Installation, bytes], bytes]
VC, OB, SEC = (
    "https://www.w3.org/2018/credentials#",
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
    "https://w3id.org/security#",
)
JMC = "https://ns.jmc.example/mc/v1#"


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, bytes]]:
    """One installation and one good credential, whose subject has a DID: an id that could be written otherwise."""
    did = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    with over_http(make_installation(Path(tmp_path_factory.mktemp("words")))) as installation:
        yield installation, installation.issue(award(recipient={**award()["recipient"], "did": did})).body
        installation.service.database.close()


def signed(installation: Installation, body: bytes) -> bytes:
    """As it was issued."""
    return body


def expired(installation: Installation, body: bytes) -> bytes:
    """Signed again by the issuer, with an end of validity in the past."""
    period = {"validFrom": "2026-10-05T00:00:00Z", "validUntil": "2026-11-01T00:00:00Z"}
    return signed_by_issuer(installation, {**unsigned(body), **period})


def with_an_old_proof(installation: Installation, body: bytes) -> bytes:
    made = installation.now - timedelta(days=2)
    return signed_by_issuer(installation, unsigned(body), created=made, members={"expires": "2026-11-22T00:00:00Z"})


def chained(installation: Installation, body: bytes) -> bytes:
    first = json.loads(signed_by_issuer(installation, unsigned(body), members={"id": "urn:uuid:1"}))
    return signed_by_issuer(installation, first, members={"previousProof": "urn:uuid:1"})


def renamed(pointer: str, name: str, value: Callable[[Any], Any] = lambda given: given) -> Change:
    """The member at `pointer` said in other words, with the same meaning and so under the same signature."""

    def change(document: dict[str, Any]) -> None:
        *path, last = pointer.split("/")
        place: Any = document
        for step in path:
            place = place[int(step)] if isinstance(place, list) else place[step]
        given = value(place.pop(last))
        place[name] = given

    return change


def split_result(document: dict[str, Any]) -> None:
    results = document["credentialSubject"]["result"]
    value = results[0].pop("value")
    results[0]["id"] = "_:r1"
    results.append({"id": "_:r1", "type": ["Result"], "value": value})


def doubled_result(document: dict[str, Any]) -> None:
    results = document["credentialSubject"]["result"]
    results[0]["id"] = "_:r1"
    results.append(copy.deepcopy(results[0]))


def swapped_names(document: dict[str, Any]) -> None:
    """An evidence with the achievement's address and its name, which the achievement has lost."""
    achievement = document["credentialSubject"]["achievement"]
    evidence = {"id": achievement["id"], "type": ["Evidence"], "name": achievement["name"]}
    achievement["name"] = "医学博士 PhD"
    document["evidence"] = [evidence]


def as_date(given: str) -> dict[str, str]:
    return {"@value": given, "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}


OTHER_WORDS: dict[str, tuple[Make, Change]] = {
    "the status under its IRI": (signed, renamed("credentialStatus", VC + "credentialStatus")),
    "the end of validity under its IRI": (expired, renamed("validUntil", VC + "validUntil", as_date)),
    "the end of validity as a value object": (expired, renamed("validUntil", "validUntil", as_date)),
    "the test mark under its IRI": (signed, renamed("jmc:testData", JMC + "testData")),
    "the results under their IRI": (signed, renamed("credentialSubject/result", OB + "result")),
    "the recipient's identifiers under their IRI": (signed, renamed("credentialSubject/identifier", OB + "identifier")),
    "the award date under its IRI": (signed, renamed("awardedDate", OB + "awardedDate")),
    "the subject's id as @id": (signed, renamed("credentialSubject/id", "@id")),
    "the issuer's id as @id": (signed, renamed("issuer/id", "@id")),
    "the status entry's id as @id": (signed, renamed("credentialStatus/id", "@id")),
    "the type as an IRI": (signed, lambda d: d["type"].__setitem__(1, OB + "OpenBadgeCredential")),
    "the end of the proof under its IRI": (with_an_old_proof, renamed("proof/expires", SEC + "expiration", as_date)),
    "the earlier proof under its IRI": (
        chained,
        renamed("proof/1/previousProof", SEC + "previousProof", lambda given: {"id": given}),
    ),
    "the proof's date under its IRI": (signed, renamed("proof/created", "http://purl.org/dc/terms/created", as_date)),
    "the title with its language in capitals": (
        signed,
        renamed("credentialSubject/achievement/jmc:title", "jmc:title", lambda t: {"JA": t["ja"], "en": t["en"]}),
    ),
    "a result cut in two": (signed, split_result),
    "a result doubled": (signed, doubled_result),
    "a name moved to an evidence": (signed, swapped_names),
}
"""All but the last state exactly what was signed, so the signature itself would hold. The last is what could not be
told from its opposite, once it was signed."""


@pytest.mark.parametrize("case", OTHER_WORDS)
def test_nothing_can_be_hidden_in_other_words(case: str, one: tuple[Installation, bytes]) -> None:
    installation, body = one
    make, change = OTHER_WORDS[case]
    before = installation.verify(make(installation, body))
    assert before.finding("coverage").code == "coverage.complete"
    report = installation.verify(changed(make(installation, body), change))
    assert report.verdict == "invalid"
    assert report.finding("coverage").code == "proof.coverage"
    assert report.finding("proof").code == "proof.coverage"
    assert report.credential is None


def test_a_revocation_cannot_be_hidden(one: tuple[Installation, bytes]) -> None:
    installation, _ = one
    learner = {**award()["recipient"], "email": "revoked@learners.example"}
    issued = installation.issue(award(recipient=learner))
    installation.service.change_status(
        issued.credential.uuid, StatusAction.REVOKE, reason=RevocationReason.ISSUED_IN_ERROR, text=None,
        actor=installation.actor(), now=installation.now,
    )  # fmt: skip
    assert installation.verify(issued.body).summary == "revoked"
    hidden = changed(issued.body, renamed("credentialStatus", VC + "credentialStatus"))
    assert installation.verify(hidden).verdict == "invalid"


@pytest.mark.parametrize("change", [split_result, swapped_names])
def test_what_could_be_moved_afterwards_is_not_signed(change: Change, one: tuple[Installation, bytes]) -> None:
    installation, body = one
    document = unsigned(body)
    change(document)
    with pytest.raises(Error) as refused:
        signed_by_issuer(installation, document)
    assert refused.value.code == "proof.coverage"
