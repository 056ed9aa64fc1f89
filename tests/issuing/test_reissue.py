"""Credentials of a compromised key are signed anew: the same credential, by a key that nobody else has."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from jmc_vc.domain.credential import Format, Representation, RevocationReason, StatusAction
from jmc_vc.domain.issuing_settings import IssuingProfile, JwtAlgorithm
from jmc_vc.domain.signing_key import SigningKey
from jmc_vc.errors import Error
from jmc_vc.formats.encoding.multikey import decode_multikey
from jmc_vc.formats.jose import compact_jws, ob3_vc_jwt, sd_jwt, sd_jwt_vc
from jmc_vc.issuing.sign_anew import Fate, SignAnew, Work
from jmc_vc.storage.transaction import Snapshot
from tests.builders.installation import OPERATOR, Installation, award
from tests.builders.stolen_key import SLUG, change, compromise, fetched, issue_some, judged, learner, rotate, run, steal

KINDS = {"Ed25519": "key-1", "P-256": "key-2", "RSA": "key-2"}


def said(form: Representation) -> dict[str, Any]:
    """What a form says, without who says so."""
    if form.format is Format.JSON:
        document: dict[str, Any] = json.loads(form.body)
    elif form.format is Format.JWT:
        token = ob3_vc_jwt.read(compact_jws.read(form.body.decode()))
        document = {**token.credential, "claims": token.claims}
    else:
        document = dict(sd_jwt_vc.read(sd_jwt.read(form.body.decode())).claims)
    return {name: value for name, value in document.items() if name != "proof"}


def of_key(form: Representation) -> str:
    if form.format is Format.JSON:
        method: str = json.loads(form.body)["proof"]["verificationMethod"]
        return method.rpartition("#")[2]
    read = sd_jwt.read(form.body.decode()).jws if form.format is Format.SD_JWT else compact_jws.read(form.body.decode())
    return str(read.header["kid"]).replace("/", "#").rpartition("#")[2]


@pytest.mark.parametrize(
    ("settings", "stolen", "changed"),
    [
        ({}, "Ed25519", {Format.JSON}),
        ({"profile": IssuingProfile.DATA_INTEGRITY_ECDSA}, "P-256", {Format.JSON}),
        ({"profile": IssuingProfile.VC_JWT}, "P-256", {Format.JWT}),
        ({"profile": IssuingProfile.VC_JWT, "jwt_algorithm": JwtAlgorithm.RS256}, "RSA", {Format.JWT}),
        ({"profile": IssuingProfile.BOTH}, "Ed25519", {Format.JSON, Format.JWT}),
        ({"profile": IssuingProfile.BOTH}, "P-256", {Format.JWT}),
        ({"profile": IssuingProfile.BOTH, "sd_jwt_vc": True}, "Ed25519", {Format.JSON, Format.JWT}),
        ({"profile": IssuingProfile.BOTH, "sd_jwt_vc": True}, "P-256", {Format.JWT, Format.SD_JWT}),
    ],
    ids=lambda value: " ".join(map(str, value.values())) or "eddsa" if isinstance(value, dict) else None,
)
def test_it_is_the_same_credential_in_every_form(
    sqlite_installation: Installation, settings: Mapping[str, Any], stolen: str, changed: set[Format]
) -> None:
    if settings:
        sqlite_installation.set_issuing(**settings)
    issued = sqlite_installation.issue()
    new_kid = steal(sqlite_installation, KINDS[stolen], stolen)
    assert run(sqlite_installation, KINDS[stolen]) == ({issued.credential.uuid: Fate.REISSUED}, 1)
    before = {each.format: each for each in issued.representations}
    after = {each.format: each for each in fetched(sqlite_installation, issued)}
    assert before.keys() == after.keys()
    for form, new in after.items():
        old = before[form]
        assert said(new) == said(old)
        assert (new.body != old.body) == (form in changed)
        assert of_key(new) == new.kid
        if old.kid == KINDS[stolen]:
            assert new.kid == new_kid
        if form is Format.SD_JWT:
            verify_sd_jwt(sqlite_installation, new)
            continue
        assert judged(sqlite_installation, new.body) == ("valid", "key.bound")
        rests_on_it = old.kid == KINDS[stolen] or (form is Format.JWT and stolen == "Ed25519")
        assert judged(sqlite_installation, old.body) == (
            "valid",
            "key.revoked_logged_before" if rests_on_it else "key.bound",
        )


def verify_sd_jwt(installation: Installation, form: Representation) -> None:
    with installation.service.database.read() as snapshot:
        key = snapshot.signing_keys.get(SLUG, form.kid)
    assert key is not None
    compact_jws.verify(sd_jwt.read(form.body.decode()).jws, decode_multikey(key.public_key))


def test_the_row_stays_the_same_but_for_key_and_digest(installation: Installation) -> None:
    issued = installation.issue()
    new_kid = steal(installation)
    run(installation)
    with installation.service.database.read() as snapshot:
        row = snapshot.credentials.get(issued.credential.uuid)
        entries = snapshot.audit_log.of_object(str(issued.credential.uuid))
        log = snapshot.public_log.of_credential(issued.credential.uuid)
    assert row is not None
    assert row == replace(issued.credential, kid=new_kid, digest=row.digest)
    assert row.digest != issued.credential.digest
    assert [each.action for each in entries][-1] == "credential-reissued"
    assert (entries[-1].details, entries[-1].actor_id) == ({"key": "key-1", "by": new_kid}, OPERATOR.id)
    assert [json.loads(each.body)["kid"] for each in log] == ["key-1", new_kid]
    assert json.loads(log[1].body)["index"] == json.loads(log[0].body)["index"]


def test_what_was_suspended_is_signed_anew_and_what_was_revoked_is_not(installation: Installation) -> None:
    revoked, suspended, other = issue_some(installation, 3)
    change(installation, revoked, StatusAction.REVOKE, RevocationReason.HOLDER_REQUEST)
    change(installation, suspended, StatusAction.SUSPEND)
    steal(installation)
    fates, learners = run(installation)
    assert fates == {
        revoked.credential.uuid: Fate.REVOKED,
        suspended.credential.uuid: Fate.REISSUED,
        other.credential.uuid: Fate.REISSUED,
    }
    assert learners == 2
    assert fetched(installation, revoked) == revoked.representations
    assert installation.verify(fetched(installation, suspended)[0].body).summary == "suspended"


def test_what_was_logged_when_others_may_have_had_the_key_is_left(installation: Installation) -> None:
    (early,) = issue_some(installation, 1)
    installation.clock.move(hours=1)
    stolen = installation.now
    late = installation.issue(learner(9))
    installation.clock.move(hours=1)
    compromise(installation, since=stolen)
    rotate(installation)
    fates, _ = run(installation)
    assert fates == {early.credential.uuid: Fate.REISSUED, late.credential.uuid: Fate.TOO_LATE}
    assert fetched(installation, late) == late.representations
    assert judged(installation, late.body) == ("invalid", "key.revoked")


def test_a_token_by_another_stolen_key_is_not_made_good_on_the_way(sqlite_installation: Installation) -> None:
    """The token is around the proof, so it would be made again with it; but its own key was stolen before."""
    sqlite_installation.set_issuing(profile=IssuingProfile.BOTH)
    issued = sqlite_installation.issue()
    sqlite_installation.clock.move(hours=1)
    compromise(sqlite_installation)
    compromise(sqlite_installation, "key-2", since=sqlite_installation.now - timedelta(hours=1))
    rotate(sqlite_installation)
    rotate(sqlite_installation, "P-256")
    assert run(sqlite_installation) == ({issued.credential.uuid: Fate.TOO_LATE}, 0)


def test_erased_credentials_are_counted_and_left(installation: Installation) -> None:
    erased, _ = issue_some(installation, 2)
    with installation.service.database.begin() as tx:
        tx.erasures.erase(erased.credential.uuid, installation.service.kek)
    steal(installation)
    scope = installation.service.reissue.scope(SLUG, "key-1", now=installation.now)
    assert (scope.credentials, scope.erased) == (1, 1)
    assert Counter(run(installation)[0].values()) == {Fate.REISSUED: 1}


def test_done_again_it_does_nothing(sqlite_installation: Installation) -> None:
    some = issue_some(sqlite_installation, 5)
    steal(sqlite_installation)
    assert Counter(run(sqlite_installation)[0].values()) == {Fate.REISSUED: 5}
    first = [fetched(sqlite_installation, each) for each in some]
    assert run(sqlite_installation) == ({}, 0)
    assert [fetched(sqlite_installation, each) for each in some] == first


def test_a_dry_run_tells_and_changes_nothing(sqlite_installation: Installation) -> None:
    some = issue_some(sqlite_installation, 3)
    steal(sqlite_installation)
    fates, learners = run(sqlite_installation, dry_run=True)
    assert (set(fates.values()), learners) == ({Fate.REISSUED}, 3)
    assert [fetched(sqlite_installation, each) for each in some] == [each.representations for each in some]


def test_one_learner_with_two_credentials_is_told_once(installation: Installation) -> None:
    installation.issue()
    installation.issue(award(retake=True))
    steal(installation)
    assert run(installation)[1] == 1


def refused(installation: Installation, kid: str = "key-1") -> str:
    with pytest.raises(Error) as refusal:
        run(installation, kid)
    return refusal.value.code


def test_it_is_refused_where_there_is_nothing_to_sign_with_or_no_reason_to(sqlite_installation: Installation) -> None:
    (issued,) = issue_some(sqlite_installation, 1)
    assert refused(sqlite_installation) == "key.not_compromised"
    assert refused(sqlite_installation, "key-7") == "key.not_compromised"
    sqlite_installation.clock.move(hours=1)
    compromise(sqlite_installation)
    assert refused(sqlite_installation) == "key.none_active"
    rotate(sqlite_installation)
    sqlite_installation.service.suspend_issuer(SLUG, reason="test", actor=OPERATOR, now=sqlite_installation.now)
    assert refused(sqlite_installation) == "issuer_suspended"
    assert fetched(sqlite_installation, issued) == issued.representations
    sqlite_installation.service.reinstate_issuer(SLUG, reason="test", actor=OPERATOR, now=sqlite_installation.now)
    assert set(run(sqlite_installation)[0].values()) == {Fate.REISSUED}


def test_damaged_bytes_are_left_and_told(sqlite_installation: Installation) -> None:
    damaged, good = issue_some(sqlite_installation, 2)
    steal(sqlite_installation)

    class Spoiling(SignAnew):
        def look_at(self, snapshot: Snapshot, uuid: UUID, kid: str, keys: Mapping[str, SigningKey]) -> Work | Fate:
            kek = type(self.kek)(bytes(32))  # another one: nothing opens
            spoiled = replace(self, kek=kek) if uuid == damaged.credential.uuid else self
            return SignAnew.look_at(spoiled, snapshot, uuid, kid, keys)

    reissue = sqlite_installation.service.reissue
    fates, _ = run(sqlite_installation, by=replace(reissue, sign_anew=Spoiling(**vars(reissue.sign_anew))))
    assert fates == {damaged.credential.uuid: Fate.DAMAGED, good.credential.uuid: Fate.REISSUED}


def test_a_repeated_request_is_answered_with_the_copy_that_counts(sqlite_installation: Installation) -> None:
    first = sqlite_installation.issue(key="one")
    steal(sqlite_installation)
    run(sqlite_installation)
    again = sqlite_installation.issue(key="one")
    assert again.credential.uuid == first.credential.uuid
    assert judged(sqlite_installation, again.body) == ("valid", "key.bound")
