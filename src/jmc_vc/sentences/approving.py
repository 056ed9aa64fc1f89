"""Sentences about operators, acts that need two of them, and the change of the key-encryption key: code → (Japanese,
English)."""

from collections.abc import Mapping

APPROVING: Mapping[str, tuple[str, str]] = {
    # refusals
    "approval.needed": (
        (
            "この操作（{command}）には二人の運用者の承認が必要です。登録されている運用者は {count} 人のため、何もしてい"
            "ません。「jmc-vc operators add」で二人以上を登録してください。"
        ),
        (
            "This act ({command}) needs the approval of two operators, and {count} are registered. Nothing was done. "
            'Please register at least two with "jmc-vc operators add".'
        ),
    ),
    "approval.missing": (
        (
            "この操作には二人の運用者の承認が必要です。何もしていません。--as に自分の名前を、--approval-key に自分の承"
            "認鍵を指定してください。"
        ),
        (
            "This act needs the approval of two operators. Nothing was done. Please name yourself with --as and your "
            "approval key with --approval-key."
        ),
    ),
    "approval.operator": (
        (
            "この名前の運用者が登録されていないか、承認鍵が登録されたものと異なります。何もしていません。「jmc-vc opera"
            "tors list」で確認してください。"
        ),
        (
            "No operator of this name is registered, or the approval key is not the registered one. Nothing was done. "
            'Please see "jmc-vc operators list".'
        ),
    ),
    "approval.same_person": (
        "{name} さんは自分の提案を承認できません。何もしていません。別の運用者が承認してください。",
        "{name} proposed this and cannot confirm it. Nothing was done. Please have another operator confirm it.",
    ),
    "approval.key_mode": (
        (
            "承認鍵のファイル（{file}）を本人以外も読み取れます（権限 {mode}）。何もしていません。権限を 0600 とし、鍵"
            "を新しく作ることを検討してください。"
        ),
        (
            "The file of the approval key ({file}) can be read by others (mode {mode}). Nothing was done. Please set "
            "its mode to 0600, and consider making a new key."
        ),
    ),
    "approval.key_file": (
        (
            "ファイル（{file}）は承認鍵ではありません。何もしていません。「operators keygen」で作成した鍵を指定してくだ"
            "さい。"
        ),
        'The file ({file}) holds no approval key. Nothing was done. Please name one made by "operators keygen".',
    ),
    "approval.passphrase": (
        "パスフレーズが正しくないか、承認鍵のファイル（{file}）が壊れています。何もしていません。",
        "The passphrase is wrong, or the file of the approval key ({file}) is damaged. Nothing was done.",
    ),
    "operator.name": (
        (
            "運用者の名前は、英小文字で始まる 32 文字以内の英小文字・数字・「.」「_」「-」としてください。何もしていま"
            "せん。"
        ),
        (
            "An operator's name has up to 32 lower-case letters, digits, dots, low lines and hyphens, and begins with "
            "a letter. Nothing was done."
        ),
    ),
    "operator.key": (
        (
            "公開鍵の形式が正しくありません。何もしていません。「jmc-vc operators keygen」が表示した文字列を指定してく"
            "ださい。"
        ),
        (
            'This is not the public part of an approval key. Nothing was done. Please give what "jmc-vc operators '
            'keygen" printed.'
        ),
    ),
    "operator.exists": (
        (
            "この名前または公開鍵は既に登録されたことがあります。何もしていません。新しい鍵には新しい名前を付けてくださ"
            "い。"
        ),
        "This name or this key is registered, or was once. Nothing was done. Please give a new key a new name.",
    ),
    "operator.not_found": (
        "この名前の運用者は登録されていません。何もしていません。",
        "No operator of this name is registered. Nothing was done.",
    ),
    "operator.too_few": (
        "運用者は {count} 人を下回ることができません。何もしていません。先に別の運用者を登録してください。",
        "There have to be {count} operators at least. Nothing was done. Please register another one first.",
    ),
    "proposal.not_found": ("この番号の提案はありません。", "There is no proposal with this number."),
    "proposal.not_open": (
        "提案 {number} は、既に承認または取り下げられています。何もしていません。",
        "The proposal {number} was confirmed or withdrawn already. Nothing was done.",
    ),
    "proposal.expired": (
        "提案 {number} の期限が過ぎています。何もしていません。必要であれば、もう一度提案してください。",
        "The proposal {number} has expired. Nothing was done. If it is still needed, please propose it again.",
    ),
    "proposal.future": (
        (
            "提案 {number} の日時が現在より後になっています。何もしていません。時計を確認してから、もう一度提案してくだ"
            "さい。"
        ),
        (
            "The proposal {number} is dated later than now. Nothing was done. Please check the clock, and propose it "
            "again."
        ),
    ),
    "proposal.changed": (
        (
            "提案 {number} の内容が、表示した時と異なります。何もしていません。データベースが改変されていないか確認し、"
            "「jmc-vc proposals show」で読み直してください。"
        ),
        (
            "The proposal {number} is not what was shown before. Nothing was done. Please find out whether the database"
            ' was changed, and read it again with "jmc-vc proposals show".'
        ),
    ),
    "proposal.unreadable": (
        (
            "提案の内容を、署名されたとおりに読み取れません。何もしていません。データベースが改変または破損していないか"
            "、提案した時とプログラムの版が異なっていないか確認してください。"
        ),
        (
            "The act cannot be read as it was signed. Nothing was done. Please find out whether the database was "
            "changed or damaged, or whether another version of the program proposed it."
        ),
    ),
    # what commands say
    "cli.operator": ("{name}（{day}から）　{key}", "{name} (since {day})  {key}"),
    "cli.operator_gone": ("{name}（{day}まで）　{key}", "{name} (until {day})  {key}"),
    "cli.operator_add_plan": (
        "{name} さんを運用者として登録します（公開鍵 {key}）。重要な操作を提案し、承認できるようになります。",
        "{name} becomes an operator, with the public key {key}, and may then propose and confirm dangerous acts.",
    ),
    "cli.operator_added": ("{name} さんを運用者として登録しました。", "{name} was registered as an operator."),
    "cli.operator_remove_plan": (
        (
            "{name} さんの運用者としての登録を取り消します。元には戻せません。{name} さんによる承認待ちの提案は無効にな"
            "ります。"
        ),
        "{name} will be an operator no more, for good. What {name} proposed can then no longer be confirmed.",
    ),
    "cli.operator_removed": ("{name} さんの運用者としての登録を取り消しました。", "{name} is an operator no more."),
    "cli.approval_key_made": (
        (
            "承認鍵を {file} に作成しました。ほかの人が読み取れない場所に保管してください。次の公開鍵を登録してもらって"
            "ください（jmc-vc operators add）："
        ),
        (
            "Your approval key is in {file}. Please keep it where nobody else can read it, and have this public key "
            "registered (jmc-vc operators add):"
        ),
    ),
    "cli.approval_passphrase": ("承認鍵のパスフレーズ", "Passphrase of your approval key"),
    "cli.approval_new_passphrase": ("新しいパスフレーズ", "New passphrase"),
    "cli.without_approval": (
        "登録されている運用者が {count} 人のため、承認なしで実行します。",
        "{count} operators are registered: this is done without approval.",
    ),
    "cli.proposed": (
        (
            "提案 {number} として記録しました。まだ実行していません。{until} までに、別の運用者が次のコマンドで承認して"
            "ください："
        ),
        "This is proposal {number}. Nothing was done yet. Until {until} another operator can confirm it with:",
    ),
    "cli.proposal": (
        "提案 {number}（{state}）　{name} さん、{moment}",
        "Proposal {number} ({state}), by {name}, {moment}",
    ),
    "cli.proposal_open": ("承認待ち", "open"),
    "cli.proposal_expired": ("期限切れ", "expired"),
    "cli.proposal_done": ("承認済み", "confirmed"),
    "cli.proposal_withdrawn": ("取下げ", "withdrawn"),
    "cli.proposal_unreadable": ("（内容を読み取れません）", "(cannot be read as it was signed)"),
    "cli.proposal_reason": ("理由：{reason}", "Reason: {reason}"),
    "cli.proposal_until": ("承認の期限：{until}", "Can be confirmed until {until}."),
    "cli.proposal_confirmed": ("承認：{name} さん、{moment}　{outcome}", "Confirmed by {name}, {moment}. {outcome}"),
    "cli.proposal_outcome_done": ("実行しました。", "It was carried out."),
    "cli.proposal_outcome_in_part": (
        "一部だけ実行しました。残りは監査記録で確認し、もう一度提案してください。",
        "It was carried out in part. The audit log says what is left; please propose it again.",
    ),
    "cli.proposal_outcome_refused": (
        "実行できませんでした。理由は監査記録にあります。",
        "It could not be carried out; the audit log says why.",
    ),
    "cli.proposal_outcome_unknown": (
        (
            "完了の記録がありません。途中で中断した可能性があります。実際の状態を確認し、必要であれば、もう一度提案して"
            "ください。"
        ),
        (
            "Its end is not on record: it may have been interrupted. Please look how things are, and propose it again "
            "if it is still needed."
        ),
    ),
    "cli.proposal_used_up": (
        "承認された提案 {number} は使用済みになりました。やり直すには、もう一度提案してください。",
        "The proposal {number} is used up, because nothing is ever done twice. To try again, propose it anew.",
    ),
    "cli.proposal_was_withdrawn": ("提案 {number} を取り下げました。", "The proposal {number} was withdrawn."),
    # the change of the key-encryption key
    "kek.same": (
        "新しい鍵が現在の鍵暗号化鍵と同じです。何も変更していません。「jmc-vc kek new」で新しい鍵を作成してください。",
        'The new key is the one in use. Nothing was changed. Please make another one with "jmc-vc kek new".',
    ),
    "kek.other": (
        "ファイル（{file}）の鍵が、提案された時の鍵と異なります。何も変更していません。",
        "The file ({file}) holds another key than when this was proposed. Nothing was changed.",
    ),
    "cli.kek_made": (
        (
            "新しい鍵暗号化鍵を {file} に作成しました。まだ何にも使われていません。複製を安全な場所に保管してから、「jm"
            "c-vc kek rotate」を実行してください。"
        ),
        (
            "A new key-encryption key is in {file}. Nothing is under it yet. Please keep a copy in a safe place before "
            'you run "jmc-vc kek rotate".'
        ),
    ),
    "cli.kek_plan": (
        (
            "署名鍵 {keys} 件と証明 {credentials} 件の鍵を、{file} の鍵暗号化鍵で暗号化し直します。その間は発行を受け付"
            "けません。終わったら、設定 JMC_VC_KEK_FILE をこのファイルに変えて、すべてのサービスを再起動してください。"
            "それまでは発行できません。"
        ),
        (
            "{keys} signing keys and the keys of {credentials} credentials go under the key-encryption key in {file}. "
            "Nothing is issued meanwhile, nor afterwards until JMC_VC_KEK_FILE names this file and every service was "
            "started again."
        ),
    ),
    "cli.kek_unreadable": (
        "注意：現在の鍵暗号化鍵で開けないものが {count} 件あります。これらは変更しません。",
        "Beware: {count} of them do not open with the key in use. They stay as they are.",
    ),
    "cli.kek_rotated": (
        (
            "すべてを {file} の鍵暗号化鍵で暗号化し直しました。設定 JMC_VC_KEK_FILE をこのファイルに変えて、すべてのサ"
            "ービスを再起動してください。古い鍵は、この時点より前のバックアップを開くためにだけ必要です。"
        ),
        (
            "Everything is under the key-encryption key in {file} now. Please let JMC_VC_KEK_FILE name this file, and "
            "start every service again. The old key is needed for backups from before this moment, and for nothing "
            "else."
        ),
    ),
}
