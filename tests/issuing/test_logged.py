"""What issuing writes into the public log: an entry for each form, one for each change of status, nothing of a person,
and nothing at all when nothing happened."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from jmc_vc.domain.actor import Actor
from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.issuing_settings import IssuingProfile, JwtAlgorithm
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.errors import Error
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.encoding import base64url, multibase
from jmc_vc.formats.jose import compact_jws
from jmc_vc.issuing.command import IssuedAssertion
from jmc_vc.storage.public_log import NewEntry
from tests.builders.installation import OPERATOR, Installation, award, make_installation
from tests.builders.public_log import advance, published_entries, without_heads, written
from tests.formats.transparency import by_the_book

DID = "did:web:localhost%3A8000:issuers:hoshimigaoka"


@dataclass
class Written:
    """What was logged since it was made."""

    installation: Installation
    before: int = 0

    def __post_init__(self) -> None:
        self.before = len(written(self.installation))

    @property
    def entries(self) -> list[dict[str, Any]]:
        return without_heads(written(self.installation)[self.before :])


def _expected(issued: IssuedAssertion, form: str, kid: str, digest: str) -> dict[str, Any]:
    return {
        "type": "credential",
        "at": "2026-11-23T03:00:00Z",
        "issuer": DID,
        "kid": kid,
        "format": form,
        "list": issued.credential.list_number,
        "index": issued.credential.status_index,
        "digest": digest,
    }


def _digest(salt: bytes, signature: bytes) -> str:
    return base64url.encode(sha256(salt + sha256(signature).digest()).digest())


def _signature(form: str, body: bytes) -> bytes:
    """Of what we sign ourselves, the smaller twin already."""
    if form == "json":
        return multibase.decode(read_proofs(strict_json.parse_object(body))[0].value)
    return compact_jws.read(body.decode().partition("~")[0]).signature


@pytest.mark.parametrize(
    ("settings", "forms"),
    [
        ({}, ["json"]),
        ({"profile": IssuingProfile.DATA_INTEGRITY_ECDSA}, ["json"]),
        ({"profile": IssuingProfile.VC_JWT}, ["jwt"]),
        ({"profile": IssuingProfile.BOTH, "jwt_algorithm": JwtAlgorithm.RS256, "sd_jwt_vc": True},
         ["json", "jwt", "sd-jwt"]),
    ],
)  # fmt: skip
def test_a_credential_has_an_entry_for_each_form_in_which_it_was_signed(
    installation: Installation, settings: dict[str, Any], forms: list[str]
) -> None:
    if settings:
        installation.set_issuing(**settings, status_form=StatusForm.BITSTRING)
    log = Written(installation)
    issued = installation.issue()
    with installation.service.database.read() as snapshot:
        rows = snapshot.public_log.of_credential(issued.credential.uuid)
    assert [row.kind for row in rows] == ["credential"] * len(forms)
    salts = [row.salt or b"" for row in rows]
    assert len(set(salts)) == len(forms)
    assert {len(salt) for salt in salts} == {16}
    assert log.entries == [
        _expected(issued, form, each.kid, _digest(salt, _signature(form, each.body)))
        for form, each, salt in zip(forms, issued.representations, salts, strict=True)
    ]


def test_many_at_once_have_one_entry_each_and_refused_ones_none(installation: Installation) -> None:
    log = Written(installation)
    good = [award(externalId=f"x{n}", recipient=_learner(n)) for n in range(20)]
    outcomes = installation.issue_all([*good, good[0], award(program="JMC-P-999999")])
    issued = [outcome for outcome in outcomes if isinstance(outcome, IssuedAssertion)]
    assert len(issued) == 20
    assert {entry["index"] for entry in log.entries} == {each.credential.status_index for each in issued}
    assert len(log.entries) == len({entry["digest"] for entry in log.entries}) == 20


def test_what_was_given_up_has_no_entry(installation: Installation) -> None:
    service = installation.service
    log = Written(installation)

    def suspended_meanwhile(*_: object) -> None:
        service.suspend_issuer("hoshimigaoka", reason="x", actor=OPERATOR, now=installation.now)

    object.__setattr__(service.issue, "publish_status_list", suspended_meanwhile)
    with pytest.raises(Error) as refused:
        installation.issue()
    assert refused.value.code == "issuer_suspended"
    assert [entry["type"] for entry in log.entries] == ["issuer"]


def test_the_repeat_of_a_request_has_no_entry_of_its_own(installation: Installation) -> None:
    installation.issue(key="once")
    log = Written(installation)
    installation.issue(key="once")
    assert log.entries == []


def test_what_is_rolled_back_was_never_logged(installation: Installation) -> None:
    log = Written(installation)

    def work() -> None:
        with installation.service.database.begin() as tx:
            tx.public_log.append([NewEntry(kind="status", at=installation.now, body=b"{}")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert log.entries == []


def test_each_change_of_status_has_an_entry_and_a_repeat_none(installation: Installation) -> None:
    issued = installation.issue()
    log = Written(installation)
    steps = (StatusAction.SUSPEND, StatusAction.SUSPEND, StatusAction.REINSTATE, StatusAction.REVOKE,
             StatusAction.REVOKE)  # fmt: skip
    for action in steps:
        _change(installation, issued.credential.uuid, action)
    place = {"list": issued.credential.list_number, "index": issued.credential.status_index}
    at = "2026-11-23T03:00:00Z"
    assert log.entries == [
        {"type": "status", "at": at, "issuer": DID, "state": state, **place}
        for state in ("suspended", "active", "revoked")
    ]


def test_a_change_that_was_refused_has_no_entry(installation: Installation) -> None:
    uuid = installation.issue().credential.uuid
    log = Written(installation)
    foreign = Actor(kind=OPERATOR.kind, id="x", issuer="other", scopes=installation.actor().scopes)
    for action, actor in ((StatusAction.REINSTATE, installation.actor()), (StatusAction.REVOKE, foreign)):
        with pytest.raises(Error):
            _change(installation, uuid, action, actor)
    assert log.entries == []


def test_nothing_in_the_log_names_a_learner_or_a_credential(installation: Installation) -> None:
    installation.set_issuing(profile=IssuingProfile.BOTH, sd_jwt_vc=True, status_form=StatusForm.BITSTRING)
    uuids = []
    for n in range(3):
        body = award(
            externalId=f"canary-id-{n}",
            recipient={"name": {"fullName": f"Canary Name{n}"}, "email": f"canary-mail-{n}@learners.example"},
        )
        uuids.append(installation.issue(body).credential.uuid)
    reason, text = RevocationReason.ASSESSMENT_MISCONDUCT, "canary note"
    installation.service.change_status(
        uuids[0], StatusAction.REVOKE, reason=reason, text=text, actor=installation.actor(), now=installation.now
    )
    head = advance(installation)
    assert head is not None
    for leaf in published_entries(installation, head.size):
        lowered = leaf.lower()
        for uuid in uuids:
            assert str(uuid).encode() not in lowered
            assert uuid.hex.encode() not in lowered
            assert uuid.bytes not in leaf
        assert b"canary" not in lowered
        assert b"misconduct" not in lowered
        assert b"2026-10-01" not in lowered  # the award date
    types = {json.loads(leaf)["type"] for leaf in published_entries(installation, head.size)}
    assert types >= {"credential", "status", "program", "issuer", "key", "did-document", "audit-head"}


def test_an_erased_credential_leaves_the_log_whole_and_cannot_be_found_in_it(installation: Installation) -> None:
    issued = installation.issue()
    uuid = issued.credential.uuid
    first = advance(installation)
    assert first is not None
    before = published_entries(installation, first.size)
    with installation.service.database.begin() as tx:
        tx.erasures.erase(uuid, installation.service.kek)
    _change(installation, uuid, StatusAction.REVOKE)
    second = advance(installation)
    assert second is not None
    after = published_entries(installation, second.size)
    assert after[: first.size] == before
    assert second.root == by_the_book.root([sha256(b"\0" + leaf).digest() for leaf in after])
    with installation.service.database.read() as snapshot:
        assert snapshot.public_log.of_credential(uuid) == ()
        rows = snapshot.public_log.entries(0, second.size)
    assert all(row.salt is None and row.credential is None for row in rows)


def test_salts_come_from_the_chance_that_the_service_was_given(tmp_path: Path) -> None:
    installation = make_installation(tmp_path)
    asked: list[int] = []

    def chance(count: int) -> bytes:
        asked.append(count)
        return bytes([len(asked) % 256]) * count

    object.__setattr__(installation.service.issue, "random", chance)
    uuid = installation.issue().credential.uuid
    with installation.service.database.read() as snapshot:
        (row,) = snapshot.public_log.of_credential(uuid)
    assert row.salt == bytes([len(asked)]) * 16
    installation.service.database.close()


def _learner(number: int) -> dict[str, Any]:
    return {"name": {"fullName": f"Learner {number}"}, "email": f"{number}@learners.example"}


def _change(installation: Installation, uuid: UUID, action: StatusAction, actor: Actor | None = None) -> None:
    installation.service.change_status(
        uuid,
        action,
        reason=RevocationReason.ISSUED_IN_ERROR,
        text=None,
        actor=actor or installation.actor(),
        now=installation.now,
    )
