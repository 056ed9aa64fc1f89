"""An Open Badge as an SD-JWT VC of which the learner shows what is asked for.

The claims have the names of the EUDI learning credential (`urn:eu.europa.ec.eudi:learning:credential:1`, whose issuer
is https://github.com/eu-digital-identity-wallet/eudi-srv-web-issuing-eudiw-py) where it has one, and names in the same
style where it has none. Names of people in other writings carry a language tag (`family_name#ja-Kana-JP`), as OpenID
Connect Core 1.0 §5.2 writes them. A credential without an end has no `date_of_expiry`.

Who awarded what, under which accreditation and when, is always shown, as is all that decides about the validity. What
the learner may keep back is about the learner: the name in its parts, identifiers, results, evidence, times of study;
as in the EUDI credential, study time, level and stackability; and `jti`, because whoever knows the address of the
credential can open the whole of it there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jmc_vc.formats.jose.disclosures import Path
from jmc_vc.formats.jose.numeric_date import write_numeric_date
from jmc_vc.formats.openbadges.achievement import Achievement
from jmc_vc.formats.openbadges.credential import OpenBadgeCredential, read_credential
from jmc_vc.formats.openbadges.subject import AchievementSubject, RecipientName, Result
from jmc_vc.formats.strict_json import JsonObject, JsonValue

VCT: Final = "/vct/learning-credential"
"""Appended to the namespace of the national specification, which has the version: a new one is a new type."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What the type says of a claim; `each` when its elements can be kept back one by one as well."""

    ja: str
    en: str
    mandatory: bool = False
    withholdable: bool = False
    each: bool = False


CLAIMS: Mapping[str, Claim] = {
    "issuing_authority": Claim(ja="発行機関", en="Issuing institution", mandatory=True),
    "issuing_country": Claim(ja="発行機関の国", en="Country of the institution"),
    "date_of_issuance": Claim(ja="授与日", en="Date of award", mandatory=True),
    "date_of_expiry": Claim(ja="有効期限", en="Valid until"),
    "achievement_id": Claim(ja="プログラムの版", en="Program version", mandatory=True),
    "achievement_title": Claim(ja="プログラム名", en="Title", mandatory=True),
    "achievement_title#en": Claim(ja="プログラム名（英語）", en="Title in English"),
    "achievement_description": Claim(ja="プログラムの概要", en="Description", mandatory=True),
    "learning_outcomes": Claim(ja="学修成果", en="Learning outcomes"),
    "language_of_classes": Claim(ja="使用言語", en="Language of classes"),
    "types_of_quality_assurance": Claim(ja="質保証", en="Quality assurance"),
    "prerequisites_to_enroll": Claim(ja="履修資格", en="Prerequisites"),
    "credits_earned": Claim(ja="単位数", en="Credits earned"),
    "program_version": Claim(ja="認証", en="Accreditation"),
    "test_data": Claim(ja="テスト用データ", en="Test data"),
    "jti": Claim(ja="証明の URL", en="Address of the credential", withholdable=True),
    "sub": Claim(ja="取得者の識別子", en="Identifier of the learner", withholdable=True),
    "name": Claim(ja="氏名", en="Full name", withholdable=True),
    "family_name": Claim(ja="姓", en="Family name", withholdable=True),
    "given_name": Claim(ja="名", en="Given name", withholdable=True),
    "middle_name": Claim(ja="ミドルネーム", en="Middle name", withholdable=True),
    "family_name#ja-Kana-JP": Claim(ja="姓（カナ）", en="Family name in kana", withholdable=True),
    "given_name#ja-Kana-JP": Claim(ja="名（カナ）", en="Given name in kana", withholdable=True),
    "middle_name#ja-Kana-JP": Claim(ja="ミドルネーム（カナ）", en="Middle name in kana", withholdable=True),
    "family_name#und-Latn": Claim(ja="姓（ローマ字）", en="Family name in Latin letters", withholdable=True),
    "given_name#und-Latn": Claim(ja="名（ローマ字）", en="Given name in Latin letters", withholdable=True),
    "middle_name#und-Latn": Claim(ja="ミドルネーム（ローマ字）", en="Middle name in Latin letters", withholdable=True),
    "name_order": Claim(ja="姓名の順", en="Order of the name", withholdable=True),
    "learner_identification": Claim(ja="本人確認用の情報", en="Identifiers", withholdable=True, each=True),
    "assessment_grade": Claim(ja="成績", en="Grade", withholdable=True),
    "results": Claim(ja="評価結果", en="Results", withholdable=True, each=True),
    "evidence": Claim(ja="成果物", en="Evidence", withholdable=True, each=True),
    "activity_start_date": Claim(ja="学修の開始日", en="Start of study", withholdable=True),
    "activity_end_date": Claim(ja="学修の終了日", en="End of study", withholdable=True),
    "expected_study_time": Claim(ja="学修時間", en="Expected study time", withholdable=True),
    "level_of_learning_experience": Claim(ja="レベル", en="Level", withholdable=True),
    "integration_stackability_options": Claim(ja="積み上げ", en="Stackable", withholdable=True),
}
"""Every claim but those of all SD-JWT VCs, in the order in which they are shown."""

_ALWAYS = ("vct", "iss", "iat", "nbf")
_WRITINGS = (("ja", ""), ("kana", "#ja-Kana-JP"), ("latn", "#und-Latn"))
"""Writings of a name and the tags of their claims."""


def vct(namespace: str) -> str:
    """The type under `namespace`, for example `https://ns.jmc.example/mc/v1`."""
    return namespace + VCT


def claims_of(document: JsonObject, *, namespace: str, status: JsonObject | None) -> JsonObject:
    """The claims of the badge `document`, before or after a proof; `status` as `token_status_list` writes it.

    The key with which the holder is to bind is told to `sd_jwt_vc.issue`. Raises schema.* when `document` is no
    OpenBadgeCredential."""
    badge = read_credential(document)
    claims: JsonObject = {
        "vct": vct(namespace),
        "iss": badge.issuer.id,
        "iat": write_numeric_date(badge.valid_from.instant, pointer="/validFrom"),
        "nbf": write_numeric_date(badge.valid_from.instant, pointer="/validFrom"),
    }
    if badge.valid_until is not None:
        claims["exp"] = write_numeric_date(badge.valid_until.instant, pointer="/validUntil")
    if status is not None:
        claims["status"] = status
    found = {
        **_about_the_award(badge, document),
        **_about_the_program(badge.subject.achievement, badge.subject.credits_earned),
        **_about_the_learner(badge.subject, document),
    }
    return claims | {name: found[name] for name in CLAIMS if found.get(name) not in (None, [])}


def says_of_program(claims: JsonObject, achievement: Achievement) -> bool:
    """Whether `claims`, of which the holder may keep some back, say of the program what they would say if they were
    made from `achievement`, whose credits are the learner's."""
    approved = _about_the_program(achievement, achievement.credits_available)
    wanted = {name: value for name, value in approved.items() if value not in (None, [])}
    kept_back = {name for name, claim in CLAIMS.items() if claim.withholdable} - claims.keys()
    said = {name: claims[name] for name in approved if name in claims}
    return said == {name: value for name, value in wanted.items() if name not in kept_back}


def withholdable(claims: JsonObject) -> tuple[Path, ...]:
    """The paths that the holder of `claims` may keep back: `selectively_disclosable` of `sd_jwt_vc.issue`."""
    paths: list[Path] = []
    for name, claim in CLAIMS.items():
        if claim.withholdable and name in claims:
            elements = claims[name]
            paths.append((name,))
            paths += [(name, n) for n in range(len(elements))] if claim.each and isinstance(elements, list) else []
    return tuple(paths)


def type_metadata(namespace: str) -> JsonObject:
    """The Type Metadata document, to be served at the type's URL.

    https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc#name-sd-jwt-vc-type-metadata"""
    described: list[JsonValue] = [
        {"path": [name], "mandatory": name in _ALWAYS, "sd": "never"} for name in (*_ALWAYS, "exp", "cnf", "status")
    ]
    for name, claim in CLAIMS.items():
        display: list[JsonValue] = [{"locale": "ja", "label": claim.ja}, {"locale": "en", "label": claim.en}]
        sd = "always" if claim.withholdable else "never"
        described.append({"path": [name], "display": display, "mandatory": claim.mandatory, "sd": sd})
        if claim.each:
            described.append({"path": [name, None], "display": display, "sd": sd})
    return {
        "vct": vct(namespace),
        "name": "JMC learning credential",
        "description": "A microcredential under the national specification, with the claims of an EUDI learning "
        "credential. Of its Open Badge it says the same in fewer words.",
        "display": [
            {"locale": "ja", "name": "マイクロクレデンシャル"},
            {"locale": "en", "name": "Microcredential"},
        ],
        "claims": described,
    }


def _about_the_award(badge: OpenBadgeCredential, document: JsonObject) -> JsonObject:
    awarded = badge.awarded_date or badge.valid_from
    return {
        "jti": badge.id,
        "issuing_authority": badge.issuer.name,
        "issuing_country": _at(document, "issuer", "address", "addressCountryCode"),
        "date_of_issuance": awarded.text[:10],
        "date_of_expiry": badge.valid_until.text[:10] if badge.valid_until else None,
        "program_version": document.get("jmc:programVersion"),
        "test_data": True if badge.test_data else None,
    }


def _about_the_program(achievement: Achievement, credits_earned: float | None) -> JsonObject:
    extensions = dict(achievement.extensions)
    quality = extensions.get("jmc:qualityAssurance")
    hours, level = extensions.get("jmc:notionalHours"), _at(extensions, "jmc:level", "value")
    prerequisite, stackability = _at(extensions, "jmc:prerequisites", "text", "ja"), extensions.get("jmc:stackability")
    return {
        "achievement_id": achievement.id,
        "achievement_title": achievement.name,
        "achievement_title#en": achievement.titles.get("en"),
        "achievement_description": achievement.description,
        "learning_outcomes": [each.target_name for each in achievement.alignments if each.target_type == "CFItem"],
        "language_of_classes": _at(extensions, "jmc:participation", "languages")
        or ([achievement.in_language] if achievement.in_language else None),
        "types_of_quality_assurance": [_at(each, "type") for each in quality] if isinstance(quality, list) else None,
        "prerequisites_to_enroll": None if prerequisite is None else [prerequisite],
        "credits_earned": credits_earned,
        "expected_study_time": None if hours is None else f"PT{hours}H",  # an ISO 8601 duration, as ELM writes it
        "level_of_learning_experience": level,
        "integration_stackability_options": None if stackability is None else _at(stackability, "kind") == "stackable",
    }


def _about_the_learner(subject: AchievementSubject, document: JsonObject) -> JsonObject:
    identifiers = _at(document, "credentialSubject", "identifier")
    grades = [f"{each.description.name}: {_grade(each)}" for each in subject.results if each.description]
    return {
        "sub": subject.id,
        **_name(subject.recipient_name),
        "learner_identification": [each for each in identifiers if _at(each, "identityType") != "name"]
        if isinstance(identifiers, list)
        else None,
        "assessment_grade": "; ".join(grades) or None,
        "results": [_result(each) for each in subject.results],
        "evidence": document.get("evidence"),
        "activity_start_date": subject.activity_start.text[:10] if subject.activity_start else None,
        "activity_end_date": subject.activity_end.text[:10] if subject.activity_end else None,
    }


def _name(name: RecipientName | None) -> JsonObject:
    """The parts of each writing. A name that is known in Latin letters only has them as its main parts."""
    if name is None:
        return {}
    found: JsonObject = {"name": name.full_name, "name_order": name.order}
    writings = {"ja": name.ja or name.latn, "kana": name.kana, "latn": name.latn if name.ja else None}
    for writing, tag in _WRITINGS:
        parts = writings[writing]
        if parts is not None:
            found[f"family_name{tag}"] = parts.family
            found[f"given_name{tag}"] = parts.given
            found[f"middle_name{tag}"] = parts.middle
    return found


def _result(result: Result) -> JsonObject:
    described = result.description
    members: JsonObject = {
        "assessment": described.id if described else None,
        "name": described.name if described else None,
        "type": described.result_type if described else None,
        "value": result.value,
        "level": _level(result),
        "status": result.status,
    }
    return {name: value for name, value in members.items() if value is not None}


def _grade(result: Result) -> str:
    return result.value or _level(result) or result.status or "—"


def _level(result: Result) -> str | None:
    levels = result.description.levels if result.description else ()
    return next((level.name for level in levels if level.id == result.achieved_level), None)


def _at(value: JsonValue, *names: str) -> JsonValue:
    """The member at the end of `names`, or None when there is no such way."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
