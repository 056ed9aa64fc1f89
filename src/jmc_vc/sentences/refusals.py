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
    "config.database_url": (
        "設定 {setting} は sqlite:///ファイルの場所 または postgresql://… の形としてください。起動しませんでした。",
        "{setting} has to be sqlite:///path or postgresql://… . The service did not start.",
    ),
    "config.trusted_proxies": (
        (
            "設定 {setting} には、前段のプロキシの IP アドレスまたはネットワークをコンマ区切りで指定してください。すべ"
            "ての送信元を信頼する指定はできません。起動しませんでした。"
        ),
        (
            "{setting} has to list the addresses or networks of the proxies in front, separated by commas; it cannot "
            "trust every sender. The service did not start."
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
            "鍵暗号化鍵のファイル（{file}）を所有者以外も読める設定（{mode}）になっています。使用していません。権限を "
            "0600 にしてください。"
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
        "データが大きすぎます（上限{limit}バイト）。読み取っていません。",
        "The data is too large (limit {limit} bytes). It was not read.",
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
    "parse.nquads": (
        "N-Quads として読み取れません（{line}行目）。",
        "This is not N-Quads (line {line}).",
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
}
