"""Labels of the controlled vocabularies, in Japanese and English, as one plain table (metadata profile §3).

A code is stable and goes into credentials; a label is what people read. Each value has the URI
`{namespace}/{set}/{code}`. "Credit" is 単位 and never "unit"; an indicative level or credit is never shown without
目安 / indicative (INV-31).
"""

from collections.abc import Mapping
from typing import NamedTuple


class Label(NamedTuple):
    """What people read."""

    ja: str
    en: str

    def in_language(self, language: str) -> str:
        """The label in `language`, "ja" or "en"."""
        return self.ja if language == "ja" else self.en


# fmt: off
VOCABULARIES: Mapping[str, Mapping[str, Label]] = {
    "outcome-kind": {
        "knowledge": Label("知識", "Knowledge"),
        "skill": Label("技能", "Skill"),
        "responsibility_autonomy": Label("責任・自律性", "Responsibility and autonomy"),
    },
    "assessment-method": {
        "written_examination": Label("筆記試験", "Written examination"),
        "oral_examination": Label("口頭試験", "Oral examination"),
        "practical_assessment": Label("実技評価", "Practical assessment"),
        "project_work": Label("課題プロジェクト", "Project work"),
        "marked_assignment": Label("レポート・課題", "Marked assignment"),
        "portfolio": Label("ポートフォリオ", "Portfolio"),
        "quiz": Label("小テスト", "Quiz"),
        "continuous_evaluation": Label("継続的評価", "Continuous evaluation"),
        "group_performance": Label("グループ演習", "Group performance"),
        "problem_based_learning": Label("問題解決型学習", "Problem-based learning"),
        "peer_assessment": Label("相互評価", "Peer assessment"),
        "peer_review": Label("ピアレビュー", "Peer review"),
        "attendance": Label("出席状況", "Level of attendance"),
    },
    "assessment-security": {
        "supervised_onsite_id_verified": Label(
            "監督あり・対面・本人確認あり", "Supervised on site with identity verification"
        ),
        "supervised_online_id_verified": Label(
            "監督あり・オンライン・本人確認あり", "Supervised online with identity verification"
        ),
        "supervised_no_id": Label("監督あり・本人確認なし", "Supervised without identity verification"),
        "unsupervised_id_verified": Label("監督なし・本人確認あり", "Unsupervised with identity verification"),
        "unsupervised_no_id": Label("監督なし・本人確認なし", "Unsupervised without identity verification"),
    },
    "participation-mode": {
        "online": Label("オンライン", "Online"),
        "onsite": Label("対面", "On site"),
        "blended": Label("ブレンド型", "Blended"),
        "workplace": Label("職場", "Workplace"),
    },
    "synchronicity": {
        "synchronous": Label("同時双方向", "Synchronous"),
        "asynchronous": Label("オンデマンド", "Asynchronous (on demand)"),
        "mixed": Label("併用", "Mixed"),
    },
    "qa-type": {
        "external_program": Label("外部プログラム認証", "External program accreditation"),
        "external_institution": Label("機関別評価", "External institutional evaluation"),
        "internal_program_review": Label("内部質保証", "Internal program review"),
        "industry_endorsement": Label("産業界の承認", "Industry endorsement"),
        "iso_certification": Label("ISO等の認証", "ISO or similar certification"),
        "other": Label("その他", "Other"),
    },
    "stackability": {
        "standalone": Label("独立型", "Stand-alone"),
        "stackable": Label("積み上げ可能", "Stackable"),
        "integrated": Label("上位課程に組込み", "Integrated in a larger program"),
    },
    "pathway-commitment": {
        "guaranteed": Label("認定を確約", "Guaranteed"),
        "by_assessment": Label("個別審査", "By individual assessment"),
        "information_only": Label("参考情報", "Information only"),
    },
    "leads-to": {
        "micro_credential": Label("マイクロクレデンシャル", "Micro-credential"),
        "certificate_program": Label("履修証明プログラム", "Certificate program"),
        "associate_degree": Label("短期大学士等", "Associate degree"),
        "bachelor": Label("学士", "Bachelor"),
        "master": Label("修士", "Master"),
        "professional_qualification": Label("職業資格", "Professional qualification"),
    },
    "credit-status": {
        "awarded": Label("正式に授与", "Formally awarded"),
        "indicative": Label("目安", "Indicative"),
    },
    "credit-system": {
        "JP_TANI": Label("単位（日本）", "Japanese credit (tani), 45 h of study"),
        "ECTS": Label("ECTS", "ECTS"),
        "UCTS": Label("UCTS（UMAP）", "UCTS (UMAP)"),
        "MQF_CREDIT": Label("MQF 単位（マレーシア）", "MQF credit (Malaysia)"),
        "NZ_CREDIT": Label("NZ 単位（ニュージーランド）", "New Zealand credit"),
        "OTHER": Label("その他", "Other"),
    },
    "level-claim": {
        "comparable": Label("審査で同等レベルと確認", "Comparable level, confirmed in review"),
        "self_declared": Label("発行機関の申告", "Declared by the issuer"),
    },
    "level-reference-status": {
        "official_referencing": Label("公式の対応付け", "Official referencing"),
        "bilateral": Label("二者間の合意", "Bilateral agreement"),
        "indicative": Label("目安", "Indicative"),
    },
    "legal-basis": {
        "certificate_program_art105": Label(
            "履修証明プログラム（学校教育法第105条）",
            "Certificate program under Article 105 of the School Education Act"
        ),
        "credited_student": Label("科目等履修生", "Credited auditor (科目等履修生)"),
        "degree_program_module": Label("学位課程の授業科目", "Module of a degree program"),
        "vocational_training": Label("公的職業訓練等", "Public vocational training or similar"),
        "none": Label("該当なし", "None"),
        "other": Label("その他", "Other"),
    },
    "match-relation": {
        "exactMatch": Label("一致", "Exact match"),
        "closeMatch": Label("近似", "Close match"),
        "broadMatch": Label("上位", "Broad match"),
        "narrowMatch": Label("下位", "Narrow match"),
        "relatedMatch": Label("関連", "Related match"),
    },
    "target-type": {
        "CFItem": Label("学修成果項目（CASE）", "Outcome item (CASE)"),
        "ext:QualificationLevel": Label("資格枠組みのレベル", "Qualification level"),
        "ext:Occupation": Label("職業", "Occupation"),
        "ext:Skill": Label("スキル", "Skill"),
        "ext:SkillStandardItem": Label("スキル標準の項目", "Skill standard item"),
        "ext:LanguageLevel": Label("言語レベル", "Language level"),
        "ext:FieldOfEducation": Label("教育分野", "Field of education"),
    },
    "asserted-by": {
        "issuer": Label("発行機関", "Issuer"),
        "jmc": Label("本機構", "JMC"),
        "framework_owner": Label("枠組みの策定機関", "Framework owner"),
    },
    "prerequisite-kind": {
        "none": Label("なし", "None"),
        "recommended": Label("推奨", "Recommended"),
        "required": Label("必須", "Required"),
    },
    "grading-scheme": {
        "pass_fail": Label("合否", "Pass / fail"),
        "percent": Label("百分率", "Percent"),
        "letter": Label("評語", "Letter grade"),
        "rubric": Label("ルーブリック", "Rubric"),
        "gpa": Label("GPA", "Grade point average"),
    },
    "validity-kind": {
        "unlimited": Label("有効期限なし", "Unlimited"),
        "period": Label("有効期限あり", "Limited period"),
    },
    "assessed-by": {
        "issuer": Label("発行機関", "Issuer"),
        "delivery_partner": Label("提供協力機関", "Delivery partner"),
        "independent_assessor": Label("独立した評価者", "Independent assessor"),
        "automated_with_human_check": Label("自動採点（人による確認あり）", "Automated with human check"),
    },
    "recognition-kind": {
        "industry": Label("産業界", "Industry"),
        "professional_body": Label("職能団体", "Professional body"),
        "credit": Label("単位認定", "Credit"),
        "employer": Label("雇用主", "Employer"),
        "foreign_qa_body": Label("国外の質保証機関", "Foreign QA body"),
    },
    "org-type": {
        "university": Label("大学", "University"),
        "junior_college": Label("短期大学", "Junior college"),
        "college_of_technology": Label("高等専門学校", "College of technology (kosen)"),
        "professional_training_college": Label("専門学校", "Professional training college"),
        "graduate_school": Label("大学院", "Graduate school"),
        "public_training": Label("公的訓練機関", "Public training body"),
        "company": Label("企業", "Company"),
        "industry_association": Label("業界団体", "Industry association"),
        "local_government": Label("地方公共団体", "Local government"),
        "npo": Label("非営利団体", "Non-profit organization"),
        "language_school": Label("日本語教育機関・語学学校", "Language school"),
        "other": Label("その他", "Other"),
    },
    "result-type": {
        "Percent": Label("百分率", "Percent"),
        "RawScore": Label("得点", "Raw score"),
        "RubricCriterionLevel": Label("ルーブリックの段階", "Rubric level"),
        "Status": Label("合否", "Status (completed or failed)"),
    },
    "target-learner-kind": {
        "working_adults": Label("社会人", "Working adults"),
        "students": Label("学生", "Students"),
        "job_seekers": Label("求職者", "Job seekers"),
        "high_school_students": Label("高校生", "High-school students"),
        "international_residents": Label("外国人住民・留学生", "International residents"),
        "anyone": Label("どなたでも", "Anyone"),
    },
    "revocation-reason": {
        "issued_in_error": Label("発行誤り", "Issued in error"),
        "data_error_replaced": Label("記載誤りによる再発行", "Data error, replaced"),
        "superseded": Label("新しい証明への差替え", "Replaced by a new credential"),
        "assessment_misconduct": Label("不正行為", "Assessment misconduct"),
        "identity_fraud": Label("なりすまし", "Identity fraud"),
        "key_compromise": Label("署名鍵の危殆化", "Key compromise"),
        "holder_request": Label("本人の申出", "Request of the holder"),
        "court_or_law": Label("法令・判決", "Law or court decision"),
    },
    "issuer-state": {
        "registered": Label("登録中", "Registered"),
        "suspended": Label("一時停止中", "Suspended"),
    },
    "program-state": {
        "submitted": Label("審査中", "Under review"),
        "approved": Label("認証決定", "Approved"),
        "suspended": Label("一時停止中", "Suspended"),
        "withdrawn": Label("認証取消し", "Withdrawn"),
    },
    "public-state": {
        "upcoming": Label("認証決定（認証期間前）", "Approved, not yet in force"),
        "effective": Label("認証期間中", "Effective (accredited now)"),
        "suspended": Label("一時停止中", "Suspended"),
        "withdrawn": Label("認証取消し", "Withdrawn"),
        "ended": Label("終了", "Expired"),
        "superseded": Label("新しい版に移行済み", "Superseded"),
    },
    "credential-state": {
        "active": Label("有効", "Active"),
        "suspended": Label("一時停止中", "Suspended"),
        "revoked": Label("失効", "Revoked"),
        "expired": Label("期限切れ", "Expired"),
        "replaced": Label("再発行済み", "Replaced"),
    },
    "key-state": {
        "created": Label("作成済み", "Created"),
        "published": Label("公開済み（使用前）", "Published (not yet used)"),
        "active": Label("使用中", "Active"),
        "retired": Label("検証専用", "Retired (verify only)"),
        "destroyed": Label("廃棄済み", "Destroyed (private part)"),
        "compromised": Label("危殆化", "Compromised"),
    },
    "issuing-profile": {
        "data-integrity-eddsa": Label("JSON（EdDSA署名を埋め込み）", "JSON with an embedded EdDSA proof"),
        "data-integrity-ecdsa": Label("JSON（ECDSA P-256署名を埋め込み）", "JSON with an embedded ECDSA proof (P-256)"),
        "vc-jwt": Label("JWT（Open Badges 3.0 VC-JWT）", "JWT (Open Badges 3.0 VC-JWT)"),
        "both": Label("JSON（EdDSA署名を埋め込み）とJWT", "JSON with an embedded EdDSA proof, and a JWT around it"),
    },
    "status-form": {
        "bitstring": Label("ビット列（Bitstring Status List）", "Bitstring Status List"),
        "revocation-list": Label("失効リスト（1EdTech Revocation List）", "1EdTech Revocation List"),
    },
}
# fmt: on


def label(vocabulary: str, code: str) -> Label:
    """The label of `code` in the set `vocabulary`. Raises KeyError for an unknown set or code."""
    return VOCABULARIES[vocabulary][code]


def uri(namespace: str, vocabulary: str, code: str) -> str:
    """The permanent identifier of a value."""
    label(vocabulary, code)
    return f"{namespace}/{vocabulary}/{code}"
