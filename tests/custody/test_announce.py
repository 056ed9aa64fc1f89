"""Key, public log and DID document tell the same story, written in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

import pytest

from jmc_vc.custody.did_document import document_of
from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.domain.key_event import KeyEvent
from jmc_vc.domain.signing_key import JMC, LOG
from jmc_vc.formats.jcs import canonicalize
from jmc_vc.formats.transparency.entry_types import DidDocumentPublished, KeyChanged
from jmc_vc.formats.transparency.log_entry import read_log_entry
from jmc_vc.storage.transaction import Transaction
from tests.builders.installation import OPERATOR, Installation

SLUG = "hoshimigaoka"


def told(installation: Installation) -> list[KeyChanged | DidDocumentPublished]:
    """What the log says of keys and documents, oldest first."""
    with installation.service.database.read() as snapshot:
        waiting = snapshot.public_log.waiting(10_000)
        written = [*snapshot.public_log.entries(0, 10_000), *waiting]
    found = [read_log_entry(each.body) for each in written if each.kind in ("key", "did-document")]
    return [each for each in found if isinstance(each, KeyChanged | DidDocumentPublished)]


def of_issuer(installation: Installation) -> list[str]:
    did = installation.service.site.owner_did(SLUG)
    return [
        f"{each.kid} {each.event}" if isinstance(each, KeyChanged) else "document"
        for each in told(installation)
        if (each.owner if isinstance(each, KeyChanged) else each.did) == did
    ]


def test_the_first_keys_are_told_of_with_the_document_that_they_are_in(installation: Installation) -> None:
    site = installation.service.site
    assert of_issuer(installation) == ["key-1 created", "key-1 published", "key-1 activated", "document"]
    owners = {each.owner for each in told(installation) if isinstance(each, KeyChanged)}
    assert {site.owner_did(JMC), site.owner_did(SLUG)} <= owners
    installation.set_issuing(profile=IssuingProfile.VC_JWT)
    assert of_issuer(installation)[4:] == ["key-2 created", "key-2 published", "key-2 activated", "document"]


def test_each_step_is_told_of_and_the_document_only_when_it_changed(installation: Installation) -> None:
    service, now = installation.service, installation.now
    seen = len(of_issuer(installation))
    kid = service.stage_key(SLUG, actor=OPERATOR, now=now).kid
    service.publish_key(SLUG, kid, actor=OPERATOR, now=now)
    service.activate_key(SLUG, kid, immediate=True, actor=OPERATOR, now=now)
    service.destroy_key(SLUG, "key-1", actor=OPERATOR, now=now)
    service.compromise_key(SLUG, kid, since=now, reason="stolen", actor=OPERATOR, now=now)
    assert of_issuer(installation)[seen:] == [
        "key-2 created",
        "key-2 published",
        "document",
        "key-1 retired",
        "key-2 activated",
        "key-1 destroyed",
        "key-2 compromised",
        "document",
    ]
    last = [each for each in told(installation) if isinstance(each, KeyChanged)][-1]
    assert (last.since, last.at) == (now, now)


def test_the_recorded_document_is_the_one_that_the_keys_make_and_the_log_has_its_digest(
    installation: Installation,
) -> None:
    service = installation.service
    service.rotate_key(SLUG, immediate=True, actor=OPERATOR, now=installation.now)
    with service.database.read() as snapshot:
        history = snapshot.did_documents.history(SLUG)
        keys = snapshot.signing_keys.of_owner(SLUG)
        assert snapshot.did_documents.latest(SLUG) == history[-1]
    assert [each.version for each in history] == [1, 2]
    assert history[-1].body == canonicalize(document_of(SLUG, keys, service.site))
    did = service.site.owner_did(SLUG)
    digests = [each.digest for each in told(installation) if isinstance(each, DidDocumentPublished) and each.did == did]
    assert digests == [f"sha-256:{sha256(each.body).hexdigest()}" for each in history]


def test_the_key_of_the_log_is_told_of_and_in_no_document(installation: Installation) -> None:
    service, now = installation.service, installation.now
    kid = service.stage_key(LOG, actor=OPERATOR, now=now).kid
    service.publish_key(LOG, kid, actor=OPERATOR, now=now)
    did = service.site.owner_did(LOG)
    events = [each.event for each in told(installation) if isinstance(each, KeyChanged) and each.owner == did]
    assert events[-2:] == ["created", "published"]
    with service.database.read() as snapshot:
        assert snapshot.did_documents.history(LOG) == ()


class Refused(Exception):
    """What goes wrong while it is told."""


def _refuse(tx: Transaction, owner: str, events: Sequence[KeyEvent], now: datetime) -> None:
    raise Refused


def test_what_cannot_be_told_does_not_happen(installation: Installation) -> None:
    service, now = installation.service, installation.now
    kid = service.stage_key(SLUG, actor=OPERATOR, now=now).kid
    mute = replace(service.publish_key.change, announce=_refuse)

    def keys() -> object:
        with service.database.read() as snapshot:
            return snapshot.signing_keys.of_owner(SLUG), snapshot.audit_log.entries(limit=10_000)

    before = keys()
    with pytest.raises(Refused):
        replace(service.publish_key, change=mute)(SLUG, kid, actor=OPERATOR, now=now)
    with pytest.raises(Refused):
        replace(service.rotate_key, change=mute)(SLUG, immediate=True, actor=OPERATOR, now=now)
    assert keys() == before
