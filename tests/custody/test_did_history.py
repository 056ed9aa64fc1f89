"""The history of a DID document: every version, dated and signed, and its place in the public log once it has one."""

from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from jmc_vc.custody.did_history import NoHistoryKey
from jmc_vc.domain.issuer import IssuerNotFound
from jmc_vc.domain.signing_key import JMC, KEYS_CACHED
from jmc_vc.errors import Error
from jmc_vc.formats import jcs
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.did.document import verification_method
from jmc_vc.formats.strict_json import JsonObject, parse_object
from jmc_vc.formats.transparency.log_entry import read_log_entry
from tests.builders.installation import OPERATOR, Installation

SLUG = "hoshimigaoka"


def history(installation: Installation, slug: str | None = SLUG) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(installation.service.did_history(slug, now=installation.now))
    return found


def verified(installation: Installation, history: Mapping[str, Any]) -> None:
    """Returns when our own key signed it. Raises Error."""
    document: JsonObject = parse_object(orjson.dumps(history))
    (proof,) = read_proofs(document)
    method = verification_method(installation.service.did_document(None), proof.verification_method)
    verify_proof(Unsecured(document, installation.service.contexts), proof, method.public_key)


def rotate(installation: Installation, owner: str = SLUG) -> None:
    installation.service.rotate_key(owner, actor=OPERATOR, now=installation.now)
    installation.clock.now += KEYS_CACHED
    installation.service.rotate_key(owner, actor=OPERATOR, now=installation.now)


def placed(installation: Installation) -> None:
    """Every entry of the log that waits gets its place."""
    with installation.service.database.begin() as tx:
        tx.public_log.alone()
        tx.public_log.place(tx.public_log.waiting(1_000), tx.public_log.size())


def test_every_version_is_there_with_its_date_and_digest(installation: Installation) -> None:
    installation.clock.move(days=1)
    rotate(installation)
    installation.clock.move(days=1)
    since = installation.now
    installation.service.compromise_key(SLUG, "key-1", since=since, reason="test", actor=OPERATOR, now=since)
    found = history(installation)
    assert found["id"] == "http://localhost:8000/issuers/hoshimigaoka/did-history.json"
    assert found["did"] == installation.service.site.issuer_did(SLUG)
    versions = found["versions"]
    assert [each["version"] for each in versions] == [1, 2, 3]
    assert [each["date"] for each in versions] == [
        "2026-11-23T03:00:00Z", "2026-11-24T03:00:00Z", "2026-11-25T03:01:00Z",
    ]  # fmt: skip
    assert [len(each["document"]["assertionMethod"]) for each in versions] == [1, 2, 1]
    assert all(each["digest"] == jcs.digest(each["document"]) for each in versions)
    assert versions[-1]["document"] == installation.service.did_document(SLUG)
    assert versions[-1]["document"]["verificationMethod"][0]["revoked"] == "2026-11-25T03:01:00Z"
    verified(installation, found)


def test_a_version_has_its_place_in_the_log_once_the_log_gave_it_one(installation: Installation) -> None:
    rotate(installation)
    assert all("logIndex" not in each for each in history(installation)["versions"])
    placed(installation)
    found = history(installation)
    verified(installation, found)
    with installation.service.database.read() as snapshot:
        for each in found["versions"]:
            (body,) = snapshot.public_log.bodies(each["logIndex"], each["logIndex"] + 1)
            entry = read_log_entry(body)
            assert (entry.did, entry.digest) == (found["did"], each["digest"])  # type: ignore[union-attr]


def test_our_own_history_is_signed_with_our_newest_key(installation: Installation) -> None:
    before = history(installation, None)
    rotate(installation, JMC)
    after = history(installation, None)
    assert before["proof"]["verificationMethod"].endswith("#key-1")
    assert after["proof"]["verificationMethod"].endswith("#key-2")
    for each in (before, after):
        verified(installation, each)


def test_the_same_history_is_signed_once(installation: Installation) -> None:
    first = installation.service.did_history(SLUG, now=installation.now)
    installation.clock.move(hours=3)
    assert installation.service.did_history(SLUG, now=installation.now) == first


@pytest.mark.parametrize("change", ["digest", "date", "removed"])
def test_a_changed_history_does_not_verify(sqlite_installation: Installation, change: str) -> None:
    sqlite_installation.clock.move(days=1)
    rotate(sqlite_installation)
    found = history(sqlite_installation)
    if change == "removed":
        del found["versions"][0]
    else:
        found["versions"][0][change] = found["versions"][1][change]
    with pytest.raises(Error):
        verified(sqlite_installation, found)


def test_nobody_has_no_history(sqlite_installation: Installation) -> None:
    with pytest.raises(IssuerNotFound):
        history(sqlite_installation, "nobody")


def test_without_a_key_of_our_own_there_is_nothing_to_sign_with(sqlite_installation: Installation) -> None:
    now = sqlite_installation.now
    sqlite_installation.service.compromise_key(JMC, "key-1", since=now, reason="test", actor=OPERATOR, now=now)
    with pytest.raises(NoHistoryKey):
        history(sqlite_installation)
