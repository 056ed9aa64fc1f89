"""The anchor, restores, copies and witnesses of the public log, and what the commands about them say: code → (Japanese,
English)."""

from collections.abc import Mapping

RESTORING: Mapping[str, tuple[str, str]] = {
    # a restore
    "restore.did_document_lost": (
        "{owner} の DID 文書（{at}）は復元できませんでした。以前の版の履歴に欠けが残ります。",
        "The DID document of {owner} of {at} could not be made again. The history of its versions has a gap.",
    ),
    "restore.program_lost": (
        "プログラム {program} について公開ログにある「{event}」は復元できませんでした。もう一度登録してください。",
        "What the log tells of the program {program} ({event}) could not be put back. Please enter it again.",
    ),
    "restore.outside_did_lost": (
        "発行機関自身の DID（{did}）の登録が失われました。発行機関に文書と証明を求め、もう一度登録してください。",
        "The registration of the issuer's own DID {did} was lost. Please ask the issuer for its document again.",
    ),
    "restore.issuer_lost": (
        "発行機関 {issuer}（{number}）の登録が失われました。同じ番号で登録し、もう一度 restore を実行してください。",
        "The issuer {issuer} ({number}) was lost. Please register it again under its number, then run restore again.",
    ),
    "restore.key_lost": (
        (
            "署名鍵 {key} の秘密の部分が失われました。過去の署名は引き続き検証できます。新しい鍵を用意してください"
            "（jmc-vc keys stage、publish、activate）。"
        ),
        (
            "The private part of the signing key {key} was lost. What it signed still verifies. Please make a new key "
            "(jmc-vc keys stage, publish, activate)."
        ),
    ),
    "restore.list_lost": (
        (
            "状態リスト {list}（{issuer}）は、発行機関の登録がないため作り直せません。登録後にもう一度 restore を実行"
            "してください。"
        ),
        (
            "The status list {list} of {issuer} cannot be made, because the issuer is not registered. Please register "
            "it, then run restore again."
        ),
    ),
    "restore.api_key_revoked": (
        (
            "API キー {prefix}（{issuer}、{label}）を失効させました。控えの後に失効していたかどうかは分かりません。"
            "必要なものは jmc-vc api-keys new で作り直してください。"
        ),
        (
            "The API key {prefix} ({issuer}, {label}) was revoked, for nobody can tell whether it had been since the "
            "backup. Where it is needed, please make another one (jmc-vc api-keys new)."
        ),
    ),
    "restore.operator_to_confirm": (
        (
            "オペレーター {name}（{at} に登録）は、その後に外された可能性があります。確かめて、外すべきときは "
            "jmc-vc operators remove を実行してください。"
        ),
        (
            "The operator {name}, added {at}, may have been removed since. Please check, and remove whoever is no "
            "longer one (jmc-vc operators remove)."
        ),
    ),
    "restore.proposal_to_withdraw": (
        (
            "{name} の提案 {number} は、その後に実行されたか取り下げられた可能性があります。jmc-vc proposals withdraw "
            "で取り下げてください。"
        ),
        (
            "The proposal {number} of {name} may have been carried out or withdrawn since. Please withdraw it "
            "(jmc-vc proposals withdraw)."
        ),
    ),
    "restore.mirror_unsigned": (
        (
            "写しの先頭は、このデータベースの知るログの鍵で署名されていません。復旧していません。バックアップの後に"
            "ログの鍵が替わった場合は、控えのそばの写しを使うか、読者に伝えた検証鍵を --log-key で指定してください。"
        ),
        (
            "No key of the log that this database knows has signed the head of the copy. Nothing was restored. If the "
            "log's key was changed since the backup, please take the copy beside the anchor, or give the verifier key "
            "that readers of the log were told with --log-key."
        ),
    ),
    "restore.mirror_short": (
        (
            "写しの大きさは {size} 件で、公開済みの {needed} 件に届きません。復旧していません。より新しい写しを、監視者"
            "や立会人などから入手してください。"
        ),
        (
            "The copy has {size} entries, and {needed} were published. Nothing was restored. Please obtain a newer "
            "copy, for example from a monitor or a partner."
        ),
    ),
    "restore.mirror_foreign": (
        (
            "写しが、このデータベースの公開ログ又は保管された先頭と一致しません。復旧していません。写しを取り直して"
            "ください。"
        ),
        "The copy is not one of this database's log, or contradicts the anchor. Nothing was restored.",
    ),
    # the anchor
    "config.rolled_back": (
        (
            "データベースが古いか、別のものです。公開ログは {anchored} 件まで公開済みですが、データベースには "
            "{found} 件"
            "しかないか、内容が異なります（{file}）。起動していません。「jmc-vc restore --explain」を実行してください。"
        ),
        (
            "The database is older than what was published, or another one: {anchored} entries of the public log were "
            "published, and it has {found}, or other ones ({file}). It was not opened. Please run "
            "“jmc-vc restore --explain”."
        ),
    ),
    "anchor.unreachable": (
        (
            "公開ログの先頭の控え（{file}、JMC_VC_ANCHOR_FILE）を読み書きできません。データベースが古くないことを確かめ"
            "られないため、起動していません。ディスク、フォルダー、権限を確認してください。"
        ),
        (
            "The anchor of the public log ({file}, JMC_VC_ANCHOR_FILE) can be neither read nor written. Without it "
            "nobody can tell whether the database is an old one, so it was not opened. Please check the disk, the "
            "folder and the rights."
        ),
    ),
    "anchor.damaged": (
        (
            "公開ログの先頭の控え（{file}）が、このログのチェックポイントではありません。起動していません。設定を確"
            "認し、"
            "壊れている場合は控えを外へ移し、外に保管されたチェックポイントで jmc-vc log verify を実行してください。"
        ),
        (
            "The anchor ({file}) is no checkpoint of this log. The service did not start. Please check the setting; if "
            "the file is damaged, move it away and run jmc-vc log verify with a checkpoint that others hold."
        ),
    ),
    "anchor.lags": (
        (
            "公開ログの先頭の控え（{file}）に、{since} から書き込めていません。発行は続いていますが、48時間で停止し"
            "ます。"
            "ディスクと権限を確認してください。"
        ),
        (
            "The anchor ({file}) could not be written since {since}. Issuing goes on, and stops after 48 hours. Please "
            "check the disk and the rights."
        ),
    ),
    "anchor.lost": (
        (
            "公開ログの先頭の控えに、{since} から {hours} 時間以上書き込めていません。証明を発行していません。控えの"
            "場所を直してください。"
        ),
        (
            "The anchor of the public log could not be written for more than {hours} hours, since {since}. No "
            "credential "
            "was issued. Please mend the place of the anchor."
        ),
    ),
    # copies and witnesses
    "mirror.folder": (
        "写しのファイル（{file}）を読み書きできません。写しが揃っているか、権限があるかを確認してください。",
        "A file of the copy ({file}) is missing or cannot be read or written. Please check the copy and the rights.",
    ),
    "mirror.busy": (
        "フォルダー（{file}）は別のコマンドが使用中です。終わってからもう一度実行してください。",
        "Another command uses the folder {file}. Please try again when it has ended.",
    ),
    "mirror.no_key": (
        "ログの検証鍵がまだ分かりません。運営者に確認し、--log-key で指定してください。",
        "The log's verifier key is not known yet. Please ask its operator, and give it with --log-key.",
    ),
    "log.unreachable": (
        "公開ログから取得できません（{path}、状態 {status}）。時間をおいてもう一度実行してください。",
        "The public log does not give what was asked for ({path}, status {status}). Please try again later.",
    ),
    "log.address": (
        "ログの URL は https://ホスト[:ポート] の形で指定してください。",
        "The address of the log must be of the form https://host[:port].",
    ),
    "log.shrank": (
        (
            "公開ログの大きさが {old} 件から {new} 件に減っています。古い状態に戻されたか、別のログです。署名も写し"
            "の更新"
            "もしていません。ログの運営者に連絡してください。"
        ),
        (
            "The public log had {old} entries and has {new} now: it was set back, or is another log. Nothing was "
            "signed "
            "or copied. Please tell its operator."
        ),
    ),
    "log.witness_unknown": (
        "このサービスが知る立会人の署名がありません。受け付けていません。",
        "There is no signature of a witness that this service was told of. It was not taken.",
    ),
    "log.head_unknown": (
        "このログが署名したチェックポイントではありません。受け付けていません。",
        "This is no checkpoint that this log ever signed. It was not taken.",
    ),
    "log.cosigned_in_future": (
        "立会署名の時刻が未来です。受け付けていません。立会人の時計を確認してください。",
        "The cosignature is of a time that has not come yet. It was not taken. Please check the witness's clock.",
    ),
    "witness.key_file": (
        "ファイル {file} に立会人の鍵がありません。jmc-vc log witness-keygen で作成したファイルを指定してください。",
        "There is no witness key in the file {file}. Please give one that jmc-vc log witness-keygen made.",
    ),
    "witness.key_mode": (
        "立会人の鍵ファイル {file} の権限が {mode} です。本人だけが読めるようにしてください（chmod 600）。",
        (
            "The file {file} of the witness's key has the mode {mode}. Please make it readable by its owner only "
            "(chmod 600)."
        ),
    ),
    # what commands say
    "cli.log_verified_done": (
        "公開ログ {size} 件を検証しました。問題はありません。ルート：{root}",
        "The public log with {size} entries was verified, and everything fits. Root: {root}",
    ),
    "cli.log_verified_refused": (
        "公開ログ {size} 件を検証し、食い違いを見つけました。ルート：{root}",
        "The public log with {size} entries was verified, and something does not fit. Root: {root}",
    ),
    "cli.log_verified_unavailable": (
        "公開ログ {size} 件を検証しました。食い違いはありませんが、検証できないものがありました。ルート：{root}",
        "The public log with {size} entries was verified. What was checked fits, but not all could be. Root: {root}",
    ),
    "cli.log_restored": (
        (
            "公開ログの {kept} 件目から {size} 件目までは、データベースの喪失後に写しから戻されたものです。その間の"
            "監査記録はありません。"
        ),
        (
            "Entries {kept} to {size} of the public log were put back from a copy after a loss. The audit log of that "
            "time is gone."
        ),
    ),
    "cli.more_findings": (
        "ほかにもあります。",
        "There are more.",
    ),
    "cli.not_logged": (
        (
            "公開ログより前から動いている場合は、「jmc-vc db upgrade」を一度実行してください。以前からあるものが公開"
            "ログに記録されます。"
        ),
        (
            "If this installation is older than the public log, please run “jmc-vc db upgrade” once: it enters what "
            "was there before."
        ),
    ),
    "cli.audit_verified_done": (
        "監査記録 {entries} 件の連鎖を検証しました。問題はありません。公開ログに載っているのは {logged} 件目までです。",
        "The chain of {entries} entries of the audit log fits. The public log tells of the first {logged}.",
    ),
    "cli.audit_verified_refused": (
        (
            "監査記録を検証し、食い違いを見つけました。{entries} 件目までは正しく、公開ログは {logged} 件目までを示"
            "します。"
        ),
        "The audit log does not fit. Its chain is right up to entry {entries}; the public log tells of {logged}.",
    ),
    "cli.clock_plan": (
        (
            "記録には {latest} という時刻がありますが、時計は今 {now} です。時計が進み過ぎていた間の記録として認めると"
            "、証明の発行を再開できます。今の時計が正しいことを、別の時計で確かめてください。遅れた時計で認めると、後から発行した証明"
            "が早い時刻で記録されます。元に戻せません。"
        ),
        (
            "The time {latest} is on record, and the clock says {now}. To accept that the clock had run ahead lets "
            "credentials be issued again. Please hold the clock against another one first: were it behind, what is "
            "issued from now on would be on record with too early a time. This cannot be undone."
        ),
    ),
    "cli.clock_accepted": (
        "時計が進み過ぎていた間の記録として認めました。今から（{now}）証明を発行できます。",
        "It is on record that the clock had run ahead. From now on ({now}) credentials are issued again.",
    ),
    "clock.not_behind": (
        "時計より後の時刻の記録はありません。認めるものはなく、何も変更していません。",
        "Nothing on record is later than the clock says. There is nothing to accept, and nothing was changed.",
    ),
    "clock.changed": (
        "記録にある最も後の時刻は、今は {latest} です。何も変更していません。もう一度コマンドを実行してください。",
        "The latest time on record is {latest} now. Nothing was changed. Please run the command again.",
    ),
    "cli.audit_exported": (
        "監査記録 {count} 件を {file} に書き出しました。",
        "{count} entries of the audit log were written into {file}.",
    ),
    "cli.mirrored": (
        "公開ログの写しを {folder} に取りました（{before} 件から {size} 件へ）。",
        "The public log was copied into {folder}: {before} entries before, {size} now.",
    ),
    "cli.witnessed": (
        "{origin} の {size} 件に立会署名しました。",
        "Cosigned {origin} with {size} entries.",
    ),
    "cli.witness_key": (
        "立会人の鍵を {file} に作成しました。次の検証鍵をログの運営者に渡してください。",
        "The witness's key was made in {file}. Please give this verifier key to the operator of the log:",
    ),
    "cli.restore_not_needed": (
        "データベースは、公開済みのものと一致しています。復旧の必要はありません。",
        "The database has everything that was published. Nothing needs to be restored.",
    ),
    "cli.restore_explained": (
        (
            "このまま動かすと、失効が取り消され、使用済みの位置が再び使われ、公開ログが枝分かれします。より新しいバ"
            "ックアップ"
            "があればそれを戻してください。なければ、控えのそばにある公開ログの写し（控えの名前に .log を付けたフォ"
            "ルダー）か、"
            "jmc-vc log mirror で取った写しを使い、「jmc-vc restore --mirror フォルダー」を実行してください。手順は "
            "docs/operations/backup-and-restore.md にあります。"
        ),
        (
            "If it were used like this, revocations would be forgotten, used places given away again, and the public "
            "log would fork. If there is a newer backup, please put that back. If not, take the copy of the public log "
            "beside the anchor (its name with .log), or one that jmc-vc log mirror made, and run "
            "“jmc-vc restore --mirror DIR”. The steps are told in docs/operations/backup-and-restore.md."
        ),
    ),
    "cli.restore_plan": (
        "公開ログの記録 {missing} 件（{kept} 件目の次から {size} 件目まで）を写しから戻し、その内容を反映します。",
        (
            "{missing} entries of the public log, behind the {kept} that are here up to {size}, will be put back "
            "and applied."
        ),
    ),
    "cli.restored": (
        "公開ログの記録 {count} 件を戻しました。公開ログは {size} 件です。",
        "{count} entries of the public log were put back. It has {size} now.",
    ),
    "cli.restored_rows": (
        "状態を改めた証明：{statuses} 件。内容が失われ、位置だけを確保した証明：{lost} 件。",
        "Credentials whose state was set right: {statuses}. Credentials that were lost, and keep their places: {lost}.",
    ),
    "cli.restore_by_hand": (
        "次のことは手作業が必要です。",
        "The following has to be done by hand:",
    ),
}
