"""SD-JWT VCs through the pipeline: what was disclosed is verified and shown, and nothing else."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jmc_vc.domain.credential import Format, StatusAction
from jmc_vc.formats.data_integrity.verify_proof import Expected
from jmc_vc.formats.did import did_key
from jmc_vc.formats.encoding.public_key import KeyAlgorithm
from jmc_vc.formats.jose import key_binding, learning_credential, sd_jwt, sd_jwt_vc
from jmc_vc.signing.file_signer import file_signer, new_secret
from jmc_vc.verifying.check import Outcome
from jmc_vc.verifying.input import Form
from jmc_vc.verifying.report import Report
from jmc_vc.verifying.wanted import Person, Wanted
from tests.builders.installation import Installation, award, make_installation
from tests.simulators.network import online

HOLDER = file_signer(KeyAlgorithm.P256, new_secret(KeyAlgorithm.P256, lambda size: bytes(range(size))))
DID = did_key.did_of_key(HOLDER.public_key)
ASKED = Expected(domain="https://employer.example", challenge="n-0S6_WzA2Mj")


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    made = make_installation(tmp_path)
    made.set_issuing(sd_jwt_vc=True)
    return made


@pytest.fixture
def token(installation: Installation) -> str:
    return sd_jwt_of(installation, award(recipient={**award()["recipient"], "did": DID}))


def sd_jwt_of(installation: Installation, body: dict[str, Any]) -> str:
    issued = installation.issue(body)
    (made,) = [each.body for each in issued.representations if each.format is Format.SD_JWT]
    return made.decode()


def outcomes(report: Report, outcome: Outcome) -> dict[str, str]:
    return {check.id: check.finding.code for check in report.checks if check.finding.outcome is outcome}


def withhold(token: str, *names: str) -> str:
    return sd_jwt.withhold(sd_jwt.read(token), [(name,) for name in names])


def test_one_of_ours_is_valid_and_accredited(installation: Installation, token: str) -> None:
    report = installation.verify(token.encode())
    assert (report.verdict, report.input.form) == ("valid", Form.SD_JWT_VC)
    assert outcomes(report, Outcome.UNKNOWN) == outcomes(report, Outcome.FAIL) == {}
    assert report.finding("program").code == "program.accredited_then"
    assert report.finding("status").code == "status.clear"
    assert report.credential is not None
    assert report.credential.subject.id == DID
    assert [each.value for each in report.credential.subject.identifiers if each.kind == "name"] == ["𠮷野 葛󠄀葉"]
    assert [each.value for each in report.credential.subject.results] == ["82", "優れている / Exceeds"]


def test_what_the_holder_keeps_back_is_not_shown_and_nothing_else_suffers(
    installation: Installation, token: str
) -> None:
    bare = token.split("~", maxsplit=1)[0] + "~"
    report = installation.verify(bare.encode())
    assert report.verdict == "valid"
    assert report.credential is not None
    assert report.credential.id is None
    assert report.credential.subject.id is None
    assert report.credential.subject.recipient_name is None
    assert report.credential.subject.results == ()
    some = installation.verify(withhold(token, "results", "assessment_grade", "jti").encode())
    assert (some.verdict, some.finding("key").code) == ("valid", "key.bound")


def test_it_is_revoked_by_its_list_even_without_its_address(installation: Installation, token: str) -> None:
    (uuid,) = installation.rows()
    installation.service.change_status(
        uuid, StatusAction.SUSPEND, reason=None, text=None, actor=installation.actor(), now=installation.now
    )
    for shown in (token, token.split("~", maxsplit=1)[0] + "~"):
        report = installation.verify(shown.encode())
        assert (report.verdict, report.summary) == ("invalid", "suspended")


def test_whose_it_is_can_be_asked(installation: Installation, token: str) -> None:
    wanted = Wanted(recipient=Person(name="𠮷野 葛󠄀葉", did=DID))
    report = installation.service.verify(token.encode(), now=installation.now, wanted=wanted)
    assert (report.verdict, report.finding("recipient").code) == ("valid", "recipient.match")
    kept_back = withhold(token, "family_name", "given_name")
    report = installation.service.verify(
        kept_back.encode(), now=installation.now, wanted=Wanted(recipient=Person(email="a@b.example"))
    )
    assert report.verdict == "invalid", "the address is there, hashed, and is another one"


BROKEN = {
    "a letter of the payload": lambda token: token[:300] + ("A" if token[300] != "A" else "B") + token[301:],
    "the signature of another": lambda token: token.replace(token.split("~")[0][-10:], "A" * 10, 1),
    "a disclosure twice": lambda token: token + token.split("~")[1] + "~",
    "a disclosure of nobody": lambda token: token + "WyJhYmMiLCJuYW1lIiwiWCJd~",
    "a disclosure with another value": lambda token: token.replace(token.split("~")[1], "WyJhYmMiLCJuYW1lIiwiWCJd"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_one_that_was_changed_is_invalid_and_shows_nothing(installation: Installation, token: str, case: str) -> None:
    report = installation.verify(BROKEN[case](token).encode())
    assert (report.verdict, report.credential) == ("invalid", None)


def signed(installation: Installation, claims: dict[str, Any], *, on_record: bool = False) -> bytes:
    """SD-JWT VC of anything, with the issuer's own key: what a thief of the key could make."""
    with installation.service.database.read() as snapshot:
        keys = snapshot.signing_keys.of_owner("hoshimigaoka")
    key = next(each for each in keys if each.algorithm == "P-256")
    signer = installation.service.issue.keyring.signer(key)
    return sd_jwt_vc.issue(
        claims,
        kid=f"{installation.service.site.issuer_did('hoshimigaoka')}#{key.kid}",
        algorithm="ES256",
        sign=signer.sign,
        selectively_disclosable=(),
        salts=lambda: "AAAAAAAAAAAAAAAAAAAAAA",
    ).encode()


def test_what_was_not_approved_is_not_valid_whoever_signed(installation: Installation, token: str) -> None:
    claims = {**sd_jwt.read(token).disclosed().claims, "achievement_title": "博士号"}
    del claims["cnf"]
    report = installation.verify(signed(installation, claims))
    failing = outcomes(report, Outcome.FAIL)
    assert failing == {"key": "key.unlogged"}


def test_one_of_a_type_that_we_do_not_know_is_left_open(installation: Installation, token: str) -> None:
    issuer = file_signer(KeyAlgorithm.P256, new_secret(KeyAlgorithm.P256, lambda size: bytes(range(1, size + 1))))
    did = did_key.did_of_key(issuer.public_key)
    body = sd_jwt_vc.issue(
        {"vct": "urn:eudi:pid:1", "iss": did, "given_name": "Erika", "family_name": "Mustermann"},
        kid=f"{did}#{did.removeprefix('did:key:')}",
        algorithm="ES256",
        sign=issuer.sign,
        selectively_disclosable=(("given_name",),),
        salts=lambda: "AAAAAAAAAAAAAAAAAAAAAA",
    ).encode()
    for policy in ("default", "technical"):
        report = installation.verify(body, policy)
        assert (report.verdict, report.credential) == ("indeterminate", None)
        assert outcomes(report, Outcome.FAIL) == {}
        assert report.finding("context").code == "context.type_unknown"
        assert report.finding("proof").code == "proof.verified"


def test_one_of_our_type_by_a_stranger_is_not_accredited(installation: Installation, token: str) -> None:
    issuer = file_signer(KeyAlgorithm.P256, new_secret(KeyAlgorithm.P256, lambda size: bytes(range(1, size + 1))))
    did = did_key.did_of_key(issuer.public_key)
    claims = {**sd_jwt.read(token).disclosed().claims, "iss": did}
    del claims["cnf"], claims["status"]
    body = sd_jwt_vc.issue(
        claims,
        kid=f"{did}#{did.removeprefix('did:key:')}",
        algorithm="ES256",
        sign=issuer.sign,
        selectively_disclosable=(),
        salts=lambda: "AAAAAAAAAAAAAAAAAAAAAA",
    ).encode()
    assert learning_credential.vct(installation.service.site.namespace) == claims["vct"]
    report = installation.verify(body)
    assert (report.verdict, report.summary) == ("indeterminate", "impersonation_suspected")
    assert installation.verify(body, "technical").verdict == "valid"


def bound(token: str, now: datetime, **other: Any) -> bytes:
    how = {"audience": ASKED.domain, "nonce": ASKED.challenge, "now": now, **other}
    return key_binding.bind(token, algorithm="ES256", sign=HOLDER.sign, **how).encode()


def test_a_key_binding_that_was_asked_for_shows_the_holder(installation: Installation, token: str) -> None:
    body = bound(withhold(token, "results", "sub"), installation.now)
    report = installation.service.verify(body, now=installation.now, wanted=Wanted(for_us=ASKED))
    assert (report.verdict, report.finding("holder").code) == ("valid", "holder.by_key")
    assert {axis.id: axis.tone for axis in report.axes}["holder"] == "good"


BINDINGS: dict[str, tuple[dict[str, Any], str]] = {
    "for somebody else": ({"audience": "https://other.example"}, "holder.binding_audience"),
    "in answer to another challenge": ({"nonce": "old"}, "holder.binding_audience"),
    "an hour old": ({"now": datetime(2026, 11, 23, 2, 0, tzinfo=UTC)}, "holder.binding_age"),
}


@pytest.mark.parametrize("case", BINDINGS)
def test_a_key_binding_of_another_time_or_place_is_none(installation: Installation, token: str, case: str) -> None:
    changes, code = BINDINGS[case]
    body = bound(token, **{"now": installation.now, **changes})
    report = installation.service.verify(body, now=installation.now, wanted=Wanted(for_us=ASKED))
    assert (report.verdict, report.summary, report.finding("holder").code) == ("invalid", "not_theirs", code)
    assert {axis.id: axis.tone for axis in report.axes}["holder"] == "bad"


def test_a_key_binding_over_other_disclosures_is_none(installation: Installation, token: str) -> None:
    body = bound(withhold(token, "results"), installation.now).decode()
    more = token.split("~")[1]
    swapped = body.replace("~", f"~{more}~", 1) if more not in body else withhold(token, "name_order")
    report = installation.service.verify(swapped.encode(), now=installation.now, wanted=Wanted(for_us=ASKED))
    assert report.verdict == "invalid"


def test_without_a_key_binding_nobody_is_shown_as_the_holder(installation: Installation, token: str) -> None:
    report = installation.service.verify(token.encode(), now=installation.now, wanted=Wanted(for_us=ASKED))
    assert (report.verdict, report.finding("holder").code) == ("invalid", "holder.no_binding")
    plain = installation.issue(award(retake=True)).body
    report = installation.service.verify(plain, now=installation.now, wanted=Wanted(for_us=ASKED))
    assert (report.verdict, report.finding("holder").code) == ("invalid", "holder.no_binding")


def test_a_key_binding_that_nobody_asked_for_says_nothing(installation: Installation, token: str) -> None:
    report = installation.verify(bound(token, installation.now))
    assert (report.verdict, report.finding("holder").code) == ("valid", "holder.not_shown")


def test_nothing_is_fetched_for_one_of_ours(installation: Installation, token: str) -> None:
    network = online(installation, {})
    assert installation.verify(token.encode()).verdict == "valid"
    assert network.asked == []
