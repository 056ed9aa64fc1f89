"""Every program in every issuing profile: each form verifies with the published keys and passes both schemas."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import jsonschema_rs
import pytest

from jmc_vc.domain.credential import Format, RevocationReason, StatusAction
from jmc_vc.domain.issuing_settings import IssuingProfile, IssuingSettings, JwtAlgorithm
from jmc_vc.domain.status_list import ListForm, StatusForm
from jmc_vc.errors import Error
from jmc_vc.formats import strict_json
from jmc_vc.formats.data_integrity.hash_data import Unsecured
from jmc_vc.formats.data_integrity.proof import read_proofs
from jmc_vc.formats.data_integrity.verify_proof import verify_proof
from jmc_vc.formats.did.document import verification_method
from jmc_vc.formats.encoding import base64url
from jmc_vc.formats.encoding.jwk import public_jwk, public_key_of_jwk
from jmc_vc.formats.jose import compact_jws, ob3_vc_jwt, sd_jwt, sd_jwt_vc
from jmc_vc.formats.openbadges.schema import Schema, violations
from jmc_vc.issuing.command import IssuedAssertion
from jmc_vc.issuing.secure import MAKE
from tests.builders.awards import all_programs, award_of, slug_of
from tests.builders.installation import OPERATOR, PROGRAMS, Installation, award
from tests.builders.keys import did_key, ed25519_public_key
from tests.test_data import vectors

PROFILES: dict[str, dict[str, Any]] = {
    "eddsa": {"profile": IssuingProfile.DATA_INTEGRITY_EDDSA},
    "ecdsa": {"profile": IssuingProfile.DATA_INTEGRITY_ECDSA},
    "vc-jwt-es256": {"profile": IssuingProfile.VC_JWT},
    "vc-jwt-rs256": {"profile": IssuingProfile.VC_JWT, "jwt_algorithm": JwtAlgorithm.RS256},
    "both-es256": {"profile": IssuingProfile.BOTH, "jwt_algorithm": JwtAlgorithm.ES256},
    "both-rs256": {"profile": IssuingProfile.BOTH, "jwt_algorithm": JwtAlgorithm.RS256},
}
FORMATS = {"eddsa": "json", "ecdsa": "json", "vc-jwt": "jwt", "both": "json jwt"}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = all_programs(tmp_path_factory.mktemp("profiles"))
    yield made
    made.service.database.close()


@pytest.fixture(scope="module")
def published() -> jsonschema_rs.Draft201909Validator:
    """The JSON Schema that 1EdTech publishes."""
    file = vectors("ob3-schemas") / "ob_v3p0_achievementcredential_schema.json"
    return jsonschema_rs.Draft201909Validator(json.loads(file.read_bytes()), validate_formats=True)


def set_profile(installation: Installation, number: str = "JMC-P-900001", **settings: Any) -> None:
    installation.set_issuing(number, **settings)


def documents_of(issued: IssuedAssertion) -> list[dict[str, Any]]:
    """What each form but the SD-JWT says, with the proofs in it."""
    return [
        strict_json.parse_object(each.body)
        if each.format is Format.JSON
        else ob3_vc_jwt.read(compact_jws.read(each.body.decode())).credential
        for each in issued.representations
        if each.format is not Format.SD_JWT
    ]


def verify_all(installation: Installation, issued: IssuedAssertion) -> None:
    """Each form with the keys as they are published, not as the signer has them."""
    service, slug = installation.service, issued.credential.issuer
    for each in issued.representations:
        if each.format is Format.JSON:
            document = strict_json.parse_object(each.body)
            (proof,) = read_proofs(document)
            method = verification_method(service.did_document(slug), proof.verification_method)
            verify_proof(Unsecured(document, service.contexts), proof, method.public_key)
        elif each.format is Format.SD_JWT:
            token = sd_jwt.read(each.body.decode())
            method = verification_method(service.did_document(slug), str(token.jws.header["kid"]))
            compact_jws.verify(token.jws, method.public_key)
        else:
            jws = compact_jws.read(each.body.decode())
            address = f"{service.site.base_url}/issuers/{slug}/keys/"
            assert str(jws.header["kid"]).startswith(address)
            jwk = service.key_jwk(slug, str(jws.header["kid"]).removeprefix(address))
            compact_jws.verify(jws, public_key_of_jwk(jwk))


@pytest.mark.parametrize("status_form", StatusForm)
@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("number", PROGRAMS)
def test_every_program_in_every_profile_verifies_and_passes_both_schemas(
    everything: Installation,
    published: jsonschema_rs.Draft201909Validator,
    number: str,
    name: str,
    status_form: StatusForm,
) -> None:
    set_profile(everything, number, **PROFILES[name], status_form=status_form)
    body = award_of(number, date(2026, 10, 1), email=f"{name}-{status_form}@learners.example", retake=True)
    issued = everything.issue(body, slug=slug_of(number))
    verify_all(everything, issued)
    first, *others = documents_of(issued)
    assert ("proof" in first) == (issued.representations[0].format is Format.JSON)
    assert violations(first, Schema.OPEN_BADGE) == ()
    assert [error.instance_path for error in published.iter_errors(first)] == []
    assert all(other == first for other in others)


@pytest.mark.parametrize("status_form", StatusForm)
@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_verifies_here_until_it_is_revoked(
    sqlite_installation: Installation, name: str, status_form: StatusForm
) -> None:
    set_profile(sqlite_installation, **PROFILES[name], status_form=status_form)
    issued = sqlite_installation.issue()
    for each in issued.representations:
        assert sqlite_installation.verify(each.body).summary == "valid"
    sqlite_installation.service.change_status(
        issued.credential.uuid,
        StatusAction.REVOKE,
        reason=RevocationReason.ISSUED_IN_ERROR,
        text=None,
        actor=sqlite_installation.actor(),
        now=sqlite_installation.now,
    )
    for each in issued.representations:
        assert sqlite_installation.verify(each.body).summary == "revoked"


@pytest.mark.parametrize("name", ["eddsa", "vc-jwt-rs256"])
@pytest.mark.parametrize("number", PROGRAMS)
def test_every_program_as_an_sd_jwt_vc_says_what_the_credential_says(
    everything: Installation, number: str, name: str
) -> None:
    set_profile(everything, number, **PROFILES[name], sd_jwt_vc=True, status_form=StatusForm.BITSTRING)
    evidence = [{"id": "https://example.jp/works/1", "name": "作品"}]
    body = award_of(number, date(2026, 10, 4), email="a@learners.example", retake=True, evidence=evidence)
    issued = everything.issue(body, slug=slug_of(number))
    verify_all(everything, issued)
    (document, *_) = documents_of(issued)
    assert issued.representations[-1].format is Format.SD_JWT
    found = sd_jwt_vc.read(sd_jwt.read(issued.representations[-1].body.decode()))
    subject, claims = document["credentialSubject"], found.claims
    assert claims["jti"] == document["id"]
    assert claims["achievement_id"] == subject["achievement"]["id"]
    assert claims["achievement_title"] == document["name"]
    assert claims["issuing_authority"] == document["issuer"]["name"]
    assert claims["date_of_issuance"] == document["awardedDate"][:10]
    assert claims["family_name"] == subject["jmc:recipientName"]["ja"]["family"]
    assert claims["evidence"] == document["evidence"]
    assert claims["program_version"] == document["jmc:programVersion"]
    assert claims["test_data"] is True
    results: Any = claims["results"]
    assert [each["assessment"] for each in results] == [each["resultDescription"] for each in subject["result"]]
    assert found.issuer == document["issuer"]["id"]
    assert found.types == ("https://ns.jmc.example/mc/v1/vct/learning-credential",)
    assert found.not_before == datetime.fromisoformat(document["validFrom"])
    end = document.get("validUntil")
    assert found.expires == (None if end is None else datetime.fromisoformat(end))


def test_what_a_learner_may_keep_back_is_gone_when_it_is_kept_back(sqlite_installation: Installation) -> None:
    set_profile(sqlite_installation, sd_jwt_vc=True)
    evidence = [{"id": "https://example.jp/works/1", "name": "作品"}]
    issued = sqlite_installation.issue(award(evidence=evidence))
    bare = issued.representations[-1].body.decode().partition("~")[0] + "~"
    shown: dict[str, Any] = sd_jwt_vc.read(sd_jwt.read(bare)).claims
    written = json.dumps(shown, ensure_ascii=False)
    email = json.loads(issued.body)["credentialSubject"]["identifier"][1]
    learner = ("𠮷野", "葛", "YOSHINO", "Kuzuha", "ヨシノ", email["identityHash"], email["salt"])
    for kept_back in (*learner, "82", "優れている / Exceeds", "作品", "2026-06-01"):
        assert f'"{kept_back}' not in written
    assert str(issued.credential.uuid) not in written, "who knows the address can open the whole credential there"
    assert not {"name", "family_name", "sub", "jti", "results", "assessment_grade", "evidence"} & set(shown)
    # What decides, and what makes it a credential of this program, cannot be kept back.
    place = {"idx": issued.credential.status_index, "uri": "http://localhost:8000/status/1/token"}
    assert shown["status"] == {"status_list": place}
    assert shown["achievement_title"] == json.loads(issued.body)["name"]
    assert shown["test_data"] is True


def test_the_same_credential_twice_has_other_salts_and_digests(sqlite_installation: Installation) -> None:
    set_profile(sqlite_installation, sd_jwt_vc=True)
    first, second = (
        set(sd_jwt.read(sqlite_installation.issue(award(retake=True)).representations[-1].body.decode()).disclosures)
        for _ in range(2)
    )
    assert not first & second


@pytest.mark.parametrize("number", [0, 1])
def test_the_key_of_a_learner_s_did_is_the_one_to_bind_with(sqlite_installation: Installation, number: int) -> None:
    set_profile(sqlite_installation, sd_jwt_vc=True)
    recipient = {"name": {"fullName": "SUKARTO"}, "did": did_key(number)}
    token = sd_jwt.read(sqlite_installation.issue(award(recipient=recipient)).representations[-1].body.decode())
    assert sd_jwt_vc.read(token).holder_key == ed25519_public_key(number)


def test_the_key_of_a_did_jwk_is_the_one_to_bind_with_unless_it_only_encrypts(
    sqlite_installation: Installation,
) -> None:
    set_profile(sqlite_installation, sd_jwt_vc=True)
    jwk = public_jwk(ed25519_public_key(5))
    for use, key in (({}, ed25519_public_key(5)), ({"use": "sig"}, ed25519_public_key(5)), ({"use": "enc"}, None)):
        did = "did:jwk:" + base64url.encode(json.dumps({**jwk, **use}).encode())
        recipient = {"name": {"fullName": "SUKARTO"}, "did": did}
        token = sd_jwt.read(sqlite_installation.issue(award(recipient=recipient)).representations[-1].body.decode())
        assert sd_jwt_vc.read(token).holder_key == key


@pytest.mark.parametrize("did", [None, "did:web:learner.example", "did:example:1"])
def test_without_a_key_that_the_did_itself_says_there_is_none_to_bind_with(
    sqlite_installation: Installation, did: str | None
) -> None:
    set_profile(sqlite_installation, sd_jwt_vc=True)
    recipient = {"name": {"fullName": "SUKARTO"}, **({"email": "a@learners.example"} if did is None else {"did": did})}
    token = sd_jwt.read(sqlite_installation.issue(award(recipient=recipient)).representations[-1].body.decode())
    assert sd_jwt_vc.read(token).holder_key is None


@pytest.mark.parametrize("name", PROFILES)
def test_each_profile_issues_its_forms_the_primary_one_first(sqlite_installation: Installation, name: str) -> None:
    set_profile(sqlite_installation, **PROFILES[name])
    issued = sqlite_installation.issue()
    expected = next(forms for prefix, forms in FORMATS.items() if name.startswith(prefix))
    assert [each.format.value for each in issued.representations] == expected.split()
    assert issued.credential.kid == issued.representations[0].kid


@pytest.mark.parametrize(
    ("algorithm", "alg"), [(JwtAlgorithm.ES256, "ES256"), (JwtAlgorithm.RS256, "RS256")], ids=["ES256", "RS256"]
)
def test_ob_41_the_header_of_a_token_has_these_members_and_no_others(
    sqlite_installation: Installation, algorithm: JwtAlgorithm, alg: str
) -> None:
    """OB-41, OB-44: `kid` is the https address of one JWK."""
    set_profile(sqlite_installation, profile=IssuingProfile.VC_JWT, jwt_algorithm=algorithm)
    header = compact_jws.read(sqlite_installation.issue().body.decode()).header
    kid = "http://localhost:8000/issuers/hoshimigaoka/keys/key-2"
    assert header == {"alg": alg, "typ": "JWT", "kid": kid}


def test_ob_42_the_claims_of_a_token_are_those_of_the_credential(sqlite_installation: Installation) -> None:
    set_profile(sqlite_installation, profile=IssuingProfile.VC_JWT)
    token = ob3_vc_jwt.read(compact_jws.read(sqlite_installation.issue().body.decode()))
    assert ob3_vc_jwt.check_claims(token) == frozenset()
    assert token.claims["iss"] == "did:web:localhost%3A8000:issuers:hoshimigaoka"
    assert token.claims["jti"] == token.credential["id"]


def test_ob_46_the_token_is_put_around_the_embedded_proof(sqlite_installation: Installation) -> None:
    set_profile(sqlite_installation, profile=IssuingProfile.BOTH)
    embedded, token = sqlite_installation.issue().representations
    document = json.loads(embedded.body)
    assert document["proof"]["cryptosuite"] == "eddsa-rdfc-2022"
    assert ob3_vc_jwt.read(compact_jws.read(token.body.decode())).credential == document


def test_the_second_suite_is_ecdsa_rdfc_2019(sqlite_installation: Installation) -> None:
    set_profile(sqlite_installation, profile=IssuingProfile.DATA_INTEGRITY_ECDSA)
    proof = json.loads(sqlite_installation.issue().body)["proof"]
    assert proof["cryptosuite"] == "ecdsa-rdfc-2019"
    assert proof["verificationMethod"] == "did:web:localhost%3A8000:issuers:hoshimigaoka#key-2"


@pytest.mark.parametrize("name", PROFILES)
def test_d_3_a_learner_without_a_did_has_an_id_in_a_token_only(sqlite_installation: Installation, name: str) -> None:
    set_profile(sqlite_installation, **PROFILES[name])
    first, second = (
        documents_of(sqlite_installation.issue(award(retake=True)))[0]["credentialSubject"].get("id") for _ in range(2)
    )
    if Format.JWT.value in FORMATS[name.removesuffix("-es256").removesuffix("-rs256")]:
        assert first.startswith("urn:uuid:")
        assert first != second, "one id for two credentials joins what two readers know"
    else:
        assert first is second is None


@pytest.mark.parametrize("name", PROFILES)
def test_a_learner_s_did_is_the_subject_in_every_profile(sqlite_installation: Installation, name: str) -> None:
    did = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    set_profile(sqlite_installation, **PROFILES[name])
    body = award(recipient={"name": {"fullName": "SUKARTO"}, "did": did})
    (document, *_) = documents_of(sqlite_installation.issue(body))
    assert document["credentialSubject"]["id"] == did


@pytest.mark.parametrize("name", PROFILES)
def test_ob_33_the_status_is_one_entry_of_the_form_that_was_set(sqlite_installation: Installation, name: str) -> None:
    """D-4."""
    set_profile(sqlite_installation, **PROFILES[name], status_form=StatusForm.REVOCATION_LIST)
    issued = sqlite_installation.issue()
    (document, *_) = documents_of(issued)
    listed = {"id": "http://localhost:8000/status/1/revoked", "type": "1EdTechRevocationList"}
    assert document["credentialStatus"] == listed
    assert issued.credential.status_form is StatusForm.REVOCATION_LIST


def test_a_change_is_for_what_comes_after_it_and_touches_nothing_before(installation: Installation) -> None:
    before = installation.issue()
    installation.clock.move(minutes=1)
    set_profile(installation, profile=IssuingProfile.VC_JWT)
    fetched = installation.service.fetch_credential(before.credential.uuid, now=installation.now)
    assert fetched.representations == before.representations
    after = installation.issue(award(retake=True))
    assert after.representations[0].format is Format.JWT
    assert installation.service.fetch_credential(after.credential.uuid, now=installation.now).representations == (
        after.representations
    )


def test_a_repeat_after_a_change_of_settings_gives_the_same_bytes(installation: Installation) -> None:  # INV-13
    set_profile(installation, profile=IssuingProfile.BOTH)
    first = installation.issue(key="order-1")
    set_profile(installation, profile=IssuingProfile.DATA_INTEGRITY_EDDSA)
    assert installation.issue(key="order-1").representations == first.representations


def test_the_settings_of_one_program_are_not_another_s(everything: Installation) -> None:
    one, other = sorted(PROGRAMS)[:2]
    set_profile(everything, one, profile=IssuingProfile.VC_JWT)
    set_profile(everything, other, profile=IssuingProfile.DATA_INTEGRITY_EDDSA)
    for number, form in ((one, Format.JWT), (other, Format.JSON)):
        body = award_of(number, date(2026, 10, 2), email="learner@learners.example", retake=True)
        assert everything.issue(body, slug=slug_of(number)).representations[0].format is form


def test_one_group_may_hold_awards_of_different_profiles(everything: Installation) -> None:
    by_issuer: dict[str, list[str]] = {}
    for number in PROGRAMS:
        by_issuer.setdefault(slug_of(number), []).append(number)
    slug, numbers = max(by_issuer.items(), key=lambda each: len(each[1]))
    for position, number in enumerate(numbers):
        set_profile(everything, number, profile=list(IssuingProfile)[position % len(IssuingProfile)])
    bodies = [award_of(number, date(2026, 10, 3), email="a@learners.example", retake=True) for number in numbers]
    for outcome in everything.issue_all(bodies, slug=slug):
        assert isinstance(outcome, IssuedAssertion)
        verify_all(everything, outcome)


def test_every_form_of_every_setting_has_a_maker() -> None:
    for profile in IssuingProfile:
        for algorithm in JwtAlgorithm:
            for beside in (False, True):
                settings = IssuingSettings(profile=profile, jwt_algorithm=algorithm, sd_jwt_vc=beside)
                assert set(settings.securings) <= set(MAKE)


def test_a_key_rotated_between_the_commits_is_noticed_in_every_form(installation: Installation) -> None:
    """Also where it is not the key of the primary form."""
    service = installation.service
    set_profile(installation, profile=IssuingProfile.BOTH)
    rotated: list[str] = []

    def rotate_once(number: int, form: ListForm, now: Any) -> None:
        if not rotated:
            rotated.append(service.rotate_key("hoshimigaoka", "P-256", immediate=True, actor=OPERATOR, now=now).new.kid)

    interrupted = type(service.issue)(**{**vars(service.issue), "publish_status_list": rotate_once})
    (outcome,) = Installation.issue_all(_with(installation, interrupted), [award()])
    assert isinstance(outcome, IssuedAssertion)
    assert [each.kid for each in outcome.representations] == ["key-1", *rotated]
    verify_all(installation, outcome)


def test_a_second_form_that_is_signed_wrongly_is_caught_before_anything_leaves(installation: Installation) -> None:
    service = installation.service
    set_profile(installation, profile=IssuingProfile.BOTH)

    class WrongSigner:
        def __init__(self, true: Any) -> None:
            self.public_key = true.public_key
            self._true = true

        def sign(self, message: bytes) -> bytes:
            signature: bytes = self._true.sign(message + b"!")
            return signature

    class HalfWrongKeyring:
        def signer(self, key: Any) -> Any:
            true = service.issue.keyring.signer(key)
            return WrongSigner(true) if key.algorithm == "P-256" else true

    broken = type(service.issue)(**{**vars(service.issue), "keyring": HalfWrongKeyring()})
    (outcome,) = Installation.issue_all(_with(installation, broken), [award()])
    assert isinstance(outcome, Error)
    assert outcome.code == "issue.self_verification_failed"
    assert installation.rows() == []


def _with(installation: Installation, issue: Any) -> Installation:
    service = type(installation.service)(**{**vars(installation.service), "issue": issue})
    return Installation(service=service, clock=installation.clock, api_keys=installation.api_keys)
