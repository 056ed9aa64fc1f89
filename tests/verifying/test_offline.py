"""Verifying by a bundle: the same verdict without installation and network, as of the bundle; and nothing of a bundle
can be swapped."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jmc_vc.domain.credential import RevocationReason, StatusAction
from jmc_vc.domain.issuing_settings import IssuingProfile
from jmc_vc.domain.status_list import StatusForm
from jmc_vc.errors import Error, Wording
from jmc_vc.publishing.bundle import NotLoggedYet
from jmc_vc.verifying.bundled import BundleForged, OtherContexts, OtherMaker, open_bundle
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.ruling import Verdict
from jmc_vc.verifying.verify_offline import OtherCredential, offline
from tests.builders.awards import all_programs, award_of, slug_of
from tests.builders.bundles import Change, bundle_of, changed, opened, resealed, signed_by_jmc, text_changed, uuid_of
from tests.builders.forger import Stranger, unsigned
from tests.builders.installation import OPERATOR, Installation, award, make_installation
from tests.simulators.connect_trace import traced


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return make_installation(tmp_path_factory.mktemp("installation"))


@pytest.fixture(scope="module")
def credential(installation: Installation) -> bytes:
    return installation.issue().body


@pytest.fixture(scope="module")
def bundle(installation: Installation, credential: bytes) -> bytes:
    return bundle_of(installation, uuid_of(credential))


def verify(installation: Installation, bundle: bytes, data: bytes, *, later: timedelta = timedelta(0)) -> Report:
    saved = opened(installation, bundle)
    return offline(saved, today=installation.now + later)(data, now=saved.made_at)


def issued(installation: Installation, name: str, **changes: Any) -> bytes:
    recipient = {"name": {"fullName": name}, "email": f"{name.lower()}@learners.example"}
    return installation.issue(award(recipient=recipient, **changes)).body


def change_status(installation: Installation, body: bytes, action: StatusAction) -> None:
    reason = RevocationReason.ISSUED_IN_ERROR if action is StatusAction.REVOKE else None
    installation.service.change_status(
        uuid_of(body), action, reason=reason, text=None, actor=installation.actor(), now=installation.now
    )


def test_the_verdict_is_that_of_the_installation(installation: Installation, credential: bytes, bundle: bytes) -> None:
    here, away = installation.verify(credential), verify(installation, bundle, credential)
    assert away.verdict is here.verdict is Verdict.VALID
    assert [(each.id, each.finding) for each in away.checks] == [(each.id, each.finding) for each in here.checks]
    assert away.axes == here.axes


def test_no_connection_is_opened_and_no_name_is_asked_for(
    installation: Installation, credential: bytes, bundle: bytes
) -> None:
    with traced() as trace:
        verify(installation, bundle, credential)
        verify(installation, bundle, credential.replace(b'"82"', b'"92"'))
        verify(installation, bundle, opened(installation, bundle).credential_id.encode())
    assert (trace.connections, trace.names) == ([], [])


def test_the_credential_in_a_bundle_is_the_one_that_was_issued(credential: bytes, bundle: bytes) -> None:
    (form,) = json.loads(bundle)["credential"]["forms"]
    assert form["text"].encode() == credential


def test_a_bundle_names_nobody_but_its_learner(installation: Installation) -> None:
    other = issued(installation, "Canary")
    mine = bundle_of(installation, uuid_of(issued(installation, "Mine")))
    assert b"Canary" not in mine
    assert str(uuid_of(other)).encode() not in mine
    assert b"learners.example" not in mine


def test_every_form_is_in_the_bundle(installation: Installation) -> None:
    installation.set_issuing(profile=IssuingProfile.BOTH, sd_jwt_vc=True)
    both = installation.issue(award(recipient={"name": {"fullName": "Both"}, "email": "both@learners.example"}))
    installation.set_issuing(profile=IssuingProfile.DATA_INTEGRITY_EDDSA, sd_jwt_vc=False)
    saved = bundle_of(installation, uuid_of(both.body))
    assert [each["format"] for each in json.loads(saved)["credential"]["forms"]] == ["json", "jwt", "sd-jwt"]
    for each in both.representations:
        assert verify(installation, saved, each.body).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("action", "summary"), [(StatusAction.REVOKE, "revoked"), (StatusAction.SUSPEND, "suspended")], ids=str
)
def test_a_status_is_told_as_of_the_bundle(installation: Installation, action: StatusAction, summary: str) -> None:
    body = issued(installation, f"For-{summary}")
    before = bundle_of(installation, uuid_of(body))
    change_status(installation, body, action)
    installation.clock.move(seconds=2)
    assert verify(installation, bundle_of(installation, uuid_of(body)), body).summary == summary
    assert verify(installation, before, body).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("reason", "code", "why"),
    [
        (RevocationReason.ISSUED_IN_ERROR, "status.revoked", ("発行誤り", "Issued in error")),
        (RevocationReason.DATA_ERROR_REPLACED, "status.replaced", None),
    ],
)
def test_since_when_it_is_revoked_and_why_is_told_as_where_it_was_issued(
    installation: Installation, reason: RevocationReason, code: str, why: tuple[str, str] | None
) -> None:
    body = issued(installation, f"Why-{reason}")
    installation.service.change_status(
        uuid_of(body), StatusAction.REVOKE, reason=reason, text=None, actor=installation.actor(), now=installation.now
    )
    installation.clock.move(seconds=2)
    saved = installation.service.bundle(uuid_of(body), for_issuer=True, now=installation.now)
    here, away = installation.verify(body), verify(installation, saved, body)
    assert away.finding("status") == here.finding("status")
    assert away.finding("status").code == code
    assert [(axis.code, axis.params) for axis in away.axes] == [(axis.code, axis.params) for axis in here.axes]
    if why is not None:
        assert away.finding("status").params["reason"] == Wording(*why)


def test_what_the_list_does_not_tell_is_not_told_by_the_record_beside_it(
    installation: Installation, credential: bytes, bundle: bytes
) -> None:
    """The lists decide; and the record of a suspension says nothing of a revocation."""
    since = {"state": "revoked", "since": "2026-09-01T00:00:00Z", "reason": "issued_in_error"}
    claimed = resealed(installation, bundle, lambda saved: saved["credential"].update(status=since))
    assert verify(installation, claimed, credential).verdict is Verdict.VALID


def test_what_is_revoked_in_a_revocation_list_is_told_too(installation: Installation) -> None:
    installation.set_issuing(status_form=StatusForm.REVOCATION_LIST)
    body = issued(installation, "Listed")
    installation.set_issuing(status_form=StatusForm.BITSTRING)
    change_status(installation, body, StatusAction.REVOKE)
    installation.clock.move(seconds=2)
    saved = installation.service.bundle(uuid_of(body), for_issuer=True, now=installation.now)
    assert verify(installation, saved, body).summary == "revoked"


def test_an_old_bundle_still_speaks_of_its_own_time(
    installation: Installation, credential: bytes, bundle: bytes
) -> None:
    report = verify(installation, bundle, credential, later=timedelta(days=4_000))
    assert report.verdict is Verdict.VALID
    assert report.checked_at == opened(installation, bundle).made_at


def test_a_credential_that_has_ended_since_is_told_as_expired(tmp_path: Path) -> None:
    made = all_programs(tmp_path)
    body = made.issue(
        award_of("JMC-P-900002", date(2026, 10, 1), email="a@learners.example"), slug=slug_of("JMC-P-900002")
    ).body
    saved = bundle_of(made, uuid_of(body))
    assert verify(made, saved, body).verdict is Verdict.VALID
    later = verify(made, saved, body, later=timedelta(days=61 * 31))
    assert (later.verdict, later.summary) == (Verdict.INVALID, "expired")


@pytest.mark.parametrize("action", [None, StatusAction.REVOKE, StatusAction.SUSPEND], ids=str)
def test_of_another_credential_than_the_bundles_nothing_is_judged(
    installation: Installation, bundle: bytes, action: StatusAction | None
) -> None:
    other = issued(installation, f"Other-{action}")
    if action is not None:
        change_status(installation, other, action)
    for data in (other, json.loads(other)["id"].encode()):
        with pytest.raises(OtherCredential):
            verify(installation, bundle, data)


def test_a_credential_whose_holder_keeps_its_id_back_is_told_by_its_place(installation: Installation) -> None:
    installation.set_issuing(profile=IssuingProfile.BOTH, sd_jwt_vc=True)
    one, other = (
        installation.issue(award(recipient={"name": {"fullName": name}, "email": f"{name.lower()}@learners.example"}))
        for name in ("One", "Two")
    )
    installation.set_issuing(profile=IssuingProfile.DATA_INTEGRITY_EDDSA, sd_jwt_vc=False)
    saved = bundle_of(installation, uuid_of(one.body))
    token, others = (each.representations[2].body.partition(b"~")[0] + b"~" for each in (one, other))
    assert verify(installation, saved, token).finding("proof").outcome is Outcome.PASS
    with pytest.raises(OtherCredential):
        verify(installation, saved, others)


def test_a_copy_in_anothers_name_is_a_suspicion(installation: Installation, credential: bytes, bundle: bytes) -> None:
    copied = unsigned(credential)
    del copied["credentialStatus"]
    report = verify(installation, bundle, Stranger().sign(installation, copied))
    assert (report.verdict, report.summary) == (Verdict.INDETERMINATE, "impersonation_suspected")
    assert report.registered.resembled is not None
    assert report.finding("program").outcome is Outcome.UNKNOWN


def test_what_was_issued_this_very_second_has_no_bundle_yet(installation: Installation) -> None:
    bundle_of(installation, uuid_of(issued(installation, "Slow")))  # signs a head of the log, of this second
    hasty = uuid_of(issued(installation, "Hasty"))
    with pytest.raises(NotLoggedYet):
        installation.service.bundle(hasty, now=installation.now)
    assert bundle_of(installation, hasty)


# --- tampering --------------------------------------------------------------------------------------------------------


def _issuer_number(document: dict[str, Any]) -> None:
    document["register"]["issuer"]["number"] = "JMC-I-90002"


def _later_window(document: dict[str, Any]) -> None:
    document["register"]["program"]["effectiveUntil"] = "2099-03-31"


def _other_salt(document: dict[str, Any]) -> None:
    entry = document["log"]["entries"][0]
    head, _, rest = entry["proof"].partition("\nindex")
    entry["proof"] = head[:-6] + "AAAA==" + "\nindex" + rest


def _other_proof_value(document: dict[str, Any]) -> None:
    document["proof"]["proofValue"] = document["register"]["proof"]["proofValue"]


def _no_entries(document: dict[str, Any]) -> None:
    document["log"]["entries"] = []


CHANGES: dict[str, Change] = {
    "credential": text_changed("credential/forms/0/text", '"82"', '"92"'),
    "quads": text_changed("credential/forms/0/signed/0/document", '"82"', '"92"'),
    "list": text_changed("statusLists/0/text", "uH4s", "uH5s"),
    "list-quads": text_changed("statusLists/0/signed/0/document", "uH4s", "uH5s"),
    "register": _issuer_number,
    "window": _later_window,
    "did-document": text_changed("didHistories/0/text", "z6Mk", "z6Ml"),
    "log-entry": text_changed("log/entries/0/entry", '"list":1', '"list":2'),
    "salt": _other_salt,
    "statement": _other_proof_value,
    "made-at": text_changed("madeAt", "2026", "2027"),
    "contexts": text_changed("contexts/0/sha256", "5", "6"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_bundle_that_was_changed_is_worth_nothing(installation: Installation, bundle: bytes, change: Change) -> None:
    with pytest.raises(BundleForged):
        opened(installation, changed(bundle, change))


@pytest.mark.parametrize("part", ["register", "window", "did-document", "log-entry"])
def test_a_signed_part_holds_by_itself(installation: Installation, bundle: bytes, part: str) -> None:
    with pytest.raises(BundleForged):
        opened(installation, resealed(installation, bundle, CHANGES[part]))


def test_a_resealed_list_is_not_believed(installation: Installation, credential: bytes, bundle: bytes) -> None:
    report = verify(installation, resealed(installation, bundle, CHANGES["list"]), credential)
    assert report.finding("status").outcome is Outcome.UNKNOWN


def test_a_resealed_salt_leaves_the_signature_unlogged(
    installation: Installation, credential: bytes, bundle: bytes
) -> None:
    report = verify(installation, resealed(installation, bundle, _other_salt), credential)
    assert report.finding("key").code == "key.unlogged"
    without = verify(installation, resealed(installation, bundle, _no_entries), credential)
    assert without.finding("key").code == "key.log_unavailable"


def test_other_contexts_are_not_guessed(installation: Installation, bundle: bytes) -> None:
    with pytest.raises(OtherContexts):
        opened(installation, resealed(installation, bundle, CHANGES["contexts"]))


def test_a_bundle_of_somebody_else_is_not_forged_but_unknown(
    tmp_path_factory: pytest.TempPathFactory, bundle: bytes
) -> None:
    stranger = make_installation(tmp_path_factory.mktemp("stranger"), base_url="https://other.example", empty=True)
    with pytest.raises(OtherMaker):
        open_bundle(bundle, stranger.service.did_document(None))


def test_a_key_that_the_reader_does_not_know_yet_is_unknown(installation: Installation, bundle: bytes) -> None:
    newer = changed(bundle, lambda each: each["proof"].update(verificationMethod=f"{each['madeBy']}#key-9"))
    with pytest.raises(OtherMaker):
        opened(installation, newer)


def test_an_extract_that_was_signed_for_another_bundle_cannot_be_put_in(
    installation: Installation, bundle: bytes
) -> None:
    def swap(document: dict[str, Any]) -> None:
        extract = {**document["register"], "asOf": "2026-11-20T03:00:00Z"}
        document["register"] = signed_by_jmc(installation, extract)

    with pytest.raises(BundleForged):
        opened(installation, changed(bundle, swap))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_single_edit_of_a_bundle_opens(installation: Installation, bundle: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(bundle) - 1))
    edit = data.draw(st.sampled_from(["flip", "drop", "repeat"]))
    byte = bundle[place : place + 1]
    edited = {
        "flip": bundle[:place] + bytes([byte[0] ^ data.draw(st.sampled_from([1, 2, 32]))]) + bundle[place + 1 :],
        "drop": bundle[:place] + bundle[place + 1 :],
        "repeat": bundle[:place] + byte + bundle[place:],
    }[edit]
    try:
        document = json.loads(edited)
    except ValueError:
        document = None
    if document == json.loads(bundle):  # white space, or the case of an escape
        return
    with pytest.raises(Error):
        opened(installation, edited)


def test_a_compromised_key_counts_by_the_log(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = make_installation(tmp_path_factory.mktemp("theft"))
    body = made.issue().body
    made.clock.move(hours=1)
    made.service.compromise_key("hoshimigaoka", "key-1", since=made.now, reason="theft", actor=OPERATOR, now=made.now)
    made.service.rotate_key("hoshimigaoka", immediate=True, actor=OPERATOR, now=made.now)
    report = verify(made, bundle_of(made, uuid_of(body)), body)
    assert report.finding("key").code == "key.revoked_logged_before"
