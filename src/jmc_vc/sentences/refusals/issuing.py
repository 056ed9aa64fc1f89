"""What is refused about an award and about a credential that exists."""

from collections.abc import Mapping

ISSUING: Mapping[str, tuple[str, str]] = {
    "program.not_named": (
        (
            "送られた証明に、認証されたプログラムの版が示されていません。発行していません。achievement.id に"
            "プログラムの版のアドレスを指定してください。"
        ),
        (
            "The credential names no version of an accredited program. It was not issued. Please give the address of "
            "the version in achievement.id."
        ),
    ),
    "program.content_differs": (
        (
            "送られた証明の内容が、認証された内容と異なります。発行していません。この項目を除くか、認証された内容に合わせて"
            "ください。"
        ),
        (
            "The credential says something else than what was accredited. It was not issued. Please leave this member "
            "out, or make it what was accredited."
        ),
    ),
    "program.content_differs.type": (
        (
            "種類（type）に、ここで発行する証明にはないものがあります。発行していません。type を除くか、認証された内容"
            "に合わせてください。"
        ),
        (
            "There is a type that what is issued here does not have. It was not issued. Please leave the type out, or "
            "give only those that were accredited."
        ),
    ),
    "program.content_differs.name": (
        (
            "identifier の氏名が、jmc:recipientName の氏名と異なります。発行していません。どちらかを除くか、同じ氏名に"
            "してください。"
        ),
        (
            "The name in identifier is not the one in jmc:recipientName. It was not issued. Please leave one of them "
            "out, or make them the same."
        ),
    ),
    "request.extra_member": (
        ("項目「{member}」は送信できません。この内容は認証された版から自動的に作成されます。証明は発行していません。"),
        (
            'The member "{member}" cannot be sent; it is generated from the accredited version. No credential '
            "was issued."
        ),
    ),
    "request.extra_member.unknown": (
        "項目「{member}」は使えません。名前を確認してください。何も行っていません。",
        'There is no member "{member}" here. Please check the name. Nothing was done.',
    ),
    "duplicate_award": (
        "同じ取得者、同じプログラムの同じ版、同じ授与日の証明が既にあります（番号{number}）。",
        "A credential for the same learner, program version and award date already exists (number {number}).",
    ),
    "idempotency_conflict": (
        "同じ冪等キー（Idempotency-Key）で内容の異なるリクエストが送信されました。",
        "The same idempotency key was sent with a different request.",
    ),
    "name_not_confirmed": (
        "学習者による氏名の確認が済んでいないため、証明は発行していません。",
        "The learner has not yet confirmed the name, so no credential was issued.",
    ),
    "request.date": (
        (
            "日付として読み取れません。証明は発行していません。"
            "「2026-10-01」又は時差付きの日時「2026-10-01T09:00:00+09:00」の形で指定してください。"
        ),
        (
            'The date cannot be read. No credential was issued. Please write "2026-10-01", or a date-time with '
            'offset such as "2026-10-01T09:00:00+09:00".'
        ),
    ),
    "request.awarded_in_future": (
        "授与日が未来の日付です。証明は発行していません。授与日を確認してください。",
        "The award date lies in the future. No credential was issued. Please check the award date.",
    ),
    "request.activity_after_award": (
        "学習の開始日又は終了日が授与日より後です。証明は発行していません。日付を確認してください。",
        "The learning began or ended after the award date. No credential was issued. Please check the dates.",
    ),
    "request.activity_reversed": (
        "学習の終了日が開始日より前です。証明は発行していません。日付を確認してください。",
        "The learning ended before it began. No credential was issued. Please check the dates.",
    ),
    "request.award_expired": (
        (
            "この授与日から計算した有効期限（{validUntil}）を既に過ぎています。証明は発行していません。"
            "授与日を確認してください。"
        ),
        (
            "The term that follows from this award date has already ended ({validUntil}). No credential was "
            "issued. Please check the award date."
        ),
    ),
    "request.result_missing": (
        (
            "評価 {assessment} の結果がありません。証明は発行していません。"
            "すべての評価の結果を一つずつ指定してください。"
        ),
        (
            "The result of assessment {assessment} is missing. No credential was issued. Please give one result "
            "for every assessment."
        ),
    ),
    "request.result_twice": (
        (
            "評価 {assessment} の結果が重複しています。証明は発行していません。"
            "評価ごとに結果を一つだけ指定してください。"
        ),
        (
            "Assessment {assessment} has more than one result. No credential was issued. Please give exactly one "
            "result for each assessment."
        ),
    ),
    "request.result_unknown": (
        "この版にない評価の結果が含まれています。証明は発行していません。評価の符号を確認してください。",
        (
            "A result names an assessment that this version does not have. No credential was issued. Please "
            "check the code of the assessment."
        ),
    ),
    "request.result_format": (
        (
            "評価の結果を読み取れません。証明は発行していません。点数は小数第2位までの数字、"
            "合否は「Completed」又は「Failed」で指定してください。"
        ),
        (
            "The result cannot be read. No credential was issued. Please write a number with at most two "
            'decimals, or "Completed" or "Failed".'
        ),
    ),
    "request.result_range": (
        "評価 {assessment} の結果が範囲の外です。証明は発行していません。点数を確認してください。",
        "The result of assessment {assessment} is out of range. No credential was issued. Please check the value.",
    ),
    "request.result_level": (
        "評価 {assessment} にない段階が指定されています。証明は発行していません。段階の符号を確認してください。",
        "Assessment {assessment} has no such level. No credential was issued. Please check the code of the level.",
    ),
    "request.result_not_met": (
        "評価 {assessment} の結果が合格基準に達していません。証明は発行していません。",
        "The result of assessment {assessment} does not meet the pass criterion. No credential was issued.",
    ),
    "request.evidence_count": (
        "根拠資料が多すぎます（{max}件以内）。証明は発行していません。",
        "There are too many items of evidence (at most {max}). No credential was issued.",
    ),
    "request.evidence_url": (
        "根拠資料のリンクは、公開されている https のアドレスとしてください。証明は発行していません。",
        "A link to evidence has to be a public https address. No credential was issued.",
    ),
    "request.evidence_repeated": (
        "同じアドレスの根拠資料が二つあります。一つにまとめてください。証明は発行していません。",
        "Two items of evidence have the same address. Please make them one. No credential was issued.",
    ),
    "request.evidence_text": (
        "根拠資料の文が空か、長すぎるか（{max}文字以内）、制御文字を含んでいます。証明は発行していません。",
        (
            "A text of the evidence is empty, too long (at most {max} characters) or holds control characters. "
            "No credential was issued."
        ),
    ),
    "my_number_rejected": (
        "個人番号（マイナンバー）は受け付けられません。送信された内容は保存していません。",
        "Individual Numbers (My Number) are not accepted. Nothing was stored.",
    ),
    "unsupported_character": (
        "外字（私用領域の文字）は使用できません。異体字セレクタ付きの文字又は代替の文字を選んでください。",
        "Private-use characters cannot be used. Please choose a variation sequence or a substitute character.",
    ),
    "request.recipient_identifier": (
        (
            "取得者の識別情報がありません。証明は発行していません。メールアドレス、DID、externalId "
            "のいずれかを指定してください。"
        ),
        (
            "The recipient has no identifier. No credential was issued. Please give an e-mail address, a DID or "
            "an externalId."
        ),
    ),
    "request.email": (
        "メールアドレスの形が正しくありません。証明は発行していません。アドレスを確認してください。",
        "The e-mail address is not well-formed. No credential was issued. Please check the address.",
    ),
    "request.did.key": (
        (
            "DID（did:key、did:jwk）から公開鍵を読み取れません。証明は発行していません。Ed25519、P-256 又は P-384 の"
            "公開鍵の DID を指定してください。"
        ),
        (
            "No public key can be read from the DID (did:key, did:jwk). No credential was issued. Please give the DID "
            "of an Ed25519, P-256 or P-384 key."
        ),
    ),
    "request.did": (
        (
            "DID の形が正しくありません。証明は発行していません。「did:」で始まる識別子を、"
            "パスやフラグメントを付けずに指定してください。"
        ),
        (
            "The DID is not well-formed. No credential was issued. Please give an identifier that begins with "
            '"did:", without path or fragment.'
        ),
    ),
    "request.external_id": (
        "externalId は、制御文字を含まない1～200文字としてください。証明は発行していません。",
        "An externalId has 1 to 200 characters and no control characters. No credential was issued.",
    ),
    "request.name_missing": (
        (
            "氏名がありません。証明は発行していません。漢字等の表記（ja）、ローマ字（latn）、"
            "分けない氏名（fullName）のいずれかを指定してください。"
        ),
        (
            "The name is missing. No credential was issued. Please give the name in Japanese writing (ja), in "
            "Latin letters (latn) or unsplit (fullName)."
        ),
    ),
    "request.name_form": (
        (
            "分けない氏名（fullName）と、姓名に分けた表記を同時に指定することはできません。"
            "証明は発行していません。どちらか一方にしてください。"
        ),
        (
            "An unsplit name (fullName) cannot be given together with a name in parts. No credential was issued. "
            "Please give one of them."
        ),
    ),
    "request.name_empty": (
        "氏名に空の項目があります。証明は発行していません。項目に文字を入れるか、項目を省いてください。",
        "A part of the name is empty. No credential was issued. Please fill it in or leave it out.",
    ),
    "request.name_length": (
        "氏名の項目が長すぎます（{max}文字以内）。証明は発行していません。",
        "A part of the name is too long (at most {max} characters). No credential was issued.",
    ),
    "request.name_character": (
        (
            "氏名に、改行や制御文字など表示されない文字が含まれています。証明は発行していません。"
            "その文字を取り除いてください。"
        ),
        (
            "The name holds a line break, a control or another invisible character. No credential was issued. "
            "Please remove it."
        ),
    ),
    "request.name_kana": (
        "フリガナは全角カタカナで指定してください（長音符と中点を使えます）。証明は発行していません。",
        "The reading has to be in full-width katakana (with long mark and middle dot). No credential was issued.",
    ),
    "request.name_latn": (
        (
            "ローマ字の氏名（latn）に、ラテン文字でない文字があります。証明は発行していません。"
            "漢字や仮名の氏名は ja に指定してください。"
        ),
        (
            "The name in Latin letters (latn) has letters of another script. No credential was issued. Please give a "
            "name in kanji or kana as ja."
        ),
    ),
    "credential.revoked_final": (
        "この証明は既に失効しています。失効は取り消せず、理由も変更できません。何も変更していません。",
        (
            "This credential has already been revoked. A revocation is final and its reason cannot be changed. "
            "Nothing was changed."
        ),
    ),
    "credential.not_suspended": (
        "この証明は一時停止中ではありません。何も変更していません。",
        "This credential is not suspended. Nothing was changed.",
    ),
    "credential.not_issued": (
        "この証明は発行されていないため、状態を変更できません。",
        "This credential was never issued, so its status cannot be changed.",
    ),
    "status.reason_required": (
        "失効の理由がありません。何も変更していません。理由の符号（reasonCode）を指定してください。",
        "A revocation needs a reason. Nothing was changed. Please give a reasonCode.",
    ),
    "status.reason_unknown": (
        "失効又は一時停止の理由として使えない符号です。何も変更していません。理由の一覧を確認してください。",
        "This is not a reason for a revocation or suspension. Nothing was changed. Please see the list of reasons.",
    ),
    "status.reason_text": (
        "理由の説明は、制御文字を含まない1～{max}文字としてください。何も変更していません。",
        "The explanation has 1 to {max} characters and no control characters. Nothing was changed.",
    ),
    "request.missing_member": (
        "必要な項目「{member}」がありません。何も行っていません。",
        'The member "{member}" is missing. Nothing was done.',
    ),
    "request.value": (
        "項目の値の種類、長さ又は形式が正しくありません。何も行っていません。",
        "A value has the wrong type, length or form. Nothing was done.",
    ),
    "idempotency_in_progress": (
        (
            "同じ冪等キー（Idempotency-Key）のリクエストを処理しています。少し待ってから、同じリクエストを送信してくだ"
            "さい。"
        ),
        "A request with this idempotency key is being worked on. Please send the same request again in a moment.",
    ),
    "key.none_active": (
        "発行機関に使用中の署名鍵がないため、証明は発行していません。事務局に連絡してください。",
        "The issuer has no active signing key, so nothing was signed. Please contact the secretariat.",
    ),
    "issue.not_completed": (
        "証明を作成できませんでした。証明は発行していません。もう一度送信してください。",
        "The credential could not be made. Nothing was issued. Please send the request again.",
    ),
    "issue.lint_failed": (
        "作成した証明が発行前の検査に合格しませんでした。証明は発行していません。事務局に連絡してください。",
        (
            "The credential did not pass our own checks before signing. Nothing was issued. Please contact the "
            "secretariat."
        ),
    ),
    "issue.self_verification_failed": (
        "署名した証明を検証できませんでした。証明は発行していません。事務局に連絡してください。",
        "The signed credential did not verify. Nothing was issued. Please contact the secretariat.",
    ),
    "issue.interrupted": (
        "発行の処理が中断されました。証明は発行していません。もう一度送信してください。",
        "The issuing was interrupted. Nothing was issued. Please send the request again.",
    ),
    "issue.desk_full": (
        "発行の依頼が集中しています。証明は発行していません。少し待ってから、もう一度送信してください。",
        "Too many requests are waiting. Nothing was issued. Please try again in a moment.",
    ),
    "issue.desk_closed": (
        "サービスを停止しています。証明は発行していません。後でもう一度送信してください。",
        "The service is stopping. Nothing was issued. Please try again later.",
    ),
    "credential.not_found": (
        "この番号の証明はありません。アドレスを確認してください。",
        "There is no credential with this number. Please check the address.",
    ),
    "credential.form": (
        "この証明は、指定された形式では発行されていません。発行された形式（{forms}）のいずれかを指定してください。",
        "This credential was not issued in the form asked for. Please ask for a form that it was issued in: {forms}.",
    ),
    "credential.erased": (
        "この証明は、個人データの消去に伴い提供を終了しました。",
        "The personal data of this credential were erased, and the credential with them.",
    ),
    "credential.withdrawn_from_view": (
        (
            "この証明は失効しています。内容は表示していません。お手元に証明のファイルがある場合は、検証のページで失効して"
            "いることを確認できます。"
        ),
        (
            "This credential was revoked and is no longer shown. Whoever has a copy of it can see on the page for "
            "verifying that it was revoked."
        ),
    ),
    "credential.damaged": (
        (
            "保存されている内容が発行時のものと一致しないため、この証明を表示していません。番号を添えてお問い合わせく"
            "ださい。"
        ),
        ("What is stored is not what was issued, so this credential is not shown. Please ask us and quote the number."),
    ),
    "issue.clock_behind": (
        "サービスの時計が遅れているため、証明は発行していません。事務局に連絡してください。",
        "The service's clock is behind, so nothing was signed. Please contact the secretariat.",
    ),
    "issue.key_rotated": (
        "発行の途中で署名鍵が更新されました。証明は発行していません。もう一度送信してください。",
        "The signing key was rotated in the middle. Nothing was issued. Please send the request again.",
    ),
    "request.own_identifier": (
        "取得者の DID と証拠のアドレスに、本サービスの識別子は使えません。証明は発行していません。",
        "The holder's DID and the address of evidence cannot be identifiers of this service. Nothing was issued.",
    ),
}
