"""What audits of the public log, of the audit log and of the rows find: code → (Japanese, English)."""

from collections.abc import Mapping

RECORDS: Mapping[str, tuple[str, str]] = {
    # the tree
    "record.places": (
        "公開ログの記録の位置が連続していません（件数 {count}、最後の位置 {highest}）。",
        (
            "The places of the entries of the public log do not follow one another ({count} entries, last place "
            "{highest})."
        ),
    ),
    "record.place": (
        "公開ログの位置 {place} に記録がないか、記録が重複しています。ここから先は計算できません。",
        "The public log has no entry at place {place}, or two. Nothing behind it can be computed.",
    ),
    "record.entry_dated_back": (
        (
            "証明の発行の記録（番号 {number}、位置 {place}）の時刻 {at} は、それより前の記録の時刻 {latest} より前です"
            "。時計が戻されたか、時刻が書き換えられています。"
        ),
        (
            "The entry of a credential (number {number}, place {place}) bears the time {at}, and one before it bears "
            "{latest}. Somebody, or a clock, dated it back."
        ),
    ),
    "record.entry_unreadable": (
        "公開ログの記録（番号 {number}、位置 {place}）は、このプログラムの知る記録ではありません。",
        "An entry of the public log (number {number}, place {place}) is none that this program knows.",
    ),
    "record.entry_out_of_turn": (
        "公開ログの記録（番号 {number}、位置 {place}、種類 {kind}）は、それまでの記録からは起こり得ません。",
        (
            "An entry of the public log (number {number}, place {place}, kind {kind}) says what cannot happen after "
            "what was said before."
        ),
    ),
    "record.tile": (
        "公開ログの保存済みタイル（段 {level}、番号 {number}）が、記録から計算したものと異なります。",
        "The stored tile {number} of level {level} is not the one that follows from the entries.",
    ),
    "record.tile_missing": (
        "公開ログのタイル（段 {level}、番号 {number}）が保存されていません。",
        "The tile {number} of level {level} is not stored.",
    ),
    "record.tile_extra": (
        "公開ログに、あるはずのないタイル（段 {level}、番号 {number}）が保存されています。",
        "A tile {number} of level {level} is stored that the log does not have.",
    ),
    "record.head_beyond": (
        "チェックポイント（大きさ {size}）がありますが、公開ログの記録は {entries} 件しかありません。",
        "There is a checkpoint of size {size}, and the public log has only {entries} entries.",
    ),
    "record.head_missing": (
        "公開ログの最後の記録（全 {entries} 件）に対するチェックポイントがありません。",
        "The last of the {entries} entries of the public log are under no checkpoint.",
    ),
    "record.head_size": (
        "チェックポイントの大きさ {size} は、あり得ない大きさです。",
        "A checkpoint has the size {size}, which the log never had.",
    ),
    "record.head_root": (
        "チェックポイント（大きさ {size}）のルートが、記録から計算したものと異なります。",
        "The root of the checkpoint of size {size} is not the one that follows from the entries.",
    ),
    "record.head_signature": (
        "チェックポイント（大きさ {size}）に、ログの鍵による正しい署名がありません。",
        "The checkpoint of size {size} has no genuine signature of a key of the log.",
    ),
    "record.head_compromised": (
        (
            "チェックポイント {count} 件（大きさ {first} から {last} まで）は、ログの鍵が他者の手に渡ったおそれのある"
            "時刻以後に、その鍵で署名されています。内容は記録と一致しますが、署名だけでは本物と確かめられません。"
        ),
        (
            "{count} checkpoints (sizes {first} to {last}) were signed with a key of the log at a time when others may "
            "have had it. They fit the entries, but their signatures prove nothing."
        ),
    ),
    "record.head_unconfirmed": (
        (
            "チェックポイント {count} 件（大きさ {first} から {last} まで）は、後に漏えいが報告された鍵で署名されて"
            "おり、新しい鍵のチェックポイントがまだありません。「jmc-vc keys rotate log」で鍵を替え、次のチェックポイ"
            "ントの後にもう一度検証してください。"
        ),
        (
            "{count} checkpoints (sizes {first} to {last}) are under a key that was reported as compromised later, and "
            "no checkpoint of a new key follows them yet. Please run “jmc-vc keys rotate log”, and verify again after "
            "the next checkpoint."
        ),
    ),
    "record.head_note": (
        "チェックポイント（大きさ {size}）の署名された文が、保存された値と異なります。",
        "The signed text of the checkpoint of size {size} says something else than its row.",
    ),
    "record.head_removed": (
        "外に保管されていたチェックポイント（大きさ {size}）が、データベースから取り除かれています。",
        "The checkpoint of size {size}, which was kept elsewhere, was removed from the database.",
    ),
    "record.outside_root": (
        (
            "外に保管されていたチェックポイント（大きさ {size}）と、データベースの公開ログが一致しません。ログが書"
            "き換え"
            "られています。"
        ),
        "The checkpoint of size {size} that was kept elsewhere contradicts this log: the log was rewritten.",
    ),
    "record.outside_longer": (
        "外に保管されていたチェックポイントの大きさは {size} ですが、公開ログの記録は {entries} 件しかありません。",
        "The checkpoint that was kept elsewhere has the size {size}, and the public log has only {entries} entries.",
    ),
    "record.entry_columns": (
        "公開ログの記録（番号 {number}、位置 {place}）の種類又は時刻の欄が、記録の内容と異なります。",
        "The columns of an entry of the public log (number {number}, place {place}) say another kind or time than it.",
    ),
    "record.head_time": (
        "チェックポイント（大きさ {size}）の署名の時刻が、それまでの記録又は一つ前のチェックポイントより前です。",
        "The checkpoint of size {size} bears an earlier time than what it is over, or than the one before it.",
    ),
    "record.cosignature": (
        "チェックポイント（大きさ {size}）に添えられた立会人の署名が、正しい署名ではありません。",
        "A line under the checkpoint of size {size} is no signature of the witness that it names.",
    ),
    "record.part_unreadable": (
        "「{part}」の検証を続けられませんでした。このプログラムの書かない値があります。ほかの部分は検証しました。",
        "The check of “{part}” could not go on: there is a value that this program never writes. All else was checked.",
    ),
    # the register
    "record.rows_unchecked": (
        (
            "監査記録に行の控えがないか、その連鎖が正しくないため、登録された行を一つずつ照合していません。古い版から"
            "移行した場合は「jmc-vc db upgrade」を実行してください。"
        ),
        (
            "The rows were not held against the audit log: it has no digests of them, or its chain does not fit. After "
            "an upgrade from an older version, please run “jmc-vc db upgrade”."
        ),
    ),
    "record.row_changed": (
        "行 {row} が、監査記録にある最後の操作の結果と異なります。手作業で書き換えられています。",
        "The row {row} is not the one that the last act in the audit log left behind: it was changed by hand.",
    ),
    "record.row_unrecorded": (
        "行 {row} を書いた操作が監査記録にありません。手作業で加えられています。",
        "No act in the audit log has written the row {row}: it was put in by hand.",
    ),
    "record.row_missing": (
        "監査記録にある操作が書いた行 {row} が、データベースにありません。",
        "An act in the audit log has written the row {row}, which the database does not have.",
    ),
    "record.row_unreadable": (
        "行 {row} に、このプログラムの書かない値があります。手作業で書き換えられています。",
        "The row {row} holds a value that this program never writes: it was changed by hand.",
    ),
    # the audit log
    "record.audit_untold": (
        "監査記録の連鎖は {entries} 件ありますが、公開ログにはその値が一つもありません。",
        "The chain of the audit log has {entries} entries, and the public log tells of none of its ends.",
    ),
    "record.audit_out_of_turn": (
        (
            "監査記録の番号 {entry} は、データベースが付けた番号ではありません。連鎖の外にあり、手作業で加えられて"
            "います。"
        ),
        "The audit entry number {entry} has no number that the database gave. It is outside the chain: it was put in.",
    ),
    "record.audit_waiting": (
        (
            "監査記録の番号 {entry} は、1分以上前のものですが、まだ連鎖に入っていません。サービスを起動するか、何かを"
            "書くコマンドを実行した後も残る場合は、手作業で加えられています。"
        ),
        (
            "The audit entry number {entry} is older than a minute and has no place in the chain yet. If that is still "
            "so when the service runs, or after a command that writes, it was put in by hand."
        ),
    ),
    "record.audit_gap": (
        "監査記録の連鎖の {position} 番目が欠けています。ここから先は計算できません。",
        "Place {position} of the chain of the audit log is missing. Nothing behind it can be computed.",
    ),
    "record.audit_changed": (
        (
            "監査記録の連鎖が {position} 番目（記録の番号 {entry}）で切れています。この記録か、ここまでの連鎖が書き換え"
            "られています。"
        ),
        (
            "The chain of the audit log breaks at place {position} (entry number {entry}): this entry, or the chain up "
            "to here, was changed."
        ),
    ),
    "record.audit_head": (
        "監査記録の {position} 番目までの連鎖が、公開ログに載せた値と異なります。",
        "The chain of the audit log up to place {position} is not the one that the public log tells of.",
    ),
    "record.audit_head_beyond": (
        "公開ログには監査記録 {position} 件までの値がありますが、連鎖には {entries} 件しかありません。",
        "The public log tells of {position} entries of the audit log, and its chain has only {entries}.",
    ),
    # keys and DID documents
    "record.key_not_logged": (
        "署名鍵 {key} は、公開ログに載っていません。",
        "The public log does not tell of the signing key {key}.",
    ),
    "record.key_other": (
        "署名鍵 {key} は、公開ログに載った鍵とは別の鍵です。",
        "The signing key {key} is not the key that the public log tells of.",
    ),
    "record.key_state": (
        "署名鍵 {key} の状態は {row} ですが、公開ログでは {log} です。",
        "The signing key {key} is {row}, and by the public log it is {log}.",
    ),
    "record.key_since": (
        "署名鍵 {key} の漏えいの時期が、公開ログに載ったものと異なります。",
        "The moment since which the signing key {key} is compromised is not the one in the public log.",
    ),
    "record.key_missing": (
        "公開ログに載った署名鍵 {key} が、データベースにありません。",
        "The public log tells of the signing key {key}, which the database does not have.",
    ),
    "record.did_document": (
        "{owner} の DID 文書の版 {version} が、公開ログに載ったものと異なります。",
        "Version {version} of the DID document of {owner} is not the one in the public log.",
    ),
    "record.did_document_missing": (
        "公開ログに載った {did} の DID 文書の版 {version} が、データベースにありません。",
        "The public log tells of version {version} of the DID document of {did}, which the database does not have.",
    ),
    "record.did_document_not_logged": (
        "{owner} の DID 文書の版が一つも記録されていません。",
        "No version of the DID document of {owner} is on record.",
    ),
    # programs and issuers
    "record.program_not_logged": (
        "プログラム {program} は、公開ログに載っていません。",
        "The public log does not tell of the program {program}.",
    ),
    "record.program_content": (
        "プログラム {program} の内容が、公開ログに載ったものと異なります。",
        "The content of the program {program} is not the one in the public log.",
    ),
    "record.program_state": (
        "プログラム {program} の状態（{row}）又は決定番号が、公開ログに載ったもの（{log}）と異なります。",
        "The program {program} is {row}; its state or its decision is not that of the public log ({log}).",
    ),
    "record.program_missing": (
        "公開ログに載ったプログラム {program} が、データベースにありません。",
        "The public log tells of the program {program}, which the database does not have.",
    ),
    "record.issuer_not_logged": (
        "発行機関 {issuer} は、公開ログに載っていません。",
        "The public log does not tell of the issuer {issuer}.",
    ),
    "record.issuer_state": (
        "発行機関 {issuer} の状態（{row}）又は番号が、公開ログに載ったもの（{log}）と異なります。",
        "The issuer {issuer} is {row}; its state or its number is not that of the public log ({log}).",
    ),
    "record.issuer_missing": (
        "公開ログに載った発行機関 {issuer} が、データベースにありません。",
        "The public log tells of the issuer {issuer}, which the database does not have.",
    ),
    "record.outside_did": (
        "発行機関自身の DID（{did}）の登録の状態が、公開ログに載ったものと異なります。",
        "The registration of the issuer's own DID {did} is not as the public log tells of it.",
    ),
    "record.outside_document": (
        "発行機関自身の DID（{did}）の文書が、公開ログに載ったものと異なります。",
        "The document of the issuer's own DID {did} is not the one in the public log.",
    ),
    # credentials
    "record.salts": (
        "消去された証明のものとして保管された値のうち、どの証明のものでもないものがあります。",
        "Of the salts that are kept of erased credentials, some belong to none.",
    ),
    "record.award": (
        "証明 {credential} について封印された内容が開かないか、ありません。",
        "What is sealed of the credential {credential} does not open, or is not there.",
    ),
    "record.sealed_unchecked": (
        "鍵暗号化鍵（KEK）がこのデータベースのものではないため、封印された証明の中身は検証していません。",
        "The key-encryption key is not that of this database: what is sealed of credentials was not checked.",
    ),
    "record.not_issued": (
        "証明 {credential} は発行されていないはずですが、公開ログには発行の記録があります。",
        "The credential {credential} was not issued, and the public log tells that it was.",
    ),
    "record.credential_missing": (
        "公開ログに載った証明（状態リスト {list}、位置 {index}）が、データベースにありません。",
        (
            "The public log tells of a credential at place {index} of status list {list}, which the database does "
            "not have."
        ),
    ),
    "record.credential_not_logged": (
        "証明 {credential} の発行は、公開ログに載っていません。",
        "The public log does not tell that the credential {credential} was issued.",
    ),
    "record.credential_forms": (
        "証明 {credential} の形式又は署名鍵が、公開ログに載ったものと異なります。",
        "The forms or keys of the credential {credential} are not those in the public log.",
    ),
    "record.credential_state": (
        "証明 {credential} の状態は {row} ですが、公開ログでは {log} です。",
        "The credential {credential} is {row}, and by the public log it is {log}.",
    ),
    "record.credential_joined": (
        "消去された証明 {credential} に、公開ログの記録との結び付きが残っています。",
        "Entries of the public log are still joined to the credential {credential}, which was erased.",
    ),
    "record.credential_unjoined": (
        "証明 {credential} と公開ログの記録との結び付きが失われているか、余分です。",
        "The entries that are joined to the credential {credential} are not those of the public log for its place.",
    ),
    "record.document_missing": (
        "証明 {credential} の保存された形式に、不足か余分があります。",
        "A form of the credential {credential} is not stored, or one too many.",
    ),
    "record.document": (
        "証明 {credential} の保存された内容（{form}）が、公開ログに載った署名のものではありません。",
        "The stored bytes of the credential {credential} ({form}) are not those whose signature was logged.",
    ),
    "record.lost_state": (
        "失われた証明（状態リスト {list}、位置 {index}）の控えが、公開ログに載ったものと異なります。",
        (
            "What is on record of the lost credential at place {index} of status list {list} is not as the log "
            "tells of it."
        ),
    ),
}
