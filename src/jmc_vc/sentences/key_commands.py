"""What the commands on signing keys say."""

from collections.abc import Mapping

KEY_COMMANDS: Mapping[str, tuple[str, str]] = {
    "cli.key": (
        "{id}  {algorithm}  {state}（{day}から）  署名した証明 {count} 件",
        "{id}  {algorithm}  {state} (since {day})  credentials signed: {count}",
    ),
    "cli.key_stage_plan": (
        "{owner} の新しい署名鍵（{algorithm}）を作成します。公開も使用もしません。",
        "A new signing key ({algorithm}) of {owner} will be made. It will be neither published nor used.",
    ),
    "cli.key_staged": (
        "{owner} の署名鍵 {kid}（{algorithm}）を作成しました。まだ公開していません。",
        "The signing key {kid} ({algorithm}) of {owner} was made. It is not published yet.",
    ),
    "cli.key_publish_plan": (
        "{owner} の署名鍵 {kid}（{algorithm}）を公開します。まだ署名には使いません。公開は取り消せません。",
        (
            "The signing key {kid} ({algorithm}) of {owner} will be published. It will not sign yet. Publishing cannot "
            "be undone."
        ),
    ),
    "cli.key_published": (
        "{owner} の署名鍵 {kid} を公開しました。{moment} 以降に使い始められます。",
        "The signing key {kid} of {owner} was published. It can be used from {moment} on.",
    ),
    "cli.key_activate_plan": (
        "{owner} の署名鍵 {kid} を使い始めます。",
        "The signing key {kid} of {owner} will sign from now on.",
    ),
    "cli.key_activated": (
        "{owner} の署名鍵 {kid} を使い始めました。",
        "The signing key {kid} of {owner} signs from now on.",
    ),
    "cli.key_now": (
        (
            "警告：新しい鍵が届いていない検証者は、最長 {seconds} 秒の間、その署名を無効と判定します。急ぐ理由がなけれ"
            "ば、待つ方法を選んでください。"
        ),
        (
            "Beware: for up to {seconds} seconds, verifiers that do not know the new key yet will refuse what it signs."
            " Unless there is a reason to hurry, please let the command wait."
        ),
    ),
    "cli.key_retire_plan": (
        "{owner} の署名鍵 {kid} の使用を終えます。この鍵で署名された証明 {count} 件は、引き続き検証できます。",
        ("The signing key {kid} of {owner} will retire. What it signed, {count} credentials, will go on verifying."),
    ),
    "cli.key_stray": (
        (
            "{uri}：トークンにある鍵ですが、このシステムの鍵ではありません。このトークンをほかのシステムで使用していなけ"
            "れば、トークン付属のツールで削除できます。"
        ),
        (
            "{uri}: on the token, and no key of this installation. If no other installation uses the token, it can be "
            "deleted with the token's own tool."
        ),
    ),
    "cli.key_damaged": (
        (
            "{owner} の署名鍵 {kid} の秘密鍵は破損していて使用できません。新しい鍵を使い始めるまで、この鍵による署名は"
            "できません。新しい鍵に更新すると、{kid} は破損したまま使用を終えます。"
        ),
        (
            "The private part of {owner}'s signing key {kid} is damaged: nothing can be signed until a new key signs. "
            "With the new key, {kid} retires as it is."
        ),
    ),
    "cli.key_retired_damaged": (
        (
            "{kid} の秘密鍵は破損していました。破損した原因を確認してください。鍵が盗まれたおそれがある場合は、jmc-vc "
            "keys compromise で報告してください。"
        ),
        (
            "The private part of {kid} was damaged. Please find out why; if somebody may have taken the key, report it"
            " with jmc-vc keys compromise."
        ),
    ),
    "cli.key_retire_alone": (
        (
            "警告：この種類（{algorithm}）で使用中の鍵がなくなります。別の鍵を使い始めるまで、{owner} はこの種類の鍵が"
            "必要な証明の発行と状態リストの更新ができません。"
        ),
        (
            "Beware: no other key of this kind ({algorithm}) is active. Until one is, {owner} cannot issue the "
            "credentials or renew the status lists that need one."
        ),
    ),
    "cli.key_retired": (
        "{owner} の署名鍵 {kid} の使用を終えました。",
        "The signing key {kid} of {owner} was retired.",
    ),
    "cli.key_destroy_plan": (
        (
            "{owner} の署名鍵 {kid} の秘密鍵を破棄します。元に戻せません。この鍵で署名された証明 {count} 件は、引き続き"
            "検証できます。"
        ),
        (
            "The private part of the signing key {kid} of {owner} will be destroyed, for good. What it signed, {count} "
            "credentials, will go on verifying."
        ),
    ),
    "cli.key_destroy_stolen_plan": (
        (
            "{owner} の危殆化した署名鍵 {kid} の秘密鍵を、トークンから削除します。元に戻せません。この鍵で署名された"
            "証明 {count} 件の有効性は変わりません。"
        ),
        (
            "The private part of the compromised key {kid} of {owner} will be destroyed on its token, for good. What "
            "its {count} credentials are worth does not change."
        ),
    ),
    "cli.key_destroyed": (
        "{owner} の署名鍵 {kid} の秘密鍵を破棄しました。",
        "The private part of the signing key {kid} of {owner} was destroyed.",
    ),
    "cli.key_compromise_plan": (
        (
            "{owner} の署名鍵 {kid} を、{since} から危殆化したものとして記録します。直ちに署名に使えなくなります。元に"
            "戻せません。この鍵で署名された証明 {count} 件のうち、その時より前に公開ログに記録されたものだけが有効で"
            "す。"
        ),
        (
            "The signing key {kid} of {owner} will be on record as compromised since {since}. It signs nothing more "
            "from then on, and this cannot be undone. Of the {count} credentials that it signed, only those stay valid "
            "that were in the public log before that time."
        ),
    ),
    "cli.key_compromised": (
        "{owner} の署名鍵 {kid} を、危殆化したものとして記録しました。この鍵ではもう署名できません。",
        "The signing key {kid} of {owner} is on record as compromised. Nothing is signed with it any more.",
    ),
    "cli.key_successor": (
        "公開済みの鍵 {kid} があります。「jmc-vc keys activate {owner} {kid}」で使い始められます。",
        'The key {kid} is published already. "jmc-vc keys activate {owner} {kid}" lets it sign.',
    ),
    "cli.key_no_successor": (
        "後継の鍵がありません。「jmc-vc keys rotate {owner} --algorithm {algorithm}」で用意してください。",
        'There is no successor. "jmc-vc keys rotate {owner} --algorithm {algorithm}" makes one.',
    ),
    "cli.key_import_plan": (
        "{file} の鍵（公開鍵 {key}）を {owner} の署名鍵として取り込みます。公開も使用もしません。",
        (
            "The key in {file} (public key {key}) will be taken in as a signing key of {owner}. It will be neither "
            "published nor used."
        ),
    ),
    "cli.key_imported": (
        "{owner} の署名鍵 {kid}（{algorithm}）を取り込みました。まだ公開していません。",
        "The signing key {kid} ({algorithm}) of {owner} was taken in. It is not published yet.",
    ),
    "cli.key_import_file": (
        "{file} の秘密鍵は残っています。不要であれば、安全に消去してください。",
        "The private key is still in {file}. Unless you need it there, please destroy it.",
    ),
    "cli.key_passphrase": (
        "{file} のパスフレーズ",
        "Passphrase of {file}",
    ),
    "cli.key_exported": (
        "{owner} の署名鍵 {kid} の公開鍵を {file} に書き出しました。",
        "The public key {kid} of {owner} was written to {file}.",
    ),
    "cli.rotate_new": (
        "{owner} の新しい署名鍵を作成して公開し、検証者に届いてから使い始めます。",
        ("A new signing key of {owner} will be made and published, and will sign once every verifier can know it."),
    ),
    "cli.rotate_waiting": (
        "{owner} の用意済みの署名鍵 {kid} を使います。公開から検証者に届くまで待って、使い始めます。",
        "The signing key {kid} of {owner} is there already. It will sign once every verifier can know it.",
    ),
    "cli.rotate_waits": (
        (
            "{owner} の署名鍵 {kid} を公開しました。{moment} に使い始めます。ここで中断しても、同じコマンドで続きから再"
            "開できます。"
        ),
        (
            "The signing key {kid} of {owner} is published. It may sign from {moment} on. If this is interrupted, the "
            "same command goes on from here."
        ),
    ),
    "cli.rotated": (
        "{owner} の署名鍵を {old} から {new} に更新しました。{old} で署名された証明は、引き続き検証できます。",
        "The signing key of {owner} was changed from {old} to {new}. What {old} signed goes on verifying.",
    ),
    "cli.reissue_plan": (
        (
            "{owner} の危殆化した署名鍵 {kid} による証明は {count} 件です。そのうち {since} より前に発行された記録が"
            "あるものに、現在の鍵で署名し直します。証明の URL・授与日・状態・評価結果は変わりません。"
        ),
        (
            "Under the compromised key {kid} of {owner} are {count} credentials. Those on record as issued before "
            "{since} will be signed anew with the key in use. Ids, award dates, states and results stay as they are."
        ),
    ),
    "cli.reissued": (
        "{count} 件に署名し直しました（{seconds} 秒）。",
        "Signed anew: {count} ({seconds} s).",
    ),
    "cli.reissue_would": (
        "署名し直す証明は {count} 件です（調査 {seconds} 秒）。",
        "To be signed anew: {count} (counted in {seconds} s).",
    ),
    "cli.reissue_revoked": (
        "失効済みの証明 {count} 件は、そのままです。",
        "Revoked, and left as they are: {count}.",
    ),
    "cli.reissue_too_late": (
        (
            "鍵が第三者に渡ったおそれのある時期以降に発行された証明 {count} 件は、署名し直していません（以前に署名し"
            "直したものを含みます）。検証では無効と判定されます。発行機関に確かめ、正当なものは、失効させてから"
            '「"retake": true」を付けて新たに発行してください。'
        ),
        (
            "Issued when others may have had the key, and not signed anew, or signed anew before that was known: "
            "{count}. Verification calls them invalid. Please ask the issuer which of them are its own; those are to "
            'be revoked, and then issued again, with "retake": true.'
        ),
    ),
    "cli.reissue_more": (
        "  ほか {count} 件（--json ですべて表示されます）",
        "  and {count} more (all of them with --json)",
    ),
    "cli.reissue_overtaken": (
        "処理中に変更された証明 {count} 件は、署名し直していません。同じコマンドをもう一度実行してください。",
        "Changed by somebody else meanwhile, and left: {count}. Please run the same command again.",
    ),
    "cli.reissue_damaged": (
        "記録が壊れていて読み取れない証明 {count} 件は、署名し直していません。担当者が調べてください。",
        "Damaged, and not signed anew: {count}. Somebody has to look at them.",
    ),
    "cli.reissue_erased": (
        "個人情報が消去された証明 {count} 件は、署名し直せません。",
        "Erased, so that there is nothing to sign: {count}.",
    ),
    "cli.reissue_tell": (
        (
            "お知らせ先：発行機関 {number} {name}（{email}）、取得者 {learners} 人。新しい証明を受け取るよう案内してく"
            "ださい。"
        ),
        (
            "Please tell the issuer {number}, {name} ({email}), and through it {learners} learners: they should fetch "
            "the new copies."
        ),
    ),
    "cli.reissue_tell_no_address": (
        (
            "お知らせ先：発行機関 {number} {name}（メールアドレスの登録なし）、取得者 {learners} 人。新しい証明を受け取"
            "るよう案内してください。"
        ),
        (
            "Please tell the issuer {number}, {name} (no e-mail address in the register), and through it {learners} "
            "learners: they should fetch the new copies."
        ),
    ),
    "cli.earlier_logged": (
        "公開ログより前に発行された証明 {count} 件を、公開ログに記録しました。",
        "Credentials from before the public log that were entered into it: {count}.",
    ),
    "cli.earlier_damaged": (
        "記録が壊れていて読み取れない証明 {count} 件は、公開ログに記録していません。担当者が調べてください。",
        "Damaged credentials that were not entered into the public log: {count}. Somebody has to look at them.",
    ),
    "cli.earlier_wait": (
        (
            "公開ログより前からあるものがまだ公開ログに載っていません。鍵暗号化鍵などが使えないため、記録はサービスの"
            "開始時に行います。"
        ),
        (
            "What is from before the public log is not in it yet. The installation could not be opened here with its "
            "key-encryption key, so it will be entered when the service starts."
        ),
    ),
}
