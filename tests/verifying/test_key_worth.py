"""What a signature by a key of ours is worth: the table of the security goals, row by row (VJ-80, VJ-81, VJ-83)."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import create_engine

from jmc_vc.domain.credential import CredentialState
from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.domain.lost_credential import LostCredential
from jmc_vc.domain.signing_key import KeyState, SigningKey
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.jose import compact_jws
from jmc_vc.formats.strict_json import JsonObject
from jmc_vc.issuing.command import IssuedAssertion
from jmc_vc.sealing import KeyEncryptionKey
from jmc_vc.storage.database import Database
from jmc_vc.storage.transaction import Snapshot
from jmc_vc.verifying.report import Report
from tests.builders.forger import changed, signed_by_issuer, unsigned
from tests.builders.gathering import gather_of, gathering
from tests.builders.installation import OPERATOR, Installation, award
from tests.builders.stolen_key import fetched, run, steal

SLUG = "hoshimigaoka"
A_DAY = timedelta(days=1)
BOTH = {"profile": IssuingProfile.BOTH}


def compromise(installation: Installation, kid: str = "key-1", *, since: datetime | None = None) -> SigningKey:
    return installation.service.compromise_key(
        SLUG, kid, since=since or installation.now, reason="stolen", actor=OPERATOR, now=installation.now
    ).key


def rotate(installation: Installation, algorithm: str = "Ed25519") -> None:
    installation.service.rotate_key(SLUG, algorithm, immediate=True, actor=OPERATOR, now=installation.now)


def without_log(installation: Installation, folder: Path) -> Callable[[bytes], Report]:
    """Verification whose log does not answer."""
    verify = installation.service.verify
    gone = Database(f"sqlite:///{folder / 'no such folder' / 'log.sqlite3'}")
    log = replace(gather_of(verify).signature_log, database=gone)
    deaf = gathering(verify, signature_log=log)
    return lambda body: deaf(body, now=installation.now)


def key_finding(report: Report) -> tuple[str, str, str]:
    finding = report.finding("key")
    return report.verdict, finding.outcome, finding.code


def another(number: int = 2, **changes: Any) -> dict[str, Any]:
    return award(recipient={"name": {"fullName": f"Learner {number}"}}, externalId=f"row-{number}", **changes)


def test_of_an_active_key_what_is_logged_is_valid(sqlite_installation: Installation) -> None:
    assert key_finding(sqlite_installation.verify(sqlite_installation.issue().body)) == ("valid", "pass", "key.bound")


def test_vj_80_of_a_retired_key_what_is_logged_is_valid_with_a_note(installation: Installation) -> None:
    body = installation.issue().body
    rotate(installation)
    installation.clock.move(days=200)
    assert key_finding(installation.verify(body)) == ("valid", "pass", "key.retired")


@pytest.mark.parametrize("retired", [False, True])
def test_a_thief_who_knows_the_id_of_a_good_credential_gets_nothing_for_it(
    installation: Installation, retired: bool
) -> None:
    good = installation.issue().body
    forged = signed_by_issuer(
        installation, unsigned(good), created=installation.now - timedelta(days=1), on_record=False
    )
    if retired:
        rotate(installation)
    report = installation.verify(forged)
    assert key_finding(report) == ("invalid", "fail", "key.unlogged")
    assert report.credential is None
    assert {axis.id: axis.code for axis in report.axes}["authenticity"] == "axis.authenticity.unlogged"
    assert installation.verify(good).verdict == "valid"


def test_the_log_of_one_key_says_nothing_of_another(sqlite_installation: Installation) -> None:
    """An entry names the key: the thief of the second key cannot use what was logged of the first."""
    body = sqlite_installation.issue().body
    rotate(sqlite_installation)
    forged = changed(body, lambda d: d["proof"].update(verificationMethod=d["proof"]["verificationMethod"][:-1] + "2"))
    report = sqlite_installation.verify(forged)
    assert (report.verdict, report.finding("proof").code) == ("invalid", "proof.crypto")


@pytest.mark.parametrize("retired", [False, True])
def test_vj_83_without_the_log_nobody_can_tell(
    sqlite_installation: Installation, tmp_path: Path, retired: bool
) -> None:
    body = sqlite_installation.issue().body
    if retired:
        rotate(sqlite_installation)
    report = without_log(sqlite_installation, tmp_path)(body)
    assert key_finding(report) == ("indeterminate", "unknown", "key.log_unavailable")
    assert {axis.id: axis.code for axis in report.axes}["authenticity"] == "axis.authenticity.log_unavailable"
    assert not [check for check in report.checks if check.finding.outcome == "fail"]


def test_vj_81_what_was_logged_before_the_theft_is_valid_with_a_note(installation: Installation) -> None:
    body = installation.issue().body
    installation.clock.move(hours=1)
    compromise(installation)
    report = installation.verify(body)
    assert key_finding(report) == ("valid", "pass", "key.revoked_logged_before")
    assert report.summary == "valid"


@pytest.mark.parametrize("after", [timedelta(0), timedelta(seconds=1), timedelta(hours=2)])
def test_what_was_logged_at_or_after_the_theft_is_invalid(sqlite_installation: Installation, after: timedelta) -> None:
    sqlite_installation.clock.move(hours=1)
    stolen = sqlite_installation.now
    sqlite_installation.clock.now += after
    body = sqlite_installation.issue().body
    sqlite_installation.clock.move(hours=3)
    compromise(sqlite_installation, since=stolen)
    report = sqlite_installation.verify(body)
    assert key_finding(report) == ("invalid", "fail", "key.revoked")
    assert {axis.id: axis.code for axis in report.axes}["authenticity"] == "axis.authenticity.key_revoked"


def test_a_second_before_the_theft_is_before(installation: Installation) -> None:
    body = installation.issue().body
    installation.clock.move(seconds=1)
    compromise(installation)
    assert installation.verify(body).verdict == "valid"


def test_a_proof_that_claims_an_earlier_time_proves_nothing(installation: Installation) -> None:
    good = installation.issue().body
    installation.clock.move(days=3)
    forged = signed_by_issuer(
        installation, unsigned(good), created=installation.now - timedelta(days=2), on_record=False
    )
    compromise(installation, since=installation.now - timedelta(hours=1))
    assert key_finding(installation.verify(forged)) == ("invalid", "fail", "key.revoked")
    assert key_finding(installation.verify(good)) == ("valid", "pass", "key.revoked_logged_before")


def test_vj_83_of_a_stolen_key_without_the_log_nobody_can_tell(
    sqlite_installation: Installation, tmp_path: Path
) -> None:
    body = sqlite_installation.issue().body
    sqlite_installation.clock.move(hours=1)
    compromise(sqlite_installation)
    assert key_finding(without_log(sqlite_installation, tmp_path)(body)) == (
        "indeterminate", "unknown", "key.log_unavailable",
    )  # fmt: skip


def test_vj_83_an_entry_that_cannot_be_read_says_neither_yes_nor_no(installation: Installation) -> None:
    issued = installation.issue()
    damage_entries(installation)
    assert key_finding(installation.verify(issued.body)) == ("indeterminate", "unknown", "key.log_unavailable")


def damage_entries(installation: Installation) -> None:
    engine = create_engine(installation.service.settings.database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE log_entries DISABLE TRIGGER ALL")
        else:
            connection.exec_driver_sql("DROP TRIGGER log_entries_fixed")
        connection.exec_driver_sql("UPDATE log_entries SET body = salt WHERE credential IS NOT NULL")
    engine.dispose()


def test_an_earlier_theft_that_is_learned_later_takes_more_with_it(sqlite_installation: Installation) -> None:
    begin = sqlite_installation.now
    body = sqlite_installation.issue().body
    sqlite_installation.clock.move(hours=2)
    compromise(sqlite_installation, since=begin + timedelta(hours=1))
    assert sqlite_installation.verify(body).verdict == "valid"
    compromise(sqlite_installation, since=begin)
    assert key_finding(sqlite_installation.verify(body)) == ("invalid", "fail", "key.revoked")


def test_a_broken_signature_of_a_stolen_key_is_called_broken(sqlite_installation: Installation) -> None:
    body = sqlite_installation.issue().body
    sqlite_installation.clock.move(hours=1)
    compromise(sqlite_installation)
    report = sqlite_installation.verify(changed(body, lambda document: document.update(name="博士号")))
    assert report.finding("proof").code == "proof.crypto"
    assert report.finding("key").code == "key.revoked"
    assert {axis.id: axis.code for axis in report.axes}["authenticity"] == "axis.authenticity.bad"


@pytest.mark.parametrize("stolen", ["Ed25519", "P-256"])
def test_of_two_signatures_the_one_by_the_stolen_key_is_told(sqlite_installation: Installation, stolen: str) -> None:
    sqlite_installation.set_issuing(**BOTH)
    json_form, token = (each.body for each in sqlite_installation.issue().representations)
    kids = {"Ed25519": "key-1", "P-256": "key-2"}
    sqlite_installation.clock.move(hours=1)
    compromise(sqlite_installation, kids[stolen])
    noted = ("valid", "pass", "key.revoked_logged_before")
    assert key_finding(sqlite_installation.verify(token)) == noted  # it has both signatures in it
    assert key_finding(sqlite_installation.verify(json_form)) == (
        noted if stolen == "Ed25519" else ("valid", "pass", "key.bound")
    )


def test_a_token_of_a_stolen_key_that_was_never_logged_is_invalid(sqlite_installation: Installation) -> None:
    sqlite_installation.set_issuing(profile=IssuingProfile.VC_JWT)
    (good,) = sqlite_installation.issue().representations
    with sqlite_installation.service.database.read() as snapshot:
        key = snapshot.signing_keys.active(SLUG, "P-256")
    assert key is not None
    token = compact_jws.read(good.body.decode())
    signer = sqlite_installation.service.issue.keyring.signer(key)
    # The same credential: had the thief changed nothing at all, it would be the same signature, and no forgery.
    claims = {**token.claims(), "iat": int(sqlite_installation.now.timestamp()) - 86_400}
    forged = compact_jws.write(token.header, json.dumps(claims).encode(), signer.sign).encode()
    assert key_finding(sqlite_installation.verify(forged)) == ("invalid", "fail", "key.unlogged")
    sqlite_installation.clock.move(hours=1)
    compromise(sqlite_installation, key.kid)
    assert key_finding(sqlite_installation.verify(forged)) == ("invalid", "fail", "key.revoked")
    assert key_finding(sqlite_installation.verify(good.body)) == ("valid", "pass", "key.revoked_logged_before")


def test_the_twin_of_an_elliptic_signature_is_the_same_signature(sqlite_installation: Installation) -> None:
    """VJ-42: anybody can make (r, n−s) of (r, s). It is what was issued, and not another credential."""
    sqlite_installation.set_issuing(profile=IssuingProfile.VC_JWT)
    (good,) = sqlite_installation.issue().representations
    head, _, last = good.body.decode().rpartition(".")
    signature = base64url.decode(last)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    twin = signature[:32] + (order - int.from_bytes(signature[32:])).to_bytes(32)
    assert sqlite_installation.verify(f"{head}.{base64url.encode(twin)}".encode()).verdict == "valid"


def test_the_same_credential_in_other_spellings_is_found(sqlite_installation: Installation) -> None:
    body = sqlite_installation.issue().body
    document = json.loads(body)
    turned = {name: document[name] for name in reversed(document)}
    for spelled in (json.dumps(turned, indent=2), json.dumps(document, ensure_ascii=True)):
        assert sqlite_installation.verify(spelled.encode()).verdict == "valid"


def erase(installation: Installation, issued: IssuedAssertion) -> None:
    with installation.service.database.begin() as tx:
        tx.erasures.erase(issued.credential.uuid, installation.service.kek)


def test_an_erased_credential_goes_on_verifying_in_every_form_and_spelling(installation: Installation) -> None:
    installation.set_issuing(**BOTH)
    issued = installation.issue()
    erase(installation, issued)
    as_json, token = (each.body for each in issued.representations)
    spelled = json.dumps(json.loads(as_json), indent=2).encode()
    for shown in (as_json, spelled, token):
        assert key_finding(installation.verify(shown)) == ("valid", "pass", "key.bound")
    forged = signed_by_issuer(installation, unsigned(as_json), on_record=False, created=installation.now - A_DAY)
    assert key_finding(installation.verify(forged)) == ("invalid", "fail", "key.unlogged")
    installation.clock.move(hours=1)
    compromise(installation)
    noted = ("valid", "pass", "key.revoked_logged_before")
    assert [key_finding(installation.verify(shown)) for shown in (as_json, spelled, token)] == [noted] * 3
    assert key_finding(installation.verify(forged)) == ("invalid", "fail", "key.revoked")


def test_of_an_erased_credential_every_copy_that_was_signed_anew_is_known(installation: Installation) -> None:
    issued = installation.issue()
    steal(installation)
    run(installation)
    new = fetched(installation, issued)[0].body
    erase(installation, issued)
    assert key_finding(installation.verify(new)) == ("valid", "pass", "key.bound")
    assert key_finding(installation.verify(issued.body)) == ("valid", "pass", "key.revoked_logged_before")


def test_who_has_the_database_alone_cannot_try_documents_against_the_log(installation: Installation) -> None:
    issued = installation.issue()
    erase(installation, issued)
    with installation.service.database.read() as snapshot:
        assert snapshot.public_log.of_credential(issued.credential.uuid) == ()
        (entry,) = snapshot.erasures.entries(issued.credential.uuid, KeyEncryptionKey(bytes(32)))
    assert entry.salt is None


def test_where_nothing_was_kept_of_an_erased_credential_its_very_bytes_are_known(installation: Installation) -> None:
    """As of one that was erased before there was a log, or before salts were kept."""
    issued = installation.issue()
    erase(installation, issued)
    forget_salts(installation)
    assert key_finding(installation.verify(issued.body)) == ("valid", "pass", "key.bound")
    spelled = json.dumps(json.loads(issued.body), indent=2).encode()
    assert key_finding(installation.verify(spelled)) == ("indeterminate", "unknown", "key.log_unavailable")
    installation.clock.move(hours=1)
    compromise(installation)
    assert key_finding(installation.verify(issued.body)) == ("indeterminate", "unknown", "key.log_unavailable")


def forget_salts(installation: Installation) -> None:
    engine = create_engine(installation.service.settings.database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM erased_salts")
    engine.dispose()


@pytest.mark.parametrize(("place", "code"), [("lost", "key.log_unavailable"), ("another", "key.unlogged")])
def test_a_lost_row_excuses_what_stands_at_its_place_and_nothing_else(
    installation: Installation, place: str, code: str
) -> None:
    issued = installation.issue()
    row, site = issued.credential, installation.service.site
    lost = LostCredential(
        list_number=row.list_number,
        status_index=(row.status_index + 1) % 131_072,
        issuer=site.issuer_did(SLUG),
        state=CredentialState.ACTIVE,
        changed_at=installation.now,
    )
    installation.service.database.write(lambda tx: tx.lost_credentials.add([lost]))
    document = unsigned(issued.body)
    document["id"] = f"{site.base_url}/credentials/{UUID(int=7)}"
    if place == "lost":
        index = str(lost.status_index)
        entry = document["credentialStatus"]
        document["credentialStatus"] = entry | {
            "statusListIndex": index,
            "id": f"{entry['statusListCredential']}#{index}",
        }
    report = installation.verify(signed_by_issuer(installation, document, on_record=False))
    assert report.finding("key").code == code


def test_a_theft_that_is_reported_while_we_look_does_not_tear_key_and_document_apart(
    installation: Installation,
) -> None:
    body = installation.issue().body
    installation.clock.move(hours=1)
    verify = installation.service.verify
    documents = gather_of(verify).documents

    def meanwhile(snapshot: Snapshot, slug: str | None) -> JsonObject:
        compromise(installation)
        return documents.own(snapshot, slug)

    interrupted = gathering(verify, documents=replace(documents, own=meanwhile))
    report = interrupted(body, now=installation.now)
    assert key_finding(report) == ("valid", "pass", "key.bound")
    assert key_finding(installation.verify(body)) == ("valid", "pass", "key.revoked_logged_before")


def test_a_key_that_leaked_before_anybody_saw_it_is_unknown(sqlite_installation: Installation) -> None:
    service, now = sqlite_installation.service, sqlite_installation.now
    staged = service.stage_key(SLUG, actor=OPERATOR, now=now)
    compromise(sqlite_installation, staged.kid)
    method = f"{service.site.issuer_did(SLUG)}#{staged.kid}"
    forged = signed_by_issuer(sqlite_installation, unsigned(sqlite_installation.issue().body), method=method)
    assert key_finding(sqlite_installation.verify(forged)) == ("invalid", "fail", "key.unknown")


def test_a_destroyed_key_is_an_old_key(sqlite_installation: Installation) -> None:
    body = sqlite_installation.issue().body
    rotate(sqlite_installation)
    sqlite_installation.service.destroy_key(SLUG, "key-1", actor=OPERATOR, now=sqlite_installation.now, reason="old")
    with sqlite_installation.service.database.read() as snapshot:
        key = snapshot.signing_keys.get(SLUG, "key-1")
    assert key is not None
    assert key.state is KeyState.DESTROYED
    assert key_finding(sqlite_installation.verify(body)) == ("valid", "pass", "key.retired")


def test_five_rotations_and_a_theft_later_it_verifies_for_the_right_reason(installation: Installation) -> None:
    eras = []
    for number in range(6):
        eras.append(installation.issue(another(number)).body)
        installation.clock.move(days=1)
        rotate(installation)
    compromise(installation, "key-3", since=installation.now - timedelta(hours=1))
    codes = [key_finding(installation.verify(body)) for body in eras]
    assert codes[2] == ("valid", "pass", "key.revoked_logged_before")
    assert set(codes[:2] + codes[3:]) == {("valid", "pass", "key.retired")}
