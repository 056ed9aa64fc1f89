"""The badge as a learning credential: the same award in fewer words, of which the learner keeps back what is hers."""

import json
from typing import Any

import pytest

from jmc_vc.errors import Error
from jmc_vc.formats.jose import compact_jws, sd_jwt, sd_jwt_vc
from jmc_vc.formats.jose.learning_credential import CLAIMS, claims_of, type_metadata, vct, withholdable
from tests.builders.jose_keys import jose_key, salts
from tests.builders.open_badge import badge

Json = dict[str, Any]
NAMESPACE = "https://ns.jmc.example/mc/v1"
STATUS: Json = {"status_list": {"idx": 5, "uri": "https://mc.example.jp/status/3/token"}}
KEY = jose_key()
NEVER_WITHHELD = (
    "vct", "iss", "iat", "nbf", "status", "issuing_authority", "issuing_country", "date_of_issuance", "achievement_id",
    "achievement_title", "achievement_title#en", "achievement_description", "learning_outcomes", "credits_earned",
    "program_version", "test_data",
)  # fmt: skip


def typical() -> Json:
    """A badge with all that the mapping knows."""
    document = badge("/validUntil", "2029-09-30T23:59:59+09:00")
    subject = document["credentialSubject"]
    subject["id"] = "did:jwk:holder"
    subject["activityStartDate"] = "2026-06-01T00:00:00+09:00"
    subject["activityEndDate"] = "2026-09-20T00:00:00+09:00"
    subject["jmc:recipientName"]["kana"] = {"family": "ヨシノ", "given": "クズハ"}
    subject["jmc:recipientName"]["latn"]["middle"] = "M."
    subject["achievement"] |= {
        "jmc:notionalHours": 90,
        "jmc:level": {"scheme": "JEQF", "value": 6},
        "jmc:participation": {"languages": ["ja", "en"]},
        "jmc:qualityAssurance": [{"type": "external_program"}, {"type": "internal_program_review"}],
        "jmc:prerequisites": {"kind": "recommended", "text": {"ja": "高校数学", "en": "Mathematics"}},
        "jmc:stackability": {"kind": "stackable"},
    }
    document["evidence"] = [{"id": "https://e.example/1", "type": ["Evidence"], "name": "報告書"}]
    return document


def claims(document: Json | None = None) -> Json:
    return claims_of(document or typical(), namespace=NAMESPACE, status=STATUS)


def test_a_badge_becomes_the_claims_of_a_learning_credential() -> None:
    assert claims() == {
        "vct": "https://ns.jmc.example/mc/v1/vct/learning-credential",
        "iss": "did:web:mc.example.jp:issuers:hoshimigaoka",
        "iat": 1_791_162_000,
        "nbf": 1_791_162_000,
        "exp": 1_885_474_799,
        "status": STATUS,
        "issuing_authority": "星見ヶ丘大学（架空）",
        "issuing_country": "JP",
        "date_of_issuance": "2026-10-01",
        "date_of_expiry": "2029-09-30",
        "achievement_id": "https://mc.example.jp/programs/JMC-P-900001/v/1",
        "achievement_title": "実務データ分析基礎",
        "achievement_title#en": "Practical Data Analysis",
        "achievement_description": "データを集め、整え、説明する力を身につける。",
        "learning_outcomes": ["点検できる。"],
        "language_of_classes": ["ja", "en"],
        "types_of_quality_assurance": ["external_program", "internal_program_review"],
        "prerequisites_to_enroll": ["高校数学"],
        "credits_earned": 2.0,
        "program_version": badge()["jmc:programVersion"],
        "test_data": True,
        "jti": badge()["id"],
        "sub": "did:jwk:holder",
        "family_name": "𠮷野",
        "given_name": "葛󠄀葉",
        "family_name#ja-Kana-JP": "ヨシノ",
        "given_name#ja-Kana-JP": "クズハ",
        "family_name#und-Latn": "YOSHINO",
        "given_name#und-Latn": "Kuzuha",
        "middle_name#und-Latn": "M.",
        "name_order": "family-first",
        "learner_identification": [badge()["credentialSubject"]["identifier"][1]],
        "assessment_grade": "筆記試験: 82; 分析報告: 優秀; 出席: Completed",
        "results": [
            {
                "assessment": "https://mc.example.jp/programs/JMC-P-900001/v/1#A1",
                "name": "筆記試験",
                "type": "Percent",
                "value": "82",
                "status": "Completed",
            },
            {
                "assessment": "https://mc.example.jp/programs/JMC-P-900001/v/1#A2",
                "name": "分析報告",
                "type": "RubricCriterionLevel",
                "level": "優秀",
            },
            {
                "assessment": "https://mc.example.jp/programs/JMC-P-900001/v/1#A3",
                "name": "出席",
                "type": "Status",
                "status": "Completed",
            },
        ],
        "evidence": typical()["evidence"],
        "activity_start_date": "2026-06-01",
        "activity_end_date": "2026-09-20",
        "expected_study_time": "PT90H",
        "level_of_learning_experience": 6,
        "integration_stackability_options": True,
    }


def test_what_the_badge_does_not_say_is_left_out() -> None:
    found = claims_of(badge(), namespace=NAMESPACE, status=None)
    assert not found.keys() & {"exp", "date_of_expiry", "status", "sub", "evidence", "expected_study_time", "name"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ({"fullName": "Aung San"}, {"name": "Aung San"}),
        (
            {"latn": {"family": "Dvořák", "given": "Anna"}, "order": "given-first"},
            {"family_name": "Dvořák", "given_name": "Anna", "name_order": "given-first"},
        ),
    ],
)
def test_a_name_in_one_writing_has_no_tag(name: Json, expected: Json) -> None:
    document = badge("/credentialSubject/jmc:recipientName", name)
    assert {each: value for each, value in claims(document).items() if "name" in each} == expected


def test_what_the_learner_may_keep_back_is_about_the_learner() -> None:
    paths = withholdable(claims())
    assert len(paths) == len(set(paths))
    assert not {path[0] for path in paths} & set(NEVER_WITHHELD)
    assert {
        ("family_name",), ("given_name",), ("family_name#ja-Kana-JP",), ("given_name#und-Latn",), ("sub",), ("jti",),
        ("learner_identification",), ("learner_identification", 0), ("assessment_grade",), ("results",), ("results", 2),
        ("evidence",), ("evidence", 0), ("expected_study_time",), ("level_of_learning_experience",),
    } <= set(paths)  # fmt: skip


def test_with_everything_kept_back_nothing_about_the_learner_is_left() -> None:
    whole = sd_jwt_vc.issue(
        claims(),
        kid="did:web:mc.example.jp:issuers:hoshimigaoka#key-1",
        algorithm="ES256",
        sign=KEY.sign,
        selectively_disclosable=withholdable(claims()),
        salts=salts(),
    )
    token = sd_jwt.read(whole)
    compact_jws.verify(token.jws, KEY.public_key)
    assert sd_jwt_vc.read(token).claims == claims()
    shown = sd_jwt_vc.read(sd_jwt.read(sd_jwt.withhold(token, withholdable(claims()))))
    assert shown.claims.keys() == {
        *NEVER_WITHHELD, "exp", "date_of_expiry", "language_of_classes", "types_of_quality_assurance",
        "prerequisites_to_enroll",
    }  # fmt: skip
    for secret in ("𠮷野", "YOSHINO", "ヨシノ", "k3v9", '"82"', "優秀", "報告書", badge()["id"]):
        assert secret not in token.jws.payload.decode()


def test_the_type_describes_every_claim_once() -> None:
    metadata: Any = type_metadata(NAMESPACE)
    assert metadata["vct"] == vct(NAMESPACE) == claims()["vct"]
    json.dumps(metadata, allow_nan=False)
    described = {tuple(each["path"]): each for each in metadata["claims"]}
    assert len(described) == len(metadata["claims"])
    assert {path[0] for path in described} >= claims().keys() | CLAIMS.keys()
    kept_back = {tuple(None if isinstance(step, int) else step for step in path) for path in withholdable(claims())}
    for path in kept_back:
        assert described[path]["sd"] == "always"
    assert {path for path, each in described.items() if each["sd"] == "never"} >= {(name,) for name in NEVER_WITHHELD}
    mandatory = {path[0] for path, each in described.items() if each.get("mandatory")}
    assert mandatory <= claims_of(badge(), namespace=NAMESPACE, status=None).keys()
    assert {"iss", "vct", "achievement_id", "achievement_title", "date_of_issuance", "issuing_authority"} <= mandatory


def test_a_document_that_is_no_badge_has_no_claims() -> None:
    with pytest.raises(Error) as refusal:
        claims(badge("/type", ["VerifiableCredential"]))
    assert refusal.value.code == "schema.type"


def test_the_type_speaks_of_accreditation_and_of_programs_as_everything_else_does() -> None:
    described: Any = type_metadata(NAMESPACE)["claims"]
    labels = {each["label"] for claim in described for each in claim.get("display", ())}
    assert {"認証", "Program version"} <= labels
    assert not [label for label in labels if "認定" in label or "Programme" in label]
