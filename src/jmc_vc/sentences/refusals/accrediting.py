"""What JMC refuses about issuers and programs."""

from collections.abc import Mapping

ACCREDITING: Mapping[str, tuple[str, str]] = {
    "program_not_approved_on_award_date": (
        "授与日（{awardedDate}）は認証期間（{approvedFrom}～{approvedUntil}）の外です。証明は発行していません。",
        (
            "The award date ({awardedDate}) lies outside the accreditation period ({approvedFrom} to "
            "{approvedUntil}). No credential was issued."
        ),
    ),
    "program_not_approved_on_award_date.before": (
        "授与日（{awardedDate}）は認証期間（{approvedFrom}～）の前です。証明は発行していません。",
        (
            "The award date ({awardedDate}) is before the accreditation period (from {approvedFrom}). No "
            "credential was issued."
        ),
    ),
    "program_not_approved_on_award_date.after": (
        "授与日（{awardedDate}）は認証期間（～{approvedUntil}）の後です。証明は発行していません。",
        (
            "The award date ({awardedDate}) is after the accreditation period (until {approvedUntil}). No "
            "credential was issued."
        ),
    ),
    "program_not_approved_on_award_date.suspended": (
        "授与日（{awardedDate}）は認証が一時停止中でした。証明は発行していません。",
        "The accreditation was suspended on the award date ({awardedDate}). No credential was issued.",
    ),
    "program_not_approved_on_award_date.never": (
        "授与日（{awardedDate}）に有効な認証はありません。証明は発行していません。",
        "There was no accreditation in force on the award date ({awardedDate}). No credential was issued.",
    ),
    "program.suspended": (
        "プログラムの認証が一時停止中のため、証明は発行していません。既に発行した証明には影響しません。",
        (
            "The program's accreditation is suspended, so no credential was issued. Credentials already issued "
            "are not affected."
        ),
    ),
    "program.withdrawn": (
        "プログラムの認証が取り消されているため、証明は発行していません。既に発行した証明には影響しません。",
        (
            "The program's accreditation has been withdrawn, so no credential was issued. Credentials already "
            "issued are not affected."
        ),
    ),
    "program.unknown": (
        (
            "指定されたプログラム（{program}）は、この発行機関のプログラムとして登録されていません。"
            "証明は発行していません。番号と版を確認してください。"
        ),
        (
            "The program ({program}) is not registered as a program of this issuer. No credential was issued. "
            "Please check the number and version."
        ),
    ),
    "program.unknown.version": (
        "プログラム（{program}）に、指定された版はありません。証明は発行していません。版を確認してください。",
        "The program ({program}) has no such version. No credential was issued. Please check the version.",
    ),
    "issuer_suspended": (
        "発行機関の登録が一時停止中のため、証明は発行していません。既に発行した証明には影響しません。",
        (
            "The issuer's registration is suspended, so no credential was issued. Credentials already issued are "
            "not affected."
        ),
    ),
    "issuer.not_registered_on_award_date": (
        (
            "授与日（{awardedDate}）に発行機関は登録されていませんでした（登録日 {registeredFrom}）。"
            "証明は発行していません。"
        ),
        (
            "The issuer was not registered on the award date ({awardedDate}); it has been registered since "
            "{registeredFrom}. No credential was issued."
        ),
    ),
    "issuer.registration_ended": (
        (
            "発行機関の登録は{registeredUntil}に終了しているため、証明は発行していません。"
            "既に発行した証明には影響しません。"
        ),
        (
            "The issuer's registration ended on {registeredUntil}, so no credential was issued. Credentials "
            "already issued are not affected."
        ),
    ),
    "issuer.move": (
        "発行機関の現在の状態では、この操作はできません。何も変更していません。現在の状態を確認してください。",
        (
            "This is not possible in the present state of the issuer. Nothing was changed. Please check the "
            "present state."
        ),
    ),
    "issuer.period": (
        "登録の終了日が開始日より前です。登録していません。日付を確認してください。",
        "The last day of the registration lies before its first. Nothing was registered. Please check the dates.",
    ),
    "issuer.slug": (
        (
            "発行機関の識別名（slug）は、半角の英小文字・数字・ハイフンで1～63文字とし、"
            "先頭と末尾にハイフンを使わないでください。「jmc」は使用できません。登録していません。"
        ),
        (
            'The slug of an issuer has 1 to 63 lower-case ASCII letters, digits and inner hyphens; "jmc" is '
            "taken. Nothing was registered."
        ),
    ),
    "profile_violation": ("必須項目「{field}」がありません。", 'The mandatory element "{field}" is missing.'),
    "version_immutable": (
        "提出後の版は変更できません。新しい版を作成してください。",
        "A submitted version cannot be changed. Please create a new version.",
    ),
    "program.move": (
        ("プログラムの版の現在の状態では、この操作はできません。何も変更していません。現在の状態を確認してください。"),
        (
            "This is not possible in the present state of the program version. Nothing was changed. Please check "
            "the present state."
        ),
    ),
    "program.rules": (
        (
            "プログラムの内容が規則（{rules}）に適合していないため、受け付けていません。点検結果を確認し、"
            "修正してください。"
        ),
        "The program breaks rules ({rules}), so it was not accepted. Please see the findings and correct it.",
    ),
    "program.window": (
        "期間の末日が初日より前になっています。何も変更していません。日付を確認してください。",
        "The last day of the period lies before its first. Nothing was changed. Please check the dates.",
    ),
    "program.decided_in_future": (
        "決定日（{decided}）が今日より後です。認証は記録していません。日付を確認してください。",
        "The day of the decision ({decided}) is later than today. Nothing was recorded. Please check the date.",
    ),
    "program.window_overlap": (
        "同じプログラムの第{version}版の認証期間と重なるため、承認していません。期間を確認してください。",
        (
            "The period overlaps with the accreditation of version {version} of the same program, so it was not "
            "approved. Please check the period."
        ),
    ),
    "program.alignment_unconfirmed": (
        (
            "枠組みとの対応（{target}）が未確認のため、承認していません。職員が出典を確認し、"
            "確認の記録を付けてください。"
        ),
        (
            "The alignment ({target}) has not been checked, so the version was not approved. A member of staff "
            "has to look it up and record the check."
        ),
    ),
    "program.record_missing": (
        "規則{rule}が求める書類の記録がないため、受け付けていません。書類を確認し、記録を付けてください。",
        (
            "The record that rule {rule} asks for is missing, so it was not accepted. Please check the paper and "
            "attach the record."
        ),
    ),
    "issuer.exists": (
        "この識別名又は登録番号は、既に別の発行機関に割り当てられています。登録は行っていません。",
        "The slug or the number already belongs to an issuer. Nothing was registered.",
    ),
    "program.identifiers": (
        "プログラムの識別子（id）が、この登録簿の番号、版又は発行機関と合っていません。取り込みは行っていません。",
        "The identifiers of the program do not fit its number, version or issuer here. Nothing was imported.",
    ),
    "program.issuer_not_registered": (
        "プログラムの発行機関が登録されていません。先に発行機関を登録してください。取り込みは行っていません。",
        "The program's issuer is not registered. Please register the issuer first. Nothing was imported.",
    ),
    "program.alignment_not_found": (
        "確認を待っている枠組みとの対応の中に、指定されたものはありません。",
        "The version has no such alignment that waits for a check.",
    ),
    "identifier.number": ("番号の形式が正しくありません（{form}）。", "The number is not of the right form ({form})."),
    "issuer.not_found": (
        "この発行機関は登録されていません。",
        "There is no such issuer in the register.",
    ),
    "program.not_found": (
        "このプログラム又は版は、登録簿にありません。番号と版を確認してください。",
        "There is no such program or version in the register. Please check the number and version.",
    ),
    "decision.not_found": (
        "この番号の決定は、登録簿にありません。",
        "There is no such decision in the register.",
    ),
    "pathway.not_found": (
        "この番号の経路は、登録簿にありません。",
        "There is no such pathway in the register.",
    ),
    "outcome.not_found": (
        "この番号の学修成果は、登録簿にありません。",
        "There is no such learning outcome in the register.",
    ),
}
