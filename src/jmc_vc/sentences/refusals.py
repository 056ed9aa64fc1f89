"""Sentences of refusals: code → (Japanese, English)."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    # the award: program and issuer (domain.accreditation, domain.program, domain.issuer)
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
    # the accreditation of a program version (domain.program)
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
    # the request for an award (domain.award, domain.evidence, domain.japan_time)
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
    # the recipient (domain.recipient, domain.person_name, domain.my_number)
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
            "DID（did:key）から公開鍵を読み取れません。証明は発行していません。Ed25519、P-256 又は P-384 の公開鍵の "
            "did:key を指定してください。"
        ),
        (
            "No public key can be read from the DID (did:key). No credential was issued. Please give the did:key of an "
            "Ed25519, P-256 or P-384 key."
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
    # the status of a credential (domain.credential, domain.status_list)
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
        "失効の理由として使えない符号です。何も変更していません。理由の一覧を確認してください。",
        "This is not a reason for a revocation. Nothing was changed. Please see the list of reasons.",
    ),
    "status.reason_text": (
        "理由の説明は、制御文字を含まない1～{max}文字としてください。何も変更していません。",
        "The explanation has 1 to {max} characters and no control characters. Nothing was changed.",
    ),
    "status_list.full": (
        "失効情報リストに空きがありません（{capacity}件）。",
        "The status list has no place left ({capacity} entries).",
    ),
    # who may act (domain.actor)
    "auth.scope": (
        "この API キーには、この操作の権限（{scope}）がありません。",
        "This API key was not given the scope for this ({scope}).",
    ),
    # settings and the key-encryption key (settings, sealing)
    "config.invalid": (
        "設定に誤りがあるため、起動しませんでした。",
        "The settings are wrong. The service did not start.",
    ),
    "config.unknown": (
        "{setting} という設定はありません。起動しませんでした。綴りを確認するか、この環境変数を取り除いてください。",
        "There is no setting {setting}. The service did not start. Please check the spelling or remove the variable.",
    ),
    "config.value": (
        (
            "設定 {setting} の値を読み取れません。起動しませんでした。設定の一覧（docs/reference/settings.md）で形式を"
            "確認してください。"
        ),
        (
            "The value of {setting} cannot be read. The service did not start. Please see docs/reference/settings.md "
            "for its form."
        ),
    ),
    "config.range": (
        "設定 {setting} は {least} 以上 {most} 以下としてください。起動しませんでした。",
        "{setting} has to be from {least} to {most}. The service did not start.",
    ),
    "config.choice": (
        "設定 {setting} に指定できる値は {choices} です。起動しませんでした。",
        "{setting} has to be one of {choices}. The service did not start.",
    ),
    "config.base_url": (
        (
            "設定 {setting} は https://ホスト名（必要なら :ポート番号）の形とし、末尾の / やパスを付けないでください（"
            "http は localhost に限り使えます）。起動しませんでした。"
        ),
        (
            "{setting} has to be https://host or https://host:port, without a closing slash or a path (http is for "
            "localhost alone). The service did not start."
        ),
    ),
    "config.namespace": (
        "設定 {setting} は https://ホスト名/パス の形の URL とし、末尾に / を付けないでください。起動しませんでした。",
        "{setting} has to be a plain https URL with a path and no closing slash. The service did not start.",
    ),
    "config.database_url": (
        "設定 {setting} は sqlite:///ファイルの場所 または postgresql://… の形としてください。起動しませんでした。",
        "{setting} has to be sqlite:///path or postgresql://… . The service did not start.",
    ),
    "config.trusted_proxies": (
        (
            "設定 {setting} には、前段のプロキシの IP アドレスまたはネットワークをコンマ区切りで指定してください。/8（"
            "IPv6 は /16）より広いネットワークは指定できません。起動しませんでした。"
        ),
        (
            "{setting} has to list the addresses or networks of the proxies in front, separated by commas; no network "
            "may be wider than /8 (IPv6: /16). The service did not start."
        ),
    ),
    "config.production_base_url": (
        "本番環境では、設定 {setting} に、外部から届く https のアドレスを指定してください。起動しませんでした。",
        (
            "In production {setting} has to be an https address that can be reached from outside. The service did not "
            "start."
        ),
    ),
    "config.production_database": (
        "本番環境では、設定 {setting} でデータベースを明示してください。起動しませんでした。",
        "In production the database has to be chosen with {setting}. The service did not start.",
    ),
    "config.production_kek_file": (
        "本番環境では、設定 {setting} の鍵ファイルを、データの保存先の外に置いてください。起動しませんでした。",
        "In production the key file of {setting} has to lie outside the folder of the data. The service did not start.",
    ),
    "config.production_demo": (
        "本番環境では、テスト用データを使えません。設定 {setting} を取り除いてください。起動しませんでした。",
        "Test data cannot be used in production. Please remove {setting}. The service did not start.",
    ),
    "config.kek_missing": (
        "鍵暗号化鍵のファイル（{file}）を読み取れません。置き場所と権限を確認してください。",
        "The file of the key-encryption key ({file}) cannot be read. Please check its place and its permissions.",
    ),
    "config.kek_mode": (
        (
            "鍵暗号化鍵のファイル（{file}）が、所有者以外も読める設定（{mode}）になっています。使用していません。"
            "権限を 0600 にしてください。"
        ),
        (
            "The file of the key-encryption key ({file}) is open to others than its owner (mode {mode}). It was not "
            "used. Please set its mode to 0600."
        ),
    ),
    "config.kek_format": (
        "鍵暗号化鍵のファイルの内容が正しくありません。使用していません。控えから戻してください。",
        "The file of the key-encryption key does not hold one. It was not used. Please restore it from its backup.",
    ),
    "config.kek_exists": (
        "鍵暗号化鍵のファイル（{file}）は既にあります。上書きしていません。",
        "The file of the key-encryption key ({file}) exists already. It was not overwritten.",
    ),
    "seal.wrong_key": (
        "鍵暗号化鍵が、このデータベースのものではありません。何も変更していません。正しい鍵のファイルに戻してください。",
        "The key-encryption key is not the one of this database. Nothing was changed. Please restore the right file.",
    ),
    "seal.broken": (
        "保管されている情報を開くことができませんでした。情報が壊れているか、鍵が異なります。",
        "Stored data could not be opened: they are damaged, or the key is another one.",
    ),
    # signing keys (signing)
    "key.unusable": (
        "発行機関 {owner} の署名鍵 {kid} を使用できません。署名していません。管理者に連絡してください。",
        "The signing key {kid} of {owner} cannot be used. Nothing was signed. Please contact the operator.",
    ),
    "key.not_active": (
        "発行機関 {owner} の署名鍵 {kid} は現在使用中の鍵ではないため、署名できません。",
        "The signing key {kid} of {owner} is not the active one, so nothing can be signed with it.",
    ),
    # the database (storage)
    "database.busy": (
        "ただいま混み合っています。何も変更していません。しばらくしてからもう一度お試しください。",
        "The service is busy. Nothing was changed. Please try again in a moment.",
    ),
    "database.raced": (
        "同時に行われた別の処理と重なりました。何も変更していません。もう一度お試しください。",
        "Another request did the same thing at the same moment. Nothing was changed. Please try again.",
    ),
    "database.unavailable": (
        "データベースを利用できません。何も変更していません。しばらくしてからもう一度お試しください。",
        "The database cannot be used. Nothing was changed. Please try again later.",
    ),
    "database.rule": (
        "記録の決まりに反するため、変更を受け付けませんでした。何も変更していません。",
        "The change is against a rule of the records. Nothing was changed.",
    ),
    "database.schema": (
        "データベースの形式が、このプログラムのものと異なります。起動しませんでした。",
        "The schema of the database is not the one of this program. The service did not start.",
    ),
    "database.schema_empty": (
        "データベースがまだ用意されていません。起動しませんでした。jmc-vc init を実行してください。",
        "The database has not been set up. The service did not start. Please run jmc-vc init.",
    ),
    "database.schema_older": (
        (
            "データベースの形式が古い版のものです。起動しませんでした。控えを取ってから jmc-vc db upgrade を実行してく"
            "ださい。"
        ),
        (
            "The schema of the database is of an earlier version. The service did not start. Please make a backup, "
            "then run jmc-vc db upgrade."
        ),
    ),
    "database.schema_newer": (
        (
            "データベースの形式が、このプログラムより新しい版のものです。起動しませんでした。新しい版のプログラムを使"
            "ってください。"
        ),
        (
            "The schema of the database is of a later version than this program. The service did not start. Please "
            "use the later program."
        ),
    ),
    "text.unstorable": (
        "文字列に、保存できない文字（NUL など）が含まれています。何も変更していません。その文字を取り除いてください。",
        "The text holds a character that cannot be stored, such as NUL. Nothing was changed. Please remove it.",
    ),
    # formats.strict_json: bytes that others wrote
    "parse.size": (
        "データが大きすぎます（上限 {limit}）。読み取っていません。",
        "The data is too large (at most {limit}). It was not read.",
    ),
    "parse.encoding": (
        "文字コードが BOM なしの UTF-8 ではないため、読み取っていません。UTF-8 で送信してください。",
        "The text is not UTF-8, or begins with a byte-order mark. It was not read. Please send UTF-8 without one.",
    ),
    "parse.syntax": (
        "JSON として読み取れません（{position}文字目）。元のファイルをそのまま提出してください。",
        "This is not JSON (character {position}). Please submit the original file unchanged.",
    ),
    "parse.duplicate_key": (
        "同じ項目「{member}」が二度書かれているため、どちらが正しいか判断できません。読み取っていません。",
        'The member "{member}" appears twice, so it is not clear which one counts. Nothing was read.',
    ),
    "parse.number": (
        "扱えない数値（大きすぎる数、NaN など）が含まれています。読み取っていません。",
        "A number cannot be represented (too large, or NaN). Nothing was read.",
    ),
    "parse.unicode": (
        "文字として扱えないもの（片方だけのサロゲート、NUL）が含まれています。読み取っていません。",
        "The text holds something that is no character (a lone surrogate or NUL). Nothing was read.",
    ),
    "parse.depth": (
        "入れ子が深すぎます（上限{limit}段）。読み取っていません。",
        "The data is nested too deeply (limit {limit}). It was not read.",
    ),
    "parse.limit": (
        "値の数が多すぎます（上限{limit}個）。読み取っていません。",
        "The data holds too many values (limit {limit}). It was not read.",
    ),
    "parse.not_an_object": (
        "JSON オブジェクト（{{ … }}）ではありません。証明のファイルか確認してください。",
        "This is not a JSON object. Please check that it is the file of a credential.",
    ),
    # formats.encoding, formats.jcs
    "encoding.base64url": (
        "base64url の文字列が正しくありません。読み取っていません。",
        "A base64url text is not written correctly. It was not read.",
    ),
    "encoding.multibase": (
        "multibase の文字列が正しくないか、長すぎます。読み取っていません。",
        "A multibase text is not written correctly or is too long. It was not read.",
    ),
    "canon.value": (
        "一つの表し方に定まらない値（大きすぎる数など）が含まれるため、要約値を計算していません。",
        "A value has no canonical form (a number too large, for example), so no digest was computed.",
    ),
    # vendored
    "vendored.changed": (
        "同梱ファイル {file} が配布時の内容と一致しません。処理は行っていません。再インストールしてください。",
        "The bundled file {file} is not the one that was shipped. Nothing was done. Please install again.",
    ),
    "vendored.unknown": (
        "同梱されていないファイルが指定されました。処理は行っていません。",
        "The file asked for is not among the bundled ones. Nothing was done.",
    ),
    "namespace.unsafe": (
        "JMC_VC_NAMESPACE は https:// で始まり、末尾に / のない URL にしてください。起動していません。",
        "JMC_VC_NAMESPACE must be a plain https URL with a path and no closing slash. The service did not start.",
    ),
    # accrediting
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
    # issuing
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
    "key.changed": (
        "署名鍵は、ほかの操作によって既に更新されています。何も変更していません。鍵の一覧を確認してください。",
        "The signing key has just been changed by somebody else. Nothing was changed. Please see the list of keys.",
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
    "auth.api_key": (
        "API キーが正しくないか、失効又は期限切れです。",
        "The API key is wrong, revoked or expired.",
    ),
    "api_key.not_found": (
        "その番号の API キーはありません。何も変更していません。",
        "There is no API key with this prefix. Nothing was changed.",
    ),
    # verifying
    "verify.not_a_credential": (
        "提出された内容は、証明として読み取れません。証明のファイルを確認してください。",
        "What was submitted is not a credential. Please check the file.",
    ),
    "verify.open_badges_2": (
        (
            "Open Badges 2.0 の形式です。署名を含まない古い形式のため、ここでは検証できません。発行機関に確認してくだ"
            "さい。"
        ),
        (
            "This is an Open Badges 2.0 assertion: an older form without a signature, which cannot be verified here. "
            "Please ask the issuer."
        ),
    ),
    "verify.too_many_parts": (
        "失効情報の数が多すぎるため、検証していません。",
        "The credential has too many status entries and was not verified.",
    ),
    "verify.unsupported_format": (
        "この形式のファイルは検証できません。証明の JSON ファイルを提出してください。",
        "This form of file cannot be verified. Please submit the JSON file of the credential.",
    ),
    "verify.nothing_submitted": (
        "何も提出されていません。ファイルを選ぶか、リンク又は証明の文字列を入力してください。",
        "Nothing was submitted. Please choose a file, or enter the link or the text of the credential.",
    ),
    "verify.form": (
        "提出された内容を最後まで読み取れませんでした。検証は行っていません。もう一度提出してください。",
        "What was submitted did not arrive whole. Nothing was verified. Please submit it again.",
    ),
    "verify.not_recognized": (
        (
            "提出された内容は、証明として読み取れません。検証は行っていません。証明のファイル（JSON）、本サービスの証明"
            "のリンク、又は証明の JSON の文字列を提出してください。"
        ),
        (
            "What was submitted cannot be read as a credential. Nothing was verified. Please submit the file of a "
            "credential (JSON), the link of a credential of this service, or the JSON text of a credential."
        ),
    ),
    "foreign_link": (
        (
            "このリンクは本サービスのものではないため、開いていません。証明のファイルを提出するか、正しいリンクを取得"
            "者に確認してください。"
        ),
        (
            "The link does not belong to this service, so it was not opened. Please submit the credential file or ask "
            "the holder for the correct link."
        ),
    ),
    "verify.policy_unknown": ("指定された検証方針はありません。", "There is no such verification policy."),
    # bootstrap
    "config.not_initialized": (
        "データベースが準備されていません。先に jmc-vc init を実行してください。",
        "The database has not been set up. Please run jmc-vc init first.",
    ),
    "config.already_initialized": (
        "データベースは準備済みです。何も変更していません。",
        "The database has already been set up. Nothing was changed.",
    ),
    "config.identity_changed": (
        (
            "設定の URL（{configured}）が、データベースを作成したときの URL（{stored}）と異なります。発行済みの証明が"
            "元の URL を示しているため、起動していません。"
        ),
        (
            "The configured base URL ({configured}) is not the one that the database was made with ({stored}). Issued "
            "credentials name the old one, so the service did not start."
        ),
    ),
    "config.namespace_changed": (
        (
            "設定の名前空間（JMC_VC_NAMESPACE）が、データベースを作成したときのもの（{stored}）と異なります。発行済みの"
            "証明が元の名前空間を使っているため、起動していません。"
        ),
        (
            "JMC_VC_NAMESPACE is not the namespace that the database was made with ({stored}). Issued credentials use "
            "the old one, so the service did not start."
        ),
    ),
    # web and publishing
    "internal": (
        (
            "内部でエラーが発生しました。処理が完了したかどうかは確認できません。時間をおいて再度お試しになるか、番号"
            "を添えてお問い合わせください。"
        ),
        (
            "Something went wrong on our side. It is not certain whether the work was done. Please try again later, "
            "or ask us and quote the number."
        ),
    ),
    "http.not_found": (
        "このアドレスには何もありません。アドレスを確認してください。",
        "There is nothing at this address. Please check the address.",
    ),
    "http.method": (
        "このアドレスでは、このメソッドを使用できません。処理していません。",
        "This address does not take this method. Nothing was done.",
    ),
    "http.unreadable": (
        "リクエストを読み取れません。処理していません。",
        "The request cannot be read. Nothing was done.",
    ),
    "http.head_size": (
        "リクエストのヘッダーが大きすぎます。処理していません。",
        "The header of the request is too large. Nothing was done.",
    ),
    "http.query": (
        "URL のパラメータ「{parameter}」を読み取れません。処理していません。値を確認してください。",
        'The parameter "{parameter}" of the address cannot be read. Nothing was done. Please check its value.',
    ),
    "auth.missing": (
        "API キーがありません。処理していません。Authorization ヘッダーに Bearer の形で送信してください。",
        "There is no API key. Nothing was done. Please send it in the Authorization header, as a Bearer token.",
    ),
    "auth.key_in_query": (
        (
            "API キーを URL で送信することはできません。処理していません。URL は記録に残るため、この API キーは失効さ"
            "せ、新しい API キーを Authorization ヘッダーで送信してください。"
        ),
        (
            "An API key cannot be sent in the address. Nothing was done. Addresses end up in logs, so please have "
            "this key revoked and send a new one in the Authorization header."
        ),
    ),
    "request.ambiguous": (
        "リクエストのヘッダーに、長さの指定の重複又は矛盾があります。処理していません。",
        (
            "A header that may be there once is there twice, or the length of the body is given in two ways. Nothing "
            "was done."
        ),
    ),
    "request.host": (
        "リクエストの宛先（Host ヘッダー）が、このサービスのものではありません。処理していません。",
        "The request is addressed (Host header) to another host than this service. Nothing was done.",
    ),
    "request.body_size": (
        "送信された内容が大きすぎます（上限 {limit}）。処理していません。",
        "What was sent is too large (at most {limit}). Nothing was done.",
    ),
    "request.body_time": (
        "送信された内容が時間内に届きませんでした。処理していません。再度お試しください。",
        "The body did not arrive in time. Nothing was done. Please try again.",
    ),
    "request.content_encoding": (
        "圧縮された内容は受け付けられません。処理していません。圧縮せずに送信してください。",
        "Compressed bodies are not accepted. Nothing was done. Please send the body as it is.",
    ),
    "request.content_type": (
        (
            "この形式（Content-Type）の内容は受け付けられません。処理していません。UTF-8 の JSON として送信してくださ"
            "い。"
        ),
        "Bodies of this Content-Type are not accepted. Nothing was done. Please send JSON in UTF-8.",
    ),
    "request.cursor": (
        "一覧の続きを示す値（cursor）が正しくありません。一覧の先頭から取得し直してください。",
        "The cursor is not one that this service gave out. Please start again from the first page.",
    ),
    "request.limit": (
        "件数（limit）は1から{most}までの整数で指定してください。",
        "Please give the limit as a whole number from 1 to {most}.",
    ),
    "request.idempotency_key": (
        (
            "冪等キー（Idempotency-Key）は、空白を含まない ASCII 文字255字以内で指定してください。証明は発行していま"
            "せん。"
        ),
        "An Idempotency-Key has 1 to 255 visible ASCII characters. No credential was issued.",
    ),
    "verify.too_many": (
        "同時に検証できる件数を超えました。この証明は検証していません。しばらくしてから再度お試しください。",
        "You have too many verifications under way. This credential was not verified. Please try again shortly.",
    ),
    "verify.crowded": (
        "検証の依頼が集中しています。この証明は検証していません。しばらくしてから再度お試しください。",
        "Too many verifications are under way. This credential was not verified. Please try again shortly.",
    ),
    "ready.kek": (
        ("鍵暗号化鍵（KEK）が、このデータベースのものではありません。証明の発行と表示はできません。検証はできます。"),
        (
            "The key-encryption key is not the one that this database was made with. Credentials cannot be issued or "
            "opened; verification works."
        ),
    ),
    "ready.clock": (
        "時計が、監査記録の最後の時刻より遅れています。証明を発行する前に時計を合わせてください。",
        "The clock is behind the last entry of the audit log. Please set it right before credentials are issued.",
    ),
    "credential.not_found": (
        "この番号の証明はありません。アドレスを確認してください。",
        "There is no credential with this number. Please check the address.",
    ),
    "credential.erased": (
        "この証明は、個人データの消去に伴い提供を終了しました。",
        "The personal data of this credential were erased, and the credential with them.",
    ),
    "credential.damaged": (
        (
            "保存されている内容が発行時のものと一致しないため、この証明を表示していません。番号を添えてお問い合わせく"
            "ださい。"
        ),
        ("What is stored is not what was issued, so this credential is not shown. Please ask us and quote the number."),
    ),
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
    "key.not_found": (
        "この番号の公開鍵はありません。",
        "There is no such public key.",
    ),
    "file.not_found": (
        "この名前の文書は公開していません。",
        "No document of this name is published.",
    ),
    "status_list.not_found": (
        "この番号又は種類の失効情報一覧はありません。",
        "There is no status list of this number and purpose.",
    ),
    "status_list.no_key": (
        "発行機関に有効な署名鍵がないため、失効情報一覧を更新できません。時間をおいて再度お試しください。",
        "The status list cannot be renewed, because its issuer has no active key. Please try again later.",
    ),
    "auth.keys_unreadable": (
        "サービスの鍵の設定に誤りがあるため、API キーを確認できません。何も行っていません。事務局に連絡してください。",
        (
            "API keys cannot be checked because the service's own key is not the right one. Nothing was done. Please "
            "contact the secretariat."
        ),
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
