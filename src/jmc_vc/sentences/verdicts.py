"""Sentences of verdicts, of the six questions, and the fixed texts of pages: code → (Japanese, English)."""

from collections.abc import Mapping

_NOT_JUDGED = (
    "発行機関による証明と確認できないため、判断していません",
    "Not judged, because it could not be confirmed that the credential is its issuer's",
)

VERDICTS: Mapping[str, tuple[str, str]] = {
    # the one sentence on top, and its short word
    "verdict.valid": ("この証明は有効です。", "This credential is valid."),
    "verdict.valid_accreditation_ended": (
        "この証明は有効です。プログラムの認証は授与後に終了しました。",
        "This credential is valid. The program's accreditation ended after the award.",
    ),
    "verdict.valid_technical": (
        "署名、有効期限及び失効の有無に問題はありません。発行機関とプログラムの認証は確認していません。",
        (
            "The signature, the dates and the status are right. Who the issuer is, and whether the program is "
            "accredited, was not looked at."
        ),
    ),
    "verdict.revoked": ("この証明は失効しています。", "This credential has been revoked."),
    "verdict.replaced": (
        "この証明は再発行済みです。新しい証明を確認してください。",
        "This credential has been replaced by a new one. Please check the new credential.",
    ),
    "verdict.suspended": ("この証明は一時停止中です。", "This credential is suspended."),
    "verdict.expired": ("この証明は有効期限を過ぎています。", "This credential has expired."),
    "verdict.indeterminate": (
        "確認できませんでした。偽造であることを意味するものではありません。",
        "It could not be checked. This does not mean that it is forged.",
    ),
    "verdict.not_trustworthy": ("この証明は信頼できません。", "This credential cannot be trusted."),
    "verdict.issuer_not_registered": (
        (
            "発行機関は登録されていません。署名は、この証明に記された鍵によるものです。その鍵が、名乗っている機関のものかは確認で"
            "きません。"
        ),
        (
            "The issuer is not registered. The signature was made with the key that the credential names. Whether that "
            "key belongs to the organization named in it cannot be confirmed."
        ),
    ),
    "verdict.impersonation_suspected": ("なりすましのおそれがあります。", "This may be an impersonation."),
    # the second sentence, of who issued what is not valid
    "besides.issuer_not_registered": ("発行機関は登録されていません。", "The issuer is not registered."),
    "besides.impersonation_suspected": (
        "なりすましのおそれもあります。",
        "It may also be an impersonation.",
    ),
    "verdict.valid.title": ("有効", "Valid"),
    "verdict.valid_accreditation_ended.title": ("有効（認証終了後）", "Valid, accreditation since ended"),
    "verdict.valid_technical.title": ("署名等に問題なし（認証は未確認）", "Technically right, issuer not looked at"),
    "verdict.revoked.title": ("失効", "Revoked"),
    "verdict.replaced.title": ("再発行済み", "Replaced"),
    "verdict.suspended.title": ("一時停止中", "Suspended"),
    "verdict.expired.title": ("期限切れ", "Expired"),
    "verdict.indeterminate.title": ("検証不可", "Could not be checked"),
    "verdict.not_trustworthy.title": ("不正", "Not trustworthy"),
    "verdict.issuer_not_registered.title": ("発行機関は登録されていません", "Issuer not registered"),
    "verdict.impersonation_suspected.title": ("なりすましのおそれ", "Possible impersonation"),
    # by which policy
    "policy.default": (
        "署名、有効期限、失効の有無、発行機関の登録及びプログラムの認証を確認",
        "Signature, dates, status, the issuer's registration and the program's accreditation",
    ),
    "policy.strict": (
        "署名、有効期限、失効の有無、発行機関の登録及びプログラムの認証を厳格に確認",
        "Signature, dates, status, the issuer's registration and the program's accreditation, strictly",
    ),
    "policy.technical": (
        "署名、有効期限及び失効の有無のみを確認（発行機関の登録とプログラムの認証は対象外）",
        "Signature, dates and status alone: nothing of the issuer's registration or of accreditation",
    ),
    # the six questions
    "axis.authenticity.title": ("真正性", "Authenticity (issuer's signature)"),
    "axis.authenticity.good": ("発行機関の署名を確認しました", "The issuer's signature was confirmed"),
    "axis.authenticity.bad": (
        "署名が内容と一致しません（改ざん又は偽造のおそれ）",
        "The signature does not fit the content (possible alteration or forgery)",
    ),
    "axis.authenticity.not_issuers": (
        "発行機関による正しい署名と認められません（改ざん又は偽造のおそれ）",
        "This is not a right signature of the issuer (possible alteration or forgery)",
    ),
    "axis.authenticity.not_registered": (
        "この証明に記された鍵による署名です。その鍵が、名乗っている機関のものかは確認できません",
        "Signed with the key that the credential names; whether it belongs to the organization cannot be confirmed",
    ),
    "axis.authenticity.unknown": ("発行機関の鍵を取得できませんでした", "The issuer's key could not be obtained"),
    "axis.authenticity.not_checked": ("署名を確認できませんでした", "The signature could not be checked"),
    "axis.authenticity.key_revoked": (
        "署名の鍵は失効しており、失効の前に発行された記録がありません",
        "The signing key was revoked, and there is no record of an issue before",
    ),
    "axis.authenticity.unlogged": (
        "発行機関の鍵による署名ですが、発行の記録がありません",
        "The issuer's key signed it, but there is no record of the issue",
    ),
    "axis.authenticity.log_unavailable": (
        "発行の記録を読み取れませんでした",
        "The record of the issue could not be read",
    ),
    "axis.integrity.title": ("完全性", "Integrity (schema, digest)"),
    "axis.integrity.good": ("内容は発行時から変わっていません", "The content is unchanged since issue"),
    "axis.integrity.bad": ("内容が変更されています", "The content has been changed"),
    "axis.integrity.content_or_signature": (
        "内容又は署名が変更されています",
        "The content or the signature has been changed",
    ),
    "axis.integrity.unknown": (
        "内容が発行時から変わっていないかどうかは確認できませんでした",
        "Whether the content is unchanged since issue could not be checked",
    ),
    "axis.status.title": ("有効状態", "Status"),
    "axis.status.good": ("失効していません（{time}時点）", "Not revoked (as of {time})"),
    "axis.status.revoked": ("{date}に失効しました。理由：{reason}", "Revoked on {date}. Reason: {reason}"),
    "axis.status.replaced": (
        "{date}に再発行されました。",
        "Replaced on {date}.",
    ),
    "axis.status.expired": ("有効期限（{date}）を過ぎています", "Past its expiry date ({date})"),
    "axis.status.suspended": (
        "一時停止が解除されるまで、有効な証明として扱えません",
        "Not to be taken as valid until the suspension is lifted",
    ),
    "axis.status.unknown": (
        "失効情報を取得できませんでした。時間をおいて再度お試しください。",
        "Revocation information could not be obtained. Please try again later.",
    ),
    "axis.accreditedOnAwardDate.title": ("授与日の認証", "Accredited on award date"),
    "axis.accreditedOnAwardDate.good": (
        "授与日にプログラムは認証されていました",
        "The program was accredited on the award date",
    ),
    "axis.accreditedOnAwardDate.bad": (
        "授与日に有効な認証はありません",
        "There was no accreditation in force on the award date",
    ),
    "axis.accreditedOnAwardDate.undated": (
        (
            "プログラムの認証には取消し又は停止があり、発行機関が自らの鍵で署名したのがその前かどうかは、本機構には確認"
            "できません"
        ),
        (
            "The accreditation was withdrawn or suspended, and whether the issuer's own key signed before that cannot "
            "be told here"
        ),
    ),
    "axis.accreditedOnAwardDate.unknown": ("登録簿を確認できませんでした", "The register could not be checked"),
    "axis.accreditedOnAwardDate.not_registered": (
        "発行機関が本機構に登録されていないため、確認できません",
        "The issuer is not registered, so this cannot be checked",
    ),
    "axis.accreditedNow.not_registered": (
        "発行機関が本機構に登録されていないため、確認できません",
        "The issuer is not registered, so this cannot be checked",
    ),
    "axis.accreditedOnAwardDate.not_applicable": ("対象外", "Not applicable"),
    "axis.accreditedNow.title": ("現在の認証", "Accredited now"),
    "axis.accreditedNow.good": ("現在も認証されています", "Still accredited"),
    "axis.accreditedNow.ended": (
        "認証は{date}に終了しました。授与日には有効だったため、この証明の効力に影響はありません。",
        "The accreditation ended on {date}. It was in force on the award date, so this credential is not affected.",
    ),
    "axis.accreditedNow.over": ("認証は{date}に終了しました。", "The accreditation ended on {date}."),
    "axis.accreditedNow.suspended": ("認証は一時停止中です。", "The accreditation is suspended."),
    "axis.accreditedNow.never": (
        "このプログラムは認証されたことがありません。",
        "This program has never been accredited.",
    ),
    "axis.accreditedNow.unknown": (
        "現在の認証は確認できませんでした。",
        "Whether it is accredited now could not be checked.",
    ),
    "axis.accreditedNow.not_applicable": ("対象外", "Not applicable"),
    "axis.holder.title": ("本人確認", "Holder"),
    "axis.holder.good": (
        "提示者が取得者本人であることを確認しました（ウォレットによる提示）",
        "The presenter was confirmed as the holder (wallet presentation)",
    ),
    "axis.holder.bad": ("提示者の鍵が一致しません", "The presenter's key does not match"),
    "axis.holder.not_signed": ("提示者の署名がありません", "The presenter did not sign"),
    "axis.holder.not_confirmed": (
        "提示に問題があるため、提示者が取得者本人であることを確認できません",
        "Something is wrong with the presentation, so it cannot be confirmed that the presenter is the holder",
    ),
    "axis.holder.unknown": (
        "このページだけでは提示者が本人かどうかは分かりません。身分証明書で氏名を確認してください。",
        (
            "This page alone cannot tell whether the presenter is the holder. Please check the name against an "
            "identity document."
        ),
    ),
    # fixed texts
    "fixed.disclaimer": (
        "この認証は民間の第三者認証であり、学校教育法に基づく認証評価、学位又は国家資格ではありません。",
        (
            "This accreditation is a private third-party accreditation. It is not a certified evaluation under "
            "the School Education Act, an academic degree or a national qualification."
        ),
    ),
    "fixed.testDataLabel": ("テスト用データ", "test data"),
    "fixed.whatItDoesNotMean": (
        "この証明は学位・免許ではありません。採用や処遇の判断は提示を受けた方の責任で行ってください。",
        (
            "This credential is not a degree or a license. Decisions on hiring or treatment are the "
            "responsibility of the person who receives it."
        ),
    ),
    "fixed.keepingAdvice": (
        "保存する場合は、利用目的を本人に伝えてください。",
        "If you keep a copy, please tell the holder why.",
    ),
    "fixed.newerVersionExists": ("新しい版があります", "A newer version exists"),
    "fixed.foreignNotAccredited": ("国外・未認証", "Foreign, not accredited here"),
    "fixed.markNotConfirmed": ("認証を確認できません", "The accreditation could not be confirmed"),
    "fixed.recheckAlignment": ("要再確認", "To be checked again"),
    "fixed.submitWarning": (
        "提出後は内容を変更できません。修正は新しい版として申請してください。",
        "The content cannot be changed after submission. Please apply for changes as a new version.",
    ),
    "fixed.nameCheck": ("氏名の表記を確認してください。", "Please check how your name is written."),
    "fixed.glyphNote": (
        "この字形で表示されない場合も、証明には正しい文字が記録されます。",
        "Even if this form is not displayed, the credential records the correct character.",
    ),
    "fixed.claimTitle": ("あなたの学修成果の証明が届きました", "Your credential has arrived"),
    "fixed.claimAccept": ("受け取る", "Accept"),
    "fixed.claimWrongName": ("氏名が違う", "The name is wrong"),
    "fixed.claimNotMine": ("心当たりがない", "This is not mine"),
    "fixed.ratingsHidden": (
        "他の審査員の評定は、ご自身の評定確定後に表示されます。",
        "Other reviewers' ratings appear after your own ratings are final.",
    ),
    "fixed.recusedHidden": ("除斥のため表示できません", "Not shown because of exclusion"),
    "fixed.issuerClosedReassurance": (
        "発行機関が閉校・解散した後も検証できます",
        "It can be verified even if the issuer closes",
    ),
    "fixed.awardedWhileAccredited": ("授与日に認証", "Accredited on the award date"),
    "fixed.appealPending": ("異議申立て中", "Appeal pending"),
    "fixed.keyRotationInfo": (
        "この鍵で署名された証明{count}件は、引き続き検証できます",
        "{count} credentials signed with this key can still be verified",
    ),
    "axis.integrity.not_approved_content": (
        "内容が、認証されたプログラムの版と一致しません",
        "The content is not that of the accredited program version",
    ),
    "axis.status.not_judged": _NOT_JUDGED,
    "axis.accreditedOnAwardDate.not_judged": _NOT_JUDGED,
    "axis.accreditedNow.not_judged": _NOT_JUDGED,
    "axis.status.not_yet": ("有効期間は{start}に始まります", "Valid only from {start}"),
    "axis.status.reversed": ("有効期間の終わりが始まりより前です", "The period of validity ends before it begins"),
    "axis.status.none": ("失効情報を持たない証明です", "The credential carries no status information"),
}
